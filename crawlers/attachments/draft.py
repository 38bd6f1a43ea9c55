"""The linear text of a file while it is being read: paragraphs, rows of tables, and where each cell stands."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from crawlers.attachments.limits import AttachmentError, Limits
from crawlers.grids import CAPTION
from crawlers.lineartext import Writer, clean
from schema.evidence import Span

# What no text holds: controls, lone surrogates, non-characters. White space among them parts words.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


class Box:
    """A cell as it was parsed; a merged one is the same object at every position that it covers."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


Table = list[list[Box | None]]


@dataclass(slots=True)
class Draft:
    """What has been read of a file so far. Any writing may raise AttachmentError `too_large`."""

    limits: Limits
    writer: Writer = field(default_factory=Writer)
    grids: list[dict[str, Any]] = field(default_factory=list)
    pages: list[bool] = field(default_factory=list)  # of every page or file whether it has text
    warnings: list[tuple[str, str]] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    charset: str = "utf-8"
    prefix: str = ""  # the archive member that is being read
    positions: int = 0
    above: str = ""  # the last paragraph, while nothing came after it

    def paragraph(self, text: str) -> None:
        """Write a paragraph; a line break in it begins a new line."""
        for line in _BREAKS.sub("\n", text).split("\n"):
            if said := self._plain(line):
                self.writer.line(said, raw=True)
                self.above = said
        self._bound()

    def table(self, rows: Table, name: str = "") -> None:
        """Write a table, a line per row; one of a single row or column is text and gives no grid."""
        wide = max((len(row) for row in rows), default=0)
        self.positions += len(rows) * wide
        self._bound()
        numbers: dict[Box, int] = {}
        cells: list[Span] = []
        grid = []
        for row in rows:
            self.writer.separator = "\n"
            grid.append([self._cell(box, numbers, cells) for box in row])
        grid = [row + [-1] * (wide - len(row)) for row in grid if any(at >= 0 for at in row)]
        if len(grid) >= 2 and wide >= 2 and cells:
            name = name or (self.above if len(self.above) <= CAPTION else "")
            self.grids.append({"name": f"{self.prefix}{name}", "rows": grid, "cells": cells})
        self.above = ""
        self._bound()

    def warn(self, code: str, detail: str) -> None:
        """Note what the reader of the file should know, once."""
        if (code, self.prefix + detail) not in self.warnings and len(self.warnings) < 1000:
            self.warnings.append((code, self.prefix + detail))

    def layer(self) -> Literal["full", "partial", "none"]:
        """Return whether all pages have text, some, or none."""
        if not any(self.pages):
            return "none"
        return "full" if all(self.pages) else "partial"

    def result(self) -> dict[str, Any]:
        """Return all that was read as what JSON can hold."""
        layer = self.layer() if self.pages else "full" if self.writer.length else "none"
        return {
            "text": self.writer.text(),
            "grids": self.grids,
            "text_layer": layer,
            "warnings": self.warnings,
            "members": self.members,
            "charset": self.charset,
        }

    def _cell(self, box: Box | None, numbers: dict[Box, int], cells: list[Span]) -> int:
        if box is None:
            return -1
        if box not in numbers:
            said = self._plain(box.text)
            numbers[box] = len(cells) if said else -1
            if said:
                start = self.writer.put(said)
                self.writer.separator = "\t"
                cells.append((start, self.writer.length))
        return numbers[box]

    def _plain(self, text: str) -> str:
        return clean(_CONTROLS.sub("", _BREAKS.sub(" ", text)))

    def _bound(self) -> None:
        if self.writer.length > self.limits.text or self.positions > self.limits.cells:
            raise AttachmentError("too_large", "the file holds more text or table cells than are read")
