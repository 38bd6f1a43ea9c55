"""On which levels the values of two records agree, and what that weighs: the engine's inner loop, compiled.

A pair's comparisons come one after the other, and the pair is dropped as soon as what is left cannot lift it to the
bound. A measure is only computed where it can still reach its lowest bound. What two strings can have in common at
most follows from the hashed sets of their characters (64 bits each): every character that only one of them has is one
less.
"""

import numpy as np
from numba import njit, prange

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
from resolution.matching.spec import EQUAL

CODE = {EQUAL: 0, "jaro_winkler": 1, "ratio": 2, "subsequence": 3, "overlap": 4, "tokens": 5, "difference": 6}
_RATIO, _SUBSEQUENCE, _TOKENS, _DIFFERENCE = 2, 3, 5, 6
ROUNDING = 1e-9


@njit(nogil=True, cache=True)
def heads_of(codes, starts, begin):  # type: ignore[no-untyped-def]
    """Return for each string where it begins and ends, and the set of its characters, hashed into 64 bits.

    `begin` is where `codes` begins when it stands behind others. All of that stands side by side, since a pair's
    strings lie anywhere in memory and each look costs.
    """
    found = np.zeros((len(starts) - 1, 3), dtype=np.uint64)
    for row in range(len(found)):
        found[row, 0], found[row, 1] = begin + starts[row], begin + starts[row + 1]
        for at in range(starts[row], starts[row + 1]):
            bit = ((np.uint64(codes[at]) * np.uint64(2654435761)) & np.uint64(0xFFFFFFFF)) >> np.uint64(26)
            found[row, 2] |= np.uint64(1) << bit
    return found


@njit(nogil=True, cache=True, parallel=True)
def scored(left, right, ids, data, rules, weights, rare, rest, prior, bound):  # type: ignore[no-untyped-def]
    """Return for each pair its weight, its pattern, and whether it reaches the bound.

    `ids` are the records' values, int32 (records, comparisons), numbered through all comparisons; `data` is what there
    is of those values and `rules` the levels, as `Comparer` has them. `weights` (comparisons, outcomes) is what an
    outcome adds, `rare` (values,) what equality on a value adds to that, `rest` (comparisons,) what all comparisons
    after one can add.
    """
    codes, heads, shares, words, word_starts, word_shares, numbers = data
    measures, least, lowest, strides = rules
    found, summed = np.zeros(len(left), dtype=np.int32), np.empty(len(left), dtype=np.float64)
    keep = np.zeros(len(left), dtype=np.bool_)
    for chunk in prange((len(left) + CHUNK - 1) // CHUNK):
        keys, masks = np.zeros((ids.shape[1], SLOTS), np.uint32), np.zeros((ids.shape[1], SLOTS), np.uint64)
        filled = np.full(ids.shape[1], -1, dtype=np.int64)  # the strings whose characters the tables hold
        for pair in range(chunk * CHUNK, min((chunk + 1) * CHUNK, len(left))):
            weight, pattern, reached = prior, 0, True
            for number in range(ids.shape[1]):
                a, b = ids[left[pair], number], ids[right[pair], number]
                if a >= 0 and b >= 0:
                    known, value, level = 0, 0.0, 1
                    while a != b and level <= measures.shape[1] and measures[number, level - 1] >= 0:
                        measure = measures[number, level - 1]
                        if measure not in (0, known):
                            known = measure
                            if measure == _DIFFERENCE:
                                value = -abs(numbers[a] - numbers[b])
                            elif measure == _TOKENS:
                                value = _of_words(words, word_starts, word_shares, a, b)
                            elif measure > _RATIO:
                                value = _weighed(measure, codes, shares, heads, a, b)
                            else:
                                value = _of_table(measure, lowest, codes, heads, a, b, number, keys, masks, filled)
                        if measure != 0 and value >= least[number, level - 1]:
                            break
                        level += 1
                    pattern += level * strides[number]
                    weight += weights[number, level]
                    weight += rare[a] if a == b else 0.0
                if weight + rest[number] < bound:
                    reached = False
                    break
            summed[pair], found[pair], keep[pair] = weight, pattern, reached
    return summed, found, keep


@njit(nogil=True, cache=True)
def _of_table(measure, lowest, codes, heads, a, b, number, keys, masks, filled):  # type: ignore[no-untyped-def]
    """Return a measure that needs one string's characters in a table, or -1 where it cannot reach its lowest bound."""
    if _bound(measure, codes, heads, a, b) < lowest[number, measure] - ROUNDING:
        return -1.0
    start, end, other, other_end = heads[a, 0], heads[a, 1], heads[b, 0], heads[b, 1]
    if filled[number] != a:
        fill(codes, np.int64(start), np.int64(end), keys[number], masks[number])
        filled[number] = a
    if measure == _RATIO:
        return ratio_of(codes, np.int64(end - start), np.int64(other), np.int64(other_end), keys[number], masks[number])
    return jaro_winkler_of(
        codes, np.int64(start), np.int64(end), np.int64(other), np.int64(other_end), keys[number], masks[number]
    )


@njit(nogil=True, cache=True)
def _of_words(words, starts, shares, a, b):  # type: ignore[no-untyped-def]
    return overlap_of(words, shares, starts[a], starts[a + 1], starts[b], starts[b + 1])


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
