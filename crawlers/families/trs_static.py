"""TRS WCM (拓尔思), static pages: `index.html`, `index_1.html` … announced by `createPageHTML(…)`."""

import re
from urllib.parse import urljoin

from crawlers.families import MAX_LIST_PAGES, Ask, ListError, Listing
from crawlers.families._rows import item_rows
from crawlers.sourcefile import Channel
from crawlers.view import View

_PAGER = re.compile(
    r"createPageHTML\s*\(\s*['\"]?(?P<count>\d+)['\"]?\s*,\s*['\"]?(?P<now>\d+)['\"]?\s*,"
    r"\s*['\"](?P<stem>[\w-]+)['\"]\s*,\s*['\"](?P<suffix>\w+)['\"]"
)


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the list's first page, which has no number."""
    return [Ask(channel.url)]


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of a list page and, from its first page, the requests for all others.

    The page's own pager is believed. Raises ListError for an answer that is no HTML page.
    """
    if view.tree is None:
        raise ListError("the list is no HTML page")
    rows = list(item_rows(view, channel, ask.url))
    pager = next((m for script in view.tree.iter("script") if (m := _PAGER.search(script.text or ""))), None)
    if pager is None or int(pager["now"]) > 0:
        return Listing(rows)
    pages = min(int(pager["count"]), MAX_LIST_PAGES)
    more = [Ask(urljoin(ask.url, f"{pager['stem']}_{n}.{pager['suffix']}")) for n in range(1, pages)]
    return Listing(rows, more)
