"""Stable ids: which entity a cluster is, seen from what its mentions belonged to before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schema.ids import content_id

PREFIX = "sb-"
LENGTH = 12  # base32: 60 bits


@dataclass(frozen=True, slots=True)
class History:
    """What an anchor belonged to: the entity it came into being with, and the one that holds it now."""

    origin: str
    current: str


@dataclass(slots=True)
class Identities:
    """The ids of the clusters, in their order, and where the ids went that no cluster bears any more."""

    ids: list[str]
    redirects: dict[str, str] = field(default_factory=dict)


def identify(clusters: Sequence[Sequence[str]], history: Mapping[str, History], taken: Iterable[str]) -> Identities:
    """Return an id for each cluster of anchors.

    A cluster keeps the id that most of its anchors bear now and came into being with, so a merge keeps the
    larger side's id and its undoing gives both their own ids back. `taken` are all ids ever given: a new id
    is never one of another entity. An id without a cluster redirects to where most of its anchors went.
    """
    claims: list[tuple[int, int, str, int]] = []
    for index, anchors in enumerate(clusters):
        known = [history[a] for a in anchors if a in history]
        current = Counter(h.current for h in known)
        origin = Counter(h.origin for h in known)
        claims += [(-(current[e] + origin[e]), -origin[e], e, index) for e in current | origin]
    ids: dict[int, str] = {}
    given: set[str] = set()
    for _, _, entity, index in sorted(claims):
        if index not in ids and entity not in given:
            ids[index] = entity
            given.add(entity)
    used = set(taken) | given
    for index, anchors in enumerate(clusters):
        if index not in ids:
            ids[index] = _new_id(min(anchors), used)
            used.add(ids[index])
    return Identities([ids[i] for i in range(len(clusters))], _redirects(clusters, ids, history))


def _new_id(anchor: str, used: set[str]) -> str:
    salt = 0
    while (made := PREFIX + content_id("entity", anchor, salt)[:LENGTH]) in used:
        salt += 1
    return made


def _redirects(
    clusters: Sequence[Sequence[str]], ids: Mapping[int, str], history: Mapping[str, History]
) -> dict[str, str]:
    went: dict[str, Counter[str]] = {}
    for index, anchors in enumerate(clusters):
        for anchor in anchors:
            if anchor in history:
                for old in {history[anchor].current, history[anchor].origin}:
                    went.setdefault(old, Counter())[ids[index]] += 1
    borne = set(ids.values())
    return {
        old: max(targets.items(), key=lambda item: (item[1], item[0]))[0]
        for old, targets in sorted(went.items())
        if old not in borne
    }
