"""The signature of a document (落款): the agencies and the date under its text, before its annexes."""

from crawlers.fields.issuers import is_organ, split
from crawlers.view import View
from schema.evidence import Origin, Reading, Span
from schema.types.partial_date import PartialDate

LONGEST_DATE = 24
LONGEST_NAME = 45
MOST_NAMES = 12
_BLANK = " \t\u3000"


def read(view: View, lines: list[Span]) -> tuple[list[Reading], Reading | None]:
    """Return (agencies, date) of the first signature among the lines of a text; empty where there is none.

    A signature is a line that is nothing but a day, under lines that are nothing but agencies, or a line that
    holds both. Signatures of annexes come later and do not count.
    """
    fallback: Reading | None = None
    for index, (start, end) in enumerate(lines):
        text = view.text[start:end]
        if index == 0 or end - start > LONGEST_NAME + LONGEST_DATE:
            continue
        dates = PartialDate.find(text)
        if len(dates) != 1 or dates[0][0].precision != "day":
            continue
        date, low, high = dates[0]
        if text[high:].strip(_BLANK + "。）)") or (high - low) > LONGEST_DATE:
            continue
        when = Reading(str(date), text[low:high], Origin.SIGNATURE, ((start + low, start + high),))
        lead = text[:low].strip(_BLANK)
        if lead:
            names = split(view, (start, start + low), Origin.SIGNATURE) if is_organ(lead) else []
        else:
            names = _above(view, lines[max(0, index - MOST_NAMES) : index])
        if names:
            return names, when
        if not lead and index > 1:
            fallback = when
    return [], fallback


def _above(view: View, lines: list[Span]) -> list[Reading]:
    """Return the agencies in the lines right above, from top to bottom."""
    found: list[Reading] = []
    for start, end in reversed(lines):
        if end - start > 4 * LONGEST_NAME:
            break
        names = split(view, (start, end), Origin.SIGNATURE)
        text = view.text[start:end]
        if any(mark in text for mark in "。：；！，") or not names or not all(is_organ(name.raw) for name in names):
            break
        found = names + found
    return found
