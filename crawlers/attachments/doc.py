"""DOC files (Word 97-2003, and what WPS writes): the text of the piece table, tables by their paragraph marks.

Microsoft, [MS-DOC]: 2.4.1 retrieving text, 2.5 the FIB, 2.9.178 the piece table, 2.4.3 table rows. Merged cells are
not known to this reader: a covered position is empty.
"""

import re
import struct
from collections.abc import Iterator

import olefile

from crawlers.attachments.draft import Box, Draft
from crawlers.attachments.limits import AttachmentError
from crawlers.attachments.packages import Budget

_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x15]*))?\x15")
_OBJECTS = re.compile("[\x01-\x06\x08\x1f]")
_IN_TABLE = struct.pack("<HB", 0x2416, 1)  # sprmPFInTable: the paragraph stands in a table
_ROW_END = struct.pack("<HB", 0x2417, 1)  # sprmPFTtp: the paragraph mark ends a table row
Piece = tuple[int, int, int, bool]  # first character, last (exclusive), byte offset, one byte a character


def read(content: bytes, draft: Draft, budget: Budget) -> None:
    """Write paragraphs and tables in document order. Raises AttachmentError `encrypted` or `damaged`."""
    del budget
    try:
        with olefile.OleFileIO(content) as ole:
            main = ole.openstream("WordDocument").read()
            flags = struct.unpack_from("<H", main, 0x0A)[0]
            if flags & 0x0100:
                raise AttachmentError("encrypted", "the file is locked by a password")
            plan = ole.openstream("1Table" if flags & 0x0200 else "0Table").read()
        pieces = list(_pieces(main, plan))
        text = "".join(_decoded(main, piece) for piece in pieces)
        ends, inside = _marks(main, plan, pieces)
    except (struct.error, OSError, ValueError, IndexError) as error:
        raise AttachmentError("damaged", "the Word file's piece table cannot be read") from error
    _write(text[: struct.unpack_from("<I", main, 0x4C)[0]], ends, inside, draft)


def _pieces(main: bytes, plan: bytes) -> Iterator[Piece]:
    start, size = struct.unpack_from("<II", main, 0x01A2)
    clx = plan[start : start + size]
    at = 0
    while clx[at] == 1:  # property modifiers before the piece table
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise ValueError("no piece table")
    count = (struct.unpack_from("<I", clx, at + 1)[0] - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    for number in range(count):
        where = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
        first, last = places[number], places[number + 1]
        if last < first or last - first > len(main):
            raise ValueError("pieces out of order")
        narrow = bool(where & 0x40000000)
        yield first, last, (where & 0x3FFFFFFF) // 2 if narrow else where & 0x3FFFFFFF, narrow


def _decoded(main: bytes, piece: Piece) -> str:
    first, last, at, narrow = piece
    if narrow:
        return main[at : at + last - first].decode("cp1252", errors="replace").ljust(last - first)
    raw = main[at : at + 2 * (last - first)]
    # Character by character: positions count UTF-16 units, and a pair of them is one of Python's.
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])))


def _marks(main: bytes, plan: bytes, pieces: list[Piece]) -> tuple[set[int], set[int]]:
    """Return the positions of the characters that end a table row, and of those that end a paragraph in a table."""
    start, size = struct.unpack_from("<II", main, 0x0102)
    bins = plan[start : start + size]
    count = max(0, (len(bins) - 4) // 8)
    ends: set[int] = set()
    inside: set[int] = set()
    for number in struct.unpack_from(f"<{count}I", bins, 4 * (count + 1)) if count else ():
        page = main[(number & 0x3FFFFF) * 512 :][:512]
        if len(page) < 512:
            continue
        runs = min(page[511], 29)
        limits = struct.unpack_from(f"<{runs + 1}I", page)
        for run in range(runs):
            offset = page[4 * (runs + 1) + 13 * run] * 2
            properties = _properties(page, offset) if offset else b""
            # Searched for, not walked to: simpler, and wrong only if another operand holds these three bytes.
            if _ROW_END in properties:
                ends.update(_positions(limits[run + 1], pieces))
            if _IN_TABLE in properties:
                inside.update(_positions(limits[run + 1], pieces))
    return ends, inside


def _properties(page: bytes, offset: int) -> bytes:
    """Return a paragraph's property modifiers, behind the two bytes of its style."""
    at, size = (offset + 1, page[offset] * 2 - 1) if page[offset] else (offset + 2, page[offset + 1] * 2)
    return page[at : at + size][2:]


def _positions(end: int, pieces: list[Piece]) -> Iterator[int]:
    """Yield the character before the byte offset `end`."""
    for first, last, at, narrow in pieces:
        step = 1 if narrow else 2
        position = first + (end - at) // step - 1
        if at < end <= at + (last - first) * step:
            yield position


def _write(text: str, ends: set[int], inside: set[int], draft: Draft) -> None:
    rows: list[list[Box | None]] = []
    cells: list[Box | None] = []
    begin = 0
    for mark in re.finditer("[\r\x07\x0c]", text):
        at = mark.start()
        if mark[0] == "\x07":
            if at in ends:
                rows.append(cells)
                cells = []
            else:
                said = _said(text[begin:at])
                cells.append(Box(said) if said.strip() else None)
        elif cells or at in inside:
            continue  # one of several paragraphs of a cell
        else:
            _flush(rows, draft)
            draft.paragraph(_said(text[begin:at]))
        begin = mark.end()
    if cells:
        rows.append(cells)
    _flush(rows, draft)
    draft.paragraph(_said(text[begin:]))


def _flush(rows: list[list[Box | None]], draft: Draft) -> None:
    if rows:
        draft.table(list(rows))
        rows.clear()


def _said(text: str) -> str:
    for _ in range(5):  # fields inside fields
        text, count = _FIELD.subn(lambda found: found[1] or "", text)
        if not count:
            break
    text = _OBJECTS.sub("", text).replace("\x1e", "-").replace("\x0b", "\n").replace("\x07", "\n")
    return text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")
