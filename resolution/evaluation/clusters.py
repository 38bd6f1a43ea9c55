"""Names put into groups that mean the same, against their true groups."""

import math
from pathlib import Path
from typing import Any

from resolution.evaluation import Progress
from resolution.evaluation.figures import clustering
from resolution.evaluation.files import rows
from resolution.linking.neighbours import neighbours
from resolution.matching.grouping import Link, group
from resolution.pairs.verdict import SAME, judge

NEAREST = 20  # names that each is judged against
LEAST = 0.5  # probability of being the same


def clusters(path: Path, *, progress: Progress | None = None) -> dict[str, Any]:
    """Return `names`, `clusters` (found) and the `pairwise` and `bcubed` figures of a file of names.

    The file is CSV with the columns name and cluster, and maybe kind. Each name is judged against those that share
    most with it; names that are the same become groups, weak bridges are cut.

    Raises InputError, with file and line, for a file that cannot be read.
    """
    read = [row for _, row in rows(path, ("name", "cluster"))]
    names = [row["name"] for row in read]
    found = groups(names, [row.get("kind", "") for row in read], progress=progress)
    return {"names": len(names), "clusters": len(set(found)), **clustering([row["cluster"] for row in read], found)}


def groups(names: list[str], kinds: list[str], *, progress: Progress | None = None) -> list[int]:
    """Return for each name the number of its group."""
    links = []
    for one, other in neighbours(names, kinds, nearest=NEAREST + 1, across=True):
        verdict = judge(names[one], names[other], kinds[one] if kinds[one] == kinds[other] else "")
        likely = min(verdict.probabilities[SAME], 1 - 1e-6)
        if likely >= LEAST:
            links.append(Link(min(one, other), max(one, other), math.log2(likely / (1 - likely))))
        if progress:
            progress(one + 1, len(names))
    home = [0] * len(names)
    for number, members in enumerate(group(len(names), links).groups):
        for member in members:
            home[member] = number
    return home
