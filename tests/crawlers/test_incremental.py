"""Crawling again: an unchanged web costs next to nothing, and a changed one shows each change and no other."""

from collections import Counter
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from crawlers.run import CrawlResult, crawl
from crawlers.sources import load_sources
from sandbox.changes import later
from sandbox.server import Server, serve
from schema.content import content_hash
from schema.database import open_database
from schema.settings import ROOT, Settings
from schema.tables import Record, RecordState

SOURCES = ROOT / "sandbox" / "sources"


def all_sites(settings: Settings, mode: str = "refresh") -> list[CrawlResult]:
    return [crawl(source, settings, mode=mode) for source in load_sources(SOURCES).values()]


def bytes_of(server: Server) -> int:
    total = sum(seen.sent for seen in server.log)
    server.log.clear()
    return total


def found(settings: Settings, since: set[str]) -> Counter[tuple[str, str]]:
    """Return what became of which page since a set of records, as the database tells it."""
    with Session(open_database(settings.database)) as session:
        records = session.exec(select(Record).order_by(col(Record.version))).all()
    fresh = [record for record in records if record.id not in since]
    gone_to = {record.moved_to for record in fresh if record.moved_to}
    seen: Counter[tuple[str, str]] = Counter()
    for record in fresh:
        if record.url in gone_to:
            continue  # told by the page that moved
        if record.state == RecordState.WITHDRAWN:
            seen["moved" if record.moved_to else "withdrawn", record.url] += 1
        elif record.version == 1:
            seen["new", record.url] += 1
        else:
            seen["repealed" if (record.fields or {}).get("validity") == ["repealed"] else "corrected", record.url] += 1
    return seen


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_37_changes_are_found_and_no_other(seed: int, tmp_path: Path) -> None:
    web, changes = later(seed)
    assert len(changes) == 37
    with serve() as server:
        settings = Settings(var=tmp_path / "var", http_proxy=server.proxy_url)
        engine = open_database(settings.database)
        assert {r.outcome for r in all_sites(settings)} == {"ok"}
        whole, before = bytes_of(server), content_hash(engine)
        with Session(engine) as session:
            known = set(session.exec(select(Record.id)).all())

        again = all_sites(settings)
        spent = bytes_of(server)
        print(f"second crawl: {spent} of {whole} bytes ({1 - spent / whole:.1%} fewer)")
        assert {(r.outcome, r.mode) for r in again} == {("ok", "refresh")}
        assert spent <= 0.05 * whole
        assert content_hash(engine) == before, "an unchanged web gave a new version"

        server.web = web
        swept = all_sites(settings, "sweep")
        assert {(r.outcome, r.reason) for r in swept} == {("ok", "")}
        seen = found(settings, known)
        assert seen == Counter({(change.what, change.url): 1 for change in changes})
        with Session(engine) as session:
            gone = session.exec(select(Record).where(Record.state == RecordState.WITHDRAWN)).all()
        assert {(r.url, r.moved_to) for r in gone if r.moved_to} == {
            (c.url, c.to) for c in changes if c.what == "moved"
        }
