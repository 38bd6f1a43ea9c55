"""A Chinese organisation's name into its parts: place, brand, trade, legal form, unit, bracket, edition, year, kind.

The order of the parts follows the rules for registered names (place + 字号 + trade + legal form; State Council order
no. 734, articles 6-11); other bodies end in the word that says what they are. What no vocabulary knows is the brand.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from resolution.names import events
from resolution.names.normal import plain
from resolution.names.parts import ParsedName, Part, PartType
from resolution.names.words import forms, kinds, trades, units
from schema.types.region_code import RegionCode

COUNTRY = "CN"
_COUNTRY_WORDS = ("中华人民共和国", "中国", "中华", "国家", "全国")
_BRACKETED = re.compile(r"\(([^()]{1,30})\)")
_CITY_WORDS = ("本部", "总部", "集团", "控股")
_SHORTEST_BRAND = 2
# A zone that a name stands in: 苏州|工业园区|元禾…, 宁波|梅山保税港区|高瓴….
_ZONE = re.compile(
    r".{0,4}?(?:工业园区|产业园区|高新技术产业开发区|经济技术开发区|经济开发区|高新区|经开区|保税港区|综合保税区|保税区|自贸区|新区)"
)
_INNER = re.compile(r"(?<=集团)[\u4e00-\u9fff]{2,3}$|[\u4e00-\u9fff]{2,5}?(?:省|自治区|市)")
_POLICY = re.compile(
    r"^关于|《.+》|(?:通知|意见|办法|规划|方案|条例|规定|细则|决定|公告|批复|行动计划|若干措施)(?:\([^)]*\))?$"
)


def parse(name: str) -> ParsedName:
    """Return a name's parts with spans into its plain form. Never raises; what is not understood is a brand."""
    return _parse(plain(name))


@lru_cache(maxsize=20_000)
def _parse(text: str) -> ParsedName:
    if _POLICY.search(text) and not text.endswith(tuple(forms().meaning)):
        return ParsedName(text, (), "policy")
    cut = _unit_start(text)
    whole = text if cut is None else text[:cut]
    parts, kind = _whole(whole)
    if cut is not None:
        word = units().begin(text, len(text))
        relation = units().meaning[text[word:]] if word is not None else "branch"
        parts.append(Part(PartType.UNIT, text[cut:], cut, len(text), relation))
    return ParsedName(text, tuple(sorted(parts, key=lambda part: part.start)), kind)


def _whole(text: str) -> tuple[list[Part], str]:
    """Return the parts of a name without a unit, and its kind."""
    parts, kind = list(_event_parts(text)), ""
    end = len(text)
    while ends := [part.start for part in parts if part.end == end]:
        end = ends[0]  # 世界人工智能大会2021
    word = forms().begin(text, end)
    if word is not None and (word > 0 or end == len(text)):
        kind = forms().meaning[text[word:end]]
        parts.append(_part(PartType.FORM, text, word, end))
        end = word
    brackets = list(_bracket_parts(text, end))
    parts += brackets
    if brackets and brackets[-1].end == end:
        end = brackets[-1].start  # 中国石油大学(北京): what it is stands before where it is
    named = kinds().begin(text, end)
    if named is not None:
        said = kinds().meaning[text[named:end]]
        # 投资基金(有限合伙) is an investor; a 研究院有限公司 is a company: the form is said last and counts more.
        kind = said if not kind or said == "investor" else kind
        if said in {kind, "research_institute"}:
            parts.append(_part(PartType.KIND, text, named, end, said))
            end = named
    taken = sorted((p.start, p.end) for p in parts)
    start = next((stop for begin, stop in taken if begin == 0), 0)
    places = list(_places(text, start, end))
    parts += places
    start = places[-1].end if places else start
    parts += _brand_and_trades(text, start, end, taken)
    return parts, kind


def _part(type_: PartType, text: str, start: int, end: int, value: str | None = None) -> Part:
    return Part(type_, text[start:end], start, end, text[start:end] if value is None else value)


def _event_parts(text: str) -> Iterator[Part]:
    event = events.read(text)
    if event.edition_span:
        yield _part(PartType.EDITION, text, *event.edition_span, str(event.edition))
    if event.year_span and (event.edition_span or text.endswith(_event_words())):
        yield _part(PartType.YEAR, text, *event.year_span, str(event.year))


@lru_cache(maxsize=1)
def _event_words() -> tuple[str, ...]:
    return tuple(word for word, kind in kinds().meaning.items() if kind == "conference")


def _bracket_parts(text: str, end: int) -> Iterator[Part]:
    for match in _BRACKETED.finditer(text, 0, end):
        inside = match[1]
        if inside in _CITY_WORDS:
            yield _part(PartType.FORM, text, *match.span())
        elif inside in _COUNTRY_WORDS:
            yield _part(PartType.BRACKET, text, *match.span(), COUNTRY)
        elif (place := _place(inside)) is not None and place[1] >= len(inside) - 1:
            yield _part(PartType.BRACKET, text, *match.span(), place[0])


def _place(text: str) -> tuple[str, int] | None:
    """Return the place that a text begins with: its code, and how many characters it takes."""
    found = RegionCode.find_prefix(text)
    return None if found is None else (found[0].value, found[1])


def _places(text: str, start: int, end: int) -> Iterator[Part]:
    """Yield the country and the region that a name begins with."""
    for word in _COUNTRY_WORDS:
        if text.startswith(word, start) and end - start > len(word):
            yield _part(PartType.PLACE, text, start, start + len(word), COUNTRY)
            start += len(word)
            break
    found = _place(text[start:end])
    # A place is followed by what is there: a name that is nothing but a place is a brand.
    if found is not None and (start + found[1] < end or end < len(text)):
        stop = start + found[1]
        yield _part(PartType.PLACE, text, start, stop, found[0])
        zone = _ZONE.match(text, stop, end - _SHORTEST_BRAND)
        if zone is not None:
            yield _part(PartType.PLACE, text, stop, zone.end(), found[0])


def _brand_and_trades(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> list[Part]:
    """Return what stands between places and form: trades from the end on, and before them the brand."""
    holes = [(begin, stop) for begin, stop in taken if start <= begin < end]
    stretches, at = [], start
    for begin, stop in [*holes, (end, end)]:
        if begin > at:
            stretches.append((at, begin))
        at = max(at, stop)
    found: list[Part] = []
    for number, (low, high) in enumerate(stretches):
        cut = high
        least = low + (_SHORTEST_BRAND if number == 0 else 0)
        while (word := trades().begin(text, cut)) is not None and word >= least:
            found.append(_part(PartType.TRADE, text, word, cut))
            cut = word
        if cut > low:
            found += _brand(text, low, cut) if number == 0 or cut == high else [_part(PartType.TRADE, text, low, cut)]
    return found


def _brand(text: str, start: int, end: int) -> Iterator[Part]:
    """Yield a brand, parted where a region stands in it: 国网|江苏省, 移动通信集团|广东."""
    for match in _INNER.finditer(text, start + 1, end):
        for at in range(match.start(), match.end() - 1):
            found = _place(text[at : match.end()])
            if found is not None and at + found[1] == match.end() and at > start:
                yield _part(PartType.BRAND, text, start, at)
                yield _part(PartType.PLACE, text, at, match.end(), found[0])
                if match.end() < end:
                    yield _part(PartType.BRAND, text, match.end(), end)
                return
    yield _part(PartType.BRAND, text, start, end)


def _unit_start(text: str) -> int | None:
    """Return where the name of a unit of another organisation begins, None for a whole.

    A unit follows a complete name: 腾讯科技有限公司|深圳分公司, 北京大学|深圳研究生院, 中国科学院|自动化研究所.
    """
    word = units().begin(text, len(text))
    if word is None:
        return None
    heads = [match.end() for match in _complete().finditer(text, 0, word + 1) if match.end() < len(text)]
    heads = [end for end in heads if end > _SHORTEST_BRAND + 1 and not text[end:].startswith(("(", "有限", "科技有限"))]
    return max(heads, default=None)


@lru_cache(maxsize=1)
def _complete() -> re.Pattern[str]:
    """Return the pattern of words with which the name of a whole ends, in the middle of a longer name."""
    words = [word for word in forms().meaning if word.endswith(("公司", ")"))]
    words += ["大学", "科学院", "工程院", "银行", "研究院", "学院", "协会", "学会", "商会", "联合会", "实验室"]
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
