"""List tables as rows of properties, whatever their head looks like; numbered lines where there is no table."""

import pytest

from crawlers.attachments import read_file
from crawlers.fields.listing import ListRow, read_listing, read_numbered, read_rows
from crawlers.view import View
from schema.evidence import Origin, quote
from tests.attachments import samples

WORDS = {
    "name": ["机构名称", "单位名称", "名称"],
    "province": ["省"],
    "city": ["市", "所在市"],
    "operator": ["依托单位"],
}
Rows = list[list[str]]


def page(rows: Rows, before: str = "") -> View:
    """A page with one table; `^` goes on with the cell above, `<` with the one on the left."""
    lines = ""
    for at, row in enumerate(rows):
        line = ""
        for column, text in enumerate(row):
            if text in ("^", "<"):
                continue
            high = next((n for n in range(1, 99) if at + n >= len(rows) or rows[at + n][column] != "^"), 1)
            wide = next((n for n in range(1, 99) if column + n >= len(row) or row[column + n] != "<"), 1)
            line += f"<td rowspan={high} colspan={wide}>{text}</td>"
        lines += f"<tr>{line}</tr>"
    return View.of(f"<html><body>{before}<table>{lines}</table></body></html>".encode(), "https://a.cn/")


def said(rows: list[ListRow]) -> list[tuple[str | None, str, str]]:
    return [(r.number, r.cells["name"].value, r.cells["city"].value if "city" in r.cells else "") for r in rows]


WANTED = [("1", "甲院", "武汉市"), ("2", "乙院", "襄阳市")]
ROWS = [["1", "甲院", "武汉市"], ["2", "乙院", "襄阳市"]]


@pytest.mark.parametrize(
    "rows",
    [
        [["序号", "机构名称", "市"], *ROWS],
        [["湖北省名单", "<", "<"], ["序 号", "机 构　名 称", "所在市："], *ROWS],
        [["", "单位名称（全称）", "市"], *ROWS],
        [["序号", "机构名称", "市"], ROWS[0], ["序号", "机构名称", "市"], ROWS[1]],
        [["序号", "机构名称", "市"], *ROWS, ["合 计", "2家", ""], ["注：排名不分先后", "<", "<"]],
        [["序号", "机构名称", "市"], ["", "", ""], *ROWS],
        [["序号", "名称/单位名称", "市"], ["1", "甲\n院", "武汉市"], ROWS[1]],
    ],
    ids=["plain", "title", "no number head", "repeated", "total", "empty", "slash"],
)
def test_a_list_reads_the_same_however_its_head_is_set(rows: Rows) -> None:
    assert said(read_rows(page(rows), WORDS)) == WANTED


def test_the_order_of_columns_does_not_matter() -> None:
    assert said(read_rows(page([["市", "序号", "名称"], ["武汉市", "1", "甲院"]]), WORDS)) == WANTED[:1]


@pytest.mark.parametrize("corner", ["^", ""])
def test_a_head_of_two_rows_is_read_by_its_lower_one(corner: str) -> None:
    rows = [["序号", "名称", "所在地", "<"], [corner, corner, "省", "市"], ["1", "甲院", "湖北省", "武汉市"]]
    (row,) = read_rows(page(rows), WORDS)
    assert {name: r.value for name, r in row.cells.items()} == {"name": "甲院", "province": "湖北省", "city": "武汉市"}


def test_two_halves_side_by_side_are_one_list_after_the_other() -> None:
    rows = [["序号", "名称", "序号", "名称"], ["1", "甲院", "3", "丙院"], ["2", "乙院", "", ""]]
    assert [(r.number, r.cells["name"].value) for r in read_rows(page(rows), WORDS)] == [
        ("1", "甲院"),
        ("2", "乙院"),
        ("3", "丙院"),
    ]


def test_a_merged_value_holds_for_all_its_rows() -> None:
    rows = [["市", "序号", "名称"], ["武汉市", "1", "甲院"], ["^", "2", "乙院"]]
    assert [r.cells["city"].value for r in read_rows(page(rows), WORDS)] == ["武汉市", "武汉市"]


def test_section_rows_and_untaught_merged_columns_are_groups() -> None:
    rows = [["序号", "名称", "市"], ["一、国家级", "<", "<"], ROWS[0], ["二、省级", "<", "<"], ROWS[1]]
    assert [row.group for row in read_rows(page(rows), WORDS)] == ["一、国家级", "二、省级"]
    rows = [["类别", "序号", "名称"], ["国家级", "1", "甲院"], ["^", "2", "乙院"]]
    found = read_listing(page(rows), WORDS)
    assert [row.group for row in found.rows] == ["国家级", "国家级"]
    assert found.warnings == [("unknown_head", "类别")]
    assert found.rows[0].unknown == ["类别"]


def test_a_table_without_a_head_gives_nothing_and_a_warning() -> None:
    found = read_listing(page([["1", "甲院"], ["2", "乙院"]], "<p>湖北省名单</p>"), WORDS)
    assert found.rows == []
    assert found.warnings == [("table_without_head", "湖北省名单")]


def test_what_says_nothing_is_left_out() -> None:
    (row,) = read_rows(page([["序号", "名称", "市"], ["1", "甲院", "—"]]), WORDS)
    assert set(row.cells) == {"name"}


@pytest.mark.parametrize("content", [samples.pdf(60), samples.word(), samples.excel()], ids=["pdf", "docx", "xlsx"])
def test_a_file_s_list_is_read_with_its_places(content: bytes) -> None:
    view = read_file(content, "https://kjt.hubei.gov.cn/名单")
    rows = read_rows(view, WORDS)
    wanted = [tuple(row) for row in samples.rows(len(rows))]
    assert len(rows) in (5, 60)
    assert [(r.number, *(r.cells[n].value for n in ("name", "province", "city"))) for r in rows] == wanted
    for reading in [reading for row in rows for reading in row.cells.values()]:
        assert reading.document == view.document
        assert reading.origin is Origin.TABLE
        assert quote(view.text, reading.spans) == reading.raw


TEXT = """名单如下：
1. 甲科技有限公司
2、乙研究院（武汉市）；
3. 丙合伙企业（有限合伙）
一、加强领导
1. 加强组织领导，落实责任。各地要重视。
2. 加强保障，做好工作。"""


def test_numbered_lines_are_a_list_if_they_look_like_names() -> None:
    view = View.of(TEXT.encode(), "https://a.cn/", "text/plain")
    rows = read_numbered(view)
    assert [(r.number, r.cells["name"].value) for r in rows] == [
        ("1", "甲科技有限公司"),
        ("2", "乙研究院"),
        ("3", "丙合伙企业（有限合伙）"),
    ]
    assert rows[1].cells["remark"].value == "武汉市"
    assert {row.group for row in rows} == {"名单如下："}
    assert all(quote(view.text, r.spans) == r.raw for row in rows for r in row.cells.values())
    assert read_numbered(view, (0, view.text.index("2、"))) == []
