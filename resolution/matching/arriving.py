"""Pairs that arrive with all that is compared of both sides: an Arrow table of them in, the scored ones out.

What comparisons know of whole columns has to be told, since a part of the pairs does not show it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numba
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resolution.matching.columns import Column, Common, numbered
from resolution.matching.patterns import Patterns
from resolution.matching.table import Table
from resolution.matching.weights import Model, Scorer

BATCH = 200_000  # pairs that are compared at a time: what is laid out for them is used often enough
SEEN = -1  # `l` of a row whose `r` says how many pairs were looked at


@dataclass(frozen=True)
class Whole:
    """Of a compared column: its short name, how many different values there are, how many records have one.

    Pairs have it as l_… and r_…, and where equality is weighed by rarity also how many records have the value: l_…n.
    """

    name: str
    is_counted: bool
    values: int
    total: int
    common: Common

    @property
    def names(self) -> list[str]:
        """The names under which it is carried along."""
        return [self.name, f"{self.name}n"] if self.is_counted else [self.name]


def score(
    batches: Iterable[pa.RecordBatch], model: Model, columns: dict[str, Whole], order: list[int], bound: float
) -> Iterator[pa.RecordBatch]:
    """Yield the pairs (l, r, weight, pattern) that reach the bound, and in between how many were looked at.

    `columns` are those of the specification's comparisons, `order` that in which they are made: one thread works.
    """
    numba.set_num_threads(1)
    for pairs in _gathered(batches):
        size = pairs.num_rows
        table = Table({name: _column(pairs, whole) for name, whole in columns.items()}, 2 * size)
        scorer = Scorer(model, table, Patterns(model.spec, table, order))
        left = np.arange(size, dtype=np.int32)
        kept, _, weights, patterns = scorer.score(left, left + np.int32(size), bound)
        ids = (pairs[side].to_numpy()[kept].astype(np.int32) for side in ("l", "r"))
        yield _batch(*ids, weights, patterns)
        yield _batch(*(np.array([n], np.int32) for n in (SEEN, size)), np.zeros(1), np.zeros(1, np.int32))


def _gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= BATCH:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if any(each.num_rows for each in waiting):
        yield pa.Table.from_batches(waiting)


def _column(pairs: pa.Table, whole: Whole) -> Column:
    """Return the values of both sides as one column, the right side's after the left one's."""
    ids, values = numbered(_both(pairs, whole.name))
    counts = np.zeros(len(values), dtype=np.int64)
    if whole.is_counted:
        there = ids >= 0
        counts[ids[there]] = _both(pairs, f"{whole.name}n").fill_null(0).to_numpy()[there]
    return Column(ids, values.cast(pa.large_string()), counts, whole.total, whole.common)


def _both(pairs: pa.Table, name: str) -> pa.ChunkedArray:
    return pa.chunked_array([*pairs[f"l_{name}"].chunks, *pairs[f"r_{name}"].chunks])


def _batch(*columns: NDArray[np.generic]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array(each) for each in columns], names=["l", "r", "weight", "pattern"])
