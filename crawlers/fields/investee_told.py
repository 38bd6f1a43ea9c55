"""Companies whose legal names a page prints where it says that they were financed, weighed by the words around them.

A legal name is sure to be one; whether it got the money, gave it or advised is told by what stands beside it
(data/labels/told.yaml).
"""

import re
from collections import Counter
from collections.abc import Sequence

from crawlers.fields import funding_round, legal_names, roles, weighed
from schema.evidence import Span

ENOUGH = 3  # weight at which a legal name is a financed company's
_REMARK = re.compile(r"\s?[（(][^（）()]{1,30}[)）]")


def names(text: str, lines: Sequence[Span]) -> list[str]:
    """Return the legal names of the companies that the lines say to be financed, the heaviest first."""
    told = weighed.signals("funding", "investee")
    found: Counter[str] = Counter()
    for line in lines:
        for clause in roles.sentences(text, line):
            for start, end in legal_names.find(text, clause):
                remark = _REMARK.match(text, end)
                place = start, remark.end() if remark else end
                weight = weighed.weight(text, clause, place, told)
                found[text[start:end]] += weight + bool(funding_round.find(text[slice(*clause)]))
    return [name for name, weight in found.most_common() if weight >= ENOUGH]
