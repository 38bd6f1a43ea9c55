"""What a page says of one enterprise: under labels, in sentences, at its foot."""

import re
from collections.abc import Callable

from crawlers.fields import chronicles, english_lines, figures, headline, places, revenue
from crawlers.fields import enterprise_facts as facts
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Origin, Reading, Span

_CITY = re.compile(
    r"(?:在|位于|来到|[，。\s“（(的]|^)(?P<where>[\u4e00-\u9fff]{2,12}?[市州盟])(?!场|民|面|值|委|级|政府)",
    re.MULTILINE,
)
_ABROAD = re.compile("客户|子公司|分公司|办事处|基地|销往|出口|项目|展会|工厂|签约|本报|电$")

LONGEST = 100  # characters of a value under a label


def read(
    fields: dict[str, list[Reading]],
    sheet: Sheet,
    stated: Statements,
    known: set[str],
    warnings: list[tuple[str, str]],
) -> None:
    """Add what labels say, then what sentences do, then the revenue."""
    _labelled(fields, sheet, stated, warnings)
    _told(fields, sheet, known)
    published = headline.published(sheet)
    prose = [*sheet.prose, *(pair.place for pair in figures.events(sheet) if pair.place not in sheet.prose)]
    if sums := revenue.read(sheet.view, stated, prose, published.year if published else None):
        fields["revenue"] = sums


def _labelled(
    fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, warnings: list[tuple[str, str]]
) -> None:
    """Add what stands under labels."""
    text = sheet.view.text
    parsers: dict[str, Callable[[str], tuple[object, int, int] | None]] = {
        "founded": facts.day,
        "credit_code": facts.code,
        "layer": lambda said: facts.layer(said, label=True),
        "is_platform": lambda said: facts.is_platform(said, label=True),
    }
    for prop, parse in parsers.items():
        for one in stated.of(prop):
            said = text[slice(*one.first)]
            if prop not in fields and (found := parse(said)):
                value, start, end = found
                at = one.first[0] + start, one.first[0] + end
                fields[prop] = [Reading(value, text[slice(*at)], Origin.TABLE, (at,))]
            elif prop == "credit_code" and prop not in fields and said:
                warnings.append(("bad_credit_code", said))
    for prop in ("english_name", "industry"):
        for one in stated.of(prop)[:1]:
            raw = text[slice(*one.first)].strip(" ；;。")
            at = one.first[0], one.first[0] + len(raw)
            if len(raw) <= LONGEST and not (prop == "english_name" and not raw.isascii()):
                fields[prop] = [Reading(text[slice(*at)], text[slice(*at)], Origin.TABLE, (at,))]
    # 公司名称 Company: the name in both languages, one under the other.
    for one in stated.of("legal_name") if "english_name" not in fields else ():
        for at in one.lines[1:2]:
            raw = text[slice(*at)].strip()
            if raw.isascii() and re.search(r"(?:Ltd|Inc|Corp|Co|LLC|Limited|Group)\b", raw) and len(raw) <= LONGEST:
                fields["english_name"] = [Reading(raw, text[slice(*at)], Origin.TABLE, (at,))]
    for one in stated.of("website"):
        if "website" not in fields and (site := facts.website(text[slice(*one.first)], label=True)):
            at = one.first[0] + site[0], one.first[0] + site[1]
            fields["website"] = [Reading(text[slice(*at)], text[slice(*at)], Origin.TABLE, (at,))]
    _places(fields, sheet, stated)


def _places(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements) -> None:
    text = sheet.view.text
    context = ""
    for prop in ("province", "city", "county", "place", "registered"):
        for one in stated.of(prop)[:1]:
            said = text[slice(*one.first)]
            place = places.at_start(context + said) if prop != "registered" else None
            place = place or places.at_start(said)
            if place is None or (prop == "registered" and "province" in fields and not context):
                continue
            if "province" in fields and fields["province"][0].value != place.code.province.name:
                continue
            if prop in ("province", "city", "county"):
                context += said
            for name, found in facts.located(place.code, said, Origin.TABLE, one.first).items():
                fields.setdefault(name, [found])


def _told(fields: dict[str, list[Reading]], sheet: Sheet, known: set[str]) -> None:
    """Add what sentences say, where no label did."""
    text = sheet.view.text
    seats: list[tuple[int, int, dict[str, Reading]]] = []
    events = [pair.place for pair in figures.events(sheet)]
    for (base, _), said in facts.sentences(text, [*sheet.prose[:80], *events]):

        def add(prop: str, value: object, start: int, end: int, base: int = base) -> None:
            at = base + start, base + end
            fields.setdefault(prop, [Reading(value, text[slice(*at)], Origin.BODY, (at,))])

        if "founded" not in fields and (day := facts.founded(said, known)):
            add("founded", *day)
        if (dated := chronicles.day_of(sheet, base)) is not None:
            value, start, end = dated
            known_as = str(fields["founded"][0].value) if "founded" in fields else value[:4]
            # 2013 | 7月，…成立: the year alone may be known already.
            if start >= base and known_as == value[:4] and facts.is_founding(said, end - base, known):
                fields.pop("founded", None)
                add("founded", value, start - base, end - base)
        if (seat := facts.seat(said, known)) is not None:
            code, start, end, weakness = seat
            at = base + start, base + end
            seats.append((weakness, base, facts.located(code, text[slice(*at)], Origin.BODY, at)))
        if "credit_code" not in fields and "信用代码" in said and (found := facts.code(said)):
            add("credit_code", *found)
        if "layer" not in fields and (layer := facts.layer(said)) and not re.search("三个层|分为|包括", said):
            add("layer", *layer)
        if "is_platform" not in fields and (platform := facts.is_platform(said)):
            add("is_platform", *platform)
        for prop, finder in (("industry", facts.industry), ("english_name", facts.english_name), ("website", _site)):
            if prop not in fields and (place := finder(said)):
                add(prop, said[slice(*place)], *place)
    if seats and "province" not in fields:
        for prop, reading in min(seats, key=lambda one: one[:2])[2].items():
            fields.setdefault(prop, [reading])


def elsewhere(fields: dict[str, list[Reading]], sheet: Sheet, legal: str) -> None:
    """Add what no sentence says of the company: an address of the web in any line, the one city of the text."""
    text = sheet.view.text
    for line in sheet.lines if "website" not in fields else ():
        if "website" not in fields and (site := _site(text[slice(*line.span)])) is not None:
            at = line.span[0] + site[0], line.span[0] + site[1]
            fields["website"] = [Reading(text[slice(*at)], text[slice(*at)], Origin.BODY, (at,))]
    # The site of the company itself prints its address at its foot.
    own = {legal, *(str(one.value) for one in fields.get("short_names", ()))}
    if "website" not in fields and any(name in text[slice(*sheet.view.title)] for name in own):
        for start, end in sheet.view.lines[-8:]:
            if "website" not in fields and (site := _site(text[start:end])) is not None:
                at = start + site[0], start + site[1]
                fields["website"] = [Reading(text[slice(*at)], text[slice(*at)], Origin.BODY, (at,))]
    if "english_name" not in fields and (latin := english_lines.find(sheet, own)) is not None:
        fields["english_name"] = [Reading(text[slice(*latin)], text[slice(*latin)], Origin.BODY, (latin,))]
    if "city" not in fields and "province" not in fields:
        _only_city(fields, sheet, legal)


def _only_city(fields: dict[str, list[Reading]], sheet: Sheet, legal: str) -> None:
    """Add the one city of the text; where it names none, that with which the legal name begins."""
    text = sheet.view.text
    seen: dict[str, tuple[places.Place, int]] = {}
    for start, end in sheet.prose[:40]:
        for match in _CITY.finditer(text, start, end):
            place = places.at_start(match["where"])
            if place is not None and not _ABROAD.search(text, max(start, match.start() - 6), match.end() + 6):
                code = place.code.prefecture or place.code
                seen.setdefault(code.value, (place, match.start("where")))
    at_name = places.at_start(legal)
    fitting = [
        one
        for one in seen.values()
        if at_name is None or at_name.code.contains(one[0].code) or at_name.code == one[0].code
    ]
    if not seen and at_name is not None and not at_name.start and at_name.code.level != "province":
        # The law has a company's name begin with where it is registered.
        start, end = text.find(legal), at_name.end
        if start >= 0:
            at = start, start + end
            for prop, reading in facts.located(at_name.code, text[slice(*at)], Origin.BODY, at).items():
                fields.setdefault(prop, [reading])
        return
    if len(fitting) == 1 and (at_name is not None or len(seen) == 1):
        place, start = fitting[0]
        at = start + place.start, start + place.end
        for prop, reading in facts.located(place.code, text[slice(*at)], Origin.BODY, at).items():
            fields.setdefault(prop, [reading])


def _site(said: str) -> Span | None:
    return facts.website(said) if re.search("官网|网址|网站|访问|登录|登陆", said) else None
