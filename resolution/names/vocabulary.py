"""The vocabularies of names under `data/names/`, read once and checked."""

import csv
import hashlib
from functools import lru_cache

from schema.errors import InputError
from schema.settings import settings


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return a hash of all vocabularies: another vocabulary may resolve the same mentions otherwise."""
    files = sorted((settings().data / "names").glob("*.csv"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


@lru_cache(maxsize=16)
def table(name: str, columns: tuple[str, ...], folder: str = "names") -> tuple[tuple[str, ...], ...]:
    """Return the rows of a vocabulary in a folder of `data`.

    Raises InputError with file and line for a row that does not fit.
    """
    path = settings().data / folder / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"the vocabulary cannot be read: {error}", where=str(path), remedy="restore it") from error
    if not rows or tuple(rows[0]) != columns:
        raise InputError("the header differs", where=f"{path}:1", remedy=f"make it {','.join(columns)}")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(columns) or not all(row):
            raise InputError("a cell is missing or empty", where=f"{path}:{number}", remedy="fill every cell")
    return tuple(tuple(row) for row in rows[1:])
