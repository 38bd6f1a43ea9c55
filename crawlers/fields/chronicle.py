"""Chronicles that print each year once, on a line of its own, and the months of its events in the lines below."""

import re
from collections.abc import Iterator

from crawlers.fields.sheet import Sheet
from schema.evidence import Span
from schema.types.partial_date import PartialDate

Event = tuple[str, Span, Span]  # the day as a partial ISO date, where it is printed, and what happened
_YEAR = re.compile(r"[\s\u3000【\[（(■◆●▶]*(?P<year>(?:19|20)\d\d)\s?年?[\s\u3000】\]）)：:]*")
_MONTH = re.compile(
    r"[\s\u3000●■◆▶·—-]*(?P<at>(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?[日号])?|[同是当]月)[\s\u3000，,：:—|｜-]*"
)


def events(sheet: Sheet) -> Iterator[Event]:
    """Yield the events under the years of a page; 同月 is the month above it."""
    text = sheet.view.text
    year, month = 0, 0
    for line in sheet.lines:
        said = text[slice(*line.span)]
        if head := _YEAR.fullmatch(said):
            year, month = int(head["year"]), 0
            continue
        match = _MONTH.match(said) if year else None
        if match is None:
            continue
        month = int(match["month"] or month)
        try:
            date = PartialDate(year, month, int(match["day"] or 0) if month else 0)
        except ValueError:
            continue
        start = line.span[0]
        yield str(date), (start + match.start("at"), start + match.end("at")), (start + match.end(), line.span[1])
