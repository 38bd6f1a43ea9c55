import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.columns import ENTITY, POLICY, RELATION, TABLES, Table
from release.formats import csv_file, parquet_file
from release.workbook import Workbook, loaded

text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
DUCKDB = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def entity(name: str) -> dict[str, Any]:
    return {"id": "sb-1", "kind": "policy", "name": name, "aliases": [name], "mentions": 1}


def reread(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@given(text | st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '"', "a,b", "a\r\nb", "'", "＝1"]))
def test_csv_is_read_back_as_it_was_and_never_runs_as_a_formula(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "entity.csv"
    with Workbook(Path(":memory:")) as workbook:
        workbook.add(ENTITY, [entity(name)])
        csv_file.write(workbook, ENTITY, path)
    header, row = reread(path)
    assert header == ENTITY.names
    cell = row[2]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (name, f"'{name}")
    assert json.loads(row[3]) == [name]


def test_a_negative_number_in_csv_stays_a_number(tmp_path: Path) -> None:
    with Workbook(tmp_path / "w") as workbook:
        workbook.add(POLICY, [{"id": "sb-1", "ai_relevance": -0.5}])
        csv_file.write(workbook, POLICY, tmp_path / "policy.csv")
    assert reread(tmp_path / "policy.csv")[1][POLICY.names.index("ai_relevance")] == "-0.5"


def filled(path: Path) -> Workbook:
    workbook = Workbook(path)
    workbook.add(ENTITY, [entity("名\n=1") | {"id": f"sb-{n}", "mentions": n} for n in (2, 1)])
    workbook.add(
        POLICY, [{"id": "sb-1", "title": "题", "written_date": "2023-10", "ai_relevance": 0.25, "issuers": ["省政府"]}]
    )
    tie = {"id": "tie-1", "type": "issued_by", "subject_id": "sb-1", "object_id": "sb-2", "undirected": False}
    workbook.add(RELATION, [tie])
    return workbook


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_parquet_has_the_declared_types_for_every_reader_and_a_dictionary_inside(tmp_path: Path, table: Table) -> None:
    path = tmp_path / f"{table.name}.parquet"
    with filled(tmp_path / "w") as workbook:
        parquet_file.write(workbook, table, path)
        rows = [
            tuple(loaded(c, v) if c.type == "boolean" else v for c, v in zip(table.columns, r, strict=True))
            for r in workbook.rows(table)
        ]
    schema = pq.read_schema(path)
    assert schema.names == table.names
    assert [schema.field(c.name).metadata for c in table.columns] == [
        {b"zh": c.zh.encode(), b"en": c.en.encode()} for c in table.columns
    ]
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
    assert {row[0]: row[1] for row in described} == {c.name: DUCKDB.get(c.type, "VARCHAR") for c in table.columns}
    assert duckdb.sql(f"SELECT * FROM '{path}'").fetchall() == rows
    assert [tuple(row.values()) for row in pq.read_table(path).to_pylist()] == rows


def test_more_rows_than_a_group_holds_are_all_written_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "ROWS", 3)
    with Workbook(tmp_path / "w") as workbook:
        workbook.add(ENTITY, [entity("名") | {"id": f"sb-{n}"} for n in range(7)])
        parquet_file.write(workbook, ENTITY, tmp_path / "entity.parquet")
    assert pq.ParquetFile(tmp_path / "entity.parquet").num_row_groups == 3
    assert pq.read_table(tmp_path / "entity.parquet")["id"].to_pylist() == [f"sb-{n}" for n in range(7)]


@pytest.mark.parametrize(("module", "ending"), [(csv_file, "csv"), (parquet_file, "parquet")])
def test_equal_tables_are_equal_bytes(tmp_path: Path, module: Any, ending: str) -> None:
    for name in ("one", "two"):
        with filled(tmp_path / f"{name}.w") as workbook:
            module.write(workbook, ENTITY, tmp_path / f"{name}.{ending}")
    assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()
