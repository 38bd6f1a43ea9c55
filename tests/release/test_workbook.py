import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.columns import ATTRIBUTE, ENTITY, POLICY, RELATION, TABLES
from release.workbook import Workbook, loaded

ROWS = [{"id": f"sb-{n}", "kind": "policy", "name": f"名{n}", "aliases": ["乙", "甲"], "mentions": n} for n in range(9)]
ABOUT = {"version": "1", "as_of": "2023-10-23"}


def filled(path: Path, rows: list[dict[str, Any]]) -> Workbook:
    workbook = Workbook(path)
    workbook.add(ENTITY, rows)
    return workbook


@given(st.permutations(ROWS))
def test_the_digest_does_not_depend_on_the_order_of_the_rows(rows: list[dict[str, Any]]) -> None:
    with filled(Path(":memory:"), rows) as one, filled(Path(":memory:"), ROWS) as other:
        assert one.digest() == other.digest()
        assert [row[0] for row in one.rows(ENTITY)] == [row["id"] for row in ROWS]


@pytest.mark.parametrize(
    ("column", "value"), [("name", "名"), ("aliases", ["甲", "乙"]), ("mentions", 8), ("aliases", None)]
)
def test_the_digest_changes_with_every_cell(tmp_path: Path, column: str, value: Any) -> None:
    with filled(tmp_path / "a", ROWS) as one, filled(tmp_path / "b", [ROWS[0] | {column: value}, *ROWS[1:]]) as other:
        assert one.digest() != other.digest()


def test_equal_content_is_saved_as_equal_bytes_whatever_was_written_when(tmp_path: Path) -> None:
    shuffled = random.Random(1).sample(ROWS, len(ROWS))
    with filled(tmp_path / "a", ROWS) as one, filled(tmp_path / "b", shuffled) as other:
        other.add(POLICY, [{"id": "sb-x", "title": "题"}])
        one.add(POLICY, [{"id": "sb-x", "title": "题"}])
        one.save_as(tmp_path / "one.sqlite", ABOUT)
        other.save_as(tmp_path / "other.sqlite", dict(reversed(ABOUT.items())))
        one.save_as(tmp_path / "again.sqlite", ABOUT)
    bytes_of = [(tmp_path / f"{name}.sqlite").read_bytes() for name in ("one", "other", "again")]
    assert len(set(bytes_of)) == 1


def test_a_saved_file_holds_the_tables_their_dictionary_and_what_it_is_about(tmp_path: Path) -> None:
    with filled(tmp_path / "a", ROWS) as workbook:
        workbook.save_as(tmp_path / "saved.sqlite", ABOUT)
    with closing(sqlite3.connect(tmp_path / "saved.sqlite")) as saved:
        assert dict(saved.execute("SELECT * FROM about")) == ABOUT
        assert saved.execute("SELECT count(*) FROM entity").fetchone() == (9,)
        described = saved.execute("SELECT table_name, column_name, zh, en FROM dictionary").fetchall()
        assert [row[:2] for row in described] == [(t.name, c.name) for t in TABLES for c in t.columns]
        assert all(zh and en for _, _, zh, en in described)
        assert saved.execute("SELECT count(*) FROM attribute_shown").fetchone() == (0,)
        assert saved.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_equal_row_added_again_stays_as_it_is(tmp_path: Path) -> None:
    with filled(tmp_path / "a", ROWS) as workbook:
        before = workbook.digest()
        workbook.add(ENTITY, [ROWS[0] | {"name": "另"}])
        assert (workbook.digest(), workbook.count(ENTITY)) == (before, 9)


def test_values_come_back_as_they_were(tmp_path: Path) -> None:
    tie = {
        "id": "tie-1",
        "type": "investment",
        "subject_id": "a",
        "object_id": "b",
        "amount": {"low": 1.5},
        "undirected": False,
    }
    with Workbook(tmp_path / "a") as workbook:
        workbook.add(RELATION, [tie])
        (row,) = workbook.rows(RELATION)
    values = {c.name: loaded(c, v) for c, v in zip(RELATION.columns, row, strict=True)}
    assert {name: value for name, value in values.items() if value is not None} == tie


def test_every_table_has_a_key_among_its_columns_and_no_column_twice() -> None:
    for table in TABLES:
        assert set(table.key) <= set(table.names)
        assert len(set(table.names)) == len(table.names)
    assert len({table.name for table in TABLES}) == len(TABLES)
    assert ATTRIBUTE.key == ("entity_id", "property", "rank", "ordinal")
