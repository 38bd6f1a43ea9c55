"""What HTML lists share: the part of the page around each article's link, and all that this part states."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from crawlers.addresses import absolute
from crawlers.families import Row
from crawlers.families._rows import DATES, PROPERTIES, published, stated
from crawlers.fields.labels import labels
from crawlers.sourcefile import Channel
from crawlers.view import Element, View
from schema.evidence import Reading, Span
from schema.types.document_number import DocumentNumber
from schema.types.partial_date import PartialDate

CLASSES = {"syh": "index_number", "wh": "doc_number", "fwzh": "doc_number", "wenhao": "doc_number"}
_STOP = frozenset({"body", "html", "form"})
_CELLS = frozenset({"td", "th"})
_CLIMB = 4  # steps from a lone link to the part that also has its day
_HEADS = 3  # rows of a table among which its head stands


class Part(NamedTuple):
    """A link to an article and the largest part of the page that has no link to another one."""

    url: str
    link: Element
    block: Element


def parts(view: View, channel: Channel, base: str) -> list[Part]:
    """Return the links of the page to the channel's articles with their parts, in the page's order."""
    links = []
    for link in [] if view.tree is None else view.tree.iter("a"):
        url = absolute(base, link.get("href") or "")
        if url is not None and re.search(channel.article, url):
            links.append((url, link))
    held: dict[Element, set[str]] = {}
    for url, link in links:
        for above in link.iterancestors():
            held.setdefault(above, set()).add(url)
    alone = len({url for url, _ in links}) == 1
    return [Part(url, link, _lone(view, link) if alone else _block(link, held)) for url, link in links]


def rows(view: View, found: Iterable[Part], attributes: Mapping[str, str] | None = None) -> list[Row]:
    """Return a row for each address; of several links to it, the one whose part states more speaks."""
    best: dict[str, Row] = {}
    for part in found:
        row = Row(part.url, says(view, part, attributes or {}))
        if part.url not in best or len(row.readings) > len(best[part.url].readings):
            best[part.url] = row
    return list(best.values())


def says(view: View, part: Part, attributes: Mapping[str, str]) -> dict[str, Reading]:
    """Return what a part states: by its table's head, by labels, by classes, by the link's attributes, by form.

    An attribute counts only where the part also shows its value: a coordinate points to what is shown.
    """
    place = _title(view, part.link)
    title = stated("title", view.text, place)
    spans = [span for span in view.lines_of([view.span(part.block)]) if span[0] < span[1]]
    taken = [place]
    said: dict[str, Reading] = {}
    places = (_columns, _labelled, _classed, _numbers)
    for name, span in (
        *(found for place in places for found in place(view, part)),
        *_attributes(view, part, attributes),
    ):
        narrow = _narrow(name, view.text, span)
        reading = stated(name, view.text, narrow) if name in PROPERTIES and narrow else None
        if reading is not None and name not in said and (name == "title" or not _overlaps(reading.spans, taken)):
            said[name] = reading
            taken += reading.spans
    if title is not None:
        said["title"] = title
    free = [piece for span in spans for piece in _without(span, taken)]
    day = next((date for piece in free if (date := published(view.text, *piece))), None)
    if day is not None:
        said.setdefault("published_date", day)
    return said


def _title(view: View, link: Element) -> Span:
    """Return where the link's title stands: its text without a day that stands inside the link."""
    start, end = view.span(link)
    for inner in link.iterdescendants():
        low, high = view.span(inner)
        if low < high and PartialDate.parse(view.text[low:high]):
            start, end = (high, end) if low == start else (start, min(end, low))
    return _narrow("title", view.text, (start, end)) or (start, start)


def _block(link: Element, held: Mapping[Element, set[str]]) -> Element:
    block = link
    for above in link.iterancestors():
        if above.tag in _STOP or len(held[above]) > 1:
            break
        block = above
    return block


def _lone(view: View, link: Element) -> Element:
    """Return the part around the only link of a page: up to where a day stands, else the nearest item."""
    for above in islice(link.iterancestors(), _CLIMB):
        if above.tag in _STOP:
            break
        if any(published(view.text, *piece) for piece in _without(view.span(above), [view.span(link)])):
            return next((up for up in above.iterancestors("tr")), above) if above.tag in _CELLS else above
    return next((up for up in link.iterancestors("tr", "li", "dd", "p")), link)


def _columns(view: View, part: Part) -> Iterator[tuple[str, Span]]:
    """Yield the cells of a table's row under heads that are labels."""
    row = part.block if part.block.tag == "tr" else next(part.link.iterancestors("tr"), None)
    table = None if row is None else next(row.iterancestors("table"), None)
    if row is None or table is None:
        return
    for head in islice(table.iter("tr"), _HEADS):
        names = [labels().get(view.said(cell)) for cell in _cells(head)]
        if head is not row and sum(name is not None for name in names) >= 2:
            for name, cell in zip(names, _cells(row), strict=False):
                if name is not None and name.property != "title":
                    yield name.property, view.span(cell)
            return


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in _CELLS]


def _labelled(view: View, part: Part) -> Iterator[tuple[str, Span]]:
    """Yield what stands behind a label and a colon, up to the next label or the line's end."""
    for start, end in view.lines_of([view.span(part.block)]):
        found = list(labels().inline.finditer(view.text, start, end))
        for match, stop in zip(found, [*(after.start() for after in found[1:]), end], strict=False):
            label = labels().get(match["label"])
            tab = view.text.find("\t", match.end(), stop)
            if label is not None and label.property != "title":
                yield label.property, (match.end(), stop if tab < 0 else tab)


def _classed(view: View, part: Part) -> Iterator[tuple[str, Span]]:
    for element in part.block.iter():
        for token in (element.get("class") or "").lower().split():
            if token in CLASSES and view.span(element)[0] < view.span(element)[1]:
                yield CLASSES[token], view.span(element)


def _numbers(view: View, part: Part) -> Iterator[tuple[str, Span]]:
    """Yield the elements that hold a document number and nothing else."""
    for element in part.block.iter():
        low, high = view.span(element)
        if low < high <= low + 60 and element is not part.link and DocumentNumber.parse(view.text[low:high]):
            yield "doc_number", (low, high)


def _attributes(view: View, part: Part, attributes: Mapping[str, str]) -> Iterator[tuple[str, Span]]:
    low, high = view.span(part.block)
    for attribute, name in attributes.items():
        value = (part.link.get(attribute) or "").strip()
        at = view.text.find(value, low, high) if value else -1
        if at >= 0:
            yield name, (at, at + len(value))


def _narrow(name: str, text: str, span: Span) -> Span | None:
    """Return the span without white space at its ends; of a date's field, only the date."""
    if name in DATES:
        found = next(iter(PartialDate.find(text[slice(*span)])), None)
        return (span[0] + found[1], span[0] + found[2]) if found else None
    raw = text[slice(*span)]
    start = span[0] + len(raw) - len(raw.lstrip())
    return (start, start + len(raw.strip())) if raw.strip() else None


def _overlaps(spans: Iterable[Span], taken: list[Span]) -> bool:
    return any(low < end and start < high for low, high in spans for start, end in taken)


def _without(span: Span, taken: list[Span]) -> list[Span]:
    """Return the pieces of a span that are not taken, in order."""
    pieces, at = [], span[0]
    for start, end in sorted(taken):
        if start < span[1] and end > at:
            pieces.append((at, start))
            at = max(at, end)
    return [(low, high) for low, high in [*pieces, (at, span[1])] if low < high]
