"""The comparisons of two names: each gives a level, and the levels are what a verdict adds up.

A level is a word, the same in the weights (`data/matching/names.csv`), in explanations and here.
"""

from collections.abc import Callable

from resolution.pairs import english, meaning, shape, sound, where
from resolution.pairs.leftover import TYPES
from resolution.pairs.name import Name

_COMPARE: tuple[Callable[[Name, Name], str], ...] = (
    shape.spelling, shape.coverage, shape.likeness, shape.formed, shape.opening, shape.rest, shape.extra,
    shape.head, shape.tail, where.place, meaning.kind, meaning.what, meaning.unit, meaning.number,
    meaning.edition, meaning.series, meaning.form, meaning.title, english.english, sound.sound,
)  # fmt: skip
COMPARISONS: dict[str, Callable[[Name, Name], str]] = {each.__name__: each for each in _COMPARE} | {
    f"{type_}_parts": shape.of_type(type_) for type_ in TYPES
}


def levels(one: Name, other: Name) -> dict[str, str]:
    """Return the level that each comparison of two names reaches, by the comparison's name."""
    return {name: compare(one, other) for name, compare in COMPARISONS.items()}
