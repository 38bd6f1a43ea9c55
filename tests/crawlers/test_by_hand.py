"""What engineers do by hand: capturing test cases, importing what they fetched themselves, accepting a drift."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select
from warcio.archiveiterator import ArchiveIterator

from crawlers.accepting import accept
from crawlers.answers import Answer
from crawlers.archive import IMPORTED, ArchiveWriter, read_at
from crawlers.capturing import capture_list, capture_page, read_page_case
from crawlers.health import closed_to_us, health
from crawlers.importing import import_files
from crawlers.monitoring import alerts
from crawlers.reparse import reparse
from crawlers.sources import Source, as_rows, load_source
from crawlers.versions import Look, observe
from flows.pipeline import crawl_sources, to_crawl
from sandbox.server import Server, serve
from sandbox.sites import sites
from schema.content import content_hash
from schema.database import open_database, transaction
from schema.errors import InputError, RunError
from schema.settings import ROOT, Settings
from schema.store import upsert
from schema.tables import Claim, CrawlRun, Fetch, Outcome, Record
from tests.crawlers.conftest import document, look
from tests.pages.test_captured import check

SITE = sites()["www.hubei.sandbox.test"]
POLICY = next(fact for fact in SITE.facts if fact.kind == "policy" and not fact.attachments)
URL = SITE.url(POLICY.path)
BODY = SITE.answer("GET", POLICY.path).body


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture
def blocked(tmp_path: Path) -> Source:
    """The source of 湖北, as a site that is closed to the crawler."""
    text = (ROOT / "sandbox" / "sources" / "hubei.yaml").read_text(encoding="utf-8")
    path = tmp_path / "sources" / "hubei.yaml"
    path.parent.mkdir()
    path.write_text(text.replace("state: verified", "state: blocked"), encoding="utf-8")
    return load_source(path)


def here(tmp_path: Path, server: Server | None = None) -> Settings:
    return Settings(var=tmp_path / "var", sources=tmp_path / "sources", http_proxy=server.proxy_url if server else None)


def saved(folder: Path, name: str = "page.html", body: bytes = BODY, url: str | None = URL) -> Path:
    """Save a page as a person does, with its address beside it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    if url is not None:
        path.with_name(f"{name}.url").write_text(f"[InternetShortcut]\nURL={url}\n", encoding="utf-8")
    return path


def test_a_captured_page_fails_until_a_person_has_read_it(tmp_path: Path, server: Server) -> None:
    made = capture_page(URL, "policy", tmp_path, here(tmp_path, server))
    meta = json.loads((made.folder / "page.json").read_text(encoding="utf-8"))
    assert (made.folder.parent.name, meta["url"], (made.folder / "page.html").read_bytes()) == ("policy", URL, BODY)
    assert made.read["records"][0]["fields"]["title"] == [POLICY.title]
    with pytest.raises(AssertionError, match="nobody has read"):
        check(made.folder)
    path = made.folder / "expected.json"
    expected = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**expected, "read_by": "李工"}, ensure_ascii=False), encoding="utf-8")
    check(made.folder)
    expected["records"][0]["fields"]["title"] = ["another title"]
    path.write_text(json.dumps({**expected, "read_by": "李工"}, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(AssertionError):
        check(made.folder)
    (made.folder / "page.html").write_bytes(BODY + b" ")
    with pytest.raises(InputError, match="altered"):
        read_page_case(made.folder)


def test_a_page_is_captured_once_and_only_when_it_is_there(tmp_path: Path, server: Server) -> None:
    capture_page(URL, "policy", tmp_path, here(tmp_path, server))
    with pytest.raises(InputError, match="such a case already"):
        capture_page(URL, "policy", tmp_path, here(tmp_path, server))
    with pytest.raises(RunError, match="404"):
        capture_page(SITE.url("/none.html"), "policy", tmp_path, here(tmp_path, server))
    with pytest.raises(RunError, match=r"robots\.txt forbids"):
        capture_page(SITE.url("/private/internal.html"), "policy", tmp_path, here(tmp_path, server))
    assert [path.name for path in (tmp_path / "policy").iterdir()] == [made_name(URL)]


def made_name(url: str) -> str:
    return "hubei_sandbox_test_" + url.rsplit("/", 1)[1].removesuffix(".html")


def test_a_captured_list_is_a_case_of_its_family(tmp_path: Path, server: Server, blocked: Source) -> None:
    [channel, *_] = blocked.file.channels
    made = capture_list(channel.url, channel, tmp_path, here(tmp_path, server))
    assert made.folder.parent.name == channel.family
    names = {path.name for path in made.folder.iterdir()}
    assert names == {"answer.html", "ask.json", "channel.json", "page.json", "expected.json"}
    expected = json.loads((made.folder / "expected.json").read_text(encoding="utf-8"))
    assert expected["read_by"] is None
    assert expected["rows"] == made.read["rows"] != []


def test_a_page_fetched_by_hand_goes_the_way_of_a_crawled_one(tmp_path: Path, blocked: Source) -> None:
    settings = here(tmp_path)
    engine = open_database(settings.database)
    page = saved(tmp_path / "hand")
    done = import_files(blocked, [page], settings, engine, by="李工")
    assert done.run is not None
    assert (done.run.outcome, done.taken, done.ignored) == ("ok", [URL], [])
    with Session(engine) as session:
        [fetch] = session.exec(select(Fetch)).all()
        [record] = session.exec(select(Record)).all()
    assert (fetch.robots, fetch.url, fetch.status) == ("by hand", URL, 200)
    assert (record.state, record.url, record.document_sha256) == ("live", URL, fetch.document_sha256)
    assert record.first_seen.timestamp() == 1_700_000_000
    assert fetch.warc_file is not None
    assert fetch.warc_offset is not None
    assert read_at(settings.archive, fetch.warc_file, fetch.warc_offset).content() == BODY
    with (settings.archive / fetch.warc_file).open("rb") as file:
        [header] = [each.rec_headers.get_header(IMPORTED) for each in ArchiveIterator(file)]
    assert header.startswith("by 李工 at 20")
    [seen] = [h for h in health(engine) if h.source == "hubei"]
    assert (seen.outcome, seen.live) == ("ok", 1)
    before = content_hash(engine)
    assert reparse(engine, blocked, settings.archive).records == 1
    assert content_hash(engine) == before
    engine.dispose()


def test_importing_twice_changes_nothing(tmp_path: Path, blocked: Source) -> None:
    settings = here(tmp_path)
    engine = open_database(settings.database)
    page = saved(tmp_path / "hand")
    import_files(blocked, [page], settings, engine)
    before, files = content_hash(engine), sorted(settings.archive.rglob("*.gz"))
    again = import_files(blocked, [page], settings, engine)
    assert (again.taken, again.known, again.run) == ([], [URL], None)
    assert (content_hash(engine), sorted(settings.archive.rglob("*.gz"))) == (before, files)
    with Session(engine) as session:
        assert len(session.exec(select(CrawlRun)).all()) == 1
    engine.dispose()


def test_a_warc_and_pages_with_addresses_of_every_sort_are_read(tmp_path: Path, blocked: Source) -> None:
    settings, day = here(tmp_path), datetime(2024, 1, 2, tzinfo=UTC)
    engine = open_database(settings.database)
    first, second, third, fourth = [fact for fact in SITE.facts if fact.kind == "policy" and not fact.attachments][:4]
    bodies = {fact.path: SITE.answer("GET", fact.path).body for fact in (first, second, third, fourth)}
    with ArchiveWriter(tmp_path, "hand.warc.gz") as writer:
        for url in (SITE.url(first.path), "http://elsewhere.test/logo.html"):
            writer.write(Answer(url, 200, [("Content-Type", "text/html")], bodies[first.path], day))
    comment = f"<!-- saved from url=(0042){SITE.url(second.path)} -->\n".encode()
    by_comment = saved(tmp_path / "hand", "two.html", comment + bodies[second.path], None)
    by_json = saved(tmp_path / "hand", "three.html", bodies[third.path], None)
    said = {"url": SITE.url(third.path), "fetched_at": "2024-01-03T08:00:00Z"}
    by_json.with_suffix(".json").write_text(json.dumps(said), encoding="utf-8")
    done = import_files(blocked, [tmp_path / "hand.warc.gz", by_comment, by_json], settings, engine)
    assert done.taken == [SITE.url(fact.path) for fact in (first, second, third)]
    assert done.ignored == ["http://elsewhere.test/logo.html"]
    by_option = saved(tmp_path / "hand", "four.html", bodies[fourth.path], None)
    import_files(blocked, [by_option], settings, engine, url=SITE.url(fourth.path))
    with Session(engine) as session:
        seen = {r.url: r.first_seen for r in session.exec(select(Record).where(Record.state == "live"))}
    assert set(seen) == {SITE.url(fact.path) for fact in (first, second, third, fourth)}
    assert seen[SITE.url(first.path)] == day
    assert seen[SITE.url(third.path)] == datetime(2024, 1, 3, 8, tzinfo=UTC)
    engine.dispose()


@pytest.mark.parametrize(
    ("name", "url", "problem"),
    [
        ("page.html", "http://elsewhere.test/1.html", "is not of the source hubei"),
        ("page.html", SITE.url("/about.html"), "matches no column"),
        ("page.html", None, "does not say where it comes from"),
        ("page.mhtml", URL, "MHTML is not read"),
        ("none/../nothing.html", "-", "no such file"),
    ],
)
def test_files_that_are_not_the_sources_are_refused(
    tmp_path: Path, blocked: Source, name: str, url: str | None, problem: str
) -> None:
    settings = here(tmp_path)
    engine = open_database(settings.database)
    page = tmp_path / "nothing.html" if url == "-" else saved(tmp_path / "hand", name, url=url)
    with pytest.raises(InputError, match=problem):
        import_files(blocked, [page], settings, engine)
    with Session(engine) as session:
        assert session.exec(select(CrawlRun)).all() == []
    engine.dispose()


def ended(engine: Engine, source: Source, outcome: Outcome, number: int = 1, seen: Look | None = None) -> None:
    """Write a run of the source, with a record that it staged."""
    with transaction(engine) as session:
        upsert(session, as_rows(source))
        run = CrawlRun(
            id=f"run{number}", source_id=source.id, cycle=number, outcome=outcome, reason="the form is new",
            started_at=datetime(2026, 11, number, tzinfo=UTC), ended_at=datetime(2026, 11, number, 1, tzinfo=UTC),
            counts={"new": 1}, stats={"checks": []},
        )  # fmt: skip
        session.add(run)
        if seen is not None:
            session.add(document(number))
            session.flush()
            observe(session, [seen])
        session.flush()
        alerts.update(session, run)


def test_a_drift_that_an_engineer_accepts_goes_live(engine: Engine, town: Source) -> None:
    ended(engine, town, Outcome.DRIFT, seen=look())
    [before] = health(engine)
    assert (before.outcome, before.live, before.staged, [a.kind for a in before.alerts]) == ("drift", 0, 1, ["drift"])
    done = accept(engine, town, "the site was rebuilt, ten pages compared", "李工")
    assert (done.promoted, done.reason) == (1, "accepted by 李工: the site was rebuilt, ten pages compared")
    [after] = health(engine)
    assert (after.outcome, after.reason, after.live, after.staged) == ("ok", done.reason, 1, 0)
    assert after.alerts == ()
    with pytest.raises(InputError, match="did not end as `drift`"):
        accept(engine, town, "again", "李工")


@pytest.mark.parametrize("outcome", [Outcome.OK, Outcome.PARTIAL, Outcome.BLOCKED, Outcome.ERROR])
def test_only_a_drift_can_be_accepted(engine: Engine, town: Source, outcome: Outcome) -> None:
    ended(engine, town, outcome, seen=look())
    with pytest.raises(InputError, match="did not end as `drift`"):
        accept(engine, town, "why not", "李工")
    assert [h.staged for h in health(engine)] == [1]


def test_a_reason_must_be_given(engine: Engine, town: Source) -> None:
    ended(engine, town, Outcome.DRIFT, seen=look())
    with pytest.raises(InputError, match="no reason"):
        accept(engine, town, " ", "李工")


def test_a_source_that_was_blocked_is_asked_again_only_by_name(tmp_path: Path, town: Source) -> None:
    folder = tmp_path / "only"
    folder.mkdir()
    town.path.rename(folder / town.path.name)
    source = load_source(folder / "town.yaml")
    settings = Settings(var=tmp_path / "var", sources=folder)
    engine = open_database(settings.database)
    assert [s.id for s in to_crawl(settings)] == ["town"]
    ended(engine, source, Outcome.BLOCKED)
    assert closed_to_us(engine) == {"town": "the form is new"}
    assert to_crawl(settings) == []
    assert [s.id for s in to_crawl(settings, ["town"])] == ["town"]
    [told] = crawl_sources(settings)
    assert (told["source"], told["outcome"]) == ("town", "skipped")
    assert "asked again only by name" in told["reason"]
    ended(engine, source, Outcome.OK, 2)
    assert [s.id for s in to_crawl(settings)] == ["town"]
    engine.dispose()


def test_a_sweep_reads_everything_again(tmp_path: Path, server: Server) -> None:
    settings = Settings(var=tmp_path / "var", sources=ROOT / "sandbox" / "sources", http_proxy=server.proxy_url)
    modes = [crawl_sources(settings, ["most"], mode=mode)[0]["mode"] for mode in ("refresh", "refresh", "sweep")]
    assert modes == ["sweep", "refresh", "sweep"], "the first crawl of a source is a sweep whatever is asked for"


def test_a_file_is_imported_with_the_page_that_links_to_it(tmp_path: Path, blocked: Source) -> None:
    settings = here(tmp_path)
    engine = open_database(settings.database)
    fact = next(fact for fact in SITE.facts if fact.kind == "policy" and fact.attachments)
    body, linked = SITE.answer("GET", fact.path).body, fact.attachments[0]
    page = saved(tmp_path / "hand", body=body, url=SITE.url(fact.path))
    name = linked.path.rsplit("/", 1)[1]
    file = saved(tmp_path / "hand", name, SITE.answer("GET", linked.path).body, SITE.url(linked.path))
    with pytest.raises(InputError, match="matches no column"):
        import_files(blocked, [file], settings, engine)
    assert import_files(blocked, [page], settings, engine).taken == [SITE.url(fact.path)]
    done = import_files(blocked, [tmp_path / "hand"], settings, engine)
    assert (done.taken, done.known) == ([SITE.url(linked.path)], [SITE.url(fact.path)])
    assert done.run is not None
    assert done.run.outcome == "ok"
    with Session(engine) as session:
        [record] = session.exec(select(Record).where(Record.state == "live"))
        texts = session.exec(
            select(Claim.value).where(Claim.record_id == record.id, Claim.property == "text").order_by(Claim.ordinal)
        ).all()
    assert len(texts) == 2, "the page's own text, and its file's"
    engine.dispose()
