"""The workbook: all published tables in one SQLite file, from which every other format is written."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from release.columns import TABLES, Column, Table
from schema.ids import canonical_json

SQL_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
STRUCTURED = ("list", "object")
BATCH = 1_000


class Workbook:
    """A SQLite file with the published tables; rows may come in any order, reading is in the order of the keys."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(path)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        for table in TABLES:
            self._db.execute(_create(table))

    def add(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows; one that is there already (an equal tie of another page) stays as it is."""
        marks = ", ".join("?" for _ in table.columns)
        self._db.executemany(
            f"INSERT OR IGNORE INTO {table.name} VALUES ({marks})",
            ([_stored(column, row.get(column.name)) for column in table.columns] for row in rows),
        )

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """Yield a table's rows in the order of its key; lists and objects are JSON text."""
        order = ", ".join(table.key)
        yield from self._db.execute(f"SELECT * FROM {table.name} ORDER BY {order}")

    def count(self, table: Table) -> int:
        """Return how many rows a table has."""
        return int(self._db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a question."""
        return self._db.execute(sql, values).fetchall()

    def digest(self) -> str:
        """Return the sha256 over all rows: equal for equal content, whatever the file format."""
        whole = hashlib.sha256()
        for table in TABLES:
            whole.update(f"{table.name} {','.join(table.names)}\n".encode())
            for row in self.rows(table):
                whole.update(canonical_json(row).encode() + b"\n")
        return whole.hexdigest()

    def save_as(self, path: Path, about: Mapping[str, str]) -> None:
        """Write the tables, in the order of their keys, with the dictionary and views, as a new file.

        The bytes depend on the content alone: rows are laid down in order, into a file that was never changed.
        """
        self._db.commit()
        with sqlite3.connect(path) as new:
            new.execute("PRAGMA page_size=4096")
            new.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
            new.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
            new.execute("CREATE TABLE dictionary (table_name TEXT, column_name TEXT, type TEXT, zh TEXT, en TEXT)")
            for table in TABLES:
                new.execute(_create(table))
                marks = ", ".join("?" for _ in table.columns)
                new.executemany(f"INSERT INTO {table.name} VALUES ({marks})", self.rows(table))
                new.executemany(
                    "INSERT INTO dictionary VALUES (?, ?, ?, ?, ?)",
                    [(table.name, c.name, c.type, c.zh, c.en) for c in table.columns],
                )
            new.executescript(VIEWS)
        new.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


VIEWS = """
CREATE VIEW relation_named AS
  SELECT r.*, s.name AS subject_name, s.kind AS subject_kind, o.name AS object_name, o.kind AS object_kind
  FROM relation r JOIN entity s ON s.id = r.subject_id JOIN entity o ON o.id = r.object_id;
CREATE VIEW attribute_shown AS SELECT * FROM attribute WHERE rank = 0;
CREATE INDEX relation_subject ON relation (subject_id);
CREATE INDEX relation_object ON relation (object_id);
"""


def _create(table: Table) -> str:
    columns = ", ".join(f"{c.name} {SQL_TYPES.get(c.type, 'TEXT')}" for c in table.columns)
    return f"CREATE TABLE {table.name} ({columns}, PRIMARY KEY ({', '.join(table.key)}))"


def _stored(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.type in STRUCTURED:
        return canonical_json(value)
    return int(value) if column.type == "boolean" else value


def loaded(column: Column, value: Any) -> Any:
    """Return a stored value as Python's own: lists and objects parsed, booleans true or false."""
    if value is None:
        return None
    if column.type in STRUCTURED:
        return json.loads(value)
    return bool(value) if column.type == "boolean" else value
