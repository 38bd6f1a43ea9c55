"""Pages of the kind research_institute: every shape of the sandbox is read as it should be, cell by cell."""

import pytest
from registerpages import accuracy, badly_quoted, read, records, refused

from crawlers.pages.research_institute import extract
from crawlers.view import View
from sandbox.kinds import KindPage

KIND = "research_institute"


def named(page: KindPage) -> str:
    return f"{page.shape}-{page.url.rpartition('_')[2]}"


def test_every_cell_of_every_shape_is_read() -> None:
    found, misses, extra = accuracy(KIND)
    assert all(score >= 0.99 for score in found.values()), misses
    assert {shape for shape, _ in extra} <= {"14_paragraph_groups"}  # it prints more names than facts


@pytest.mark.parametrize("page", records(KIND), ids=named)
def test_every_value_is_printed_at_the_place_it_names(page: KindPage) -> None:
    assert badly_quoted(KIND, page) == []


@pytest.mark.parametrize("page", refused(KIND), ids=named)
def test_a_page_that_is_none_is_refused(page: KindPage) -> None:
    assert read(KIND, page)[2] == []


@pytest.mark.parametrize("page", records(KIND), ids=named)
def test_each_thing_of_a_page_has_a_key_of_its_own(page: KindPage) -> None:
    found = read(KIND, page)[2]
    keys = [one.item for one in found]
    assert len(set(keys)) == len(keys)
    assert all(keys) == isinstance(page.expected, list)


def page(title: str, rows: list[list[str]], before: str = "") -> View:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    body = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{before}<table>{lines}</table></body></html>"
    )
    return View.of(body.encode(), "https://a.cn/1.html")


HEAD = ["序号", "机构名称", "所在地", "成立时间"]
ROWS = [["1", "甲技术研究所", "安徽省合肥市", "1956年10月"], ["2", "乙技术研究所", "北京市海淀区", "1960"]]


def test_a_key_stays_when_rows_move() -> None:
    one, other = (extract(page("院属单位", [HEAD, *rows])) for rows in (ROWS, ROWS[::-1]))
    assert isinstance(one, list)
    assert isinstance(other, list)
    assert {each.item: each.value("founded") for each in one} == {each.item: each.value("founded") for each in other}


def test_two_of_one_name_are_told_apart_by_their_place() -> None:
    found = extract(page("院属单位", [HEAD, ROWS[0], ["2", "甲技术研究所", "江苏省南京市", "1960"]]))
    assert isinstance(found, list)
    assert [each.item for each in found] == ["甲技术研究所|合肥市", "甲技术研究所|南京市"]


def test_the_year_of_a_directory_is_no_year_of_recognition() -> None:
    found = extract(page("2023年院属单位一览", [HEAD, *ROWS]))
    assert isinstance(found, list)
    assert all("recognised_year" not in each.fields for each in found)
