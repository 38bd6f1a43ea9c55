"""Pages of the kind enterprise: lists in tables, lines and files, and profiles of one company."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kindpages import told
from manypages import accuracy, badly_quoted, read, records, refused, values

from crawlers.attachments import read_file
from crawlers.fields import enterprise_facts, legal_names
from crawlers.pages import NotARecord, enterprise
from crawlers.view import View
from sandbox.kinds import KindPage

KIND = "enterprise"
TITLE = "关于公布人工智能骨干企业名单的通知"


def named(page: KindPage) -> str:
    return page.url.rpartition("/")[2]


def page(title: str, main: str) -> View:
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{main}</body></html>"
    return View.of(html.encode(), "http://cases.test/t20230510_1.html", "text/html")


def test_every_field_of_every_shape_is_read() -> None:
    found, misses = accuracy(KIND)
    assert misses == []
    assert min(found.values()) >= 0.99


@pytest.mark.parametrize("one", records(KIND), ids=named)
def test_every_value_is_printed_at_the_place_it_names(one: KindPage) -> None:
    assert badly_quoted(KIND, one) == []


@pytest.mark.parametrize("one", refused(KIND), ids=named)
def test_a_page_that_is_none_is_refused(one: KindPage) -> None:
    assert read(KIND, one)[1] == []


def test_a_workbook_on_a_page_is_read_and_its_readings_name_the_file() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["附件"],
        ["序号", "企业名称", "所属地市"],
        [1, "合肥甲乙科技有限公司", "合肥市"],
        [2, "芜湖丙丁股份有限公司", "芜湖市"],
    ):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    file = read_file(content.getvalue(), "http://cases.test/a.xlsx")
    found = enterprise.extract(page(TITLE, "<p>名单见附件。</p>"), None, {"http://cases.test/a.xlsx": file})
    assert isinstance(found, list)
    assert [values(one) for one in found] == [
        {"legal_name": "合肥甲乙科技有限公司", "province": "安徽省", "city": "合肥市"},
        {"legal_name": "芜湖丙丁股份有限公司", "province": "安徽省", "city": "芜湖市"},
    ]
    assert {r.document for one in found for each in one.fields.values() for r in each} == {file.document}


def test_equal_names_have_keys_of_their_own_and_a_proposed_list_says_so() -> None:
    found = enterprise.extract(
        page("拟认定独角兽企业名单公示", "".join(f"<p>{n}. 合肥甲乙科技有限公司</p>" for n in (1, 2)))
    )
    assert isinstance(found, list)
    assert [one.item for one in found] == ["合肥甲乙科技有限公司", "合肥甲乙科技有限公司|2"]
    assert found[0].warnings == [("proposed", "拟认定独角兽企业名单公示")]


def test_a_code_with_a_wrong_check_digit_is_a_warning_and_no_value() -> None:
    view = page(
        "工商信息",
        "<p>企业名称：合肥甲乙科技有限公司</p><p>统一社会信用代码：91340100MA2MQ8XX1A</p><p>成立日期：2016年</p>",
    )
    one = enterprise.extract(view)
    assert not isinstance(one, list)
    assert "credit_code" not in one.fields
    assert ("bad_credit_code", "91340100MA2MQ8XX1A") in one.warnings


def test_a_list_of_revoked_titles_is_refused() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>合肥甲{n}科技有限公司</td></tr>" for n in range(1, 4))
    with pytest.raises(NotARecord):
        enterprise.extract(
            page("撤销高新技术企业资格名单", f"<table><tr><th>序号</th><th>企业名称</th></tr>{rows}</table>")
        )


@given(st.text(alphabet="甲乙云智能科技（）()有限公司股份集团由和、，2014年成立于杭州市", max_size=60))
def test_places_of_names_and_facts_lie_in_the_text(text: str) -> None:
    for start, end in legal_names.find(text, (0, len(text))):
        assert 0 <= start < end <= len(text)
    if day := enterprise_facts.founded(text, {"甲乙"}):
        assert text[day[1] : day[2]]
    if seat := enterprise_facts.seat(text, {"甲乙"}):
        assert text[seat[1] : seat[2]]


LEGAL, SHORT = "无锡云视智能科技股份有限公司", "云视科技"


@pytest.mark.parametrize(
    "lines",
    [
        f"3月9日晚间，{SHORT}（688123）披露2022年年度报告。\n报告显示，{LEGAL}2022年实现营业收入8.5亿元，同比增长12%。",
        f"{SHORT}（证券代码：688123）昨日发布年报。\n{LEGAL}2022年营业收入8.5亿元。",
        f"{SHORT}（688123.SH）公告，公司全称{LEGAL}，2022年营收8.5亿元。",
        f"{LEGAL}（以下简称“{SHORT}”）成立于2015年3月，总部位于无锡市。",
        f"{LEGAL}（简称：{SHORT}，英文名：Yunshi）成立于2015年3月，总部位于无锡市。",
        f"{SHORT}（全称：{LEGAL}）成立于2015年3月，总部位于无锡市。",
        f"{SHORT}，即{LEGAL}，成立于2015年3月，总部位于无锡市。",
    ],
)
def test_a_short_name_stands_before_its_code_or_its_full_name(lines: str) -> None:
    found = told(KIND, f"{SHORT}发布2022年年报", *lines.split("\n"), "公司总部位于江苏省无锡市。")
    assert (found["legal_name"], found["short_names"]) == (LEGAL, [SHORT])
