import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from crawlers.answers import sha256
from crawlers.archive import read_at
from crawlers.run import CrawlResult, crawl, crawl_all
from crawlers.running import crawl_here
from crawlers.sources import Source, load_source
from sandbox import server as sandbox_server
from sandbox.server import Seen, serve
from sandbox.truth import policies
from schema.content import content_hash
from schema.database import connect, open_database
from schema.errors import InputError, RunError
from schema.settings import Settings
from schema.tables import Claim, CrawlRun, Document, Fetch, Lease, Record

TRUTH = {row["url"]: row for row in policies()}
TITLES = {url: row["expected"]["title"] for url, row in TRUTH.items() if row["kind"] == "policy"}


@pytest.fixture
def archived(crawled: Any) -> Iterator[Engine]:
    engine = crawled.engine()
    yield engine
    engine.dispose()


def titles(engine: Engine) -> dict[str, str]:
    with Session(engine) as session:
        records = session.exec(select(Record).where(Record.state == "live"))
        return {r.url: (r.fields or {})["title"][0] for r in records}


def content(engine: Engine) -> dict[str, Any]:
    """Return the hashes of what a crawl writes, whatever was resolved since."""
    tables = ("source", "channel", "document", "record", "mention", "claim", "tie")
    return {name: value for name, value in content_hash(engine).items() if name in tables}


def test_a_replay_of_the_sandbox_is_ok_and_its_policies_are_live_records(crawled: Any, archived: Engine) -> None:
    assert {r.source: (r.outcome, r.reason) for r in crawled.results} == dict.fromkeys(
        ("gd", "hubei", "most", "nanjing"), ("ok", "")
    )
    assert titles(archived) == TITLES


def test_a_page_that_is_no_policy_is_no_record_and_says_why(crawled: Any, archived: Engine) -> None:
    nothing = {url for url, row in TRUTH.items() if row["kind"] == "none"}
    with Session(archived) as session:
        assert set(session.exec(select(Record.url)).all()).isdisjoint(nothing)
    assert sum(r.counts.get("not_a_record", 0) for r in crawled.results) == len(nothing)


def test_every_document_is_where_the_database_says(crawled: Any, archived: Engine) -> None:
    with Session(archived) as session:
        documents = session.exec(select(Document)).all()
        assert documents
        for document in documents:
            answer = read_at(crawled.settings.archive, document.warc_file or "", document.warc_offset or 0)
            assert sha256(answer.content()) == document.sha256
        fetches = session.exec(select(Fetch)).all()
        assert {f.fetched_at for f in fetches} == {datetime(2023, 12, 1, 8, tzinfo=UTC)}


def test_every_claim_of_a_page_names_a_document_and_a_place(archived: Engine) -> None:
    with Session(archived) as session:
        claims = session.exec(select(Claim, Document).join(Document, col(Document.sha256) == Claim.document_sha256))
        for claim, document in claims.all():
            if claim.origin == "url" or claim.property == "region":
                continue
            assert claim.spans, (claim.property, claim.value)
            assert "\n".join(document.text[slice(*span)] for span in claim.spans) == claim.raw, claim.property


def test_a_second_replay_changes_nothing_but_the_ledger(
    crawled: Any, sandbox_warc: Path, sandbox_sources: dict[str, Source], tmp_path: Path
) -> None:
    settings = crawled.copy(tmp_path)
    engine = connect(settings.database)
    before = content_hash(engine)
    shared = {path: path.stat().st_mtime_ns for path in crawled.settings.archive.rglob("*.gz")}
    # An archive of its own: the shared one is never written.
    (tmp_path / "var" / "archive").unlink()
    result = crawl(sandbox_sources["gd"], settings, replay=sandbox_warc)
    assert (result.outcome, result.counts["unchanged"], result.counts["promoted"]) == ("ok", 14, 0)
    assert "new" not in result.counts
    assert content_hash(engine) == before
    with Session(engine) as session:
        assert len(session.exec(select(CrawlRun).where(CrawlRun.source_id == "gd")).all()) == 2
        assert all(f.is_revisit for f in session.exec(select(Fetch).where(Fetch.run_id == result.run)))
    assert shared == {path: path.stat().st_mtime_ns for path in crawled.settings.archive.rglob("*.gz")}
    engine.dispose()


@dataclass(frozen=True)
class Live:
    """What a crawl over HTTP did and what the server saw of it."""

    settings: Settings
    results: list[CrawlResult]
    log: list[Seen]
    at_once: dict[str, int]  # by host: the most requests that were under way together


@pytest.fixture(scope="session")
def live(sandbox_sources: dict[str, Source], once: Callable[..., Any]) -> Live:
    """The sites of Nanjing and of the ministry, this one with a column that robots.txt forbids, crawled over HTTP."""

    def make(folder: Path) -> Live:
        path = folder / "most.yaml"
        column = "\n  - id: private\n    name: 内部\n    kind: policy\n    family: trs_static\n"
        column += "    url: http://www.most.sandbox.test/private/internal.html\n    article: /private/.*html$\n"
        path.write_text(sandbox_sources["most"].path.read_text(encoding="utf-8").rstrip() + column, encoding="utf-8")
        at_once: Counter[str] = Counter()
        with pytest.MonkeyPatch.context() as patch, serve() as server:
            _watch(patch, at_once)
            settings = Settings(var=folder / "var", http_proxy=server.proxy_url, contact="mailto:a@b.test")
            open_database(settings.database).dispose()
            results = crawl_all([load_source(path), sandbox_sources["nanjing"]], settings)
            return Live(settings, results, list(server.log), dict(at_once))

    return once("live", make)


def _watch(patch: pytest.MonkeyPatch, at_once: Counter[str]) -> None:
    reply, under_way, lock = sandbox_server._Handler._reply, Counter[str](), threading.Lock()

    def watched(handler: Any) -> None:
        host = urlsplit(handler.path).hostname or ""
        with lock:
            under_way[host] += 1
            at_once[host] = max(at_once[host], under_way[host])
        # A slow site: whoever asks a second time meanwhile is seen. Once the answer is written the client may
        # ask again, so the request ends before.
        threading.Event().wait(0.02)
        with lock:
            under_way[host] -= 1
        reply(handler)

    patch.setattr(sandbox_server._Handler, "_reply", watched)


def test_a_live_crawl_reads_what_a_replay_reads(live: Live, archived: Engine) -> None:
    assert {(r.source, r.outcome, r.reason) for r in live.results} == {("most", "ok", ""), ("nanjing", "ok", "")}
    engine = connect(live.settings.database)
    query = select(Record.url, Record.state, Record.content_hash, Record.document_sha256)
    query = query.where(col(Record.source_id).in_(["most", "nanjing"])).order_by(Record.url)
    with Session(engine) as one, Session(archived) as other:
        found = one.exec(query).all()
        assert len(found) == 20
        assert found == other.exec(query).all()
    engine.dispose()


def test_a_live_crawl_asks_robots_txt_first_and_nothing_twice_and_never_two_things_at_a_time(live: Live) -> None:
    for host in ("www.most.sandbox.test", "www.nanjing.sandbox.test"):
        asked = [(seen.method, seen.path) for seen in live.log if seen.host == host]
        assert len(asked) > 7
        assert asked[0] == ("GET", "/robots.txt")
        assert len(asked) == len(set(asked))
        assert live.at_once[host] == 1


def test_what_robots_txt_forbids_is_never_requested_and_is_noted(live: Live) -> None:
    assert not [seen for seen in live.log if seen.path.startswith("/private/")]
    assert {r.source: r.counts.get("forbidden", 0) for r in live.results} == {"most": 1, "nanjing": 0}
    engine = connect(live.settings.database)
    with Session(engine) as session:
        forbidden = select(Fetch.robots, Fetch.status).where(col(Fetch.url).contains("/private/"))
        assert session.exec(forbidden).all() == [("forbidden", None)]
        assert session.exec(select(Lease)).all() == []
    engine.dispose()


def test_an_archive_without_a_page_of_the_source_is_refused_before_anything_is_written(
    sandbox_warc: Path, sandbox_sources: dict[str, Source], tmp_path: Path
) -> None:
    path = tmp_path / "most.yaml"
    text = sandbox_sources["most"].path.read_text(encoding="utf-8")
    path.write_text(text.replace(".sandbox.test", ".another.test"), encoding="utf-8")
    url = f"sqlite:///{tmp_path}/x.sqlite"
    for replay, what in ((sandbox_warc, "no page of the source most"), (tmp_path / "missing.warc.gz", "no such WARC")):
        with pytest.raises(InputError, match=what):
            crawl_here(path, database_url=url, archive=tmp_path / "archive", replay=replay)
    assert content_hash(open_database(url))["all"]["rows"] == 0
    with Session(open_database(url)) as session:
        assert session.exec(select(Lease)).all() == []
    assert not (tmp_path / "archive").exists()


def test_an_archive_without_a_page_of_any_source_is_refused(sandbox_warc: Path, town: Source, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no page of any known source"):
        crawl_all([town], Settings(var=tmp_path), replay=sandbox_warc)


def test_a_child_that_dies_is_an_error_that_names_the_source(
    monkeypatch: pytest.MonkeyPatch, sandbox_warc: Path, sandbox_sources: dict[str, Source], tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(RunError, match="most"):
        crawl(sandbox_sources["most"], Settings(var=tmp_path), replay=sandbox_warc)
