"""What of a page speaks of its thing: the lines without menus, side columns, related news and the site's footer."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from crawlers.fields import body, chrome
from crawlers.view import Element, View
from schema.evidence import Span

T = TypeVar("T")
MOST_SHORT = 2  # characters of the shortest name that an element of its own makes a piece


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the content: its place, and whether most of it is link text."""

    span: Span
    linked: bool


class Sheet:
    """A page's content. `lines` are in reading order; `heads` are the places of its heading elements."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._out = chrome.outside(view)
        self.page = body.lines(view)
        self._read: dict[str, Any] = {}

    def part(self, span: Span) -> "Sheet":
        """Return the content inside a place alone: what a page of many records says of one of them."""
        inner = object.__new__(Sheet)
        inner.view, inner.page = self.view, self.page
        inner._out, inner._read = self._out, {}
        inner.__dict__["lines"] = [line for line in self.lines if span[0] <= line.span[0] < span[1]]
        inner.__dict__["elements"] = [one for one in self.elements if span[0] <= self.view.span(one)[0] < span[1]]
        return inner

    def once(self, name: str, read: Callable[[], T]) -> T:
        """Return what is read of the content under a name, read at the first call."""
        if name not in self._read:
            self._read[name] = read()
        return cast("T", self._read[name])

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the content."""
        linked = [(line.start, line.end) for line in self.page if line.linked * 2 > line.size]
        tools = {line.start for line in self.page if line.kind == "tools"}
        return [
            Line(span, self._within(linked, span[0]) is not None)
            for span in self.view.lines
            if not self.is_out(span[0]) and span[0] not in tools
        ]

    @cached_property
    def prose(self) -> list[Span]:
        """The lines of running text: no links, and a mark of a sentence in them."""
        return [
            line.span
            for line in self.lines
            if not line.linked and re.search("[，。！？；,]", self.view.text[slice(*line.span)])
        ]

    @cached_property
    def elements(self) -> list[Element]:
        """The elements of the content that have text."""
        found = []
        for element in self.view.elements:
            start, end = self.view.span(element)
            if end > start >= self.view.body[0] and not self.is_out(start):
                found.append(element)
        return found

    @cached_property
    def _starts(self) -> dict[int, list[tuple[int, str]]]:
        """The elements that begin at a place: where they end, the longest first, and their tags."""
        found: dict[int, list[tuple[int, str]]] = {}
        for element in self.elements:
            start, end = self.view.span(element)
            found.setdefault(start, []).append((end, str(element.tag)))
        return {start: sorted(ends, reverse=True) for start, ends in found.items()}

    def pieces(self, span: Span) -> list[Span]:
        """Return the elements side by side of which a value consists, nothing printed between them; else the value.

        <b>甲资本</b><b>乙资本</b> are two names that look like one.
        """
        found: list[Span] = []
        tags = set()
        at = span[0]
        while at < span[1]:
            inner = next(
                (one for one in self._starts.get(at, ()) if one[0] <= span[1] and (at, one[0]) != span), (0, "")
            )
            if inner[0] - at < MOST_SHORT:
                return [span]
            found.append((at, inner[0]))
            tags.add(inner[1])
            at = inner[0]
        return found if len(found) > 1 and len(tags) == 1 else [span]

    @cached_property
    def edges(self) -> list[int]:
        """The places at which elements of the content begin and end."""
        return sorted({at for element in self.elements for at in self.view.span(element)})

    def looks(self, span: Span) -> list[str]:
        """Return the tags and classes of the elements whose text is exactly a line, the outermost first."""
        return self._looks.get(span, [])

    @cached_property
    def _looks(self) -> dict[Span, list[str]]:
        found: dict[Span, list[str]] = {}
        for element in self.elements:
            found.setdefault(self.view.span(element), []).append(f"{element.tag!s}.{element.get('class') or ''}")
        return found

    @cached_property
    def heads(self) -> list[Span]:
        """The places of h1 to h6."""
        return [self.view.span(e) for e in self.elements if e.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]

    def is_site(self, span: Span) -> bool:
        """Tell whether a line above the heading is the site's name, as the page's title says it behind the heading."""
        pieces = re.split(r"[-_|–—·>]+", self.view.text[slice(*self.view.title)])[1:]
        return span[1] < self._heading_at and self.view.text[slice(*span)].strip() in {
            piece.strip() for piece in pieces
        }

    @cached_property
    def _heading_at(self) -> int:
        """Where the heading stands that the page's title begins with; the page's begin where none does."""
        title = self.view.text[slice(*self.view.title)]
        return next((at for at, end in self.heads if title.startswith(self.view.text[at:end].strip())), 0)

    def is_out(self, at: int) -> bool:
        """Tell whether a place lies in a menu, a side column or a footer."""
        return self._within(self._out, at) is not None

    @staticmethod
    def _within(spans: list[Span], at: int) -> Span | None:
        index = bisect_right(spans, (at, 1 << 60)) - 1
        return spans[index] if index >= 0 and spans[index][0] <= at < spans[index][1] else None
