"""From edges to clusters, under what people decided and what an entity cannot have two of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from resolution.matching.exact import Edge
from resolution.matching.grouping import HARD, Constraints, Link, group
from resolution.mentions import Named


@dataclass(slots=True)
class Cluster:
    """Mentions of one entity, and for each the reason why it is in."""

    members: list[Named]
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Clustering:
    """The clusters in order of their first anchors, and the judgements that contradict each other or the facts."""

    clusters: list[Cluster]
    contradictions: list[tuple[str, str, str]]


def cluster(
    mentions: Sequence[Named],
    edges: Iterable[Edge],
    *,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
) -> Clustering:
    """Return the clusters: first what people said is the same, then hard edges, then soft ones.

    `same` and `different` are pairs of mention ids. A pair that people hold apart never ends in one cluster,
    over whatever path; of two contradicting judgements *different* wins. Edges are taken in a fixed order,
    so the result does not depend on the order of the arguments.
    """
    ordered = sorted(mentions, key=lambda m: m.anchor)
    number = {m.id: n for n, m in enumerate(ordered)}
    links = [
        Link(number[e.left], number[e.right], HARD if e.hard else e.weight, e.reason)
        for e in edges
        if e.left in number and e.right in number
    ]
    together, apart = (
        [(number[a], number[b]) for a, b in pairs if a in number and b in number] for pairs in (same, different)
    )
    constraints = Constraints(
        exclusive={n: m.exclusive for n, m in enumerate(ordered) if m.exclusive},
        weak={n: m.weak for n, m in enumerate(ordered) if m.weak},
        together=together,
        apart=apart,
    )
    found = group(len(ordered), links, constraints)
    home = {n: number for number, members in enumerate(found.groups) for n in members}
    reasons: dict[int, str] = {}
    for left, right in sorted(together):
        if home[left] == home[right]:
            reasons[left] = reasons[right] = "judgement same"
    for link in sorted(links, key=lambda link: (-link.weight, link.reason, link.left, link.right)):
        if home[link.left] == home[link.right]:
            reasons.setdefault(link.left, link.reason)
            reasons.setdefault(link.right, link.reason)
    return Clustering(
        [
            Cluster([ordered[n] for n in members], {ordered[n].id: reasons.get(n, "alone") for n in members})
            for members in found.groups
        ],
        [(ordered[c.left].id, ordered[c.right].id, c.why) for c in found.contradictions],
    )
