"""The labelled benchmark of names is what its README says."""

import csv
from collections import Counter
from typing import Any

from schema.settings import ROOT

FOLDER = ROOT / "data" / "benchmarks" / "names"


def rows(name: str) -> list[dict[str, Any]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_pairs_are_labelled_once_and_no_family_is_in_both_splits() -> None:
    pairs = rows("pairs.csv")
    assert len(pairs) >= 1_500
    assert {pair["label"] for pair in pairs} == {"same", "related", "different"}
    assert all(pair["left"] and pair["right"] and pair["left"] != pair["right"] for pair in pairs)
    assert max(Counter(frozenset((pair["left"], pair["right"])) for pair in pairs).values()) == 1
    assert all(bool(pair["relation"]) == (pair["label"] == "related") for pair in pairs)
    splits: dict[str, set[str]] = {}
    for row in (*pairs, *rows("names.csv")):
        splits.setdefault(row["cluster"], set()).add(row["split"])
    assert all(split in ({"train"}, {"test"}) for split in splits.values())


def test_a_name_belongs_to_one_entity() -> None:
    names = rows("names.csv")
    owners: dict[str, set[str]] = {}
    for row in names:
        owners.setdefault(row["name"], set()).add(row["entity"])
    assert all(len(owner) == 1 for owner in owners.values())
    assert {pair[side] for pair in rows("pairs.csv") for side in ("left", "right")} <= set(owners)
