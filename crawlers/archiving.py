"""Between the wire and the ledger: every answer is archived and noted before anything reads it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.answers import Answer, sha256
from crawlers.archive import ArchiveWriter, read_at
from crawlers.bodies import BodyTooLargeError
from crawlers.frontier import Entry
from crawlers.harvest import Served
from crawlers.ledger import ALLOWED, BY_HAND, Fetched, Ledger
from crawlers.replaying import NOT_IN_ARCHIVE
from schema.ids import content_id
from schema.store import row
from schema.tables import Fetch
from schema.tables.columns import now

# Headers that speak of the transfer, not of what is kept.
UNCHANGED = 304
TRANSFER = {"transfer-encoding", "connection", "keep-alive", "content-length"}


class Archivist:
    """Writes answers into the run's WARC file and their fetch rows into the ledger's batch."""

    def __init__(self, ledger: Ledger, writer: ArchiveWriter, report: Callable[[Ledger], None]) -> None:
        self.ledger = ledger
        self.writer = writer
        self.report = report
        self.fetches = 0
        self.robots = BY_HAND if writer.imported else ALLOWED
        self._places: dict[str, tuple[str | None, int | None]] = {}

    def keep(self, answer: Answer, entry: Entry | None) -> Served:
        """Archive an answer; equal bytes seen before become a revisit record. Raises BodyTooLargeError for a bomb."""
        content = answer.content()
        name = sha256(content)
        known = self.ledger.archived(name)
        revisit = (known.url, f"{known.fetched_at:%Y-%m-%dT%H:%M:%SZ}") if known else None
        offset = self.writer.write(answer, known=revisit)
        place = (known.warc_file, known.warc_offset) if known else (self.writer.name, offset)
        self._places.setdefault(name, place)
        self._note(entry, answer.url, answer.method, answer.fetched_at, status=answer.status,
                   headers=dict(answer.headers), document_sha256=name, is_revisit=known is not None,
                   warc_offset=offset)  # fmt: skip
        return Served(answer.url, content, answer.content_type, answer.fetched_at, tuple(answer.headers))

    def keep_unchanged(self, answer: Answer, entry: Entry) -> Served | None:
        """Archive a 304 and return the document that it speaks of, from the archive; None when there is none."""
        found = self._kept(entry)
        if found is None:
            return None
        last, known, content = found
        offset = self.writer.write(answer, known=(known.url, f"{known.fetched_at:%Y-%m-%dT%H:%M:%SZ}"))
        self._places.setdefault(last.document_sha256 or "", (known.warc_file, known.warc_offset))
        # A 304 says nothing of the type; what it said with the document still holds.
        self._note(entry, answer.url, answer.method, answer.fetched_at, status=answer.status, headers=last.headers,
                   document_sha256=last.document_sha256, is_revisit=True, warc_offset=offset)  # fmt: skip
        return _served(last, content, answer.url, answer.fetched_at)

    def again(self, entry: Entry) -> Served | None:
        """Return the last document that a request was served, from the archive; None when there is none."""
        self.flush()
        found = self._kept(entry)
        return None if found is None else _served(found[0], found[2], found[0].url, found[0].fetched_at)

    def _kept(self, entry: Entry) -> tuple[Fetched, Fetched, bytes] | None:
        """Return the last answer to a request, the fetch that archived its bytes, and the bytes."""
        last = self.ledger.last_answer(entry.id)
        if last is None or last.document_sha256 is None:
            return None
        known = self.ledger.archived(last.document_sha256)
        if known is None or known.warc_file is None or known.warc_offset is None:
            return None
        return last, known, read_at(self.writer.root, known.warc_file, known.warc_offset).content()

    def place_of(self, name: str) -> tuple[str | None, int | None]:
        """Return where the archive holds the bytes of a document that this run was served."""
        if name not in self._places:
            known = self.ledger.archived(name)
            return (None, None) if known is None else (known.warc_file, known.warc_offset)
        return self._places[name]

    def forget(self, names: Iterable[str]) -> None:
        """Leave the places of documents to the database, which knows them by now."""
        for name in names:
            self._places.pop(name, None)

    def note_forbidden(self, entry: Entry) -> None:
        """Note a request that robots.txt forbids and that was not made."""
        self._note(entry, entry.url, entry.method, now(), robots="forbidden")

    def note_failure(self, entry: Entry, error: BaseException) -> None:
        """Note a request that got no answer."""
        self._note(entry, entry.url, entry.method, now(), error=f"{type(error).__name__}: {error}"[:500])

    def flush(self) -> None:
        """Bring the archive to the disk, before the database speaks of it."""
        self.writer.flush()

    def _note(self, entry: Entry | None, url: str, method: str, moment: datetime, **values: Any) -> None:
        self.fetches += 1
        fetch = row(
            Fetch,
            id=content_id("fetch", self.ledger.run.id, self.fetches),
            run_id=self.ledger.run.id,
            source_id=self.ledger.source.id,
            frontier_id=None if entry is None else entry.id,
            url=url,
            method=method,
            fetched_at=moment,
            **(
                {"error": "", "robots": self.robots, "warc_file": self.writer.name if "warc_offset" in values else None}
                | values
            ),
        )
        self.ledger.batch.fetches.append(fetch)


def _served(last: Fetched, content: bytes, url: str, moment: datetime) -> Served:
    headers = last.headers or {}
    kind = next((v for k, v in headers.items() if k.lower() == "content-type"), None)
    return Served(url, content, kind, moment, tuple(headers.items()))


class ArchiveMiddleware:
    """The downloader middleware next to the wire: it sees every answer, redirects and robots.txt too."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ArchiveMiddleware":
        """Return the middleware of a crawler."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive the answer as it came and hand the served document on in the request's meta."""
        if NOT_IN_ARCHIVE in response.headers:
            return response
        archivist: Archivist = self.crawler.spider.archivist  # type: ignore[union-attr]
        headers = [
            (key.decode("latin-1"), value.decode("latin-1"))
            for key, values in response.headers.items()
            for value in values
            if key.decode("latin-1").lower() not in TRANSFER
        ]
        answer = Answer(
            url=response.url,
            status=response.status,
            headers=headers,
            body=response.body,
            fetched_at=request.meta.get("replayed_at") or now(),
            method=request.method,
        )
        entry = request.meta.get("entry")
        if answer.status == UNCHANGED and entry is not None:
            request.meta["served"] = archivist.keep_unchanged(answer, entry)
            return response
        try:
            request.meta["served"] = archivist.keep(answer, entry)
        except BodyTooLargeError:
            if entry is not None:
                archivist.note_failure(entry, BodyTooLargeError("the body expands beyond the limit"))
            raise
        return response
