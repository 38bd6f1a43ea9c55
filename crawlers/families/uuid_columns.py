"""Columns with UUIDs (河北, 石家庄): `/columns/<u>/templates/<u>/blocks/<u>?page=N&fix=0` answers HTML fragments."""

from crawlers.families import Ask, Listing
from crawlers.families._pager import following, must_be_list, told
from crawlers.families._paging import at_page, page_of, pages, rest, whole
from crawlers.families._parts import parts, rows
from crawlers.sourcefile import Channel
from crawlers.view import View

_PAGE = "page"


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the first page of the block; `options.first` is its number, 1 by default."""
    ask = at_page(Ask(channel.url), _PAGE, whole(channel, "first", 1))
    return [ask if "fix=" in ask.url else at_page(ask, "fix", 0)]


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of a fragment and the requests for the others.

    They are told by a count of pages or rows, else by the numbers that the fragment's pager links to. Raises
    ListError for a fragment without rows that does not say that it has none.
    """
    found = rows(view, parts(view, channel, ask.url))
    first = whole(channel, "first", 1)
    if page_of(ask, _PAGE, first) == first or view.tree is None:
        must_be_list(view, found, "no block of uuid_columns")
    count, total = told(view)
    more = rest(ask, _PAGE, max(count or 0, pages(total or 0, len(found))), first)
    if count is None and total is None and found:
        more = following(view, ask)
    return Listing(found, more, total)
