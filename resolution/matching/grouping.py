"""From links to groups, under what people decided and what one entity cannot have two of.

Links are taken from the strongest down (people's first), and one that would break a constraint is left out: greedy
constrained agglomeration. A chain must not make one group of two: where two groups of several members hang together
by links that are not strong, there must be as many of them as the smaller group has members.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

STRONG = 10.0  # bits: a link of a thousand to one holds alone
HARD = float("inf")  # the weight of a link by a fact: it bows to nothing but other facts, and to people


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two members that are the same, with the log2 of the odds that they are; of equal ones `reason` decides."""

    left: int
    right: int
    weight: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What people said and what cannot be: the two members, and why they were, or were not, put together."""

    left: int
    right: int
    why: str


@dataclass(slots=True)
class Grouping:
    """The groups in order of their first members (each in order), and what a curator has to look at."""

    groups: list[list[int]]
    contradictions: list[Contradiction]


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a group must not hold twice.

    `exclusive` maps a member to what it holds of each attribute (a credit code): no group holds two values of one.
    `weak` is the same, but only links by facts may break it. `source` maps members to a source without duplicates: no
    group holds two members of one. `together` and `apart` are people's decisions; of two that contradict each other
    *apart* wins, over whatever path, and the contradiction is reported.
    """

    exclusive: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    weak: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    source: Mapping[int, str] = field(default_factory=dict)
    together: Iterable[tuple[int, int]] = ()
    apart: Iterable[tuple[int, int]] = ()


def group(size: int, links: Iterable[Link], constraints: Constraints | None = None) -> Grouping:
    """Return the groups of `size` members, numbered from 0; the order of links and decisions changes nothing."""
    constraints = constraints or Constraints()
    ordered = sorted(
        links, key=lambda link: (-link.weight, link.reason, min(link.left, link.right), max(link.left, link.right))
    )
    parts = _Parts(size, constraints, ordered)
    contradictions = []
    for left, right in sorted(tuple(sorted(pair)) for pair in constraints.together):
        a, b = parts.find(left), parts.find(right)
        if a != b and parts.are_apart(a, b):
            contradictions.append(Contradiction(left, right, "judged the same, and held apart by other judgements"))
        elif a != b:
            if clash := parts.clash(a, b, hard=True):
                contradictions.append(Contradiction(left, right, f"judged the same, with two values of {clash}"))
            parts.join(a, b)
    for link in ordered:
        a, b = parts.find(link.left), parts.find(link.right)
        if a != b and parts.may_meet(a, b, link):
            parts.join(a, b)
    groups = sorted(sorted(members) for members in parts.groups(size))
    return Grouping(groups, contradictions)


def components(size: int, left: NDArray[Any], right: NDArray[Any]) -> NDArray[np.int32]:
    """Return for each of `size` members the first that links (left, right) lead to, over any path: int32 (size,)."""
    found = np.arange(size, dtype=np.int32)
    while True:
        low = np.minimum(found[left], found[right])
        after = found.copy()
        np.minimum.at(after, left, low)
        np.minimum.at(after, right, low)
        after = after[after]
        if np.array_equal(after, found):
            return found
        found = after


class _Parts:
    """Union-find whose parts remember what they hold and whom they must not meet; members alone cost nothing."""

    def __init__(self, size: int, constraints: Constraints, links: Sequence[Link]) -> None:
        self.parent = list(range(size))
        self.members: dict[int, list[int]] = {}
        self.exclusive = {n: {k: {v} for k, v in held.items()} for n, held in constraints.exclusive.items()}
        self.weak = {n: {k: {v} for k, v in held.items()} for n, held in constraints.weak.items()}
        self.sources = {n: {source} for n, source in constraints.source.items()}
        self.apart: dict[int, set[int]] = {}
        for left, right in constraints.apart:
            self.apart.setdefault(left, set()).add(right)
            self.apart.setdefault(right, set()).add(left)
        self.linked: dict[int, list[int]] = {}
        for link in links:
            self.linked.setdefault(link.left, []).append(link.right)
            self.linked.setdefault(link.right, []).append(link.left)

    def find(self, item: int) -> int:
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def of(self, root: int) -> list[int]:
        return self.members.get(root, [root])

    def groups(self, size: int) -> list[list[int]]:
        return [self.of(root) for root in range(size) if self.parent[root] == root]

    def are_apart(self, left: int, right: int) -> bool:
        fewer, more = sorted((left, right), key=lambda root: len(self.apart.get(root, ())))
        return any(self.find(other) == more for other in self.apart.get(fewer, ()))

    def clash(self, left: int, right: int, *, hard: bool) -> str:
        """Return the attribute of which the two hold different values, "" where there is none."""
        kept = [self.exclusive] if hard else [self.exclusive, self.weak]
        for held in kept:
            one, other = held.get(left, {}), held.get(right, {})
            for key in one:
                if key in other and one[key] != other[key]:
                    return key
        return ""

    def may_meet(self, left: int, right: int, link: Link) -> bool:
        is_hard = link.weight == HARD
        if self.are_apart(left, right) or self.clash(left, right, hard=is_hard):
            return False
        if is_hard:
            return True
        if self.sources.get(left, set()) & self.sources.get(right, set()):
            return False
        return link.weight >= STRONG or self._is_no_bridge(left, right)

    def _is_no_bridge(self, left: int, right: int) -> bool:
        small, large = sorted((left, right), key=lambda root: len(self.of(root)))
        if len(self.of(small)) == 1:
            return True
        between = {(a, b) for a in self.of(small) for b in self.linked.get(a, ()) if self.find(b) == large}
        return len(between) >= len(self.of(small))

    def join(self, left: int, right: int) -> None:
        big, small = sorted((left, right), key=lambda root: (-len(self.of(root)), root))
        self.members[big] = self.of(big) + self.members.pop(small, [small])
        self.parent[small] = big
        if small in self.apart:
            self.apart[big] = self.apart.get(big, set()) | self.apart.pop(small)
        if small in self.sources:
            self.sources[big] = self.sources.get(big, set()) | self.sources.pop(small)
        for kept in (self.exclusive, self.weak):
            for key, values in kept.pop(small, {}).items():
                kept.setdefault(big, {}).setdefault(key, set()).update(values)
