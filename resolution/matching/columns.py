"""A column as the engine sees it: the numbers of its different values, and those values once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit
from numpy.typing import NDArray

from resolution.matching.strings import LONGEST, Strings

MISSING = -1
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True)
class Common:
    """How common parts are among the different values of a column: `size` values; how many have each character, word.

    A column knows that of itself; a part of a column has to be told of the whole.
    """

    size: int
    characters: Mapping[str, int]
    words: Mapping[str, int]


@dataclass(frozen=True)
class Column:
    """One column of N records: `ids` int32 (N,), the number of each record's value, MISSING where it has none.

    `values` are the different values, `counts` int64 how many records have each, `total` how many have any. `common`
    is told where the column is a part of a larger one.
    """

    ids: NDArray[np.int32]
    values: pa.Array
    counts: NDArray[np.int64]
    total: int
    common: Common | None = None

    @classmethod
    def of(cls, values: pa.Array | pa.ChunkedArray) -> "Column":
        """Return a column of text; null and empty text are missing."""
        ids, found = numbered(values)
        texts = found.cast(pa.large_string())
        counts = np.bincount(ids[ids >= 0], minlength=len(texts))
        empty = pc.index(texts, "").as_py()
        if empty >= 0:
            ids, counts[empty] = np.where(ids == empty, MISSING, ids).astype(np.int32), 0
        return cls(ids, texts, counts, int(counts.sum()))

    def take(self, order: NDArray[np.int32]) -> "Column":
        """Return the column of the records in another order; values are numbered as they come, so as to lie close."""
        ids, by_place = _renumbered(self.ids, order, len(self.values))
        return replace(self, ids=ids, values=self.values.take(pa.array(by_place)), counts=self.counts[by_place])

    @cached_property
    def strings(self) -> Strings:
        """The different values as code points."""
        starts = np.frombuffer(self.values.buffers()[1], dtype=np.int64)
        starts = starts[self.values.offset : self.values.offset + len(self.values) + 1]
        return Strings.of_utf8(np.frombuffer(self.values.buffers()[2] or b"", dtype=np.uint8), starts)

    @cached_property
    def tokens(self) -> Strings:
        """The different values as sequences of the numbers of their words (in small letters), each word once."""
        return self._parts(words)[0]

    @cached_property
    def bigrams(self) -> Strings:
        """The different values as sequences of the numbers of their pairs of neighbouring characters, each once."""
        return self._parts(bigrams)[0]

    @cached_property
    def rarity_of_characters(self) -> NDArray[np.float32]:
        """How rare each code of `strings` is: the log of the inverse share of the different values that have it."""
        if self.common is None:
            return rarities(self.strings)
        codes, inverse = np.unique(self.strings.codes, return_inverse=True)
        return _rarity(np.array([self.common.characters[chr(code)] for code in codes]), self.common.size)[inverse]

    @cached_property
    def rarity_of_words(self) -> NDArray[np.float32]:
        """How rare each code of `tokens` is."""
        if self.common is None:
            return rarities(self.tokens)
        known = self._parts(words)[1]
        return _rarity(np.array([self.common.words[word] for word in known]), self.common.size)[self.tokens.codes - 1]

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """The different values as numbers; NaN for what is none."""
        found = pc.replace_substring_regex(self.values, r"^.*[^0-9.+-].*$|^$", "nan")
        return np.asarray(found.cast(pa.float64()).to_numpy(zero_copy_only=False))

    def parts(self, of: str) -> tuple[Strings, list[str]]:
        """Return the different values as sequences of numbers of their `words` or `bigrams`, and those from 1 on."""
        return self._parts(words if of == "words" else bigrams)

    def _parts(self, parts: Callable[[str], list[str]]) -> tuple[Strings, list[str]]:
        known: dict[str, int] = {}
        rows = [
            sorted(known.setdefault(part, len(known) + 1) for part in parts(value)) for value in self.values.to_pylist()
        ]
        return _flat(rows), list(known)


def words(text: str) -> list[str]:
    """Return the different words of a text in small letters, the first LONGEST of them."""
    return list(dict.fromkeys(_TOKEN.findall(text.lower())))[:LONGEST]


def bigrams(text: str) -> list[str]:
    """Return the different pairs of neighbouring characters among the first LONGEST."""
    return list(dict.fromkeys(a + b for a, b in pairwise(text[:LONGEST])))


def _flat(rows: Sequence[Sequence[int]]) -> Strings:
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    return Strings(np.array([code for row in rows for code in row], dtype=np.uint32), starts)


def numbered(values: pa.Array | pa.ChunkedArray) -> tuple[NDArray[np.int32], pa.Array]:
    """Return the values' numbers in the order in which they come first (MISSING for null), and the values."""
    coded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    chunks = [chunk for chunk in (coded.chunks if isinstance(coded, pa.ChunkedArray) else [coded]) if len(chunk)]
    if not chunks:
        return np.zeros(0, dtype=np.int32), pa.array([], pa.large_string())
    ids = [chunk.indices.fill_null(MISSING).to_numpy(zero_copy_only=False).astype(np.int32) for chunk in chunks]
    dictionaries = {_place(chunk.dictionary): chunk.dictionary for chunk in chunks}
    if len(dictionaries) == 1:
        return np.concatenate(ids), chunks[0].dictionary
    # Several row groups, each with values of its own: number all of those once more.
    every = pa.chunked_array(dictionaries.values()).combine_chunks().dictionary_encode()
    new = every.indices.to_numpy(zero_copy_only=False).astype(np.int32)
    sizes = np.cumsum([0, *(len(each) for each in dictionaries.values())])
    begins = dict(zip(dictionaries, sizes, strict=False))
    for each, chunk in zip(ids, chunks, strict=True):
        there = each >= 0
        each[there] = new[each[there] + begins[_place(chunk.dictionary)]]
    return np.concatenate(ids), every.dictionary


def rarities(strings: Strings) -> NDArray[np.float32]:
    """Return for each code how rare it is: the log of the inverse share of the strings that have it."""
    if not len(strings.codes):
        return np.zeros(0, dtype=np.float32)
    letters, inverse = np.unique(strings.codes, return_inverse=True)
    row = np.repeat(np.arange(len(strings), dtype=np.int64), np.diff(strings.starts))
    pairs = np.unique(inverse.astype(np.int64) << 32 | row)
    share = np.bincount(pairs >> 32, minlength=len(letters))
    return _rarity(share, len(strings))[inverse]


def _rarity(share: NDArray[np.int64], size: int) -> NDArray[np.float32]:
    return np.log((size + 1) / (share + 0.5)).astype(np.float32)


def _place(values: pa.Array) -> tuple[int, int, int]:
    """Return where an array's values lie in memory: of dictionaries that are the same one, it is the same."""
    return values.buffers()[-1].address if values.buffers()[-1] else 0, values.offset, len(values)


@njit(nogil=True, cache=True)
def _renumbered(ids, order, size):  # type: ignore[no-untyped-def]
    """Return the numbers in another order, given anew as they come, and the old number of each new one."""
    new, old, seen = np.full(size, MISSING, dtype=np.int32), np.empty(size, dtype=np.int32), 0
    found = np.empty(len(order), dtype=np.int32)
    for place in range(len(order)):
        value = ids[order[place]]
        if value >= 0 and new[value] < 0:
            new[value], old[seen] = seen, value
            seen += 1
        found[place] = new[value] if value >= 0 else MISSING
    return found, old[:seen]
