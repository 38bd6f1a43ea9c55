"""Chronicles: lines under the year that heads them (2018年 | 6月18日，联盟成立), or that begin with their own."""

import re
from collections.abc import Iterator

from crawlers.fields.sheet import Sheet
from schema.evidence import Span
from schema.types.partial_date import PartialDate

FEWEST = 2  # years on lines of their own that make a chronicle
_HEAD = re.compile(r"[\W_]*(?P<year>(?:19|20)\d\d)\s?年?度?[\W_]*")
_MONTH = re.compile(r"[\W_]*(?P<month>1[0-2]|0?[1-9])\s?月(?:份|(?P<day>[12]\d|3[01]|0?[1-9])\s?日)?")
_OWN = re.compile(r"[\W_]*(?P<year>(?:19|20)\d\d)\s?[年./-]")

Event = tuple[str, Span, Span]  # the day as a partial ISO date, where it is printed, and what happened
_YEAR_LINE = re.compile(r"[\s\u3000【\[（(■◆●▶]*(?P<year>(?:19|20)\d\d)\s?年?[\s\u3000】\]）)：:]*")
_EVENT = re.compile(
    r"[\s\u3000●■◆▶·—-]*(?P<at>(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?[日号])?|[同是当]月)[\s\u3000，,：:—|｜-]*"
)


def year_of(sheet: Sheet, at: int) -> int | None:
    """Return the year of the line at a place: its own first word, else the year that heads it; None outside of both."""
    text = sheet.view.text
    start = text.rfind("\n", 0, at) + 1
    if own := _OWN.match(text, start):
        return int(own["year"])
    return year_above(sheet, at)


def year_above(sheet: Sheet, at: int) -> int | None:
    """Return the year on a line of its own under which a place stands; None where a page has no two such lines."""
    text = sheet.view.text
    matches = ((line.span[0], _HEAD.fullmatch(text[slice(*line.span)])) for line in sheet.lines)
    heads = [(start, int(match["year"])) for start, match in matches if match]
    if len(heads) < FEWEST:
        return None
    return next((year for start, year in reversed(heads) if start < at), None)


def day_of(sheet: Sheet, at: int) -> tuple[str, int, int] | None:
    """Return the month or day with which a line under a year begins (2013 | 7月，…成立), as ISO, with its place."""
    text = sheet.view.text
    start = text.rfind("\n", 0, at) + 1
    match = _MONTH.match(text, start)
    year = year_above(sheet, start) if match else None
    if match is None or year is None:
        return None
    parts = [f"{int(part):02d}" for part in (match["month"], match["day"]) if part]
    return "-".join([str(year), *parts]), match.start("month"), match.end()


def events(sheet: Sheet) -> Iterator[Event]:
    """Yield the events under the years of a page; 同月 is the month above it."""
    text = sheet.view.text
    year, month = 0, 0
    for line in sheet.lines:
        said = text[slice(*line.span)]
        if head := _YEAR_LINE.fullmatch(said):
            year, month = int(head["year"]), 0
            continue
        match = _EVENT.match(said) if year else None
        if match is None:
            continue
        month = int(match["month"] or month)
        try:
            date = PartialDate(year, month, int(match["day"] or 0) if month else 0)
        except ValueError:
            continue
        start = line.span[0]
        yield str(date), (start + match.start("at"), start + match.end("at")), (start + match.end(), line.span[1])
