"""From edges to clusters, under what people decided and what an entity cannot have two of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from resolution.matching.exact import Edge
from resolution.mentions import Named


@dataclass(slots=True)
class Cluster:
    """Mentions of one entity, and for each the reason why it is in."""

    members: list[Named]
    reasons: dict[str, str] = field(default_factory=dict)


class _Parts:
    """Union-find whose parts remember what they hold exclusively and whom they must not meet."""

    def __init__(self, mentions: Sequence[Named], apart: Iterable[tuple[str, str]]) -> None:
        self.parent = {m.id: m.id for m in mentions}
        self.members = {m.id: [m] for m in mentions}
        self.exclusive = {m.id: {k: {v} for k, v in m.exclusive.items()} for m in mentions}
        self.weak = {m.id: {k: {v} for k, v in m.weak.items()} for m in mentions}
        self.apart: dict[str, set[str]] = {m.id: set() for m in mentions}
        for left, right in apart:
            self.apart[left].add(right)
            self.apart[right].add(left)

    def find(self, item: str) -> str:
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def may_meet(self, left: str, right: str, *, hard: bool) -> bool:
        fewer, more = sorted((left, right), key=lambda root: len(self.apart[root]))
        if any(self.find(other) == more for other in self.apart[fewer]):
            return False
        if _clash(self.exclusive[left], self.exclusive[right]):
            return False
        return hard or not _clash(self.weak[left], self.weak[right])

    def join(self, left: str, right: str) -> None:
        big, small = sorted((left, right), key=lambda root: (-len(self.members[root]), root))
        self.parent[small] = big
        self.members[big] += self.members.pop(small)
        self.apart[big] |= self.apart.pop(small)
        for kept in (self.exclusive, self.weak):
            for key, values in kept.pop(small).items():
                kept[big].setdefault(key, set()).update(values)


def _clash(one: dict[str, set[str]], other: dict[str, set[str]]) -> bool:
    return any(key in other and values != other[key] for key, values in one.items())


def cluster(
    mentions: Sequence[Named],
    edges: Iterable[Edge],
    *,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
) -> list[Cluster]:
    """Return the clusters: first what people said is the same, then hard edges, then soft ones.

    `same` and `different` are pairs of mention ids. A pair that people hold apart never ends in one cluster,
    over whatever path; of two contradicting judgements *different* wins. Edges are taken in a fixed order,
    so the result does not depend on the order of the arguments.
    """
    known = {m.id for m in mentions}
    parts = _Parts(mentions, [p for p in different if set(p) <= known])
    reasons: dict[str, str] = {}
    for left, right in sorted(p for p in same if set(p) <= known):
        a, b = parts.find(left), parts.find(right)
        if a != b and not any(parts.find(o) == b for o in parts.apart[a]):
            parts.join(a, b)
            reasons[left] = reasons[right] = "judgement same"
    for edge in sorted(edges, key=lambda e: (not e.hard, e.reason, e.left, e.right)):
        a, b = parts.find(edge.left), parts.find(edge.right)
        if a != b and parts.may_meet(a, b, hard=edge.hard):
            parts.join(a, b)
        if parts.find(edge.left) == parts.find(edge.right):
            reasons.setdefault(edge.left, edge.reason)
            reasons.setdefault(edge.right, edge.reason)
    found = [sorted(members, key=lambda m: m.anchor) for members in parts.members.values()]
    return [
        Cluster(members, {m.id: reasons.get(m.id, "alone") for m in members})
        for members in sorted(found, key=lambda members: members[0].anchor)
    ]
