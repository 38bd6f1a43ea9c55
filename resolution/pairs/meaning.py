"""Comparisons of what two names say: places, kinds, units, numbers, editions, titles, and English beside Chinese."""

import re

from pypinyin import lazy_pinyin

from resolution.names import acronyms, dictionary, events, latin, titles
from resolution.names.normal import normal_form
from resolution.names.parts import PartType
from resolution.pairs.leftover import sides
from resolution.pairs.name import Name, in_order
from resolution.pairs.shape import NONE
from schema.types.chinese_number import parse_number
from schema.types.region_code import RegionCode

ONE = "one"  # only one of them says it
_GROUPS = ("集团", "控股", "总公司")
_NUMBERED = re.compile(
    r"[0-9]+|第[一二三四五六七八九十百]+|[一二三四五六七八九十]+(?=医院|院|所|局|厂|中|公司|期|航|研究|附属|大|师|工程局)"
)
_EXPLAINED = ((0.95, "whole"), (0.7, "most"), (0.45, "half"), (0.0, "little"))
_ORDINALS = {
    word: n
    for n, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}
_LOOSE = {"acronym_part", "acronym_most", "acronym_half"}
ALIKE = 0.85  # of two titles' cores


def place(one: Name, other: Name) -> str:
    """The places that the names say: equal, one within the other, in conflict."""
    mine, yours = _places(one), _places(other)
    if not mine or not yours:
        return NONE if not mine and not yours else ONE
    if mine & yours:
        return "equal"
    if "government" in {one.kind, other.kind}:
        return "other_body"  # a body of a place is none of the place around it
    if any(_holds(a, b) or _holds(b, a) for a in mine for b in yours):
        if {_level(mine), _level(yours)} != {"prefecture", "county"}:
            return "within"
        return (
            "other_district" if "park" in {one.kind, other.kind} else "district_of"
        )  # a city and a district have one each
    # A group's company may sit elsewhere; companies of one brand in two places are two.
    return "conflict_of_group" if _is_group(one) or _is_group(other) else "conflict"


def kind(one: Name, other: Name) -> str:
    """What both say that they are: equal, or the two."""
    has_unit = bool(one.parts.unit or other.parts.unit)
    mine, yours = (_what(one), _what(other)) if has_unit else (one.says, other.says)
    if not mine or not yours:
        return NONE if not mine and not yours else ONE
    return "equal" if mine == yours else "/".join(sorted((mine, yours)))


def what(one: Name, other: Name) -> str:
    """What the names are of, where both are of one kind: what makes a difference depends on it."""
    return one.kind if one.kind == other.kind else "mixed"


def unit(one: Name, other: Name) -> str:
    """Whether one is a unit of the other, both are units of one whole, or both the same unit."""
    if not one.unit and not other.unit:
        return NONE
    if one.unit and other.unit:
        wholes = one.whole == other.whole or _is_short(one.whole, other.whole)
        if one.unit == other.unit or (one.unit[0] == other.unit[0] and _is_short(one.unit, other.unit)):
            return "equal" if wholes else "of_others"
        return "siblings" if wholes else "unlike"
    return _part_of(one, other) if one.unit else _part_of(other, one)


def _part_of(part: Name, whole: Name) -> str:
    if whole.is_latin:
        return "of_latin_unit" if latin.says_unit(whole.parts.text) else "of_latin"
    there = RegionCode.find_prefix(part.parts.unit)
    if there is not None and any(_holds(there[0].value, place) for place in _places(whole)):
        return "in_that_place"
    if part.whole == whole.normal or _is_short(part.whole, whole.normal):
        return "of_the_other"
    return "short_of_both" if _is_subsequence(whole.normal, part.normal) else "of_another"


def number(one: Name, other: Name) -> str:
    """The numbers in the names, but for editions and years: 第一医院 is not 第二医院, 54所 is 第五十四研究所."""
    mine, yours = numbers(one), numbers(other)
    if not mine and not yours:
        return NONE
    return "equal" if mine == yours else ONE if not mine or not yours else "conflict"


def edition(one: Name, other: Name) -> str:
    """Edition and year of a conference."""
    mine, yours = events.read(one.parts.text), events.read(other.parts.text)
    both = ((mine.edition, yours.edition), (mine.year, yours.year))
    said = [(a, b) for a, b in both if a is not None and b is not None]
    if any(a != b for a, b in said):
        return "conflict"
    if said:
        return "equal"
    has = [event.edition is not None or event.year is not None for event in (mine, yours)]
    if all(has):
        return "other_count"
    return NONE if not any(has) else "one_of_series" if "conference" in {one.kind, other.kind} else ONE


def series(one: Name, other: Name) -> str:
    """The names of conferences without edition and year."""
    if "conference" not in {one.kind, other.kind}:
        return NONE
    mine, yours = (normal_form(events.read(name.parts.text).series) for name in (one, other))
    return "equal" if mine == yours else "within" if _is_short(mine, yours) else "unlike"


def form(one: Name, other: Name) -> str:
    """Legal forms: a group beside a company is seldom the same."""
    short, long_ = in_order(one, other)
    mine, yours = (name.parts.said(PartType.FORM) for name in (short, long_))
    groups = [_is_group(name) for name in (short, long_)]
    if not mine or not yours:
        if not mine and not yours:
            return NONE
        return ("short" if mine else "long") + ("_group" if any(groups) else "")
    if groups[0] != groups[1]:
        return "group_and_company"
    return "equal" if mine == yours or _is_short(mine, yours) else "conflict"


def title(one: Name, other: Name) -> str:
    """The documents that two titles are about, and what the papers are to them."""
    if "policy" not in {one.kind, other.kind}:
        return NONE
    mine, yours = titles.read(one.parts.text), titles.read(other.parts.text)
    short, long_ = sorted((mine.core, yours.core), key=len)
    alike = short == long_ or (len(short) >= 6 and (_is_subsequence(short, long_) or _bag(short, long_) >= ALIKE))
    if not alike:
        return "other_core"
    if mine.stage != yours.stage:
        return "other_stage"
    return "equal_core" if short == long_ else "core_within" if _is_subsequence(short, long_) else "core_alike"


def english(one: Name, other: Name) -> str:
    """What an English name (or capitals) says of the other."""
    if not one.is_latin and not other.is_latin:
        return NONE
    short, long_ = in_order(one, other)
    if one.is_latin and other.is_latin:
        return "acronym" if acronyms.is_acronym(short.printed, long_.printed) else "both"
    capitals, chinese = (one, other) if one.is_latin else (other, one)
    if acronyms.ACRONYM.match(capitals.printed):
        found = acronyms.acronym(capitals.printed, chinese.printed)
        return f"{found}_of_elsewhere" if found in _LOOSE and _is_elsewhere(capitals, chinese) else found
    least = min(side.share for side in sides(one, other))
    return next(word for bound, word in _EXPLAINED if least >= bound)


def _is_elsewhere(capitals: Name, chinese: Name) -> bool:
    """Tell whether none of the capitals is the first letter of the place that a Chinese name begins with."""
    place = next((part for part in chinese.parts.of(PartType.PLACE) if part.start == 0), None)
    if place is None:
        return False
    first = {"C", "N"} if place.value == "CN" else {lazy_pinyin(place.text)[0][0].upper()}
    return not first & set(capitals.printed)


def _is_group(name: Name) -> bool:
    return any(word in name.parts.text for word in _GROUPS)


def _bag(short: str, long_: str) -> float:
    """Return the share of a title's characters that the other has, in any order."""
    rest = list(long_)
    found = 0
    for character in short:
        if character in rest:
            rest.remove(character)
            found += 1
    return found / max(len(long_), 1)


def _places(name: Name) -> frozenset[str]:
    if name.kind == "policy":
        found = RegionCode.find_prefix(titles.read(name.parts.text).core) or RegionCode.find_prefix(name.parts.text)
        return frozenset([found[0].value]) if found else frozenset()
    own = frozenset(code for code in name.parts.places if code != "CN")
    return own or frozenset(name.parts.places)


def _level(places: frozenset[str]) -> str:
    """Return the level of the only place that a name says, "" where it says others."""
    only = next(iter(places))
    return RegionCode(only).region.level if len(places) == 1 and only != "CN" else ""


def _holds(one: str, other: str) -> bool:
    """Tell whether a place lies in another."""
    return "CN" in {one, other} or RegionCode(one).contains(RegionCode(other))


def _what(name: Name) -> str:
    """Return what a unit is (hospital, school …); of a whole its kind."""
    return next((part.value for part in name.parts.of(PartType.UNIT)), name.says)


def numbers(name: Name) -> tuple[int, ...]:
    """Return the numbers in a name, in order, but for editions and years."""
    if name.is_latin:
        words = dictionary.words_of(name.parts.text)
        digits = [word.rstrip("stndrh") for word in words]
        found = [
            _ORDINALS.get(word) or (int(d) if d.isdigit() and len(d) < 4 else 0)
            for word, d in zip(words, digits, strict=True)
        ]
        return tuple(sorted(each for each in found if each))
    taken = {at for part in name.parts.of(PartType.EDITION, PartType.YEAR) for at in range(part.start, part.end)}
    text = "".join(" " if at in taken else c for at, c in enumerate(name.parts.text))
    said = [parse_number(word.removeprefix("第")) for word in _NUMBERED.findall(text)]
    return tuple(sorted(int(each) for each in said if each is not None))


def _is_short(one: str, other: str) -> bool:
    short, long_ = sorted((one, other), key=len)
    return len(short) >= 2 and _is_subsequence(short, long_)


def _is_subsequence(short: str, long_: str) -> bool:
    rest = iter(long_)
    return all(character in rest for character in short)
