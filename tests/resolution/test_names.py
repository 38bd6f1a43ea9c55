"""Names into parts: cases in `names.csv` (`type text=value`, the value only where it is not the text), and laws."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution.names import events, titles
from resolution.names.normal import plain
from resolution.names.parse import parse
from resolution.names.parts import Part

with (Path(__file__).parent / "names.csv").open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file))


def shown(part: Part) -> str:
    return f"{part.type} {part.text}" + (f"={part.value}" if part.value != part.text else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_name_falls_into_its_parts(case: dict[str, str]) -> None:
    found = parse(case["name"])
    assert found.kind == case["kind"]
    assert "|".join(map(shown, found.parts)) == case["parts"]


@given(st.text(alphabet="北京上海市中国大学科技有限公司研究院分深圳第三届2021年会(（）)联盟A b·《》关于", max_size=30))
def test_parts_lie_in_the_plain_name_in_order_and_never_overlap(name: str) -> None:
    found = parse(name)
    assert found.text == plain(name)
    assert all(found.text[part.start : part.end] == part.text for part in found.parts)
    assert all(part.start < part.end for part in found.parts)
    ends = [0, *(part.end for part in found.parts)]
    assert all(part.start >= end for part, end in zip(found.parts, ends, strict=False))
    assert parse(found.text) == found


def test_a_unit_knows_its_whole_and_its_place_is_not_the_wholes() -> None:
    found = parse("北京大学深圳研究生院")
    assert (found.whole, found.unit, found.places) == ("北京大学", "深圳研究生院", ("110000",))


@pytest.mark.parametrize(
    ("name", "series", "edition", "year"),
    [
        ("第四届中国人工智能大会", "中国人工智能大会", 4, None),
        ("2021年世界人工智能大会", "世界人工智能大会", None, 2021),
        ("二〇二三年第十二届软件博览会", "软件博览会", 12, 2023),
        ("首届数字贸易论坛", "数字贸易论坛", 1, None),
        ("The 3rd International Conference on AI", "The  International Conference on AI", 3, None),
        ("世界5G大会", "世界5G大会", None, None),
    ],
)
def test_an_event_says_its_series_edition_and_year(
    name: str, series: str, edition: int | None, year: int | None
) -> None:
    found = events.read(name)
    assert (found.series, found.edition, found.year) == (series, edition, year)


def test_the_fourth_edition_of_a_yearly_series_that_began_in_2018_is_2021() -> None:
    assert events.year_of(4, (1, 2018)) == 2021
    assert events.year_of(4, (1, 2012), every=2) == 2018


@pytest.mark.parametrize(
    ("title", "core", "stage"),
    [
        ("国务院关于印发《新一代人工智能发展规划》的通知", "新一代人工智能发展规划", titles.FINAL),
        ("《新一代人工智能发展规划》解读", "新一代人工智能发展规划", titles.EXPLANATION),
        ("关于公开征求《数据管理办法(征求意见稿)》意见的通知", "数据管理办法", titles.DRAFT),
        ("关于促进人工智能产业发展的若干措施(征求意见稿)", "关于促进人工智能产业发展的若干措施", titles.DRAFT),
        ("数据管理办法(试行)", "数据管理办法", titles.FINAL),
    ],
)
def test_a_title_has_a_core_and_a_stage(title: str, core: str, stage: str) -> None:
    found = titles.read(title)
    assert (found.core, found.stage) == (core, stage)
