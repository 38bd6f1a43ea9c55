"""Strings as the kernel sees them: all code points in one array, and where each string begins."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

LONGEST = 64  # characters of a string that are compared: the bits of a machine word


@dataclass(frozen=True, slots=True)
class Strings:
    """N strings: `codes` uint32, all code points one after the other; `starts` int64 of shape (N + 1,)."""

    codes: NDArray[np.uint32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> str:
        return self.codes[self.starts[index] : self.starts[index + 1]].tobytes().decode("utf-32-le")

    def rows(self, ids: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.uint32]]:
        """Return each code of each record's string (`ids`, below 0 for none): the record's number, and the code."""
        row = np.flatnonzero(ids >= 0).astype(np.int32)
        begin, size = self.starts[ids[row]], np.diff(self.starts)[ids[row]]
        return np.repeat(row, size), self.codes[stretches(begin, size)]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Strings":
        """Return the strings, each cut at LONGEST characters. (NUL and lone surrogates become U+FFFD.)"""
        cut = [text[:LONGEST] for text in texts]
        starts = np.zeros(len(cut) + 1, dtype=np.int64)
        np.cumsum([len(text) for text in cut], out=starts[1:])
        joined = "".join(cut).encode("utf-32-le", errors="surrogatepass")
        codes = np.frombuffer(joined, dtype=np.uint32).copy()
        codes[(codes == 0) | ((codes >= 0xD800) & (codes <= 0xDFFF))] = 0xFFFD
        return cls(codes, starts)

    @classmethod
    def of_utf8(cls, data: NDArray[np.uint8], starts: NDArray[np.int64]) -> "Strings":
        """Return strings whose bytes lie in `data`, one after the other as `starts` (N + 1,) says; cut as by `of`."""
        return cls(*_code_points(data, starts))


def stretches(begin: NDArray[np.int64], size: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return all places of several stretches, one stretch after the other."""
    return np.repeat(begin, size) + np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)


@njit(nogil=True, cache=True)
def _code_points(data, starts):  # type: ignore[no-untyped-def]
    begins = np.zeros(len(starts), dtype=np.int64)
    for row in range(len(starts) - 1):
        size = 0
        for at in range(starts[row], starts[row + 1]):
            size += (data[at] & 0xC0) != 0x80
        begins[row + 1] = begins[row] + min(size, LONGEST)
    codes = np.empty(begins[-1], dtype=np.uint32)
    for row in range(len(starts) - 1):
        at = starts[row]
        for place in range(begins[row], begins[row + 1]):
            code = np.uint32(data[at])
            more = 0 if code < 0x80 else 1 if code < 0xE0 else 2 if code < 0xF0 else 3
            if more:
                code &= np.uint32(0x3F >> more)
            for tail in range(at + 1, at + 1 + more):
                code = (code << np.uint32(6)) | np.uint32(data[tail] & 0x3F)
            at += 1 + more
            codes[place] = code or np.uint32(0xFFFD)
    return codes, begins
