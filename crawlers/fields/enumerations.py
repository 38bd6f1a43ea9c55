"""Lists of things inside sentences (A、B和C), cut free of the words around them: for lists without a pattern.

Where the first thing begins and the last one ends is told by words that lead to a list and words that follow one,
which stand in a kind's label file; whether it is the list looked for is told by cues in its sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from crawlers.fields import names, roles
from crawlers.fields.vocabulary import section
from schema.evidence import Span

LONGEST = 16  # characters of one thing
_RUN = re.compile(
    r"[^，,。；;：:！!？?“”\"《》「」【】\s—…|｜、+＋]+(?:[、+＋][^，,。；;：:！!？?“”\"《》「」【】\s—…|｜、+＋]+)+"
)
_AND = re.compile("以及|[和及与]")
_NEAR = 24  # characters beside a list in which a cue weighs more


@dataclass(frozen=True, slots=True)
class Words:
    """Words that lead to a list and follow one, that speak for it, and that a thing in it does not hold."""

    lead: re.Pattern[str]
    tail: re.Pattern[str]
    cue: re.Pattern[str]
    never: re.Pattern[str]


@lru_cache(maxsize=8)
def words(kind: str, name: str) -> Words:
    """Return the words of a kind's section. Raises OSError or KeyError without it."""
    raw = section(kind, name)
    lead, tail, cue, never = (
        "|".join(sorted(map(str, raw[use]), key=len, reverse=True)) for use in ("lead", "tail", "cue", "never")
    )
    return Words(re.compile(f"(?:{lead})+"), re.compile(tail), re.compile(cue), re.compile(never))


def best(text: str, spans: list[Span], known: Words) -> list[Span]:
    """Return the places of the things of the list that most cues speak for; nothing where none does."""
    found: list[tuple[int, int, list[Span]]] = []
    for span in spans:
        for sentence in roles.sentences(text, span):
            said = text[slice(*sentence)]
            for parts in _lists(text, sentence, known):
                near = text[max(sentence[0], parts[0][0] - _NEAR) : min(sentence[1], parts[-1][1] + _NEAR)]
                score = 2 * len(set(known.cue.findall(near))) + len(set(known.cue.findall(said)))
                if score:
                    found.append((-score, parts[0][0], parts))
    return min(found)[2] if found else []


def bare(text: str, parts: list[Span], known: Words) -> list[Span]:
    """Return the things of a list without what leads to the first and, of several, what follows the last."""
    if not parts:
        return []
    first = trimmed(text, *parts[0], known)
    if len(parts) == 1:
        return [first]
    tail = known.tail.search(text, parts[-1][0] + 2, parts[-1][1])
    return [(first[0], parts[0][1]), *parts[1:-1], (parts[-1][0], tail.start() if tail else parts[-1][1])]


def trimmed(text: str, start: int, end: int, known: Words) -> Span:
    """Return a thing without the words that lead to it or follow it."""
    for match in known.lead.finditer(text, start, end):
        if match.end() < end - 1:
            start = max(start, match.end())
    tail = known.tail.search(text, start + 2, end)
    return start, tail.start() if tail else end


def _lists(text: str, sentence: Span, known: Words) -> Iterator[list[Span]]:
    for match in _RUN.finditer(text, *sentence):
        parts: list[Span] = []
        at = match.start()
        for piece in re.split(r"(?<=[、+＋])", match.group()):
            parts.append((at, at + len(piece) - piece.endswith(("、", "+", "＋"))))
            at += len(piece)
        first = trimmed(text, *parts[0], known)
        parts[0] = first[0], parts[0][1]
        last = parts.pop()
        both = _AND.search(text, last[0] + 2, last[1] - 1)
        pieces = [(last[0], both.start()), (both.end(), last[1])] if both else [last]
        tail = known.tail.search(text, pieces[-1][0] + 2, last[1])
        pieces[-1] = pieces[-1][0], tail.start() if tail else last[1]
        parts += pieces
        if all(_is_thing(text[slice(*one)], known) for one in parts):
            yield parts


def _is_thing(said: str, known: Words) -> bool:
    return (
        2 <= len(said) <= LONGEST
        and not known.never.search(said)
        and not (names.is_organisation(said) and len(said) > 6)
        and bool(re.search("[\u4e00-\u9fffA-Za-z]", said))
    )
