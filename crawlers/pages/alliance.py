"""Alliances, associations and societies: registers with their files, a profile, charter, member list, news."""

import re
from collections.abc import Mapping
from dataclasses import replace

from crawlers.fields import (
    alliance_bearers,
    alliance_count,
    alliance_list,
    alliance_name,
    alliance_roles,
    headline,
    members,
    names,
    organisations,
    pairs,
    periods,
    places,
    roles,
)
from crawlers.fields.further_hints import HINTS
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.fields.vocabulary import vocabulary
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading

FILES = True  # many registers are files on a notice
VERSION = 6  # raise it whenever the same page gives other values; then `samplebase reparse`

_SHORT = re.compile(
    r"(?:以下)?(?:简称|缩写|下称|统称|昵称|又称|小名|别名)(?:为|是|叫)?[:：]?\s{0,2}(?:“(?P<a>[^”]{2,24})”|(?P<b>[A-Za-z][A-Za-z0-9&\-]{1,15}|[\u4e00-\u9fffA-Za-z0-9]{2,12}))"
)
_GENERIC = frozenset(
    {
        "联盟",
        "协会",
        "学会",
        "本联盟",
        "本协会",
        "本会",
        "研究会",
        "促进会",
        "联合体",
        "商会",
        "本学会",
        "联合会",
        "共同体",
    }
)


def extract(
    view: View, row: Mapping[str, Reading] | None = None, files: Mapping[str, View] | None = None
) -> Extraction | list[Extraction]:
    """Return the alliances that a page and its files list, each with its item key, or the one that the page is about.

    `row` are readings of the list row that led to the page. `founded` is a partial ISO date, `region` a GB/T
    2260 code, `member_count` a number; the organisations are named as printed. Properties that the page does not
    state are left out. Raises NotARecord for other pages, and for lists of what was revoked.
    """
    return alliance_list.read(view, files) or _profile(view, row)


def _profile(view: View, row: Mapping[str, Reading] | None) -> Extraction:
    sheet = Sheet(view)
    stated = Statements(sheet, vocabulary("alliance"))
    pairs.supplement(stated, HINTS["alliance"])
    fields: dict[str, list[Reading]] = {}
    name = alliance_name.name(sheet, stated, row or {})
    if name is None:
        raise NotARecord("no alliance is named in the title or the text")
    fields["name"] = [name]
    members.listed(fields, sheet, stated)
    if "members" in fields:
        # What signs below a list is no member: 某联盟秘书处.
        fields["members"] = [one for one in fields["members"] if not str(one.value).startswith(str(name.value))]
    alliance_roles.read(fields, sheet, name)
    alliance_bearers.read(fields, sheet, name)
    _founded(fields, sheet, stated, name)
    _facts(fields, sheet, stated, name)
    if not set(fields) - {"name", "level", "region", "short_name"} and not _is_about(sheet, name):
        raise NotARecord("nothing is said of the alliance that is named")
    extraction = Extraction("alliance", fields)
    extraction.warnings = [("unknown_label", label) for label in stated.unknown]
    return extraction


def _is_about(sheet: Sheet, name: Reading) -> bool:
    """Tell whether the text says what the alliance is: 是…组织, 以下简称, 宗旨."""
    text = "".join(sheet.view.text[slice(*span)] for span in sheet.prose)
    return str(name.value) in text and bool(re.search(r"宗旨|社会团体|社会组织|非营利|简称|自愿组成|章程", text))


def _founded(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    text = sheet.view.text
    for one in stated.of("founded"):
        said = text[slice(*one.first)]
        found = periods.find(said, label=True)
        if found:
            place = one.first[0] + found[0].start, one.first[0] + found[0].end
            fields["founded"] = [Reading(str(found[0].first), text[slice(*place)], Origin.TABLE, (place,))]
            return
        if year := re.match(r"\s*((?:19|20)\d\d)(?:[-/.](\d{1,2}))?\s?年?\s*$", said):
            value = year[1] + (f"-{int(year[2]):02d}" if year[2] else "")
            fields["founded"] = [Reading(value, said, Origin.TABLE, (one.first,))]
            return
    published = headline.published(sheet)
    known = {str(name.value), *(str(r.value) for r in fields.get("short_name", ()))}
    for span in sheet.prose[:60]:
        for sentence in roles.sentences(text, span):
            said = text[slice(*sentence)]
            about = (
                any(word in said for word in known)
                or re.match(
                    r"\s*(?:(?:据了解|据悉|据介绍|目前)，)?(?:该|本)?(?:联盟|协会|学会|联合体|促进会|研究会|商会|成立)",
                    said,
                )
                or re.search(r"(?:该|本|此|这一)(?:联盟|协会|学会|联合体|促进会|研究会|商会|联合会)", said)
            )
            if not about or re.search(r"拟成立|将成立|即将成立|筹备成立|计划成立|将于", said):
                continue
            if founding := organisations.founding(said, published):
                value, (start, end) = founding
                place = sentence[0] + start, sentence[0] + end
                fields["founded"] = [Reading(value, text[slice(*place)], Origin.BODY, (place,))]
                return


def _facts(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    """Add short name, number of members, level and region."""
    text = sheet.view.text
    for one in stated.of("short_name"):
        if found := names.trim(text, *one.first):
            fields["short_name"] = names.readings(text, [found], Origin.TABLE)
            break
    for span in sheet.prose[:60]:
        if "short_name" in fields:
            break
        for match in _SHORT.finditer(text[slice(*span)]):
            group = "a" if match["a"] else "b"
            if match[group] not in _GENERIC:
                place = span[0] + match.start(group), span[0] + match.end(group)
                fields["short_name"] = names.readings(text, [place], Origin.BODY)
                break
    if (count := alliance_count.read(sheet, stated)) is not None:
        fields["member_count"] = [count]
    _level(fields, sheet, stated, name)
    _region(fields, sheet, stated, name)


def _level(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    text = sheet.view.text
    labelled = [(one.first, Origin.TABLE) for one in stated.of("level")]
    told = [
        (span, Origin.BODY)
        for span in sheet.prose[:20]
        if re.search("联盟|协会|学会|联合体|社会组织|社会团体|会", text[slice(*span)])
    ]
    for span, origin in (*labelled, *told):
        said = text[slice(*span)]
        if origin is Origin.BODY:
            # 全国性、行业性的非营利组织 is about the alliance; 国家级实验室 is about a member.
            said = "".join(
                m.group()
                if re.search("组织|团体|联盟|协会|学会|联合体", said[m.end() : m.end() + 24])
                else "＿" * len(m.group())
                for m in re.finditer(r"[^，。；]*?级|[^，。；]*?性|.", said)
            )
        found = organisations.level(said) if len(said) == span[1] - span[0] else None
        if found:
            place = span[0] + found[1], span[0] + found[2]
            fields["level"] = [Reading(found[0], text[slice(*place)], origin, (place,))]
            return
    if found := organisations.level_of_name(str(name.raw)):
        fields["level"] = [_part(name, found[0], found[1], found[2])]


def _region(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    text = sheet.view.text
    for one in stated.of("region"):
        said = text[slice(*one.first)]
        if place := places.at_start(said):
            span = one.first[0] + place.start, one.first[0] + place.end
            fields["region"] = [Reading(place.code.value, text[slice(*span)], Origin.TABLE, (span,))]
            return
    if place := places.at_start(str(name.raw)):
        fields["region"] = [_part(name, place.code.value, place.start, place.end)]
        return
    for one in stated.of("seat"):
        if place := places.at_start(text[slice(*one.first)]):
            span = one.first[0] + place.start, one.first[0] + place.end
            fields["region"] = [Reading(place.code.value, text[slice(*span)], Origin.TABLE, (span,))]
            return


def _part(name: Reading, value: str, start: int, end: int) -> Reading:
    if len(name.spans) != 1 or name.document:
        return replace(name, value=value)
    at = name.spans[0][0]
    return replace(name, value=value, raw=name.raw[start:end], spans=((at + start, at + end),))
