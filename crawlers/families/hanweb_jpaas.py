"""Hanweb (大汉) jpaas: a gateway answers JSON that holds a unit's HTML, or the rows of the policy library (jpolicy)."""

import re
from dataclasses import replace

from crawlers.families import Ask, ListError, Listing, Row
from crawlers.families._json import Shape, at, first_request, listing, load
from crawlers.families._paging import at_page, check_answers, page_of, pages
from crawlers.families._source import row as source_row
from crawlers.jsonplaces import Placed, offsets
from crawlers.sourcefile import Channel
from crawlers.view import View

PAGE_SIZE = "15"
_PAGE = "pageNo"
_UNIT = "/page/build/unit"
_ITEM = re.compile(r"<(?:li|tr)\b", re.IGNORECASE)
_SAYS = r"\b{}\b[\"']?\s{{0,3}}[:=]\s{{0,3}}[\"']?(\d{{1,9}})"
_TOTAL, _NOW = (re.compile(_SAYS.format(name)) for name in ("count", _PAGE))
_POLICIES = Shape(
    items=("data.list", "data.bean.results", "data.records"),
    total=("data.total", "data.totalCount", "data.count", "total"),
    pages=("data.pages", "data.totalPage"),
    now=("data.pageNo",),
    page=_PAGE,
    address=("url", "/jpaas-jpolicy-web-server/front/info/detail?iid={iid}"),
)


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the first page; a unit is asked for `options.page_size` rows."""
    if _UNIT not in channel.url:
        return first_request(channel, _POLICIES.of(channel))
    if _PAGE in channel.url:
        return [at_page(Ask(channel.url), _PAGE, 1)]
    size = channel.options.get("page_size", PAGE_SIZE)
    return [Ask(f"{channel.url}&paramJson=%7B%22pageNo%22%3A1%2C%22pageSize%22%3A{size}%7D")]


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of a page and the request for the next one.

    A unit is asked page by page, each after the last: seen from abroad the gateway answers its first page for every
    page, and then one request tells. Raises ListError for that, and for an answer that is no list.
    """
    if _UNIT not in ask.url:
        return listing(view, ask, _POLICIES.of(channel))
    placed = at(load(view.text), "data.html")
    if not isinstance(placed, Placed) or not isinstance(placed.value, str):
        raise ListError("the answer has no HTML at data.html")
    html = placed.value
    total, now = (int(found[1]) if (found := pattern.search(html)) else None for pattern in (_TOTAL, _NOW))
    if total is None:
        raise ListError("the unit does not tell how many rows there are (count)")
    asked = page_of(ask, _PAGE)
    check_answers(asked, now)
    rows = _rows(html, view.text, offsets(view.text, placed.span), ask.url, channel)
    if total and not rows and asked == 1:
        raise ListError(f"the unit claims {total} rows and holds none")
    last = pages(total, page_of(ask, "pageSize", page_of(ask, "rows", len(rows) or 1)))
    return Listing(rows, [at_page(ask, _PAGE, asked + 1)] if rows and asked < last else [], total)


def _rows(html: str, text: str, places: list[int], base: str, channel: Channel) -> list[Row]:
    """Return the unit's rows, their places moved from its HTML into the answer's text."""
    starts = [match.start() for match in _ITEM.finditer(html)]
    found = []
    for start, end in zip(starts, [*starts[1:], len(html)], strict=False):
        row = source_row(html, start, end, base)
        if row is not None and re.search(channel.article, row.url):
            readings = {}
            for name, reading in row.readings.items():
                low, high = places[reading.spans[0][0]], places[reading.spans[0][1]]
                readings[name] = replace(reading, raw=text[low:high], spans=((low, high),))
            found.append(Row(row.url, readings))
    return found
