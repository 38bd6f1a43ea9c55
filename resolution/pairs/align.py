"""Two names laid side by side: which characters of each the other has too, in order, and what is left over.

Short forms are ordered subsequences of the full name, so the best alignment in order says which parts of one name the
other leaves out. A character counts by its part; one that stands in the same part of both names counts more, and so
does a run. Only a place may stand elsewhere: 上海联通 is 中国联合网络通信有限公司上海市分公司.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from resolution.names.parts import ParsedName, PartType
from schema.types.region_code import RegionCode

Mask = NDArray[np.bool_]

_TYPES = tuple(PartType)
_WORTH = {PartType.PLACE: 0.8, PartType.BRACKET: 0.8, PartType.FORM: 0.4, PartType.TRADE: 0.9, PartType.KIND: 0.8}
_IGNORED = frozenset("()·-— ,.'\"“”、&《》")
SAME_PART = 0.3
RUN = 0.25
HEAD = 0.2


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which characters of two plain names stand in both (punctuation counts as standing in both)."""

    left: Mask
    right: Mask


def align(left: ParsedName, right: ParsedName) -> Alignment:
    """Return the best alignment in order of two names in Chinese, but for a place that may stand elsewhere."""
    one, other = _marked(left), _marked(right)
    mine, yours = _best(*one, *other)
    for here, there in _places(left, right, mine, yours):
        codes, types, worth, heads = one
        others, other_types, other_worth, other_heads = other
        freed, other_freed = worth.copy(), other_worth.copy()
        freed[here] = other_freed[there] = 0.0
        again, yours_again = _best(codes, types, freed, heads, others, other_types, other_freed, other_heads)
        again[here] = yours_again[there] = True
        if yours_again.sum() > yours.sum():
            mine, yours = again, yours_again
    for name, mask in ((left, mine), (right, yours)):
        _said_twice(name, mask)
    return Alignment(mine | ignored(left.text), yours | ignored(right.text))


def ignored(text: str) -> Mask:
    """Return which characters are marks, which say nothing."""
    return np.array([character in _IGNORED for character in text], dtype=np.bool_)


def _places(left: ParsedName, right: ParsedName, mine: Mask, yours: Mask) -> list[tuple[slice, slice]]:
    """Return where a place of one name, not laid beside it yet, stands in the other: in the left and in the right."""
    found = []
    for name, mask, other, mask_of_other, is_left in (
        (left, mine, right, yours, True),
        (right, yours, left, mine, False),
    ):
        for part in name.of(PartType.PLACE, PartType.BRACKET):
            if part.value == "CN" or mask[part.start : part.end].all():
                continue
            region = RegionCode(part.value).region
            at, there = (
                _unmatched(text, region.zh, region.short_zh, m)
                for text, m in ((name.text, mask), (other.text, mask_of_other))
            )
            if at and there:
                found.append((at, there) if is_left else (there, at))
    return found


def _unmatched(text: str, name: str, short: str, mask: Mask) -> slice | None:
    """Return where a place's full or short name stands in a text, of what nothing is laid beside yet."""
    for said in filter(None, (name, short)):
        at = text.find(said)
        if at >= 0 and not mask[at : at + len(said)].all():
            return slice(at, at + len(said))
    return None


def _said_twice(name: ParsedName, mask: Mask) -> None:
    """Mark what stands around a place and follows from it: 南京 in 南京江宁, of which the other name says 江宁."""
    for part in name.of(PartType.PLACE):
        seen = mask[part.start : part.end]
        first = int(seen.argmax())
        if part.value == "CN" or not first or not seen[first:].all():
            continue
        said, region = part.text[first:], RegionCode(part.value).region
        found = RegionCode.find_prefix(said)
        if said in {region.zh, region.short_zh} or (found and found[0].value == part.value and found[1] == len(said)):
            mask[part.start : part.end] = True


def _marked(name: ParsedName) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.float64], Mask]:
    """Return a name's characters with the type of each one's part (-1: none), its worth, and whether it begins one."""
    text = name.text.lower()[: len(name.text)].ljust(len(name.text))
    types = np.full(len(text), -1, dtype=np.int64)
    worth = np.array([0.0 if c in _IGNORED else 1.0 for c in text])
    heads = np.zeros(len(text), dtype=np.bool_)
    for part in name.parts:
        types[part.start : part.end] = _TYPES.index(part.type)
        worth[part.start : part.end] *= _WORTH.get(part.type, 1.0)
        heads[part.start] = True
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32), types, worth, heads


@njit(cache=True)
def _best(codes, types, worth, heads, others, other_types, other_worth, other_heads):  # type: ignore[no-untyped-def]
    n, m = len(codes), len(others)
    # best[i, j]: of the first i and j characters; here[i, j]: the same with the last of both matched.
    best, here = np.zeros((n + 1, m + 1)), np.full((n + 1, m + 1), -1.0)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            value = max(best[i - 1, j], best[i, j - 1])
            if codes[i - 1] == others[j - 1] and worth[i - 1] > 0:
                gain = min(worth[i - 1], other_worth[j - 1])
                gain += SAME_PART * (types[i - 1] == other_types[j - 1])
                gain += HEAD * (heads[i - 1] and other_heads[j - 1])
                here[i, j] = max(best[i - 1, j - 1] + gain, here[i - 1, j - 1] + gain + RUN)
                value = max(value, here[i, j])
            best[i, j] = value
    mine, yours = np.zeros(n, dtype=np.bool_), np.zeros(m, dtype=np.bool_)
    i, j, run = n, m, False
    while i > 0 and j > 0:
        if here[i, j] > 0 and (run or here[i, j] >= best[i, j] - 1e-9):
            mine[i - 1] = yours[j - 1] = True
            # The run goes on where that is how the value came about.
            run = here[i - 1, j - 1] > 0 and here[i - 1, j - 1] + RUN >= best[i - 1, j - 1] - 1e-9
            i, j = i - 1, j - 1
        elif best[i - 1, j] >= best[i, j - 1]:
            i, run = i - 1, False
        else:
            j, run = j - 1, False
    return mine, yours
