"""Evidence: a value as it was read, and the place in a document that says so.

Every coordinate is a character offset into `document.text`, the text that `crawlers.view` makes of
the archived bytes; slicing it again from the archive must give the quotation back.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Span = tuple[int, int]


class Origin(StrEnum):
    """Where on a page a value stood, in the order of trust (the first wins)."""

    LIST_ROW = "list_row"
    TABLE = "table"
    META = "meta"
    URL = "url"
    NOTE = "note"  # 题注, the note under a regulation's title
    SIGNATURE = "signature"  # 落款
    TITLE = "title"
    BODY = "body"
    ATTACHMENT = "attachment"  # a file that hangs on the page


@dataclass(frozen=True, slots=True)
class Reading:
    """One value read at one place.

    `value` is the normal form (what JSON can hold), `raw` the string as printed, `spans` where it stands
    in the document's text. `document` is the sha256 of another document than the page itself (a list
    page); with origin URL the spans index the page's address instead of its text.
    """

    value: Any
    raw: str
    origin: Origin
    spans: tuple[Span, ...] = ()
    document: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # Thousands pass between processes; a dataclass's own way to be pickled is slower.
        return Reading, (self.value, self.raw, self.origin, self.spans, self.document)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places of one page that disagree on a property; the winner is kept, the loser remembered."""

    property: str
    winner: Reading
    loser: Reading


@dataclass(slots=True)
class Extraction:
    """What a page module read from one document: pure, and the same for the same bytes and address.

    `fields` maps a property of `release/columns.py` to its readings: one for a single value, several for a list,
    none when the page does not say. `warnings` holds (code, detail) pairs, such as an unknown label. Of a page
    that lists many things each has an `item`, a key that stays while its row moves; a page of one thing has "".
    """

    kind: str
    fields: dict[str, list[Reading]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    item: str = ""

    def value(self, name: str) -> Any:
        """Return the first reading's value of a property, or None."""
        readings = self.fields.get(name)
        return readings[0].value if readings else None

    def values(self, name: str) -> list[Any]:
        """Return all values of a list property, in the page's order."""
        return [reading.value for reading in self.fields.get(name, [])]


def quote(text: str, spans: tuple[Span, ...] | list[Span]) -> str:
    """Return what the spans of `text` say; several spans are joined by a line break."""
    return "\n".join(text[start:end] for start, end in spans)
