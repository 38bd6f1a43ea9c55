"""Comparisons of how two names are written: what stands in both, and what only one of them has."""

from collections.abc import Callable

from rapidfuzz.distance import Indel

from resolution.names.parts import PartType
from resolution.pairs.leftover import TYPES, sides
from resolution.pairs.name import Name, in_order

NONE = "none"
ONE = "one"  # only one of them says it
_SHARES = ((1.0, "all"), (0.75, "most"), (0.5, "half"), (0.25, "some"), (0.0, "little"))
_LIKE = ((0.9, "high"), (0.75, "good"), (0.5, "some"), (0.25, "low"), (0.0, "no"))
_ENDS = {PartType.FORM, PartType.KIND, PartType.UNIT, PartType.BRACKET}
_MOST = 3  # what is told of the stretches that a name has more


def spelling(one: Name, other: Name) -> str:
    """Whether one name stands in the other, in order and whole."""
    if one.normal == other.normal:
        return "equal"
    within = any(not side.extra for side in sides(one, other))
    return ("latin_" if one.is_latin or other.is_latin else "") + ("within" if within else "apart")


def coverage(one: Name, other: Name) -> str:
    """How much of the shorter and of the longer name the other has, in steps."""
    return "/".join(_step(side.share, _SHARES) for side in sides(one, other))


def likeness(one: Name, other: Name) -> str:
    """How alike the whole names are, character for character (normalised indel similarity)."""
    return _step(Indel.normalized_similarity(one.normal, other.normal), _LIKE)


def formed(one: Name, other: Name) -> str:
    """Whether the shorter and the longer name are whole (they end in what they are: a form, a kind) or cut short."""
    return "/".join(_formed(name) for name in in_order(one, other))


def _formed(name: Name) -> str:
    if name.is_latin:
        return "latin"
    last = name.parts.parts[-1] if name.parts.parts else None
    is_full = last is not None and last.type in _ENDS and last.end - last.start > 1 and len(name.parts.parts) > 1
    return "full_name" if is_full else "cut_short"


def opening(one: Name, other: Name) -> str:
    """How many characters the names have in common where each begins, behind its place."""
    if one.is_latin or other.is_latin:
        return NONE
    mine, yours = one.core, other.core
    fewest = min(len(mine), len(yours))
    same = next((n for n in range(fewest) if mine[n] != yours[n]), fewest)
    if same == 0 and (yours[:1] == one.normal[:1] or mine[:1] == other.normal[:1]):
        return "place"
    return "all" if same == fewest else str(min(same, 3))


def rest(one: Name, other: Name) -> str:
    """What the longer of two names says more, where the shorter stands in it whole: the types of parts left out."""
    short, long_ = sides(one, other)
    if bool(short.extra) == bool(long_.extra):
        return NONE
    longer = long_ if long_.extra else short
    return "+".join(t for t in TYPES if longer.states.get(t) == "none") or "letters"


def extra(one: Name, other: Name) -> str:
    """What the stretches are that only the shorter has, and those that only the longer has."""
    return "/".join("+".join(side.extra[:_MOST]) or "nothing" for side in sides(one, other))


def head(one: Name, other: Name) -> str:
    """What stands at the beginning of the shorter and of the longer name that the other lacks."""
    return "/".join(side.head for side in sides(one, other))


def tail(one: Name, other: Name) -> str:
    """What stands at the end of the shorter and of the longer name that the other lacks."""
    return "/".join(side.tail for side in sides(one, other))


def of_type(type_: str) -> Callable[[Name, Name], str]:
    """Return the comparison of parts of one type: how much of them the other has, in the shorter and the longer."""

    def compare(one: Name, other: Name) -> str:
        return "/".join(side.states.get(type_, "-") for side in sides(one, other))

    return compare


def _step(value: float, steps: tuple[tuple[float, str], ...]) -> str:
    return next(word for least, word in steps if value >= least)
