"""The compiled measures of likeness, over code points: never over bytes, which are wrong for Chinese.

Pairs are two index arrays into `Strings`; sort them by the left one and its table is built once a run. Each measure
returns float32 of the pairs' shape. `ratio` is rapidfuzz's normalised indel similarity in [0, 1], by the
bit-parallel LCS of Hyyrö, "Bit-Parallel LCS-length Computation Revisited" (2004); `jaro_winkler` is Winkler's with
prefix weight 0.1 and no threshold, as rapidfuzz has it; `overlap` is the share of the rarity of both strings'
characters that they have in common; `subsequence` the share of the shorter's rarity that stands in the longer, in
order.
"""

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from resolution.matching.strings import Strings

Indices = NDArray[np.int64]
Scores = NDArray[np.float32]
SLOTS = 256  # of the table of one string's characters: four times as many as it can have
PREFIX, PREFIX_WEIGHT = 4, 0.1
CHUNK = 4096  # pairs that one thread takes at a time

_njit = njit(nogil=True, cache=True, fastmath=False)
_parallel = njit(nogil=True, cache=True, parallel=True)


def ratio(strings: Strings, left: Indices, right: Indices) -> Scores:
    """Return 2 LCS / (|a| + |b|) of each pair; 1 for two empty strings."""
    return np.asarray(_ratio(strings.codes, strings.starts, left, right))


def jaro_winkler(strings: Strings, left: Indices, right: Indices) -> Scores:
    """Return the Jaro-Winkler similarity of each pair."""
    return np.asarray(_jaro_winkler(strings.codes, strings.starts, left, right))


def overlap(strings: Strings, weights: NDArray[np.float32], left: Indices, right: Indices) -> Scores:
    """Return the weighted Jaccard index of the characters; `weights` has one weight for each code of `strings`."""
    return np.asarray(_overlap(strings.codes, strings.starts, weights, left, right))


def subsequence(strings: Strings, weights: NDArray[np.float32], left: Indices, right: Indices) -> Scores:
    """Return the weight of the heaviest common subsequence over that of the lighter string."""
    return np.asarray(_subsequence(strings.codes, strings.starts, weights, left, right))


@_njit
def _slot(code):  # type: ignore[no-untyped-def]
    """Return the slot in which a character is looked for first: Knuth's multiplicative hash, its upper 8 bits."""
    return np.int64(((np.uint64(code) * np.uint64(2654435761)) & np.uint64(0xFFFFFFFF)) >> np.uint64(24))


@_njit
def fill(codes, start, end, keys, masks):  # type: ignore[no-untyped-def]
    """Enter a string's characters into the table: for each the bits of the places where it stands."""
    keys[:] = 0
    for at in range(start, end):
        code = codes[at]
        slot = _slot(code)
        while keys[slot] != 0 and keys[slot] != code:
            slot = (slot + 1) & (SLOTS - 1)
        if keys[slot] == 0:
            keys[slot] = code
            masks[slot] = np.uint64(0)
        masks[slot] |= np.uint64(1) << np.uint64(at - start)


@_njit
def _mask(code, keys, masks):  # type: ignore[no-untyped-def]
    slot = _slot(code)
    while keys[slot] != 0:
        if keys[slot] == code:
            return masks[slot]
        slot = (slot + 1) & (SLOTS - 1)
    return np.uint64(0)


@_njit
def ones(word):  # type: ignore[no-untyped-def]
    """Return how many bits of a word are set."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (word * np.uint64(0x0101010101010101)) >> np.uint64(56)


@_parallel
def _ratio(codes, starts, left, right):  # type: ignore[no-untyped-def]
    scores = np.empty(len(left), dtype=np.float32)
    for chunk in prange((len(left) + CHUNK - 1) // CHUNK):
        keys, masks = np.zeros(SLOTS, dtype=np.uint32), np.zeros(SLOTS, dtype=np.uint64)
        last = -1
        for pair in range(chunk * CHUNK, min((chunk + 1) * CHUNK, len(left))):
            a, b = left[pair], right[pair]
            if a != last:
                fill(codes, starts[a], starts[a + 1], keys, masks)
                last = a
            scores[pair] = ratio_of(codes, starts[a + 1] - starts[a], starts[b], starts[b + 1], keys, masks)
    return scores


@_njit
def ratio_of(codes, n, b, b_end, keys, masks):  # type: ignore[no-untyped-def]
    """Return the ratio of the string of `n` characters in the table with another."""
    rest = ~np.uint64(0)
    for at in range(b, b_end):
        common = rest & _mask(codes[at], keys, masks)
        rest = (rest + common) | (rest - common)
    used = ~np.uint64(0) if n == 64 else (np.uint64(1) << np.uint64(n)) - np.uint64(1)
    return 1.0 if n + b_end - b == 0 else 2.0 * ones(~rest & used) / (n + b_end - b)


@_parallel
def _jaro_winkler(codes, starts, left, right):  # type: ignore[no-untyped-def]
    scores = np.empty(len(left), dtype=np.float32)
    for chunk in prange((len(left) + CHUNK - 1) // CHUNK):
        keys, masks = np.zeros(SLOTS, dtype=np.uint32), np.zeros(SLOTS, dtype=np.uint64)
        last = -1
        for pair in range(chunk * CHUNK, min((chunk + 1) * CHUNK, len(left))):
            a, b = left[pair], right[pair]
            if a != last:
                fill(codes, starts[a], starts[a + 1], keys, masks)
                last = a
            scores[pair] = jaro_winkler_of(codes, starts[a], starts[a + 1], starts[b], starts[b + 1], keys, masks)
    return scores


@_njit
def jaro_winkler_of(codes, a, a_end, b, b_end, keys, masks):  # type: ignore[no-untyped-def]
    """Return the Jaro-Winkler similarity of the string in the table with another."""
    n, m = a_end - a, b_end - b
    if n == 0 and m == 0:
        return 1.0
    if n == 0 or m == 0:
        return 0.0
    window = max(max(n, m) // 2 - 1, 0)
    taken, hit = np.uint64(0), np.uint64(0)
    for j in range(m):
        low, high = max(j - window, 0), min(j + window + 1, n)
        if low >= high:
            continue
        reach = ~np.uint64(0) if high - low == 64 else (np.uint64(1) << np.uint64(high - low)) - np.uint64(1)
        free = _mask(codes[b + j], keys, masks) & ~taken & (reach << np.uint64(low))
        if free:
            taken |= free & (~free + np.uint64(1))  # the lowest bit: the first place that is free
            hit |= np.uint64(1) << np.uint64(j)
    common = ones(taken)
    if common == 0:
        return 0.0
    crossed, i = 0, 0
    for j in range(m):
        if (hit >> np.uint64(j)) & np.uint64(1):
            while not (taken >> np.uint64(i)) & np.uint64(1):
                i += 1
            crossed += codes[a + i] != codes[b + j]
            i += 1
    jaro = (common / n + common / m + (common - crossed // 2) / common) / 3.0
    prefix = 0
    while prefix < min(PREFIX, n, m) and codes[a + prefix] == codes[b + prefix]:
        prefix += 1
    return jaro + prefix * PREFIX_WEIGHT * (1.0 - jaro) if jaro > 0.7 else jaro


@_parallel
def _overlap(codes, starts, weights, left, right):  # type: ignore[no-untyped-def]
    scores = np.empty(len(left), dtype=np.float32)
    for pair in prange(len(left)):
        a, b = left[pair], right[pair]
        scores[pair] = overlap_of(codes, weights, starts[a], starts[a + 1], starts[b], starts[b + 1])
    return scores


@_njit
def overlap_of(codes, weights, a, a_end, b, b_end):  # type: ignore[no-untyped-def]
    """Return the weighted Jaccard index of two strings' characters."""
    both, total, used = 0.0, 0.0, np.uint64(0)
    for i in range(a, a_end):
        total += weights[i]
        for j in range(b, b_end):
            bit = np.uint64(1) << np.uint64(j - b)
            if codes[j] == codes[i] and not used & bit:
                used |= bit
                both += weights[i]
                break
    for j in range(b, b_end):
        total += weights[j]
    return 1.0 if total == both else both / (total - both)


@_parallel
def _subsequence(codes, starts, weights, left, right):  # type: ignore[no-untyped-def]
    scores = np.empty(len(left), dtype=np.float32)
    for pair in prange(len(left)):
        a, b = left[pair], right[pair]
        scores[pair] = subsequence_of(codes, weights, starts[a], starts[a + 1], starts[b], starts[b + 1])
    return scores


@_njit
def subsequence_of(codes, weights, a, a_end, b, b_end):  # type: ignore[no-untyped-def]
    """Return the weight of the heaviest common subsequence of two strings over that of the lighter."""
    row = np.zeros(b_end - b + 1, dtype=np.float64)
    one, other = 0.0, 0.0
    for j in range(b, b_end):
        other += weights[j]
    for i in range(a, a_end):
        one += weights[i]
        diagonal = 0.0
        for j in range(b_end - b):
            above = row[j + 1]
            best = diagonal + weights[i] if codes[i] == codes[b + j] else max(above, row[j])
            row[j + 1] = max(best, above, row[j])
            diagonal = above
    lighter = min(one, other)
    return 1.0 if lighter == 0 else row[b_end - b] / lighter
