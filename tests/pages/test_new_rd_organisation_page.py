"""Pages of the kind new_rd_organisation: every shape of the sandbox is read as it should be, cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registerpages import accuracy, badly_quoted, read, records, refused

from crawlers.fields import headings, lineitems
from crawlers.pages import NotARecord
from crawlers.pages.new_rd_organisation import extract
from crawlers.view import View
from sandbox.kinds import KindPage
from schema.evidence import Extraction, Origin, Reading

KIND = "new_rd_organisation"


def named(page: KindPage) -> str:
    return f"{page.shape}-{page.url.rpartition('_')[2]}"


def test_every_cell_of_every_shape_is_read() -> None:
    found, misses, extra = accuracy(KIND)
    assert all(score >= 0.99 for score in found.values()), misses
    assert extra == []


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


HEAD = ["序号", "机构名称", "所在地市"]
ROWS = [["1", "合肥甲研究院", "合肥市"], ["2", "芜湖乙研究院", "芜湖"]]
TITLE = "安徽省2022年度新型研发机构名单"


def rows(view: View) -> list[Extraction]:
    found = extract(view)
    assert isinstance(found, list)
    return found


def test_a_key_stays_when_rows_move() -> None:
    one, other = rows(page(TITLE, [HEAD, *ROWS])), rows(page(TITLE, [HEAD, *reversed(ROWS)]))
    assert {each.item: each.value("city") for each in one} == {each.item: each.value("city") for each in other}


def test_a_proposal_is_no_recognition() -> None:
    title = "关于2022年度拟认定安徽省新型研发机构的公示"
    found = rows(page(title, [HEAD, *ROWS]))
    assert [each.value("recognised_year") for each in found] == [None, None]
    assert ("proposed", title) in found[0].warnings


@pytest.mark.parametrize("title", ["关于撤销部分新型研发机构资格的通知", "新型研发机构摘牌名单"])
def test_what_was_revoked_is_no_record(title: str) -> None:
    with pytest.raises(NotARecord):
        extract(page(title, [HEAD, *ROWS]))


def test_a_row_that_says_revoked_is_left_out() -> None:
    found = rows(page(TITLE, [[*HEAD, "备注"], [*ROWS[0], ""], [*ROWS[1], "取消资格"]]))
    assert [each.value("name") for each in found] == ["合肥甲研究院"]


def test_the_year_of_the_title_beats_the_day_of_the_notice() -> None:
    day = "<p>安徽省科学技术厅</p><p>2023年2月1日</p>"
    assert rows(page(f"关于公布{TITLE}的通知", [HEAD, *ROWS], day))[0].value("recognised_year") == 2022
    assert rows(page("关于公布新型研发机构名单的通知", [HEAD, *ROWS], day))[0].value("recognised_year") == 2023
    assert rows(page("安徽省新型研发机构名录", [HEAD, *ROWS], day))[0].value("recognised_year") is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022年度名单", 2022),
        ("第二批（２０２１年）", 2021),
        ("二〇二〇年度名单", 2020),
        ("截至2022年底名单", None),
        ("2021-2025年", None),
    ],
)
def test_the_year_of_a_heading(text: str, year: int | None) -> None:
    found = headings.year(Reading(text, text, Origin.BODY, ((0, len(text)),)))
    assert (found.value if found else None) == year


@given(st.text(alphabet="甲乙研究院所、，；：（）()1234.\t 合肥市", max_size=80))
def test_names_in_a_line_are_pieces_of_it_in_order(text: str) -> None:
    found = lineitems.read(text, (0, len(text)), lambda said: said.endswith(("院", "所")))
    ends = [0]
    for item in found:
        assert 0 <= item.name[0] < item.name[1] <= len(text)
        assert item.name[0] >= ends[-1]
        ends.append(item.name[1])


@given(st.text(max_size=60))
def test_what_headings_say_is_printed_in_them(text: str) -> None:
    found = headings.year(Reading(text, text, Origin.BODY, ((0, len(text)),)))
    assert found is None or text[slice(*found.spans[0])] == found.raw
    place = headings.region(text)
    assert place is None or 0 <= place.start < place.end <= len(text)
