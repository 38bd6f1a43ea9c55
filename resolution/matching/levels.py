"""On which level two values agree: the comparisons' inner loop, compiled.

A measure is only computed where it can still reach its lowest bound. What two strings can have in common at most
follows from the hashed sets of their characters (64 bits each): every character that only one of them has is one less.
"""

from collections.abc import Sequence

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from resolution.matching.kernel import (
    CHUNK,
    PREFIX,
    PREFIX_WEIGHT,
    SLOTS,
    fill,
    jaro_winkler_of,
    ones,
    overlap_of,
    ratio_of,
    subsequence_of,
)
from resolution.matching.spec import EQUAL, Comparison, Level
from resolution.matching.strings import Strings
from resolution.matching.columns import Column, rarities

MISSING_LEVEL = 0
_CODE = {EQUAL: 0, "jaro_winkler": 1, "ratio": 2, "subsequence": 3, "overlap": 4, "tokens": 5, "difference": 6}
_RATIO, _SUBSEQUENCE, _TOKENS, _DIFFERENCE = 2, 3, 5, 6
ROUNDING = 1e-9
_NOTHING = Strings(np.zeros(0, dtype=np.uint32), np.zeros(1, dtype=np.int64))
_NO_WEIGHTS = np.zeros(0, dtype=np.float32)


class Comparer:
    """A comparison made ready for one column: asked for pairs of records, it answers with their levels."""

    def __init__(self, comparison: Comparison, column: Column) -> None:
        measures = {level.measure for level in comparison.levels}
        self.size = comparison.size
        self.ids = column.ids
        self._measures = np.array([_CODE[level.measure] for level in comparison.levels], dtype=np.int64)
        self._least = np.array([level.least for level in comparison.levels], dtype=np.float64)
        self._lowest = _lowest(comparison.levels)
        text = column.strings if measures & {"jaro_winkler", "ratio", "subsequence", "overlap"} else _NOTHING
        words = column.tokens if "tokens" in measures else _NOTHING
        self._text = (text.codes, _heads(text.codes, text.starts))
        self._weights = rarities(text) if measures & {"subsequence", "overlap"} else _NO_WEIGHTS
        self._words = (words.codes, words.starts, rarities(words))
        self.is_plain = measures <= {EQUAL, "difference"}
        self._numbers = column.numbers if "difference" in measures else np.zeros(0)

    def levels(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.uint8]:
        """Return uint8 (pairs,): 0 where a value is missing, 1 for the best level, `size` - 1 for else.

        Equal values reach the best level whatever it is.
        """
        return np.asarray(
            _levels(
                self.ids,
                *self._text,
                self._weights,
                *self._words,
                self._numbers,
                left,
                right,
                self._measures,
                self._least,
                self._lowest,
            )
        )


def _lowest(levels: Sequence[Level]) -> NDArray[np.float64]:
    """Return for each measure (by its code) the lowest bound that any level sets it."""
    lowest = np.full(len(_CODE), np.inf)
    for level in levels:
        lowest[_CODE[level.measure]] = min(lowest[_CODE[level.measure]], level.least)
    return lowest


@njit(nogil=True, cache=True)
def _heads(codes, starts):  # type: ignore[no-untyped-def]
    """Return for each string where it begins and ends, and the set of its characters, hashed into 64 bits.

    They stand side by side, since a pair's strings lie anywhere in memory and each look costs.
    """
    found = np.zeros((len(starts) - 1, 3), dtype=np.uint64)
    for row in range(len(found)):
        found[row, 0], found[row, 1] = starts[row], starts[row + 1]
        for at in range(starts[row], starts[row + 1]):
            bit = ((np.uint64(codes[at]) * np.uint64(2654435761)) & np.uint64(0xFFFFFFFF)) >> np.uint64(26)
            found[row, 2] |= np.uint64(1) << bit
    return found


@njit(nogil=True, cache=True, parallel=True)
def _levels(  # type: ignore[no-untyped-def]
    ids, codes, heads, weights, words, word_starts, word_weights, numbers, left, right, measures, least, lowest
):
    found = np.zeros(len(left), dtype=np.uint8)
    for chunk in prange((len(left) + CHUNK - 1) // CHUNK):
        keys, masks = np.zeros(SLOTS, dtype=np.uint32), np.zeros(SLOTS, dtype=np.uint64)
        filled = np.full(1, -1, dtype=np.int64)  # the string whose characters the table holds
        for pair in range(chunk * CHUNK, min((chunk + 1) * CHUNK, len(left))):
            a, b = ids[left[pair]], ids[right[pair]]
            if a == b or a < 0 or b < 0:
                found[pair] = np.uint8(a == b and a >= 0)
                continue
            known, value, level = 0, 0.0, 0
            while level < len(measures):
                measure = measures[level]
                if measure != known:
                    known = measure
                    if measure <= _RATIO:
                        value = _of_table(measure, codes, heads, a, b, lowest[measure], keys, masks, filled)
                    elif measure == _TOKENS:
                        value = overlap_of(
                            words, word_weights, word_starts[a], word_starts[a + 1], word_starts[b], word_starts[b + 1]
                        )
                    elif measure == _DIFFERENCE:
                        value = -abs(numbers[a] - numbers[b])
                    else:
                        value = _weighed(measure, codes, weights, heads, a, b)
                if measure != 0 and value >= least[level]:
                    break
                level += 1
            found[pair] = level + 1
    return found


@njit(nogil=True, cache=True)
def _of_table(measure, codes, heads, a, b, lowest, keys, masks, filled):  # type: ignore[no-untyped-def]
    """Return a measure that needs one string's characters in a table, or -1 where it cannot reach its lowest bound."""
    if _bound(measure, codes, heads, a, b) < lowest - ROUNDING:
        return -1.0
    start, end, other, other_end = heads[a, 0], heads[a, 1], heads[b, 0], heads[b, 1]
    if filled[0] != a:
        fill(codes, np.int64(start), np.int64(end), keys, masks)
        filled[0] = a
    if measure == _RATIO:
        return ratio_of(codes, np.int64(end - start), np.int64(other), np.int64(other_end), keys, masks)
    return jaro_winkler_of(codes, np.int64(start), np.int64(end), np.int64(other), np.int64(other_end), keys, masks)


@njit(nogil=True, cache=True)
def _weighed(measure, codes, weights, heads, a, b):  # type: ignore[no-untyped-def]
    start, end = np.int64(heads[a, 0]), np.int64(heads[a, 1])
    other, other_end = np.int64(heads[b, 0]), np.int64(heads[b, 1])
    if measure == _SUBSEQUENCE:
        return subsequence_of(codes, weights, start, end, other, other_end)
    return overlap_of(codes, weights, start, end, other, other_end)


@njit(nogil=True, cache=True)
def _bound(measure, codes, heads, a, b):  # type: ignore[no-untyped-def]
    """Return what a measure of two different strings can be at most."""
    i, j = np.int64(heads[a, 0]), np.int64(heads[b, 0])
    n, m = np.int64(heads[a, 1]) - i, np.int64(heads[b, 1]) - j
    common = min(n - np.int64(ones(heads[a, 2] & ~heads[b, 2])), m - np.int64(ones(heads[b, 2] & ~heads[a, 2])))
    if common <= 0:
        return 0.0
    if measure == _RATIO:
        return 2.0 * common / (n + m)
    jaro = (common / n + common / m + 1.0) / 3.0
    prefix, longest = 0, min(n, m)
    while prefix < PREFIX and prefix < longest and codes[i + prefix] == codes[j + prefix]:
        prefix += 1
    return jaro + prefix * PREFIX_WEIGHT * (1.0 - jaro)
