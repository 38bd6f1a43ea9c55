"""What a sentence names, weighed by the words around it: a last resort where no label and no known sentence tells.

A date, a place, an organisation or a subject stands in many orders beside the word that says what it is to the page's
thing. Which words speak for it and which against is data (data/labels/told.yaml); here they are only added up.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from crawlers.fields.sheet import Sheet
from crawlers.fields.vocabulary import label_file
from schema.errors import InputError
from schema.evidence import Span
from schema.settings import settings

MOST_HEAD = 4  # characters of an answer's first words: 可以。我们是…
_ASKED = ("？", "?")
_STOP = "[^，。；：、！？“”（）()]"


@dataclass(frozen=True, slots=True)
class Signal:
    """Words on one side of a candidate, and what they add to its weight."""

    side: str
    pattern: re.Pattern[str]
    weight: int


@lru_cache(maxsize=128)
def signals(kind: str, prop: str) -> tuple[Signal, ...]:
    """Return the signals of a property, read once. Raises InputError if the file is not as its head says."""
    path = settings().data / "labels" / "told.yaml"
    try:
        entries = label_file(path)[kind][prop]
        return tuple(_signal(one) for one in entries)
    except (OSError, KeyError, TypeError, re.error) as error:
        raise InputError(
            f"not a file of signals ({error!r})", where=str(path), remedy="keep the form that its head describes"
        ) from error


def _signal(one: dict[str, object]) -> Signal:
    joined = "|".join(str(one["words"]).split())
    gap = f"{_STOP}{{0,{one.get('gap', 0)}}}"
    side = str(one["side"])
    pattern = {"before": rf"(?:{joined}){gap}[“《]?$", "behind": rf"[”》]?{gap}(?:{joined})"}.get(side, joined)
    return Signal(side, re.compile(pattern), int(str(one["weight"])))


def weight(text: str, clause: Span, span: Span, told: Sequence[Signal]) -> int:
    """Return what the words around a candidate in its sentence add up to."""
    found = 0
    for one in told:
        if one.side == "before":
            said = one.pattern.search(text[clause[0] : span[0]])
        elif one.side == "behind":
            said = one.pattern.match(text[span[1] : clause[1]])
        else:
            said = one.pattern.search(f"{text[clause[0] : span[0]]}\n{text[span[1] : clause[1]]}")
        found += one.weight if said else 0
    return found


def asked(sheet: Sheet) -> Iterator[Span]:
    """Yield each question that ends a line together with the first sentence of the answer under it."""
    text = sheet.view.text
    for question, answer in pairwise(line.span for line in sheet.lines if not line.linked):
        if text[slice(*question)].rstrip()[-1:] in _ASKED:
            end = re.search(r"[。！]", text[slice(*answer)].lstrip("答：A: ")[MOST_HEAD:])
            lead = answer[1] - answer[0] - len(text[slice(*answer)].lstrip("答：A: "))
            yield question[0], answer[0] + lead + MOST_HEAD + end.start() if end else answer[1]


def best(
    text: str,
    clauses: Iterable[Span],
    candidates: Callable[[Span], Iterable[tuple[Span, int]]],
    told: Sequence[Signal],
    least: int,
) -> tuple[Span, Span] | None:
    """Return the heaviest candidate with its sentence, the first of several; None where none has weight enough.

    `candidates` yields the candidates of a sentence, each with what speaks for it besides its words.
    """
    ranked = [
        (-(weight(text, clause, span, told) + more), number, span, clause)
        for number, clause in enumerate(clauses)
        for span, more in candidates(clause)
    ]
    if not ranked or -min(ranked)[0] < least:
        return None
    return min(ranked)[2], min(ranked)[3]
