"""Alliances, associations and societies as registers and lists name them, on a page or in its files."""

import re
from collections.abc import Mapping

from crawlers.fields import alliance_name, alliance_profile, headings, listed, names, organisations, places, registers
from crawlers.fields.further_hints import HINTS
from crawlers.fields.park_list import is_menu, is_revoked
from crawlers.fields.registers import Entry, Register
from crawlers.fields.vocabulary import section, vocabulary
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Reading

_OWN_HEAD = re.compile(r"联盟|协会|学会|社会组织|社团|团体|联合体|商会|促进会")
_OF_MEMBERS = re.compile(r"(?:成员|会员|理事|发起|参与|加盟|入会|入盟)(?:单位|企业|机构)?")
_PARTIES = {"chair_organisation": 1, "secretariat": 1, "initiators": None, "members": None}
_DOWNWARD = ("level", "region", "chair_organisation")


def register_of(view: View, files: Mapping[str, View] | None) -> Register:
    """Return the rows that a page and its files list."""
    heads = {
        prop: [*words, *section("alliance", "heads").get(prop, ())]
        for prop, words in section("alliance", "properties").items()
    }
    return registers.read(
        view, files, vocabulary("alliance"), heads, alliance_name.is_name, _DOWNWARD, hints=HINTS["alliance"]
    )


def read(view: View, register: Register) -> list[Extraction]:
    """Return the alliances that a page and its files list, each with its item key; none of a page on one alliance."""
    named = [entry for entry in register.entries if "name" in entry.cells]
    if named and all(map(is_revoked, named)):
        raise NotARecord("what it lists has been revoked")
    entries = [entry for entry in named if _is_alliance(entry)]
    told = alliance_profile.several(register.labelled[0]) if not any(entry.in_table for entry in entries) else []
    told = [] if _is_about_one(register, entries) and len(told) < 3 else told
    if len(told) >= max(2, len(entries)):
        return listed.with_items(told, ("region", "founded"))
    if not entries or len(entries) * 2 < len(named) or is_menu(view, entries) or _is_about_one(register, entries):
        return []
    return listed.with_items([_read(view, register, entry) for entry in entries], ("region", "founded"))


def _is_alliance(entry: Entry) -> bool:
    name = listed.name(entry.cells["name"])
    if name is None or is_revoked(entry):
        return False
    own = _OWN_HEAD.search(entry.heads.get("name", ""))
    return alliance_name.is_name(str(name.value)) or (own is not None and len(entry.cells) > 1)


def _is_about_one(register: Register, entries: list[Entry]) -> bool:
    """Tell whether the page is about one alliance: its members are listed, or others stand beside it."""
    titles = register.titles[:2]
    if any(_OF_MEMBERS.search(title.raw) for title in titles):
        return True
    if any(entry.cells["name"].document for entry in entries):
        return False
    said = sum(len(entry.cells) > 1 for entry in entries)
    title = next((title.raw for title in titles if alliance_name.is_named(title)), None)
    if (
        title is not None
        and said < 2
        and not re.search(r"名单|名录|目录|一览|汇总|等\s?[\d一二三四五六七八九十]+\s?[家个]", title)
    ):
        return True
    return said < 2 and len(entries) < 3


def _read(view: View, register: Register, entry: Entry) -> Extraction:
    cells = entry.cells
    name = listed.name(cells["name"]) or cells["name"]
    one = Extraction("alliance", {"name": [name]})
    readings = {
        "short_name": cells.get("short_name"),
        "level": _level(entry, name),
        "founded": listed.date(cells.get("founded")),
        "region": _region(view, register, entry, name),
        "member_count": _count(cells.get("member_count")) or _count(cells.get("members")),
    }
    one.fields |= listed.fields_of(readings)
    for prop, most in _PARTIES.items():
        cell = cells.get(prop)
        if cell is not None and _count(cell) is None and (found := _parties(cell)):
            one.fields[prop] = found[:most]
    if (title := headings.is_proposed(str(heading.raw) for heading in entry.above)) is not None:
        one.warnings.append(("proposed", title))
    one.warnings += [("unknown_label" if code == "unknown_head" else code, d) for code, d in register.warnings]
    return one


def _parties(cell: Reading) -> list[Reading]:
    """Return the organisations of a cell."""
    parts = names.split(cell.raw, (0, len(cell.raw)))
    found = [headings.part(cell, part, " ".join(cell.raw[slice(*part)].split())) for part in parts]
    return list({str(reading.value): reading for reading in found}.values())


def _count(cell: Reading | None) -> Reading | None:
    """Return the number of members that a cell says: 126, 126家, 约120余家."""
    match = (
        re.fullmatch(r"\s*[约近超逾]?\s?(\d[\d,]*)\s?[余多+]?\s?[家个名]?\s*", cell.raw) if cell is not None else None
    )
    if cell is None or match is None:
        return None
    return headings.part(cell, match.span(1), int(match[1].replace(",", "")))


def _level(entry: Entry, name: Reading) -> Reading | None:
    """Return the level of a row: of its cell, of the nearest heading that says one, else as its name begins."""
    for said in (*([entry.cells["level"]] if "level" in entry.cells else ()), *entry.above):
        if (found := organisations.level(said.raw)) is not None:
            return headings.part(said, (found[1], found[2]), found[0])
    if (found := organisations.level_of_name(name.raw)) is not None:
        return headings.part(name, (found[1], found[2]), found[0])
    return None


def _region(view: View, register: Register, entry: Entry, name: Reading) -> Reading | None:
    """Return the region of a row as a code: of its cell, its name, its seat, its section, the list's title."""
    for said in (entry.cells.get("region"), name, entry.cells.get("seat")):
        if said is not None and (place := places.at_start(said.raw)) is not None:
            return headings.part(said, (place.start, place.end), place.code.value)
    if re.match(r"中国|全国|中华", str(name.value)):
        return None
    for heading, place in headings.regions(entry.above):
        return headings.part(heading, (place.start, place.end), place.code.value)
    own = [heading for heading in entry.above if heading not in register.titles]
    return listed.issuer_region(view, own, register.titles, site=False)
