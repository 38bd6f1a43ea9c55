"""Which page says so? From a published cell to the record, the span, the document, and its archived bytes."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from release.build import DATABASE
from release.columns import RELATION, WIDE
from schema.errors import InputError
from schema.evidence import Origin, quote


@dataclass(frozen=True, slots=True)
class Link:
    """One place that a cell was read from."""

    cell: str
    value: Any
    raw: str
    origin: str
    rule: str
    source_id: str
    record_id: str
    url: str
    document_sha256: str
    spans: tuple[tuple[int, int], ...]

    def holds(self, text: str) -> bool:
        """Say whether the spans of the text (of the address, for what was read from the address) give `raw` back."""
        return bool(self.spans) and quote(self.url if self.origin == Origin.URL else text, self.spans) == self.raw


def trace(folder: Path, cell: str) -> list[Link]:
    """Return the places of a cell of the release in `folder`: ENTITY/PROPERTY, ENTITY/PROPERTY/N or TIE/PROPERTY.

    What is shown comes first; of an attribute, what lost to it follows with its rank. Raises InputError for a
    cell that the release does not have.
    """
    row, _, rest = cell.partition("/")
    name, _, ordinal = rest.partition("/")
    with closing(_open(folder)) as database:
        links = list(_relation(database, row, name) if row.startswith("tie-") else _attribute(database, row, name))
        if not links:
            raise InputError(f"the release has no cell {cell}", where=folder.name, remedy=_remedy(database, row))
    if ordinal:
        links = [link for link in links if link.cell.rsplit("/", 1)[1] == ordinal]
        if not links:
            raise InputError(f"{row}/{name} has no member {ordinal}", where=folder.name, remedy="count from 0")
    return links


def cells(folder: Path) -> Iterator[Link]:
    """Yield the places of every cell that the release shows: all attributes of rank 0, all cells of relations."""
    with closing(_open(folder)) as database:
        for row in database.execute("SELECT * FROM attribute WHERE rank = 0 ORDER BY entity_id, property, ordinal"):
            yield _attribute_link(row)
        for row in database.execute(_RELATION_SQL):
            yield _relation_link(row)


@dataclass(slots=True)
class Audit:
    """How many cells were traced, how many gave their quotation back, and the first that did not."""

    cells: int = 0
    traced: int = 0
    failures: list[str] | None = None


def audit(folder: Path, text_of: Callable[[str], str], step: Callable[[int], None] = lambda _: None) -> Audit:
    """Trace every cell; `text_of` gives the text of an archived document by its sha256, read from the bytes."""
    result = Audit(failures=[])
    texts: dict[str, str] = {}
    for link in cells(folder):
        result.cells += 1
        if link.document_sha256 not in texts:
            if len(texts) > 500:
                texts.clear()
            texts[link.document_sha256] = text_of(link.document_sha256)
        if link.holds(texts[link.document_sha256]):
            result.traced += 1
        elif result.failures is not None and len(result.failures) < 20:
            result.failures.append(link.cell)
        if result.cells % 500 == 0:
            step(result.cells)
    return result


def _open(folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"file:{folder / DATABASE}?mode=ro&immutable=1", uri=True)
    database.row_factory = sqlite3.Row
    return database


def _attribute(database: sqlite3.Connection, entity: str, name: str) -> Iterator[Link]:
    rows = database.execute(
        "SELECT * FROM attribute WHERE entity_id = ? AND property = ? ORDER BY rank, ordinal",
        (_present(database, entity), name),
    )
    return (_attribute_link(row) for row in rows)


def _present(database: sqlite3.Connection, entity: str) -> str:
    """Return the id that an id redirects to, or the id itself."""
    redirect = database.execute("SELECT to_id FROM redirect WHERE from_id = ?", (entity,)).fetchone()
    return str(redirect["to_id"]) if redirect else entity


def _attribute_link(row: sqlite3.Row) -> Link:
    return Link(
        f"{row['entity_id']}/{row['property']}/{row['ordinal']}",
        row["value"],
        row["raw"],
        row["origin"],
        row["rule"] if row["rank"] == 0 else f"lost, rank {row['rank']}",
        row["source_id"],
        row["record_id"],
        row["url"],
        row["document_sha256"],
        _spans(row["spans"]),
    )


_RELATION_SQL = """
SELECT r.*, e.* FROM relation r JOIN relation_evidence e ON e.relation_id = r.id
ORDER BY r.id, e.record_id, e.property
"""


def _relation(database: sqlite3.Connection, tie: str, name: str) -> Iterator[Link]:
    rows = database.execute(_RELATION_SQL.replace("ORDER", "WHERE r.id = ? AND e.property = ? ORDER"), (tie, name))
    return (_relation_link(row) for row in rows)


def _relation_link(row: sqlite3.Row) -> Link:
    return Link(
        f"{row['relation_id']}/{row['property']}",
        row[row["property"]] if row["property"] in RELATION.names else None,
        row["raw"],
        row["origin"],
        "stated",
        row["source_id"],
        row["record_id"],
        row["url"],
        row["document_sha256"],
        _spans(row["spans"]),
    )


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in json.loads(text))


def _remedy(database: sqlite3.Connection, row: str) -> str:
    if row.startswith("tie-"):
        return f"columns of a tie: {', '.join(RELATION.names)}"
    found = database.execute("SELECT kind FROM entity WHERE id = ?", (_present(database, row),)).fetchone()
    if found is None:
        return "give ENTITY/PROPERTY, such as sb-…/title; ids are in entity.csv"
    columns = WIDE[found["kind"]].names[1:] if found["kind"] in WIDE else []
    return f"a {found['kind']} has: {', '.join(columns)} (an empty cell has no place)"
