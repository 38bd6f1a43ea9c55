"""Capitals that stand for a name: the initials of its words in English or in pinyin, some of them left out."""

import re
from collections import Counter
from functools import lru_cache
from itertools import product

from pypinyin import lazy_pinyin

from resolution.names.dictionary import by_chinese, own, words_of
from resolution.names.latin import HAN, is_latin
from resolution.names.normal import plain, unmarked
from resolution.names.syllables import cuts
from resolution.names.words import forms

ACRONYM = re.compile(r"^[A-Z][A-Z0-9&-]{1,9}$")
MANY = 99
_WAYS = 3  # of reading a word in pinyin
_LEGAL = frozenset({"co", "ltd", "inc", "corp", "corporation", "company", "limited", "llc", "plc", "group", "holdings"})
WORDS_LEFT = 2  # words of a name that its acronym may leave out


def initials(name: str) -> str:
    """Return the first letters of an English name's words, in capitals: University of Hong Kong is UHK."""
    return "".join(word[0] for word in words_of(name)).upper()


def short_forms(name: str) -> frozenset[str]:
    """Return the capitals that an English name may be shortened to, with all its words.

    The initials of its words, with and without its country and legal form; words in pinyin also by syllables (Shandong
    is S or SD), all of them or the first alone; and its own capitals.
    """
    found = {"".join(re.findall("[A-Z]", unmarked(name)))}
    words = words_of(re.sub(r"\([^)]*\)\s*$", "", plain(name))) or words_of(name)
    for said in (words, [word for word in words if word not in _LEGAL]):
        options = [[word[0], *_by_syllables(word)][:_WAYS] for word in said]
        for way in range(_WAYS):
            each = [option[min(way, len(option) - 1)] for option in options]
            found |= {"".join(each), "".join([*each[:1], *(word[0] for word in said[1:])])}
    return frozenset(short.upper() for short in found if len(short) > 1)


def _by_syllables(word: str) -> list[str]:
    ways = [cuts(part) for part in word.split("'")]
    return sorted({"".join(s[0] for way in each for s in way) for each in product(*ways) if sum(map(len, each)) > 1})


def is_acronym(short: str, name: str) -> bool:
    """Tell whether capitals are the initials of a name's English words, or of its pinyin."""
    letters = re.sub("[^A-Z]", "", short)
    if not ACRONYM.match(short) or len(letters) < 2:
        return False
    if is_latin(name):
        return letters in short_forms(name)
    text = "".join(HAN.findall(plain(name)))
    return "".join(sound[0] for sound in lazy_pinyin(text)).upper() == letters


def acronym(short: str, chinese: str) -> str:
    """Return how well capitals stand for a Chinese name.

    `acronym` for all words and letters, `acronym_part` where one word is left out, `acronym_most` where one letter and
    one word at most do not fit, `acronym_half` where half of the letters do; else `little`. English words stand in
    another order: only the letters count, each word's by any of its glosses or by pinyin.
    """
    if is_acronym(short, chinese):
        return "acronym"
    letters = Counter(re.sub("[^A-Z]", "", short))
    size = letters.total()
    if size < 3:
        return "little"
    over, left = _unlike(letters, tuple(_letters("".join(HAN.findall(plain(chinese))))))
    if over == 0 and left <= 1:
        return "acronym_part" if left else "acronym"
    if over <= 1 and left <= 1:
        return "acronym_most"
    return "acronym_half" if 2 * over <= size and left <= 2 else "little"


def _unlike(letters: Counter[str], words: tuple[frozenset[str], ...]) -> tuple[int, int]:
    """Return how many letters no word of a name stands for, and how many words stand for none; their sum the least."""
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
                if cost <= WORDS_LEFT and following.get(key, MANY) > cost:
                    following[key] = cost
        states = following
    return min(((sum(n for _, n in state), left) for state, left in states.items()), key=sum, default=(MANY, MANY))


def _letters(text: str) -> list[frozenset[str]]:
    """Return for each word of a Chinese name the initials of what it may be called in English."""
    found, at = [], 0
    while at < len(text):
        ends = range(len(text), at, -1)
        # The project's own words first: CC-CEDICT would read 航空学|会.
        end = next((e for words in (own(), by_chinese()) for e in ends if text[at:e] in words), None)
        if end is None:
            found.append(frozenset(lazy_pinyin(text[at])[0][:1].upper()))
            at += 1
            continue
        word, said = text[at:end], by_chinese()[text[at:end]]
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
