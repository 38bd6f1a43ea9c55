"""The English names of an index: found by their words, by the Chinese that their words stand for, by their capitals.

Letters of the alphabet tell little, so that English names have postings of words beside those of characters.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from resolution.linking.nearest import nearest
from resolution.linking.translated import share
from resolution.names.acronyms import short_forms
from resolution.names.dictionary import by_chinese, stems, words_of
from resolution.names.latin import HAN
from resolution.names.normal import plain

LOOKED_AT = 100  # names that share most with the query
LONGEST_WORD = 8  # Chinese characters
CAPITALS = 0.95  # what a name is worth whose initials are the capitals that are asked for
Found = list[tuple[int, float]]  # numbers of names, each with a score in [0, 1]


class English:
    """The English ones of an index's names, whose `numbers` are given; the others are left alone."""

    def __init__(self, names: Sequence[str], numbers: Iterable[int]) -> None:
        self._names = names
        words: dict[str, list[int]] = defaultdict(list)
        self._capitals: dict[str, list[int]] = defaultdict(list)
        self._said: dict[int, frozenset[str]] = {}
        for number in numbers:
            self._said[number] = frozenset(stems(words_of(names[number])))
            for word in self._said[number]:
                words[word].append(number)
            for short in short_forms(names[number]):
                self._capitals[short].append(number)
        self._postings = {word: np.array(found, dtype=np.int32) for word, found in words.items()}
        self._unknown = math.log(2 * len(self._said) + 2)

    def alike(self, name: str) -> Found:
        """Return the English names that share words with another: the rarity of those of all that either has."""
        asked = frozenset(stems(words_of(name)))
        own = sum(map(self._rarity, asked))
        found: Found = []
        for number in self._near(asked).tolist():
            both = sum(map(self._rarity, asked & self._said[number]))
            found.append((number, both / (own + sum(map(self._rarity, self._said[number])) - both)))
        return found

    def meaning(self, chinese: str) -> Found:
        """Return the English names whose words a Chinese name's may be, each with what they explain of each other."""
        found = ((number, share(self._names[number], chinese)) for number in self._near(_meant(chinese)).tolist())
        return [(number, score) for number, score in found if score > 0]

    def short_as(self, capitals: str) -> Found:
        """Return the English names that capitals stand for."""
        return [(number, CAPITALS) for number in self._capitals.get("".join(filter(str.isalpha, capitals)), ())]

    def _rarity(self, word: str) -> float:
        posting = self._postings.get(word)
        return self._unknown if posting is None else math.log((len(self._said) + 1) / (len(posting) + 0.5))

    def _near(self, words: Iterable[str]) -> NDArray[np.int64]:
        known = sorted(word for word in words if word in self._postings)
        if not known:
            return np.zeros(0, dtype=np.int64)
        ends = np.cumsum([len(self._postings[word]) for word in known])
        return nearest(
            np.concatenate([self._postings[word] for word in known]),
            np.array([0, *ends[:-1]], dtype=np.int64),
            ends.astype(np.int64),
            np.array([self._rarity(word) for word in known], dtype=np.float32),
            len(self._names),
            LOOKED_AT,
        )


def _meant(chinese: str) -> set[str]:
    """Return the stems of English words that the words of a Chinese name, or its sounds, may be written as."""
    text = "".join(HAN.findall(plain(chinese)))
    sounds = lazy_pinyin(text)
    found: set[str] = set()
    for start in range(len(text)):
        for end in range(start + 1, min(start + LONGEST_WORD, len(text)) + 1):
            for gloss in by_chinese().get(text[start:end], ()):
                found.update(stems(words_of(gloss)))
            found.update(stems(["".join(sounds[start:end])]))
    return found
