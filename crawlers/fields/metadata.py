"""The metadata of a document as its page prints it: label and value, in six shapes.

Rows of four cells, th/td, dl, `label：value` in a line, and two elements side by side are all found by
their labels; the fields of a list row are handed in by the caller, JSON is read by `crawlers.fields.embedded`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.fields.labels import LONGEST, Label, bare, labels
from crawlers.lineartext import INLINE
from crawlers.view import Element, View
from schema.evidence import Span

LONGEST_LINE = 600  # characters of a line in which labels with colons are looked for
LONGEST_VALUE = 400
NEAR = 250  # characters between two labels of one block
HEAD = 300  # characters of the body in which a block may still begin
DECISIVE = frozenset({"index_number", "doc_number", "written_date", "issuers", "subject", "validity"})

# 字号：大 中 小 is the size of the letters, and no number of a document.
_LETTERS = re.compile(r"\W*(?:(?:特大|大号?|中号?|小号?|默认|正常|标准|放大|缩小|[TA]?[+-]|[TA])\W*)+")
_ITEMS = frozenset({"li", "p", "div", "td", "dd"})
_UNKNOWN = re.compile(r"^([\u4e00-\u9fff]{2,8})\s{0,3}[:：]?$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value and both places. An empty value is a label without one."""

    label: Label
    place: Span
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """Labels that stand together."""

    pairs: tuple[Pair, ...]

    @property
    def span(self) -> Span:
        """From the first label to the end of the last value."""
        return self.pairs[0].place[0], max(max(pair.span[1], pair.place[1]) for pair in self.pairs)

    @property
    def properties(self) -> set[str]:
        """The properties that the block knows."""
        return {pair.label.property for pair in self.pairs if pair.label.property}

    @property
    def is_table(self) -> bool:
        """Whether this is the metadata of a document, and not a line such as 来源：… 时间：…."""
        return len(self.properties) >= 3 and bool(self.properties & DECISIVE)


def blocks(view: View, body: Span) -> list[Block]:
    """Return the metadata blocks of the page that belong to the document whose text is at `body`.

    A block counts if it begins before the text or at its head, or, anywhere, if it is a whole table.
    """
    sided = [pair for pair in [*_inline(view), *_sided(view)] if not _LETTERS.fullmatch(pair.value)]
    pairs = sorted({pair.place: pair for pair in sided}.values(), key=lambda p: p.place)
    groups: list[list[Pair]] = []
    end = -NEAR
    for pair in pairs:
        # A sentence between two labels parts them: what follows is about something else.
        if not groups or pair.place[0] - end > NEAR or "。" in view.text[end : pair.place[0]]:
            groups.append([])
        groups[-1].append(pair)
        end = max(end, pair.span[1], pair.place[1])
    found = [Block(tuple(group)) for group in groups]
    return [block for block in found if block.properties and (block.span[0] < body[0] + HEAD or block.is_table)]


def unknown(view: View, found: list[Block]) -> list[str]:
    """Return the labels in metadata tables that the label file does not know."""
    names: list[str] = []
    for block in found:
        if not block.is_table:
            continue
        start, end = block.span
        # A line's cells take turns: label, value, label, value.
        for line in view.text[start:end].split("\n"):
            cells = line.split("\t")
            for cell in cells[::2] if len(cells) > 1 else ():
                match = _UNKNOWN.match(cell.strip())
                if match and labels().get(match[1]) is None and match[1] not in names:
                    names.append(match[1])
    return names


def _inline(view: View) -> Iterator[Pair]:
    """Yield `label：value` in lines; a value ends at the next label, at a tab or at the line's end."""
    table = labels()
    edges = sorted({view.span(element)[0] for element in view.elements if element.tag in INLINE})
    for start, end in view.lines:
        if end - start > LONGEST_LINE:
            continue
        line = view.text[start:end]
        if not any(mark in line for mark in ":：】"):
            continue
        found = {match.start("label"): (match.end(), match["label"]) for match in table.inline.finditer(line)}
        # <i>来源：某局</i><i>文号：某发〔2023〕2号</i>: a label may begin an element without a space before.
        for edge in edges[bisect_right(edges, start) : bisect_left(edges, end)]:
            at = edge - start
            inside = any(low < at < high for low, (high, _) in found.items())  # 发布<b>时间</b>：
            if not inside and (match := table.inline.match(line[at:])):
                found.setdefault(at + match.start("label"), (at + match.end(), match["label"]))
        places = sorted(found)
        for at, following in zip(places, [*places[1:], len(line)], strict=False):
            end_of_label, name = found[at]
            value = _trim(view.text, start + end_of_label, start + following)
            place = start + at, start + end_of_label
            yield Pair(table.labels[bare(name)], place, view.text[slice(*value)], value)


def _sided(view: View) -> Iterator[Pair]:
    """Yield pairs of neighbouring elements, the first of which is nothing but a label."""
    table = labels()
    for element in view.elements:
        start, end = view.span(element)
        if not 2 <= end - start <= LONGEST or (label := table.get(view.text[start:end])) is None:
            continue
        if element.tag in INLINE and (pair := _tailed(view, element, label)) is not None:
            yield pair
            continue
        outer = _widest(view, element)
        if len(children := list(outer)) and (outer.tail or "").strip(" \t\r\n\xa0\u3000:："):
            continue
        beside = outer.getnext()
        if (outer.tail or "").strip(" \t\r\n\xa0\u3000:：") or beside is None or (children and beside in children):
            continue
        value = _trim(view.text, *view.span(beside))
        text = view.text[slice(*value)]
        if value[1] - value[0] <= LONGEST_VALUE and table.get(text) is None and not table.inline.match(text):
            yield Pair(label, (start, end), text, value)


def _tailed(view: View, element: Element, label: Label) -> Pair | None:
    """Return a label that is set off (b, span) at the head of an item, with the rest of the item as its value."""
    parent = element.getparent()
    if parent is None or parent.tag not in _ITEMS or not (element.tail or "").strip(" \t\r\n\xa0\u3000:："):
        return None
    low, high = view.span(parent)
    start, end = view.span(element)
    others = (view.span(other) for other in element.itersiblings())
    high = next((span[0] for span in others if labels().get(view.text[slice(*span)]) is not None), high)
    if low != start or high - end > LONGEST_VALUE or "\n" in view.text[end:high] or "。" in view.text[end:high]:
        return None
    value = _trim(view.text, end, high)
    return Pair(label, (start, end), view.text[slice(*value)], value)


def _widest(view: View, element: Element) -> Element:
    """Return the outermost element that holds nothing but the text of this one."""
    span = view.span(element)
    while (parent := element.getparent()) is not None and view.span(parent) == span:
        element = parent
    return element


def _trim(text: str, start: int, end: int) -> Span:
    """Return the span without white space and colons around, cut at the first tab."""
    while start < end and text[start] in " \t\n\u3000:：":
        start += 1
    tab = text.find("\t", start, end)
    end = tab if tab >= 0 else end
    while end > start and text[end - 1] in " \t\n\u3000|":
        end -= 1
    return start, end
