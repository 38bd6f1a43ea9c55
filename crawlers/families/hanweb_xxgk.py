"""Hanweb (大汉) xxgk: the open-government module answers HTML tables, `/module/xxgk/search.jsp?currpage=N`."""

from crawlers.families import Ask, ListError, Listing
from crawlers.families._pager import must_be_list, told
from crawlers.families._paging import at_page, pages, rest
from crawlers.families._parts import parts, rows
from crawlers.sourcefile import Channel
from crawlers.view import View

ATTRIBUTES = {"mc": "title", "wh": "doc_number", "syh": "index_number", "rq": "published_date"}
_PAGE = "currpage"


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the first page; `options.form` (infotypeId=…&jdid=…&divid=…) makes it a POST."""
    form = channel.options.get("form", "")
    return [at_page(Ask(channel.url, "POST" if form else "GET", form), _PAGE, 1)]


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of a table and, from the first page, the requests for all others.

    A row states what its cells show under the table's head, or as the link's attributes mc, wh, syh and rq have it.
    Raises ListError for an answer without rows that does not say that it has none, or that tells no page count.
    """
    found = rows(view, parts(view, channel, ask.url), ATTRIBUTES)
    must_be_list(view, found, "no table of hanweb_xxgk")
    count, total = told(view)
    if count is None and total is None and found:
        raise ListError("the table does not tell how many pages there are (共 N 页)")
    return Listing(found, rest(ask, _PAGE, max(count or 0, pages(total or 0, len(found)))), total)
