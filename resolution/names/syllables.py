"""Pinyin without tones: which letters are syllables, and how a word may be cut into them."""

from functools import lru_cache

from pypinyin import lazy_pinyin

LONGEST = 6  # letters of a syllable: zhuang
MOST = 8  # ways that are kept: a long word of a, n and g has thousands
_FIRST, _LAST = 0x4E00, 0x9FA5  # the characters of Unicode's first set, whose sounds are all there are


@lru_cache(maxsize=1)
def syllables() -> frozenset[str]:
    """Return every syllable that a character sounds like (ü is written v, as pypinyin does)."""
    sounds = lazy_pinyin("".join(map(chr, range(_FIRST, _LAST + 1))))
    return frozenset(s for s in sounds if s.isascii() and set(s) & set("aeiouv"))


@lru_cache(maxsize=10_000)
def cuts(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to cut a word of small letters into syllables, MOST at most; none where it is no pinyin."""
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - LONGEST), end):
            if ways[start] and word[start:end] in syllables():
                ways[end] += [(*before, word[start:end]) for before in ways[start]][: MOST - len(ways[end])]
    return tuple(ways[-1])
