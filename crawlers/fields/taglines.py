"""Lines of facts without labels near the head of a page: 省级 | 泸州市-江阳区 | 已建成, or tags side by side."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from crawlers.fields import places
from crawlers.fields.sheet import Sheet
from schema.evidence import Origin, Reading, Span

LINES = 16  # of the content in which tags stand
MOST = 80  # characters of such a line
_PART = re.compile(r"[^|｜丨·•・/／、,，\t\u3000\s\-—–_>›»【】\[\]]+")


def parts(sheet: Sheet) -> Iterator[list[Span]]:
    """Yield the parts of each line that is parted by marks or by elements, if all of them are short."""
    text = sheet.view.text
    for line in sheet.lines[:LINES]:
        start, end = line.span
        if end - start > MOST or re.search("[。；：:？！]", text[start:end]):
            continue
        edges = sheet.edges[bisect_right(sheet.edges, start) : bisect_left(sheet.edges, end)]
        found: list[Span] = []
        at = start
        for stop in [*edges, end]:
            found += [match.span() for match in _PART.finditer(text, at, stop)]
            at = stop
        if all(high - low <= 14 for low, high in found):
            yield found


def first(sheet: Sheet, value: Callable[[str], object | None], *, alone: bool = False) -> Reading | None:
    """Return the first part to which `value` gives a value; a line of one part counts only with `alone`."""
    text = sheet.view.text
    for line in parts(sheet):
        if len(line) < 2 and not alone:
            continue
        for part in line:
            if (found := value(text[slice(*part)])) is not None:
                return Reading(found, text[slice(*part)], Origin.BODY, (part,))
    return None


def place(sheet: Sheet) -> tuple[places.Place, Span] | None:
    """Return the deepest region that parts of one line name, each inside the one before it: 泸州市-江阳区."""
    text = sheet.view.text
    for line in parts(sheet):
        found: tuple[places.Place, Span] | None = None
        for part in line:
            said = text[slice(*part)]
            context = found[0].code.name if found else ""
            inner = places.at_start(context + said)
            if inner is not None and inner.end == len(context + said) and inner.end > len(context):
                if found is None or found[0].code.contains(inner.code):
                    found = inner, (found[1][0] if found else part[0], part[1])
            elif found is not None:
                break
        if found is not None and len(line) > 1:
            return found
    return None
