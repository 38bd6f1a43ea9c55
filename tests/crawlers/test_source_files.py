"""The source files: all of them valid, every known site among them, and a check that says every mistake."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from crawlers.addresses import host_of
from crawlers.families import family
from crawlers.families._rows import PROPERTIES
from crawlers.running import KINDS, articles, seeds
from crawlers.sourcecheck import Checked, check_sources, mainland
from crawlers.sourcedocs import page
from crawlers.sourcefile import RowField
from crawlers.sources import load_source, load_sources
from schema.errors import InputError
from schema.settings import ROOT

FOLDER = ROOT / "data" / "sources"
KNOWN = Path(os.environ.get("SAMPLEBASE_REAL_DATA", ROOT.parent / "shared" / "data")) / "reference/government_sites.csv"
GOOD = """\
id: town
name: 某市人民政府
url: http://www.town.test
level: city
region: "440100"
hosts: [zwgk.town.test]
status: {state: unverified, reason: never opened, since: 2026-11-22}
confidence: low
politeness: {delay: 3, robots_exception: {reason: the owner wrote to us, since: 2026-11-20}}
channels:
  - id: zfwj
    name: 政府文件
    kind: policy
    family: trs_static
    url: http://zwgk.town.test/zfwj/index.html
    article: /zfwj/\\d{6}/t\\d{8}_\\d+\\.html$
    expect: {rows_min: 15, fields: [title, published_date]}
  - id: all
    name: 其他
    kind: park
    family: archive_only
    url: http://www.town.test/all/
    article: \\.html$
"""


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check_sources(FOLDER, complete=True)


def write(folder: Path, text: str = GOOD, name: str = "town.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def told(folder: Path) -> list[str]:
    return [str(mistake) for mistake in check_sources(folder).mistakes]


def test_every_file_is_valid(checked: Checked) -> None:
    assert [str(mistake) for mistake in checked.mistakes] == []
    assert checked.valid == checked.files == len(checked.sources)


def test_every_mainland_province_has_a_source(checked: Checked) -> None:
    assert len(mainland()) == 31
    assert checked.provinces == set(mainland())


@pytest.mark.skipif(not KNOWN.is_file(), reason=f"no list of known sites at {KNOWN} (set SAMPLEBASE_REAL_DATA)")
def test_every_known_site_has_a_source(checked: Checked) -> None:
    with KNOWN.open(encoding="utf-8", newline="") as file:
        known = {host_of(row["base_url"]): row["name"] for row in csv.DictReader(file)}
    hosts = {host for source in checked.sources.values() for host in source.hosts}
    assert len(known) == 131
    assert {host: name for host, name in known.items() if host not in hosts} == {}


def test_no_source_claims_to_be_verified_before_anybody_opened_it(checked: Checked) -> None:
    states = {source.file.status.state for source in checked.sources.values()}
    assert states == {"unverified", "blocked"}
    assert all(source.file.confidence for source in checked.sources.values())


def test_no_value_is_empty_and_no_address_is_a_template(checked: Checked) -> None:
    for source in checked.sources.values():
        text = source.path.read_text(encoding="utf-8")
        assert "''" not in text, source.path
        for channel in source.file.channels:
            assert not set("{}<>…") & set(channel.url), channel.url
            assert family(channel.family).requests(channel) or channel.family == "archive_only", channel.url


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("gov_cn", "https://www.gov.cn/zhengce/content/2019-12/30/content_5465149.htm"),
        ("gov_cn", "https://www.gov.cn/zhengce/zhengceku/202311/content_6915358.htm"),
        ("beijing_gov", "https://www.beijing.gov.cn/zhengce/gfxwj/202311/t20231122_3306754.html"),
        ("guangdong_gov", "https://www.gd.gov.cn/zwgk/wjk/qbwj/yf/content/post_4300000.html"),
        ("guangdong_kjt", "http://gdstc.gd.gov.cn/gkmlpt/content/4/4300/post_4300000.html"),
        ("lishui_gov", "http://www.lishui.gov.cn/art/2023/10/23/art_1229283449_2493752.html"),
        (
            "hebei_gov",
            f"https://www.hebei.gov.cn/columns/{'a' * 8}-1111-2222-3333-{'b' * 12}/202311/22/{'c' * 36}.html",
        ),
        ("liaoning_gov", "https://www.ln.gov.cn/web/zwgkx/zfwj/szfwj/2023112209365412345/index.shtml"),
        ("shanghai_gov", f"https://www.shanghai.gov.cn/nw12344/20231122/{'0a' * 16}.html"),
        ("heilongjiang_gov", "https://www.hlj.gov.cn/hlj/c108376/202311/c00_31688580.shtml"),
        ("wuxi_gov", "https://www.wuxi.gov.cn/doc/2023/11/22/4100000.shtml"),
    ],
)
def test_an_article_in_the_dialect_of_its_make_belongs_to_its_source(checked: Checked, source: str, url: str) -> None:
    assert checked.sources[source].channel_of(url) is not None
    owners = [s.id for s in checked.sources.values() if s.channel_of(url) is not None]
    assert owners == [source]


def test_the_page_of_all_sources_is_up_to_date(checked: Checked) -> None:
    text = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert text == page(load_sources(FOLDER).values()), "run: samplebase sources docs"
    assert all(f"`{source}`" in text for source in checked.sources)


def test_a_good_file_has_no_mistake(tmp_path: Path) -> None:
    write(tmp_path)
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "line", "what"),
    [
        (lambda t: t.replace("/zfwj/\\d{6}/t\\d{8}_\\d+\\.html$", "\\.html$", 1), 16, "its own list"),
        (lambda t: t.replace("hosts: [zwgk.town.test]", "hosts: [news.town.test]"), 15, "does not belong"),
        (lambda t: t.replace("[zwgk.town.test]", "[zwgk.town.test, 'http://b.test']"), 6, "no host name"),
        (lambda t: t.replace('"440100"', '"449900"'), 5, "not in the taxonomy"),
        (lambda t: t.replace("level: city", "level: province"), 5, "no province"),
        (lambda t: t.replace('region: "440100"\n', ""), 4, "names no region"),
        (lambda t: t.replace("unverified, reason: never opened", "blocked, reason: ' '"), 7, "no reason"),
        (lambda t: t.replace("reason: the owner wrote to us", "reason: ' '"), 9, "robots.txt has no reason"),
        (lambda t: t.replace("since: 2026-11-22", "since: 2226-11-22"), 7, "in the future"),
        (lambda t: t.replace("family: trs_static", "family: trs_search"), 11, "options.engine"),
        (lambda t: t.replace("family: trs_static", "family: trs_dynamic"), 14, "unknown family"),
        (lambda t: t.replace("fields: [title,", "fields: [titel,"), 17, "expect.fields.0"),
        (lambda t: t.replace("rows_min: 15", "rows_min: 0"), 17, "expect.rows_min"),
        (lambda t: t.replace("confidence: low", "confidence: maybe"), 8, "confidence"),
        (lambda t: t.replace("id: town", "id: city"), 1, "file's name"),
    ],
)
def test_each_mistake_is_told_with_its_line(tmp_path: Path, change: Callable[[str], str], line: int, what: str) -> None:
    assert change(GOOD) != GOOD
    path = write(tmp_path, change(GOOD))
    [mistake] = told(tmp_path)
    assert mistake.startswith(f"{path}:{line}: ")
    assert what in mistake
    assert " → " in mistake


def test_all_mistakes_of_all_files_are_told(tmp_path: Path) -> None:
    wrong = (
        GOOD.replace("level: city", "level: town").replace("confidence", "confidance").replace("rows_min: 15", "x: 1")
    )
    write(tmp_path, wrong, "a/town.yaml")
    write(tmp_path, GOOD + "  broken: [", "b/town.yaml")
    write(tmp_path, GOOD.replace('"440100"', '"449900"').replace("\\.html$", "/all/", 2), "c/town.yaml")
    write(tmp_path, GOOD.replace("id: town", "id: city"), "d/city.yaml")
    found = check_sources(tmp_path)
    text = "\n".join(map(str, found.mistakes))
    for what in (
        "`level`",
        "`confidance`",
        "expect.x",
        "broken YAML",
        "449900",
        "its own list",
        "belongs to the source",
    ):
        assert what in text, what
    assert (found.files, found.valid) == (4, 0)


def test_one_id_or_one_host_in_two_files_is_a_mistake(tmp_path: Path) -> None:
    first = write(tmp_path)
    write(tmp_path, name="south/town.yaml")
    [mistake] = told(tmp_path)
    assert "is taken" in mistake
    assert f"see {first}" in mistake or f"see {tmp_path / 'south' / 'town.yaml'}" in mistake


def test_a_province_without_a_source_is_a_mistake_of_the_whole(tmp_path: Path) -> None:
    write(tmp_path)
    assert told(tmp_path) == []
    missing = [str(mistake) for mistake in check_sources(tmp_path, complete=True).mistakes]
    assert len(missing) == 31
    assert "广东省 (440000)" in "".join(missing)


def test_what_a_list_may_be_expected_to_state_is_what_a_row_can_state() -> None:
    assert set(RowField.__args__) <= PROPERTIES


def test_columns_of_a_kind_that_is_not_read_yet_are_left_alone(tmp_path: Path) -> None:
    source = load_source(write(tmp_path, GOOD.replace("kind: park", "kind: investor")))
    assert "investor" not in KINDS
    assert [entry.channel_id for entry in seeds(source, None)] == ["town/zfwj"]
    assert articles(source, ["http://www.town.test/all/1.html"]) == []
    park = load_source(
        write(tmp_path, GOOD.replace("kind: policy", "kind: investor").replace("kind: park", "kind: investor"))
    )
    with pytest.raises(InputError, match="no column"):
        seeds(park, None)
