"""Places of things: the city that a text names, and a venue without the place name before it."""

import re
from dataclasses import dataclass

from schema.evidence import Span
from schema.types.region_code import RegionCode

MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
_CHINA = re.compile(r"^(?:中国)?[\s·•・,，:：（(—-]*")
_EPITHET = re.compile(
    r"的|名城|之[都城乡滨畔地]|水乡|[\u4e00-\u9fff][城岛都]|古[都城]|故里|侨乡|明珠|腹地|[江河湖海]畔|前沿|沿海|湾区|之国|都市|三角洲?|地区|流域|平原|核心区"
)
_BETWEEN = " \u3000·•・,，、:：-—|/（(）)的"


@dataclass(frozen=True, slots=True)
class Place:
    """A region of GB/T 2260 and where it is printed."""

    code: RegionCode
    start: int
    end: int


def at_start(text: str) -> Place | None:
    """Return the region that a text begins with, read down the tree across dots and spaces (安徽·合肥 …)."""
    match = _CHINA.match(text)
    start = match.end() if match else 0
    found = RegionCode.find_prefix(text[start:])
    if found is None:
        return None
    code, length = found
    end = start + length
    while True:
        after = end
        while after < len(text) and text[after] in _BETWEEN:
            after += 1
        deeper = RegionCode.find_prefix(code.name + text[after:]) if after > end else None
        if deeper is None or deeper[0] == code or not code.contains(deeper[0]) or deeper[1] <= len(code.name):
            return Place(code, start, end)
        code, end = deeper[0], after + deeper[1] - len(code.name)


def epithet(text: str) -> int:
    """Return how much of a text praises the region that it goes on to name (美丽的鹭岛|厦门); 0 where it does not."""
    for match in _EPITHET.finditer(text[:20]):
        if re.search("[与和及、由，]", text[: match.end()]):
            break
        if at_start(text[match.end() :]) is not None:
            return match.end()
    return 0


def first(text: str) -> Place | None:
    """Return the first region that a text names, the deepest there."""
    for index in range(len(text)):
        # No place begins inside a longer run of digits or letters.
        if "\u4e00" <= text[index] <= "\u9fff" and (found := at_start(text[index:])) and found.start == 0:
            return Place(found.code, index, index + found.end)
    return None


def city(code: RegionCode, printed: str = "") -> str | None:
    """Return the city of a region with its 市: the prefecture, a municipality, or a county-level city printed alone."""
    if code.province.value in MUNICIPALITIES:
        return code.province.name
    prefecture = code.prefecture
    if code.level == "county" and code.name.endswith("市"):
        alone = prefecture is None or prefecture.name[:2] not in printed.replace(code.name, "")
        if alone:
            return code.name
    return prefecture.name if prefecture else None


def venue(text: str, start: int, end: int) -> Span | None:
    """Return the place of the building in a printed venue, without the province and city before it.

    A place name with its 省 and 市 or parted by a space or dot is cut off (安徽省合肥市|滨湖…, 合肥·滨湖…), one
    that is part of the name is not (合肥滨湖国际会展中心). None where only the place is printed.
    """
    said = text[start:end]
    place = at_start(said)
    if place is not None:
        rest = said[place.end :].lstrip(_BETWEEN)
        full = said[: place.end].endswith(place.code.name)
        again = full and place.code.name.endswith("市") and rest.startswith(place.code.name[:-1])  # 海阳市|海阳国际…
        whole = again or (full and place.code.level != "county" and not rest.startswith(("民", "场")))
        if not rest.strip(" \u3000)）"):
            return None
        upper = at_start(said[: place.end])
        if said[place.end : place.end + 1] in tuple(_BETWEEN) or whole:
            start += len(said) - len(rest)
        elif place.code.level != "province" and upper is not None and not rest.startswith(("民", "场")):
            start += _formal(said, place)
    if district := re.match(r"[\u4e00-\u9fff]{2,8}(?:新区|区|县|开发区|镇|街道)[ \u3000·]+(?=\S{4})", text[start:end]):
        start += district.end()
    while end > start and (
        match := re.search(
            r"\s*[（(](?:[^（）()]*(?:[路街道号区市县省]|暂定|线上|线下|直播)[^（）()]*)[)）]\s*$|[\s。；;，,、]+$",
            text[start:end],
        )
    ):
        end = start + match.start()
    return (start, end) if end - start >= 2 else None


def _formal(said: str, place: Place) -> int:
    """Return how much of a glued place name is formal: 安徽省|合肥滨湖…, 北京市|海淀区…; 0 for none."""
    code: RegionCode | None = place.code
    best = 0
    while code is not None:
        if code.level != "county" and (at := said.find(code.name, 0, place.end)) >= 0:
            best = max(best, at + len(code.name))
        code = code.parent
    return best if best < place.end or said[best - 1 : best] in "市省" else 0
