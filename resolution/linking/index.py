"""The index of known names: postings of characters, and the ranking of those that share the rare ones."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from resolution.linking import translated
from resolution.linking.align import alignments
from resolution.linking.english import English
from resolution.linking.features import Features, queried
from resolution.linking.nearest import nearest
from resolution.names.acronyms import ACRONYM
from resolution.names.latin import is_latin

LOOKED_AT = 400  # names that are aligned: those that share most rarity with the query
COMMON = 0.25  # a character in more of the names than this brings no candidate, unless there is no other


@dataclass(frozen=True, slots=True)
class Entity:
    """A known entity with all its names; `kind` is "" where it is not known."""

    key: str
    names: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean: `score` in [0, 1] is the share of the best possible alignment."""

    entity: Entity
    name: str
    score: float


class Index:
    """Known names, ready to be asked. Build it once; asking changes nothing."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = list(entities)
        self.names = [name for entity in self.entities for name in entity.names]
        self.owner = np.array([n for n, e in enumerate(self.entities) for _ in e.names], dtype=np.int64)
        self.features = Features.of(self.names)
        codes, starts = self.features.strings.codes, self.features.strings.starts
        number = np.repeat(np.arange(len(self.names), dtype=np.int64), np.diff(starts))
        pairs = np.unique(codes.astype(np.int64) << 32 | number)  # a character and a name that has it, in one number
        self._letters, self._from = np.unique(pairs >> 32, return_index=True)
        self._to = np.append(self._from[1:], len(pairs))
        self._postings = (pairs & 0xFFFFFFFF).astype(np.int32)
        self._place = {int(code): n for n, code in enumerate(self._letters)}
        self._rarities = np.log((len(self.names) + 1) / (self._to - self._from + 0.5)).astype(np.float32)
        self._unknown = math.log(2 * len(self.names) + 2)
        self.costs = self.features.costs * (
            self._rarities[np.searchsorted(self._letters, codes)] if len(codes) else np.zeros(0, dtype=np.float32)
        )
        self._is_latin = np.array([is_latin(name) for name in self.names], dtype=np.bool_)
        self._english = English(self.names, np.flatnonzero(self._is_latin).tolist())
        self._has_chinese = np.zeros(len(self.entities), dtype=np.bool_)
        self._has_chinese[self.owner[~self._is_latin]] = True
        exact: dict[str, list[int]] = defaultdict(list)
        for name, text in enumerate(self.names):
            exact[queried(text)].append(name)
        self._exact = dict(exact)

    def rarity(self, code: int) -> float:
        """Return how rare a character is among the names: log of the inverse share of names that have it."""
        place = self._place.get(code)
        return self._unknown if place is None else float(self._rarities[place])

    def link(self, name: str, *, kind: str = "", limit: int = 5) -> list[Candidate]:
        """Return the entities that a name may mean, the best first, each once; equal scores by key.

        With a kind, entities of another known kind are left out.
        """
        text = queried(name)
        if not text or not self.names:
            return []
        query = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        rarity = np.array([self.rarity(int(code)) for code in query], dtype=np.float32)
        near = self._near({int(code): float(weight) for code, weight in zip(query, rarity, strict=True)})
        strings = self.features.strings
        scores = alignments(
            query, rarity, strings.codes, self.features.gains, self.costs, self.features.heads, strings.starts, near
        )
        best = float(rarity.sum()) + 1.0 * (len(query) - 1) + 2.0 + 0.5  # all matched in one run from a head to the end
        found: dict[int, tuple[float, int]] = {}
        exact = set(self._exact.get(text, ()))
        aligned = ((number, score / best) for number, score in zip(near.tolist(), scores.tolist(), strict=True))
        for number, score in chain(aligned, self._otherwise(name)):
            share = 1.0 if number in exact else min(max(score, 0.0), 0.999)
            owner = int(self.owner[number])
            if share > found.get(owner, (-1.0, 0))[0]:
                found[owner] = share, number
        fits = (item for item in found.items() if not kind or self.entities[item[0]].kind in {"", kind})
        ranked = sorted(fits, key=lambda item: (-item[1][0], self.entities[item[0]].key))
        return [Candidate(self.entities[o], self.names[n], round(s, 4)) for o, (s, n) in ranked[:limit]]

    def _otherwise(self, name: str) -> list[tuple[int, float]]:
        """Return the names that one may mean by its words: English by both, capitals, Chinese by English.

        A Chinese name means an entity by its English names only where it has no Chinese one.
        """
        if not is_latin(name):
            return [each for each in self._english.meaning(name) if not self._has_chinese[self.owner[each[0]]]]
        if ACRONYM.match(name):
            return self._english.short_as(name)
        near = self._near(translated.letters(name, self._sounds, self.rarity))
        found = ((n, translated.share(name, self.names[n])) for n in near[~self._is_latin[near]].tolist())
        return [*((number, share) for number, share in found if share > 0), *self._english.alike(name)]

    @cached_property
    def _sounds(self) -> translated.Sounds:
        return translated.sounds(self._letters.tolist())

    def _near(self, letters: Mapping[int, float]) -> NDArray[np.int64]:
        """Return the names that share most weight with the letters of a query."""
        places = {self._place[code]: weight for code, weight in letters.items() if code in self._place}
        usual = COMMON * len(self.names)
        telling = {p: w for p, w in places.items() if self._to[p] - self._from[p] <= usual} or places
        order = sorted(telling)
        return nearest(
            self._postings,
            self._from[order].astype(np.int64),
            self._to[order].astype(np.int64),
            np.array([telling[place] for place in order], dtype=np.float32),
            len(self.names),
            LOOKED_AT,
        )


def of_names(names: Sequence[str], kinds: Sequence[str] | None = None) -> Index:
    """Return an index of entities that have one name each; equal names are one entity."""
    said = Counter(names)
    known = dict(zip(names, kinds, strict=True)) if kinds else {}
    return Index(Entity(name, (name,), known.get(name, "")) for name in said)
