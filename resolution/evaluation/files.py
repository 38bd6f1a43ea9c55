"""Files of labelled names and records: read strictly, so that a mistake in a file is told and not measured."""

import csv
from collections.abc import Iterator
from pathlib import Path

from schema.errors import InputError

DELIMITERS = ",;|%\t"


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the lines of a CSV file, with their numbers, as mappings; the named columns are there and filled.

    Raises InputError, with file and line, for what is missing.
    """
    reader = csv.DictReader(text(path).splitlines())
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"no column {missing[0]!r}", where=f"{path}:1", remedy=f"make the header {','.join(columns)}")
    for row in reader:
        empty = [name for name in columns if not (row[name] or "").strip()]
        if empty:
            where = f"{path}:{reader.line_num}"
            raise InputError(f"the cell {empty[0]!r} is empty", where=where, remedy="fill it, or take the row out")
        yield reader.line_num, {name: (value or "").strip() for name, value in row.items() if name}


def table(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of a file of records whose cells stand between commas, or ; | % or tabs.

    Raises InputError for a file without a header of several columns, and for a row with more cells than it.
    """
    lines = text(path).splitlines()
    head = lines[0] if lines else ""
    delimiter = max(DELIMITERS, key=head.count)
    if not head.count(delimiter):
        where, remedy = f"{path}:1", "name the columns in the first line, between commas"
        raise InputError("the file has no columns", where=where, remedy=remedy)
    reader = csv.DictReader(lines, delimiter=delimiter)
    found = []
    for row in reader:
        if None in row:
            remedy = "quote cells that hold the delimiter"
            raise InputError("the row has more cells than the header", where=f"{path}:{reader.line_num}", remedy=remedy)
        found.append({name: (value or "").strip() for name, value in row.items()})
    return list(reader.fieldnames or ()), found


def text(path: Path) -> str:
    """Return what a file says. Raises InputError for one that cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the file cannot be read: {error}", where=str(path), remedy="give a UTF-8 file") from error
