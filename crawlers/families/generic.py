"""Any HTML list, by structure alone: the repeated part of a page with the most links that have a title and a day."""

import re
from collections import defaultdict
from itertools import islice

from crawlers.families import Ask, Listing
from crawlers.families._pager import following, must_be_list
from crawlers.families._parts import Part, parts, rows, says
from crawlers.sourcefile import Channel
from crawlers.view import Element, View

_TITLE = 4  # characters of the shortest title
_DAY = re.compile(r"(?<![\d.])\d{1,2}[-/月]\d{1,2}(?![\d.])")
_LEVELS = 4  # of a part's surroundings that tell it from parts of another list


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the list's first page."""
    return [Ask(channel.url)]


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of the page's main list, and the requests for the pages behind it that the page links to.

    Links that are not of the channel's articles do not count. Raises ListError for a page without such a list that
    does not say that it is empty.
    """
    found = rows(view, _main(view, parts(view, channel, ask.url)))
    must_be_list(view, found, "no list")
    return Listing(found, following(view, ask) if found else [])


def _main(view: View, found: list[Part]) -> list[Part]:
    """Return the parts of the list with the most rows that have a title and a day; of equals the first."""
    lists: dict[tuple[str, ...], list[Part]] = defaultdict(list)
    full: dict[tuple[str, ...], int] = defaultdict(int)
    for part in found:
        place = _place(part.block)
        lists[place].append(part)
        full[place] += len(view.said(part.link)) >= _TITLE and _has_day(view, part)
    best = max(lists, key=lambda place: full[place], default=None)
    return lists[best] if best is not None and full[best] else []


def _has_day(view: View, part: Part) -> bool:
    """Tell whether a part prints a day beside its link or in it, be it without the year (03-06)."""
    dated = {"published_date", "written_date"} & set(says(view, part, {}))
    (low, high), (start, end) = view.span(part.block), view.span(part.link)
    return bool(dated) or any(_DAY.search(view.text, *piece) for piece in ((low, start), (end, high)))


def _place(block: Element) -> tuple[str, ...]:
    """Return where a part stands: its tag and the tags and classes around it, the same for all rows of a list."""
    around = (
        f"{up.tag!r}.{up.get('class') or ''}#{up.get('id') or ''}" for up in islice(block.iterancestors(), _LEVELS)
    )
    return (str(block.tag), *around)
