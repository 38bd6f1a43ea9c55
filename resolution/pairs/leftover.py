"""What two names do not have in common, told by parts: the brand of one, the place of both, a unit at the end."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from resolution.names import latin
from resolution.names.parts import ParsedName, PartType
from resolution.names.words import forms, kinds, trades, units
from resolution.pairs.align import Mask, align
from schema.types.region_code import RegionCode

OTHER = "other"
_GROUPED = {PartType.BRACKET: PartType.PLACE, PartType.YEAR: PartType.EDITION}
TYPES = tuple(str(t) for t in PartType if t not in _GROUPED) + (OTHER,)


@dataclass(frozen=True, slots=True)
class Side:
    """One name's parts by how much of each the other has: of a type `all`, `some` or `none`; missing where not said.

    `lost` is the text of the characters that the other lacks, `tail` what of it stands at the end.
    """

    states: dict[str, str]
    lost: str
    tail: str
    head: str
    share: float


def sides(left: ParsedName, right: ParsedName) -> tuple[Side, Side]:
    """Return what each of two names has that the other lacks, by parts."""
    one, other = latin.is_latin(left.text), latin.is_latin(right.text)
    if one != other:
        english, chinese = (left, right) if one else (right, left)
        mask, words = latin.covered(english.text, chinese.text)
        mine, yours = _side(chinese, mask), _words(words, len(latin.words_of(english.text)))
        return (yours, mine) if one else (mine, yours)
    both = align(left, right)
    return _side(left, both.left), _side(right, both.right)


def _side(name: ParsedName, mask: Mask) -> Side:
    typed = np.full(len(name.text), OTHER, dtype=object)
    states: dict[str, str] = {}
    for part in name.parts:
        type_ = str(_GROUPED.get(part.type, part.type))
        typed[part.start : part.end] = type_
        states[type_] = _worse(states.get(type_), _state(mask[part.start : part.end]))
    rest = typed == OTHER
    if rest.any():
        states[OTHER] = _state(mask[rest])
    last = max(np.flatnonzero(mask), default=-1) + 1
    first = min(np.flatnonzero(mask), default=len(name.text))
    lost = "".join(c for c, k in zip(name.text, mask, strict=True) if not k)
    return Side(states, lost, name.text[last:], name.text[:first], float(mask.mean()) if len(mask) else 0.0)


def _words(left: Iterable[str], count: int) -> Side:
    """Return the side of an English name: what its unexplained words are."""
    states = {OTHER: "all"}
    left = list(left)
    for word in left:
        states[latin.word_type(word)] = "none"
    if len(left) == count:
        states[OTHER] = "none"
    return Side(states, " ".join(left), "", "", 1 - len(left) / max(count, 1))


def _state(mask: Mask) -> str:
    return "all" if mask.all() else "some" if mask.any() else "none"


def _worse(one: str | None, other: str) -> str:
    order = ("all", "some", "none")
    return other if one is None else max(one, other, key=order.index)


def kind_of(text: str) -> str:
    """Return what a stretch that one name has more is: nothing, place, form, unit, kind, trade, number, or words."""
    text = text.strip("()·-— ,.、")
    if not text:
        return "nothing"
    found = RegionCode.find_prefix(text)
    if found is not None and found[1] >= len(text) - 1:
        return "place"
    for name, words in (("form", forms()), ("unit", units()), ("kind", kinds()), ("trade", trades())):
        if words.begin(text, len(text)) is not None:
            return name
    return "words" if len(text) > 1 else "letter"
