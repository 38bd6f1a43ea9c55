"""Pages of the kind university: every shape of the sandbox is read as it should be, cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kindpages import told
from registerpages import accuracy, badly_quoted, read, records, refused
from registerpages import table_page as page

from crawlers.fields import programmes
from crawlers.pages import NotARecord
from crawlers.pages.university import extract
from crawlers.view import View
from sandbox.kinds import KindPage
from schema.evidence import Extraction, Origin, Reading

KIND = "university"


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


HEAD = ["主管部门", "学校名称", "专业名称", "学位授予门类"]
ROWS = [["安徽省", "徽州大学", "人工智能", "工学"], ["教育部", "东湖大学", "智能科学与技术", "理学"]]


def rows(view: View) -> list[Extraction]:
    found = extract(view)
    assert isinstance(found, list)
    return found


def test_a_key_stays_when_rows_move() -> None:
    title = "2020年度本科专业备案和审批结果"
    one, other = rows(page(title, [HEAD, *ROWS])), rows(page(title, [HEAD, *reversed(ROWS)]))
    assert {each.item: each.values("programmes") for each in one} == {
        each.item: each.values("programmes") for each in other
    }


def test_a_university_has_all_its_programmes_in_one_record() -> None:
    more = ["安徽省", "徽州大学", "智能科学与技术", "工学"]
    found = rows(page("2020年度本科专业备案和审批结果", [HEAD, *ROWS, more]))
    assert [each["programme"] for each in found[0].values("programmes")] == ["人工智能", "智能科学与技术"]
    assert len(found) == 2


def test_a_revoked_programme_is_none_and_a_proposed_one_has_no_year() -> None:
    with pytest.raises(NotARecord):
        extract(page("2020年度撤销本科专业名单", [HEAD, *ROWS]))
    found = rows(page("2020年度拟新增本科专业名单公示", [HEAD, *ROWS]))
    assert found[0].values("programmes") == [{"programme": "人工智能", "degree": "工学"}]
    assert "proposed" in [code for code, _ in found[0].warnings]


def lines(title: str, body: str) -> View:
    return View.of(f"<html><body><h1>{title}</h1>{body}</body></html>".encode(), "https://a.cn/1.html")


def test_a_row_of_a_province_is_the_authority_of_those_below_it() -> None:
    head = ["序号", "主管部门、学校名称", "专业名称", "学位授予门类"]
    cells = [["教育部", "", "", ""], ["1", "东湖大学", "人工智能", "工学"], ["湖北省", "", "", ""]]
    found = rows(page("2020年度本科专业备案和审批结果", [head, *cells, ["2", "江汉工学院", "人工智能", "工学"]]))
    assert [each.value("authority") for each in found] == ["教育部", "湖北省"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>湖南省：湘江大学（人工智能，工学）</p><p>湖北省：东湖大学（智能科学与技术，理学）</p>",
        "<b>湖南省</b><br>湘江大学　人工智能　工学　四年<br><b>湖北省</b><br>东湖大学　智能科学与技术　理学　四年<br>",
        (
            "<p>湖南省</p><p>1.湘江大学：人工智能（080717T，工学）</p><p>湖北省</p><p>2.东湖大学：智能科学与技术（080907T，理学）</p>"
        ),
        (
            "<p>湖南省</p><p>湘江大学新增人工智能专业（工学）</p><p>湖北省</p><p>东湖大学新增智能科学与技术专业（理学）</p>"
        ),
    ],
)
def test_lines_print_programme_and_degree_behind_the_name(body: str) -> None:
    first, second = rows(lines("2021年度新增本科专业名单（人工智能相关）", body))
    assert first.values("programmes") == [{"programme": "人工智能", "degree": "工学", "year": 2021}]
    assert second.values("programmes") == [{"programme": "智能科学与技术", "degree": "理学", "year": 2021}]
    assert [first.value("province"), second.value("province")] == ["湖南省", "湖北省"]


def test_a_schools_own_table_is_of_that_school() -> None:
    table = "<table><tr><th>专业名称</th><th>学位授予门类</th></tr><tr><td>人工智能</td><td>工学</td></tr></table>"
    found = extract(lines("我校新增专业获批", f"<p>2021年度备案结果公布，湘江大学申报的下列专业获批备案：</p>{table}"))
    assert isinstance(found, Extraction)
    assert found.values("programmes") == [{"programme": "人工智能", "degree": "工学", "year": 2021}]


def test_a_region_before_a_name_is_the_province() -> None:
    text = "<p>2021年度备案结果公布，山西省高校晋泽科技学院新增“人工智能”（学位授予门类：工学）本科专业。</p>"
    found = extract(lines("晋泽科技学院新增人工智能类本科专业", text))
    assert isinstance(found, Extraction)
    assert (found.value("name"), found.value("province")) == ("晋泽科技学院", "山西省")
    assert found.values("programmes") == [{"programme": "人工智能", "degree": "工学", "year": 2021}]


def test_an_unknown_head_is_a_warning() -> None:
    found = rows(page("2020年度本科专业备案和审批结果", [[*HEAD, "幸运颜色"], [*ROWS[0], "红"], [*ROWS[1], "蓝"]]))
    assert ("unknown_label", "幸运颜色") in found[0].warnings


def test_vocational_programmes_keep_the_name_that_is_printed() -> None:
    page_ = next(one for one in records(KIND) if one.shape == "07_vocational_zip")
    _, _, found = read(KIND, page_)
    assert {str(one.values("programmes")) for one in found} == {"[{'programme': '人工智能技术服务', 'year': 2019}]"}


@pytest.mark.parametrize("name", ["智能制造工程", "人工智能教育", "机器人工程", "数据科学与大数据技术", "智能感知工程"])
def test_a_near_name_is_another_programme(name: str) -> None:
    assert programmes.of_cell(Reading(name, name, Origin.TABLE, ((0, len(name)),))) == []


@given(st.text(max_size=60))
def test_programmes_are_pieces_of_what_is_printed(text: str) -> None:
    reading = Reading(text, text, Origin.TABLE, ((0, len(text)),))
    for one in [*programmes.of_cell(reading), *programmes.in_text(reading)]:
        assert text[slice(*one.spans[0])] == one.raw
        assert str(one.value).startswith(programmes.FAMILIES)


NAME = "左江民族大学"


@pytest.mark.parametrize(
    "title",
    [
        f"招生季｜带你走进{NAME}",
        f"探校丨{NAME}：新专业来了",
        f"喜报！{NAME}获批人工智能专业",
        f"{NAME}人工智能学院招生简介",
        f"走近{NAME}",
        f"遇见{NAME}，遇见未来",
        f"报考指南·{NAME}",
        f"云游{NAME}",
        f"一图读懂{NAME}新增专业",
        f"{NAME}2022年招生章程",
        f"“{NAME}”新增人工智能专业",
        f"【专业介绍】{NAME}人工智能专业",
        f"你好，{NAME}！",
        f"{NAME}计算机学院：人工智能专业来了",
    ],
)
def test_what_leads_to_a_name_and_the_schools_inside_are_no_part_of_it(title: str) -> None:
    lines = f"{NAME}坐落于广西崇左市，是一所民族高校。", "2022年，学校新增人工智能本科专业，授予工学学士学位。"
    assert told(KIND, title, *lines)["name"] == NAME


@pytest.mark.parametrize(
    "line",
    [
        "教育部公布2021年度本科专业备案结果，我校新增人工智能专业，授予工学学士学位。",
        "我校人工智能专业获教育部批准（2021年度），学位授予门类为工学。",
        "2021年度，学校人工智能（080717T，工学）专业获批。",
        "在2021年度普通高等学校本科专业备案和审批结果中，我校申报的人工智能专业获批，学制四年，授予工学学士。",
        "人工智能专业列入2021年度新增备案本科专业名单，修业年限四年，授予工学学位。",
        (
            "<table><tr><td>专业名称</td><td>人工智能</td></tr><tr><td>获批年度"
            "</td><td>2021年度教育部备案</td></tr><tr><td>授予学位</td>"
            "<td>工学学士</td></tr></table>"
        ),
        "<p>✦ 人工智能</p><p>学位门类：工学</p><p>设置时间：列入2021年度本科专业备案名单</p>",
    ],
)
def test_a_programme_has_degree_and_year_whatever_the_sentence(line: str) -> None:
    found = told(KIND, f"{NAME}新增专业", f"{NAME}位于崇左市。", line)
    assert found["programmes"] == [{"programme": "人工智能", "degree": "工学", "year": 2021}]
