"""Names propose, facts decide: exact keys join, and names that are likely the same become candidates for a person.

From names alone about one *same* in thirty is wrong even where it is surest, so none of them joins by itself.
"""

import hashlib
from collections.abc import Iterator, Sequence

from resolution.linking.index import Entity, Index
from resolution.matching.exact import EVENTS, ExactMatcher, Matches, Pair
from resolution.mentions import Named
from resolution.names.normal import normal_form
from resolution.pairs.model import PATH
from resolution.pairs.verdict import SAME, judge

NEAREST = 6  # names that each name is judged against
LEAST_SCORE = 0.5  # of the index: what lies worse in a name is not judged
LEAST = 0.3  # probability of a candidate


class ProposingMatcher:
    """The exact matcher, and beside its edges what names propose: one candidate for two names, not for each mention."""

    def __init__(self) -> None:
        # A run depends on what levels weigh: other weights are another matcher.
        self.name = f"names/1 {hashlib.sha256(PATH.read_bytes()).hexdigest()[:8]}"

    def match(self, mentions: Sequence[Named]) -> Matches:
        """Return the exact edges, and candidates with the verdict's probability and levels."""
        found = ExactMatcher().match(mentions)
        found.candidates += self._proposed(mentions)
        return found

    def _proposed(self, mentions: Sequence[Named]) -> Iterator[Pair]:
        """Yield a candidate for every two names of a kind that may be the same and that no key holds together."""
        first: dict[tuple[str, str], Named] = {}
        for mention in sorted(mentions, key=lambda m: m.anchor):
            if mention.kind not in EVENTS:
                first.setdefault((mention.kind, normal_form(mention.name)), mention)
        ids = [f"{kind} {name}" for kind, name in first]
        known = dict(zip(ids, first.values(), strict=True))
        index = Index(Entity(key, (mention.name,), mention.kind) for key, mention in known.items())
        for key, mention in known.items():
            for candidate in index.link(mention.name, kind=mention.kind, limit=NEAREST):
                other = known[candidate.entity.key]
                if candidate.score < LEAST_SCORE or other is mention or self._is_settled(mention, other):
                    continue
                verdict = judge(mention.name, other.name, mention.kind)
                likely = verdict.probabilities[SAME]
                # The longer name looks the shorter up, and is looked up by it: of two proposals one is enough.
                is_second = key > candidate.entity.key and self._finds(index, other, key)
                if likely >= LEAST and not is_second:
                    explanation = {"names": verdict.levels, "probabilities": verdict.probabilities}
                    yield Pair(mention.id, other.id, likely, explanation)

    def _finds(self, index: Index, mention: Named, key: str) -> bool:
        found = index.link(mention.name, kind=mention.kind, limit=NEAREST)
        return any(each.entity.key == key and each.score >= LEAST_SCORE for each in found)

    def _is_settled(self, one: Named, other: Named) -> bool:
        """Tell whether facts have decided: two values of what an entity has one of."""
        return any(other.exclusive.get(key, value) != value for key, value in one.exclusive.items())
