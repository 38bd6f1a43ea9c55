"""What lists of organisations share: names, keys of items, years of recognition, who issued the list and where."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from crawlers.fields import dates, headings, names, places
from crawlers.fields.sheet import Sheet
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading, Span
from schema.types.partial_date import PartialDate

_AROUND = re.compile(r"^[\s*★☆●◆·•]+|[\s*★☆▲△#＊①-⑳。；;，,、]+$")
_NUMBER = re.compile(
    r"^(?:\d{1,3}(?:、|[.．](?!\d))|[（(][一二三四五六七八九十\d]{1,3}[)）]|0\d{1,3}(?=[\u4e00-\u9fff]))\s*"
)
_REMARK = re.compile(
    r"\s*[（(](?:原|简称|曾用名|原名|又名|挂|更名|以下简称|新增|\*)[^（）()]*[)）]$|\s*[（(](?:\d{4}年?|第[一二三四五六七八九十]+批)[^（）()]{0,6}[)）]$"
)
_GONE = re.compile(
    r"404|not found|(?:页面|信息|文章|内容)(?:不存在|已删除|已失效)|页面未找到"
    r"|找不到(?:该|您|页面)|已被删除|系统(?:提示|错误|繁忙)|访问受限|无权限|出错了"
    r"|您(?:所)?(?:要)?(?:访问|查看|请求|浏览)的(?:页面|信息|文章|内容).{0,12}(?:不存在|删除|过期|找不到)",
    re.IGNORECASE,
)
_SETTLED = re.compile(r"予以公布|现公布|现予公布|公布如下|予以认定|予以备案")
_OPEN_TO = re.compile(r"异议|公示期|公示时间|监督电话|予以公示|拟(?!态|人|合|南)[^，。；]{1,6}")
_DEPARTMENT = re.compile(r"厅|局|委员会|科委|科创委|教委|人民政府|发改委")
_SOURCE = re.compile(
    r"(?:来源|信息来源|发文机关|发布机构|发文单位|发布单位|发文机构|公开机构|主办单位|主办|版权所有)\s{0,2}[:：]?\s{0,2}([\u4e00-\u9fff]{4,24})"
)


def is_gone(view: View) -> bool:
    """Tell whether a page is an error text, served as a page."""
    body = view.text[slice(*view.body)]
    return bool(_GONE.search(view.slice([view.title]))) or (len(body) < 300 and bool(_GONE.search(body)))


def is_settled(view: View) -> bool:
    """Tell whether a text publishes what is decided, though its title may say 公示: 予以公布, and nobody may object."""
    body = view.text[slice(*view.body)]
    return bool(_SETTLED.search(body)) and not _OPEN_TO.search(body)


def name(reading: Reading) -> Reading | None:
    """Return a name without number, marks and remarks such as （原某某院）; None where nothing of a name is left."""
    said = str(reading.value)
    while (cut := _REMARK.sub("", _NUMBER.sub("", _AROUND.sub("", said)))) != said:
        said = cut
    if not re.search(r"[\u4e00-\u9fffA-Za-z]{2}", said) or len(said) > 80 or re.search(r"[。！？]", said):
        return None
    return replace(reading, value=said)


def reading(view: View, span: Span, origin: Origin = Origin.TABLE) -> Reading:
    """Return a place of a document as a reading."""
    raw = view.text[slice(*span)]
    return Reading(" ".join(raw.split()), raw, origin, (span,), getattr(view, "document", None))


def key(text: str) -> str:
    """Return what a name is compared by: NFKC, small letters, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def with_items(found: Iterable[Extraction], by: tuple[str, ...]) -> list[Extraction]:
    """Return the extractions with an `item` each: the squeezed name, and for the same name again what parts them.

    `by` are the properties that tell two of one name apart; where they do not, the second one is counted. An
    extraction that says nothing else than one before it is left out.
    """
    return _with_items(found, by, "name")


def with_titles(found: Iterable[Extraction], by: tuple[str, ...]) -> list[Extraction]:
    """Return the extractions of records that have a title instead of a name with an `item` each."""
    return _with_items(found, by, "title")


def _with_items(found: Iterable[Extraction], by: tuple[str, ...], title: str) -> list[Extraction]:
    merged: list[Extraction] = []
    groups: dict[str, list[Extraction]] = {}
    for one in found:
        known = groups.setdefault(key(str(one.value(title))), [])
        same = next((other for other in known if _agree(one, other)), None)
        if same is not None:
            for prop, readings in one.fields.items():
                same.fields.setdefault(prop, readings)
            same.warnings += [warning for warning in one.warnings if warning not in same.warnings]
            continue
        known.append(one)
        merged.append(one)
    for squeezed, group in groups.items():
        counts: Counter[str] = Counter()
        for one in group:
            parts = [key(str(one.value(prop))) for prop in by if one.value(prop)] if len(group) > 1 else []
            item = "|".join([squeezed, *parts])
            counts[item] += 1
            one.item = item if counts[item] == 1 else f"{item}|{counts[item]}"
    return merged


def _agree(one: Extraction, other: Extraction) -> bool:
    return all(one.value(prop) == other.value(prop) for prop in one.fields if prop in other.fields)


def date(reading: Reading | None) -> Reading | None:
    """Return a cell's date in ISO form at the precision printed, or None."""
    if reading is None:
        return None
    said = unicodedata.normalize("NFKC", str(reading.value)).strip()
    if month := re.fullmatch(r"((?:19|20)\d\d)[./-]?(\d{1,2})", said):
        found = PartialDate.parse(f"{month[1]}-{int(month[2]):02d}")
    else:
        found = PartialDate.parse(said) or next((one for one, _, _ in PartialDate.find(said)), None)
    return replace(reading, value=str(found)) if found else None


def year(reading: Reading | None) -> Reading | None:
    """Return a cell's year as a number, or None."""
    if reading is None:
        return None
    found = headings.year(reading)
    if found is None and (said := date(reading)) is not None:
        found = replace(reading, value=int(str(said.value)[:4]))
    return found


def organisations(reading: Reading | None) -> list[Reading]:
    """Return the organisations of a cell, one reading each; the whole cell where it is not clearly several."""
    if reading is None:
        return []
    if len(reading.spans) == 1 and reading.raw:
        parts = names.split(reading.raw, (0, len(reading.raw)))
        if len(parts) > 1 and all(names.is_organisation(reading.raw[slice(*part)]) for part in parts):
            return [headings.part(reading, part, reading.raw[slice(*part)].strip()) for part in parts]
    return [reading]


def issued(sheet: Sheet) -> Reading | None:
    """Return the day on which a page's document was written (a line of its own at the end), else put on the web."""
    view = sheet.view
    for line in reversed(sheet.lines):
        raw = view.text[slice(*line.span)]
        found = PartialDate.find(raw) if len(raw) <= 24 else []
        if len(found) == 1 and found[0][0].day and not re.sub(r"\s", "", raw[: found[0][1]] + raw[found[0][2] :]):
            return Reading(str(found[0][0]), raw, Origin.SIGNATURE, (line.span,))
    return dates.publication(view, sheet.page, (0, len(sheet.page)))


def issuer_region(view: View, titles: Iterable[Reading], lines: Iterable[Reading], *, site: bool) -> Reading | None:
    """Return the region that a list is about: named in its titles, else that of the department that issued it.

    The value is the region's code. `site` says whether the department may also be read from the site's imprint.
    """
    for heading in [*titles, *lines]:
        if (place := headings.region(heading.raw)) is not None:
            return headings.part(heading, (place.start, place.end), place.code.value)
    if not site:
        return None
    tail = view.slice([view.title])
    marks = [(match.start(1), match.group(1)) for match in _SOURCE.finditer(view.text[slice(*view.body)])]
    spans = [(view.body[0] + at, said) for at, said in marks]
    pieces = re.split(r"[-_|—–·>»\s]+", tail)
    spans += [(view.title[0] + tail.rfind(piece), piece) for piece in reversed(pieces[1:]) if piece]
    spans += [(start, view.text[start:end].strip()) for start, end in view.lines if 5 <= end - start <= 24]
    for at, said in spans:
        place = places.at_start(said) if _DEPARTMENT.search(said) else None
        if place is not None:
            span = at + place.start, at + place.end
            return Reading(place.code.value, view.text[slice(*span)], Origin.BODY, (span,))
    return None


def fields_of(readings: Mapping[str, Reading | None]) -> dict[str, list[Reading]]:
    """Return what was read as the fields of an extraction; what was not is left out."""
    return {prop: [reading] for prop, reading in readings.items() if reading is not None}
