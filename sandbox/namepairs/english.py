"""A Chinese name said in English, as institutions translate theirs: glosses, places and brands in pinyin."""

import csv
import random
from collections import defaultdict
from functools import lru_cache

from pypinyin import lazy_pinyin

from schema.settings import ROOT

UNKNOWN = 0.08  # the share of words that are said otherwise


def said(name: str, chance: random.Random) -> str:
    """Return an English name word for word; "" for a name that is not all Chinese characters.

    What no gloss is known for stands in pinyin, a run of it as one word. Some put the last word first: University of X.
    """
    if not all("\u4e00" <= c <= "\u9fff" for c in name):
        return ""
    words: list[str] = []
    at, run = 0, ""
    while at < len(name):
        end = next((e for e in range(len(name), at, -1) if name[at:e] in _glosses()), None)
        if end is None:
            run, at = run + "".join(lazy_pinyin(name[at])), at + 1
            continue
        words += [run.capitalize()] if run else []
        word = chance.choice(_glosses()[name[at:end]]).title()
        # Nobody's glosses are complete: some words are said in a way that none of them knows.
        words += [] if chance.random() < 0.04 else [_invented(chance) if chance.random() < UNKNOWN else word]
        run, at = "", end
    words += [run.capitalize()] if run else []
    if len(words) > 2 and chance.random() < 0.4:
        words = [words[-1], "of", *words[:-1]]
    return " ".join(words)


def capitals(name: str, chance: random.Random) -> str:
    """Return the initials of a name's words in English, as `said` says them; "" where that are fewer than three."""
    letters = "".join(word[0] for word in said(name, chance).split() if word[0].isupper())
    return letters if len(letters) > 2 else ""


def _invented(chance: random.Random) -> str:
    return "".join(
        chance.choice(("re", "con", "al", "ter", "mo", "pro", "in", "ex", "ti", "ve", "lo", "gic")) for _ in range(3)
    ).title()


@lru_cache(maxsize=1)
def _glosses() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with (ROOT / "data" / "names" / "english_words.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            found[row["zh"]].append(row["en"])
    return dict(found)
