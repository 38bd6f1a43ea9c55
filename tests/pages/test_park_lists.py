"""Pages of many parks: catalogues in tables, in files, in cards; one extraction a row, each with a key of its own."""

import pytest
from registerpages import table_page

from crawlers.attachments import read_file
from crawlers.pages import NotARecord
from crawlers.pages.park import extract
from crawlers.view import View
from sandbox.kinds.files import made
from schema.evidence import Extraction

HEAD = ["序号", "开发区名称", "所在地", "规划面积（亩）", "主导产业", "批准时间", "管理机构"]
ROWS = [
    ["1", "武汉青山经济开发区", "武汉市青山区", "12,000", "钢铁、化工", "2006年3月", "武汉青山经济开发区管委会"],
    ["2", "宜昌猇亭工业园区", "宜昌市猇亭区", "3000", "精细化工", "2010.5", "—"],
]


def rows(view: View, files: dict[str, View] | None = None) -> list[Extraction]:
    found = extract(view, None, files)
    assert isinstance(found, list)
    return found


def test_a_catalogue_gives_each_park_with_the_unit_of_its_head() -> None:
    first, second = rows(table_page("湖北省省级开发区名录", [HEAD, *ROWS]))
    assert {prop: first.values(prop) for prop in first.fields} == {
        "name": ["武汉青山经济开发区"],
        "level": ["provincial"],
        "province": ["湖北省"],
        "city": ["武汉市"],
        "county": ["青山区"],
        "area_km2": [8.0],
        "leading_industries": ["钢铁", "化工"],
        "established": ["2006-03"],
        "authority": ["武汉青山经济开发区管委会"],
    }
    assert (second.value("area_km2"), second.value("established")) == (2.0, "2010-05")
    assert "authority" not in second.fields


@pytest.mark.parametrize(
    ("head", "before", "area"),
    [
        ("规划面积（公顷）", "", 1.2),
        ("规划面积/亩", "", 0.08),
        ("面积（平方公里）", "", 120.0),
        ("核准面积", "<p>单位：公顷</p>", 1.2),
        ("规划面积", "", None),
    ],
)
def test_an_area_without_a_unit_has_none(head: str, before: str, area: float | None) -> None:
    cells = [["园区名称", "所在地", head], ["武汉青山产业园", "武汉市", "120"], ["黄石磁湖产业园", "黄石市", "12"]]
    assert rows(table_page("园区名录", cells, before))[0].value("area_km2") == area


def test_a_section_says_the_level_and_a_key_stays_when_rows_move() -> None:
    head = ["开发区名称", "批准时间"]
    one = rows(
        table_page(
            "湖北省开发区目录",
            [head, ["一、国家级", ""], ["武汉经济技术开发区", "1993.04"], ["二、省级", ""], ["黄石工业园区", "2006"]],
        )
    )
    assert [each.value("level") for each in one] == ["national", "provincial"]
    assert [each.item for each in one] == ["武汉经济技术开发区", "黄石工业园区"]
    other = rows(table_page("湖北省开发区目录", [head, ["黄石工业园区", "2006"], ["武汉经济技术开发区", "1993.04"]]))
    assert {each.item for each in one} == {each.item for each in other}


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_file_is_read_and_its_values_name_it(kind: str) -> None:
    text = (
        "# 产业园区目录\n序号|园区名称|所在城市|批准时间|核准面积（公顷）\n"
        "1|武汉青山产业园|武汉市|2012.03|1260\n2|黄石磁湖产业园|黄石市|2019.08|400\n"
    )
    file = read_file(made({f"a.{kind}.csv": text.encode()})[f"a.{kind}"], f"https://a.cn/a.{kind}")
    notice = View.of(
        f"<html><body><h1>园区目录</h1><p>附件：<a href='a.{kind}'>目录</a></p></body></html>".encode(),
        "https://a.cn/1.html",
    )
    found = rows(notice, {f"https://a.cn/a.{kind}": file})
    assert [(one.value("city"), one.value("established"), one.value("area_km2")) for one in found] == [
        ("武汉市", "2012-03", 12.6),
        ("黄石市", "2019-08", 4.0),
    ]
    readings = [reading for one in found for each in one.fields.values() for reading in each]
    assert all(reading.document == file.document for reading in readings)
    assert all(file.slice(reading.spans) == reading.raw for reading in readings)


def test_cards_are_read_and_links_alone_are_a_menu() -> None:
    cards = "".join(
        f"<h3><a href='/{n}.html'>{name}</a></h3><p>所在地区：湖北省{city}</p><p>主导产业：模具、机器人</p>"
        for n, (name, city) in enumerate([("黄石磁湖产业园", "黄石市"), ("武汉青山产业园", "武汉市")])
    )
    found = rows(
        View.of(
            f"<html><body><h1>园区推荐</h1><p>以下园区可供选择。</p>{cards}</body></html>".encode(),
            "https://a.cn/1.html",
        )
    )
    assert [one.value("city") for one in found] == ["黄石市", "武汉市"]
    assert found[0].values("leading_industries") == ["模具", "机器人"]
    menu = "<ul><li><a href='/1'>黄石磁湖产业园</a></li><li><a href='/2'>武汉青山产业园</a></li></ul>"
    with pytest.raises(NotARecord):
        extract(View.of(f"<html><body><h1>园区列表</h1>{menu}</body></html>".encode(), "https://a.cn/1.html"))


def test_revoked_parks_and_tables_of_other_things_are_none() -> None:
    with pytest.raises(NotARecord):
        extract(table_page("省级开发区撤销名单", [HEAD, *ROWS]))
    with pytest.raises(NotARecord):
        extract(table_page("项目清单", [["项目名称", "占地面积"], ["装备生产线项目", "30亩"], ["学校项目", "20亩"]]))


@pytest.mark.parametrize(
    ("heading", "text", "name"),
    [
        ("探访荆州云图智造产业园", "荆州云图智造产业园内机器轰鸣。园区规划面积240公顷。", "荆州云图智造产业园"),
        ("园区概况", "荆州云图智造产业园位于湖北省荆州市，规划面积240公顷。", "荆州云图智造产业园"),
        ("工作动态", "走进荆州市荆州云图智造产业园，园区规划面积240公顷，园区建设中。", "荆州云图智造产业园"),
    ],
)
def test_what_stands_before_a_name_is_none_of_it(heading: str, text: str, name: str) -> None:
    found = extract(View.of(f"<html><body><h1>{heading}</h1><p>{text}</p></body></html>".encode(), "https://a.cn/1"))
    assert isinstance(found, Extraction)
    assert (found.value("name"), found.value("area_km2")) == (name, 2.4)
