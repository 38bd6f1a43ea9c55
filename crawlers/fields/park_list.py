"""Parks as catalogues and lists name them, on a page or in its files: one extraction per row."""

import re
from collections.abc import Mapping
from dataclasses import replace

from crawlers.fields import (
    areas,
    headings,
    listed,
    park_industries,
    park_level,
    park_name,
    park_state,
    park_told,
    places,
    registers,
    whereabouts,
)
from crawlers.fields.further_hints import HINTS
from crawlers.fields.registers import Entry, Register
from crawlers.fields.vocabulary import section, vocabulary
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Reading, Span
from schema.types.region_code import RegionCode

LIST = re.compile(
    r"名单|名录|目录|一览|汇总|推荐|大全|公布|盘点|列表|清单|统计表|情况表|基本情况|等\s?[\d一二三四五六七八九十]+\s?[家个]"
)
_NAMES = re.compile(r"园|区|基地|载体")
_NATIONAL = re.compile(r"全国|国务院|国家发展(?:和)?改革委|科技部(?!门)")
_UNIT = re.compile(r"(?:面积)?单位\s?[:：]\s?[^\n]{0,12}?(万?亩|公顷|平方公里|km²|km2)")
_DOWNWARD = ("province", "city", "county", "place", "level", "authority")
FEWEST = 3  # parks of which a text tells, each under its name
_TOLD = re.compile(
    "面积|占地|平方公里|公顷|亩|主导|产业(?!园|基地|集聚|新城|城)|运营|操盘|投产|位于|地处|建成|在建|规划"
)
_AREAS = ("area_planned", "area_total", "area_built")


def register_of(view: View, files: Mapping[str, View] | None) -> Register:
    """Return the rows that a page and its files list."""
    heads = {
        prop: [*words, *section("park", "heads").get(prop, ())] for prop, words in section("park", "properties").items()
    }
    return registers.read(view, files, vocabulary("park"), heads, park_name.is_name, _DOWNWARD, hints=HINTS["park"])


def read(view: View, register: Register) -> list[Extraction]:
    """Return the parks that a page and its files list, each with its item key; none of a page on one park."""
    named = [entry for entry in register.entries if "name" in entry.cells]
    if named and all(map(is_revoked, named)):
        raise NotARecord("what it lists has been revoked")
    entries = [entry for entry in named if _is_park(entry)]
    if not entries or is_menu(view, entries):
        return []
    rows = _Rows(view, register, entries)
    if not rows.tell_of_many() and _is_about_one(register, entries):
        return []
    return listed.with_items([one for entry in entries if (one := rows.read(entry))], ("province", "city", "county"))


def is_revoked(entry: Entry) -> bool:
    """Tell whether a row's headings say that it does not hold."""
    return headings.is_revoked(str(heading.raw) for heading in entry.above)


def _is_park(entry: Entry) -> bool:
    """Tell whether a row names a park: by its name, else by the head of its column (园区名称)."""
    name = listed.name(entry.cells["name"])
    if name is None or is_revoked(entry):
        return False
    return park_name.is_name(str(name.value)) or bool(_NAMES.search(entry.heads.get("name", "")))


def is_menu(view: View, entries: list[Entry]) -> bool:
    """Tell whether all that is listed are links to pages, with no more than a place beside them."""
    if any(entry.in_table or set(entry.cells) - {"name", "place"} for entry in entries):
        return False
    links = [view.span(element) for element in view.elements if element.tag == "a"]
    return all(
        any(low <= start and end <= high for low, high in links)
        for entry in entries
        for start, end in (entry.cells["name"].spans if not entry.cells["name"].document else ())
    )


def _is_about_one(register: Register, entries: list[Entry]) -> bool:
    """Tell whether the page is about one park, and what it lists stands beside it or belongs to it."""
    titles = " ".join(title.raw for title in register.titles[:2])
    in_files = any(entry.cells["name"].document for entry in entries)
    said = sum(len(entry.cells) > 1 for entry in entries)
    if LIST.search(titles) and (said or len(entries) > 1):
        return False
    title = park_name.in_heading(register.titles[:2])
    if title is not None and (places.at_start(str(title.value)) is not None or said < 2):
        return not in_files
    return said < 2


class _Rows:
    """Reads the rows of one page: what all share is read once."""

    def __init__(self, view: View, register: Register, entries: list[Entry]) -> None:
        self.view, self.register = view, register
        self.page = register.labelled[0]
        self.blocks = park_told.blocks(self.page.sheet, entries)

    def tell_of_many(self) -> bool:
        """Tell whether a text says something of each of several parks, and the page's heading names none of them."""
        told = [block for block in self.blocks.values() if len(set(_TOLD.findall(self.view.text[slice(*block)]))) > 1]
        titles = [str(title.value) for title in self.register.titles[:2]]
        names = [self.view.text[slice(*name)] for name in self.blocks]
        return (
            len(told) >= FEWEST
            and len(told) * 2 > len(names)
            and not any(name in title for name in names for title in titles)
        )

    def read(self, entry: Entry) -> Extraction | None:
        """Return what a row says of its park."""
        cells = entry.cells
        name = listed.name(cells["name"])
        if name is None:
            return None
        one = Extraction("park", {"name": [name]})
        self._place(one, entry, name)
        one.fields |= listed.fields_of(
            {
                "level": _level(entry),
                "area_km2": self._area(entry),
                "established": _established(cells.get("established")),
                "status": _status(cells.get("status")),
            }
        )
        if (industries := cells.get("leading_industries")) is not None:
            one.fields["leading_industries"] = park_industries.of_cell(industries, self._pieces(industries))
        for prop in ("operator", "authority"):
            if found := listed.organisations(cells.get(prop)):
                one.fields[prop] = found[:1]
        if not entry.in_table and (whole := self.blocks.get(cells["name"].spans[0])) is not None:
            park_told.fill(one, self.page.sheet.part(whole), self.page.part(whole), name)
        if (title := headings.is_proposed(str(heading.raw) for heading in entry.above)) is not None:
            one.warnings.append(("proposed", title))
        one.warnings += [("unknown_label" if c == "unknown_head" else c, d) for c, d in self.register.warnings]
        return one

    def _pieces(self, cell: Reading) -> list[Span]:
        """Return the elements of which a value consists, within it: chips side by side are several industries."""
        start = cell.spans[0][0]
        pieces = [] if cell.document or len(cell.spans) > 1 else self.page.sheet.pieces(cell.spans[0])
        return [(low - start, high - start) for low, high in pieces]

    def _area(self, entry: Entry) -> Reading | None:
        for prop in _AREAS:
            cell = entry.cells.get(prop)
            if cell is None:
                continue
            head = entry.heads.get(prop, "") if entry.in_table else self._label(prop, cell)
            for label in (head, self._caption(cell)):
                if (area := areas.under(str(cell.raw), label)) is not None:
                    return headings.part(cell, (area.start, area.end), area.km2)
        return None

    def _label(self, prop: str, cell: Reading) -> str:
        """Return the label that a line prints before a value, with the unit that it may name."""
        start = cell.spans[0][0]
        return self.view.text[max(0, start - 16) : start] if prop and not cell.document else ""

    def _caption(self, cell: Reading) -> str:
        """Return the unit that stands above the table: 单位：公顷."""
        document = next(
            (sheet for sheet in self.register.views if getattr(sheet, "document", None) == cell.document), None
        )
        found = list(_UNIT.finditer(document.text, 0, cell.spans[0][0])) if document is not None else []
        return found[-1][1] if found else ""

    def _place(self, one: Extraction, entry: Entry, name: Reading) -> None:
        """Add province, city and county: the row's, its section's, the list's, else what the name begins with."""
        above = [heading for heading in entry.above if heading not in self.register.titles]
        national = any(_NATIONAL.search(heading.raw) for heading in entry.above)
        titles = [heading for heading in above if headings.section_region(heading.raw) is None]
        whole = None if national else listed.issuer_region(self.view, titles, self.register.titles, site=False)
        placed, warnings = whereabouts.locate(entry.cells, above, whole)
        one.warnings += warnings
        found = places.at_start(str(name.value))
        if found is not None and len(name.spans) == 1 and name.raw == name.value:
            named, _ = whereabouts.locate(
                {"place": headings.part(name, (found.start, found.end), name.raw[: found.end])}, []
            )
            province = str((placed.get("province") or named.get("province") or name).value)
            if province == found.code.province.name and len(named) > len(placed):
                placed |= {prop: reading for prop, reading in named.items() if prop not in placed}
        one.fields |= listed.fields_of(placed)
        if (county := _county(entry, placed)) is not None:
            one.fields["county"] = [county]


def _county(entry: Entry, placed: Mapping[str, Reading]) -> Reading | None:
    """Return the county of a row's own cell, read within its city, or of its address."""
    base = "".join(str(placed[prop].value) for prop in ("province", "city") if prop in placed)
    for prop in ("county", "place", "city"):
        cell = entry.cells.get(prop)
        if cell is None:
            continue
        for lead in dict.fromkeys((base, "")):
            found = places.at_start(lead + str(cell.value))
            if found is not None and found.code.level == "county" and found.end > len(lead):
                return replace(cell, value=found.code.name) if _is_within(found.code, placed) else None
    return None


def _is_within(code: RegionCode, placed: Mapping[str, Reading]) -> bool:
    return "province" not in placed or placed["province"].value == code.province.name


def _level(entry: Entry) -> Reading | None:
    """Return the level of a row: of its cell, of who approved it, else of the nearest heading that names only one."""
    for prop in ("level", "approved_by"):
        cell = entry.cells.get(prop)
        if cell is not None and (found := park_level.level_of(cell.raw, approver=prop == "approved_by")) is not None:
            return headings.part(cell, found[1], found[0])
    for tag in entry.under:
        if len(tag.raw) <= park_level.LONGEST_TAG and (found := park_level.level_of(tag.raw)) is not None:
            return headings.part(tag, found[1], found[0])
    for heading in entry.above:
        said = {value for value, _ in park_level.levels(heading.raw)}
        if len(said) == 1 and (found := park_level.level_of(heading.raw)) is not None:
            return headings.part(heading, found[1], found[0])
        if said:
            return None
    return None


def _established(cell: Reading | None) -> Reading | None:
    if cell is None:
        return None
    if (day := park_state.first_day(cell.raw)) is not None:
        return headings.part(cell, (day[1], day[2]), day[0])
    return listed.date(cell)


def _status(cell: Reading | None) -> Reading | None:
    if cell is not None and (found := park_state.status_of(cell.raw)) is not None:
        return headings.part(cell, found[1], found[0])
    return None
