"""Areas as parks print them (平方公里, 公顷, 亩, 平方米), in square kilometres."""

import re
from dataclasses import dataclass

from schema.types.chinese_number import parse_number

_UNITS = {
    "平方公里": 1.0,
    "平方千米": 1.0,
    "km2": 1.0,
    "km²": 1.0,
    "㎢": 1.0,
    "公顷": 0.01,
    "hm2": 0.01,
    "亩": 1 / 1500,
    "平方米": 1e-6,
    "㎡": 1e-6,
    "m2": 1e-6,
    "m²": 1e-6,
}
_AREA = re.compile(
    r"(?P<number>\d+(?:[,，]\d{3})*(?:\.\d+)?|[一二两三四五六七八九十百千零〇]+)\s{0,2}(?P<scale>[十百千万亿]{0,2})\s{0,2}(?P<more>[余多])?\s{0,2}"
    r"(?P<unit>平方公里|平方千米|[Kk][Mm](?:2|²)|㎢|公顷|hm2|亩|平方米|㎡|m2|m²)"
)


@dataclass(frozen=True, slots=True)
class Area:
    """An area in square kilometres and its place in the text."""

    km2: float
    start: int
    end: int


_UNIT = re.compile(r"(?P<scale>[万千百]?)(?P<unit>平方公里|平方千米|[Kk][Mm](?:2|²)|㎢|公顷|hm2|亩|平方米|㎡|m2|m²)")


def under(said: str, label: str) -> Area | None:
    """Return the first area of a value; its unit may stand in the label or head alone: 规划面积（公顷）."""
    if found := find(said):
        return found[0]
    number = re.search(r"\d[\d,，]*(?:\.\d+)?", said)
    unit = _UNIT.search(label)
    if number is None or unit is None:
        return None
    whole = find(number.group() + unit.group())
    return Area(whole[0].km2, *number.span()) if whole else None


def find(text: str) -> list[Area]:
    """Return the areas of a text in order; four digits behind the point."""
    found = []
    for match in _AREA.finditer(text.translate(str.maketrans("０１２３４５６７８９．", "0123456789."))):
        number = parse_number(match["number"].replace(",", "").replace("，", "") + match["scale"])
        if number is not None:
            found.append(Area(round(float(number) * _UNITS[match["unit"].lower()], 4), *match.span()))
    return found
