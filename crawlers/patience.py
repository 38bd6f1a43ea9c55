"""The guest's sense of time: night windows, Retry-After, Crawl-delay, and a pace that follows the host's."""

import email.utils
import re
import time
from collections import deque
from datetime import datetime
from datetime import time as clock
from typing import Any
from zoneinfo import ZoneInfo

from scrapy import Request
from scrapy.core.downloader import Downloader, Slot
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawlers.addresses import host_of
from crawlers.sourcefile import Politeness
from schema.tables.columns import now

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONGEST_WAIT = 600.0  # seconds that a crawl waits where the host says how long; longer ones end the run
LONGEST_DELAY = 60.0  # seconds of a Crawl-delay that are believed
BUSY = {429, 503}
UNSAID = 10  # delays that are waited where a busy host does not say how long


class RobotsUnknownError(IgnoreRequest):
    """A host whose robots.txt cannot be read now: what it forbids is not known, so nothing is asked."""


def is_open(window: str | None, moment: datetime) -> bool:
    """Tell whether a moment lies in a window such as `22:00-06:00` (Asia/Shanghai); no window is always open."""
    if window is None:
        return True
    first, last = (clock.fromisoformat(part) for part in window.split("-"))
    here = moment.astimezone(SHANGHAI).time()
    return first <= here < last if first < last else here >= first or here < last


def closed(politeness: Politeness) -> str:
    """Return why a source is not to be asked right now, "" when it may be."""
    if is_open(politeness.window, now()):
        return ""
    return f"outside of the window {politeness.window} (Asia/Shanghai)"


def retry_after(value: str | None) -> float | None:
    """Return the seconds of a Retry-After header, given as a number or as a date; None for anything else."""
    if not value:
        return None
    if re.fullmatch(r"\d{1,8}", value.strip()):
        return float(value)
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(value) - now()).total_seconds())
    except (TypeError, ValueError):
        return None


class PatientRetry(RetryMiddleware):
    """Retries as Scrapy does, and leaves a busy host alone for as long as it asks for."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:  # noqa: ARG002
        """Pause the host that says 429 or 503; a wait beyond the bound ends the run."""
        if response.status in BUSY:
            said = response.headers.get("Retry-After")
            wait = retry_after(said.decode("latin-1") if said else None)
            if wait is not None and wait > LONGEST_WAIT:
                self.crawler.spider.paused = f"the host asks to come back in {wait:.0f} s"  # type: ignore[union-attr]
                return response
            slot = _slot(self.crawler, request)
            if slot is not None:
                slot.lastseen = time.monotonic() + (slot.delay * UNSAID if wait is None else wait)
        retried: Request | Response = super().process_response(request, response)
        return retried


class Robots(RobotsTxtMiddleware):
    """robots.txt as Scrapy reads it; its Crawl-delay is kept, and where it cannot be read nothing is asked."""

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            raise RobotsUnknownError(f"robots.txt answers {response.status}")
        if response.status != 200:
            response = response.replace(body=b"")  # 404 and the like: there are no rules
        await super()._parse_robots(response, netloc, request)
        rules: Any = self._parsers[netloc]
        self.crawler.spider.robots[host_of(request.url)] = rules  # type: ignore[union-attr]
        said = rules.crawl_delay(self._robotstxt_useragent)
        if said:
            floors: dict[str, float] = self.crawler.spider.floors  # type: ignore[union-attr]
            floors[host_of(request.url)] = min(float(said), LONGEST_DELAY)
            slot = _slot(self.crawler, request)
            if slot is not None:
                slot.delay = max(slot.delay, floors[host_of(request.url)])

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse a request whose host's rules are not known, and one that they forbid: those that waited, too."""
        if rp is None:
            raise RobotsUnknownError(f"robots.txt of {host_of(request.url)} cannot be read")
        super().process_request_2(rp, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        super()._robots_error(exc, netloc)
        self.crawler.spider.paused = f"robots.txt of {netloc} cannot be read: {exc}"  # type: ignore[union-attr]


class _Queue(deque[Any]):
    """A slot's queue: a request is under way from the moment that it leaves it.

    (Scrapy 2.19 counts it only when its task begins to run; whoever asks meanwhile is let through as well.)
    """

    def __init__(self, slot: Slot) -> None:
        super().__init__(slot.queue)
        self.slot = slot

    def popleft(self) -> Any:
        """Return the next request with its promise, and count it."""
        found = super().popleft()
        self.slot.transferring.add(found[0])
        return found


class CountingDownloader(Downloader):
    """Scrapy's downloader, never a request more at a time than a host is to have."""

    def _get_slot(self, request: Request, spider: Any = None) -> tuple[str, Slot]:  # noqa: ARG002  (Scrapy's signature)
        key, slot = super()._get_slot(request)
        if not isinstance(slot.queue, _Queue):
            slot.queue = _Queue(slot)
        return key, slot


class Throttle(AutoThrottle):
    """Scrapy's pace, which follows the host's latency, never below the host's own Crawl-delay.

    The gap counts from an answer's end: from its beginning, a request that was slow to arrive would be followed too
    soon in the host's eyes.
    """

    def _response_downloaded(self, response: Response, request: Request, spider: Any) -> None:
        slot = _slot(self.crawler, request)
        if slot is not None:
            slot.lastseen = max(slot.lastseen, time.monotonic())
        super()._response_downloaded(response, request, spider)

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        floors: dict[str, float] = self.crawler.spider.floors  # type: ignore[union-attr]
        slot.delay = max(slot.delay, floors.get(host_of(response.url), 0.0))


def _slot(crawler: Any, request: Request) -> Slot | None:
    found: Slot | None = crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
    return found
