"""Pages of several authors: figures that must not fall.

Group b was read at 0.827 when it was first read, c at 0.875, d at 0.767, e at 0.914, f at 0.860; the extractors have
since been generalised on all of them. Group g is by a further author who has not seen the extractors: read at 0.841 at
first sight, and at 0.868 after they were generalised on d. Nobody who works on them opens g: it measures what the
others have taught.

Group h is by a further author who has not seen the extractors: read at 0.852 at first sight, and at 0.879 without the
16 values of its pages that a careful reader would doubt.
"""

import pytest

from tests.pages.accuracy import measure


@pytest.mark.parametrize(
    ("group", "floor"),
    [("a", 0.99), ("b", 0.99), ("c", 0.99), ("d", 0.98), ("e", 0.99), ("f", 0.99), ("g", 0.86), ("h", 0.87)],
)
def test_a_group_is_read_at_least_as_well_as_before(group: str, floor: float) -> None:
    found = measure(group)
    right, cells = (sum(kind[name] for kind in found.values()) for name in ("right", "cells"))
    print(group, f"{right} of {cells} = {right / cells:.4f}", {kind: said["accuracy"] for kind, said in found.items()})
    assert right / cells >= floor
