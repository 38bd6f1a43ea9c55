"""What two names do not have in common, told by parts: the brand of one, the place of both, a unit at the end."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from resolution.names import acronyms, dictionary, latin
from resolution.names.parts import PartType
from resolution.names.words import forms, kinds, trades, units
from resolution.pairs.align import Mask, align, ignored
from resolution.pairs.name import Name, in_order
from schema.types.region_code import RegionCode

OTHER = "other"
_GROUPED = {PartType.BRACKET: PartType.PLACE, PartType.YEAR: PartType.EDITION}
TYPES = (*(str(t) for t in PartType if t not in _GROUPED), OTHER)
_ORDER = ("all", "some", "none")
_NUMBER = re.compile(r"第?[0-9〇零一二三四五六七八九十百]+[届期号]?年?")
_VARIANTS = {
    "chinese": "china", "centre": "center", "laboratory": "lab", "laboratories": "lab", "technologies": "technology",
    "univ": "university", "corp": "corporation", "limited": "ltd", "ministry": "department",
}  # fmt: skip
_MARKS = '()·-— ,.、《》"“”'


@dataclass(frozen=True, slots=True)
class Side:
    """What one of two names has in common with the other, and what it has more.

    `states`: how much of the parts of a type the other has, `all`, `some` or `none`; a type that it does not say is
    missing. `extra` are the stretches that the other lacks, each told by `stretch`; `head` and `tail` those at the
    name's ends ("nothing" where there is none); `share` is how much of its characters (or words) the other has.
    """

    states: dict[str, str]
    extra: tuple[str, ...]
    head: str
    tail: str
    share: float


@lru_cache(maxsize=4096)
def sides(one: Name, other: Name) -> tuple[Side, Side]:
    """Return the sides of the shorter and of the longer of two names."""
    short, long_ = in_order(one, other)
    if not short.is_latin and not long_.is_latin:
        both = align(short.parts, long_.parts)
        mine, yours = both.left, both.right
        _abbreviated_place(short, long_, mine, yours)
        return _side(short, mine), _side(long_, yours)
    if short.is_latin and long_.is_latin:
        return _latin(short.printed, long_.printed), _latin(long_.printed, short.printed)
    english, chinese = (short, long_) if short.is_latin else (long_, short)
    mask, words = latin.covered(english.parts.text, chinese.parts.text)
    there = _side(chinese, mask | ignored(chinese.parts.text))
    here = _words(words, len(dictionary.words_of(english.parts.text)))
    return (here, there) if short.is_latin else (there, here)


def _abbreviated_place(short: Name, long_: Name, mine: Mask, yours: Mask) -> None:
    """Mark a province's one-character name as the place that it stands for: 皖 in 皖投集团 for 安徽省."""
    for name, mask, other, hers in ((short, mine, long_, yours), (long_, yours, short, mine)):
        for part in other.parts.of(PartType.PLACE):
            letter = RegionCode(part.value).province.region.abbreviation if part.value != "CN" else ""
            if letter and name.parts.text[:1] in letter and not name.parts.of(PartType.PLACE):
                mask[0] = hers[part.start : part.end] = True


def _side(name: Name, mask: Mask) -> Side:
    text = name.parts.text
    typed = np.full(len(text), OTHER, dtype=object)
    states: dict[str, str] = {}
    for part in name.parts.parts:
        type_ = str(_GROUPED.get(part.type, part.type))
        typed[part.start : part.end] = type_
        states[type_] = max(states.get(type_, "all"), _state(mask[part.start : part.end]), key=_ORDER.index)
    rest = (typed == OTHER) & ~ignored(text)
    if rest.any():
        states[OTHER] = _state(mask[rest])
    gaps = [(m.start(), m.end()) for m in re.finditer("0+", "".join("1" if each else "0" for each in mask))]
    told = [(start, end, stretch(text, start, end)) for start, end in gaps]
    head = next((kind for start, _, kind in told if start == 0), "nothing")
    tail = next((kind for _, end, kind in told if end == len(text)), "nothing")
    seen = ~ignored(text)
    share = float(mask[seen].mean()) if seen.any() else 0.0
    return Side(states, tuple(sorted({kind for _, _, kind in told})), head, tail, share)


def _latin(name: str, other: str) -> Side:
    """Return the side of an English name beside another, word by word; initials stand for their words."""
    have = {_stem(word) for word in dictionary.words_of(other)}
    mine = dictionary.words_of(name)
    if acronyms.is_acronym(name, other) or acronyms.is_acronym(other, name):
        return _words((), len(mine))
    return _words([word for word in mine if _stem(word) not in have], len(mine))


def _stem(word: str) -> str:
    """Return what forms of an English word have in common: Chinese and China, Sciences and Science."""
    word = _VARIANTS.get(word, word)
    return word.removesuffix("'s").removesuffix("s")


def _words(left: Iterable[str], count: int) -> Side:
    """Return the side of an English name: what its words are that the other lacks."""
    states, extra = {OTHER: "all"}, set()
    lost = list(left)
    for word in lost:
        type_ = "number" if word.isdigit() else latin.word_type(word)
        extra.add("words" if type_ == "brand" else type_)
        states["edition" if type_ == "number" else type_] = "none"
    if len(lost) == count:
        states[OTHER] = "none"
    return Side(states, tuple(sorted(extra)), "nothing", "nothing", 1 - len(lost) / max(count, 1))


def _state(mask: Mask) -> str:
    return "all" if mask.all() else "some" if mask.any() else "none"


def stretch(text: str, start: int, end: int) -> str:
    """Return what a stretch of a name is: place, number, form, unit, kind, trade, bracket, words, or one letter."""
    said = text[start:end].strip(_MARKS)
    if not said:
        return "nothing"
    if _NUMBER.fullmatch(said):
        return "number"
    found = RegionCode.find_prefix(said)
    if found is not None and found[1] >= len(said) - 1:
        return "place"
    if text[:start].endswith("(") or text[start:end].startswith("("):
        return "bracket"
    for name, words in (("form", forms()), ("unit", units()), ("kind", kinds()), ("trade", trades())):
        if words.begin(said, len(said)) is not None:
            return name
    return "words" if len(said) > 1 else "letter"
