"""What the benchmarks share: two rivals measured in turn, so that a noisy machine slows both alike; one JSON line."""

import json
import statistics
import sys
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(name: str, ours: Callable[[], float], rival: Callable[[], float], *, unit: str, runs: int) -> None:
    """Measure both `runs` times in turn (each returns its figure in `unit`) and print the medians as one JSON line.

    `ratio` is ours divided by the rival's: above 1 means that ours does more of the unit.
    """
    pairs = [(ours(), rival()) for _ in range(runs)]
    one, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    line = {
        "name": name,
        "ours": round(one, 1),
        "rival": round(other, 1),
        "unit": unit,
        "ratio": round(one / other, 4),
        "runs": runs,
    }
    sys.stdout.write(json.dumps(line) + "\n")
