"""What lists share that come as HTML source inside XML or JSON: rows read with their places in that source."""

import re

from crawlers.addresses import absolute
from crawlers.families import Row
from crawlers.families._rows import published, stated
from schema.evidence import Reading

_LINK = re.compile(r"<a\b[^>]*?\bhref\s*=\s*[\"']([^\"']+)[\"'][^>]*>(.*?)</a>", re.DOTALL)
_NAMED = re.compile(r"\btitle\s*=\s*([\"'])(.+?)\1", re.DOTALL)


def row(source: str, start: int, end: int, base: str) -> Row | None:
    """Return the row of the first link in a part of the source: its title in full, and its day; None without a link."""
    link = _LINK.search(source, start, end)
    url = absolute(base, link[1]) if link else None
    if link is None or url is None:
        return None
    readings: dict[str, Reading] = {}
    named = _NAMED.search(source, link.start(), link.start(2))
    for place in (named.span(2) if named else None, link.span(2)):
        title = stated("title", source, place) if place else None
        if title is not None:
            readings["title"] = title
            break
    date = published(source, link.end(), end) or published(source, start, link.start())
    if date is not None:
        readings["published_date"] = date
    return Row(url, readings)
