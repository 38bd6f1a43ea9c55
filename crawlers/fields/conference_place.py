"""Where a conference is held: its venue and its city."""

import re

from crawlers.fields import events, headline, periods, places, roles
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Origin, Reading, Span

_IN = re.compile(
    r"(?:在|于|落户|移师|走进)(?P<where>(?:(?![在于])[\u4e00-\u9fffA-Za-z0-9·（）()\s]){2,40}?)(?:隆重|成功|正式|顺利|盛大|圆满|如期|联合|共同|同步)*(?:举行|举办|召开|开幕|闭幕|落幕|启幕|拉开了?帷幕|落下了?帷幕|落帷|谢幕|(?:圆满|胜利|顺利)结束|揭幕|启动|收官|亮相|登场|上演|与[^，。；]{2,8}见面|如期而至)"
)
_BUILDING = (
    r"(?:中心|馆|酒店|宾馆|大厦|大学|学院|礼堂|剧院|厅|园|会堂|饭店|广场|基地|小镇|楼|岛|会议室|报告厅|度假村|山庄|公园)"
    r"(?:[（(][^（）()]{1,12}[)）])?"
)
_STATED = re.compile(
    r"(?:(?:会议|大会|举办|召开|活动|论坛|展会|峰会|展览|博览会|举行|年会)?(?:地点|地址|场地|场馆|会场)|主会场|会址|展馆)"
    r"(?:(?:均|分别|就|拟|将)?(?:设|定|选|放|安排|落)(?:在|于)|位于|[为是]|在(?!线))(?P<where>[^，。；：:、！？]{3,40}?)(?=[，。；、！？]|$)"
)
_TO = re.compile(
    rf"(?:落地|落户|移师|登陆|走进|亮相|齐聚|相聚|相约|做客|重返|回归)(?:于|在|到)?(?P<where>[\u4e00-\u9fffA-Za-z0-9·]{{2,24}}?{_BUILDING})(?=[，。；、！举召隆]|$)"
)
_DATELINE = re.compile(
    r"(?:本报|本网|新华社|中新社|中新网|人民网|新华网|央视网|科技日报|光明日报|经济日报)?\s{0,2}(?P<city>[\u4e00-\u9fff]{2,6}?)\s{0,2}\d{1,2}月\d{1,2}日\s{0,2}(?:电|讯|消息)"
)


def place(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    """Add venue and city."""
    text = sheet.view.text
    for one in [*stated.of("city"), *stated.of("venue")]:
        span = one.first
        said = text[slice(*span)]
        if re.search(r"[@]|https?:|www\.", said) or len(said) > 120:
            continue
        if re.search("[，。]", said) and (sentence := _STATED.search(said)) is not None:
            span = span[0] + sentence.start("where"), span[0] + sentence.end("where")  # 会场位于某酒店，距高铁站…
            said = text[slice(*span)]
        if one.label.property == "venue" or (
            len(said) > 8 and (one.label.name.endswith("举办地") or re.search(rf"{_BUILDING}$", said))
        ):
            _add_venue(fields, text, span, Origin.TABLE)
        _add_city(fields, text, span, Origin.TABLE)
    for one in stated.of("when_where"):
        for span in one.lines[:3]:
            found = periods.find(text[slice(*span)], 2000, label=True)
            start = span[0] + found[-1].end if found else span[0]
            rest = _after_comma(text, start, span[1])
            if rest[1] - rest[0] >= 2:
                _add_venue(fields, text, rest, Origin.TABLE)
                _add_city(fields, text, rest, Origin.TABLE)
    _told_place(fields, sheet)
    if "city" not in fields and "venue" in fields:
        venue = fields["venue"][0]
        if place := places.first(venue.raw):
            _city_reading(fields, text, venue.spans[0][0], place, venue.origin, venue.raw)
    match = re.search(r"中国?[（(·]\s?(?P<c>[\u4e00-\u9fff]{2,4})(?:[)）·]|(?=第|20))", name.raw)
    if match and "city" not in fields and len(name.spans) == 1 and not name.document:
        place = places.at_start(match["c"])
        if place is not None:
            _city_reading(fields, text, name.spans[0][0] + match.start("c"), place, name.origin, name.raw)
    if "city" not in fields or "venue" not in fields:
        _bare_city(fields, sheet)


def _after_comma(text: str, start: int, end: int) -> Span:
    if aside := re.match(r"\s?(?:[（(][^（）()]{1,20}[)）]|[^（）()，]{1,12}[)）])(?=[，,、。；\s])", text[start:end]):
        start += aside.end()  # （18日全天报到）
    while start < end and text[start] in " \u3000,，;；、。（）()—-|在于":
        start += 1
    return start, end


def _told_place(fields: dict[str, list[Reading]], sheet: Sheet) -> None:
    text = sheet.view.text
    for span in [*(s for r in headline.candidates(sheet) for s in r.spans), *sheet.prose[:40]]:
        for sentence in roles.sentences(text, span):
            said = text[slice(*sentence)]
            if events.OTHER_TIME.search(said):
                continue
            for match in (*_STATED.finditer(said), *_IN.finditer(said), *_TO.finditer(said)):
                where = sentence[0] + match.start("where"), sentence[0] + match.end("where")
                place = places.at_start(match["where"])
                if place or re.search(rf"{_BUILDING}$", match["where"]):
                    _add_venue(fields, text, where, Origin.BODY)
                    _add_city(fields, text, where, Origin.BODY)
    for span in sheet.prose[:3]:
        match2 = _DATELINE.search(text[slice(*span)][:80])
        if match2 and "city" not in fields and (place := places.at_start(match2["city"])):
            _city_reading(fields, text, span[0] + match2.start("city"), place, Origin.BODY, match2["city"])


def _bare_city(fields: dict[str, list[Reading]], sheet: Sheet) -> None:
    """Add a city that stands beside the days in a banner: 2023年7月6日-8日 | 中国·合肥."""
    text = sheet.view.text
    for line in sheet.lines:
        said = text[slice(*line.span)]
        if line.linked or len(said) > 80:
            continue
        match = re.search(r"中国\s?[·•・．.\-—]\s?(?P<c>[\u4e00-\u9fff]{2,7})", said)
        if match and (place := places.at_start(match["c"])):
            _city_reading(fields, text, line.span[0] + match.start("c"), place, Origin.BODY, said)
            _banner_venue(fields, text, (line.span[0] + match.start("c"), line.span[1]))
            return
        place = places.at_start(said)
        if (
            place
            and not {"city", "venue"} <= set(fields)
            and places.city(place.code)
            and len(said) <= 50
            and re.search("中心|馆|酒店|宾馆|大厦|会堂|广场", said)
        ):
            _city_reading(fields, text, line.span[0], place, Origin.BODY, said)
            _add_venue(fields, text, line.span, Origin.BODY)
            return
        found = periods.find(said, 2000)
        if found and found[0].last is not None:
            rest = _after_comma(text, line.span[0] + found[-1].end, line.span[1])
            if place := places.at_start(text[slice(*rest)]):
                _city_reading(fields, text, rest[0], place, Origin.BODY, said)
                _banner_venue(fields, text, rest)
                return


def _banner_venue(fields: dict[str, list[Reading]], text: str, span: Span) -> None:
    if re.search(r"(?:中心|馆|酒店|宾馆|大厦|大学|会堂|广场)\s*$", text[slice(*span)]):
        _add_venue(fields, text, span, Origin.BODY)


def _add_venue(fields: dict[str, list[Reading]], text: str, span: Span, origin: Origin) -> None:
    found = places.venue(text, *span)
    if found is not None and "venue" not in fields:
        raw = text[slice(*found)]
        fields["venue"] = [Reading(raw.strip(), raw, origin, (found,))]


def _add_city(fields: dict[str, list[Reading]], text: str, span: Span, origin: Origin) -> None:
    if "city" in fields:
        return
    said = text[slice(*span)]
    place = places.at_start(said) or places.first(said)
    if place is not None:
        _city_reading(fields, text, span[0], place, origin, said)


def _city_reading(
    fields: dict[str, list[Reading]], text: str, base: int, place: places.Place, origin: Origin, printed: str
) -> None:
    city = places.city(place.code, printed)
    if city is not None:
        span = base + place.start, base + place.end
        fields.setdefault("city", [Reading(city, text[slice(*span)], origin, (span,))])
