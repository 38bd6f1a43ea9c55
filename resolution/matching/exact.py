"""The exact matcher: equal credit code, equal document number, equal normal form of the full name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any, Protocol

from resolution.matching.grouping import STRONG
from resolution.mentions import Named

CONTRADICTION = "contradiction"  # in a pair's explanation: people have decided on it, and it cannot be
EVENTS = frozenset({"policy", "conference"})  # kinds that are no bodies: they share no name with one


@dataclass(frozen=True, slots=True)
class Edge:
    """Two mentions that are the same, and why; a hard edge bows to nothing but hard facts and people."""

    left: str
    right: str
    reason: str
    hard: bool
    weight: float = STRONG  # log2 of the odds, for an edge that is not hard


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions that a person should decide on, with a score in [0, 1] and its explanation."""

    left: str
    right: str
    score: float
    explanation: dict[str, Any]


@dataclass(slots=True)
class Matches:
    """What a matcher found."""

    edges: list[Edge] = field(default_factory=list)
    candidates: list[Pair] = field(default_factory=list)


class Matcher(Protocol):
    """What resolution asks of a matching engine."""

    name: str

    def match(self, mentions: Sequence[Named]) -> Matches:
        """Return the edges and candidates among the mentions; the same for the same mentions, in any order."""


class ExactMatcher:
    """Joins by keys. It never scores: where keys contradict each other, it asks."""

    name = "exact/1"

    def match(self, mentions: Sequence[Named]) -> Matches:
        """Return an edge for each shared key, and a candidate where a title stands for several documents."""
        ordered = sorted(mentions, key=lambda m: m.anchor)
        matches = Matches()
        for key, group in _groups(ordered, "hard"):
            matches.edges += [Edge(a.id, b.id, key, hard=True) for a, b in pairwise(group)]
        for key, group in _groups(ordered, "soft"):
            self._soft(key, group, matches)
        return matches

    def _soft(self, key: str, group: list[Named], matches: Matches) -> None:
        """Join a group that shares a soft key; where it falls apart into identities, ask about the rest.

        One name, several document numbers (or dates): nobody can say which one a page without either means.
        """
        identities: dict[str, list[Named]] = defaultdict(list)
        for mention in group:
            identities[_identity(mention)].append(mention)
        known = [members for identity, members in sorted(identities.items()) if identity]
        numbered = {tuple(sorted(m.exclusive.items())) for m in group if m.exclusive}
        dated = {tuple(sorted(m.weak.items())) for m in group if m.weak}
        if len(numbered) <= 1 and len(dated) <= 1:
            matches.edges += [Edge(a.id, b.id, key, hard=False) for a, b in pairwise(group)]
            return
        for members in identities.values():
            matches.edges += [Edge(a.id, b.id, key, hard=False) for a, b in pairwise(members)]
        for one, other in combinations([*known, identities.get("", [])], 2):
            if one and other and not _contradict(one[0], other[0]):
                explanation = {"shared": key, "left": _identity(one[0]), "right": _identity(other[0])}
                matches.candidates.append(Pair(one[0].id, other[0].id, 1 / len(known), explanation))


def _identity(mention: Named) -> str:
    return " ".join(f"{k} {v}" for k, v in sorted({**mention.exclusive, **mention.weak}.items()))


def _contradict(one: Named, other: Named) -> bool:
    return any(other.exclusive.get(k, v) != v for k, v in one.exclusive.items())


def _groups(mentions: Iterable[Named], attribute: str) -> Iterator[tuple[str, list[Named]]]:
    """Yield each key of the attribute that two or more mentions of compatible kinds share, in order."""
    groups: dict[str, list[Named]] = defaultdict(list)
    for mention in mentions:
        family = mention.kind if mention.kind in EVENTS else "organisation"
        for key in getattr(mention, attribute):
            groups[f"{family} {key}"].append(mention)
    for name, group in sorted(groups.items()):
        if len(group) > 1:
            yield name.split(" ", 1)[1], group
