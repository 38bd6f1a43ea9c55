"""Which cells and elements of a page are labels of what stands beside or below them."""

from itertools import pairwise

from crawlers.fields.labels import Label
from crawlers.view import Element


def own(row: Element, table: Element) -> bool:
    """Tell whether a row is a table's own, not that of a table inside it."""
    return next(row.iterancestors("table"), None) is table


def rowspan(cell: Element) -> int:
    """Return how many rows a cell covers."""
    said = cell.get("rowspan") or "1"
    return min(int(said), 50) if said.isdecimal() else 1


def is_head(labels: list[Label | None], rows: list[list[Element]], number: int) -> bool:
    """Tell whether a row heads columns: two labels stand side by side above a row of as many cells."""
    if number + 1 >= len(rows) or len(rows[number + 1]) != len(labels):
        return False
    known = [label is not None for label in labels]
    pairs = any(one and other for one, other in pairwise(known))
    return pairs or (sum(known) >= 1 and len(known) >= 2 and all(cell.tag == "th" for cell in rows[number]))


def leads(element: Element) -> bool:
    """Tell whether no text stands right before an element inside its parent."""
    if element.tag == "dd":
        return False  # the value of a dt, whatever it says
    before = element.getprevious()
    if before is not None:
        return not (before.tail or "").strip() or (before.tail or "").strip()[-1] in "，,；;。|｜：:、/"
    parent = element.getparent()
    return parent is not None and not (parent.text or "").strip(" \t\r\n\u3000\xa0●■◆▲·•*【[（(")
