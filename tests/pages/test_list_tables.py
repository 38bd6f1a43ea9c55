"""What lists of organisations need of tables: values printed once for many rows, and tables that are no lists."""

import pytest

from crawlers.fields.listing import read_listing
from crawlers.view import View

WORDS = {"name": ["机构名称"], "city": ["所在市"], "operator": ["依托单位"]}


def page(rows: list[str]) -> View:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    return View.of(f"<html><body><table>{lines}</table></body></html>".encode(), "https://a.cn/")


def cities(rows: list[str]) -> list[str | None]:
    found = read_listing(page(["机构名称|所在市|依托单位", *rows]), WORDS, downward=("city",)).rows
    return [row.cells["city"].value if "city" in row.cells else None for row in found]


def test_a_city_that_is_printed_once_stands_for_the_rows_below() -> None:
    assert cities(["甲院|合肥|", "乙院||", "丙院||", "丁院|芜湖|", "戊院||"]) == [
        "合肥",
        "合肥",
        "合肥",
        "芜湖",
        "芜湖",
    ]


def test_a_single_empty_cell_stays_empty() -> None:
    assert cities(["甲院|合肥|", "乙院|芜湖|", "丙院||", "丁院|铜陵|"]) == ["合肥", "芜湖", None, "铜陵"]


def test_a_dash_is_not_the_value_above() -> None:
    assert cities(["甲院|合肥|", "乙院|—|", "丙院||", "丁院||"])[1] is None


def test_the_same_is_the_value_above() -> None:
    assert cities(["甲院|合肥|", "乙院|同上|", "丙院|芜湖|"]) == ["合肥", "合肥", "芜湖"]


@pytest.mark.parametrize(
    "rows",
    [["机构名称|甲院", "所在市|合肥", "依托单位|乙大学"], ["机构名称|甲院|所在市|合肥", "依托单位|乙大学|备注|无"]],
    ids=["two columns", "four columns"],
)
def test_labels_with_values_are_no_list(rows: list[str]) -> None:
    found = read_listing(page(rows), WORDS)
    assert found.rows == []


def test_a_region_alone_in_a_row_is_a_section() -> None:
    found = read_listing(page(["机构名称|所在市", "安徽省|", "甲院|合肥", "江苏省|", "乙院|南京"]), WORDS).rows
    assert [(row.cells["name"].value, row.group) for row in found] == [("甲院", "安徽省"), ("乙院", "江苏省")]
