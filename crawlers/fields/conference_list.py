"""Conferences in a list: a calendar of meetings, a plan for the year, the editions that a series has had."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from crawlers.fields import events, headline, listed, names, periods, registers, whereabouts
from crawlers.fields.entries import Entry
from crawlers.fields.sheet import Sheet
from crawlers.fields.vocabulary import section, vocabulary
from crawlers.view import View
from schema.evidence import Extraction, Reading

FEWEST = 2  # rows of a list
_LIST = re.compile(r"汇总|一览|日历|计划|目录|列表|清单|预告|历届|往届|名录|安排表|会议表|举办情况")
ROLES = ("hosts", "organisers", "co_organisers", "supporters")
_DATES = ("dates", "start_date", "end_date", "when_where")


def read(view: View, sheet: Sheet) -> list[Extraction]:
    """Return the conferences of a page that is headed as a list of them, in its order; else nothing."""
    if not any(_LIST.search(heading.raw) for heading in headline.candidates(sheet)):
        return []
    labels = section("conference", "properties")
    heads = {("name" if prop == "title" else prop): words for prop, words in labels.items()}
    register = registers.read(view, None, vocabulary("conference"), heads, events.is_name, ("city", "name", "year"))
    rows = [one for one in register.entries if one.in_table and "name" in one.cells and set(_DATES) & set(one.cells)]
    if len(rows) < FEWEST:
        return []
    found, counts = [], Counter[str]()
    for each in rows:
        one = _row(view, each)
        one.item = listed.key(str(one.value("title")))
        counts[one.item] += 1
        # One name held again and again (年会) is told apart by its day.
        if counts[one.item] > 1:
            one.item += f"|{one.value('start_date') or counts[one.item]}"
        found.append(one)
    return found


def _row(view: View, entry: Entry) -> Extraction:
    name = entry.cells["name"]
    fields: dict[str, list[Reading]] = {"title": [name]}
    for prop, found in (("edition", events.edition(name.raw)), ("year", events.year(name.raw))):
        if found is not None:
            fields[prop] = [_part(name, found[1], found[2], found[0])]
    _days(fields, entry.cells)
    for prop in (*ROLES, "themes"):
        spans = [span for cell in [entry.cells.get(prop)] if cell is not None for span in cell.spans]
        if said := names.readings(view.text, names.lines(view.text, spans), name.origin):
            fields[prop] = said
    if (venue := entry.cells.get("venue")) is not None:
        fields["venue"] = [venue]
    placed, _ = whereabouts.locate(_placed(entry.cells), [], None)
    fields |= {prop: [reading] for prop, reading in placed.items() if prop == "city"}
    if "year" not in fields and "start_date" in fields:
        fields["year"] = [replace(fields["start_date"][0], value=int(fields["start_date"][0].value[:4]))]
    return Extraction("conference", fields)


def _placed(cells: Mapping[str, Reading]) -> dict[str, Reading]:
    """Return what tells the city: its own column, else the venue."""
    own = cells.get("city") or cells.get("venue")
    return {} if own is None else {"city" if "city" in cells else "address": own}


def _days(fields: dict[str, list[Reading]], cells: Mapping[str, Reading]) -> None:
    for prop in _DATES:
        cell = cells.get(prop)
        found = periods.find(cell.raw, None, label=True) if cell is not None else []
        if cell is None or not found:
            continue
        first, last = found[0].first, found[-1].last or found[-1].first
        if prop != "end_date":
            fields.setdefault("start_date", [_part(cell, found[0].start, found[0].end, str(first))])
        if prop != "start_date":
            fields.setdefault("end_date", [_part(cell, found[-1].start, found[-1].end, str(last))])


def _part(cell: Reading, start: int, end: int, value: object) -> Reading:
    if len(cell.spans) != 1:
        return replace(cell, value=value)
    at = cell.spans[0][0]
    return replace(cell, value=value, raw=cell.raw[start:end], spans=((at + start, at + end),))
