"""Records as the engine sees them: columns of numbers, and the numbers of several columns together."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numba import njit
from numpy.typing import NDArray

from resolution.matching.columns import MISSING, Column
from schema.errors import InputError

FEW_BYTES = 4  # a value, of a column whose values come again and again
BITS = 63  # of a number that is sorted
_NONE = np.zeros(0, dtype=np.int32)
THREADS = 2  # columns that are read, and rules whose keys are numbered, at a time


@dataclass(frozen=True)
class Table:
    """N records with their columns; `sources` int32 (N,) names the table that each is from, or is empty."""

    columns: Mapping[str, Column]
    size: int
    sources: NDArray[np.int32] | None = None

    @classmethod
    def of(cls, records: pa.Table, columns: Sequence[str], *, source: str | None = None) -> "Table":
        """Return the named columns of a table. Raises InputError for a column that is not there."""
        return cls._made(lambda name: Column.of(records[name]), records.column_names, columns, source)

    @classmethod
    def read(cls, path: Path, columns: Sequence[str], *, source: str | None = None) -> "Table":
        """Return the named columns of a Parquet file. Raises InputError for a column that is not there."""

        file = pq.ParquetFile(path)
        coded = _coded(file.metadata)

        def read(name: str) -> Column:
            kept = [name] if name in coded else []
            return Column.of(pq.read_table(path, columns=[name], read_dictionary=kept, use_threads=False)[name])

        return cls._made(read, file.schema_arrow.names, columns, source)

    @classmethod
    def _made(
        cls, make: Callable[[str], Column], have: Sequence[str], columns: Sequence[str], source: str | None
    ) -> "Table":
        wanted = list(dict.fromkeys([*columns, *([source] if source else [])]))
        if missing := [name for name in wanted if name not in have]:
            had = ", ".join(have)
            raise InputError(f"no column {missing[0]!r}", where="the table to match", remedy=f"it has {had}")
        with ThreadPoolExecutor(THREADS) as pool:
            made = pool.map(make, wanted)
            together(_NONE, 1)  # what is compiled loads a part of its own at the first call: meanwhile
            found = dict(zip(wanted, made, strict=True))
        sources = found[source].ids if source else None
        return cls({name: found[name] for name in columns}, len(found[wanted[0]].ids), sources)

    def take(self, order: NDArray[np.int32], columns: Sequence[str]) -> "Table":
        """Return the named columns of the records in another order."""
        sources = None if self.sources is None else self.sources[order]
        with ThreadPoolExecutor(THREADS) as pool:
            found = pool.map(lambda name: self.columns[name].take(order), columns)
        return Table(dict(zip(columns, found, strict=True)), self.size, sources)

    def blocks(self, by: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
        """Return the records that agree in some columns: numbers of the blocks, and the blocks (see `together`).

        The first is for each record the number of its block, MISSING where one of the columns is.
        """
        found, size = self.columns[by[0]].ids, len(self.columns[by[0]].values)
        if len(by) == 1:
            return found, *together(found, size)
        for name in by[1:]:
            column = self.columns[name]
            rows, starts = together(found, size, column.ids, len(column.values))
            found, size = _numbers(rows, starts, self.size), len(starts) - 1
        return found, rows, starts


def _coded(file: pq.FileMetaData) -> set[str]:
    """Return the columns that the file holds as numbers of few different values, which is quicker to take as it is."""
    groups = [file.row_group(number) for number in range(file.num_row_groups)]
    chunks = [group.column(number) for group in groups for number in range(group.num_columns)]
    large = {chunk.path_in_schema for chunk in chunks if chunk.total_uncompressed_size > FEW_BYTES * chunk.num_values}
    return {chunk.path_in_schema for chunk in chunks} - large


def together(
    keys: NDArray[np.int32], size: int, ids: NDArray[np.int32] = _NONE, count: int = 1
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the places that have a key (and an id), those with the same side by side and in order, and where each
    such group begins: int32 (places,) and int64 (groups + 1,), which ends with the number of places.

    Keys are below `size` and ids below `count`, or MISSING. Key, id and place are sorted as one number of 64 bits,
    which is several times as fast as sorting places by their keys.
    """
    bits = max(len(keys) - 1, 1).bit_length()
    if (size * count).bit_length() + bits > BITS:  # too large for one number: key and id are numbered first
        both = keys.astype(np.int64) * count + (ids if len(ids) else 0)
        both[(keys < 0) | (ids < 0 if len(ids) else False)] = MISSING
        values, dense = np.unique(both, return_inverse=True)
        keys, ids, count = (dense - (values[0] == MISSING)).astype(np.int32), _NONE, 1
    packed = _packed(keys, ids, count, bits)
    packed.sort()
    return _unpacked(packed, bits)  # type: ignore[no-any-return]


@njit(nogil=True, cache=True)
def _packed(keys, ids, count, bits):  # type: ignore[no-untyped-def]
    found, size = np.empty(len(keys), dtype=np.int64), 0
    for place in range(len(keys)):
        key, of = np.int64(keys[place]), np.int64(ids[place]) if len(ids) else 0
        if key >= 0 and of >= 0:
            found[size] = (key * count + of) << bits | place
            size += 1
    return found[:size]


@njit(nogil=True, cache=True)
def _unpacked(packed, bits):  # type: ignore[no-untyped-def]
    rows, starts, groups = np.empty(len(packed), dtype=np.int32), np.empty(len(packed) + 1, dtype=np.int64), 0
    for at in range(len(packed)):
        rows[at] = packed[at] & ((1 << bits) - 1)
        if at == 0 or packed[at] >> bits != packed[at - 1] >> bits:
            starts[groups] = at
            groups += 1
    starts[groups] = len(packed)
    return rows, starts[: groups + 1].copy()


@njit(nogil=True, cache=True)
def _numbers(rows, starts, size):  # type: ignore[no-untyped-def]
    """Return for each of `size` places the number of its group."""
    found = np.full(size, MISSING, dtype=np.int32)
    for group in range(len(starts) - 1):
        for at in range(starts[group], starts[group + 1]):
            found[rows[at]] = group
    return found
