"""Records of two tables linked by declared comparisons, against the true links."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from resolution.evaluation import Progress
from resolution.evaluation.figures import clustering, score
from resolution.evaluation.files import table
from resolution.matching.engine import score as scored
from resolution.matching.grouping import Constraints, Link, group
from resolution.matching.named import COLUMNS, parts
from resolution.matching.spec import FOLDER, Spec, load_spec
from resolution.matching.table import Table
from resolution.matching.training import train
from resolution.names.normal import plain
from schema.errors import InputError

LEAST = 0.5  # probability of a link
ID = "id"


def link(
    left: Path, right: Path, truth: Path, spec: str, *, duplicates: bool = False, progress: Progress | None = None
) -> dict[str, Any]:
    """Return `records`, `links`, `true_links` and the `pairwise` and `bcubed` figures of linking two tables.

    The tables have a column `id` and those that the specification compares (`data/matching/<spec>.yaml`, or the path
    of another); the truth has two columns of ids, the left table's first. Text is compared in small letters. Weights
    are learned from the tables without the truth. Without `duplicates` no table is taken to hold a thing twice, so
    that each record has one link at most.

    Raises InputError, with file and line, for columns that are missing and true links to records that are not there.
    """
    declared = _spec(spec)
    records, places = _records((left, right), declared)
    true = _truth(truth, (left, right), places)
    data = Table.of(records, declared.trained_on, source="source")
    kept = scored(train(declared, data), data, least=LEAST, progress=progress)
    pairs = zip(kept.left.tolist(), kept.right.tolist(), kept.weight.tolist(), strict=True)
    links = [Link(a, b, weight) for a, b, weight in pairs]
    sources = {} if duplicates else dict(enumerate(records["source"].to_pylist()))
    found = group(len(records), links, Constraints(source=sources)).groups
    wanted = group(len(records), [Link(a, b, 100.0) for a, b in true]).groups
    home, cluster = _homes(found), _homes(wanted)
    between = {(a, b) for members in found for a in members for b in members if a < len(places[0]) <= b}
    everywhere = sorted(home)
    return {
        "records": len(records),
        "links": len(between),
        "true_links": len(true),
        "pairwise": score(len(between & true), len(between), len(true)),
        "bcubed": clustering([cluster[n] for n in everywhere], [home[n] for n in everywhere])["bcubed"],
    }


def _spec(name: str) -> Spec:
    path = Path(name)
    return load_spec(path.stem, path.parent) if path.suffix == ".yaml" else load_spec(name, FOLDER)


def _records(paths: tuple[Path, Path], spec: Spec) -> tuple[pa.Table, list[dict[str, int]]]:
    """Return all records one after the other, and for each table the place of each id."""
    columns: dict[str, list[str]] = {name: [] for name in (*spec.trained_on, "source")}
    places: list[dict[str, int]] = []
    count = 0
    for path in paths:
        names, found = table(path)
        asked = [ID, *_asked_for(spec)]
        missing = [name for name in asked if name not in names]
        if missing:
            remedy = f"the specification {spec.kind} asks for {', '.join(asked)}"
            raise InputError(f"no column {missing[0]!r}", where=f"{path}:1", remedy=remedy)
        places.append({row[ID]: count + n for n, row in enumerate(found)})
        count += len(found)
        read = [parts(row[spec.parsed], spec.kind) for row in found] if spec.parsed else []
        for name in spec.trained_on:
            of_names = read and name in COLUMNS
            columns[name] += [row[name] for row in read] if of_names else [plain(row[name]).lower() for row in found]
        columns["source"] += [str(len(places))] * len(found)
    return pa.table(columns), places


def _asked_for(spec: Spec) -> list[str]:
    """Return the columns that tables must have for a specification: those that are not read from names."""
    if not spec.parsed:
        return list(spec.trained_on)
    return [spec.parsed, *(name for name in spec.trained_on if name not in COLUMNS)]


def _truth(path: Path, tables: tuple[Path, Path], places: list[dict[str, int]]) -> set[tuple[int, int]]:
    names, found = table(path)
    true = set()
    for number, row in enumerate(found, 2):
        ends = [row[names[0]], row[names[1]]]
        for end, known, where in zip(ends, places, tables, strict=True):
            if end not in known:
                remedy = "take the row out, or name the tables in the order of the truth's columns"
                raise InputError(f"no record {end!r} in {where}", where=f"{path}:{number}", remedy=remedy)
        true.add((places[0][ends[0]], places[1][ends[1]]))
    return true


def _homes(groups: list[list[int]]) -> dict[int, int]:
    return {member: number for number, members in enumerate(groups) for member in members}
