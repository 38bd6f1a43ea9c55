"""Tables of pages as grids: every position with the cell that covers it."""

from hypothesis import given
from hypothesis import strategies as st

from crawlers.grids import Grid, grids
from crawlers.view import View


def of(body: str) -> list[Grid]:
    view = View.of(f"<html><head><title>t</title></head><body>{body}</body></html>".encode(), "https://a.cn/")
    found = grids(view)
    for grid in found:
        assert len({len(row) for row in grid.rows}) == 1
        assert all(view.text[slice(*c.span)] == c.text for row in grid.rows for c in row if c)
    return found


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in grid.rows]


def test_merged_cells_stand_at_every_position_that_they_cover() -> None:
    rows = "<tr><td rowspan=2>省</td><td colspan=2>市</td></tr><tr><td>武汉</td><td></td></tr>"
    (grid,) = of(f"<p>名单</p><table>{rows}</table>")
    assert texts(grid) == [["省", "市", "市"], ["省", "武汉", ""]]
    assert grid.rows[0][0] is grid.rows[1][0]
    assert grid.name == "名单"


def test_a_layout_table_is_none_and_a_caption_names_the_one_inside() -> None:
    inner = "<table><caption>名单</caption><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    (grid,) = of(f"<table><tr><td>菜单</td><td>{inner}</td></tr><tr><td>x</td><td>y</td></tr></table>")
    assert (grid.name, texts(grid)) == ("名单", [["a", "b"], ["c", "d"]])


def test_a_table_of_one_row_or_column_is_none() -> None:
    assert of("<table><tr><td>a</td><td>b</td></tr></table><table><tr><td>a</td></tr><tr><td>b</td></tr></table>") == []


@given(st.lists(st.lists(st.tuples(st.text("甲乙 "), st.integers(-1, 9), st.integers(-1, 9)), max_size=4), max_size=5))
def test_any_spans_give_rows_of_one_length(rows: list[list[tuple[str, int, int]]]) -> None:
    lines = ("".join(f"<td colspan={w} rowspan={h}>{t}</td>" for t, w, h in row) for row in rows)
    of("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")


def test_a_span_beyond_all_measure_gives_no_table() -> None:
    of("<table>" + "<tr><td colspan=999999 rowspan=999999>a</td><td>b</td></tr>" * 300 + "</table>")
