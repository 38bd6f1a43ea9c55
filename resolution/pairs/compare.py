"""The comparisons of two names: each gives a level, and the levels are what a verdict adds up.

One readable table says what every level weighs: `data/matching/names.csv`. Levels are words, the same in the table, in
explanations and here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import Indel as indel

from resolution.names import events, latin, titles
from resolution.names.government import expand
from resolution.names.normal import normal_form, plain
from resolution.names.parse import parse
from resolution.names.parts import ParsedName, PartType
from resolution.pairs.leftover import TYPES, Side, kind_of, sides
from schema.types.region_code import RegionCode

NONE = "none"  # neither name says it
ONE = "one"  # only one of them does
_WORTH = {PartType.PLACE: 0.5, PartType.BRACKET: 0.5, PartType.FORM: 0.1, PartType.TRADE: 0.7, PartType.KIND: 0.6}
_BODIES = ("委员会", "厅", "局", "政府", "办公室")
_GROUPS = ("集团", "控股", "总公司")


@dataclass(frozen=True, slots=True)
class Name:
    """A name made ready for comparison: its normal form, its parts, and what it is when it is Latin."""

    printed: str
    normal: str
    parts: ParsedName
    kind: str
    is_latin: bool

    @property
    def whole(self) -> str:
        """The name of the whole that a unit belongs to, in its normal form; of a whole its own."""
        return normal_form(self.parts.whole)

    @property
    def unit(self) -> str:
        """The unit's own name, in its normal form."""
        return normal_form(self.parts.unit)


@lru_cache(maxsize=100_000)
def read(printed: str, kind: str = "") -> Name:
    """Return a name made ready. A government's short form is read in full (广东省工信厅: 广东省工业和信息化厅)."""
    text = plain(printed)
    full = expand(text, None)
    is_short = full.rule in {"short_form", "national_short_form"}
    parts = parse(full.name if is_short else text)
    said = parts.kind
    if is_short or (parts.of(PartType.PLACE) and parts.text.endswith(_BODIES) and said == "alliance"):
        said = "government"
    return Name(printed, normal_form(parts.text), parts, said or kind, latin.is_latin(text))


def levels(left: Name, right: Name) -> dict[str, str]:
    """Return the level that each comparison of two names reaches, by the comparison's name."""
    return {name: compare(left, right) for name, compare in COMPARISONS.items()}


def spelling(left: Name, right: Name) -> str:
    """Whether one name stands in the other, in order and whole."""
    if left.normal == right.normal:
        return "equal"
    if left.is_latin or right.is_latin:
        return "latin"
    one, other = _sides(left, right)
    if not one.lost or not other.lost:
        return "within"
    return "apart"


def rest(left: Name, right: Name) -> str:
    """What the longer of two names has more, where the shorter stands in it whole: the types of parts left out."""
    one, other = _sides(left, right)
    if bool(one.lost) == bool(other.lost):
        return NONE
    longer = other if other.lost else one
    missing = [t for t in TYPES if longer.states.get(t) == "none"]
    return "+".join(missing) or "letters"


def tail(left: Name, right: Name) -> str:
    """What stands at the end of the shorter and of the longer name that the other lacks."""
    one, other = _sides(left, right)
    return f"{kind_of(one.tail)}/{kind_of(other.tail)}"


def head(left: Name, right: Name) -> str:
    """What stands at the beginning of the shorter and of the longer name that the other lacks."""
    one, other = _sides(left, right)
    return f"{kind_of(one.head)}/{kind_of(other.head)}"


def opening(left: Name, right: Name) -> str:
    """How many characters the names have in common where each begins, behind its place."""
    if left.is_latin or right.is_latin:
        return "latin"
    one, other = _core(left), _core(right)
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if same == 0 and one and other and (other.startswith(left.normal[:1]) or one.startswith(right.normal[:1])):
        return "place"
    return "all" if same == min(len(one), len(other)) else str(min(same, 3))


def coverage(left: Name, right: Name) -> str:
    """How much of the shorter and of the longer name the other has, in steps."""
    return "/".join(
        next(word for least, word in ((1.0, "all"), (0.75, "most"), (0.5, "half"), (0.25, "some"), (-1.0, "little"))
             if side.share >= least)
        for side in _sides(left, right)
    )


def _core(name: Name) -> str:
    place = next((p for p in name.parts.parts if p.start == 0 and p.type == PartType.PLACE), None)
    ends = [p.end for p in name.parts.parts if p.type == PartType.PLACE and place is not None]
    at, run = 0, sorted((p.start, p.end) for p in name.parts.of(PartType.PLACE))
    for start, end in run:
        if start == at and end < len(name.parts.text):
            at = end
    return normal_form(name.parts.text[at:])


def _left_over(type_: str) -> Callable[[Name, Name], str]:
    def compare(left: Name, right: Name) -> str:
        return "/".join(side.states.get(type_, "-") for side in _sides(left, right))

    compare.__name__ = f"{type_}_left"
    return compare


def _sides(left: Name, right: Name) -> tuple[Side, Side]:
    """Return the sides of the shorter and of the longer name."""
    short, long_ = sorted((left, right), key=lambda name: (len(name.normal), name.normal))
    return _both(short, long_)


@lru_cache(maxsize=1000)
def _both(short: Name, long_: Name) -> tuple[Side, Side]:
    return sides(short.parts, long_.parts)


def likeness(left: Name, right: Name) -> str:
    """How alike the whole names are, character for character (normalised indel similarity)."""
    value = indel.normalized_similarity(left.normal, right.normal)
    return next((word for least, word in ((0.9, "high"), (0.75, "good"), (0.5, "some"), (0.25, "low")) if value >= least), "no")


def place(left: Name, right: Name) -> str:
    """The places that the names say: equal, one within the other, in conflict."""
    one, other = _places(left), _places(right)
    if not one or not other:
        return NONE if not one and not other else ONE
    if one & other:
        return "equal"
    if "government" in {left.kind, right.kind}:
        return "other_body"  # a body of a place is none of the place around it
    return "within" if any(_holds(a, b) or _holds(b, a) for a in one for b in other) else "conflict"


def kind(left: Name, right: Name) -> str:
    """What both are."""
    if left.parts.unit or right.parts.unit:
        one, other = _what(left), _what(right)
    else:
        one, other = left.kind, right.kind
    if not one or not other:
        return NONE if not one and not other else ONE
    return "equal" if one == other else "conflict"


def unit(left: Name, right: Name) -> str:
    """Whether one is a unit of the other, both are units of one whole, or both the same unit."""
    if not left.unit and not right.unit:
        return NONE
    if left.unit and right.unit:
        if left.unit == right.unit or _is_short(left.unit, right.unit):
            return "equal"
        return "siblings" if left.whole == right.whole or _is_short(left.whole, right.whole) else "unlike"
    part, whole = (left, right) if left.unit else (right, left)
    if part.whole == whole.normal or _is_short(part.whole, whole.normal):
        return "of_the_other"
    return "short_of_both" if _is_subsequence(whole.normal, part.normal) else "of_another"


def number(left: Name, right: Name) -> str:
    """The numbers in the names, but for editions and years: 第一医院 is not 第二医院."""
    one, other = _numbers(left), _numbers(right)
    if not one and not other:
        return NONE
    return "equal" if one == other else ONE if not one or not other else "conflict"


def edition(left: Name, right: Name) -> str:
    """Edition and year of a conference."""
    one, other = events.read(left.parts.text), events.read(right.parts.text)
    said = [
        (a, b) for a, b in ((one.edition, other.edition), (one.year, other.year)) if a is not None and b is not None
    ]
    if any(a != b for a, b in said):
        return "conflict"
    if said:
        return "equal"
    has = [event.edition is not None or event.year is not None for event in (one, other)]
    return "other_count" if all(has) else ONE if any(has) else NONE


def series(left: Name, right: Name) -> str:
    """The names without edition and year."""
    if "conference" not in {left.kind, right.kind}:
        return NONE
    one, other = (normal_form(events.read(name.parts.text).series) for name in (left, right))
    return "equal" if one == other else "within" if _is_short(one, other) else "unlike"


def trade(left: Name, right: Name) -> str:
    """What they do."""
    one, other = (set("".join(name.parts.said(PartType.TRADE))) for name in (left, right))
    if not one or not other:
        return NONE if not one and not other else ONE
    return "equal" if one == other else "within" if one <= other or other <= one else "conflict"


def form(left: Name, right: Name) -> str:
    """Legal forms: a group beside a company is seldom the same."""
    one, other = (name.parts.said(PartType.FORM) for name in (left, right))
    groups = [
        any(word in form or word in name.parts.text for word in _GROUPS) for form, name in ((one, left), (other, right))
    ]
    if not one or not other:
        return NONE if not one and not other else "one_group" if any(groups) else ONE
    if groups[0] != groups[1]:
        return "group_and_company"
    if _is_short(one, other):
        return "equal"
    return "equal" if one == other else "conflict"


def title(left: Name, right: Name) -> str:
    """The documents that two titles are about, and what the papers are to them."""
    if "policy" not in {left.kind, right.kind}:
        return NONE
    one, other = titles.read(left.parts.text), titles.read(right.parts.text)
    alike = one.core == other.core or (min(len(one.core), len(other.core)) >= 6 and _is_short(one.core, other.core))
    if not alike:
        return "other_core"
    if one.stage != other.stage:
        return "other_stage"
    return "equal_core" if one.core == other.core else "core_within"


def english(left: Name, right: Name) -> str:
    """What an English name (or capitals) says of the other."""
    if left.is_latin == right.is_latin:
        if not left.is_latin:
            return NONE
        short, long_ = sorted((left.printed, right.printed), key=len)
        return "acronym" if latin.is_acronym(short, long_) else "both"
    one, other = (left, right) if left.is_latin else (right, left)
    if latin.is_acronym(one.printed, other.printed):
        return "acronym"
    value = latin.explained(one.printed, other.printed)
    return next((word for least, word in ((0.95, "whole"), (0.7, "most"), (0.45, "half")) if value >= least), "little")


COMPARISONS: dict[str, Callable[[Name, Name], str]] = {
    each.__name__: each
    for each in (
        spelling, likeness, rest, tail, head, opening, coverage, *(_left_over(t) for t in TYPES), place, kind, unit, number, edition, series, form, title, english
    )
}  # fmt: skip


def _covered(short: ParsedName, long_: ParsedName) -> tuple[float, float]:
    """Return how much of a name stands in the longer in order, and how much of the longer is left; by parts' worth."""
    weights, others = _weights(short), _weights(long_)
    best = np.zeros(len(long_.text) + 1)
    for at, character in enumerate(short.text):
        diagonal = 0.0
        for to, other in enumerate(long_.text):
            above = best[to + 1]
            best[to + 1] = max(above, best[to], diagonal + weights[at] if character == other else 0.0)
            diagonal = above
    total, whole = sum(weights), sum(others)
    return float(best[-1]) / total if total else 0.0, max(0.0, 1 - float(best[-1]) / whole) if whole else 0.0


def _weights(name: ParsedName) -> list[float]:
    weights = [0.0 if character in "()·-— ,.'\"“”" else 1.0 for character in name.text]
    for part in name.parts:
        for at in range(part.start, part.end):
            weights[at] *= _WORTH.get(part.type, 1.0)
    return weights


def _places(name: Name) -> frozenset[str]:
    if name.kind == "policy":
        found = RegionCode.find_prefix(titles.read(name.parts.text).core) or RegionCode.find_prefix(name.parts.text)
        return frozenset([found[0].value]) if found else frozenset()
    own = frozenset(code for code in name.parts.places if code != "CN")
    return own or frozenset(code for code in name.parts.places)


def _holds(one: str, other: str) -> bool:
    """Tell whether a place lies in another."""
    if one == "CN" or other == "CN":
        return True
    region: RegionCode | None = RegionCode(other)
    while region is not None:
        if region.value == one:
            return True
        region = region.parent
    return False


def _what(name: Name) -> str:
    """Return what a unit is (hospital, school …); of a whole its kind."""
    return next((part.value for part in name.parts.of(PartType.UNIT)), name.kind)


def _numbers(name: Name) -> tuple[str, ...]:
    taken = {at for part in name.parts.of(PartType.EDITION, PartType.YEAR) for at in range(part.start, part.end)}
    text = "".join("" if at in taken else c for at, c in enumerate(name.parts.text))
    return tuple(sorted(_digits(text)))


def _digits(text: str) -> Iterable[str]:
    said = ""
    for before, character in zip(" " + text, text + " ", strict=True):
        if character.isdigit() or (character in "一二三四五六七八九十" and (before == "第" or said)):
            said += character
        elif said:
            yield said
            said = ""


def _is_short(one: str, other: str) -> bool:
    short, long_ = sorted((one, other), key=len)
    return len(short) >= 2 and _is_subsequence(short, long_)


def _is_subsequence(short: str, long_: str) -> bool:
    rest = iter(long_)
    return all(character in rest for character in short)
