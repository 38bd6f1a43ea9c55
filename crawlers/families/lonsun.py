"""Lonsun (龙讯): a site's label 8888 answers HTML fragments: `publicInfoList`, siteId, organId, catId, pageIndex."""

import re
from urllib.parse import urljoin, urlsplit

from crawlers.families import Ask, ListError, Listing
from crawlers.families._pager import must_be_list, scripts, told
from crawlers.families._paging import at_page, completed, page_of, pages, rest
from crawlers.families._parts import parts, rows
from crawlers.sourcefile import Channel
from crawlers.view import View

_PAGE = "pageIndex"
_LABEL = "/site/label/8888"
_SITE = re.compile(r"\bsiteId\b[\"']?\s{0,3}[:=]\s{0,3}[\"']?(\d+)")
DEFAULTS = {
    "labelName": "publicInfoList",
    "action": "list",
    "isDate": "true",
    "dateFormat": "yyyy-MM-dd",
    "pageSize": "15",
}


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the first page of the label, or for the column's page (`/public/column/<organId>`)."""
    return [_label(channel.url, channel) if _LABEL in channel.url else Ask(channel.url)]


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of a fragment and, from the first page, the requests for all others.

    A column's page gives the request for the label's first page: it knows the site's id. A row states title and day,
    and where it is shown its index number (span.syh). Raises ListError for a fragment without rows that does not say
    that it has none, for a full one that tells no page count, and for a column's page without an id.
    """
    if _LABEL not in ask.url:
        return Listing(more=[_label(urljoin(ask.url, f"{_LABEL}?{_query(view, ask.url)}"), channel)])
    found = rows(view, parts(view, channel, ask.url))
    must_be_list(view, found, "no list of lonsun")
    count, total = told(view)
    size = page_of(ask, "pageSize", len(found))
    if count is None and total is None and len(found) >= size > 0:
        raise ListError("a full page does not tell how many there are (pageCount)")
    return Listing(found, rest(ask, _PAGE, max(count or 0, pages(total or 0, size))), total)


def _label(url: str, channel: Channel) -> Ask:
    """Return the request for a label's first page; what the address does not say already is added to it."""
    file = {"file": channel.options["file"]} if "file" in channel.options else {}
    return at_page(Ask(completed(url, {**DEFAULTS, **file})), _PAGE, 1)


def _query(view: View, url: str) -> str:
    """Return what a column's page says of itself: the site's id, the organ in its path, and its own query."""
    address = urlsplit(url)
    site = next((content for name, content, _ in view.meta if name == "siteid"), None) or _SITE.search(scripts(view))
    organ = re.search(r"/public/column/(\d+)", address.path)
    if site is None or organ is None:
        raise ListError("the column's page holds no site id (meta SiteId), or its address no /public/column/<organId>")
    return f"siteId={site if isinstance(site, str) else site[1]}&organId={organ[1]}&{address.query}".rstrip("&")
