"""Records as the engine sees them: every column as numbers of its different values, and those values once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.matching.strings import LONGEST, Strings
from schema.errors import InputError

MISSING = -1
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True)
class Column:
    """One column of N records: `ids` int32 (N,), the number of each record's value, MISSING where it has none.

    `values` are the different values, `counts` int64 how many records have each.
    """

    ids: NDArray[np.int32]
    values: pa.Array
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, values: pa.Array | pa.ChunkedArray) -> "Column":
        """Return a column of text; null and empty text are missing."""
        whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
        ids, found = _numbered(whole)
        texts = found.cast(pa.large_string())
        counts = np.bincount(ids[ids >= 0], minlength=len(texts))
        empty = pc.index(texts, "").as_py()
        if empty >= 0:
            ids, counts[empty] = np.where(ids == empty, MISSING, ids).astype(np.int32), 0
        return cls(ids, texts, counts)

    def take(self, order: NDArray[np.int32]) -> "Column":
        """Return the column of the records in another order; values are numbered as they come, so as to lie close."""
        ids, by_place = _numbered(pa.array(self.ids[order], mask=self.ids[order] == MISSING))
        return Column(ids, self.values.take(by_place), self.counts[by_place.to_numpy()])

    @cached_property
    def strings(self) -> Strings:
        """The different values as code points."""
        cut = pc.utf8_slice_codeunits(self.values, 0, LONGEST)
        starts = np.zeros(len(cut) + 1, dtype=np.int64)
        np.cumsum(pc.utf8_length(cut).to_numpy(zero_copy_only=False), out=starts[1:])
        return Strings(_codes(cut), starts)

    @cached_property
    def tokens(self) -> Strings:
        """The different values as sequences of the numbers of their words (in small letters), each word once."""
        known: dict[str, int] = {}
        rows = [
            sorted({known.setdefault(word, len(known) + 1) for word in _TOKEN.findall(str(value).lower())})[:LONGEST]
            for value in self.values.to_pylist()
        ]
        return _flat(rows)

    @cached_property
    def bigrams(self) -> Strings:
        """The different values as sequences of the numbers of their pairs of neighbouring characters, each once."""
        known: dict[str, int] = {}
        rows = [
            sorted({known.setdefault(a + b, len(known) + 1) for a, b in pairwise(value[:LONGEST])})
            for value in self.values.to_pylist()
        ]
        return _flat(rows)

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """The different values as numbers; NaN for what is none."""
        found = pc.replace_substring_regex(self.values, r"^.*[^0-9.+-].*$|^$", "nan")
        return np.asarray(found.cast(pa.float64()).to_numpy(zero_copy_only=False))


@dataclass(frozen=True)
class Table:
    """N records with their columns; `sources` int32 (N,) names the table that each is from, or is empty."""

    columns: Mapping[str, Column]
    size: int
    sources: NDArray[np.int32] | None = None

    @classmethod
    def of(cls, records: pa.Table, columns: Sequence[str], *, source: str | None = None) -> "Table":
        """Return the named columns of a table. Raises InputError for a column that is not there."""
        missing = [name for name in (*columns, *([source] if source else [])) if name not in records.column_names]
        if missing:
            have = ", ".join(records.column_names)
            raise InputError(f"no column {missing[0]!r}", where="the table to match", remedy=f"it has {have}")
        sources = Column.of(records[source]).ids if source else None
        return cls({name: Column.of(records[name]) for name in columns}, records.num_rows, sources)

    def take(self, order: NDArray[np.int32]) -> "Table":
        """Return the records in another order."""
        sources = None if self.sources is None else self.sources[order]
        return Table({name: column.take(order) for name, column in self.columns.items()}, self.size, sources)

    def keys(self, by: Sequence[str]) -> NDArray[np.int32]:
        """Return for each record the number of its values in some columns together; MISSING where one is missing."""
        found = self.columns[by[0]].ids
        for name in by[1:]:
            ids = self.columns[name].ids
            both = found.astype(np.int64) * (int(ids.max(initial=0)) + 1) + ids
            found, _ = _numbered(pa.array(both, mask=(found < 0) | (ids < 0)))
        return found


def _flat(rows: Sequence[Sequence[int]]) -> Strings:
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    return Strings(np.array([code for row in rows for code in row], dtype=np.uint32), starts)


def _numbered(values: pa.Array) -> tuple[NDArray[np.int32], pa.Array]:
    """Return the values' numbers in the order in which they come first (MISSING for null), and the values."""
    coded = values.dictionary_encode()
    return coded.indices.fill_null(MISSING).to_numpy(zero_copy_only=False).astype(np.int32), coded.dictionary


def rarities(strings: Strings) -> NDArray[np.float32]:
    """Return for each code how rare it is: the log of the inverse share of the strings that have it."""
    if not len(strings.codes):
        return np.zeros(0, dtype=np.float32)
    letters, inverse = np.unique(strings.codes, return_inverse=True)
    row = np.repeat(np.arange(len(strings), dtype=np.int64), np.diff(strings.starts))
    pairs = np.unique(inverse.astype(np.int64) << 32 | row)
    share = np.bincount(pairs >> 32, minlength=len(letters))
    return np.log((len(strings) + 1) / (share + 0.5)).astype(np.float32)[inverse]


def _codes(values: pa.Array) -> NDArray[np.uint32]:
    """Return all code points of an array of text, one value after the other."""
    whole = values.cast(pa.large_string())
    starts = np.frombuffer(whole.buffers()[1], dtype=np.int64)[whole.offset : whole.offset + len(whole) + 1]
    if not len(whole) or starts[-1] == starts[0]:
        return np.zeros(0, dtype=np.uint32)
    text = whole.buffers()[2][int(starts[0]) : int(starts[-1])].to_pybytes().decode("utf-8")
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).copy()
    codes[codes == 0] = 0xFFFD
    return codes
