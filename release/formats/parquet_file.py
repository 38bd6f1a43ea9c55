"""Parquet: typed columns, each with its meaning in Chinese and English in the file itself."""

from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from release.columns import Column, Table
from release.workbook import Workbook, loaded

TYPES = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
ROWS = 10_000  # rows of one group: what is held in memory


def write(workbook: Workbook, table: Table, path: Path) -> None:
    """Write a table in groups of 10,000 rows. Lists, objects and dates (which may be partial) are text."""
    schema = pa.schema([_field(column) for column in table.columns])
    rows = workbook.rows(table)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(rows, ROWS)):
            columns = [
                pa.array([_typed(column, row[n]) for row in batch], type=schema.field(n).type)
                for n, column in enumerate(table.columns)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _field(column: Column) -> Any:
    return pa.field(column.name, TYPES.get(column.type, pa.string()), metadata={"zh": column.zh, "en": column.en})


def _typed(column: Column, value: Any) -> Any:
    return loaded(column, value) if column.type == "boolean" else value
