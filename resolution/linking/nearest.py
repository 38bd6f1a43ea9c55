"""The names that share most rarity with a query: postings added up, and the best taken without sorting."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

BINS = 512  # steps in which sums are told apart


def nearest(
    postings: NDArray[np.int32],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    weights: NDArray[np.float32],
    names: int,
    count: int,
) -> NDArray[np.int64]:
    """Return about `count` of the `names` names, in order: those with the largest sums of weights.

    `starts` and `ends` bound the postings of each character of the query, `weights` are their rarities. Names
    whose sums differ by less than a BINS-th are not told apart; of a tie at the end, the first are taken.
    """
    return np.asarray(_nearest(postings, starts, ends, weights, names, count))


@njit(nogil=True, cache=True)
def _nearest(postings, starts, ends, weights, names, count):  # type: ignore[no-untyped-def]
    sums = np.zeros(names, dtype=np.float32)
    for letter in range(len(starts)):
        weight = weights[letter]
        for at in range(starts[letter], ends[letter]):
            sums[postings[at]] += weight
    scale = (BINS - 1) / max(weights.sum(), 1e-9)
    sizes = np.zeros(BINS, dtype=np.int64)
    for name in range(names):
        if sums[name] > 0:
            sizes[int(sums[name] * scale)] += 1
    lowest, taken = BINS - 1, sizes[BINS - 1]
    while lowest > 0 and taken < count:
        lowest -= 1
        taken += sizes[lowest]
    spare = max(0, count - (taken - sizes[lowest]))  # of the last bin
    found, size = np.empty(min(count, taken), dtype=np.int64), 0
    for name in range(names):
        if sums[name] <= 0 or int(sums[name] * scale) < lowest:
            continue
        if int(sums[name] * scale) == lowest:
            if spare == 0:
                continue
            spare -= 1
        if size < len(found):
            found[size] = name
            size += 1
    return found[:size]
