"""The open-government catalogue of Guangdong (政府信息公开目录平台): JSON lists behind `/gkmlpt/index`."""

import re
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from crawlers.addresses import absolute
from crawlers.families import MAX_LIST_PAGES, Ask, ListError, Listing, Row
from crawlers.families._pager import scripts
from crawlers.families._rows import stated
from crawlers.jsonplaces import Placed, parse
from crawlers.sourcefile import Channel
from crawlers.view import View
from schema.evidence import Origin, Reading

FIELDS = {
    "title": "title",
    "identifier": "index_number",
    "publisher": "issuers",
    "document_number": "doc_number",
    "display_publish_time": "published_date",
}
_SID = re.compile(r"[\"']?SID[\"']?\s*:\s*[\"']?(\d+)")


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the catalogue's index, which tells the site's number (SID)."""
    return [Ask(channel.url)]


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of a JSON page, or from the index the request for the first one.

    `options.category` is the catalogue's column. Raises ListError when the index has no SID, or the answer is no list.
    """
    if "/api/all/" not in ask.url:
        return Listing(more=[_page(ask.url, channel, _sid(view), 1)])
    try:
        answer = parse(view.text)
        articles, total = answer["articles"], int(answer["total"].value)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ListError(f"the answer is no gkmlpt list: {error}") from error
    rows = [row for article in articles if (row := _row(article, ask.url, view.text)) is not None]
    query = parse_qs(urlsplit(ask.url).query)
    more = []
    if query.get("page") == ["1"] and articles:
        pages = min(-(-total // len(articles)), MAX_LIST_PAGES)
        more = [_page(ask.url, channel, query["sid"][0], n) for n in range(2, pages + 1)]
    return Listing(rows, more, total)


def _sid(view: View) -> str:
    found = _SID.search(scripts(view))
    if found is None:
        raise ListError("the index holds no window._CONFIG with a SID")
    return found[1]


def _page(base: str, channel: Channel, sid: str, number: int) -> Ask:
    category = channel.options.get("category", "")
    return Ask(urljoin(base, f"/gkmlpt/api/all/{category}?page={number}&sid={sid}"))


def _row(article: dict[str, Any], base: str, text: str) -> Row | None:
    address = article.get("url")
    url = absolute(base, str(address.value)) if isinstance(address, Placed) and address.value else None
    if url is None:
        return None
    readings: dict[str, Reading] = {}
    for key, name in FIELDS.items():
        placed = article.get(key)
        if isinstance(placed, Placed) and placed.value is not None:
            reading = stated(name, text, placed.span, placed.value)
            readings |= {} if reading is None else {name: reading}
    for key, meaning in (("is_abolished", "repealed"), ("is_expired", "expired")):
        flag = article.get(key)
        if isinstance(flag, Placed) and flag.value in (1, True, "1") and "validity" not in readings:
            raw = text[slice(*flag.span)]
            readings["validity"] = Reading(meaning, raw, Origin.LIST_ROW, (flag.span,))
    return Row(url, readings)
