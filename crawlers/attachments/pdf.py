"""PDF files: characters and ruled lines as PDFium finds them, laid out by crawlers.attachments.flow."""

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2
from pypdfium2 import raw

from crawlers.attachments import flow, ocr
from crawlers.attachments.draft import Draft
from crawlers.attachments.layout import Glyph, Page
from crawlers.attachments.limits import AttachmentError
from crawlers.attachments.packages import Budget
from crawlers.attachments.ruling import MOST, Rule

Matrix = tuple[float, float, float, float, float, float]
Turn = Callable[[float, float], tuple[float, float]]  # from the page's own coordinates to those of the reader

FORMS = 8  # how deep drawings nest in drawings
THIN = 2.5  # points; a filled rectangle this thin is a line
_ONE: Matrix = (1, 0, 0, 1, 0, 0)


def read(content: bytes, draft: Draft, budget: Budget) -> None:
    """Write all pages in order. Raises AttachmentError: `encrypted`, `damaged`, `too_large`."""
    del budget
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise AttachmentError("encrypted", "the file is locked by a password") from error
        raise AttachmentError("damaged", "the PDF file cannot be opened") from error
    if count > draft.limits.pages:
        raise AttachmentError("too_large", "the PDF file has more pages than are read")
    pages = []
    glyphs = 0
    for number in range(count):
        page = _page(document, number, draft)
        glyphs += len(page.glyphs)
        if glyphs > draft.limits.text:
            raise AttachmentError("too_large", "the file holds more text or table cells than are read")
        draft.pages.append(any(not glyph.text.isspace() for glyph in page.glyphs))
        pages.append(page)
    document.close()
    if not count:
        raise AttachmentError("damaged", "the PDF file has no pages")
    flow.write(pages, draft)


def _page(document: pypdfium2.PdfDocument, number: int, draft: Draft) -> Page:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        draft.warn("damaged_page", f"page {number + 1}")
        return Page(0, 0)
    width, height = page.get_size()
    turn = _turn(page)
    found = Page(width, height)
    text = page.get_textpage()
    found.glyphs = list(_glyphs(text, turn))
    for rule in _rules(page, turn):
        found.rules.append(rule)
        if len(found.rules) > MOST:
            break
    if all(glyph.text.isspace() for glyph in found.glyphs) and draft.limits.ocr:
        found.glyphs = ocr.glyphs(page)
        draft.warn("ocr", f"page {number + 1}")
    text.close()
    page.close()
    return found


def _turn(page: pypdfium2.PdfPage) -> Turn:
    left, bottom, right, top = page.get_cropbox()
    turned = page.get_rotation()
    if turned == 90:
        return lambda x, y: (y - bottom, x - left)
    if turned == 180:
        return lambda x, y: (right - x, y - bottom)
    if turned == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def _glyphs(text: pypdfium2.PdfTextPage, turn: Turn) -> Iterator[Glyph]:
    box = raw.FS_RECTF()
    for at in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, at))
        # What PDFium adds itself (spaces, line breaks) is left to the layout.
        if character < " " or character in "\ufffe\uffff" or raw.FPDFText_IsGenerated(text, at):
            continue
        raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
        (x0, y0), (x1, y1) = turn(box.left, box.top), turn(box.right, box.bottom)
        left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        yield Glyph(character, left, top, right, bottom, max(min(bottom - top, 2 * (right - left)), 1.0))


def _rules(page: pypdfium2.PdfPage, turn: Turn) -> Iterator[Rule]:
    count = raw.FPDFPage_CountObjects(page)
    for at in range(count):
        yield from _drawn(raw.FPDFPage_GetObject(page, at), _ONE, turn, 0)


def _drawn(thing: raw.FPDF_PAGEOBJECT, outer: Matrix, turn: Turn, depth: int) -> Iterator[Rule]:
    kind = raw.FPDFPageObj_GetType(thing)
    if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
        return
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(own))
    matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), outer)
    if kind == raw.FPDF_PAGEOBJ_FORM:
        if depth < FORMS:
            for at in range(raw.FPDFFormObj_CountObjects(thing)):
                yield from _drawn(raw.FPDFFormObj_GetObject(thing, at), matrix, turn, depth + 1)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke))
    lines = [_flat(line, turn) for line in _segments(thing, matrix)]
    if stroke.value:
        yield from (line for line in lines if min(line[2] - line[0], line[3] - line[1]) <= 1.0)
    elif fill.value and lines:
        box = min(r[0] for r in lines), min(r[1] for r in lines), max(r[2] for r in lines), max(r[3] for r in lines)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            yield box


def _segments(path: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[Rule]:
    """Yield the straight parts of a path, from point to point."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for at in range(min(raw.FPDFPath_CountSegments(path), MOST)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        a, b, c, d, e, f = matrix
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield (*last, *point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield (*last, *start)
            last = start


def _flat(line: Rule, turn: Turn) -> Rule:
    (x0, y0), (x1, y1) = turn(line[0], line[1]), turn(line[2], line[3])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
