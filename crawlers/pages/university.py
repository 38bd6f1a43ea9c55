"""Universities with AI programmes: the ministry's and the provinces' lists with their files, profiles, news."""

import re
from collections.abc import Mapping
from dataclasses import replace

from crawlers.fields import campus, campus_said, headings, listed, places, programmes, registers, whereabouts
from crawlers.fields.further_hints import HINTS
from crawlers.fields.registers import Entry, Register
from crawlers.fields.vocabulary import section, vocabulary
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading

FILES = True  # most lists are files on a notice
VERSION = 8  # raise it whenever the same page gives other values; then `samplebase reparse`

_PROPERTIES = frozenset({"programme", "code", "authority"})
_LIES = re.compile(
    r"(?:学校|校址|校区|本部|校园|^|[，。；：\s])(?:就|也|设|坐)?(?:位于|坐落于|坐落在|地处|在|扎根)(?P<where>[\u4e00-\u9fff·]{2,20})"
)
_SCHOOLS = re.compile(r"高校|高等学校|院校|大学|普通本科|高职|学校|专业|学院")
_SECTION = re.compile(
    r"^[（(一二三四五六七八九十）)、\s]*(?P<it>[\u4e00-\u9fff]{2,20})\s{0,3}(?:[（(]?\s?\d{1,4}\s?[所个项点]?\s?[)）]?)?[:：]?$"
)
_DEPARTMENT = re.compile(
    r"^[（(一二三四五六七八九十）)、\s]*(?P<it>[\u4e00-\u9fff]{2,20}(?:部|委员会|局|厅|总署|科学院|兵团|办公室|协会|联合会))\s{0,3}(?:[（(]?\s?\d{1,4}\s?[所个项点]?\s?[)）]?)?[:：]?$"
)


def extract(
    view: View, row: Mapping[str, Reading] | None = None, files: Mapping[str, View] | None = None
) -> Extraction | list[Extraction]:
    """Return the universities that a page and its files list, each with its AI programmes, or the one it is about.

    Of lists with programmes only universities with an AI programme are records; `programmes` are {programme, degree,
    year}, the year being that of the list (2019年度). Revoked programmes (撤销) are none; of proposed ones the year is
    left out, with the warning `proposed`. Raises NotARecord for other pages.
    """
    if listed.is_gone(view):
        raise NotARecord("an error text", is_gone=True)
    words, heads = vocabulary("university"), section("university", "properties")
    downward = ("province", "city", "place", "address", "authority", "name", "code", "year")
    register = registers.read(view, files, words, heads, campus.is_name, downward, hints=HINTS["university"])
    entries = [entry for entry in register.entries if "name" in entry.cells]
    found = _rows(view, entries, register)
    if found:
        return listed.with_items(found, ("code", "authority", "province", "city"))
    if not any(entry.in_table for entry in entries) and (one := campus.read(view, row, register)) is not None:
        return one
    raise NotARecord("no university with an AI programme" if entries else "no university is named")


def _rows(view: View, entries: list[Entry], register: Register) -> list[Extraction]:
    """Return one extraction per university, in the order of the lists."""
    tables = any("programme" in entry.cells and entry.in_table for entry in entries)
    printed = any(True for entry in entries for _ in programmes.of_details(entry.details))
    intro = campus_said.decided(view)
    settled = listed.is_settled(view)
    found: dict[tuple[str, str], Extraction] = {}
    wholes: dict[tuple[int, ...], Reading | None] = {}
    for entry in entries:
        named = listed.name(entry.cells["name"])
        if named is None or not _is_listed(entry, tables=tables):
            continue
        own, warnings = _programmes(entry, intro, printed=printed, settled=settled)
        if not own and (tables or not _PROPERTIES & set(entry.cells)):
            continue
        titles = tuple(map(id, entry.above))
        if titles not in wholes:
            wholes[titles] = _whole(view, entry, register)
        said, place_warnings = _facts(entry, wholes[titles])
        code = str(said["code"].value) if "code" in said else ""
        key = listed.key(str(named.value))
        one = next((e for (k, c), e in found.items() if k == key and (not c or not code or c == code)), None)
        if one is None:
            one = found.setdefault((key, code), Extraction("university", {"name": [named]}))
            one.warnings += [("unknown_label", d) if c == "unknown_head" else (c, d) for c, d in register.warnings]
        for prop, reading in said.items():
            one.fields.setdefault(prop, [reading])
        known = one.fields.setdefault("programmes", []) if own else []
        known += [each for each in own if all(each.value != other.value for other in known)]
        one.warnings += [w for w in [*warnings, *place_warnings] if w not in one.warnings]
    return list(found.values())


def _is_listed(entry: Entry, *, tables: bool) -> bool:
    """Tell whether a row is of a list of universities: a table says more than a name, a heading speaks of them."""
    if tables and "programme" in entry.cells:
        return True
    if not any(_SCHOOLS.search(heading.raw) for heading in entry.above):
        return False
    return not entry.in_table or len(entry.cells) >= 2 or any(True for h in entry.above if list(programmes.in_text(h)))


def _programmes(
    entry: Entry, intro: Reading | None, *, printed: bool, settled: bool
) -> tuple[list[Reading], list[tuple[str, str]]]:
    """Return the AI programmes of a row with degree and year, and the warning that they are only proposed.

    Where lines print programmes behind the names (`printed`), the headings' are none of theirs. `intro` is the year
    of the decision that the text reports, for lines under headings without one. `settled` says that the text publishes
    a decision, whatever its title calls it.
    """
    status = entry.cells.get("status")
    texts = [str(heading.raw) for heading in entry.above]
    if (status is not None and headings.is_revocation(str(status.value))) or headings.is_revoked(texts):
        return [], []
    cell = entry.cells.get("programme")
    degree = entry.cells.get("degree")
    awarded = programmes.degree(str(degree.value)) if degree is not None else None
    if printed and not entry.in_table and cell is None:
        named = list(programmes.of_details(entry.details))
    else:
        found = programmes.of_cell(cell) if cell is not None else _headed(entry)
        beside = (programmes.awarded(detail.raw) for detail in entry.details)
        awarded = awarded or next(filter(None, beside), None)
        named = [programmes.Granted(one, awarded) for one in found]
    if not named:
        return [], []
    year = listed.year(entry.cells.get("year"))
    warnings = []
    if year is None and not settled and (title := headings.is_proposed(texts)) is not None:
        warnings.append(("proposed", title))
    elif year is None:
        year = headings.first_year(entry.above) or (None if entry.in_table else intro)
    of_all = int(year.value) if year else None
    return [programmes.whole(one.programme, one.degree or awarded, one.year or of_all) for one in named], warnings


def _headed(entry: Entry) -> list[Reading]:
    """Return the programmes that the nearest heading with one says all below it have (首批人工智能专业名单)."""
    for heading in entry.above:
        whole = re.sub(r"^[（(一二三四五六七八九十\d）)、.．\s]+|\s?[（(:：].*$", "", heading.raw)
        if programmes.is_programme(whole):
            at = heading.raw.find(whole)
            return [headings.part(heading, (at, at + len(whole)), whole.removesuffix("专业"))]
        if found := list(programmes.in_text(heading)):
            return found
    return []


def _facts(entry: Entry, whole: Reading | None) -> tuple[dict[str, Reading], list[tuple[str, str]]]:
    cells = entry.cells
    said: dict[str, Reading] = {}
    if (code := cells.get("code")) is not None and (digits := re.search(r"\d{4,10}", str(code.value))):
        said["code"] = replace(code, value=digits.group())
    authority = cells.get("authority") or _section_authority(entry)
    if authority is not None:
        said["authority"] = authority
    if not {"city", "place", "address"} & set(cells) and (where := _place_said(entry)) is not None:
        cells = {**cells, "place": where}
    placed, warnings = whereabouts.locate(cells, entry.above, whole)
    return said | placed, warnings


def _place_said(entry: Entry) -> Reading | None:
    """Return the place that what stands behind a name in its line says: 学校在杭州市."""
    for detail in [*entry.details, *entry.under]:
        match = _LIES.search(detail.raw)
        if match is not None and places.at_start(match["where"]) is not None:
            return headings.part(detail, match.span("where"), match["where"])
    return None


def _section_authority(entry: Entry) -> Reading | None:
    """Return the authority that heads a row's section; a province, where the head says 主管部门、学校名称."""
    own = entry.above[0] if entry.above and entry.above[0].origin is Origin.TABLE else None
    if own is not None and "主管" in entry.heads.get("name", "") and (match := _SECTION.match(own.raw)):
        return headings.part(own, match.span("it"), match["it"])
    for heading in entry.above[:4]:
        found = headings.section_region(heading.raw) if "主管" in entry.heads.get("name", "") else None
        if found is not None:
            place, lead = found
            span = lead + place.start, lead + place.end
            return headings.part(heading, span, heading.raw[slice(*span)])
        if (match := _DEPARTMENT.match(heading.raw)) is not None:
            return headings.part(heading, match.span("it"), match["it"])
    return None


def _whole(view: View, entry: Entry, register: Register) -> Reading | None:
    """Return the region of a province's list; the ministry's list is of no region."""
    own = [heading for heading in entry.above if heading not in register.titles]
    national = any(re.search("教育部(?!门)|全国", heading.raw) for heading in entry.above)
    several = "authority" in entry.cells
    if national:
        return None
    return listed.issuer_region(view, own, register.titles, site=not several)
