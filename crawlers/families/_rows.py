"""What list parsers share: a row's readings out of an HTML list item."""

import re
from collections.abc import Iterator

from crawlers.addresses import absolute
from crawlers.families import Row
from crawlers.sourcefile import Channel
from crawlers.view import Element, View
from schema.evidence import Origin, Reading
from schema.types.partial_date import PartialDate

_CUT = re.compile(r"(…|\.\.\.|⋯)\s*$")
_ITEM = {"li", "tr", "dd", "dt", "p", "div"}


def item_rows(view: View, channel: Channel, base: str) -> Iterator[Row]:
    """Yield a row for every link of the page to one of the channel's articles, in order, each address once."""
    seen: set[str] = set()
    if view.tree is None:
        return
    for link in view.tree.iter("a"):
        url = absolute(base, link.get("href") or "")
        if url is None or url in seen or not re.search(channel.article, url):
            continue
        seen.add(url)
        yield Row(url, readings(view, link))


def readings(view: View, link: Element) -> dict[str, Reading]:
    """Return what the item around a link says: its title, when it is printed in full, and its date."""
    found: dict[str, Reading] = {}
    start, end = view.span(link)
    title = view.text[start:end]
    if title and not _CUT.search(title):
        found["title"] = Reading(title.strip(), title, Origin.LIST_ROW, ((start, end),))
    item = next((up for up in link.iterancestors() if up.tag in _ITEM), None)
    if item is not None and len(item.findall(".//a")) == 1:
        low, high = view.span(item)
        for begin, stop in ((end, high), (low, start)):
            date = published(view.text, begin, stop)
            if date is not None:
                found["published_date"] = date
                break
    return found


def published(text: str, start: int, end: int) -> Reading | None:
    """Return the first full date in a part of the text as a reading, or None."""
    for date, low, high in PartialDate.find(text[start:end]):
        if date.precision == "day":
            span = (start + low, start + high)
            return Reading(str(date), text[span[0] : span[1]], Origin.LIST_ROW, (span,))
    return None
