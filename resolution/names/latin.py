"""English names beside Chinese ones: how much of each the other explains, word for word, by gloss or by pinyin.

Institutions' English names are glosses in another order, with places and brands in pinyin: 之江实验室 is Zhejiang Lab
only by a wish, 中国科学技术大学 is University of Science and Technology of China by the words. Pinyin is a weak
key: it is looked for only where no gloss explains a word.
"""

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from resolution.names.normal import plain
from resolution.names.vocabulary import table
from resolution.names.words import forms, kinds, units
from schema.taxonomies import regions
from schema.types.region_code import RegionCode

_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*|[0-9]+")
_EMPTY = frozenset({"of", "the", "and", "for", "in", "on", "at", "de", "&"})
_HAN = re.compile(r"[\u4e00-\u9fff]")
LONGEST_GLOSS = 5  # words
MANY = 99
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


def initials(name: str) -> str:
    """Return the first letters of an English name's words, in capitals: University of Hong Kong is UHK."""
    return "".join(word[0] for word in _WORD.findall(plain(name).lower()) if word not in _EMPTY).upper()


def is_acronym(short: str, name: str) -> bool:
    """Tell whether capitals are the initials of a name's English words, or of its pinyin."""
    letters = re.sub("[^A-Z]", "", short)
    if not ACRONYM.match(short) or len(letters) < 2:
        return False
    if is_latin(name):
        return initials(name) == letters or "".join(re.findall("[A-Z]", name)) == letters
    text = "".join(_HAN.findall(plain(name)))
    return "".join(sound[0] for sound in lazy_pinyin(text)).upper() == letters


def acronym(short: str, chinese: str) -> str:
    """Return how well capitals stand for a Chinese name: `acronym`, `acronym_part` (a word is left out) or `little`.

    English words stand in another order: only the letters count, each word's by any of its glosses or by pinyin.
    """
    if is_acronym(short, chinese):
        return "acronym"
    letters = Counter(re.sub("[^A-Z]", "", short))
    words = _letters("".join(_HAN.findall(plain(chinese))))
    if letters.total() < 3:
        return "little"
    best = _fewest_left(letters, tuple(words))
    return "acronym" if best == 0 else "acronym_part" if best == 1 else "little"


def _fewest_left(letters: Counter[str], words: tuple[frozenset[str], ...]) -> int:
    """Return how many words of a name must be left out for the rest to spell just these letters; MANY if none does."""
    states: dict[tuple[tuple[str, int], ...], int] = {tuple(sorted(letters.items())): 0}
    for options in words:
        following: dict[tuple[tuple[str, int], ...], int] = {}
        for state, left in states.items():
            for option in (*options, None):  # "" is an option of words that English leaves out
                after = Counter(dict(state))
                if option is not None:
                    after.subtract(option)
                    if min(after.values(), default=0) < 0:
                        continue
                key = tuple(sorted((+after).items()))
                cost = left + (option is None)
                if cost <= 1 and following.get(key, MANY) > cost:
                    following[key] = cost
        states = following
    return states.get((), MANY)


def _letters(text: str) -> list[frozenset[str]]:
    """Return for each word of a Chinese name the initials of what it may be called in English."""
    found, at = [], 0
    while at < len(text):
        end = next((e for e in range(len(text), at, -1) if text[at:e] in _by_chinese()), None)
        if end is None:
            found.append(frozenset(lazy_pinyin(text[at])[0][:1].upper()))
            at += 1
            continue
        word, said = text[at:end], _by_chinese()[text[at:end]]
        found.append(
            frozenset({*map(initials, said), *_pinyin_initials(word)} | ({""} if word in _left_out() else set()))
        )
        at = end
    return found


@lru_cache(maxsize=1)
def _left_out() -> frozenset[str]:
    return frozenset(forms().meaning) | {"公司", "股份", "中国科学院", "人民"}


def _pinyin_initials(word: str) -> tuple[str, str]:
    sounds = lazy_pinyin(word)
    return "".join(s[0] for s in sounds).upper(), sounds[0][0].upper()


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


@lru_cache(maxsize=1)
def _glosses() -> dict[tuple[str, ...], list[str]]:
    """Return for the words of each gloss what they may stand for, the longest first."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for chinese, english in table("english_words", ("zh", "en")):
        found[tuple(word for word in _WORD.findall(english) if word not in _EMPTY)].append(chinese)
    return {words: sorted(meant, key=len, reverse=True) for words, meant in found.items()}


@lru_cache(maxsize=1)
def _by_chinese() -> dict[str, list[str]]:
    """Return for each Chinese word its glosses."""
    found: dict[str, list[str]] = defaultdict(list)
    for chinese, english in table("english_words", ("zh", "en")):
        found[chinese].append(english)
    return dict(found)


def word_type(word: str) -> str:
    """Return what an English word of a name is: place, kind (also of a unit), trade, or brand: no gloss."""
    if word in _places():
        return "place"
    meant = _glosses().get((word,), [])
    if not meant:
        return "brand"
    if any(RegionCode.find_prefix(chinese) for chinese in meant):
        return "place"
    return "kind" if any(chinese in kinds().meaning or chinese in units().meaning for chinese in meant) else "trade"


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(region.en.lower().replace("'", "") for region in regions().values() if region.level != "county")
