"""Section folders (辽宁): `/web/SECTION/<timestamp or 32 hex>/index.shtml`, then `<8 hex>-N.shtml` beside it."""

from crawlers.families import Ask, ListError, Listing
from crawlers.families._pager import must_be_list, pager, told
from crawlers.families._parts import parts, rows
from crawlers.sourcefile import Channel
from crawlers.view import View

_PAGES = r"/[0-9a-f]{8}-(\d{1,5})\.shtml$"


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the section's index, its first page."""
    return [Ask(channel.url)]


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of a page and, from the index, the requests for all others.

    The index links to the other pages; how many there are it tells (共 N 页), or its last link. Raises ListError for
    a page without rows that does not say that it has none, and for an index that tells pages and links to none.
    """
    found = rows(view, parts(view, channel, ask.url))
    must_be_list(view, found, "no list of web_idx")
    if ask.url != channel.url:
        return Listing(found)
    count, total = told(view)
    links = pager(view, ask.url, _PAGES)
    if links is None and count is not None and count > 1:
        raise ListError(f"the index tells {count} pages and links to none (<8 hex>-N.shtml)")
    return Listing(found, [] if links is None else links.asks(2, count), total)
