"""Which bytes were archived before, as far as memory should know: a filter that never says no to what was seen."""

from collections.abc import Iterable

BITS = 1 << 23  # one megabyte, whatever the number of documents: with a million of them one in six is asked for in vain
PROBES = 4


class Seen:
    """A Bloom filter over sha256 digests: what it does not know is new, and the database need not be asked."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._bits = bytearray(BITS // 8)
        for digest in known:
            self.add(digest)

    def add(self, digest: str) -> None:
        """Remember a digest, given as hexadecimal digits."""
        for place in _places(digest):
            self._bits[place >> 3] |= 1 << (place & 7)

    def __contains__(self, digest: str) -> bool:
        return all(self._bits[place >> 3] >> (place & 7) & 1 for place in _places(digest))


def _places(digest: str) -> list[int]:
    # The digest is random already: its parts are as good as hashes of it.
    return [int(digest[start : start + 8], 16) % BITS for start in range(0, 8 * PROBES, 8)]
