"""Bad input gets one line with its place and what to do, an exit code, and loses nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from sandbox.pages_to_warc import pages_to_warc
from schema.database import connect
from schema.settings import ROOT
from tests.flows.conftest import Cli

GOOD = (ROOT / "sandbox" / "sources" / "hubei.yaml").read_text(encoding="utf-8")


def refused(cli: Cli, *words: str | Path, code: int) -> str:
    """Run a command that must fail; return its one line on standard error."""
    [line] = complaints(cli, *words, code=code)
    return line


def complaints(cli: Cli, *words: str | Path, code: int) -> list[str]:
    """Run a command that must fail; return its lines on standard error, one a fault."""
    done = cli(*words)
    assert done.returncode == code, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert all(" → " in line for line in lines), "a remedy belongs to each"
    assert "Traceback" not in done.stderr
    return lines


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text + "  broken: [", "broken YAML"),
        (lambda text: text.replace("level:", "levle:"), "levle"),
        (lambda text: text.replace("family: trs_static", "family: trs_dynamic"), "unknown family `trs_dynamic`"),
        (lambda text: text.replace('region: "420000"', "region: hubei"), "region"),
    ],
)
def test_a_wrong_source_file_is_refused_with_its_line(
    change: Callable[[str], str], says: str, cli_sqlite: Cli, tmp_path: Path
) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "hubei.yaml").write_text(change(GOOD), encoding="utf-8")
    first, *_ = complaints(cli_sqlite, "sources", "check", "--sources", folder, code=2)
    assert says in first
    assert f"{folder / 'hubei.yaml'}:" in first
    assert says in refused(cli_sqlite, "crawl", "--sources", folder, code=2)


def test_the_check_of_the_sources_says_every_mistake_with_its_line(cli_sqlite: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "hubei.yaml").write_text(GOOD.replace("level:", "levle:"), encoding="utf-8")
    (folder / "town.yaml").write_text("id: town\n", encoding="utf-8")
    lines = complaints(cli_sqlite, "sources", "check", "--sources", folder, code=2)
    assert len(lines) > 2
    done = cli_sqlite("sources", "check", "--sources", folder, "--json")
    assert done.returncode == 2
    told = json.loads(done.stdout)
    assert (told["files"], told["valid"], told["provinces"]) == (2, 0, 0)
    assert [f"error: {m['where']}: {m['what']} → {m['remedy']}" for m in told["mistakes"]] == lines


def test_a_crawl_without_ids_asks_no_site_that_nobody_verified(cli_sqlite: Cli) -> None:
    assert "no source is verified" in refused(cli_sqlite, "crawl", code=2)
    assert "no source is verified" in refused(cli_sqlite, "run", code=2)


def test_a_missing_archive_is_refused(cli_sqlite: Cli, tmp_path: Path) -> None:
    line = refused(cli_sqlite, "run", "--replay", tmp_path / "none.warc.gz", code=2)
    assert "none.warc.gz" in line


def test_a_cut_archive_is_refused_and_changes_nothing(cli_crawled: Cli, sandbox_warc: Path, tmp_path: Path) -> None:
    before = cli_crawled.content()
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(sandbox_warc.read_bytes()[:-1000])
    line = refused(cli_crawled, "run", "--sources", "sandbox/sources", "--replay", cut, code=2)
    assert "cut" in line
    assert cli_crawled.content() == before


def test_an_archive_of_unknown_sites_is_refused(cli_sqlite: Cli, sandbox_warc: Path) -> None:
    line = refused(cli_sqlite, "run", "--replay", sandbox_warc, code=2)
    assert "no page of any known source" in line


def test_a_database_of_a_newer_schema_is_left_alone(cli: Cli) -> None:
    engine = connect(cli.database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    for words in (["resolve"], ["db", "upgrade"], ["db", "hash"]):
        assert "9999" in refused(cli, *words, code=3)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "9999"
    engine.dispose()


def test_a_page_that_is_no_policy_is_counted_and_is_no_record(cli_sqlite: Cli, tmp_path: Path) -> None:
    page = "<html><body><h1>页面不存在</h1><p>您访问的页面不存在或已被删除，请返回首页。</p></body></html>"
    pages = tmp_path / "pages.jsonl"
    url = "http://www.hubei.sandbox.test/zfxxgk/zc/202401/t20240102_1.html"
    pages.write_text(json.dumps({"url": url, "html": page}), encoding="utf-8")
    pages_to_warc(pages, tmp_path / "pages.warc.gz")
    line = refused(cli_sqlite, "crawl", "--sources", "sandbox/sources", "--replay", tmp_path / "pages.warc.gz", code=4)
    assert url in line
    assert "none of 1 pages is a record" in line
    assert cli_sqlite.content()["record"]["rows"] == 0
    assert "no live record" in refused(cli_sqlite, "release", "publish", code=4)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["trace", "latest", "sb-x/title"], 2),
        (["trace", "latest"], 2),
        (["release", "publish", "--as-of", "gestern"], 2),
        (["crawl", "nowhere"], 2),
        (["evaluate", "pages", "no-such-file.jsonl"], 2),
    ],
)
def test_what_is_not_there_is_said_with_a_remedy(words: list[str], code: int, cli_sqlite: Cli) -> None:
    refused(cli_sqlite, *words, code=code)


def test_a_failed_command_tells_its_fault_as_json_too(cli_sqlite: Cli) -> None:
    done = cli_sqlite("crawl", "nowhere", "--json")
    fault = json.loads(done.stdout)["error"]
    assert fault["exit_code"] == done.returncode == 2
    assert "nowhere" in fault["what"]


def test_a_wrong_database_address_shows_no_password(tmp_path: Path) -> None:
    cli = Cli(tmp_path, "postgresql://curator:geheim@127.0.0.1:1/none")
    done = cli("resolve")
    assert done.returncode == 3
    assert "geheim" not in done.stdout + done.stderr
