"""The text of a page: which lines of it are what the author wrote.

A page's lines are scored (text counts for, link text and shortness against) and the run of lines with the
highest sum is the text: the maximum-subsequence view of Pasternack and Roth, "Extracting Article Text from
the Web with Maximum Subsequence Segmentation" (WWW 2009), with hand-set weights instead of learned ones.
The run is then fitted to the element that holds it. Where a known container exists it is used instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.fields.containers import container
from crawlers.fields.noise import kind_of
from crawlers.view import Element, View
from schema.evidence import Span

MOST_CELLS = 40  # of a row that are looked at one by one
MOST_LINES = 100_000  # of a page; what comes after is not looked at
SHORT = 6  # characters that a line costs: a run of short lines is a menu
LINKED = 2.0  # what a character of link text costs
AFTER_COMMENTS = 0.15  # weight of text that stands behind the head of the comments
AFTER_END = 0.25  # weight of text behind a line that ends the page's text
HEAD, SUBTITLE = 6, 40  # lines in which a text's head is looked for, and characters that may stand above it
ENOUGH = 100  # characters of sentences that must stand before either
END = 80  # what a line costs at which the page begins to speak of something else

_SENTENCE = re.compile("[，。！？；、：“”‘’…,!?;]")
_NOT_SPACE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the view: its place, its length without white space, how much of it is link or sentence."""

    start: int
    end: int
    size: int
    linked: int
    marks: int
    kind: str  # tools, info, ends, comments, posted, or empty

    @property
    def score(self) -> float:
        """How much the line speaks for being text."""
        if self.kind in ("ends", "comments"):
            return -END
        plain = self.size - self.linked
        return (plain if self.marks and self.size >= 8 else 0) - LINKED * self.linked - SHORT


def lines(view: View) -> list[Line]:
    """Return the lines of the body with what is known of each.

    A row of a layout table, such as a menu beside a text, is parted where cells of links meet cells of text.
    """
    links = sorted(view.span(e) for e in view.elements if e.tag in ("a", "select", "button"))
    found: list[Line] = []
    first = 0
    for start, end in view.lines[:MOST_LINES]:
        while first < len(links) and links[first][1] <= start:
            first += 1
        cells: list[Span] = [(start, end)]
        if first < len(links) and links[first][0] < end and "\t" in view.text[start:end]:
            cells = list(_cells(view.text, start, end))
        row = [_line(view, cell, links, first) for cell in cells]
        for line in row:
            if not line.size:
                continue
            before = found[-1] if found else None
            if len(row) > 1 and before and before.start >= start and _is_menu(before) == _is_menu(line):
                found[-1] = _line(view, (before.start, line.end), links, first)
            else:
                found.append(line)
    return found


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    for cell in text[start:end].split("\t")[:MOST_CELLS]:
        yield start, start + len(cell)
        start += len(cell) + 1
    if start < end:
        yield start, end


def _is_menu(line: Line) -> bool:
    return line.linked * 2 > line.size


def _line(view: View, span: Span, links: list[Span], first: int) -> Line:
    """Return what is known of a line; `first` is the first link that can reach into it."""
    start, end = span
    linked, at = 0, start
    for index in range(first, len(links)):
        if links[index][0] >= end:
            break
        begin, stop = max(links[index][0], at), min(links[index][1], end)
        if stop > begin:
            linked, at = linked + stop - begin, stop
    text = view.text[start:end]
    size = sum(map(len, _NOT_SPACE.findall(text)))
    return Line(start, end, size, min(linked, size), len(_SENTENCE.findall(text)), kind_of(text))


def densest(candidates: list[Line]) -> tuple[int, int]:
    """Return the run of lines (first index, index after the last) with the highest sum of scores."""
    best, total, start, run = 0.0, 0.0, 0, (0, 0)
    read, weight = 0, 1.0
    for index, line in enumerate(candidates):
        if read > ENOUGH and line.kind == "comments":
            # What others answer is never one text with what they answer to.
            weight, total = AFTER_COMMENTS, 0.0
        elif read > ENOUGH and line.kind in ("ends", "posted"):
            weight = min(weight, AFTER_END)
        score = -END if line.kind == "posted" and read > ENOUGH else line.score
        if score > 0:
            read += line.size - line.linked
            score *= weight
        if total <= 0:
            total, start = 0.0, index
        total += score
        if total > best:
            best, run = total, (start, index + 1)
    return run


def fitted(view: View, candidates: list[Line], run: tuple[int, int]) -> tuple[int, int]:
    """Return the run widened to the short lines (headings, signature) of the element that holds it."""
    first, last = run
    holder = _holder(view, (candidates[first].start, candidates[last - 1].end))
    low, high = view.span(holder) if holder is not None else view.body
    title = squeezed(view.slice([view.title]))
    while first > 0 and candidates[first - 1].start >= low and _plain(view, candidates[first - 1], title):
        first -= 1
    while last < len(candidates) and candidates[last].end <= high and _plain(view, candidates[last], ""):
        last += 1
    while first < last - 1 and not _plain(view, candidates[first], title, leading=True):
        first += 1
    return _below_head(view, candidates, (first, last)), last


def _below_head(view: View, candidates: list[Line], run: tuple[int, int]) -> int:
    """Return where the text begins below the line that says when and by whom: what stands above is a subtitle."""
    first, last = run
    read = 0
    for index in range(first, min(first + HEAD, last - 1)):
        if candidates[index].kind in ("info", "posted", "tools"):
            first, read = index + 1, 0
            continue
        said = view.text[candidates[index].start : candidates[index].end]
        read += candidates[index].size if re.search("[，。；]", said) else min(candidates[index].size, SUBTITLE // 2)
        if read > SUBTITLE:
            break
    return first


def squeezed(text: str) -> str:
    """Return the text without white space."""
    return "".join(text.split())


def _plain(view: View, line: Line, title: str, *, leading: bool = False) -> bool:
    if line.kind and not (leading and line.size > 60):
        return False
    said = squeezed(view.text[line.start : line.end])
    if title and (said in title or (len(title) >= 8 and title in said and line.size < len(title) + 40)):
        return False
    return line.linked * 2 < line.size or (leading and line.marks > 3)


def _holder(view: View, span: Span) -> Element | None:
    """Return the smallest element whose text covers the span."""
    best: Element | None = None
    width = view.body[1] - view.body[0] + 1
    for element in view.elements:
        start, end = view.span(element)
        if start <= span[0] and span[1] <= end and end - start < width:
            best, width = element, end - start
    return best


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a page: its lines, and among them (`run`: first, after last) those of the text.

    `spans` leave out the noise inside. `known` tells that a container was found, `holder` that element.
    """

    page: list[Line]
    run: tuple[int, int]
    spans: tuple[Span, ...]
    holder: Element | None
    known: bool

    @property
    def span(self) -> Span:
        """From the first to the last character of the text."""
        return (self.spans[0][0], self.spans[-1][1]) if self.spans else (0, 0)


def read(view: View, *, containers: bool) -> Body:
    """Return the text of a page; `containers` says whether those of government systems are tried first."""
    page = lines(view)
    if containers and (holder := container(view)) is not None:
        low, high = view.span(holder)
        inside = [index for index, line in enumerate(page) if line.end > low and line.start < high]
        if inside:
            first, last = inside[0], inside[-1] + 1
            # The container's element may begin inside a line.
            run = _without_tail(page, (first, last))
            return Body(page, run, merged(view, page, run, within=(low, high)), holder, known=True)
    run = densest(page)
    if run[0] == run[1]:
        return Body(page, (0, 0), (), None, known=False)
    run = fitted(view, page, run)
    return Body(page, run, merged(view, page, run), None, known=False)


def merged(view: View, page: list[Line], run: tuple[int, int], within: Span | None = None) -> tuple[Span, ...]:
    """Return the spans of the run without its tool lines; neighbouring lines make one span."""
    low, high = within or view.body
    spans: list[Span] = []
    cut = True
    for line in page[run[0] : run[1]]:
        start, end = max(line.start, low), min(line.end, high)
        if line.kind == "tools" or start >= end:
            cut = True
        elif cut:
            spans.append((start, end))
            cut = False
        else:
            spans[-1] = spans[-1][0], end
    return tuple(spans)


def _without_tail(page: list[Line], run: tuple[int, int]) -> tuple[int, int]:
    """Return the run up to a line at which the page turns to something else, if little text follows."""
    first, last = run
    total = sum(line.size - line.linked for line in page[first:last])
    read = 0
    for index in range(first, last):
        if page[index].kind in ("ends", "comments") and read > ENOUGH and total - read < 0.2 * total:
            return first, index
        read += page[index].size - page[index].linked
    return run
