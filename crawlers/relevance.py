"""How much a document is about artificial intelligence and the smart economy.

    score = 1 - (1 - title) * (1 - text)
    title = w / (w + half),  w = title_factor * sum of the weights of the words in the title
    text  = t / (t + half),  t = sum over the words of weight * log2(1 + occurrences) / log2(2 + length / 1000)

so a word that is repeated counts less each time, and a long text has to say more. Weights are data:
data/taxonomies/ai_relevance.yaml. The score orders documents for reading; it is no probability.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML

from schema.errors import InputError
from schema.evidence import Origin, Reading, Span
from schema.settings import settings

MOST_PLACES = 50  # places that are kept as evidence


@dataclass(frozen=True, slots=True)
class Weights:
    """The words with their weights, and the constants of the formula."""

    words: dict[str, float]
    half: float
    title_factor: float
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the weights, read once. Raises InputError for a file that is not as its head describes."""
    path = settings().data / "taxonomies" / "ai_relevance.yaml"
    try:
        raw = YAML(typ="safe").load(path)
        words = {str(word).upper(): float(weight) for weight, group in raw["words"].items() for word in group}
        half, factor = float(raw["half"]), float(raw["title_factor"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"not a file of weights ({error!r})", where=str(path), remedy="see its head") from error
    longest_first = sorted(words, key=len, reverse=True)
    return Weights(words, half, factor, re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE))


def relevance(text: str, title: str, spans: tuple[Span, ...]) -> Reading:
    """Return the score in [0, 1] with the places of the words in `text`, within `spans`, as evidence."""
    table = weights()
    in_title = {match.group().upper() for match in table.pattern.finditer(title)}
    found: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for start, end in spans:
        for match in table.pattern.finditer(text, start, end):
            found[match.group().upper()] += 1
            first.setdefault(match.group().upper(), match.span())
    length = sum(end - start for start, end in spans)
    said = sum(table.words[word] * math.log2(1 + count) for word, count in found.items())
    said /= math.log2(2 + length / 1000)
    named = table.title_factor * sum(table.words[word] for word in in_title)
    score = 1 - (1 - named / (named + table.half)) * (1 - said / (said + table.half))
    places = tuple(sorted(first.values())[:MOST_PLACES])
    raw = "\n".join(text[start:end] for start, end in places)
    return Reading(round(score, 4), raw, Origin.BODY, places)
