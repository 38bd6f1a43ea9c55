"""Names looked up among entities, against a known truth.

Figures are those of ranked retrieval: top-1 and top-5, the share of queries whose answer is the first, or among the
first five; mrr, the mean of the reciprocal rank of the answer (0 where it is not among the first LIMIT).
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from resolution.evaluation import Progress
from resolution.evaluation.files import rows, text
from resolution.linking import Entity, Index
from schema.errors import InputError

LIMIT = 100


def lookup(entities: Path, queries: Path, *, progress: Progress | None = None, misses: bool = False) -> dict[str, Any]:
    """Return `queries`, `top1`, `top5` and `mrr` of looking names up among entities.

    `entities` is one name a line, or a CSV file with a column `name` and maybe `kind`; equal names are one entity.
    `queries` is a CSV file with the columns `query` and `answer`; a query with several rows has several right
    answers. With `misses` the result holds a list of those too: query, answers, what came first with its score.

    Raises InputError, with file and line, for a file that cannot be read and for an answer that is no entity.
    """
    known = dict(_entities(entities))
    index = Index(Entity(name, (name,), kind) for name, kind in known.items())
    truth: dict[str, list[str]] = {}
    for number, row in rows(queries, ("query", "answer")):
        if row["answer"] not in known:
            raise InputError(
                f"the answer {row['answer']!r} is none of the entities",
                where=f"{queries}:{number}",
                remedy=f"add it to {entities}, or take the row out",
            )
        truth.setdefault(row["query"], []).append(row["answer"])
    ranks: list[int | None] = []
    missed: list[dict[str, Any]] = []
    for query, answers in truth.items():
        found = index.link(query, limit=LIMIT)
        rank = next((n for n, each in enumerate(found, 1) if each.name in answers), None)
        ranks.append(rank)
        if rank != 1:
            first = [[each.name, each.score] for each in found[:1]]
            missed.append({"query": query, "answers": answers, "first": first, "rank": rank})
        if progress:
            progress(len(ranks), len(truth))
    return figures(ranks) | ({"misses": missed} if misses else {})


def figures(ranks: list[int | None]) -> dict[str, Any]:
    """Return the figures of ranked answers; None is an answer that was not found."""
    count = max(len(ranks), 1)
    return {
        "queries": len(ranks),
        "top1": round(sum(rank == 1 for rank in ranks) / count, 4),
        "top5": round(sum(rank is not None and rank <= 5 for rank in ranks) / count, 4),
        "mrr": round(sum(1 / rank for rank in ranks if rank) / count, 4),
    }


def _entities(path: Path) -> Iterator[tuple[str, str]]:
    """Yield names and kinds of a file: CSV where its first line has a column `name`, else one name a line."""
    lines = text(path).splitlines()
    if lines and "name" in next(csv.reader([lines[0]])):
        for _, row in rows(path, ("name",)):
            yield row["name"], row.get("kind") or ""
        return
    for line in lines:
        if line.strip():
            yield line.strip(), ""
