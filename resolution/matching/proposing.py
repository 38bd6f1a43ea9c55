"""Names propose, facts decide: exact keys join, and names that are likely the same become candidates for a person.

From names alone about one *same* in thirty is wrong even where it is surest, so none of them joins by itself.
"""

import hashlib
from collections.abc import Iterator, Sequence

from resolution.linking.neighbours import neighbours
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
        named = list(first.values())
        names, kinds = [each.name for each in named], [each.kind for each in named]
        for one, other in neighbours(names, kinds, nearest=NEAREST, least=LEAST_SCORE):
            if self._is_settled(named[one], named[other]):
                continue
            verdict = judge(names[one], names[other], kinds[one])
            likely = verdict.probabilities[SAME]
            if likely >= LEAST:
                explanation = {"names": verdict.levels, "probabilities": verdict.probabilities}
                yield Pair(named[one].id, named[other].id, likely, explanation)

    def _is_settled(self, one: Named, other: Named) -> bool:
        """Tell whether facts have decided: two values of what an entity has one of."""
        return any(other.exclusive.get(key, value) != value for key, value in one.exclusive.items())
