"""The English name of a company where no label and no sentence gives it: a line of its own, the copyright's holder."""

import re
from collections.abc import Collection

from crawlers.fields.sheet import Sheet
from schema.evidence import Span

LINES_AWAY = 2  # between the name and its English form, in either order
_FORM = r"(?:Ltd|Limited|Inc|Incorporated|Corp|Corporation|LLC|LLP|PLC|GmbH|Group|Holdings|Company|Co)"
_WHOLE = re.compile(rf"[A-Z][A-Za-z0-9 .,&()’'/\-]{{3,100}}?\b(?i:{_FORM})\b\.?(?:\s?\(Group\))?")
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))[\s©\d,.\-–—]*(?:by\s)?"
    r"(?P<name>[A-Z][A-Za-z0-9 .,&()’'\-]{3,100}?\b(?:Ltd|Inc|Limited|Corp|LLC)\b\.?)",
    re.IGNORECASE,
)
_FRAME = "（()）[]【】|｜丨/·—–- \t\u3000"


def find(sheet: Sheet, own: Collection[str]) -> Span | None:
    """Return the place of the English name: beside or near the company's name in the head, else at the page's foot."""
    view = sheet.view
    lines = view.lines_of([view.body])
    named = {n for n, line in enumerate(lines) if any(name in view.text[slice(*line)] for name in own)}
    for number, line in enumerate(lines):
        if not any(abs(number - n) <= LINES_AWAY for n in named):
            continue
        said = view.text[slice(*line)]
        start = next((len(name) for name in sorted(own, key=len, reverse=True) if said.startswith(name)), 0)
        start += len(said[start:]) - len(said[start:].lstrip(_FRAME))
        if match := _WHOLE.fullmatch(said[start:].rstrip(_FRAME)):
            return line[0] + start, line[0] + start + match.end()
    for line in reversed(view.lines):
        if match := _COPYRIGHT.search(view.text, *line):
            return match.span("name")
    return None
