"""The matching engine: a table in, its scored pairs out. Memory holds one batch of pairs, and those that are kept."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resolution.matching.blocking import Blocks, RuleReport
from resolution.matching.patterns import Indices, Patterns, Weights
from resolution.matching.table import Table
from resolution.matching.weights import Model, Scorer, probability

_NO_PAIRS = (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0), np.zeros(0, np.int32))
LEAST = 0.01  # probability of a pair that is kept


@dataclass(frozen=True)
class Scored:
    """Pairs that were kept: `left` < `right` (records' numbers), `weight` in bits, `pattern`, `probability`.

    Sorted by left, then right. `seen` counts all pairs that were looked at; `rules` says what each rule brought.
    """

    left: Indices
    right: Indices
    weight: Weights
    pattern: NDArray[np.int32]
    seen: int
    rules: tuple[RuleReport, ...]

    @property
    def probability(self) -> Weights:
        """The probability that each pair is the same."""
        return probability(self.weight)


def score(
    model: Model,
    table: Table,
    *,
    least: float = LEAST,
    spill: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Scored:
    """Return the pairs of the table whose probability of being the same is at least `least`.

    With `spill` all blocks are joined in DuckDB (see `Blocks.pairs`).
    """
    blocks = Blocks(table, model.spec.blocking)
    near = table.take(blocks.order, tuple(dict.fromkeys(each.column for each in model.spec.comparisons)))
    scorer = Scorer(model, near, Patterns(model.spec, near))
    bound = bound_of(least)
    total, seen = sum(report.pairs for report in blocks.reports), 0
    kept: list[tuple[Indices, Indices, Weights, Indices]] = []
    for left, right in blocks.pairs(spill=spill):
        kept.append(scorer.score(left, right, bound))
        seen += len(left)
        if progress:
            progress(seen, total)
    left, right, weights, found = (np.concatenate(column) for column in zip(*kept, strict=True)) if kept else _NO_PAIRS
    left, right = blocks.order[left], blocks.order[right]
    place = np.lexsort((right, left))
    return Scored(left[place], right[place], weights[place], found[place], seen, tuple(blocks.reports))


def bound_of(least: float) -> float:
    """Return the weight in bits that a probability stands for; without end for 0."""
    return float(np.log2(least / (1 - least))) if 0 < least < 1 else -np.inf
