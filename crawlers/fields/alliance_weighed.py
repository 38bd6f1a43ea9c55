"""What sentences that no pattern knows say of an alliance: its day, its size and who bears a role, each weighed."""

import re
from collections.abc import Callable, Iterable, Iterator

from crawlers.fields import alliance_name, chronicles, headline, mentions, names, periods, roles, weighed
from crawlers.fields.sheet import Sheet
from schema.evidence import Origin, Reading, Span
from schema.types.chinese_number import parse_number

ENOUGH = 3
LINES = 120
LABELLED = 30  # characters of a line in which a day needs no words of a day
_NUMBER = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6}|[一二两三四五六七八九十百千]{2,6})\s?[余多]?\s?(?:[家个名]|(?=[。；，]|$))"
)
_QUOTED = re.compile(r"[“「『\"（(《](?P<said>[\u4e00-\u9fffA-Za-z0-9]{2,14})[”」』\"）)》]")
_LATELY = re.compile(r"今[天日]|(?<=[，。（(])(?:本报|本刊)?讯")
MOST_MEMBERS = 100_000


def read(fields: dict[str, list[Reading]], sheet: Sheet, name: Reading) -> None:
    """Add what an alliance's fields lack and what its sentences and short lines speak for."""
    text, own = sheet.view.text, str(name.value)
    clauses = list(_clauses(sheet))

    def parties(clause: Span) -> Iterator[tuple[Span, int]]:
        for span in mentions.find(text, clause):
            said = text[slice(*span)]
            if own not in said and said not in own and not mentions.is_generic(said):
                yield span, 0

    if "short_name" not in fields and (short := _short(sheet, own)) is not None:
        fields["short_name"] = names.readings(text, [short], Origin.BODY)
    for prop in ("chair_organisation", "secretariat", "initiators"):
        if prop not in fields and (found := _best(text, clauses, parties, prop)) is not None:
            spans = [found[0]] if prop != "initiators" else _together(text, *found)
            fields[prop] = names.readings(text, spans, Origin.BODY)
    if "member_count" not in fields and (found := _best(text, clauses, lambda c: _numbers(text, c), "member_count")):
        number = parse_number(re.sub("[^\\d一二两三四五六七八九十百千]", "", text[slice(*found[0])]))
        if number and number < MOST_MEMBERS:
            place = found[0]
            fields["member_count"] = [Reading(int(number), text[slice(*place)], Origin.BODY, (place,))]
    if "founded" not in fields:
        _founded(fields, sheet, own, clauses)


def _clauses(sheet: Sheet) -> Iterator[Span]:
    for line in sheet.lines[:LINES]:
        if not line.linked:
            yield from roles.sentences(sheet.view.text, line.span)
    yield from weighed.asked(sheet)


def _best(
    text: str, clauses: list[Span], candidates: Callable[[Span], Iterable[tuple[Span, int]]], prop: str
) -> tuple[Span, Span] | None:
    return weighed.best(text, clauses, candidates, weighed.signals("alliance", prop), ENOUGH)


def _together(text: str, span: Span, clause: Span) -> list[Span]:
    """Return the organisations that are listed with one."""
    found = mentions.find(text, clause)
    if span not in found:
        return [span]
    at = found.index(span)
    return sorted({*mentions.run(text, found, at, back=True), *mentions.run(text, found, at, back=False)})


def _numbers(text: str, clause: Span) -> Iterator[tuple[Span, int]]:
    for match in _NUMBER.finditer(text, *clause):
        yield match.span(), 0


def _founded(fields: dict[str, list[Reading]], sheet: Sheet, own: str, clauses: list[Span]) -> None:
    text = sheet.view.text
    published = headline.published(sheet)
    days: dict[Span, str] = {}

    def candidates(clause: Span) -> Iterator[tuple[Span, int]]:
        said = text[slice(*clause)]
        year = chronicles.year_above(sheet, clause[0]) or (published.year if published else None)
        for one in periods.find(said, year, label=len(said) < LABELLED):
            span = clause[0] + one.start, clause[0] + one.end
            days[span] = str(one.first)
            yield span, own in said
        for match in _LATELY.finditer(said) if published and published.day else ():
            span = clause[0] + match.start(), clause[0] + match.end()
            days[span] = str(published)
            yield span, own in said

    found = _best(text, clauses, candidates, "founded")
    if found is not None:
        fields["founded"] = [Reading(days[found[0]], text[slice(*found[0])], Origin.BODY, (found[0],))]


def _short(sheet: Sheet, own: str) -> Span | None:
    """Return a name in quotation marks or brackets that is made of the characters of the whole one, in their order."""
    text = sheet.view.text
    for line in sheet.lines[:LINES]:
        for match in _QUOTED.finditer(text, *line.span):
            if match["said"] != own and alliance_name.abbreviates(match["said"], own):
                return match.span("said")
    for line in sheet.lines[:LINES]:
        for match in alliance_name.SHORT.finditer(text, *line.span):
            for at in range(match.start(), match.end() - 2):
                said = text[at : match.end()]
                if said != own and own not in text[slice(*line.span)] and alliance_name.abbreviates(said, own):
                    return at, match.end()
    return None
