"""OFD files (GB/T 33190-2016), the national format for fixed layouts: text objects and ruled lines of each page."""

import posixpath
import re

from crawlers.attachments import flow
from crawlers.attachments.draft import Draft
from crawlers.attachments.layout import Glyph, Page
from crawlers.attachments.limits import AttachmentError
from crawlers.attachments.packages import Budget, Package, attribute, local, named
from crawlers.attachments.ruling import MOST, Rule
from crawlers.lineartext import Element

POINTS = 72 / 25.4  # OFD counts in millimetres
_STEP = re.compile(r"g\s+(\d{1,5})\s+(-?[\d.]{1,12})|(-?[\d.]{1,12})")


def read(content: bytes, draft: Draft, budget: Budget) -> None:
    """Write the pages of all documents in order. Raises AttachmentError."""
    package = Package(content, budget)
    if package.has("Encryptions.xml"):
        raise AttachmentError("encrypted", "the file is locked by a password")
    for root in [e.text or "" for e in named(package.xml("OFD.xml"), "DocRoot")]:
        base = posixpath.dirname(root.strip().lstrip("/"))
        document = package.xml(root.strip())
        area = next(named(document, "PhysicalBox"), None)
        whole = _numbers(area.text if area is not None else None) or [0, 0, 210, 297]
        pages: list[Page] = []
        for place in [attribute(page, "BaseLoc") or "" for page in named(document, "Page")]:
            if len(pages) >= draft.limits.pages:
                raise AttachmentError("too_large", "the file has more pages than are read")
            path = place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(base, place))
            pages.append(_page(package.xml(path), whole))
            draft.pages.append(any(not glyph.text.isspace() for glyph in pages[-1].glyphs))
        flow.write(pages, draft)


def _page(root: Element, whole: list[float]) -> Page:
    own = next(named(root, "PhysicalBox"), None)
    box = (_numbers(own.text) if own is not None else None) or whole
    width, height = box[2:4] if len(box) >= 4 else (210.0, 297.0)
    page = Page(width * POINTS, height * POINTS)
    for element in named(root, "TextObject", "PathObject"):
        bounds = _numbers(attribute(element, "Boundary"))
        matrix = _numbers(attribute(element, "CTM"))
        if len(bounds) < 4:
            continue
        matrix = matrix if len(matrix) == 6 else [1, 0, 0, 1, 0, 0]
        if local(element) == "TextObject":
            page.glyphs += _glyphs(element, bounds, matrix)
        elif len(page.rules) <= MOST:
            page.rules += _rules(element, bounds, matrix)
    return page


def _glyphs(element: Element, bounds: list[float], matrix: list[float]) -> list[Glyph]:
    size = (_numbers(attribute(element, "Size")) or [4.0])[0]
    found = []
    x = y = 0.0
    for code in named(element, "TextCode"):
        x = (_numbers(attribute(code, "X")) or [x])[0]
        y = (_numbers(attribute(code, "Y")) or [y])[0]
        text = (code.text or "").strip("\r\n")
        across, down = _steps(attribute(code, "DeltaX"), len(text)), _steps(attribute(code, "DeltaY"), len(text))
        at_x, at_y = x, y
        for number, character in enumerate(text):
            if character >= " ":
                wide = size if character > "\u2e7f" else size / 2
                left, base = _moved(matrix, at_x, at_y, bounds)
                high = size * abs(matrix[3]) * POINTS or size * POINTS
                broad = wide * abs(matrix[0]) * POINTS or wide * POINTS
                # Y is the base line; a Chinese character stands about an eighth below it.
                top = base - 0.88 * high
                found.append(Glyph(character, left, top, left + broad, top + high, high))
            at_x += across[number] if across else size if character > "\u2e7f" else size / 2
            at_y += down[number] if down else 0.0
    return found


def _rules(element: Element, bounds: list[float], matrix: list[float]) -> list[Rule]:
    """Return the horizontal and vertical strokes of a path, or the path itself if it is filled and thin."""
    data = next((e.text or "" for e in named(element, "AbbreviatedData")), "").split()
    found: list[Rule] = []
    start = last = (0.0, 0.0)
    at = 0
    while at < len(data) and len(found) < MOST:
        command, wants = data[at], {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}.get(data[at])
        numbers = _numbers(" ".join(data[at + 1 : at + 1 + (wants or 0)]))
        at += 1 + (wants or 0)
        if wants is None or len(numbers) < wants:
            continue
        point = _moved(matrix, numbers[-2], numbers[-1], bounds) if wants else start
        if command in "LC":
            found.append(
                (min(last[0], point[0]), min(last[1], point[1]), max(last[0], point[0]), max(last[1], point[1]))
            )
        elif command in "MS":
            start = point
        last = point
    if attribute(element, "Fill") == "true" and attribute(element, "Stroke") == "false" and found:
        box = min(r[0] for r in found), min(r[1] for r in found), max(r[2] for r in found), max(r[3] for r in found)
        return [box] if min(box[2] - box[0], box[3] - box[1]) <= 2.5 else []
    return [rule for rule in found if min(rule[2] - rule[0], rule[3] - rule[1]) <= 1.0]


def _moved(matrix: list[float], x: float, y: float, bounds: list[float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e + bounds[0]) * POINTS, (b * x + d * y + f + bounds[1]) * POINTS


def _steps(text: str | None, count: int) -> list[float]:
    """Return the distances between characters; `g 3 4.2` says 4.2 three times. The last one is repeated."""
    found: list[float] = []
    for times, value, single in _STEP.findall(text or ""):
        found += [_number(value or single)] * (min(int(times), count) if times else 1)
        if len(found) >= count:
            break
    return (found + [found[-1]] * (count - len(found)))[:count] if found else []


def _numbers(text: str | None) -> list[float]:
    return [_number(part) for part in (text or "").split()[:16]]


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e6 else 0.0
