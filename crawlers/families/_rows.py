"""What list parsers share: a row's readings out of an HTML list item, and the normal form of what a row states."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from crawlers.addresses import absolute
from crawlers.families import Row
from crawlers.fields.labels import labels
from crawlers.lineartext import clean
from crawlers.sourcefile import Channel
from crawlers.view import Element, View
from schema.evidence import Origin, Reading, Span
from schema.types.document_number import DocumentNumber
from schema.types.partial_date import PartialDate

DATES = frozenset({"published_date", "written_date", "effective_date", "expiry_date"})
PROPERTIES = DATES | {"title", "doc_number", "index_number", "issuers", "subject", "validity"}
_CUT = re.compile(r"(…|\.\.\.|⋯)\s*$")
_TAG = re.compile(r"<[^<>]{1,200}>")
_NOTHING = frozenset({"", "null", "none", "undefined", "nan", "-", "--", "无", "/"})
_ITEM = {"li", "tr", "dd", "dt", "p", "div"}


def item_rows(view: View, channel: Channel, base: str) -> Iterator[Row]:
    """Yield a row for every link of the page to one of the channel's articles, in order, each address once."""
    seen: set[str] = set()
    if view.tree is None:
        return
    for link in view.tree.iter("a"):
        url = absolute(base, link.get("href") or "")
        if url is None or url in seen or not re.search(channel.article, url):
            continue
        seen.add(url)
        yield Row(url, readings(view, link))


def readings(view: View, link: Element) -> dict[str, Reading]:
    """Return what the item around a link says: its title, when it is printed in full, and its date."""
    found: dict[str, Reading] = {}
    start, end = view.span(link)
    title = view.text[start:end]
    if title and not _CUT.search(title):
        found["title"] = Reading(title.strip(), title, Origin.LIST_ROW, ((start, end),))
    item = next((up for up in link.iterancestors() if up.tag in _ITEM), None)
    if item is not None and len(item.findall(".//a")) == 1:
        low, high = view.span(item)
        for begin, stop in ((end, high), (low, start)):
            date = published(view.text, begin, stop)
            if date is not None:
                found["published_date"] = date
                break
    return found


def published(text: str, start: int, end: int) -> Reading | None:
    """Return the first full date in a part of the text as a reading, or None."""
    for date, low, high in PartialDate.find(text[start:end]):
        if date.precision == "day":
            span = (start + low, start + high)
            return Reading(str(date), text[span[0] : span[1]], Origin.LIST_ROW, (span,))
    return None


def stated(name: str, text: str, span: Span, said: Any = None) -> Reading | None:
    """Return what a row states of a property at a place of the text, or None when that is nothing.

    `said` is the value where the text prints it in another form (JSON with escapes, epoch seconds).
    """
    raw = text[slice(*span)]
    value = normal(name, raw if said is None else said)
    return None if value is None else Reading(value, raw, Origin.LIST_ROW, (span,))


def normal(name: str, said: Any) -> str | None:
    """Return the normal form of what a row says of a property; None for what says nothing, or is cut (…)."""
    if isinstance(said, bool):
        return None
    if name in DATES:
        return _date(said)
    value = clean(unescape(_TAG.sub("", str(said))))
    if value.lower() in _NOTHING or _CUT.search(value):
        return None
    if name == "doc_number":
        number = DocumentNumber.parse(value)
        return str(number) if number else None
    if name == "validity":
        return next((state for state, words in labels().validity.items() if any(w in value for w in words)), None)
    return None if name == "index_number" and not re.search(r"\d", value) else value


def _date(said: Any) -> str | None:
    text = str(said).strip()
    epoch = isinstance(said, int | float) or (text.isdecimal() and len(text) in (10, 13))
    date = PartialDate.from_epoch(float(said)) if epoch else PartialDate.parse(text)
    return str(date) if date else None
