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
from numpy.typing import NDArray

from resolution.matching.levels import Comparer
from resolution.matching.spec import EQUAL, Spec
from resolution.matching.columns import Column
from resolution.matching.table import Table

Weights = NDArray[np.float64]
Indices = NDArray[np.int32]


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


class Patterns:
    """The comparisons of a table's pairs, in one number for each pair: its levels in mixed radix."""

    def __init__(self, spec: Spec, table: Table) -> None:
        self.spec = spec
        self.comparers = [Comparer(each, table.columns[each.column]) for each in spec.comparisons]
        self.strides = np.cumprod([1, *(c.size for c in self.comparers[:-1])])
        self.count = int(np.prod([c.size for c in self.comparers]))

    def of(self, left: Indices, right: Indices) -> NDArray[np.int32]:
        """Return int32 (pairs,): the pairs' patterns."""
        found = np.zeros(len(left), dtype=np.int32)
        for comparer, stride in zip(self.comparers, self.strides, strict=True):
            found += comparer.levels(left, right).astype(np.int32) * np.int32(stride)
        return found

    def cost(self, number: int, table: Table) -> tuple[bool, int]:
        """Return what orders comparisons by what they cost: numbers before strings, few values before many."""
        spec = self.spec.comparisons[number]
        return not self.comparers[number].is_plain, len(table.columns[spec.column].values)

    def levels(self, patterns: NDArray[np.int32]) -> list[NDArray[np.int64]]:
        """Return for each comparison the levels that the patterns hold."""
        return [patterns // s % c.size for c, s in zip(self.comparers, self.strides, strict=True)]


class Scorer:
    """Gives pairs their match weight under a model, and drops those that cannot reach a bound.

    Comparisons that cost little come first: a pair is dropped as soon as all that is still to be compared could not
    lift it to the bound any more.
    """

    def __init__(self, model: Model, table: Table, patterns: Patterns) -> None:
        self._patterns, self._prior = patterns, model.prior_weight
        self._steps = [
            _Step.of(model, number, table, patterns)
            for number in sorted(range(len(patterns.comparers)), key=lambda n: patterns.cost(n, table))
        ]

    def score(self, left: Indices, right: Indices, bound: float) -> tuple[Indices, Indices, Weights, Indices]:
        """Return the pairs that reach `bound` bits, their weights (log2 of the odds) and their patterns."""
        weights = np.full(len(left), self._prior)
        found = np.zeros(len(left), dtype=np.int32)
        rest = sum(step.most for step in self._steps)
        for step in self._steps:
            levels = step.comparer.levels(left, right)
            weights += step.weights[levels]
            found += levels.astype(np.int32) * np.int32(step.stride)
            rest -= step.most
            for level, rare in step.rare:
                at = np.flatnonzero(levels == level)
                weights[at] += rare[step.comparer.ids[left[at]]]
            keep = np.flatnonzero(weights + rest >= bound)
            if len(keep) < len(left):
                left, right, weights, found = left[keep], right[keep], weights[keep], found[keep]
        return left, right, weights, found


@dataclass(frozen=True)
class _Step:
    """A comparison with its weights, those of rare values by level, and the most that it can add."""

    comparer: Comparer
    stride: int
    weights: Weights
    rare: tuple[tuple[int, Weights], ...]
    most: float

    @classmethod
    def of(cls, model: Model, number: int, table: Table, patterns: Patterns) -> "_Step":
        comparison = model.spec.comparisons[number]
        weights, most, rare = model.weights(number), model.weights(number).copy(), []
        for place, level in enumerate(comparison.levels, 1):
            if level.when == EQUAL and level.tf:
                of_value = frequency_weights(
                    table.columns[comparison.column], float(model.u[number][place - 1]), level.tf
                )
                rare.append((place, of_value))
                most[place] += of_value.max(initial=0)
        return cls(patterns.comparers[number], int(patterns.strides[number]), weights, tuple(rare), float(most.max()))


def frequency_weights(column: Column, u: float, power: float) -> Weights:
    """Return for each value what equality on it weighs more (or less) than equality on a value of probability `u`."""
    share = column.counts / max(int(column.counts.sum()), 1)
    return power * np.log2(u / np.maximum(share, 1e-300))


def probability(weights: Weights) -> Weights:
    """Return the probabilities that the weights stand for."""
    return 1.0 / (1.0 + np.exp2(-np.clip(weights, -1000, 1000)))
