"""Which sources a crawl takes: a site is asked when it was verified or is named; an archive asks nobody."""

from pathlib import Path

import pytest

from flows.pipeline import crawl_sources, to_crawl
from schema.errors import InputError
from schema.settings import ROOT, Settings

STATES = ("blocked", "disabled", "unverified", "verified")
TEXT = """\
id: {state}
name: 某市人民政府
url: http://{state}.test
level: other
status: {{state: {state}, reason: for a test, since: 2026-11-22}}
channels: [{{id: a, name: 文件, kind: policy, family: archive_only, url: "http://{state}.test/", article: html$}}]
"""


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """Settings with one source of each state."""
    folder = tmp_path / "sources"
    folder.mkdir()
    for state in STATES:
        (folder / f"{state}.yaml").write_text(TEXT.format(state=state), encoding="utf-8")
    return Settings(sources=folder, var=tmp_path / "var", database_url=None)


@pytest.mark.parametrize(
    ("ids", "replaying", "taken"),
    [
        ([], False, ["verified"]),
        ([], True, ["blocked", "unverified", "verified"]),
        (["unverified"], False, ["unverified"]),
        (["verified", "unverified"], False, ["verified", "unverified"]),
        (["blocked"], True, ["blocked"]),
    ],
)
def test_a_crawl_takes_verified_sources_and_those_that_are_named(
    here: Settings, ids: list[str], replaying: bool, taken: list[str]
) -> None:
    assert [source.id for source in to_crawl(here, ids, replaying=replaying)] == taken


@pytest.mark.parametrize(("name", "replaying"), [("blocked", False), ("disabled", False), ("disabled", True)])
def test_a_source_that_must_not_be_crawled_is_refused_when_named(here: Settings, name: str, replaying: bool) -> None:
    with pytest.raises(InputError, match=f"the source is {name}: for a test"):
        to_crawl(here, [name], replaying=replaying)


def test_a_crawl_of_the_web_with_nothing_verified_says_so(here: Settings) -> None:
    (here.sources / "verified.yaml").unlink()
    with pytest.raises(InputError, match="no source is verified"):
        crawl_sources(here)


def test_none_of_the_known_sites_is_asked_by_a_plain_crawl() -> None:
    assert to_crawl(Settings(sources=ROOT / "data" / "sources")) == []
