"""Province and city of a row of a list: its own cells first, then the section that it stands in, then the list."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from crawlers.fields import headings, places
from schema.evidence import Reading
from schema.types.region_code import RegionCode

UNKNOWN_PLACE = "unknown_place"
_CITY = re.compile(r"[\u4e00-\u9fff]{2,6}市")


def locate(
    cells: Mapping[str, Reading], above: Iterable[Reading], whole: Reading | None = None
) -> tuple[dict[str, Reading], list[tuple[str, str]]]:
    """Return readings of `province` and `city`, and warnings of places that no gazetteer knows.

    `cells` may hold `province`, `city` and `place` (both in one, or an address); `above` are headings, the nearest
    first, that may be a region's name; `whole` names the region of the whole list (its issuer's).
    """
    found: dict[str, Reading] = {}
    warnings: list[tuple[str, str]] = []
    context: RegionCode | None = None
    outer = [(heading, place.code, place) for heading, place in headings.regions(above)]
    for name in ("province", "city", "place", "address"):
        reading = cells.get(name)
        if reading is None:
            continue
        bases = [context, *(code for _, code, _ in outer), _region_of(whole)]
        code = _read(str(reading.value), [base.province for base in bases if base])
        if code is None:
            if name == "city" and _CITY.fullmatch(str(reading.value)):
                found.setdefault("city", reading)
            elif name != "address" and not re.fullmatch(r"省[直属级管]|省本级|中央|部属", str(reading.value)):
                warnings.append((UNKNOWN_PLACE, str(reading.value)))
            continue
        if context is not None and context.province != code.province:
            continue  # the province's own column is believed
        context = context or code
        _add(found, code, reading)
    for heading, code, place in outer:
        if context is None or context.province == code.province:
            context = context or code
            _add(found, code, headings.part(heading, (place.start, place.end), None))
    if whole is not None and (code := _region_of(whole)) is not None and (context is None or context == code.province):
        _add(found, code, whole)
    elif whole is not None and code is not None and context is not None and code.contains(context):
        _add(found, code.province, whole)
    return found, warnings


def _region_of(whole: Reading | None) -> RegionCode | None:
    return RegionCode.parse(str(whole.value)) if whole is not None else None


def _read(text: str, bases: list[RegionCode]) -> RegionCode | None:
    """Return the region that a text begins with, inside one of the provinces where its name alone says too little."""
    text = re.sub(r"^(?:中国[，,·\s]?)", "", text)
    alone = places.at_start(text)
    for base in bases:
        inside = places.at_start(base.name + text)
        if inside is None or inside.end <= len(base.name) or inside.code == base:
            continue
        if alone is None or alone.code.province == base or alone.end < inside.end - len(base.name):
            return inside.code
    return alone.code if alone is not None else None


def _add(found: dict[str, Reading], code: RegionCode, said: Reading) -> None:
    found.setdefault("province", replace(said, value=code.province.name))
    if code.level != "province" or code.value in places.MUNICIPALITIES:
        name = places.city(code, str(said.raw))
        if name:
            found.setdefault("city", replace(said, value=name))
