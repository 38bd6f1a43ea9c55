"""Reading the archive again: every page that was ever fetched, with today's extractors and no network."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from crawlers import leases
from crawlers.answers import sha256
from crawlers.archive import read_at
from crawlers.attachments import AttachmentError
from crawlers.families import Ask, ListError
from crawlers.frontier import FILE, LIST, PAGE, better_row, entry
from crawlers.harvest import NotARecord, Served, files_of, gone, read_file, read_list, read_page
from crawlers.ledger import GONE, SERVED
from crawlers.records import row_as_json
from crawlers.sourcefile import Channel
from crawlers.sources import Source
from crawlers.versions import Look, rebuild
from crawlers.view import View
from schema.database import transaction
from schema.errors import InputError
from schema.tables import CrawlRun, Document, Fetch, FrontierEntry

PAGES = 100  # pages rebuilt in one transaction


@dataclass(slots=True)
class ReparseResult:
    """What was read again: list answers and pages, the records that came of them, and what could not be read."""

    source: str
    lists: int = 0
    pages: int = 0
    records: int = 0
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Look:
    """One archived answer to a request of the frontier, and the list row that led to it at that time."""

    entry: FrontierEntry
    fetch: Fetch
    row: dict[str, Any] | None = None


def text_of(engine: Engine, archive: Path, document: str) -> str:
    """Return a document's text, made from its archived bytes. Raises InputError when they are gone or altered."""
    with Session(engine) as session:
        row = session.get(Document, document)
        fetch = session.exec(
            select(Fetch).where(Fetch.document_sha256 == document, ~col(Fetch.is_revisit)).limit(1)
        ).first()
    if row is None or fetch is None:
        raise InputError(f"no document {document}", where="archive", remedy="was the release made by this database?")
    return _view(row, _served(row, fetch, archive)).text


def place_of_document(engine: Engine, document: str) -> tuple[str | None, int | None, str]:
    """Return where a document's bytes lie (WARC file below the archive, offset) and the address that served it."""
    with Session(engine) as session:
        row = session.get_one(Document, document)
        url = session.exec(select(Fetch.url).where(Fetch.document_sha256 == document).limit(1)).first()
    return row.warc_file, row.warc_offset, url or ""


def reparse(
    engine: Engine, source: Source, archive: Path, step: Callable[[int], None] = lambda _: None
) -> ReparseResult:
    """Rebuild a source's records from its archive; equal extractors give equal rows.

    A page that cannot be read keeps the records it has and is named in the result. Raises RunError while the
    source is being crawled, InputError when archive files are missing.
    """
    result = ReparseResult(source.id)
    channels = {source.channel_id(c): c for c in source.file.channels}
    lease, who = f"crawl/{source.id}", leases.holder()
    leases.acquire(engine, lease, who)
    try:
        pages: dict[str, list[_Look]] = {}
        with Session(engine) as session:
            for look in _looks(session, source, channels, archive, result):
                pages.setdefault(look.entry.url, []).append(look)
        ordered = sorted(pages.items())
        for start in range(0, len(ordered), PAGES):
            observed = [
                (url, list(_observe(engine, source, channels, archive, looks, result)))
                for url, looks in ordered[start : start + PAGES]
            ]
            with transaction(engine) as session:
                for url, seen in observed:
                    result.records += rebuild(session, source.id, url, seen)
            leases.acquire(engine, lease, who)
            step(start + len(observed))
    finally:
        leases.release(engine, lease, who)
    return result


def _looks(
    session: Session, source: Source, channels: dict[str, Channel], archive: Path, result: ReparseResult
) -> Iterator[_Look]:
    """Yield the pages' answers run by run, each with the row that the lists of its run gave it."""
    runs = session.exec(
        select(CrawlRun).where(CrawlRun.source_id == source.id).order_by(col(CrawlRun.cycle), col(CrawlRun.started_at))
    ).all()
    rows: dict[str, dict[str, Any] | None] = {}
    cycle = -1
    for run in runs:
        if run.cycle != cycle:
            cycle, rows = run.cycle, {}
        answers = session.exec(
            select(FrontierEntry, Fetch)
            .join(Fetch, col(Fetch.frontier_id) == FrontierEntry.id)
            .where(Fetch.run_id == run.id, col(Fetch.status).in_([*SERVED, *GONE]))
            .order_by(col(Fetch.id))
        ).all()
        for asked, fetch in answers:
            if asked.role == LIST and asked.channel_id in channels and fetch.status in SERVED:
                result.lists += 1
                _read_rows(session, channels[asked.channel_id], asked, fetch, archive, rows)
        for asked, fetch in answers:
            if asked.role == PAGE and asked.channel_id in channels:
                result.pages += 1
                yield _Look(asked, fetch, rows.get(asked.url))


def _read_rows(
    session: Session,
    channel: Channel,
    entry: FrontierEntry,
    fetch: Fetch,
    archive: Path,
    rows: dict[str, dict[str, Any] | None],
) -> None:
    document = session.get(Document, fetch.document_sha256)
    if document is None:
        return
    try:
        listing = read_list(channel, Ask(entry.url, entry.method, entry.body), _served(document, fetch, archive).view())
    except ListError:
        return
    for row in listing.rows:
        rows[row.url] = better_row(rows.get(row.url), row_as_json(row.readings, document.sha256))


def _observe(
    engine: Engine,
    source: Source,
    channels: dict[str, Channel],
    archive: Path,
    looks: list[_Look],
    result: ReparseResult,
) -> Iterator[Look]:
    for look in looks:
        with Session(engine) as session:
            document = session.get(Document, look.fetch.document_sha256)
        if document is None:
            continue
        served = _served(document, look.fetch, archive)
        channel = channels[look.entry.channel_id]
        if look.fetch.status in GONE:
            yield gone(source, channel, look.entry.url, served)
            continue
        try:
            view = served.view()
            files = _files(engine, source, look, files_of(source, channel, view), archive)
            yield read_page(source, channel, look.entry.url, served, view, look.row, files)
        except NotARecord as error:
            if error.is_gone:
                yield gone(source, channel, look.entry.url, served)
        except InputError:
            raise
        except Exception as error:
            result.failed.append(f"{look.entry.url}: {type(error).__name__}: {error}")


def _files(engine: Engine, source: Source, look: _Look, urls: list[str], archive: Path) -> dict[str, View]:
    """Return the files of a page as they were in the cycle of the look, by address."""
    found: dict[str, View] = {}
    ids = {entry(source, look.entry.channel_id, Ask(url), FILE).id: url for url in urls}
    cycle = sa.select(col(CrawlRun.cycle)).where(col(CrawlRun.id) == look.fetch.run_id).scalar_subquery()
    with Session(engine) as session:
        answers = session.exec(
            select(Fetch, Document)
            .join(CrawlRun, col(CrawlRun.id) == Fetch.run_id)
            .join(Document, col(Document.sha256) == Fetch.document_sha256)
            .where(
                CrawlRun.source_id == source.id, CrawlRun.cycle == cycle,
                col(Fetch.frontier_id).in_(ids), col(Fetch.status).in_(SERVED),
            )
            .order_by(col(Fetch.fetched_at))
        ).all()  # fmt: skip
    for fetch, document in answers:
        with suppress(AttachmentError):
            found[ids[fetch.frontier_id or ""]] = _view(document, _served(document, fetch, archive))
    return found


def _view(document: Document, served: Served) -> View:
    """Return a document as text with places, by the reader that made the text that was stored."""
    return served.view() if document.text_layer is None else read_file(served)


def _served(document: Document, fetch: Fetch, archive: Path) -> Served:
    """Return the bytes of a document as they were served. Raises InputError when the archive does not hold them."""
    if document.warc_file is None or document.warc_offset is None:
        raise InputError(f"no place in the archive for {document.sha256}", where=fetch.url, remedy="crawl it again")
    answer = read_at(archive, document.warc_file, document.warc_offset)
    content = answer.content()
    if sha256(content) != document.sha256:
        raise InputError(
            "the archived bytes are not those that were read",
            where=f"{document.warc_file}@{document.warc_offset}",
            remedy="restore the file from a backup",
        )
    kind = next((v for k, v in (fetch.headers or {}).items() if k.lower() == "content-type"), answer.content_type)
    return Served(fetch.url, content, kind, fetch.fetched_at)
