"""What a page states under labels: in tables (rows or columns), definition lists, blocks side by side, and lines.

A label is found where an element, a cell or a line is nothing but the label, or where a colon or brackets
mark it inside a line. Its value is what follows, up to the next label or heading.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from crawlers.fields import labelcells, structured, values
from crawlers.fields.labels import Label
from crawlers.fields.noise import kind_of
from crawlers.fields.sheet import Sheet
from crawlers.fields.vocabulary import MARKED, REMARK, Vocabulary
from crawlers.view import Element
from schema.evidence import Span

DATA = 90  # the rank of what scripts say: behind all that is printed
MOST_LINES = 400  # lines under one label
_UNKNOWN = re.compile(
    rf"^[\W_]{{0,4}}([\u4e00-\u9fff][\u4e00-\u9fff \u3000]{{1,11}}){REMARK}\s{{0,4}}[】\])）]?\s{{0,4}}[:：]"
)
_CHAPTER = re.compile(
    r"^\s{0,3}(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])\s{0,3}[^，。；：:、]{2,16}$"
)
_BOXED = re.compile(r"^\s{0,3}[【〖\[][^】〗\]。，]{2,14}[】〗\]]\s{0,3}$")
_MARKS = ("，", ",", "；", ";", "、", "\u3000", " ")
_NEXT = re.compile(r"[\s\u3000]+[\u4e00-\u9fff]{2,8}\s?[:：]")  # a label that nobody taught begins inside a line
LEAST_SPACED = 3  # lines in which a space alone parts label and value
_SPACED = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,8})(?:\u3000+| {2,})(?P<value>[^\s\u3000:：|｜][^\u3000]{0,60})")
_GENERIC = frozenset({"时间", "日期", "date"})
_INFO = re.compile(r"来源|作者|浏览|点击|阅读|字体|字号|编辑|发布(?:者|人|单位|机构)|信息员|供稿")


@dataclass(slots=True)
class Stated:
    """A label with its value: `value` is what stands beside it, `more` the lines that follow, in case they belong.

    With `column`, the label heads a column and `more` are its cells, one a row, the first being `value`.
    """

    label: Label
    place: Span
    value: Span
    more: list[Span] = field(default_factory=list)
    column: bool = False

    @property
    def first(self) -> Span:
        """The value, or where nothing stands beside the label, the first line under it."""
        return next(iter(self.lines), self.value)

    @property
    def lines(self) -> list[Span]:
        """The value and what follows, without what is empty."""
        return [span for span in (self.value, *self.more) if span[1] > span[0]]


@dataclass(frozen=True, slots=True)
class _Mark:
    label: Label | None  # None: a label or a chapter that the vocabulary does not know
    start: int
    end: int


class Statements:
    """All that a page states under labels of one vocabulary, in reading order."""

    def __init__(self, sheet: Sheet, words: Vocabulary) -> None:
        self.sheet, self.words = sheet, words
        self.text = sheet.view.text
        self.unknown: list[str] = []
        cells = list(self._tables())
        taken = {stated.place[0] for stated in cells}
        self.all = sorted([*cells, *self._linear(taken), *self._data()], key=lambda stated: stated.place)

    def part(self, span: Span) -> "Statements":
        """Return what is stated inside a place alone."""
        inner = object.__new__(Statements)
        inner.sheet, inner.words, inner.text, inner.unknown = self.sheet.part(span), self.words, self.text, []
        inner.all = []
        for one in self.all:
            if span[0] <= one.place[0] < span[1] and not one.column:
                more = [line for line in one.more if line[0] < span[1]]
                inner.all.append(Stated(one.label, one.place, one.value, more))
        return inner

    def of(self, name: str) -> list[Stated]:
        """Return the statements of a property, the best label first, then in the page's order."""
        found = [stated for stated in self.all if stated.label.property == name and stated.lines]
        return sorted(found, key=lambda stated: (stated.label.rank, stated.place))

    def _data(self) -> Iterator[Stated]:
        """Yield what the page's scripts say under keys: what is printed under labels comes before it."""
        for key, prop, span in structured.read(self.sheet.view, self.words.names) if self.sheet.view.data else ():
            yield Stated(Label(key, prop, DATA), span, span)

    def _tables(self) -> Iterator[Stated]:
        for table in (e for e in self.sheet.elements if e.tag == "table"):
            rows = [
                [cell for cell in row if cell.tag in ("td", "th")]
                for row in table.iter("tr")
                if labelcells.own(row, table)
            ]
            number = 0
            while number < len(rows):
                labels = [self.words.get(self._said(cell)) for cell in rows[number]]
                if labelcells.is_head(labels, rows, number):
                    last = number + 1
                    while last < len(rows) and len(rows[last]) == len(labels):
                        last += 1
                    yield from self._columns(labels, rows[number:last])
                    number = last
                else:
                    yield from self._row(labels, rows, number)
                    number += 1

    def _columns(self, labels: list[Label | None], rows: list[list[Element]]) -> Iterator[Stated]:
        for index, label in enumerate(labels):
            spans = [values.trim(self.text, *self.sheet.view.span(row[index])) for row in rows[1:]]
            if label is not None and spans:
                yield Stated(label, self.sheet.view.span(rows[0][index]), spans[0], spans[1:], column=True)

    def _row(self, labels: list[Label | None], rows: list[list[Element]], number: int) -> Iterator[Stated]:
        row = rows[number]
        known = sum(label is not None for label in labels)
        for index, label in enumerate(labels[:-1]):
            place = self.sheet.view.span(row[index])
            value, *more = self._lines(*self.sheet.view.span(row[index + 1])) or [(place[1], place[1])]
            if label is None:
                name = self._said(row[index]).strip(values.EDGE)
                beside = len(labels) % 2 == 0 and index % 2 == 0 and (known or self._is_pair_table(rows, index))
                if beside and re.fullmatch(r"[\u4e00-\u9fff]{2,8}", name):
                    self._warn(name)
                continue
            if labels[index + 1] is None:
                for lower in rows[number + 1 : number + labelcells.rowspan(row[index])]:
                    # Under a cell that spans rows, the next rows hold only what is right of it.
                    more += [span for cell in lower[-1:] for span in self._lines(*self.sheet.view.span(cell))]
                more = [values.native(self.text, place, span) for span in more]
                yield Stated(label, place, values.native(self.text, place, value), more)

    def _is_pair_table(self, rows: list[list[Element]], index: int) -> bool:
        found = [row for row in rows if len(row) > index and self.words.get(self._said(row[index])) is not None]
        return len(found) >= 2

    def _linear(self, taken: set[int]) -> Iterator[Stated]:
        marks = {mark.start: mark for mark in self._unknown_marks()}
        marks |= {mark.start: mark for mark in self._inline()}
        marks |= {mark.start: mark for mark in self._whole()}
        ordered = [marks[start] for start in sorted(marks)]
        heads = sorted(start for start, _ in self.sheet.heads)
        lines = [line.span for line in self.sheet.lines]
        at = 0
        for number, mark in enumerate(ordered):
            while at < len(lines) and lines[at][1] <= mark.start:
                at += 1
            if mark.label is None or mark.start in taken or at >= len(lines):
                continue
            following = ordered[number + 1].start if number + 1 < len(ordered) else len(self.text)
            bound = min(following, next((head for head in heads if head >= mark.end), following))
            stop = min(lines[at][1], following)
            value = values.trim(self.text, mark.end, max(stop, mark.end))
            if (tab := self.text.find("\t", *value)) >= 0:
                value = values.trim(self.text, value[0], tab)
            if (other := _NEXT.search(self.text, *value)) is not None:
                value = values.trim(self.text, value[0], other.start())
            value = values.native(self.text, (mark.start, mark.end), value)
            if (close := values.closing(self.text, mark.start, *value)) is not None:
                value = values.trim(self.text, value[0], close)
            # A line in which the next label begins behind a mark belongs up to there: 人工智能（080717T），学位：工学.
            parted = self.text[bound - 1 : bound] in _MARKS
            below = [
                (low, min(high, bound))
                for low, high in lines[at + 1 : at + 1 + MOST_LINES]
                if high <= bound or (low < bound and parted and "\t" not in self.text[low:bound])
            ]
            more = [span for one in below if (span := values.trim(self.text, *one))[1] > span[0]]
            if not value[1] > value[0] and bound < len(self.text) and not more and bound == following:
                more = self._below(mark, lines, at, ordered, number)
            yield Stated(mark.label, (mark.start, mark.end), value, more)

    def _below(self, mark: _Mark, lines: list[Span], at: int, ordered: list[_Mark], number: int) -> list[Span]:
        """Return the cell right under a heading that is itself a heading element (h3 label, h4 value)."""
        beside = ordered[number + 1]
        if at + 1 < len(lines) and beside.label is None and beside.start == lines[at + 1][0] and mark.label:
            return [lines[at + 1]]
        return []

    def _inline(self) -> Iterator[_Mark]:
        for line in self.sheet.lines:
            start, end = line.span
            said = self.text[start:end]
            if not MARKED.search(said):
                continue
            found = [(start, match) for match in self.words.inline.finditer(said)]
            for at, match in [*found, *self._at_edges(start, end)]:
                label = self.words.get(match["boxed"] or match["plain"])
                if label is None:
                    continue
                # 时间 beside 来源 and 浏览 is the day of the article, not of what it is about.
                is_info = label.name in _GENERIC and _INFO.search(said)
                yield _Mark(None if is_info else label, at + match.start(), at + match.end())

    def _at_edges(self, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield the labels that begin elements inside a line: <i>城市：某市</i><i>领域：…</i>."""
        edges = self.sheet.edges
        for at in edges[bisect_right(edges, start) : bisect_left(edges, end)]:
            if "\u4e00" <= self.text[at - 1] <= "\u9fff" and (match := self.words.inline.match(self.text[at:end])):
                yield at, match

    def _whole(self) -> Iterator[_Mark]:
        values = {self.sheet.view.span(element)[0] for element in self.sheet.elements if element.tag == "dd"}
        for line in self.sheet.lines:
            at = line.span[0]
            if at in values:
                continue
            if (spaced := self._spaced.get(at)) is not None:
                yield _Mark(spaced[0], at, spaced[1])
            for cell in self.text[slice(*line.span)].split("\t"):
                if (label := self.words.get(cell)) is not None:
                    yield _Mark(label, at, at + len(cell))
                at += len(cell) + 1
        for element in self.sheet.elements:
            start, end = self.sheet.view.span(element)
            if (
                2 <= end - start <= 40
                and labelcells.leads(element)
                and (label := self.words.get(self.text[start:end]))
                and not self._is_posted(start)
            ):
                yield _Mark(label, start, end)

    @cached_property
    def _spaced(self) -> dict[int, tuple[Label, int]]:
        """The labels that only white space parts from the value of their line (注册地　上饶市), where several do."""
        found: dict[int, tuple[Label, int]] = {}
        for line in self.sheet.lines:
            match = _SPACED.fullmatch(self.text[slice(*line.span)])
            label = self.words.get(match["label"]) if match and not line.linked else None
            if match and label is not None and self.words.get(match["value"]) is None:
                found[line.span[0]] = label, line.span[0] + match.end("label")
        return found if len(found) >= LEAST_SPACED else {}

    def _is_posted(self, at: int) -> bool:
        """Tell whether a place lies in the line that says who posted the page and when (作者 秘书处 … 18:05)."""
        low, high = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
        return kind_of(self.text[low : high if high >= 0 else None]) == "posted"

    def _unknown_marks(self) -> Iterator[_Mark]:
        known_before = False
        for line in self.sheet.lines:
            start, end = line.span
            said = self.text[start:end]
            match = _UNKNOWN.match(said)
            if match and self.words.get(match[1]) is None:
                yield _Mark(None, start, start + match.end())
                if known_before and not line.linked:
                    self._warn("".join(match[1].split()))
            elif (_CHAPTER.match(said) or _BOXED.match(said)) and self.words.get(said) is None:
                yield _Mark(None, start, end)
            known_before = bool(MARKED.search(said) and self.words.inline.match(said)) or (known_before and bool(match))

    def _warn(self, name: str) -> None:
        if name not in self.unknown:
            self.unknown.append(name)

    def _said(self, element: Element) -> str:
        return self.sheet.view.said(element)

    def _lines(self, start: int, end: int) -> list[Span]:
        spans = [values.trim(self.text, *span) for span in self.sheet.view.lines_of([(start, end)])]
        return [span for span in spans if span[1] > span[0]]
