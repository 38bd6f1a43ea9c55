"""Every stage, run twice, changes nothing; the archive read again gives the same release without any request."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flows.conftest import Cli

Replay = Callable[[str], list[str]]


def files_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("database_url", [pytest.param("sqlite", marks=pytest.mark.slow), "postgresql"], indirect=True)
def test_every_stage_run_twice_changes_nothing(cli: Cli, replay: Replay) -> None:
    first = cli.json(*replay("run"))
    assert {c["outcome"] for c in first["crawled"]} == {"ok"}
    content = cli.content()
    for words in (replay("crawl"), ["reparse", "--sources", "sandbox/sources"], ["resolve"], ["release", "publish"]):
        cli.json(*words)
        assert cli.content() == content, words
    again = cli.json(*replay("run"))
    assert cli.content() == content
    assert again["published"]["version"] == first["published"]["version"]
    assert not again["published"]["created"]
    assert again["records"] == first["records"]


def test_the_archive_read_again_gives_a_byte_equal_release_without_a_request(cli_crawled: Cli, tmp_path: Path) -> None:
    read_again(cli_crawled, tmp_path)


@pytest.mark.slow
def test_the_archive_read_again_gives_a_byte_equal_release_on_postgresql_too(
    postgres_url: str, replay: Replay, tmp_path: Path
) -> None:
    cli = Cli(tmp_path / "var", postgres_url)
    cli.json(*replay("run"))
    read_again(cli, tmp_path)


def read_again(cli: Cli, tmp_path: Path) -> None:
    archive = files_of(cli.var / "archive")
    cli.json("release", "build", tmp_path / "before")
    read = cli.json("reparse", "--sources", "sandbox/sources")
    assert sum(r["records"] for r in read) == sum(r["pages"] for r in read) - 5, "five listed pages are no policy"
    cli.json("resolve")
    cli.json("release", "build", tmp_path / "after")
    assert files_of(tmp_path / "before") == files_of(tmp_path / "after")
    assert files_of(cli.var / "archive") == archive, "a request would have been archived"


def test_the_same_pages_give_the_same_release_and_content_hash_in_either_database(
    cli_sqlite: Cli, postgres_url: str, replay: Replay, tmp_path: Path
) -> None:
    lines = {"sqlite": cli_sqlite, "postgresql": Cli(tmp_path / "other", postgres_url)}
    for name, line in lines.items():
        line.json(*replay("run"))
        line.json("release", "build", tmp_path / name)
    assert files_of(tmp_path / "sqlite") == files_of(tmp_path / "postgresql")
    assert lines["sqlite"].content() == lines["postgresql"].content()


def test_every_published_cell_traces_to_the_archived_bytes(cli_crawled: Cli) -> None:
    cli_crawled.json("release", "publish")
    audit = cli_crawled.json("trace", "latest", "--all")
    assert audit["cells"] > 500
    assert audit["traced"] == audit["cells"], audit["failures"]
