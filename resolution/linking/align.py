"""How well a short name lies in a full one: the best ordered alignment of characters, weighed by rarity and part.

Short forms of Chinese names are ordered subsequences of the full name, seldom substrings; which characters they
take is a matter of parts: the brand first of all, places seldom, the legal form hardly. So a match is worth the
character's rarity times the weight of the part in which it stands; more where it begins the name or its brand, and
where it continues a run; and what the full name says beyond costs a little, by rarity.
"""

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Scores = NDArray[np.float32]

MISSED = 1.0  # what a character of the short name costs that the full one does not have, in its rarities
RUN = 1.0  # what a character is worth more that follows its neighbour of the short name
HEAD = 2.0  # and one that begins the full name or its brand
TAIL = 0.5  # and the last of both


def alignments(
    query: NDArray[np.uint32],
    rarity: NDArray[np.float32],
    codes: NDArray[np.uint32],
    gains: NDArray[np.float32],
    costs: NDArray[np.float32],
    heads: NDArray[np.bool_],
    starts: NDArray[np.int64],
    names: NDArray[np.int64],
) -> Scores:
    """Return the alignment score of a query with each of `names` (indices into `starts`), float32.

    `rarity` has a value for each character of the query; `gains`, `costs` and `heads` one for each code: what a
    matched character is worth in rarities, what an unmatched one costs, and whether a head is there.
    """
    return np.asarray(_alignments(query, rarity, codes, gains, costs, heads, starts, names))


@njit(nogil=True, cache=True, parallel=True)
def _alignments(query, rarity, codes, gains, costs, heads, starts, names):  # type: ignore[no-untyped-def]
    scores = np.empty(len(names), dtype=np.float32)
    n = len(query)
    for index in prange(len(names)):
        low, high = starts[names[index]], starts[names[index] + 1]
        m = high - low
        best, runs = np.zeros(m + 1), np.full(m + 1, -1e9)
        for j in range(m):
            best[j + 1] = best[j] - costs[low + j]
        for i in range(n):
            missed = MISSED * rarity[i]
            diagonal, run_diagonal = best[0], runs[0]
            best[0] -= missed
            for j in range(m):
                above, run_above = best[j + 1], runs[j + 1]
                here = -1e9
                if codes[low + j] == query[i]:
                    worth = rarity[i] * gains[low + j]
                    here = max(diagonal + worth, run_diagonal + worth + RUN)
                    if heads[low + j]:
                        here += HEAD
                    if j == m - 1 and i == n - 1:
                        here += TAIL
                runs[j + 1] = here
                best[j + 1] = max(above - missed, best[j] - costs[low + j], here)
                diagonal, run_diagonal = above, run_above
        scores[index] = best[m]
    return scores
