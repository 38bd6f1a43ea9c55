"""The spider that every kind shares: it takes requests from the ledger and gives back what was read."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import structlog
from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.archiving import UNCHANGED, Archivist
from crawlers.challenges import challenge
from crawlers.families import Ask, ListError
from crawlers.harvest import NotARecord, Served, document_row, read_list, read_page
from crawlers.ledger import LIST, PAGE, Ledger, entry
from crawlers.politeness import ElsewhereError
from crawlers.records import row_as_json
from crawlers.replay import Replay
from crawlers.replaying import NOT_IN_ARCHIVE
from crawlers.sourcefile import Channel
from schema.tables import FrontierEntry, FrontierState

HAND_OUT = 32  # requests taken from the ledger at a time
BATCH = 64  # answers committed together
STALL = 20  # time-outs without any progress after which a crawl gives up
OK = 200
GONE = {404, 410}
CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


class HarvestSpider(Spider):
    """Crawls the channels of one kind of one source."""

    name = "harvest"

    def __init__(
        self,
        ledger: Ledger,
        archivist: Archivist,
        channels: dict[str, Channel],
        replay: Replay | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.replay = replay
        self.ledger = ledger
        self.archivist = archivist
        self.channels = channels
        self.events = structlog.get_logger().bind(source=ledger.source.id, run=ledger.run.id)
        self.broken: Exception | None = None
        self.blocked = ""
        self._answered = 0
        self._moved = time.monotonic()

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests as the ledger hands them out, until nothing is pending and nothing under way."""
        stall = self.crawler.settings.getfloat("DOWNLOAD_TIMEOUT") * STALL
        while not (self.broken or self.blocked) and time.monotonic() - self._moved < stall:
            entries = self.ledger.next(HAND_OUT)
            for each in entries:
                yield self._request(each)
            if entries:
                continue
            if not self.ledger.waiting:
                break
            if len(self.ledger.batch.done) == self.ledger.waiting:
                self._commit()
            else:
                await asyncio.sleep(0.01)
        # Without this the engine would notice the end only at its next heartbeat, seconds later.
        raise CloseSpider("broken" if self.broken else "blocked" if self.blocked else "finished")

    def _request(self, each: FrontierEntry) -> Request:
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
            meta={"entry": each},
        )

    def _conditions(self, each: FrontierEntry) -> dict[str, str]:
        """Return the headers that let a site say in a few bytes that nothing has changed."""
        last = None if self.replay else self.ledger.last_answer(each.id)
        said = {name.lower(): value for name, value in ((last.headers if last else None) or {}).items()}
        return {ask: said[name] for name, ask in CONDITIONS.items() if name in said}

    def answered(self, response: Response) -> None:
        """Read one answer and note what came of it."""
        each: FrontierEntry = response.meta["entry"]
        if NOT_IN_ARCHIVE in response.headers:
            self._end(each, FrontierState.ABSENT, "not in the archive")
            return
        served: Served | None = response.meta["served"]
        if served is None:
            self._end(each, FrontierState.FAILED, "said to be unchanged, and the archive does not hold it")
            return
        kind = challenge(response.status, served.headers, served.content)
        if kind is not None:
            # The host has said that it does not want us: nothing more is asked, and nothing tried again.
            self.blocked = self.blocked or f"challenge {kind} at {response.url}"
            self._end(each, FrontierState.FAILED, f"challenge {kind}")
            return
        if response.status in GONE and each.role == PAGE:
            # A page that is no more is an answer, not a fault of the run.
            self.ledger.counts["gone"] += 1
            self._end(each, FrontierState.DONE, f"HTTP {response.status}")
            return
        if response.status == UNCHANGED:
            self.ledger.counts["not_modified"] += 1
        elif response.status != OK:
            self._end(each, FrontierState.FAILED, f"HTTP {response.status}")
            return
        try:
            self._read(each, served)
        except ListError as error:
            self._end(each, FrontierState.FAILED, f"no list: {error}")
        except NotARecord as error:
            self.ledger.counts["not_a_record"] += 1
            self._end(each, FrontierState.DONE, f"no record: {error}")
        except Exception as error:
            # A page that breaks the extractor must neither end the run nor vanish: it is counted and named.
            self.events.exception("extraction failed", url=each.url)
            self._end(each, FrontierState.FAILED, f"extraction failed: {type(error).__name__}: {error}")

    def _read(self, each: FrontierEntry, served: Served) -> None:
        channel = self.channels[each.channel_id]
        view = served.view()
        document = document_row(served, view)
        document.warc_file, document.warc_offset = self.archivist.place_of(document.sha256)
        self.ledger.batch.documents[document.sha256] = document
        if each.role == PAGE:
            observation = read_page(self.ledger.source, channel, each.url, served, view, each.row)
            self.ledger.batch.observations.append(observation)
            self.ledger.counts["warnings"] += len(observation.extraction.warnings)
        else:
            ask = Ask(each.url, each.method, each.body)
            listing = read_list(channel, ask, view)
            self.ledger.counts["rows"] += len(listing.rows)
            found = [entry(self.ledger.source, each.channel_id, more, LIST) for more in listing.more]
            for row in listing.rows:
                if self.ledger.source.channel_of(row.url) is None:
                    self.ledger.counts["foreign_rows"] += 1  # another site's page, or none of its articles
                    continue
                hints = row_as_json(row.readings, document.sha256)
                found.append(entry(self.ledger.source, each.channel_id, Ask(row.url), PAGE, hints))
            self.ledger.batch.found.extend(found)
        self._end(each, FrontierState.DONE)

    def failed(self, failure: Failure) -> None:
        """Note a request that got no answer: forbidden by robots.txt, or a fault of the network."""
        each: FrontierEntry = failure.request.meta["entry"]  # type: ignore[attr-defined]
        error = failure.value or RuntimeError("a failure without a cause")
        if isinstance(error, IgnoreRequest) and "robots" in str(error):
            self.archivist.note_forbidden(each)
            self._end(each, FrontierState.FORBIDDEN, "robots.txt")
            return
        if isinstance(error, ElsewhereError) and each.role == PAGE:
            self.ledger.counts["elsewhere"] += 1
            self._end(each, FrontierState.DONE, str(error))
            return
        self.archivist.note_failure(each, error)
        self._end(each, FrontierState.FAILED, f"{type(error).__name__}: {error}")

    def _end(self, each: FrontierEntry, state: FrontierState, reason: str = "") -> None:
        self._moved = time.monotonic()
        self.ledger.done(each.id, state, reason)
        if state is FrontierState.FAILED:
            self.events.warning("request failed", url=each.url, reason=reason)
        self._answered += 1
        if self._answered % BATCH == 0:
            self._commit()

    def _commit(self) -> None:
        try:
            self.archivist.flush()
            self.ledger.commit()
        except Exception as error:
            # A disk that is full or a database that is down: stop at once; what was not committed is asked again.
            self.broken = self.broken or error
            raise
        self.archivist.report(self.ledger)
