"""Lists of enterprises: tables of pages and files, numbered and plain lines of names, paragraphs of names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawlers.fields import enterprise_facts as facts
from crawlers.fields import listing, names, places, revenue
from crawlers.fields.enterprise_name import is_company
from crawlers.fields.vocabulary import bare, section
from crawlers.grids import grids
from crawlers.view import View
from schema.evidence import Origin, Reading, Span

_REFUSED = re.compile(r"取消|撤销|不通过|未通过|不予|不合格|移出|注销|退出|淘汰|撤回")
_NUMBER = re.compile(
    r"^\s*(?:[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u20e3]{1,3}\s*)?(?:[（(]?\d{1,4}[)）.．、]\s*|\d{1,3}\ufe0f?\u20e3\s*|(?:No|NO|TOP|Top)\.?\s?\d{1,4}[\s.、:：]{1,3}|\d{1,4}\s+|[①-⑳]\s*|[（(][一二三四五六七八九十]{1,3}[)）]|[·•●■◆▪*✓✔►▶»-]\s*|[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]{1,3}\s*)"
)
_REMARK = re.compile(
    r"^(?P<name>.+?(?:公司|集团|厂|合伙企业|合作社|（有限合伙）))\s*(?:[（(](?P<remark>[^（）()]{1,40})[)）])?\s*(?:[,，|｜\t:：—-]\s*(?P<rest>.{1,200}))?[；;。，,、]?$"
)
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
    read = listing.read_listing(view, words)
    rows = [row for row in read.rows if "legal_name" in row.cells]
    named = [row for row in rows if is_company(str(row.cells["legal_name"].value).rstrip("、，；; "))]
    if len(named) * 2 < len(rows) or not named:
        # Without endings of companies it is a list of something else.
        return [], [one for one in read.warnings if one[0] == listing.NO_HEAD]
    found: list[Listed] = []
    for row in rows:
        if _REFUSED.search(row.group) or _REFUSED.search(str(_said(row.cells, "outcome"))):
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
            one.fields["credit_code"] = [_cut(cells["credit_code"], found)]
        else:
            one.warnings.append(("bad_credit_code", cells["credit_code"].raw))
    for name, parse in (("founded", facts.day), ("layer", _layer), ("is_platform", _platform)):
        if name in cells and (found_ := parse(cells[name].raw)):
            one.fields[name] = [_cut(cells[name], found_)]
    if "website" in cells and (at := facts.website(cells["website"].raw, label=True)):
        one.fields["website"] = [_cut(cells["website"], (cells["website"].raw[slice(*at)], *at))]
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


def _layer(said: str) -> tuple[str, int, int] | None:
    return facts.layer(said, label=True)


def _platform(said: str) -> tuple[bool, int, int] | None:
    return facts.is_platform(said, label=True)


def _cut(cell: Reading, found: tuple[object, int, int]) -> Reading:
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


def of_lines(view: View, spans: list[Span]) -> list[Listed]:
    """Return the enterprises of lines that are nothing but a name, or of a paragraph of names."""
    document = getattr(view, "document", None)
    found: list[Listed] = []
    heading = ""
    region: tuple[Span, str] | None = None
    for span in spans:
        said = view.text[slice(*span)]
        lead = _NUMBER.match(said)
        start = span[0] + (lead.end() if lead else 0)
        match = _REMARK.match(view.text[start : span[1]].strip())
        if (
            match
            and match["name"].count("公司") < 2
            and not re.search("[，。；：、]", match["name"])
            and len(match["name"]) <= 60
        ):
            start += len(view.text[start : span[1]]) - len(view.text[start : span[1]].lstrip())
            if not _REFUSED.search(heading):
                found.append(_line(view, start, match, region, document))
            continue
        plain = re.sub(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．\s]\s*", "", said)
        place = places.at_start(plain)
        if len(said) <= 40 and not re.search("[，。；]", said) and said.count("公司") < 2:
            heading = said
            rest = re.sub(r"[（(].*|[：:\s]|共?\d+[家个]", "", plain[place.end :]) if place else "x"
            at = span[0] + len(said) - len(plain)
            region = ((at + place.start, at + place.end), plain[: place.end]) if place and not rest else None
        opening = max(said.rfind("："), said.rfind(":")) + 1
        parts = names.split(view.text, (span[0] + opening, span[1]))
        if len(parts) >= 2 and all(
            is_company(view.text[slice(*part)]) and "公司" in view.text[slice(*part)][-12:] for part in parts
        ):
            for part in parts:
                raw = view.text[slice(*part)]
                one = Listed({"legal_name": [Reading(listing.value(raw), raw, Origin.BODY, (part,), document)]})
                if region is not None:
                    _located(one, view, region[0], document)
                found.append(one)
        elif found and len(said) <= 160:
            _labelled(view, found[-1], span, document)
    return found


def _line(
    view: View, start: int, match: re.Match[str], region: tuple[Span, str] | None, document: str | None
) -> Listed:
    at = start, start + len(match["name"])
    raw = view.text[slice(*at)]
    one = Listed({"legal_name": [Reading(listing.value(raw), raw, Origin.BODY, (at,), document)]})
    for group in ("remark", "rest"):
        if match[group]:
            span = start + match.start(group), start + match.end(group)
            _labelled(view, one, span, document)
            place = places.at_start(match[group])
            if place is not None and "province" not in one.fields:
                _located(one, view, (span[0] + place.start, span[0] + place.end), document)
    if region is not None and "province" not in one.fields:
        _located(one, view, region[0], document)
    return one


def _located(one: Listed, view: View, at: Span, document: str | None) -> None:
    place = places.at_start(view.text[slice(*at)])
    if place is not None:
        for prop, found in facts.located(place.code, view.text[slice(*at)], Origin.BODY, at, document).items():
            one.fields.setdefault(prop, [found])


def _labelled(view: View, one: Listed, span: Span, document: str | None) -> None:
    """Add what a line under a name says behind labels: 统一社会信用代码：…；所在地：…."""
    said = view.text[slice(*span)]
    words = {bare(word): name for name, found in section("enterprise", "properties").items() for word in found}
    for match in re.finditer(
        r"(?P<label>[\u4e00-\u9fff]{1,10})\s?[:：]\s?(?P<value>[^，；;|｜\s]+(?:年\s?\d+月\d*日?)?)", said
    ):
        name = words.get(bare(match["label"]))
        at = span[0] + match.start("value"), span[0] + match.end("value")
        cell = Reading(match["value"], match["value"], Origin.TABLE, (at,), document)
        if name in ("place", "city", "province", "registered"):
            _located(one, view, at, document)
        elif name in ("founded", "layer", "is_platform", "credit_code"):
            parse = {"founded": facts.day, "layer": _layer, "is_platform": _platform, "credit_code": facts.code}[name]
            if found := parse(cell.raw):
                one.fields.setdefault(name, [_cut(cell, found)])
        elif name in ("industry", "english_name", "website", "short_names"):
            one.fields.setdefault(name, [cell])
    if "credit_code" not in one.fields and (code := facts.code(said)):
        one.fields["credit_code"] = [_cut(Reading(said, said, Origin.TABLE, (span,), document), code)]
