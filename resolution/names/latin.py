"""English names beside Chinese ones: how much of each the other explains, word for word, by gloss or by pinyin.

Institutions' English names are glosses in another order, with places and brands in pinyin: 之江实验室 is Zhejiang Lab
only by a wish, 中国科学技术大学 is University of Science and Technology of China by the words. Pinyin is a weak
key: it is looked for only where no gloss explains a word.
"""

import re
from collections import defaultdict
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin

from resolution.names.normal import plain
from resolution.names.vocabulary import table
from resolution.names.words import kinds, units
from schema.taxonomies import regions
from schema.types.region_code import RegionCode

_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*|[0-9]+")
_EMPTY = frozenset({"of", "the", "and", "for", "in", "on", "at", "de", "&"})
_HAN = re.compile(r"[\u4e00-\u9fff]")
LONGEST_GLOSS = 5  # words
ACRONYM = re.compile(r"^[A-Z][A-Z0-9&-]{1,9}$")


def is_latin(name: str) -> bool:
    """Tell whether a name has letters and no Chinese character."""
    return not _HAN.search(name) and bool(re.search("[A-Za-z]", name))


def words_of(name: str) -> list[str]:
    """Return the words of an English name that mean something, in small letters."""
    return [word for word in _WORD.findall(plain(name).lower()) if word not in _EMPTY]


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


def explained(english: str, chinese: str) -> float:
    """Return how much of both names the other explains, in [0, 1]: the smaller of the two shares."""
    text = "".join(_HAN.findall(plain(chinese)))
    words = words_of(english)
    if not text or not words:
        return 0.0
    mask, left = covered(english, text)
    return min(1 - len(left) / len(words), float(mask.mean()))


def initials(name: str) -> str:
    """Return the first letters of an English name's words, in capitals: University of Hong Kong is UHK."""
    return "".join(word[0] for word in _WORD.findall(plain(name).lower()) if word not in _EMPTY).upper()


def is_acronym(short: str, name: str) -> bool:
    """Tell whether capitals may stand for a name: the initials of its English words, of its glosses or its pinyin."""
    letters = re.sub("[^A-Z]", "", short)
    if not ACRONYM.match(short) or len(letters) < 2:
        return False
    if is_latin(name):
        return initials(name) == letters or "".join(re.findall("[A-Z]", name)) == letters
    text = "".join(_HAN.findall(plain(name)))
    if "".join(sound[0] for sound in lazy_pinyin(text)).upper() == letters:
        return True
    # Glosses stand in another order in English: only the letters count.
    glossed = sorted(letter for gloss in _by_words(text) for letter in initials(gloss))
    return len(letters) > 2 and glossed == sorted(letters)


def _gloss(words: list[str], at: int, text: str, taken: NDArray[np.bool_]) -> tuple[int, tuple[int, ...]] | None:
    """Return how many words from `at` on are the gloss of a part of the text, and that part's places; the longest.

    What no word has explained yet comes first: of two 大学 the second word `university` explains the second.
    """
    for size in range(min(LONGEST_GLOSS, len(words) - at), 0, -1):
        found = []
        for chinese in _glosses().get(tuple(words[at : at + size]), ()):
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
    said = iter(lazy_pinyin("".join(_HAN.findall(text))))
    return [next(said) if _HAN.match(c) else "" for c in text]


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


def _by_words(text: str) -> list[str]:
    """Return a gloss (or the pinyin) of each word of a Chinese name, the longest words first from the left."""
    found, at = [], 0
    while at < len(text):
        word = next((text[at:end] for end in range(len(text), at, -1) if text[at:end] in _first_gloss()), None)
        found.append(_first_gloss()[word] if word else "".join(lazy_pinyin(text[at], style=Style.NORMAL)))
        at += len(word) if word else 1
    return found


@lru_cache(maxsize=1)
def _glosses() -> dict[tuple[str, ...], list[str]]:
    """Return for the words of each gloss what they may stand for, the longest first."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for chinese, english in table("english_words", ("zh", "en")):
        found[tuple(word for word in _WORD.findall(english) if word not in _EMPTY)].append(chinese)
    return {words: sorted(meant, key=len, reverse=True) for words, meant in found.items()}


@lru_cache(maxsize=1)
def _first_gloss() -> dict[str, str]:
    found: dict[str, str] = {}
    for chinese, english in table("english_words", ("zh", "en")):
        found.setdefault(chinese, english)
    return found


def word_type(word: str) -> str:
    """Return what an English word of a name is: place, kind (also of a unit), trade, or brand where no gloss is known."""
    if word in _places():
        return "place"
    meant = [chinese for chinese in _glosses().get((word,), ())]
    if not meant:
        return "brand"
    if any(RegionCode.find_prefix(chinese) for chinese in meant):
        return "place"
    return "kind" if any(chinese in kinds().meaning or chinese in units().meaning for chinese in meant) else "trade"


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(region.en.lower().replace("'", "") for region in regions().values() if region.level != "county")
