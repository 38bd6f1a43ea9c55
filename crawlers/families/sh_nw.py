"""上海: `/nwNNNN/index.html`, `index_2.html` …; the number of pages stands in a script's variable."""

from urllib.parse import urljoin

from crawlers.families import MAX_LIST_PAGES, Ask, ListError, Listing
from crawlers.families._pager import must_be_list, told
from crawlers.families._paging import whole
from crawlers.families._parts import parts, rows
from crawlers.sourcefile import Channel
from crawlers.view import View


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the column's first page."""
    return [Ask(channel.url)]


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of a page and, from the first, the requests for all others.

    `options.second` is the number in the address of the second page, 2 by default. Raises ListError for a page
    without rows that does not say that it has none, and for a first page that tells no number of pages.
    """
    found = rows(view, parts(view, channel, ask.url))
    must_be_list(view, found, "no list of sh_nw")
    if ask.url != channel.url:
        return Listing(found)
    count, total = told(view)
    if count is None and found:
        raise ListError("no script of the page tells how many pages there are (totalPage)")
    second = whole(channel, "second", 2)
    stem, _, suffix = (ask.url if ask.url.endswith("html") else urljoin(ask.url, "index.html")).rpartition(".")
    others = range(second, second + min(count or 1, MAX_LIST_PAGES) - 1)
    return Listing(found, [Ask(f"{stem}_{number}.{suffix}") for number in others], total)
