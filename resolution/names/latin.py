"""English names beside Chinese ones: how much of each the other explains, word for word, by gloss or by pinyin.

Institutions' English names are glosses in another order, with places and brands in pinyin: 之江实验室 is Zhejiang Lab
only by a wish, 中国科学技术大学 is University of Science and Technology of China by the words. Pinyin is a weak
key: it is looked for only where no gloss explains a word.
"""

import re
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from resolution.names.dictionary import by_english, own, stems, words_of
from resolution.names.words import kinds, units
from schema.taxonomies import regions
from schema.types.region_code import RegionCode

HAN = re.compile(r"[\u4e00-\u9fff]")
LONGEST_GLOSS = 5  # words


def is_latin(name: str) -> bool:
    """Tell whether a name has letters and no Chinese character."""
    return not HAN.search(name) and bool(re.search("[A-Za-z]", name))


def covered(english: str, chinese: str) -> tuple[NDArray[np.bool_], list[str]]:
    """Return which characters of a plain Chinese name an English one explains, and the words that explain none."""
    words = words_of(english)
    mask = np.zeros(len(chinese), dtype=np.bool_)
    sounds = _sounds(chinese)
    left, at = [], 0
    while at < len(words):
        size, places = _gloss(words, at, chinese, mask) or _sound(words[at], sounds, mask) or (1, ())
        mask[list(places)] = True
        left += words[at : at + size] if not places else []
        at += size
    return mask, left


def _gloss(words: list[str], at: int, text: str, taken: NDArray[np.bool_]) -> tuple[int, tuple[int, ...]] | None:
    """Return how many words from `at` on are the gloss of a part of the text, and that part's places; the longest.

    What no word has explained yet comes first: of two 大学 the second word `university` explains the second.
    """
    for size in range(min(LONGEST_GLOSS, len(words) - at), 0, -1):
        found = []
        for chinese in by_english().get(stems(words[at : at + size]), ()):
            start = text.find(chinese)
            while start >= 0:
                places = tuple(range(start, start + len(chinese)))
                found.append((int(taken[list(places)].sum()) - len(chinese), places))
                start = text.find(chinese, start + 1)
        if found:
            return size, min(found)[1]
    return None


def _sounds(text: str) -> list[str]:
    """Return the pinyin of each character, "" for what has none."""
    said = iter(lazy_pinyin("".join(HAN.findall(text))))
    return [next(said) if HAN.match(c) else "" for c in text]


def _sound(word: str, sounds: list[str], taken: NDArray[np.bool_]) -> tuple[int, tuple[int, ...]] | None:
    """Return the places whose pinyin a word is, letter for letter; untaken ones first."""
    word = word.replace("'", "").replace("-", "")
    found = []
    for start in range(len(sounds)):
        for end, length in enumerate(accumulate(map(len, sounds[start:])), start + 1):
            if length >= len(word):
                if length == len(word) and sounds[start] and "".join(sounds[start:end]) == word:
                    found.append((int(taken[start:end].sum()), tuple(range(start, end))))
                break
    return (1, min(found)[1]) if found else None


def word_type(word: str) -> str:
    """Return what an English word of a name is: place, kind (also of a unit), trade, or brand: no gloss."""
    if word in _places():
        return "place"
    meant = [chinese for chinese in by_english().get(stems([word]), ()) if chinese in own()]
    if not meant:
        return "brand"
    if any(RegionCode.find_prefix(chinese) for chinese in meant):
        return "place"
    return "kind" if any(chinese in kinds().meaning or chinese in units().meaning for chinese in meant) else "trade"


def says_unit(name: str) -> bool:
    """Tell whether an English name says that it is a unit of another: a branch, a school, a hospital, a laboratory."""
    return any(chinese in units().meaning for word in words_of(name) for chinese in by_english().get(stems([word]), ()))


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(region.en.lower().replace("'", "") for region in regions().values() if region.level != "county")
