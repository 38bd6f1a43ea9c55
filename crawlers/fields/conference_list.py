"""Conferences as calendars, round-ups and plans list them, on a page or in its files: one extraction per row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from crawlers.fields import conference_card, events, headings, headline, listed, names, periods, places, renamed
from crawlers.fields.registers import Entry
from crawlers.fields.sheet import Sheet
from crawlers.view import View
from schema.evidence import Extraction, Reading

MOST_NAMES = 3  # names of conferences that a page on one may hold, its title tag and heading among them
ROLES = ("hosts", "organisers", "co_organisers", "supporters")
_LIST = re.compile(
    r"汇总|一览|日历|大全|盘点|预告|名单|名录|目录|计划|排期|推荐|清单|列表|合集|指南|汇编|安排|信息|会讯|活动表|时间表"
)
_WHEN = frozenset({"dates", "start_date", "end_date", "when_where"})
_OFF = re.compile(r"取消|停办|延期|不再举办")


def read(sheet: Sheet, files: Mapping[str, View] | None) -> list[Extraction]:
    """Return the conferences that a page and its files list, each with its item key; none of a page on one."""
    titles = list(islice(headline.candidates(sheet), 2))
    if _is_about_one(titles):
        return []
    is_list = any(_LIST.search(title.raw) for title in titles)
    if not files and not is_list and len(events.find(sheet.view.slice([sheet.view.body]))) < MOST_NAMES:
        return []
    register = renamed.read("conference", sheet.view, files, events.is_name, ("city", "hosts"), sheet)
    entries = [entry for entry in register.entries if _is_conference(entry)]
    for entry in entries:
        conference_card.fill(entry)
    told = [entry for entry in entries if _WHEN & set(entry.cells)]
    if len(told) < 2 or len(told) * 2 < len(entries):
        return []
    year = next((int(found.value) for title in register.titles if (found := headings.year(title)) is not None), None)
    rows = [_read(entry, headings.first_year(entry.above), year) for entry in told]
    return listed.with_titles([row for row in rows if row is not None], ("start_date",))


def _is_conference(entry: Entry) -> bool:
    name = entry.cells.get("name")
    status = entry.cells.get("status")
    off = status is not None and _OFF.search(str(status.value))
    return name is not None and events.is_name(str(name.value)) and not off and len(str(name.value)) >= events.SHORTEST


def _is_about_one(titles: Sequence[Reading]) -> bool:
    """Tell whether the heading names one conference: what is listed are its forums."""
    for title in titles:
        if _LIST.search(title.raw):
            return False
        if any(events.edition(title.raw[a:b]) or events.year(title.raw[a:b]) for a, b in events.find(title.raw)):
            return True
    return False


def _read(entry: Entry, nearest: Reading | None, year: int | None) -> Extraction | None:
    cells = entry.cells
    name = cells["name"]
    if (number := re.match(r"\d{1,3}、\s?", name.raw)) is not None:  # 2、2024中国无人系统大会
        name = headings.part(name, (number.end(), len(name.raw)), name.raw[number.end() :])
    one = Extraction("conference", {"title": [name]})
    for prop, find in (("edition", events.edition), ("year", events.year)):
        if (found := find(name.raw)) is not None:
            one.fields[prop] = [headings.part(name, (found[1], found[2]), found[0])]
    if len(series := events.series(str(name.value))) >= 3:
        one.fields["series"] = [replace(name, value=series)]
    said = one.value("year") or (nearest.value if nearest is not None else year)
    _days(one, cells, int(said) if said else None)
    if "start_date" not in one.fields and "end_date" not in one.fields:
        return None
    if "year" not in one.fields:
        first = (one.fields.get("start_date") or one.fields["end_date"])[0]
        one.fields["year"] = [replace(first, value=int(str(first.value)[:4]))]
    _place(one, cells)
    for prop in ROLES:
        if prop in cells:
            one.fields[prop] = _parties(cells[prop])
    if "themes" in cells:
        one.fields["themes"] = [cells["themes"]]
    return one


def _days(one: Extraction, cells: Mapping[str, Reading], year: int | None) -> None:
    for prop in ("start_date", "end_date"):
        cell = cells.get(prop)
        if cell is not None and (found := periods.find(cell.raw, year, label=True)):
            one.fields[prop] = [headings.part(cell, (found[0].start, found[0].end), str(found[0].first))]
    for prop in ("dates", "when_where"):
        cell = cells.get(prop)
        if cell is None or "start_date" in one.fields:
            continue
        if found := periods.find(cell.raw, year, label=True) or periods.find(str(cell.value), year, label=True):
            place = (found[0].start, found[0].end)
            one.fields["start_date"] = [headings.part(cell, place, str(found[0].first))]
            last = found[0].last or (found[0].first if found[0].first.day else None)
            if last is not None:
                one.fields.setdefault("end_date", [headings.part(cell, place, str(last))])
        elif (day := listed.date(cell)) is not None:
            one.fields["start_date"] = [day]


def _place(one: Extraction, cells: Mapping[str, Reading]) -> None:
    for prop in ("city", "venue", "when_where"):
        cell = cells.get(prop)
        if cell is None:
            continue
        place = places.at_start(cell.raw) or places.first(cell.raw)
        if place is not None and (city := places.city(place.code, cell.raw)) is not None:
            one.fields.setdefault("city", [headings.part(cell, (place.start, place.end), city)])
        if prop == "venue" and (span := places.venue(cell.raw, 0, len(cell.raw))) is not None:
            one.fields["venue"] = [headings.part(cell, span, cell.raw[slice(*span)].strip())]


def _parties(cell: Reading) -> list[Reading]:
    parts = names.split(cell.raw, (0, len(cell.raw)), joined=True)
    return [headings.part(cell, part, cell.raw[slice(*part)].strip()) for part in parts] or [cell]
