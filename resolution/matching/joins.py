"""The pairs of records that have the same key: the compiled way to what the blocking SQL says of integer keys."""

from collections.abc import Iterator

import numpy as np
from numba import njit
from numpy.typing import NDArray

Indices = NDArray[np.int32]


def pairs(
    rows: Indices, starts: NDArray[np.int64], keys: Indices, rule: int, sources: Indices, batch: int
) -> Iterator[tuple[Indices, Indices]]:
    """Yield the pairs of `rows` in the same block of a rule, which agree on the key of no rule before.

    The blocks follow one another as `starts` says (see `table.together`); of a pair the row that stands first comes
    first. `keys` is int32 (rules, rows), below 0 where a row has no key, or its block is left out; with `sources`,
    int32 (rows,), only pairs of two sources come. Batches have at most `batch` pairs, or those of one row where they
    are more.
    """
    size = max(batch, int(np.diff(starts).max(initial=0)))
    at, block = 0, 0
    while block < len(starts) - 1:
        left, right = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32)
        count, at, block = _fill(rows, starts, keys, rule, sources, at, block, left, right)
        if count:
            yield left[:count], right[:count]


@njit(nogil=True, cache=True)
def _fill(rows, starts, keys, rule, sources, at, block, left, right):  # type: ignore[no-untyped-def]
    """Write pairs until a row's might not fit any more; return how many, and from which row and block to go on."""
    count = 0
    while block < len(starts) - 1:
        end = starts[block + 1] if keys[rule, rows[starts[block]]] >= 0 else at
        while at < end:
            if count + end - at > len(left):
                return count, at, block
            a = rows[at]
            for other in range(at + 1, end):
                b = rows[other]
                seen = len(sources) > 0 and sources[a] == sources[b]
                for before in range(rule):
                    seen |= keys[before, a] >= 0 and keys[before, a] == keys[before, b]
                if not seen:
                    left[count], right[count] = a, b
                    count += 1
            at += 1
        block += 1
        at = starts[block]
    return count, at, block
