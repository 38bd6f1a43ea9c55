"""Where a park lies: province, city and county."""

import re

from crawlers.fields import places, taglines
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Origin, Reading, Span
from schema.types.region_code import RegionCode

_WHERE = re.compile(r"(?:位于|地处|坐落于|坐落在|选址于?|落户|落址于?|座落于|设在)(?P<where>[^，。；]{2,40})")
_EVENT = re.compile(
    r"(?:开工|奠基|动工|开园|揭牌|竣工|投产|启用|挂牌|启动)(?:暨[^，。；]{2,20})?(?:仪式|活动|大会|建设)?在(?P<where>[^，。；]{2,20}?)(?:隆重|成功|顺利|正式)?(?:举行|举办|召开|进行|启动)"
)
_IN = re.compile(r"(?:在|走进|来到|到|赴|位于|从|沿着?|驱车)(?P<where>[\u4e00-\u9fff]{2,14}[市州盟区县旗])")
LINES_BEFORE = 6  # of a text in which the region before a park's name is looked for
_Part = tuple[RegionCode, str, Origin, Span]


def place(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    """Add province, city and county: labels of their own first, then an address, the text, the name."""
    parts = [*_labelled_places(sheet, stated), *_addresses(sheet, stated)]
    if len(name.spans) == 1 and not name.document and (place := places.at_start(name.raw)):
        at = name.spans[0][0] + place.start, name.spans[0][0] + place.end
        parts.append((place.code, name.raw[place.start : place.end], name.origin, at))
    if tag := taglines.place(sheet):
        parts.append((tag[0].code, sheet.view.text[slice(*tag[1])], Origin.BODY, tag[1]))
    parts += _before_name(sheet, str(name.value))
    parts += _seen(sheet, str(name.value))
    for code, raw, origin, at in parts or _formal_places(sheet):
        if parts and parts[0][0].province != code.province:
            continue
        if "city" in fields and not _agrees(code, str(fields["city"][0].value)):
            continue
        values = {"province": code.province.name}
        if code.level != "province" or code.value in places.MUNICIPALITIES:
            values["city"] = places.city(code.prefecture or code) or ""
        if code.level == "county":
            values["county"] = code.name
        for prop, value in values.items():
            if value:
                fields.setdefault(prop, [Reading(value, raw, origin, (at,))])


def _before_name(sheet: Sheet, name: str) -> list[_Part]:
    """Return the region that a sentence prints before the park's name: 走进烟台市的某某开发区."""
    text = sheet.view.text
    for span in sheet.prose[:LINES_BEFORE]:
        said = text[slice(*span)]
        at = said.find(name)
        lead = re.search(r"[\u4e00-\u9fff]{2,16}[省市区县州]的?[“《]?$", said[:at]) if at > 0 else None
        for start in range(*lead.span()) if lead else ():
            place = places.at_start(said[start:at])
            if place is not None and not place.start and start + place.end >= at - 2:
                where = span[0] + start, span[0] + start + place.end
                return [(place.code, text[slice(*where)], Origin.BODY, where)]
    return []


def _seen(sheet: Sheet, name: str) -> list[_Part]:
    """Return the one county or city in which a sentence on the park takes place: 记者在某市某区看到，某产业园…"""
    text = sheet.view.text
    found: dict[str, _Part] = {}
    for span in sheet.prose[:LINES_BEFORE]:
        for match in _IN.finditer(text[slice(*span)] if _tells(text[slice(*span)], name) else ""):
            start = span[0] + match.start("where")
            if (place := places.at_start(match["where"])) is not None and place.code.level != "province":
                at = start + place.start, start + place.end
                found.setdefault(place.code.value, (place.code, text[slice(*at)], Origin.BODY, at))
    return list(found.values()) if len(found) == 1 else []


def _tells(said: str, name: str) -> bool:
    return name in said or "园区" in said or "产业园" in said


def _agrees(code: RegionCode, city: str) -> bool:
    return code.level == "province" or city in (places.city(code), code.name, code.prefecture and code.prefecture.name)


def _labelled_places(sheet: Sheet, stated: Statements) -> list[_Part]:
    """Return the regions under 省份, 城市, 区县, each read within those before it."""
    parts: list[_Part] = []
    context = ""
    for prop in ("province", "city", "county"):
        for one in stated.of(prop)[:1]:
            said = sheet.view.text[slice(*one.first)]
            place = places.at_start(context + said)
            if place is not None and place.end > len(context):
                parts.append((place.code, said, Origin.TABLE, one.first))
                context += said
    return parts


def _addresses(sheet: Sheet, stated: Statements) -> list[_Part]:
    """Return the regions with which addresses begin: under labels, and behind 位于."""
    text = sheet.view.text
    spans = [(one.first, Origin.TABLE) for one in stated.of("place")]
    for span in sheet.prose[:40]:
        found = [match.span("where") for match in _WHERE.finditer(text[slice(*span)])]
        spans += [((span[0] + start, span[0] + end), Origin.BODY) for start, end in found]
    for span in sheet.prose[:40]:
        found = [match.span("where") for match in _EVENT.finditer(text[slice(*span)])]
        spans += [((span[0] + start, span[0] + end), Origin.BODY) for start, end in found]
    parts: list[_Part] = []
    for span, origin in spans:
        if (place := places.at_start(text[slice(*span)])) is not None:
            at = span[0] + place.start, span[0] + place.end
            parts.append((place.code, text[slice(*at)], origin, at))
    return parts


def _formal_places(sheet: Sheet) -> list[_Part]:
    """Return the first place that the text names in full (某省某市)."""
    text = sheet.view.text
    for span in sheet.prose[:6]:
        said = text[slice(*span)]
        found = re.search(r"[\u4e00-\u9fff]{2,7}省[\u4e00-\u9fff]{2,8}市(?:[\u4e00-\u9fff]{1,6}[区县市])?", said)
        if found and (place := places.first(found.group())):
            at = span[0] + found.start() + place.start, span[0] + found.start() + place.end
            return [(place.code, text[slice(*at)], Origin.BODY, at)]
    return []
