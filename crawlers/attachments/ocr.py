"""Scanned pages read by their pictures: only where the extra `ocr` is installed and asked for."""

from functools import lru_cache
from importlib import import_module
from typing import Any

import pypdfium2

from crawlers.attachments.layout import Glyph
from crawlers.attachments.limits import AttachmentError

SCALE = 2.0  # pixels a point: 144 dots an inch; tried on one page with characters of 10.5 points
SURE = 0.5  # confidence below which a line is left out


def glyphs(page: pypdfium2.PdfPage) -> list[Glyph]:
    """Return the lines that are read from a page's picture. Raises AttachmentError `unsupported` without the extra."""
    engine = _engine()
    found, _ = engine(page.render(scale=SCALE).to_numpy())
    lines = []
    for corners, text, sure in found or []:
        xs, ys = [float(x) / SCALE for x, _ in corners], [float(y) / SCALE for _, y in corners]
        if float(sure) >= SURE and text.strip():
            size = max(min(max(ys) - min(ys), max(xs) - min(xs)), 1.0)
            lines.append(Glyph(text.strip(), min(xs), min(ys), max(xs), max(ys), size))
    return lines


@lru_cache(maxsize=1)
def _engine() -> Any:
    try:
        return import_module("rapidocr_onnxruntime").RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
    except ImportError as error:
        raise AttachmentError(
            "unsupported", "reading pictures is not installed", remedy="install samplebase[ocr]"
        ) from error
