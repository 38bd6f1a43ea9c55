"""CSV: UTF-8, one header row, RFC 4180, safe to open in a spreadsheet."""

import csv
from pathlib import Path
from typing import Any

from release.columns import Table
from release.workbook import Workbook

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(workbook: Workbook, table: Table, path: Path) -> None:
    """Write a table. Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.names)
        for row in workbook.rows(table):
            writer.writerow([_safe(value) for value in row])


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
