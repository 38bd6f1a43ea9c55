"""Names put into groups that mean the same, against their true groups."""

import math
from pathlib import Path
from typing import Any

from resolution.evaluation import Progress
from resolution.evaluation.figures import clustering
from resolution.evaluation.files import rows
from resolution.linking import Entity, Index
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
    index = Index(
        Entity(str(number), (name,), kind) for number, (name, kind) in enumerate(zip(names, kinds, strict=True))
    )
    links: dict[tuple[int, int], Link] = {}
    for number, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        for candidate in index.link(name, limit=NEAREST + 1):
            near = int(candidate.entity.key)
            low, high = min(number, near), max(number, near)
            if low == high or (low, high) in links:
                continue
            verdict = judge(names[low], names[high], kind if kinds[low] == kinds[high] else "")
            likely = min(verdict.probabilities[SAME], 1 - 1e-6)
            if likely >= LEAST:
                links[low, high] = Link(low, high, math.log2(likely / (1 - likely)))
        if progress:
            progress(number + 1, len(names))
    home = [0] * len(names)
    for number, members in enumerate(group(len(names), links.values()).groups):
        for member in members:
            home[member] = number
    return home
