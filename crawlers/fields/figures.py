"""Pairs whose value stands above its name: figures of a company's page, and the days of a chronicle."""

import re

from crawlers.fields.pair import DAY, LABEL, VALUE, Pair, make, squeezed
from crawlers.fields.sheet import Sheet

_SAID = re.compile(r"[\d:：\t，。]")  # what has a value of its own names no figure
_DAY_ALONE = re.compile(rf"{DAY}|(?:19|20)\d\d")


def events(sheet: Sheet) -> list[Pair]:
    """Return what a chronicle with days on lines of their own says: the day is the value, the event its label."""
    text = sheet.view.text
    lines = [line.span for line in sheet.lines]
    days = [n for n, span in enumerate(lines[:-1]) if _DAY_ALONE.fullmatch(text[slice(*span)].strip())]
    found = []
    for number in days if len(days) > 1 else ():
        value, event = lines[number], lines[number + 1]
        if number + 1 not in days and event[1] - event[0] <= VALUE:
            found.append(Pair(squeezed(text[slice(*event)]), value, (), event))
    return found


def tiles(sheet: Sheet) -> list[Pair]:
    """Return figures with their names below (佛山 | 总部所在地), where two and more stand in turn and look alike."""
    text = sheet.view.text
    lines = [line.span for line in sheet.lines]
    looks = ["".join(sheet.looks(span)[-1:]) for span in lines]
    found = []
    for number in range(len(lines) - 3):
        above, below = looks[number], looks[number + 1]
        # A dd is the value of the dt above it, whatever follows.
        if above.startswith("dd") or below.startswith("dd"):
            continue
        if not above or above == below or (above, below) != (looks[number + 2], looks[number + 3]):
            continue
        for at in (number, number + 2):
            below = text[slice(*lines[at + 1])]
            if lines[at][1] - lines[at][0] <= LABEL * 2 and not _SAID.search(below):
                pair = make(text, below, *lines[at])
                found += [pair] if pair is not None and pair not in found else []
    return found
