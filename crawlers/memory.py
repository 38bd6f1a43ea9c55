"""The memory of a crawl's processes: what was used at most, and how seldom it is searched for garbage."""

import gc
import resource
from pathlib import Path

# Python's own are (700, 10, 10), made for programs of a few objects. The last two stay small: a request and its timer
# hold each other, and what outlives one search would wait for tens of thousands of pages to be searched for again.
THRESHOLDS = (10_000, 10, 10)


def settle_memory() -> None:
    """Leave what is loaded by now out of all later searches for garbage, and search less often.

    (The modules and tables loaded at start are most of a crawl's objects; none of them becomes garbage.)
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


def peak_memory() -> int:
    """Return the most that this process, or one that it started (the reader, a file's parser), has held, in MB."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    status = Path("/proc/self/status")
    if not status.exists():
        return max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, children) // 1024
    # (Of itself getrusage would tell what its parent held at the fork.)
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return max(int(line.split()[1]), children) // 1024
