"""Pages of many alliances: registers in tables and files; and who is chair, member and secretariat of a single one."""

import pytest
from registerpages import table_page

from crawlers.attachments import read_file
from crawlers.pages import NotARecord
from crawlers.pages.alliance import extract
from crawlers.view import View
from sandbox.kinds.files import made
from schema.evidence import Extraction

HEAD = ["序号", "联盟名称", "牵头单位", "成员数", "秘书处所在单位", "成立时间"]
ROWS = [
    ["1", "江苏省光伏创新联盟", "天河光能股份有限公司", "36家", "太湖学院", "2010年5月"],
    ["2", "无锡市物联网联盟", "无锡物联网研究院", "50", "无锡物联网研究院", "2012.3"],
]


def rows(view: View, files: dict[str, View] | None = None) -> list[Extraction]:
    found = extract(view, None, files)
    assert isinstance(found, list)
    return found


def single(title: str, body: str) -> Extraction:
    found = extract(View.of(f"<html><body><h1>{title}</h1>{body}</body></html>".encode(), "https://a.cn/1.html"))
    assert isinstance(found, Extraction)
    return found


def test_a_register_gives_each_alliance_with_its_key() -> None:
    first, second = rows(table_page("产业技术创新联盟名单", [HEAD, *ROWS]))
    assert {prop: first.value(prop) for prop in first.fields} == {
        "name": "江苏省光伏创新联盟",
        "level": "provincial",
        "founded": "2010-05",
        "region": "320000",
        "member_count": 36,
        "chair_organisation": "天河光能股份有限公司",
        "secretariat": "太湖学院",
    }
    assert (second.item, second.value("level"), second.value("member_count")) == ("无锡市物联网联盟", "municipal", 50)


def test_a_file_is_read_and_its_values_name_it() -> None:
    lines = ["# 联盟备案名单", "|".join(HEAD), *("|".join(row) for row in ROWS)]
    file = read_file(made({"a.xlsx.csv": "\n".join(lines).encode()})["a.xlsx"], "https://a.cn/a.xlsx")
    notice = "<html><body><h1>关于公布产业联盟名单的通知</h1><p>附件：<a href='a.xlsx'>名单</a></p></body></html>"
    found = rows(View.of(notice.encode(), "https://a.cn/1.html"), {"https://a.cn/a.xlsx": file})
    assert [one.value("founded") for one in found] == ["2010-05", "2012-03"]
    readings = [reading for one in found for each in one.fields.values() for reading in each]
    assert all(reading.document == file.document and file.slice(reading.spans) == reading.raw for reading in readings)


def test_the_member_list_of_one_alliance_is_no_register() -> None:
    members = [
        ["序号", "单位名称", "职务"],
        ["1", "天河光能股份有限公司", "理事长单位"],
        ["2", "江苏省光伏协会", "理事"],
    ]
    found = extract(table_page("江苏省光伏创新联盟成员名单", members))
    assert isinstance(found, Extraction)
    assert found.value("chair_organisation") == "天河光能股份有限公司"


def test_revoked_alliances_are_none() -> None:
    with pytest.raises(NotARecord):
        extract(
            table_page("撤销登记社会组织名单", [["序号", "名称"], ["1", "甲乙机器人产业协会"], ["2", "丙丁商会联合会"]])
        )


@pytest.mark.parametrize(
    "before",
    ["", "<p>发布时间：2021-06-04 来源：本网</p>", "<p>截至目前，联盟成员单位如下（排名不分先后）：</p>"],
)
def test_members_stand_below_their_heading(before: str) -> None:
    members = "<ol><li>天河光能股份有限公司</li><li>太湖学院</li><li>无锡启迪</li></ol>"
    found = single("江苏省光伏创新联盟成员单位名单", before + members)
    assert found.values("members") == ["天河光能股份有限公司", "太湖学院", "无锡启迪"]


@pytest.mark.parametrize(
    ("text", "prop", "value"),
    [
        ("会议选举天河光能股份有限公司为新一届理事长单位。", "chair_organisation", "天河光能股份有限公司"),
        ("天河光能股份有限公司连任理事长单位。", "chair_organisation", "天河光能股份有限公司"),
        ("目前，联盟成员单位已发展到52家。", "member_count", 52),
        ("会员由最初的32家增长至132家。", "member_count", 132),
        ("太湖学院继续承担秘书处工作。", "secretariat", "太湖学院"),
        ("据了解，联盟成立于2018年6月，工作有序。", "founded", "2018-06"),
    ],
)
def test_a_sentence_says_it(text: str, prop: str, value: object) -> None:
    assert single("江苏省光伏创新联盟召开大会", f"<p>江苏省光伏创新联盟大会在无锡召开。{text}</p>").value(prop) == value


def test_a_short_name_in_the_heading_stands_for_the_full_one() -> None:
    found = single("苏光盟召开大会", "<p>江苏省光伏创新联盟（简称“苏光盟”）召开大会，联盟成员单位已发展到52家。</p>")
    assert (found.value("name"), found.value("short_name")) == ("江苏省光伏创新联盟", "苏光盟")
