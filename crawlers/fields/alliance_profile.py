"""One alliance that a page, or a part of it, is about: its labels and lists, then its sentences."""

import re
from dataclasses import replace

from crawlers.fields import (
    alliance_bearers,
    alliance_count,
    alliance_name,
    alliance_roles,
    alliance_weighed,
    blocks,
    chronicles,
    headline,
    members,
    names,
    organisations,
    periods,
    places,
    roles,
)
from crawlers.fields.further_hints import HINTS
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Extraction, Origin, Reading, Span
from schema.types.partial_date import PartialDate

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


def read(sheet: Sheet, stated: Statements, name: Reading) -> Extraction:
    """Return what a page, or a part of one, says of the alliance of a name."""
    fields: dict[str, list[Reading]] = {"name": [name]}
    members.listed(fields, sheet, stated)
    if "members" in fields:
        # What signs below a list is no member: 某联盟秘书处.
        fields["members"] = [one for one in fields["members"] if not str(one.value).startswith(str(name.value))]
    alliance_roles.read(fields, sheet, name)
    alliance_bearers.read(fields, sheet, name)
    _founded(fields, sheet, stated, name)
    _facts(fields, sheet, stated, name)
    alliance_weighed.read(fields, sheet, name)
    extraction = Extraction("alliance", fields)
    extraction.warnings = [("unknown_label", label) for label in stated.unknown]
    return extraction


def several(stated: Statements) -> list[Extraction]:
    """Return the alliances of a page that has a block each, which says more of it than its name."""

    def named(span: Span) -> Span | None:
        head = Reading("", stated.text[slice(*span)], Origin.BODY, (span,))
        return next((one.spans[0] for one in alliance_name.named(head)), None)

    found = []
    hinted = blocks.read(stated, alliance_name.is_name, HINTS["alliance"])
    for name, whole in hinted or blocks.told(stated.sheet, alliance_name.is_name, named):
        inner = stated.part(whole)
        said = stated.text[slice(*name)]
        document = getattr(stated.sheet.view, "document", None)
        one = read(inner.sheet, inner, Reading(said, said, Origin.BODY, (name,), document))
        if set(one.fields) - {"name", "level", "region"}:
            found.append(one)
    return found if len(found) > 1 else []


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
            above = chronicles.year_above(sheet, sentence[0])
            day = PartialDate(above) if above else published
            if founding := organisations.founding(said, day):
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
