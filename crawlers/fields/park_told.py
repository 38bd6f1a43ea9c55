"""What the text under each park's name in a list says of it: read as the text of a page on one park is."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from crawlers.fields import pairs, park_area, park_industries, park_level, park_parties, park_place, park_state
from crawlers.fields.entries import Entry
from crawlers.fields.further_hints import HINTS
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Extraction, Reading, Span

FEWEST = 2  # names that make a list


def blocks(sheet: Sheet, entries: Sequence[Entry]) -> dict[Span, Span]:
    """Return, by the place of its name, all that stands under a park up to the next one.

    Under the last one no more lines count than under the longest of the others.
    """
    names = [one.cells["name"].spans[0] for one in entries if not one.in_table and not one.cells["name"].document]
    names = sorted(set(names))
    if len(names) < FEWEST:
        return {}
    ends = [line.span[1] for line in sheet.lines]
    at = [bisect_left(ends, name[1]) for name in names]
    longest = max(after - here for here, after in pairwise(at))
    stops = [*(name[0] for name in names[1:]), ends[min(at[-1] + longest, len(ends)) - 1]]
    return {name: (name[0], stop) for name, stop in zip(names, stops, strict=True)}


def fill(one: Extraction, sheet: Sheet, stated: Statements, name: Reading) -> None:
    """Add to a row what its text says besides."""
    pairs.supplement(stated, HINTS["park"])
    fields = dict(one.fields)
    for prop, read in (
        ("area_km2", park_area.area),
        (park_industries.PROPERTY, park_industries.industries),
    ):
        if prop not in fields:
            read(fields, sheet, stated)
    state = partial(park_state.state, own=True)
    for reader in (park_parties.parties, park_state.established, state, park_level.level, park_place.place):
        found: dict[str, list[Reading]] = {}
        reader(found, sheet, stated, name)
        fields = found | fields
    one.fields = fields
