"""What the places of a policy page say of each property, in the order of trust."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from crawlers.fields import dates, embedded, issuers, metadata, note, numbers, relations, signature, title
from crawlers.fields.labels import labels
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Conflict, Origin, Reading, Span
from schema.types.partial_date import PartialDate

DATES = ("written_date", "published_date", "effective_date", "expiry_date")
LINES_ABOVE = 6
LINES_BELOW = 6
HEAD_LINES = 12  # of a text, among which its number stands


class Readings:
    """The readings of each property, in the order of trust; the first wins."""

    def __init__(self) -> None:
        self._found: dict[str, list[list[Reading]]] = {}

    def add(self, name: str, values: list[Reading]) -> None:
        """Add what one place says, unless it says nothing."""
        if values:
            self._found.setdefault(name, []).append(values)

    def prefer(self, name: str, values: list[Reading]) -> None:
        """Add what is trusted before all that was found so far."""
        self._found.setdefault(name, []).insert(0, values)

    def first(self, name: str) -> Reading | None:
        """Return the winning reading of a property so far."""
        return self._found[name][0][0] if name in self._found else None

    def own(self, name: str) -> Reading | None:
        """Return what the page itself says first of a property, the list row left aside."""
        readings = (place[0] for place in self._found.get(name, ()))
        return next((reading for reading in readings if reading.document is None), None)

    def winners(self) -> dict[str, list[Reading]]:
        """Return what the most trusted place says of each property."""
        return {name: places[0] for name, places in self._found.items()}

    def conflicts(self) -> list[Conflict]:
        """Return the places that contradict the winner; a coarser date or a longer name does not."""
        return [
            Conflict(name, places[0][0], place[0])
            for name, places in self._found.items()
            if name != "source"
            for place in places[1:]
            if not _agree(name, places[0], place)
        ]


def _agree(name: str, winner: list[Reading], loser: list[Reading]) -> bool:
    left, right = str(winner[0].value), str(loser[0].value)
    if name in DATES:
        return left.startswith(right) or right.startswith(left)
    if name in ("title", "issuers"):
        one, other = title.squeezed(left), title.squeezed(right)
        return one in other or other in one
    return title.squeezed(left) == title.squeezed(right)


def from_blocks(view: View, blocks: Iterable[metadata.Block], readings: Readings) -> None:
    """Add the values of the metadata tables: whole tables first, then by the order of the labels."""
    ranked: list[tuple[bool, int, int, metadata.Pair]] = []
    for block in blocks:
        alone = not block.is_table
        ranked += [(alone, pair.label.rank, pair.span[0], pair) for pair in block.pairs]
    for _, _, _, pair in sorted(ranked, key=lambda item: item[:3]):
        if pair.label.property and pair.value:
            readings.add(pair.label.property, _values(view, pair.label.property, pair.span, Origin.TABLE))


def _values(view: View, name: str, span: Span, origin: Origin) -> list[Reading]:
    """Return the readings of a property's field: a date, a number, agencies, or the string as printed."""
    if name in DATES:
        date = dates.reading(view, span, origin)
        return [date] if date else []
    if name == "doc_number" and (number := numbers.reading(view, span, origin)):
        return [number]
    if name == "issuers":
        return issuers.split(view, span, origin)
    raw = view.text[slice(*span)]
    if name in ("doc_number", "index_number") and not re.search(r"\d", raw):
        return []  # 字号：[大] [中] [小] is the size of the letters
    if not re.search(r"\w", raw) or (name == "title" and len(raw) < 4):
        return []
    return [Reading(re.sub(r"[\n\t]+", "", raw).strip(), raw, origin, (span,))]


def from_data(view: View, readings: Readings) -> Reading | None:
    """Add the values of JSON; return the text if it is in there. A list of documents is no record."""
    if not view.data:
        return None
    found = list(embedded.values(view))
    names = {label.property for label, _, _ in found}
    if len(names) < 3 or not names & {"doc_number", "index_number", "issuers", "written_date"}:
        return None
    titles = {value for label, value, _ in found if label.property == "title"}
    if len(titles) > 1 and view.media == "json":
        raise NotARecord(f"a list of {len(titles)} documents")
    if len(titles) > 1:
        return None
    text: Reading | None = None
    for label, value, span in sorted(found, key=lambda item: item[0].rank):
        raw = view.text[slice(*span)]
        name = label.property
        if name == "text":
            said = "\n".join(View.of(str(value).encode(), "", "text/html; charset=utf-8").text.split("\n"))
            text = text or Reading(said, raw, Origin.BODY, (span,))
        elif name in DATES:
            date = PartialDate.from_epoch(value) if isinstance(value, int | float) else _date(str(value))
            readings.add(name, [Reading(str(date), raw, Origin.TABLE, (span,))] if date else [])
        elif "\\" not in raw:
            readings.add(name, _values(view, name, span, Origin.TABLE))
        else:
            readings.add(name, [Reading(value, raw, Origin.TABLE, (span,))])
    return text


def _date(text: str) -> PartialDate | None:
    if text.isdecimal() and len(text) in (10, 13):
        return PartialDate.from_epoch(int(text))
    return PartialDate.parse(text)


def from_meta(view: View, readings: Readings) -> None:
    """Add the meta tags' title, day on the web and source, and the day in the address."""
    if (heading := title.in_meta(view)) is not None:
        readings.add("title", [heading])
    readings.add("published_date", dates.in_meta(view, "published_date")[:1])
    if (day := dates.in_url(view.url)) is not None:
        readings.add("published_date", [day])
    for name, content, span in view.meta:
        if name in labels().meta["issuers"] and issuers.is_organ(content):
            readings.add("issuers", issuers.split(view, span, Origin.META))
        if name in labels().meta["source"]:
            readings.add("source", [Reading(content, content, Origin.META, (span,))])


def _above(view: View, spans: tuple[Span, ...]) -> list[Span]:
    """Return the lines right above a text: some sites print the number between title and text."""
    if not spans:
        return []
    index = bisect_right(view.lines, (spans[0][0], 0))
    return view.lines[max(0, index - LINES_ABOVE) : index]


def _below(view: View, spans: tuple[Span, ...]) -> list[Span]:
    """Return the lines right below a text: where the names of its files come before its signature."""
    if not spans:
        return []
    index = bisect_right(view.lines, (spans[-1][1], 0))
    return view.lines[index : index + LINES_BELOW]


def _over_number(view: View, lines: list[Span], readings: Readings) -> list[Reading]:
    """Return the agencies that the head of a document (红头) prints on a line of their own over its number."""
    number = readings.own("doc_number")
    if number is None or not number.spans:
        return []
    above = [span for span in lines if span[1] <= number.spans[0][0]]
    for span in reversed(above[-4:]):
        said = view.text[slice(*span)].removesuffix("文件").rstrip()
        found = issuers.split(view, (span[0], span[0] + len(said)), Origin.BODY) if said else []
        if found and all(issuers.is_organ(one.raw) and len(one.raw) >= 4 for one in found):
            return found
    return []


def _prefer_all(signed: list[Reading], titled: list[Reading], readings: Readings) -> None:
    """Prefer who signs a document, or stands in its title, to a source that is one of them or has the office."""
    first = readings.own("issuers")
    if first is None or first.origin is not Origin.META:
        return
    for names in (signed, titled):
        said = [str(one.value) for one in names]
        is_office = any(re.fullmatch(f"{re.escape(str(first.value))}办公[厅室]", one) for one in said)
        if is_office or (len(said) > 1 and str(first.value) in said):
            readings.prefer("issuers", names)
            return


def from_text(view: View, heading: Reading, spans: tuple[Span, ...], readings: Readings) -> None:
    """Add what the title, the note under it, the closing clauses and the signature say."""
    lines = view.lines_of(spans)
    for name, reading in note.in_note(view, lines).items():
        readings.add(name, [reading])
    for number in (numbers.under_title(view, [*_above(view, spans), *lines[:HEAD_LINES]]), numbers.in_title(heading)):
        readings.add("doc_number", [number] if number else [])
    names, day = signature.read(view, [*lines, *_below(view, spans)])
    if not relations.is_explanation(heading.value):
        _prefer_all(names, issuers.in_title(heading), readings)
        readings.add("issuers", names)
        readings.add("issuers", issuers.in_title(heading))
        readings.add("issuers", _over_number(view, [*_above(view, spans), *lines[:HEAD_LINES]], readings))
        readings.add("written_date", [day] if day else [])
        if spans:
            area = spans[0][0], spans[-1][1]
            told = note.in_clauses(view, area, readings.first("published_date"), readings.first("written_date"))
            for name, reading in told.items():
                readings.add(name, [reading])
