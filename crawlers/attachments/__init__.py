"""Files that hang on pages, read as text with places and tables: PDF, DOCX, XLSX, XLS, DOC, OFD, CSV, ZIP, RAR."""

import hashlib
from typing import Literal, cast

from crawlers.attachments.limits import CODES, AttachmentError, Limits
from crawlers.attachments.process import run
from crawlers.grids import Cell, Grid
from crawlers.view import View

__all__ = ["CODES", "AttachmentError", "FileView", "Limits", "read_file"]

TextLayer = Literal["full", "partial", "none"]


class FileView(View):
    """A file's linear text and its tables; every cell's span slices `text` to what the cell says.

    `text` has one line per paragraph and one per table row, cells separated by a tab; sheets, pages and archive
    members follow each other. `document` is the sha256 of the bytes, `text_layer` says whether all pages have
    text, `warnings` holds (code, detail) pairs, `members` an archive's files.
    """

    def __init__(self, text: str, url: str, charset: str, media: str, document: str, name: str = "") -> None:
        super().__init__(text, url, charset, media)
        self.document = document
        self.name = name
        self.grids: list[Grid] = []
        self.text_layer: TextLayer = "none"
        self.warnings: list[tuple[str, str]] = []
        self.members: list[str] = []


def read_file(
    content: bytes, url: str, content_type: str | None = None, name: str = "", limits: Limits | None = None
) -> FileView:
    """Return what a file says; the same bytes always give the same text, spans and tables.

    The format is told by the bytes; the name, address and content type only decide between kinds of plain text.
    All parsing is done by a child process with bounds on memory and time. Raises AttachmentError, nothing else.
    """
    limits = limits or Limits()
    if len(content) > limits.size:
        raise AttachmentError("too_large", "the file is larger than is read", where=url)
    read = run(content, url=url, name=name, content_type=content_type or "", limits=limits)
    view = FileView(read["text"], url, read["charset"], read["media"], hashlib.sha256(content).hexdigest(), name)
    view.text_layer = cast("TextLayer", read["text_layer"])
    view.warnings = [(code, detail) for code, detail in read["warnings"]]
    view.members = read["members"]
    for grid in read["grids"]:
        cells = [Cell(view.text[start:end], (start, end)) for start, end in grid["cells"]]
        rows = [[cells[at] if at >= 0 else None for at in row] for row in grid["rows"]]
        view.grids.append(Grid(grid["name"], rows))
    return view
