"""How many members an alliance has: under a label, in sentences and short lines, as a figure above its name."""

import re
from collections.abc import Iterator
from itertools import pairwise

from crawlers.fields import chronicles, organisations
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Origin, Reading, Span

_LABEL = "成员单位"  # what a number under the label of the members counts
MOST_SHORT = 40  # characters of a line that says it without a mark of a sentence
MOST_FIGURE = 30


def read(sheet: Sheet, stated: Statements) -> Reading | None:
    """Return the number of members, or None; of those that a chronicle gives for several years the latest one."""
    found = list(_said(sheet, stated))
    told = [one for one in found if one.origin is Origin.BODY]
    if not found or found[0].origin is not Origin.BODY:
        return next(iter(found), None)
    dated = [(year, one) for one in told if (year := chronicles.year_of(sheet, one.spans[0][0])) is not None]
    latest = max(dated, key=lambda one: one[0]) if dated and dated[0][1] is told[0] else None
    return latest[1] if latest else told[0]


def _said(sheet: Sheet, stated: Statements) -> Iterator[Reading]:
    text = sheet.view.text
    for one in stated.of("member_count"):
        if match := re.search(r"\d[\d,]*", text[slice(*one.first)]):
            place = one.first[0] + match.start(), one.first[0] + match.end()
            yield Reading(int(match[0].replace(",", "")), match[0], Origin.TABLE, (place,))
    for one in stated.of("members"):
        if len(one.lines) == 1:
            yield from _counted(text, one.first, _LABEL)
    lines = [line.span for line in sheet.lines]
    short = [line.span for line in sheet.lines if not line.linked and line.span[1] - line.span[0] <= MOST_SHORT]
    for span in [*sheet.prose[:60], *short]:
        yield from _counted(text, span, "")
    for start, end in [*lines, *((one[0], two[1]) for one, two in pairwise(lines))]:
        if end - start <= MOST_FIGURE and (figure := organisations.tile(text[start:end])):
            place = start + figure[1], start + figure[2]
            yield Reading(figure[0], text[slice(*place)], Origin.TABLE, (place,))


def _counted(text: str, span: Span, lead: str) -> Iterator[Reading]:
    if found := organisations.count(lead + text[slice(*span)]):
        place = span[0] + found[1] - len(lead), span[0] + found[2] - len(lead)
        yield Reading(found[0], text[slice(*place)], Origin.BODY, (place,))
