"""Pairs of invented names with the answer to whether both mean the same: what the verdict on two names is learned from.

Each kind of name has a grammar of its own; ways of being the same, related or different are functions of one name.
Real are the places and the words of names, invented is everything else.
"""

import random
from collections.abc import Callable, Iterator

from sandbox.namepairs import bodies, companies, english, events, learned
from sandbox.namepairs.words import Pair

_MAKERS: dict[str, tuple[int, Callable[[random.Random], Iterator[Pair]]]] = {
    "enterprise": (30, companies.enterprises),
    "investor": (10, companies.investors),
    "university": (20, learned.universities),
    "institute": (14, learned.institutes),
    "alliance": (8, bodies.alliances),
    "park": (8, bodies.parks),
    "government": (10, bodies.governments),
    "conference": (10, events.conferences),
    "policy": (10, events.policies),
}
KIND_KNOWN = 0.65  # share of pairs of which somebody knows the kind
IN_ENGLISH = 0.25  # share of pairs of which one name is said in English
_INITIALS = {"university", "institute", "alliance", "park", "conference"}  # companies' brands are one word
IN_CAPITALS = 0.1  # … of which one is said by the initials of its English name


def pairs(count: int, seed: int = 20261127) -> Iterator[Pair]:
    """Yield `count` pairs (left, right, kind, label); the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  (invented names, no secret)
    kinds, weights = list(_MAKERS), [weight for weight, _ in _MAKERS.values()]
    made = 0
    while made < count:
        kind = chance.choices(kinds, weights)[0]
        for pair in _MAKERS[kind][1](chance):
            left, right = pair.left, pair.right
            alike = min(len(left), len(right)) >= 0.6 * max(len(left), len(right))  # short forms are not translated
            if kind != "policy" and (alike or pair.label != "same") and chance.random() < IN_ENGLISH:
                left = english.said(left, chance) or left
                right = (english.said(right, chance) or right) if chance.random() < 0.2 else right
            if kind in _INITIALS and chance.random() < IN_CAPITALS:
                left = english.capitals(pair.left, chance) or left
            if left == right and pair.label != "same":
                continue
            if chance.random() < 0.5:
                left, right = right, left
            yield Pair(left, right, kind if chance.random() < KIND_KNOWN else "", pair.label)
            made += 1
            if made == count:
                return
