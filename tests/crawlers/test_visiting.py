"""A single visit keeps a crawl's rules: robots.txt first, one at a time, public addresses only, on every hop."""

import gzip
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest

from crawlers.visiting import MAX_BODY, VisitError, Visitor
from sandbox.server import serve
from sandbox.site import Page, Site
from schema.settings import Settings

PUBLIC = "93.184.215.14"
ADDRESSES = {"a.test": [PUBLIC], "b.test": ["10.0.0.7"], "mixed.test": [PUBLIC, "127.0.0.1"], "six.test": ["::1"]}
Handler = Callable[[httpx.Request], httpx.Response]


class Once(httpx.SyncByteStream):
    def __init__(self, body: bytes) -> None:
        self.body = body

    def __iter__(self) -> Iterator[bytes]:
        for at in range(0, len(self.body), 1 << 20):
            yield self.body[at : at + (1 << 20)]


def plain(status: int, body: bytes = b"", **headers: str) -> httpx.Response:
    return httpx.Response(status, headers={k.replace("_", "-"): v for k, v in headers.items()}, stream=Once(body))


def visitor(handler: Handler, *hosts: str, **more: Any) -> Visitor:
    return Visitor(
        hosts or ADDRESSES, Settings(http_proxy=None), delay=0, resolve=ADDRESSES.__getitem__,
        transport=httpx.MockTransport(handler), **more,
    )  # fmt: skip


def away(to: str) -> Handler:
    """Answer every page with a redirect; there is no robots.txt."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return plain(404)
        return plain(302, Location=to)

    return answer


def text(body: bytes = b"<p>x</p>", robots: httpx.Response | None = None, **headers: str) -> Handler:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return robots or plain(404)
        return plain(200, body, **headers)

    return answer


def test_the_connection_is_made_to_the_address_that_was_checked() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return text()(request)

    with visitor(answer) as here:
        visit = here.visit("https://a.test/x.html")
    assert {request.url.host for request in seen} == {PUBLIC}
    assert {request.headers["Host"] for request in seen} == {"a.test"}
    assert {request.extensions["sni_hostname"] for request in seen} == {"a.test"}
    assert (visit.served.url, visit.status, visit.hops) == ("https://a.test/x.html", 200, ("https://a.test/x.html",))
    assert seen[0].url.path == "/robots.txt"
    assert seen[0].headers["User-Agent"].startswith("samplebase/")


@pytest.mark.parametrize("url", ["http://b.test/", "http://mixed.test/", "http://six.test/"])
def test_a_host_with_a_private_address_is_refused(url: str) -> None:
    with visitor(text()) as here, pytest.raises(VisitError, match="not public") as told:
        here.visit(url)
    assert told.value.kind == "private"


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        ("http://b.test/", "private"),
        ("http://10.0.0.1/", "elsewhere"),
        ("http://169.254.169.254/latest/", "elsewhere"),
        ("http://[::1]/", "elsewhere"),
        ("http://2130706433/", "elsewhere"),
        ("file:///etc/passwd", "elsewhere"),
        ("//c.test/", "elsewhere"),
    ],
)
def test_every_hop_is_checked(to: str, kind: str) -> None:
    with visitor(away(to)) as here, pytest.raises(VisitError) as told:
        here.visit("http://a.test/1.html")
    assert told.value.kind == kind
    assert not any("10.0.0.1" in url for url in here.asked)


def test_a_literal_private_address_is_refused_though_its_host_is_allowed() -> None:
    with visitor(text(), "10.0.0.1", "127.0.0.1") as here:
        for url in ("http://10.0.0.1/", "http://127.0.0.1:8000/"):
            with pytest.raises(VisitError, match="not public"):
                here.visit(url)


def test_redirects_have_an_end() -> None:
    with visitor(away("/again")) as here, pytest.raises(VisitError, match="redirects"):
        here.visit("http://a.test/1.html")
    assert len(here.asked) < 9


@pytest.mark.parametrize(
    ("robots", "kind"),
    [
        (plain(200, b"User-agent: *\nDisallow: /"), "forbidden"),
        (plain(200, b"User-agent: samplebase\nDisallow: /x"), "forbidden"),
        (plain(503), "unknown"),
        (plain(302, Location="http://169.254.169.254/robots.txt"), "unknown"),
    ],
)
def test_robots_txt_comes_first_and_where_it_cannot_be_read_nothing_is_asked(robots: httpx.Response, kind: str) -> None:
    with visitor(text(robots=robots)) as here, pytest.raises(VisitError) as told:
        here.visit("http://a.test/x.html")
    assert told.value.kind == kind
    assert here.asked == ["http://a.test/robots.txt"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_robots_txt_that_is_not_there_forbids_nothing(status: int) -> None:
    with visitor(text(robots=plain(status))) as here:
        assert here.visit("http://a.test/x.html").status == 200


def test_an_unreachable_robots_txt_means_that_nothing_is_asked() -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with visitor(broken) as here:
        for _ in range(2):
            with pytest.raises(VisitError) as told:
                here.visit("http://a.test/x.html")
            assert told.value.kind == "unknown"
    assert here.asked == ["http://a.test/robots.txt"]


@pytest.mark.parametrize("body", [b"x" * (MAX_BODY + 1), gzip.compress(b"x" * (MAX_BODY + 1))])
def test_a_body_is_bounded_on_the_wire_and_unpacked(body: bytes) -> None:
    packed = {"Content_Encoding": "gzip"} if body[:2] == b"\x1f\x8b" else {}
    with visitor(text(body, **packed)) as here, pytest.raises(VisitError) as told:
        here.visit("http://a.test/x.html")
    assert told.value.kind == "large"


def test_requests_keep_the_gap_and_a_crawl_delay_widens_it() -> None:
    site = Site("hubei", "www.gap.test", "某市", None, ())
    site.pages = {path: Page(b"<p>x</p>", "text/html") for path in ("/1", "/2")}
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 0.2\n", "text/plain")
    with (
        serve(web={site.host: site}) as server,
        Visitor([site.host], Settings(http_proxy=server.proxy_url), delay=0.05) as here,
    ):
        for path in ("/1", "/2"):
            assert here.visit(site.url(path)).served.content == b"<p>x</p>"
        log = list(server.log)
    assert [seen.path for seen in log] == ["/robots.txt", "/1", "/2"]
    assert min(later.time - earlier.until for earlier, later in pairwise(log)) >= 0.19
