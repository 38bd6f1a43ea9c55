"""English names looked up among Chinese ones: the characters that their words may stand for, by gloss or by pinyin.

The postings bring the names that have many of those characters; how well one fits is what `resolution.names.latin`
explains of both sides, word for word. Capitals (acronyms) are words of their own and bring nothing here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from math import sqrt

from pypinyin import lazy_pinyin

from resolution.names.dictionary import by_english, stems, words_of
from resolution.names.latin import HAN, LONGEST_GLOSS, covered
from resolution.names.normal import plain
from resolution.names.syllables import cuts

Sounds = dict[str, list[int]]


def sounds(letters: Iterable[int]) -> Sounds:
    """Return for each syllable the characters (code points, of those given) that sound so."""
    found: Sounds = defaultdict(list)
    for code in letters:
        if HAN.match(chr(code)):
            found[lazy_pinyin(chr(code))[0]].append(code)
    return dict(found)


def letters(name: str, known: Sounds, rarity: Callable[[int], float]) -> dict[int, float]:
    """Return the characters that an English name's words may stand for, each with what it weighs.

    A word weighs the less in each of its characters the more it has: those that nobody knows the meaning of, and only
    the sound, have dozens.
    """
    found: dict[int, float] = {}
    spelt = {code for codes in known.values() for code in codes}
    for options in _options(words_of(name), known):
        said = {ord(c) for option in options for c in option} & spelt
        for code in said:
            found[code] = max(found.get(code, 0.0), rarity(code) / sqrt(len(said)))
    return found


def share(name: str, chinese: str) -> float:
    """Return how much an English and a Chinese name explain of each other: the lesser share of both, from 0 to 1."""
    words, text = words_of(name), plain(chinese)
    mask, left = covered(name, text)
    return min(float(mask.mean()), 1 - len(left) / len(words)) if words and text else 0.0


def _options(words: list[str], known: Sounds) -> Iterator[list[str]]:
    """Yield for each word, or words of one gloss, the Chinese that it may be."""
    at = 0
    while at < len(words):
        ends = range(min(LONGEST_GLOSS, len(words) - at), 0, -1)
        size = next((n for n in ends if stems(words[at : at + n]) in by_english()), 0)
        if size:
            yield by_english()[stems(words[at : at + size])]
        ways = cuts(words[at].replace("'", ""))
        spoken = {syllable for way in ways if all(s in known for s in way) for syllable in way}
        if spoken and size < 2:
            yield ["".join(map(chr, known[syllable])) for syllable in spoken]
        at += max(size, 1)
