"""A polite visit outside of a crawl: a handful of requests, one after the other, under a crawl's own rules."""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx
from protego import Protego

from crawlers.addresses import absolute, host_of
from crawlers.bodies import BodyTooLargeError, decompress
from crawlers.challenges import challenge
from crawlers.harvest import Served
from crawlers.introduction import HEADERS, ROBOT, user_agent
from crawlers.patience import LONGEST_DELAY
from crawlers.politeness import is_public
from schema.errors import RunError
from schema.settings import Settings
from schema.tables.columns import now

MAX_BODY = 8 * 1024 * 1024  # bytes, on the wire and unpacked
MAX_HOPS = 5
OK = 200
REDIRECTS = {301, 302, 303, 307, 308}
_FORM = "application/x-www-form-urlencoded"
Resolve = Callable[[str], list[str]]


class VisitError(Exception):
    """A visit that brought nothing; `kind` says of which sort.

    `forbidden` and `unknown` come of robots.txt, `elsewhere` and `private` of an address that is not followed,
    `large` and `unreachable` of the host.
    """

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Visit:
    """An answer, its status, and the addresses that led to it, the asked one first."""

    served: Served
    status: int
    hops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one request brought: its body is unpacked."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes


def resolved(host: str) -> list[str]:
    """Return the addresses of a host. Raises OSError when it has none."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)))


class Visitor:
    """Asks some hosts, never two requests at a time; a context manager.

    `delay` is the least gap between two requests in seconds, `obey` whether robots.txt is asked first, `asked` the
    requests that were made.
    """

    def __init__(
        self,
        hosts: Iterable[str],
        settings: Settings,
        delay: float = 2.0,
        *,
        timeout: float = 60.0,
        obey: bool = True,
        resolve: Resolve = resolved,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.hosts = frozenset(host.lower() for host in hosts)
        self.delay = delay
        self.timeout = timeout
        self.obey = obey
        self.asked: list[str] = []
        self._resolve = resolve
        self._proxied = settings.http_proxy is not None  # whoever names a proxy trusts it
        self._rules: dict[str, Protego | None] = {}
        self._last = float("-inf")
        headers = {"User-Agent": user_agent(settings.contact), **HEADERS}
        # Nothing of the environment: a proxy in it would go round the check of addresses.
        proxy = None if transport else settings.http_proxy
        # No connection is kept: two hosts of one address must not share one that was made in the other's name.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(
            headers=headers, timeout=timeout, proxy=proxy, transport=transport, trust_env=False, limits=limits
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def visit(self, url: str, method: str = "GET", body: str = "") -> Visit:
        """Return the answer to a request, its redirects followed. Raises VisitError where there is none to be had."""
        hops = [url]
        while True:
            self._check(hops[-1])
            self._obey(hops[-1])
            answer = self._ask(hops[-1], method, body)
            there = _redirect(answer)
            if there is None:
                kind = answer.headers.get("content-type")
                pairs = tuple((name, value) for name, value in answer.headers.multi_items())
                return Visit(Served(answer.url, answer.body, kind, now(), pairs), answer.status, tuple(hops))
            if answer.status not in {307, 308}:
                method, body = "GET", ""
            hops.append(there)
            if len(hops) > MAX_HOPS + 1:
                raise VisitError("unreachable", f"more than {MAX_HOPS} redirects, the last to {there}")

    def page(self, url: str, method: str = "GET", body: str = "") -> Served:
        """Return the document that an address serves. Raises RunError, with the reason, where there is none."""
        try:
            visit = self.visit(url, method, body)
        except VisitError as error:
            why = error.reason
        else:
            kind = challenge(visit.status, visit.served.headers, visit.served.content)
            why = f"challenge {kind}" if kind else "" if visit.status == OK else f"HTTP {visit.status}"
            if not why:
                return visit.served
        raise RunError(f"the page is not to be had: {why}", where=url, remedy="see robots.txt and the address")

    def _check(self, url: str) -> None:
        """Raise VisitError for an address that is not http(s), or is of another host than the allowed ones."""
        if absolute(url, url) is None or host_of(url) not in self.hosts:
            raise VisitError("elsewhere", f"leads elsewhere: {url}")

    def _obey(self, url: str) -> None:
        """Raise VisitError for an address that robots.txt forbids; it is asked for once a host, and first."""
        if not self.obey:
            return
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = None  # while nothing is known, nothing is asked
            self._rules[origin] = self._robots(origin)
        rules = self._rules[origin]
        if rules is None:
            raise VisitError("unknown", f"robots.txt of {parts.netloc} cannot be read")
        if not rules.can_fetch(url, ROBOT):
            raise VisitError("forbidden", f"robots.txt forbids {url}")

    def _robots(self, origin: str) -> Protego:
        url = f"{origin}/robots.txt"
        for _ in range(MAX_HOPS + 1):
            try:
                self._check(url)
                answer = self._ask(url)
            except VisitError as error:
                if error.kind == "private":
                    raise
                raise VisitError("unknown", f"robots.txt cannot be read: {error.reason}") from error
            there = _redirect(answer)
            if there is not None:
                url = there
                continue
            if answer.status >= 500:
                raise VisitError("unknown", f"robots.txt answers {answer.status}")
            rules = Protego.parse(answer.body.decode("utf-8", "replace") if answer.status == OK else "")
            said = rules.crawl_delay(ROBOT)
            self.delay = max(self.delay, min(float(said or 0), LONGEST_DELAY))
            return rules
        raise VisitError("unknown", "robots.txt redirects without an end")

    def _ask(self, url: str, method: str = "GET", body: str = "") -> _Answer:
        """Return the answer to one request, on a connection to the very address that was checked."""
        time.sleep(max(0.0, self._last + self.delay - time.monotonic()))
        self.asked.append(url)
        headers = {}
        if method == "POST":
            headers["Content-Type"] = "application/json" if body.startswith("{") else _FORM
        try:
            request = self._client.build_request(method, url, content=body.encode() or None, headers=headers)
            if not self._proxied:
                self._pin(request)
            answer = self._client.send(request, stream=True)
            try:
                return _Answer(url, answer.status_code, answer.headers, self._body(answer))
            finally:
                answer.close()
        except BodyTooLargeError as error:
            raise VisitError("large", f"{url}: {error}") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError) as error:
            raise VisitError("unreachable", f"{url}: {type(error).__name__}: {error}") from error
        finally:
            self._last = time.monotonic()

    def _pin(self, request: httpx.Request) -> None:
        """Turn a request to the public address of its host; the host's name stays in Host and in TLS."""
        host = request.url.host
        literal = host.strip("[]")
        found = [literal] if _is_address(literal) else self._resolve(host)
        if not found or not all(map(is_public, found)):
            raise VisitError("private", f"{host} has the address {', '.join(found)}, which is not public: refused")
        request.extensions["sni_hostname"] = host
        request.url = request.url.copy_with(host=found[0])

    def _body(self, answer: httpx.Response) -> bytes:
        """Return the body, unpacked. Raises BodyTooLargeError past 8 MB, httpx.ReadTimeout for one that drips."""
        parts: list[bytes] = []
        size, end = 0, time.monotonic() + 2 * self.timeout
        for chunk in answer.iter_raw():
            parts.append(chunk)
            size += len(chunk)
            if size > MAX_BODY:
                raise BodyTooLargeError(f"the body has more than {MAX_BODY} bytes")
            if time.monotonic() > end:
                raise httpx.ReadTimeout("the body takes too long")
        return decompress(b"".join(parts), answer.headers.get("content-encoding", ""), MAX_BODY)


def _redirect(answer: _Answer) -> str | None:
    """Return where an answer redirects to, as an absolute address; None when it does not."""
    there = answer.headers.get("location")
    if answer.status not in REDIRECTS or not there:
        return None
    found = absolute(answer.url, there)
    if found is None:
        raise VisitError("elsewhere", f"{answer.url} leads elsewhere: {there}")
    return found


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
