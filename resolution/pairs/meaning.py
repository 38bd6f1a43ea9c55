"""Comparisons of what two names say: kinds, units, numbers, editions, legal forms, titles."""

import re

from resolution.names import dictionary, events, latin, titles
from resolution.names.normal import normal_form
from resolution.names.parts import PartType
from resolution.names.words import units
from resolution.pairs.name import Name, in_order, read
from resolution.pairs.shape import NONE, ONE
from resolution.pairs.where import holds, is_group, places_of
from schema.types.chinese_number import parse_number
from schema.types.region_code import RegionCode

_SECOND = re.compile(r"([^()]{4,})\(([^()]{4,})\)")
_NUMBERED = re.compile(
    r"[0-9]+|第[一二三四五六七八九十百]+|[一二三四五六七八九十]+(?=医院|院|所|局|厂|中|公司|期|航|研究|附属|大|师|工程局)"
)
_ORDINALS = {
    word: n
    for n, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}
ALIKE = 0.85  # of two titles' cores


def kind(one: Name, other: Name) -> str:
    """What both say that they are: equal, or the two."""
    has_unit = bool(one.parts.unit or other.parts.unit)
    mine, yours = (_what(one), _what(other)) if has_unit else (one.says, other.says)
    if not mine or not yours:
        return NONE if not mine and not yours else ONE
    return "equal" if mine == yours else "/".join(sorted((mine, yours)))


def second_names(name: Name) -> list[Name]:
    """Return a name and the two that it is where it has a second one in brackets: 苏州大学附属第四医院(独墅湖医院).

    What stands there is a name of the same only where it is of the same sort: 江城大学(医学院) is a school of 江城大学.
    """
    found = _SECOND.fullmatch(name.parts.text)
    both = [read(text, name.kind) for text in found.groups()] if found else []
    ends = {units().begin(each.parts.text, len(each.parts.text)) is not None for each in both}
    return [name, *both] if len(ends) == 1 and kind(*both) == "equal" else [name]


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
    if there is not None and any(holds(there[0].value, place) for place in places_of(whole)):
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
    groups = [is_group(name) for name in (short, long_)]
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


def _bag(short: str, long_: str) -> float:
    """Return the share of a title's characters that the other has, in any order."""
    rest = list(long_)
    found = 0
    for character in short:
        if character in rest:
            rest.remove(character)
            found += 1
    return found / max(len(long_), 1)


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
