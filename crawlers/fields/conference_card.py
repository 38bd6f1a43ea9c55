"""What the lines under a conference's name say without labels: days, venue, who hosts it (a card of a calendar)."""

import re

from crawlers.fields import headings, names, periods, places
from crawlers.fields.entries import Entry
from schema.evidence import Reading

_ROLE = re.compile(r"(?P<who>[^/／|｜；;。]{3,80}?)\s*(?P<role>主办|承办|协办)(?:单位|方)?\s*(?=[/／|｜；;，,。]|$)")
_PIECE = re.compile(r"[^·•/／|｜；;，,\t\u3000]+")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_VENUE = re.compile(
    r"(?:会议中心|博览中心|展览中心|会展中心|国际中心|博览馆|展览馆|酒店|宾馆|大厦|会堂|礼堂|饭店|大学|学院|体育馆)(?:[^\s]{0,8})?$"
)
_PROPERTIES = {"主办": "hosts", "承办": "organisers", "协办": "co_organisers"}


def fill(entry: Entry) -> None:
    """Add the cells that the lines under a name hold and no label states."""
    years = [int(match.group()) for said in [entry.cells["name"], *entry.under] for match in _YEAR.finditer(said.raw)]
    year = years[0] if years else None
    for said in [*entry.details, *entry.under]:
        found = periods.find(said.raw, year, label=True)
        if found and "dates" not in entry.cells and not {"start_date", "when_where"} & set(entry.cells):
            # The day stands with its year in the cell, wherever the line prints that.
            first, last = found[0].first, found[0].last
            value = f"{first.year}年{first.month}月{first.day}日" + (f"至{last.month}月{last.day}日" if last else "")
            entry.cells["dates"] = headings.part(said, (found[0].start, found[0].end), value)
        for match in _ROLE.finditer(said.raw):
            who = names.split(said.raw, match.span("who"))
            if who and all(names.is_organisation(said.raw[slice(*one)]) for one in who):
                entry.cells.setdefault(_PROPERTIES[match["role"]], headings.part(said, match.span("who"), match["who"]))
        _place(entry, said)


def _place(entry: Entry, said: Reading) -> None:
    for piece in _PIECE.finditer(said.raw):
        text = piece.group().strip()
        span = piece.start() + piece.group().find(text), piece.start() + piece.group().find(text) + len(text)
        place = places.at_start(text)
        if place is not None and not place.start:
            whole = place.end == len(text)
            if whole or _VENUE.search(text):
                entry.cells.setdefault("city" if whole else "venue", headings.part(said, span, text))
