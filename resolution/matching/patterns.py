"""Comparisons made ready for a table: all that the compiled loop looks at, laid out for it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from resolution.matching.columns import MISSING, Column
from resolution.matching.levels import CODE, heads_of, scored
from resolution.matching.spec import EQUAL, Comparison, Spec
from resolution.matching.strings import Strings
from resolution.matching.table import Table

Indices = NDArray[np.int32]
Weights = NDArray[np.float64]
_TEXT, _WEIGHED = {"jaro_winkler", "ratio", "subsequence", "overlap"}, {"subsequence", "overlap"}


class Patterns:
    """The comparisons of a table's pairs, in one number for each pair: its levels in mixed radix, the first lowest.

    Of each comparison 0 stands for a missing value, 1 for the best level (equal values reach it whatever it is), and
    `size` - 1 for else. `count` is how many patterns there are. `order` is in which order comparisons are made (see
    `by_cost`). `bases` are where their values begin when they are numbered through, in that order, and how many there
    are.
    """

    def __init__(self, spec: Spec, table: Table, order: Sequence[int] = ()) -> None:
        self.spec = spec
        self.sizes = [each.size for each in spec.comparisons]
        self.strides = np.cumprod([1, *self.sizes[:-1]])
        self.count = int(np.prod(self.sizes))
        self.order = list(order) or by_cost(spec, [len(table.columns[each.column].values) for each in spec.comparisons])
        chosen = [spec.comparisons[number] for number in self.order]
        columns = [table.columns[each.column] for each in chosen]
        self.bases = np.cumsum([0, *(len(column.values) for column in columns)])
        self._ids = np.empty((table.size, len(chosen)), dtype=np.int32)
        for number, column in enumerate(columns):
            _enter(self._ids, number, column.ids, self.bases[number])
        self._data = (*_texts(chosen, columns), *_words(chosen, columns), _numbers(chosen, columns))
        self._rules = (*_rules(chosen), self.strides[self.order])

    def of(self, left: Indices, right: Indices) -> NDArray[np.int32]:
        """Return int32 (pairs,): the pairs' patterns."""
        nothing = np.zeros((len(self.sizes), max(self.sizes)))
        _, found, _ = self.scored(left, right, nothing, np.zeros(self.bases[-1]), nothing[:, 0].copy(), 0.0, -np.inf)
        return found

    def scored(
        self, left: Indices, right: Indices, weights: Weights, rare: Weights, rest: Weights, prior: float, bound: float
    ) -> tuple[Weights, NDArray[np.int32], NDArray[np.bool_]]:
        """Return the pairs' weights, their patterns, and whether they reach the bound (see `levels.scored`)."""
        return scored(  # type: ignore[no-any-return]
            left, right, self._ids, self._data, self._rules, weights, rare, rest, float(prior), float(bound)
        )

    def levels(self, patterns: NDArray[np.int32]) -> list[NDArray[np.int64]]:
        """Return for each comparison the levels that the patterns hold."""
        return [patterns // stride % size for size, stride in zip(self.sizes, self.strides, strict=True)]


def _measures(comparison: Comparison) -> set[str]:
    return {level.measure for level in comparison.levels}


def by_cost(spec: Spec, values: Sequence[int]) -> list[int]:
    """Return the numbers of the comparisons, what costs little first: numbers before strings, few values before many.

    `values` are how many different values each has.
    """

    def cost(number: int) -> tuple[bool, int]:
        return not _measures(spec.comparisons[number]) <= {EQUAL, "difference"}, values[number]

    return sorted(range(len(values)), key=cost)


def _rules(comparisons: Sequence[Comparison]) -> tuple[NDArray[np.int64], Weights, Weights]:
    """Return the levels' measures (-1 after the last) and bounds, and for each measure the lowest bound it has."""
    most = max(len(each.levels) for each in comparisons)
    measures = np.full((len(comparisons), most), -1, dtype=np.int64)
    least, lowest = np.zeros((len(comparisons), most)), np.full((len(comparisons), len(CODE)), np.inf)
    for number, comparison in enumerate(comparisons):
        for place, level in enumerate(comparison.levels):
            code = measures[number, place] = CODE[level.measure]
            least[number, place] = level.least
            lowest[number, code] = min(lowest[number, code], level.least)
    return measures, least, lowest


def _texts(
    comparisons: Sequence[Comparison], columns: Sequence[Column]
) -> tuple[NDArray[np.uint32], NDArray[np.uint64], NDArray[np.float32]]:
    """Return the code points of all texts that are looked into, their heads, and each code point's rarity."""
    codes: list[NDArray[np.uint32]] = []
    heads: list[NDArray[np.uint64]] = []
    weights: list[NDArray[np.float32]] = []
    begin, is_weighed = 0, any(_measures(each) & _WEIGHED for each in comparisons)
    for comparison, column in zip(comparisons, columns, strict=True):
        if not _measures(comparison) & _TEXT:
            heads.append(np.zeros((len(column.values), 3), dtype=np.uint64))
            continue
        text = column.strings
        codes.append(text.codes)
        heads.append(heads_of(text.codes, text.starts, begin))
        if is_weighed:
            is_rare = bool(_measures(comparison) & _WEIGHED)
            weights.append(column.rarity_of_characters if is_rare else np.zeros(len(text.codes), np.float32))
        begin += len(text.codes)
    return _joined(codes, np.uint32), np.concatenate(heads), _joined(weights, np.float32)


def _words(
    comparisons: Sequence[Comparison], columns: Sequence[Column]
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.float32]]:
    """Return the words of all values that are compared by words, where each value's begin, and their rarity."""
    if not any("tokens" in _measures(each) for each in comparisons):
        return np.zeros(0, np.uint32), np.zeros(1, np.int64), np.zeros(0, np.float32)
    found = [
        column.tokens if "tokens" in _measures(comparison) else _empty(len(column.values))
        for comparison, column in zip(comparisons, columns, strict=True)
    ]
    sizes = np.concatenate([np.diff(each.starts) for each in found])
    weights = [c.rarity_of_words for c, w in zip(columns, found, strict=True) if len(w.codes)]
    codes = [each.codes for each in found]
    return _joined(codes, np.uint32), np.concatenate([[0], np.cumsum(sizes)]), _joined(weights, np.float32)


def _numbers(comparisons: Sequence[Comparison], columns: Sequence[Column]) -> Weights:
    """Return all values as numbers, NaN where they are none or nobody asks."""
    if not any("difference" in _measures(each) for each in comparisons):
        return np.zeros(0)
    return np.concatenate(
        [
            column.numbers if "difference" in _measures(comparison) else np.full(len(column.values), np.nan)
            for comparison, column in zip(comparisons, columns, strict=True)
        ]
    )


def _empty(size: int) -> Strings:
    return Strings(np.zeros(0, dtype=np.uint32), np.zeros(size + 1, dtype=np.int64))


def _joined(parts: Sequence[NDArray[np.generic]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, dtype=kind), *parts])


@njit(nogil=True, cache=True)
def _enter(found, number, ids, base):  # type: ignore[no-untyped-def]
    """Write a column's numbers beside those of others, each column's after those of the one before."""
    for row in range(len(ids)):
        found[row, number] = ids[row] + base if ids[row] >= 0 else MISSING
