"""DOCX files: paragraphs, tables and text boxes in document order (ECMA-376 part 1, chapter 17)."""

from collections.abc import Iterator

from crawlers.attachments.draft import Box, Draft, Table
from crawlers.attachments.numbering import Numbering
from crawlers.attachments.packages import Budget, Package, attribute, local
from crawlers.grids import MAX_COLUMNS
from crawlers.lineartext import Element

_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo"})
_GONE = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "txbxContent"})


def read(content: bytes, draft: Draft, budget: Budget) -> None:
    """Write the body of the document; headers, footers and comments are left out. Raises AttachmentError."""
    package = Package(content, budget)
    name = next(n for n in package.names() if n.lower().startswith("word/document") and n.lower().endswith(".xml"))
    Reader(draft, Numbering(package)).blocks(package.xml(name)[0])


class Reader:
    """Writes blocks into the draft; knows how far each numbered list has counted."""

    def __init__(self, draft: Draft, numbering: Numbering) -> None:
        self.draft = draft
        self.numbering = numbering

    def blocks(self, parent: Element) -> None:
        """Write the paragraphs and tables of a body, a cell or a text box."""
        for block in _unwrapped(parent):
            if local(block) == "p":
                self.draft.paragraph(self.said(block))
                for box in _boxes(block):
                    self.blocks(box)
            elif local(block) == "tbl":
                self.table(block)

    def said(self, paragraph: Element) -> str:
        """Return a paragraph's text with the number that Word prints before it."""
        text = _text(paragraph)
        number = self.numbering.next(paragraph)
        return f"{number}{text}" if number else text

    def table(self, table: Element) -> None:
        """Write a table; one that only lays out other tables is written as what stands in its cells."""
        if any(_is_grid(inner) for cell in _cells(table) for inner in _inside(cell, "tbl")):
            for cell in _cells(table):
                self.blocks(cell)
            return
        above: dict[int, Box | None] = {}
        rows: Table = []
        for line in _children(table, "tr"):
            row: list[Box | None] = [None] * _number(_property(line, "trPr", "gridBefore"), 0)
            for cell in _children(line, "tc"):
                merge = _property(cell, "tcPr", "vMerge")
                continued = merge is not None and (attribute(merge, "val") or "continue") == "continue"
                text = "\n".join(filter(None, map(self.said, _inside(cell, "p"))))
                box = above.get(len(row)) if continued else Box(text)
                wide = _number(_property(cell, "tcPr", "gridSpan"), 1)
                row.extend([box] * min(wide, max(MAX_COLUMNS - len(row), 0)))
            above = dict(enumerate(row))
            rows.append(row)
        self.draft.table(rows)


def _text(element: Element) -> str:
    parts: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name in ("tab", "ptab"):
            parts.append(" ")
        elif name == "noBreakHyphen":
            parts.append("-")
        elif name not in _GONE and name not in ("drawing", "pict", "object", "AlternateContent"):
            parts.append(_text(child))
    return "".join(parts)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the text boxes anchored in a paragraph, each once although Word writes a fallback beside it."""
    for element in paragraph:
        if local(element) == "txbxContent":
            yield element
        elif local(element) == "AlternateContent":
            yield from _boxes(element[0] if len(element) else element)
        else:
            yield from _boxes(element)


def _unwrapped(parent: Element) -> Iterator[Element]:
    for child in parent:
        if local(child) in _WRAPPERS:
            yield from _unwrapped(child)
        elif local(child) not in _GONE:
            yield child


def _children(parent: Element, name: str) -> Iterator[Element]:
    return (child for child in _unwrapped(parent) if local(child) == name)


def _inside(element: Element, name: str) -> Iterator[Element]:
    return (each for each in element.iterdescendants() if local(each) == name)


def _cells(table: Element) -> Iterator[Element]:
    return (cell for line in _children(table, "tr") for cell in _children(line, "tc"))


def _is_grid(table: Element) -> bool:
    lines = [len(list(_children(line, "tc"))) for line in _children(table, "tr")]
    return len(lines) >= 2 and max(lines) >= 2


def _property(element: Element, group: str, name: str) -> Element | None:
    return next((p for g in element if local(g) == group for p in g if local(p) == name), None)


def _number(element: Element | None, otherwise: int) -> int:
    value = attribute(element, "val") if element is not None else None
    return min(int(value), MAX_COLUMNS) if value and value.isascii() and value.isdigit() else otherwise
