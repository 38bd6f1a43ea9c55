"""Fellegi-Sunter weights: what each level says for and against two records being the same.

I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage" (1969). A level's weight is log2(m / u): m is its
probability among pairs that are the same, u among pairs that are not. Agreement on a rare value says more than on a
usual one: an equal value of relative frequency f counts as if u were f (Winkler's adjustment), to the power `tf`.
Missing values weigh nothing. The sum, with the prior's log-odds, is the log2 of the odds that the pair is the same.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from resolution.matching.columns import Column
from resolution.matching.patterns import Indices, Patterns, Weights
from resolution.matching.spec import EQUAL, Spec
from resolution.matching.table import Table


@dataclass(frozen=True)
class Model:
    """The probabilities of a specification: for each comparison m and u of its levels (best first, else last)."""

    spec: Spec
    m: tuple[Weights, ...]
    u: tuple[Weights, ...]
    prior: float

    @property
    def prior_weight(self) -> float:
        """The log2 of the prior's odds."""
        return math.log2(self.prior / (1 - self.prior))

    def weights(self, number: int) -> Weights:
        """Return log2(m / u) of a comparison's outcomes: missing (0), its levels, else."""
        return np.concatenate([[0.0], np.log2(self.m[number] / self.u[number])])

    def with_m(self, m: Sequence[Weights]) -> "Model":
        """Return the model with other m."""
        return replace(self, m=tuple(m))


class Scorer:
    """Gives pairs their match weight under a model, and drops those that cannot reach a bound."""

    def __init__(self, model: Model, table: Table, patterns: Patterns) -> None:
        self._patterns, self._prior = patterns, model.prior_weight
        self._weights = np.zeros((len(patterns.sizes), max(patterns.sizes)))
        self._rare = np.zeros(patterns.bases[-1])
        most = []
        for place, number in enumerate(patterns.order):
            comparison, weights = model.spec.comparisons[number], model.weights(number)
            self._weights[place, : len(weights)] = weights
            first, best = comparison.levels[0], weights.copy()
            if first.when == EQUAL and first.tf:  # behind another level nothing reaches equality
                of_value = frequency_weights(table.columns[comparison.column], float(model.u[number][0]), first.tf)
                self._rare[patterns.bases[place] : patterns.bases[place + 1]] = of_value
                best[1] += of_value.max(initial=0)
            most.append(float(best.max()))
        self._rest = np.array([sum(most[place + 1 :]) for place in range(len(most))])

    def score(self, left: Indices, right: Indices, bound: float) -> tuple[Indices, Indices, Weights, Indices]:
        """Return the pairs that reach `bound` bits, their weights (log2 of the odds) and their patterns."""
        summed, found, keep = self._patterns.scored(
            left, right, self._weights, self._rare, self._rest, self._prior, bound
        )
        kept = np.flatnonzero(keep)
        return left[kept], right[kept], summed[kept], found[kept]


def frequency_weights(column: Column, u: float, power: float) -> Weights:
    """Return for each value what equality on it weighs more (or less) than equality on a value of probability `u`."""
    share = column.counts / max(column.total, 1)
    return power * np.log2(u / np.maximum(share, 1e-300))


def probability(weights: Weights) -> Weights:
    """Return the probabilities that the weights stand for."""
    return 1.0 / (1.0 + np.exp2(-np.clip(weights, -1000, 1000)))
