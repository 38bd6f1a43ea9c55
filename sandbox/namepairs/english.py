"""A Chinese name said in English, as institutions translate theirs: glosses, places and brands in pinyin."""

import csv
import random
from collections import defaultdict
from functools import lru_cache

from pypinyin import lazy_pinyin

from schema.settings import ROOT


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
        words.append(chance.choice(_glosses()[name[at:end]]).title())
        run, at = "", end
    words += [run.capitalize()] if run else []
    if len(words) > 2 and chance.random() < 0.4:
        words = [words[-1], "of", *words[:-1]]
    return " ".join(words)


@lru_cache(maxsize=1)
def _glosses() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with (ROOT / "data" / "names" / "english_words.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            found[row["zh"]].append(row["en"])
    return dict(found)
