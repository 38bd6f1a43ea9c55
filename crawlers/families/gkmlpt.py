"""The open-government catalogue of Guangdong (政府信息公开目录平台): JSON lists behind `/gkmlpt/index`."""

import re
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from crawlers.addresses import absolute
from crawlers.families import MAX_LIST_PAGES, Ask, ListError, Listing, Row
from crawlers.jsonplaces import Placed, parse
from crawlers.sourcefile import Channel
from crawlers.view import View
from schema.evidence import Origin, Reading
from schema.types.document_number import DocumentNumber
from schema.types.partial_date import PartialDate

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
    scripts = [] if view.tree is None else [s.text or "" for s in view.tree.iter("script")]
    found = next((m for text in scripts if (m := _SID.search(text))), None)
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
    for key, name in (("title", "title"), ("identifier", "index_number"), ("publisher", "issuers")):
        _add(readings, name, article.get(key), text, lambda value: value.strip())
    _add(readings, "doc_number", article.get("document_number"), text, _number)
    _add(readings, "published_date", article.get("display_publish_time"), text, _date)
    for key, meaning in (("is_abolished", "repealed"), ("is_expired", "expired")):
        flag = article.get(key)
        if isinstance(flag, Placed) and flag.value in (1, True, "1") and "validity" not in readings:
            readings["validity"] = _reading(meaning, flag, text)
    return Row(url, readings)


def _add(readings: dict[str, Reading], name: str, placed: Any, text: str, normal: Any) -> None:
    if isinstance(placed, Placed) and placed.value not in (None, ""):
        value = normal(placed.value)
        if value:
            readings[name] = _reading(value, placed, text)


def _reading(value: Any, placed: Placed, text: str) -> Reading:
    start, end = placed.span
    return Reading(value, text[start:end], Origin.LIST_ROW, ((start, end),))


def _number(value: str) -> str | None:
    number = DocumentNumber.parse(value)
    return str(number) if number else None


def _date(value: Any) -> str | None:
    date = PartialDate.from_epoch(value) if isinstance(value, int | float) else PartialDate.parse(str(value))
    return str(date) if date else None
