"""Lists of enterprises: tables of pages and files, numbered and plain lines of names, paragraphs of names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawlers.fields import enterprise_facts as facts
from crawlers.fields import listing, names, places, revenue
from crawlers.fields.enterprise_name import is_company
from crawlers.fields.further_hints import HINTS
from crawlers.fields.vocabulary import section
from crawlers.grids import grids
from crawlers.view import View
from schema.evidence import Origin, Reading, Span

REFUSED = re.compile(r"取消|撤销|不通过|未通过|不予|不合格|移出|注销|退出|淘汰|撤回")
_NOT_AN_ENTERPRISE = re.compile(r"(?:大学|学院|医院|委员会|局|厅|政府|学校|协会|学会|联盟|中学|研究生院)$")


@dataclass(slots=True)
class Listed:
    """One enterprise of a list: the readings of its row, with its section heading."""

    fields: dict[str, list[Reading]]
    warnings: list[tuple[str, str]] = field(default_factory=list)


def heads(view: View) -> tuple[dict[str, list[str]], dict[str, tuple[int, str]]]:
    """Return the heads of columns, those of a year's revenue too, and of these the year and unit."""
    words = {name: list(found) for name, found in section("enterprise", "properties").items()}
    for name, more in section("enterprise", "columns").items():
        words[name] = [*words.get(name, []), *more]
    del words["revenue"], words["year"]
    words["unused"] = list(section("enterprise", "others"))
    years: dict[str, tuple[int, str]] = {}
    for grid in grids(view):
        for cell in {cell for row in grid.rows[:4] for cell in row if cell}:
            if match := revenue.HEAD.match("".join(cell.text.split())):
                key = f"revenue_{match['year']}"
                years[key] = int(match["year"]), match["unit"] or ""
                words[key] = [cell.text]
    return words, years


def of_tables(view: View) -> tuple[list[Listed], list[tuple[str, str]]]:
    """Return the enterprises of a document's tables, and warnings on what was not understood."""
    words, years = heads(view)
    read = listing.read_listing(view, words, hints=HINTS["enterprise"])
    rows = [row for row in read.rows if "legal_name" in row.cells]
    named = [row for row in rows if is_company(str(row.cells["legal_name"].value).rstrip("、，；; "))]
    if len(named) * 2 < len(rows) or not named:
        # Without endings of companies it is a list of something else.
        return [], [one for one in read.warnings if one[0] == listing.NO_HEAD]
    found: list[Listed] = []
    for row in rows:
        if REFUSED.search(row.group) or REFUSED.search(str(_said(row.cells, "outcome"))):
            continue
        for place in _names(view, row.cells["legal_name"]):
            found += _row(view, row, place, years)
    return found, [one for one in read.warnings if one[0] == listing.UNKNOWN_HEAD]


def _said(cells: Mapping[str, Reading], name: str) -> str:
    return str(cells[name].value) if name in cells else ""


def _names(view: View, cell: Reading) -> list[Reading]:
    """Return the enterprises of a cell: one, or several that are parted (牵头单位、参与单位)."""
    if len(cell.spans) != 1 or not re.search(r"[、，,；;\n]|（牵头|（联合", cell.raw):
        return [cell]
    parts = names.split(view.text, cell.spans[0])
    if len(parts) < 2 or not all(
        is_company(view.text[slice(*one)]) or names.is_organisation(view.text[slice(*one)]) for one in parts
    ):
        return [cell]
    found = []
    for start, stop in parts:
        raw = view.text[start:stop]
        cut = re.search(r"\s*[（(](?:牵头|联合|参与|主)[^（）()]*[)）]$", raw)
        end = stop - (len(cut.group()) if cut else 0)
        found.append(
            Reading(
                listing.value(view.text[start:end]), view.text[start:end], cell.origin, ((start, end),), cell.document
            )
        )
    return found


def _row(view: View, row: listing.ListRow, own: Reading, years: Mapping[str, tuple[int, str]]) -> list[Listed]:
    if _NOT_AN_ENTERPRISE.search(str(own.value)) and not is_company(str(own.value)):
        return []
    one = Listed({"legal_name": [own]})
    cells = row.cells
    for name in ("english_name", "industry"):
        if name in cells:
            one.fields[name] = [cells[name]]
    if "short_names" in cells:
        one.fields["short_names"] = [
            _part(cells["short_names"], view.text, at) for at in names.split(view.text, cells["short_names"].spans[0])
        ]
    if "credit_code" in cells:
        if found := facts.code(cells["credit_code"].raw):
            one.fields["credit_code"] = [cut(cells["credit_code"], found)]
        else:
            one.warnings.append(("bad_credit_code", cells["credit_code"].raw))
    for name, parse in (("founded", facts.day), ("layer", layer), ("is_platform", platform)):
        if name in cells and (found_ := parse(cells[name].raw)):
            one.fields[name] = [cut(cells[name], found_)]
    if "website" in cells and (at := facts.website(cells["website"].raw, label=True)):
        one.fields["website"] = [cut(cells["website"], (cells["website"].raw[slice(*at)], *at))]
    _revenue(one, cells, years)
    _place(one, view, row)
    return [one]


def _revenue(one: Listed, cells: Mapping[str, Reading], years: Mapping[str, tuple[int, str]]) -> None:
    found_years = []
    for key, (year, unit) in sorted(years.items()):
        if key in cells:
            cell = cells[key]
            found_years.append(
                revenue.reading(year, revenue.sum_of(cell.raw, unit), cell.raw, cell.spans, cell.origin, cell.document)
            )
    if sums := [each for each in found_years if each is not None]:
        one.fields["revenue"] = sums


def layer(said: str) -> tuple[str, int, int] | None:
    """Return the layer that a cell says, with the place of its words."""
    return facts.layer(said, label=True)


def platform(said: str) -> tuple[bool, int, int] | None:
    """Return whether a cell says that its row is a platform, with the place of its words."""
    return facts.is_platform(said, label=True)


def cut(cell: Reading, found: tuple[object, int, int]) -> Reading:
    """Return the reading of a piece of a cell: the value with its place there."""
    value, start, end = found
    if len(cell.spans) != 1:
        return Reading(value, cell.raw, cell.origin, cell.spans, cell.document)
    at = cell.spans[0][0]
    return Reading(value, cell.raw[start:end], cell.origin, ((at + start, at + end),), cell.document)


def _part(cell: Reading, text: str, at: Span) -> Reading:
    return Reading(text[slice(*at)], text[slice(*at)], cell.origin, (at,), cell.document)


def _place(one: Listed, view: View, row: listing.ListRow) -> None:
    """Add province and city: of their columns, of the column of a place, of the section's heading."""
    context = ""
    for name in ("province", "city", "county", "place", "registered"):
        if name not in row.cells or (name == "registered" and "province" in one.fields):
            continue
        cell = row.cells[name]
        said = str(cell.value)
        place = places.at_start(context + said) or places.at_start(said)
        if place is None or (context and place.end <= len(context)):
            continue
        context = context + said if context else said
        for prop, found in facts.located(place.code, cell.raw, cell.origin, cell.spans[0], cell.document).items():
            one.fields.setdefault(prop, [found])
    if "province" not in one.fields and row.group:
        group = re.sub(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．\s]\s*", "", row.group)
        place = places.at_start(group)
        rest = re.sub(r"[（(].*|[：:\s]|\d+[家个]", "", group[place.end :]) if place else "x"
        at = view.text.rfind(row.group, 0, row.cells["legal_name"].spans[0][0])
        if place is not None and not rest and at >= 0:
            start = at + len(row.group) - len(group)
            span = start + place.start, start + place.end
            document = row.cells["legal_name"].document
            for prop, found in facts.located(place.code, view.text[slice(*span)], Origin.TABLE, span, document).items():
                one.fields.setdefault(prop, [found])
