"""The spider that every kind shares: it takes requests from the ledger and gives back what was read."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import nullcontext
from typing import Any

import structlog
from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.addresses import host_of
from crawlers.archiving import UNCHANGED, Archivist
from crawlers.challenges import challenge
from crawlers.frontier import FILE, LIST, PAGE, Entry
from crawlers.harvest import Served
from crawlers.ledger import GONE, Ledger
from crawlers.patience import RobotsUnknownError, closed
from crawlers.politeness import ElsewhereError
from crawlers.replay import Replay
from crawlers.replaying import NOT_IN_ARCHIVE
from crawlers.sourcefile import Channel
from crawlers.spiders.reader import Reader
from crawlers.spiders.waiting import Page
from crawlers.suspicions import Suspicions
from crawlers.workers import ReadingProcess
from schema.tables import FrontierState as State

HAND_OUT = 256  # requests taken from the ledger at a time
BATCH = 256  # answers committed together, unless
AGE = 15.0  # seconds that an answer waits at most to be committed
IN_HAND = 2 * BATCH  # requests in memory, whatever the frontier holds
OPEN = 48  # requests that are made or wait to be read: the reader never idles, and no queue grows with the crawl
LISTS = 8  # lists that are read at a time: what they name comes on top of a full batch
ROWS = 1_000  # rows of lists that make a batch full
HELD = 64  # pages that wait for their files before these are handed out
STALL = 20  # time-outs without any progress after which a crawl gives up
OK = 200
CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


class HarvestSpider(Spider):
    """Crawls the channels of one source."""

    name = "harvest"

    def __init__(
        self,
        ledger: Ledger,
        archivist: Archivist,
        channels: dict[str, Channel],
        process: ReadingProcess,
        replay: Replay | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.replay = replay
        self.ledger = ledger
        self.archivist = archivist
        self.reader = Reader(ledger, archivist, channels, process)
        self.suspicions = Suspicions()
        self.robots: dict[str, Any] = {}  # the rules of each host, once they are read
        self.floors: dict[str, float] = {}  # least seconds between requests that a host's robots.txt asks for
        self.events = structlog.get_logger().bind(source=ledger.source.id, run=ledger.run.id)
        self.broken: Exception | None = None
        self.blocked = ""
        self.paused = ""
        self._open = 0
        self._lists = asyncio.Semaphore(LISTS)
        self._committing = asyncio.Lock()
        self._committed = time.monotonic()
        self._moved = time.monotonic()

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests as the ledger hands them out, until nothing is pending and nothing under way."""
        stall = self.crawler.settings.getfloat("DOWNLOAD_TIMEOUT") * STALL
        looked = self.replay is not None
        while not self._is_over(stall):
            if self.replay is None:
                self.paused = self.paused or closed(self.ledger.source.file.politeness)
            if self.ledger.waiting - len(self.reader.waiting) >= IN_HAND:
                await asyncio.sleep(0.01)
                continue
            entries = self.ledger.next(HAND_OUT)
            found = 0
            if not looked and not any(each.role == LIST for each in entries) and not self.ledger.waiting_lists:
                # The lists are read: what was live and is named no more is looked at, too.
                looked, found = True, self.ledger.look_for_vanished()
            for each in entries:
                while self._open >= OPEN and not self._is_over(stall):
                    await asyncio.sleep(0.01)
                self._open += 1
                yield self._request(each)
            if entries or found:
                continue
            if not self.ledger.waiting:
                break
            if len(self.ledger.batch.done) + len(self.reader.waiting) == self.ledger.waiting:
                await self._commit()
            else:
                await asyncio.sleep(0.01)
        # Without this the engine would notice the end only at its next heartbeat, seconds later.
        reasons = {"broken": self.broken, "blocked": self.blocked, "paused": self.paused}
        raise CloseSpider(next((name for name, is_so in reasons.items() if is_so), "finished"))

    def _is_over(self, stall: float) -> bool:
        """Tell whether nothing more is to be asked: something has ended the crawl, or nothing moves any more."""
        return bool(self.broken or self.blocked or self.paused) or time.monotonic() - self._moved >= stall

    def _request(self, each: Entry) -> Request:
        form = "application/json" if each.body.startswith("{") else "application/x-www-form-urlencoded"
        headers = {"Content-Type": form} if each.method == "POST" else self._conditions(each)
        return Request(
            each.url,
            method=each.method,
            body=each.body,
            headers=headers,
            callback=self.answered,
            errback=self.failed,
            dont_filter=True,
            meta={"entry": each, **self._rendered(each)},
        )

    def _rendered(self, each: Entry) -> dict[str, Any]:
        """Return what has a request made by the browser, where its column asks for it."""
        channel = self.reader.channels.get(each.channel_id)
        if channel is None or channel.family != "rendered" or self.replay is not None:
            return {}
        if each.role != LIST and (each.role != PAGE or channel.options.get("pages") != "rendered"):
            return {}
        from crawlers.rendering import render_meta  # noqa: PLC0415  (Playwright, only where a source asks for it)

        return render_meta(channel, each.url)

    def allowed_by_robots(self, url: str) -> bool:
        """Tell whether robots.txt, which was read before any page, allows what a page loads for itself."""
        settings, rules = self.crawler.settings, self.robots.get(host_of(url))
        if rules is None:  # unknown rules allow nothing, unless the source has its exception from them
            return not settings.getbool("ROBOTSTXT_OBEY")
        return bool(rules.allowed(url, settings["ROBOTSTXT_USER_AGENT"]))

    def _conditions(self, each: Entry) -> dict[str, str]:
        """Return the headers that let a site say in a few bytes that nothing has changed."""
        known = self.replay is None and self.ledger.run.cycle > 1
        last = self.ledger.last_answer(each.id) if known else None
        said = {name.lower(): value for name, value in ((last.headers if last else None) or {}).items()}
        return {ask: said[name] for name, ask in CONDITIONS.items() if name in said}

    async def answered(self, response: Response) -> None:
        """Read one answer and note what came of it; where lists are read faster than they are written, it waits."""
        is_list = response.meta["entry"].role == LIST
        try:
            async with self._lists if is_list else nullcontext():
                while is_list and len(self.ledger.batch.found) >= ROWS and self._committing.locked():
                    await asyncio.sleep(0.01)
                await self._note(response)
        finally:
            self._open -= 1
        await self._commit_when_due()

    async def _note(self, response: Response) -> None:
        each: Entry = response.meta["entry"]
        if NOT_IN_ARCHIVE in response.headers:
            await self._ended(each, None, "not in the archive", State.ABSENT)
            return
        served: Served | None = response.meta["served"]
        if served is None:
            await self._ended(each, None, "said to be unchanged, and the archive does not hold it", State.FAILED)
            return
        kind = challenge(response.status, served.headers, served.content)
        if kind is not None:
            await self._close(each, f"challenge {kind}")
            return
        if response.status in GONE and each.role != LIST:
            # A page that is no more is an answer, not a fault of the run.
            self.ledger.counts["gone"] += 1
            if each.role == PAGE:
                await self.reader.read(each, served)
                self.reader.take_gone(each, served)
            await self._ended(each, None, f"HTTP {response.status}")
        elif response.status in {OK, UNCHANGED}:
            self.ledger.counts["not_modified"] += response.status == UNCHANGED
            await self._read(each, served, is_fresh=response.status == OK)
        else:
            await self._ended(each, None, f"HTTP {response.status}", State.FAILED)

    async def _read(self, each: Entry, served: Served, *, is_fresh: bool) -> None:
        if each.role == FILE:
            await self._ended(each, served)
            return
        found = await self.reader.read(each, served)
        strange = found.sign if is_fresh else None
        self.suspicions.note(strange)
        if strange is not None and self.suspicions.verdict is not None:
            await self._close(each, strange)
        elif each.role == PAGE:
            end = await self.reader.take_page(Page(each, served, is_fresh), found)
            if end is not None:
                self._end(*end)
        elif found.error:
            self._end(each, State.FAILED, found.error)
        elif self.suspicions.is_first_again(each.parent or each.id, each.id, self.reader.take_list(each, found)):
            await self._close(each, "page one for ever")
        else:
            self._end(each)

    async def _ended(self, each: Entry, served: Served | None, reason: str = "", state: State = State.DONE) -> None:
        """End a request; a file's end may complete the pages that waited for it alone."""
        self._end(each, state, reason)
        for end in await self.reader.take_file(each, served) if each.role == FILE else ():
            self._end(*end)

    async def _close(self, each: Entry, what: str) -> None:
        """End the crawl: the host has said that it does not want us. Nothing more is asked, nothing tried again."""
        self.blocked = self.blocked or f"{what} at {each.url}"
        await self._ended(each, None, what, State.FAILED)

    def closed(self, reason: str) -> None:  # noqa: ARG002  (Scrapy's signature)
        """End the reading process while the loop that listens to it still runs."""
        self.reader.process.close()

    async def failed(self, failure: Failure) -> None:
        """Note a request that got no answer: forbidden by robots.txt, or a fault of the network."""
        self._open -= 1
        each: Entry = failure.request.meta["entry"]  # type: ignore[attr-defined]
        error = failure.value or RuntimeError("a failure without a cause")
        if isinstance(error, RobotsUnknownError):
            # Nothing is known of what it forbids: the request stays pending for another run.
            self.ledger.give_back(each.id)
        elif isinstance(error, IgnoreRequest) and "robots" in str(error):
            self.archivist.note_forbidden(each)
            await self._ended(each, None, "robots.txt", State.FORBIDDEN)
        elif isinstance(error, ElsewhereError) and each.role != LIST:
            self.ledger.counts["elsewhere"] += 1
            await self._ended(each, None, str(error))
        else:
            self.archivist.note_failure(each, error)
            await self._ended(each, None, f"{type(error).__name__}: {error}", State.FAILED)

    def _end(self, each: Entry, state: State = State.DONE, reason: str = "") -> None:
        self._moved = time.monotonic()
        self.ledger.done(each.id, state, reason)
        if state is State.FAILED:
            self.events.warning("request failed", url=each.url, reason=reason)

    async def _commit_when_due(self) -> None:
        batch = self.ledger.batch
        is_due = len(batch.done) >= BATCH or len(batch.found) >= ROWS or self._moved - self._committed > AGE
        is_due = is_due or (len(self.reader.waiting) >= HELD and bool(batch.found))
        if is_due and not self._committing.locked():
            await self._commit()

    async def _commit(self) -> None:
        """Write the batch in a thread of its own: the database's work needs no turn of the crawl's."""
        async with self._committing:
            batch = self.ledger.take_batch()
            try:
                self.archivist.flush()
                counts = await asyncio.to_thread(self.ledger.write, batch)
            except Exception as error:
                # A disk that is full or a database that is down: stop at once; what was not committed is asked again.
                self.broken = self.broken or error
                raise
            self.ledger.settle(batch, counts)
            self.archivist.forget(batch.documents)
            self._committed = time.monotonic()
            self.archivist.report(self.ledger)
