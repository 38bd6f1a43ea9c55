"""Who has a value: sorted hashes of values with the records that have them, in files that are mapped into memory.

A hash has 64 bits (FNV-1a over UTF-8): of a million values the chance that any two share one is 3 in a hundred million.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

from resolution.matching.columns import MISSING, Column
from resolution.matching.spec import Rule
from resolution.matching.strings import stretches

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Postings:
    """Sorted `hashes` uint64 (n,) and the `rows` int32 (n,) that have them."""

    hashes: Hashes
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, hashes: Hashes, rows: NDArray[np.int32]) -> "Postings":
        """Return postings of rows and their hashes, in any order."""
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], rows[order])

    @classmethod
    def read(cls, folder: Path, name: str) -> "Postings":
        """Return what was written, mapped into memory."""
        return cls(*(np.load(folder / f"{name}.{part}.npy", mmap_mode="r") for part in ("hashes", "rows")))

    def write(self, folder: Path, name: str) -> None:
        """Write both arrays."""
        np.save(folder / f"{name}.hashes.npy", self.hashes)
        np.save(folder / f"{name}.rows.npy", self.rows)

    def sizes(self, wanted: Hashes) -> NDArray[np.int64]:
        """Return how many rows have each of the wanted hashes."""
        return np.searchsorted(self.hashes, wanted, "right") - np.searchsorted(self.hashes, wanted, "left")

    def pairs(self, wanted: "Postings") -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the rows of the wanted postings beside each row here that has the same hash."""
        begin = np.searchsorted(self.hashes, wanted.hashes, "left")
        size = np.searchsorted(self.hashes, wanted.hashes, "right") - begin
        return np.repeat(wanted.rows, size), np.asarray(self.rows[stretches(begin, size)], dtype=np.int32)


def keys(columns: dict[str, Column], rule: Rule, first: int) -> Postings:
    """Return what blocks the records are in under a rule; the first record has the number `first`."""
    if rule.share:
        column = columns[rule.by[0]]
        strings, known = column.parts(rule.share)
        row, code = strings.rows(column.ids)
        named = hashes(pa.array(known, pa.large_string()))
        return Postings.of(named[code.astype(np.int64) - 1], (row + first).astype(np.int32))
    there, found = np.ones(len(columns[rule.by[0]].ids), dtype=bool), np.zeros(0, dtype=np.uint64)
    for name in rule.by:
        column = columns[name]
        own = hashes(column.values)[column.ids] if len(column.values) else np.zeros(len(column.ids), np.uint64)
        there &= column.ids != MISSING
        found = own if not len(found) else mixed(found, own)
    return Postings.of(found[there], (np.flatnonzero(there) + first).astype(np.int32))


def hashes(values: pa.Array) -> Hashes:
    """Return a hash of each text, uint64 (n,)."""
    texts = values.cast(pa.large_string())
    starts = np.frombuffer(texts.buffers()[1], dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)
    return np.asarray(_hashes(data, starts)) if len(texts) else np.zeros(0, dtype=np.uint64)


def mixed(one: Hashes, other: Hashes) -> Hashes:
    """Return a hash of both hashes together."""
    return np.asarray(_mixed(one, other))


def joined(parts: Sequence[tuple[NDArray[np.int32], NDArray[np.int32]]]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return pairs of several sorts as two arrays, each pair once, the lower row first."""
    if not parts:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    left, right = (np.concatenate(side).astype(np.int64) for side in zip(*parts, strict=True))
    both = np.unique(np.minimum(left, right) << 32 | np.maximum(left, right))
    both = both[both >> 32 != both & 0xFFFFFFFF]
    return (both >> 32).astype(np.int32), (both & 0xFFFFFFFF).astype(np.int32)


@njit(nogil=True, cache=True)
def _hashes(data, starts):  # type: ignore[no-untyped-def]
    found = np.empty(len(starts) - 1, dtype=np.uint64)
    for row in range(len(found)):
        value = np.uint64(14695981039346656037)
        for at in range(starts[row], starts[row + 1]):
            value = (value ^ np.uint64(data[at])) * np.uint64(1099511628211)
        found[row] = value
    return found


@njit(nogil=True, cache=True)
def _mixed(one, other):  # type: ignore[no-untyped-def]
    found = np.empty(len(one), dtype=np.uint64)
    for row in range(len(one)):
        value = (one[row] ^ (other[row] >> np.uint64(29))) * np.uint64(11400714819323198485)
        found[row] = (value ^ (value >> np.uint64(32))) + other[row] * np.uint64(14029467366897019727)
    return found
