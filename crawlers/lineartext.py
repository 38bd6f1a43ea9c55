"""A tree as linear text: what a reader sees, line by line, and where each element stands in it."""

import re

from lxml import etree

from schema.evidence import Span

Element = etree._Element

HIDDEN = frozenset({"head", "title", "script", "style", "noscript", "template", "iframe", "object", "svg"})
INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"}
    | {"input", "ins", "kbd", "label", "mark", "nobr", "o", "q", "ruby", "rp", "rt", "s", "samp", "small", "span"}
    | {"strike", "strong", "sub", "sup", "time", "tt", "u", "ucapcontent", "ucaptitle", "var", "wbr"}
)
CELLS = frozenset({"td", "th"})
ROWS = frozenset({"tr", "table", "tbody", "thead", "tfoot"})

SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")


class Writer:
    """Collects the text; a separator is written only when something follows it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.separator = ""
        self.broken = 0  # where the last line begins

    def put(self, piece: str) -> int:
        """Write what is not empty, after the separator that waits; return where it begins."""
        if self.length and self.separator:
            self.parts.append(self.separator)
            self.length += 1
            if self.separator == "\n":
                self.broken = self.length
        self.separator = ""
        start = self.length
        self.parts.append(piece)
        self.length += len(piece)
        return start

    def line(self, text: str, *, raw: bool = False) -> Span:
        """Write a line of its own and return its span."""
        piece = text if raw else clean(text)
        if not piece:
            return (self.length, self.length)
        self.separator = "\n"
        start = self.put(piece)
        self.separator = "\n"
        return (start, self.length)

    def tail(self, start: int) -> str:
        """Return the last piece written from the offset `start` on."""
        return self.parts[-1][start - self.length + len(self.parts[-1]) :]

    def text(self) -> str:
        """Return all that was written."""
        return "".join(self.parts)


class Walk:
    """One pass over a tree: writes its visible text and notes where each element begins and ends."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.entered: dict[Element, int] = {}
        self.starts: dict[Element, int] = {}
        self.ends: dict[Element, int] = {}
        self.waiting: list[Element] = []  # begun, and nothing written yet
        self.hidden = 0
        self.preformatted = 0

    def over(self, tree: Element) -> dict[Element, Span]:
        """Return every element's span, children inside their parents."""
        self.writer.separator = "\n"
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            if event == "start":
                self.enter(element)
            else:
                self.leave(element)
                if element.tail and not self.hidden and element is not tree:
                    self.write(element.tail)
        return self.spans()

    def enter(self, element: Element) -> None:
        """Begin an element: part it from what is before, and write the text up to its first child."""
        tag = element.tag
        self.entered[element] = self.writer.length
        if self.hidden or tag in HIDDEN:
            self.hidden += 1
            return
        if tag in CELLS:
            self.writer.separator = "\t" if self._is_beside(element) else "\n"
        else:
            self.part(tag)
        self.preformatted += tag == "pre"
        self.waiting.append(element)
        if element.text:
            self.write(element.text)

    def _is_beside(self, cell: Element) -> bool:
        """Tell whether a cell goes on with the line of the cell before it.

        A cell of several lines is a column of a layout: what stands beside it is no part of its last line.
        """
        before = _cell_before(cell)
        return before is not None and self.writer.broken <= self.starts.get(before, self.writer.length)

    def leave(self, element: Element) -> None:
        """End an element."""
        if self.hidden:
            self.hidden -= 1
            return
        self.preformatted -= element.tag == "pre"
        if element in self.starts:
            self.ends[element] = self.writer.length
        else:
            self.waiting.pop()  # it ends as it began, without text
        self.part(element.tag)

    def part(self, tag: object) -> None:
        """Ask for a line break around what is no inline element."""
        # The first block in a cell stays on the row's line; a row never does.
        if tag in ROWS or (tag not in INLINE and self.writer.separator != "\t"):
            self.writer.separator = "\n"

    def write(self, text: str) -> None:
        """Write a piece of text; the elements that waited for one begin here."""
        writer = self.writer
        for index, chunk in enumerate(text.split("\n") if self.preformatted else (text,)):
            if index:
                self.part("br")
            piece = SPACES.sub(" ", chunk)
            if piece[0:1] == " " and not writer.separator:
                writer.separator = " "
            if piece in ("", " "):
                continue
            at = writer.put(piece.strip(" "))
            for element in self.waiting:
                self.starts[element] = at
            self.waiting.clear()
            if piece[-1] == " ":
                writer.separator = " "

    def spans(self) -> dict[Element, Span]:
        """Return the spans; an element without text stands where it was met, inside its parent."""
        found: dict[Element, Span] = {}
        whole = (0, self.writer.length)
        for element, at in self.entered.items():
            if element in self.starts:
                found[element] = (self.starts[element], self.ends[element])
            else:
                parent = element.getparent()
                low, high = found.get(parent, whole) if parent is not None else whole
                place = min(max(at, low), high)
                found[element] = (place, place)
        return found


def _cell_before(cell: Element) -> Element | None:
    before = cell.getprevious()
    while before is not None and before.tag not in CELLS:
        before = before.getprevious()
    return before


def clean(text: str) -> str:
    """Return the text with its white space collapsed, none at its ends."""
    return SPACES.sub(" ", text).strip(" ")
