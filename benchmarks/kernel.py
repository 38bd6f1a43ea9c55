"""The compiled measures of likeness against rapidfuzz's pairwise ones, on the same pairs of names."""

import random

import numpy as np
from _shared import compare, seconds
from rapidfuzz.distance import Indel, JaroWinkler
from rapidfuzz.process import cpdist

from resolution.matching import kernel
from resolution.matching.strings import Strings
from sandbox.register import names

NAMES, PAIRS, RUNS = 100_000, 2_000_000, 5


def main() -> None:
    """Print a line for each measure: millions of pairs a second, both on all cores."""
    texts = list(names(NAMES))
    chance = random.Random(1)
    left = np.array(sorted(chance.choices(range(NAMES), k=PAIRS)), dtype=np.int64)
    right = np.array(chance.choices(range(NAMES), k=PAIRS), dtype=np.int64)
    strings = Strings.of(texts)
    lefts, rights = [texts[i] for i in left], [texts[i] for i in right]
    for name, ours, rival in (
        ("ratio", kernel.ratio, Indel.normalized_similarity),
        ("jaro_winkler", kernel.jaro_winkler, JaroWinkler.similarity),
    ):
        ours(strings, left[:10], right[:10])  # compiled once, and kept on disk

        def rivals(measure=rival) -> object:  # type: ignore[no-untyped-def]
            return cpdist(lefts, rights, scorer=measure, workers=-1)

        np.testing.assert_allclose(ours(strings, left, right), rivals(), atol=1e-6)
        compare(
            f"kernel {name}",
            lambda measure=ours: PAIRS / seconds(lambda: measure(strings, left, right)) / 1e6,
            lambda work=rivals: PAIRS / seconds(work) / 1e6,
            unit="million pairs/s",
            runs=RUNS,
        )


if __name__ == "__main__":
    main()
