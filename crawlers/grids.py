"""Tables as grids: every position of a table with the cell that covers it, and the cell's place in the text."""

from dataclasses import dataclass
from itertools import product
from typing import Protocol, runtime_checkable

from crawlers.view import Element, View
from schema.evidence import Span

MAX_COLUMNS = 256
MAX_POSITIONS = 1_000_000  # of all tables of one page
CAPTION = 60  # characters; a longer line above a table is text, no heading


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with text: what it says and where that stands in the document's linear text."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its name (sheet, caption, or heading above it) and its rows, all of one length.

    A merged cell is the same object at every position that it covers; a position without text is None. `labelled`
    tells that the rows are headed by cells of their own (th before td), and no row heads the columns.
    """

    name: str
    rows: list[list[Cell | None]]
    labelled: bool = False


@runtime_checkable
class HasGrids(Protocol):
    """A view that knows its tables, such as a file's."""

    grids: list[Grid]


def grids(view: View) -> list[Grid]:
    """Return the tables of a document: a file's own, of a page the innermost ones of 2 x 2 positions and more."""
    if isinstance(view, HasGrids):
        return view.grids
    left, found = MAX_POSITIONS, []
    for table in view.elements:
        if table.tag != "table" or next(table.iterdescendants("table"), None) is not None:
            continue
        rows = _rows(view, table, left)
        if len(rows) >= 2 and len(rows[0]) >= 2 and any(cell for row in rows for cell in row):
            left -= len(rows) * len(rows[0])
            found.append(Grid(_name(view, table), rows, _is_labelled(table)))
    return found


def _rows(view: View, table: Element, left: int) -> list[list[Cell | None]]:
    """Return the positions of a table as the table model of HTML lays them out, or nothing if they are too many."""
    lines = list(table.iter("tr"))
    placed: dict[tuple[int, int], Cell | None] = {}
    for at, line in enumerate(lines):
        column = 0
        for element in line.iterchildren("td", "th"):
            while (at, column) in placed:
                column += 1
            wide = _number(element, "colspan", MAX_COLUMNS - column)
            # rowspan="0" reaches to the end of the table.
            high = _number(element, "rowspan", len(lines) - at)
            left -= wide * high
            if left < 0 or column >= MAX_COLUMNS:
                return []
            span = view.span(element)
            cell = Cell(view.text[slice(*span)], span) if span[0] < span[1] else None
            for down, right in product(range(high), range(wide)):
                placed.setdefault((at + down, column + right), cell)
            column += wide
    width = max((column + 1 for _, column in placed), default=0)
    return [[placed.get((at, column)) for column in range(width)] for at in range(len(lines))]


def _is_labelled(table: Element) -> bool:
    rows = [[cell.tag for cell in line.iterchildren("td", "th")] for line in table.iter("tr")]
    headed = sum(row[:2] == ["th", "td"] for row in rows)
    return headed > 1 and headed * 2 > len(rows) and not any(len(row) > 1 and "td" not in row for row in rows)


def _number(element: Element, name: str, most: int) -> int:
    value = (element.get(name) or "1").strip()
    if not (value.isascii() and value.isdigit()) or len(value) > 6:
        return 1
    return max(1, min(int(value), most)) if int(value) or name == "colspan" else max(1, most)


def _name(view: View, table: Element) -> str:
    caption = next(table.iter("caption"), None)
    if caption is not None and view.said(caption):
        return view.said(caption)
    end = view.text.rfind("\n", 0, max(view.span(table)[0], 0))
    if end <= view.body[0]:
        return ""
    line = view.text[view.text.rfind("\n", 0, end) + 1 : end]
    return line if len(line) <= CAPTION and "\t" not in line else ""
