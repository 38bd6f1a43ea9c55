from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from crawlers.sources import Source, as_rows, load_source, load_sources
from schema.content import content_hash
from schema.database import transaction
from schema.errors import InputError
from schema.settings import ROOT
from schema.store import upsert

GOOD = """\
id: town
name: 某市人民政府
url: http://www.town.test
level: city
region: "440100"
hosts: [ZWGK.town.test]
status: {state: unverified, reason: never opened, since: 2026-11-22}
channels:
  - id: zfwj
    name: 政府文件
    kind: policy
    family: trs_static
    url: http://www.town.test/zfwj/index.html
    article: /zfwj/\\d{6}/t\\d{8}_\\d+\\.html$
  - id: all
    name: 其他
    kind: policy
    family: archive_only
    url: http://www.town.test/all/
    article: \\.html$
"""


def written(folder: Path, text: str = GOOD, name: str = "town.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("folder", ["data/sources", "sandbox/sources"])
def test_every_source_of_the_repository_is_as_it_must_be(folder: str) -> None:
    found = load_sources(ROOT / folder)
    assert list(found) == sorted(path.stem for path in (ROOT / folder).rglob("*.yaml"))
    for source in found.values():
        assert all(source.channel_of(channel.url) is None for channel in source.file.channels), "a list is no article"


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("level: city", "level: town", 4, "level"),
        ('region: "440100"', "region: 440100", 5, "region"),
        ('region: "440100"', 'region: "4401"', 5, "region"),
        ("state: unverified", "state: fine", 7, "status.state"),
        ("since: 2026-11-22", "since: lately", 7, "status.since"),
        ("hosts: [ZWGK.town.test]", "host: zwgk.town.test", 6, "unknown key `host`"),
        ("url: http://www.town.test\n", "url: www.town.test\n", 3, "url"),
        ("url: http://www.town.test\n", "url: ftp://www.town.test\n", 3, "url"),
        ("http://www.town.test/zfwj/index.html", "http:///index.html", 13, "channels.0.url"),
        ("kind: policy\n    family: archive", "kind: novel\n    family: archive", 17, "channels.1.kind"),
        ("article: \\.html$", "article: '(unclosed'", 20, "channels.1.article"),
        ("article: \\.html$", "articles: x", 20, "channels.1.articles"),
        ("status: {", "politeness: {delay: -1}\nstatus: {", 7, "politeness.delay"),
        ("id: all", "id: zfwj", None, "same id"),
        ("id: town", "id: Town", 1, "id"),
        ("id: town", "id: city", None, "file's name"),
        ("trs_static", "trs_dynamic", None, "gkmlpt"),
        ("name: 其他", "name: 其他\n    colour: red", 17, "colour"),
    ],
)
def test_a_mistake_is_refused_with_its_place(tmp_path: Path, old: str, new: str, line: int | None, what: str) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(InputError) as caught:
        load_source(path)
    assert what in str(caught.value)
    assert caught.value.remedy
    assert caught.value.where.startswith(f"{path}:{line}" if line else str(path))


def test_one_source_in_two_files_is_refused_and_both_are_named(tmp_path: Path) -> None:
    first, second = written(tmp_path), written(tmp_path, name="south/town.yaml")
    with pytest.raises(InputError) as caught:
        load_sources(tmp_path)
    assert {str(first), str(second)} == {caught.value.where, caught.value.remedy.removeprefix("see ")}


def test_a_folder_without_sources_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(InputError, match="folder"):
            load_sources(folder)


@pytest.mark.parametrize(
    ("url", "channel"),
    [
        ("http://www.town.test/zfwj/202310/t20231023_1.html", "zfwj"),
        ("https://zwgk.town.test/zfwj/202310/t20231023_1.html", "zfwj"),
        ("http://WWW.Town.Test/anything.html", "all"),
        ("http://www.town.test:8080/anything.html", "all"),
        ("http://www.town.test/anything.pdf", None),
        ("http://town.test/anything.html", None),
        ("http://www.town.test.evil.test/anything.html", None),
        ("http://evil.test/?http://www.town.test/anything.html", None),
        ("not an address", None),
        ("http://[broken/a.html", None),
    ],
)
def test_an_address_belongs_to_the_first_channel_whose_articles_look_like_it(
    tmp_path: Path, url: str, channel: str | None
) -> None:
    found = load_source(written(tmp_path)).channel_of(url)
    assert (found.id if found else None) == channel


def test_a_source_and_its_channels_are_rows_that_can_be_written_again(tmp_path: Path, engine: Engine) -> None:
    source = load_source(written(tmp_path))
    hashes = []
    for _ in range(2):
        with transaction(engine) as session:
            upsert(session, as_rows(source))
        hashes.append(content_hash(engine))
    assert hashes[0] == hashes[1]
    assert [hashes[0][table]["rows"] for table in ("source", "channel")] == [1, 2]


def test_the_sandbox_has_a_source_for_each_site(sandbox_sources: dict[str, Source]) -> None:
    assert {s.id: s.file.region for s in sandbox_sources.values()} == {
        "gd": "440000", "hubei": "420000", "most": None, "nanjing": "320100",
    }  # fmt: skip
