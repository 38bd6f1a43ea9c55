"""Where sentences say that an institute sits."""

import re

from crawlers.fields import headings, places, values
from crawlers.fields import institute_words as words
from crawlers.fields.institute_told import Told
from schema.evidence import Origin, Reading

MOST_VISITED = 6  # sentences of news in which 来到某市 says where its subject is
_BEFORE_NAME = re.compile(r"(?:[省市区县州盟旗]|推荐|申报|培育|组织)的?$")


def _begin_of_place(said: str) -> int | None:
    """Return where a text names a region: at its begin, or behind an epithet (历史文化名城洛阳市)."""
    if places.at_start(said) is not None:
        return 0
    return places.epithet(said) or None


def read(told: Told, name: Reading) -> Reading | None:
    """Return the place that sentences say, else what stands beside the name, else what the name begins with."""
    return _said(told) or _beside_name(told) or _of_name(told, name) or _formal(name)


def _said(told: Told) -> Reading | None:
    for start, end in told.clauses():
        for match in words.WHERE.finditer(told.text[start:end]):
            span = start + match.start("where"), start + match.end("where")
            if (at := _begin_of_place(told.text[slice(*span)])) is not None:
                return told.reading((span[0] + at, span[1]), Origin.BODY)
    for start, end in [*told.clauses()][:MOST_VISITED]:
        seen = words.VISITED.search(told.text[start:end])
        said = told.text[start:end]
        if (
            seen is not None
            and (told.own in said or seen.start() < 3)
            and (at := _begin_of_place(seen["where"])) is not None
        ):
            return told.reading((start + seen.start("where") + at, start + seen.end("where")), Origin.BODY)
    return None


def _beside_name(told: Told) -> Reading | None:
    """Return the place that stands before the name: 某市某区推荐的某研究院."""
    for start, end in told.clauses():
        for at in values.occurrences(told.text[start:end], told.own):
            clause = re.split(r"[，。；：、]", told.text[start : start + at])[-1]
            low = start + at - len(clause)
            place = places.at_start(clause) if _BEFORE_NAME.search(clause) else None
            if place is not None and len(clause) - place.end <= 10:
                return told.reading((low + place.start, low + place.end), Origin.BODY)
    return None


def _of_name(told: Told, name: Reading) -> Reading | None:
    """Return the city whose name the institute's begins with, where the page prints it in full too."""
    place = places.at_start(str(name.value))
    if place is None or place.start or place.code.level == "province":
        return None
    full = place.code.name
    at = told.text.find(full, *told.sheet.view.body)
    outside = at >= 0 and not told.sheet.is_out(at)
    return told.reading((at, at + len(full)), Origin.BODY) if outside else None


def _formal(name: Reading) -> Reading | None:
    """Return the province or city that a name begins with in full: 甘肃省…研究所."""
    found = places.at_start(name.raw)
    if found is None or found.start or not name.raw[: found.end].endswith(("省", "市", "自治区")):
        return None
    return headings.part(name, (0, found.end), name.raw[: found.end])
