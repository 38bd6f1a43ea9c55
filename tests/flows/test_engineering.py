"""The engineer's commands as they are typed: what they print, what they write, and their exit codes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.monitoring import alerts
from crawlers.sources import as_rows, load_sources
from sandbox.server import Server, serve
from sandbox.sites import sites
from schema.database import open_database, transaction
from schema.settings import ROOT
from schema.store import upsert
from schema.tables import CrawlRun, Outcome
from tests.flows.conftest import Cli

SITE = sites()["www.hubei.sandbox.test"]
LIST = SITE.lists[0].url


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serve() as server:
        monkeypatch.setenv("SAMPLEBASE_HTTP_PROXY", server.proxy_url)
        yield server


@pytest.mark.usefixtures("web")
def test_from_an_address_to_a_verified_source_that_is_crawled(cli_sqlite: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    words = ["--sources", folder]
    folder.mkdir()
    dry = cli_sqlite.json("sources", "new", LIST, "--id", "hb", "--level", "province", "--region", "420000",
                          "--dry-run", *words)  # fmt: skip
    assert (dry["family"], dry["written"], Path(dry["path"]).exists()) == ("trs_static", False, False)
    made = cli_sqlite.json("sources", "new", LIST, "--id", "hb", "--level", "province", "--region", "420000", *words)
    path = Path(made["path"])
    assert path == folder / "provinces" / "hb.yaml"
    assert cli_sqlite.json("sources", "check", *words)["mistakes"] == []
    again = cli_sqlite("sources", "new", LIST, *words)
    assert (again.returncode, "belongs to the source hb" in again.stderr) == (2, True)
    path.write_text(path.read_text(encoding="utf-8").replace("status:", "politeness: {delay: 0}  # ours\nstatus:"))
    probed = cli_sqlite.json("sources", "probe", "hb", "--write", *words)
    assert (probed["verdict"], probed["written"]) == ("verified", True)
    assert "+  state: verified" in probed["diff"]
    assert "# ours" in path.read_text(encoding="utf-8")
    [crawled] = cli_sqlite.json("sweep", *words)
    assert (crawled["outcome"], crawled["mode"]) == ("ok", "sweep")


@pytest.mark.usefixtures("web")
def test_a_probe_that_verifies_nothing_says_so_by_its_exit_code(cli_sqlite: Cli, tmp_path: Path) -> None:
    text = (ROOT / "sandbox" / "sources" / "hubei.yaml").read_text(encoding="utf-8")
    path = tmp_path / "sources" / "hubei.yaml"
    path.parent.mkdir()
    path.write_text(text.replace("index.html", "nowhere.html"), encoding="utf-8")
    done = cli_sqlite("sources", "probe", "hubei", "--sources", path.parent)
    assert done.returncode == 4
    assert "verdict differs" in done.stderr
    assert "+  state: unverified" in done.stdout or "state: unverified" in done.stdout
    assert "nowhere.html" in path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("web")
def test_a_page_is_captured_and_imported(cli_sqlite: Cli, tmp_path: Path) -> None:
    url = SITE.url(next(fact.path for fact in SITE.facts if fact.kind == "policy" and not fact.attachments))
    made = cli_sqlite.json("sources", "capture", url, "--folder", tmp_path / "cases")
    page = Path(made["folder"]) / "page.html"
    assert cli_sqlite("sources", "capture", url, "--kind", "poem").returncode == 2
    words = ["import", "hubei", page, "--by", "li", "--sources", "sandbox/sources"]
    done = cli_sqlite.json(*words)
    assert (done["taken"], done["run"]["outcome"]) == ([url], "ok")
    assert cli_sqlite.json(*words)["run"] is None
    assert [h["outcome"] for h in cli_sqlite.json("health")] == ["ok"]


def test_a_drift_shows_in_health_with_its_alert_until_it_is_accepted(cli_sqlite: Cli) -> None:
    engine = open_database(cli_sqlite.database_url)
    source = load_sources(ROOT / "sandbox" / "sources")["hubei"]
    with transaction(engine) as session:
        upsert(session, as_rows(source))
        moment = datetime(2026, 11, 1, tzinfo=UTC)
        run = CrawlRun(id="r", source_id="hubei", cycle=1, outcome=Outcome.DRIFT, reason="few rows", started_at=moment)
        session.add(run)
        session.flush()
        alerts.update(session, run)
    engine.dispose()
    told = cli_sqlite("health", "--json")
    assert told.returncode == 4
    [health] = json.loads(told.stdout)
    assert [(a["kind"], a["times"], a["message"]) for a in health["alerts"]] == [("drift", 1, "few rows")]
    assert "open alerts" in cli_sqlite("health").stdout
    words = ["sources", "accept", "hubei", "--sources", "sandbox/sources"]
    assert cli_sqlite(*words).returncode == 2, "a reason is required"
    done = cli_sqlite.json(*words, "--why", "compared", "--by", "li")
    assert (done["promoted"], done["reason"]) == (0, "accepted by li: compared")
    [health] = cli_sqlite.json("health")
    assert (health["outcome"], health["alerts"]) == ("ok", [])
