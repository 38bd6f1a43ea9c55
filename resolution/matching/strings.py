"""Strings as the kernel sees them: all code points in one array, and where each string begins."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
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
