"""What an English name, or capitals, says beside another name."""

from pypinyin import lazy_pinyin

from resolution.names import acronyms
from resolution.names.parts import PartType
from resolution.pairs.leftover import sides
from resolution.pairs.name import Name, in_order
from resolution.pairs.shape import NONE

_EXPLAINED = ((0.95, "whole"), (0.7, "most"), (0.45, "half"), (0.0, "little"))
_LOOSE = {"acronym_part", "acronym_most", "acronym_half"}


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
