"""The crawler as a guest: it stays on the source's hosts, and never reaches into a private network."""

import ipaddress
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawlers.addresses import absolute, host_of

ALLOWED = "SAMPLEBASE_ALLOWED_HOSTS"  # Scrapy's setting for hosts whose address may be private: the proxy's
PROXY = "SAMPLEBASE_PROXY"  # and for the proxy that every request goes through, "" for none
HEAD = 4096  # bytes of a page in which a refresh is looked for


class ElsewhereError(IgnoreRequest):
    """A request that leads away from the source's hosts, by a redirect or otherwise."""


class GuestMiddleware:
    """Refuses requests to other hosts than the source's, on every hop: first requests, redirects, robots.txt."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.proxy = crawler.settings.get(PROXY) or ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "GuestMiddleware":
        """Return the middleware of a crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise ElsewhereError for an address that is not http(s), or is none of the source's hosts."""
        hosts = self.crawler.spider.ledger.source.hosts  # type: ignore[union-attr]
        if absolute(request.url, request.url) is None or host_of(request.url) not in hosts:
            raise ElsewhereError(f"leads elsewhere: {request.url}")
        if self.proxy:
            request.meta["proxy"] = self.proxy


class SeldomRefresh(MetaRefreshMiddleware):
    """Scrapy's `<meta http-equiv="refresh">`, for the few pages that speak of one: the others are not parsed for it."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:  # noqa: ARG002
        """Return the request that a page is refreshed by, or the page."""
        if b"refresh" not in response.body[:HEAD].lower():
            return response
        found: Request | Response = super().process_response(request, response)
        return found


class GuardedResolver(CachingThreadedResolver):
    """Resolves names to public addresses only; the connection is made to the very address that was checked."""

    def __init__(self, reactor: Any, cache_size: int, timeout: float, allowed: frozenset[str]) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> "GuardedResolver":
        """Return the resolver of a crawler."""
        settings = crawler.settings
        allowed = frozenset(settings.getlist(ALLOWED))
        return cls(reactor, settings.getint("DNSCACHE_SIZE"), settings.getfloat("DNS_TIMEOUT"), allowed)

    def getHostByName(self, name: str, timeout: Any = ()) -> "Deferred[str]":  # noqa: N802  (Twisted's name)
        """Return the address of a host. It fails with DNSLookupError for a host whose address is not public."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if name not in self.allowed and not is_public(address):
            raise DNSLookupError(f"{name} has the address {address}, which is not public: refused")
        return address


def is_public(address: str) -> bool:
    """Say whether an address is one of the public internet: not loopback, private, link-local or reserved."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_global and not ip.is_multicast
