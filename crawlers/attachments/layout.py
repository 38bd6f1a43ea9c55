"""Glyphs on a page as lines, and ruled lines as tables; what PDF and OFD share. Points, y counted downwards."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from crawlers.attachments.draft import Box, Table
from crawlers.attachments.ruling import Lattice, Rule, lattices

_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, or a run of them, and its box; `size` is the font's."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text outside of tables."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table with ruled lines: the places of its columns and its rows of cells."""

    top: float
    columns: list[float]
    rows: Table


@dataclass(slots=True)
class Page:
    """What was drawn on a page."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def items(page: Page) -> list[Line | Ruled]:
    """Return the page's lines and tables from top to bottom."""
    frames = lattices(page.rules)
    held: list[dict[int, list[Glyph]]] = [{} for _ in frames]
    free: list[Glyph] = []
    for glyph in page.glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        at = next((at for at, f in enumerate(frames) if f.holds(x, y)), None)
        if at is None:
            free.append(glyph)
        else:
            frame = frames[at]
            slot = frame.slots[_index(frame.ys, y)][_index(frame.xs, x)]
            held[at].setdefault(slot, []).append(glyph)
    found: list[Line | Ruled] = [*lines(free)]
    found += [_table(frame, texts) for frame, texts in zip(frames, held, strict=True) if texts]
    return sorted(found, key=lambda item: item.top)


def lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the glyphs as lines from top to bottom, each from left to right."""
    groups: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: ((g.top + g.bottom) / 2, g.left)):
        height = (glyph.top + glyph.bottom) / 2
        if groups and height - middle <= 0.5 * max(glyph.size, 1.0):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
            middle = height
    return [_line(group) for group in groups if not all(glyph.text.isspace() for glyph in group)]


def joined(texts: Sequence[str]) -> str:
    """Return lines that were broken for lack of room as one: a space only between two words of letters."""
    text = ""
    for line in texts:
        both = text[-1:].isascii() and line[:1].isascii() and text[-1:].isalpha() and line[:1].isalpha()
        text += f" {line}" if both else line
    return text


def _line(glyphs: list[Glyph]) -> Line:
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: (g.left, g.right)):
        # Bold is often printed as the same character twice, a hair apart.
        if not (row and row[-1].text == glyph.text and glyph.left - row[-1].left < 0.2 * glyph.size):
            row.append(glyph)
    row = _between_spaces(row)
    text = row[0].text
    for before, glyph in pairwise(row):
        gap = (glyph.left - before.right) / max(glyph.size, 1.0)
        wide = 0.9 if _CJK.match(before.text[-1]) or _CJK.match(glyph.text[0]) else 0.15
        text += f" {glyph.text}" if gap > wide else glyph.text
    size = sorted(glyph.size for glyph in row)[len(row) // 2]
    tops, bottoms = [g.top for g in row], [g.bottom for g in row]
    return Line(text, row[0].left, min(tops), max(g.right for g in row), max(bottoms), size)


def _between_spaces(row: list[Glyph]) -> list[Glyph]:
    """Return the glyphs without the spaces, which count only as the gap that they leave; of words as much as a gap."""
    found: list[Glyph] = []
    spaced = False
    for glyph in row:
        if glyph.text.isspace():
            spaced = True
            continue
        if spaced and found and not _CJK.match(found[-1].text[-1]) and not _CJK.match(glyph.text[0]):
            found[-1] = replace(found[-1], right=min(found[-1].right, glyph.left - 0.2 * glyph.size))
        found.append(glyph)
        spaced = False
    return found


def _table(frame: Lattice, texts: dict[int, list[Glyph]]) -> Ruled:
    boxes = {slot: Box(joined([line.text for line in lines(glyphs)])) for slot, glyphs in texts.items()}
    rows: Table = [[boxes.setdefault(slot, Box("")) for slot in row] for row in frame.slots]
    return Ruled(frame.ys[0], frame.xs, rows)


def _index(edges: list[float], value: float) -> int:
    return min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)
