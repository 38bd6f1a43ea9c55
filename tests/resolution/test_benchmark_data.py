"""The labelled benchmark of names is what its README says."""

import csv
import re
from collections import Counter
from typing import Any

from schema.settings import ROOT

FOLDER = ROOT / "data" / "benchmarks" / "names"
CLASSES = {
    "abbreviation",
    "acronym",
    "area",
    "bracket",
    "branch",
    "brand_legal",
    "department",
    "draft",
    "edition",
    "english",
    "explanation",
    "form_variant",
    "homonym",
    "hospital",
    "institute",
    "issuer_prefix",
    "lookalike",
    "notice",
    "number",
    "other_tie",
    "period",
    "place",
    "place_variant",
    "punctuation",
    "rename",
    "school",
    "second_name",
    "sibling",
    "subsidiary",
    "traditional",
}


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


def test_the_basis_of_every_label_is_given() -> None:
    pairs = rows("pairs.csv")
    assert {pair["basis"] for pair in pairs} == {"name", "fact"}
    by_split = Counter((pair["split"], pair["label"], pair["basis"]) for pair in pairs)
    assert len(by_split) == 2 * 3 * 2
    assert min(by_split.values()) >= 50


def test_every_class_occurs_as_often_as_the_readme_says() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \|$", readme, re.MULTILINE)
    said = {name: tuple(map(int, numbers)) for name, *numbers in table if name in CLASSES}
    pairs = rows("pairs.csv")
    assert {pair["class"] for pair in pairs} == CLASSES
    counted = Counter((pair["class"], pair["basis"]) for pair in pairs)
    for name in CLASSES:
        of_name, of_fact = counted[name, "name"], counted[name, "fact"]
        assert said[name] == (of_name, of_fact, of_name + of_fact)


def test_a_name_belongs_to_one_entity() -> None:
    names = rows("names.csv")
    owners: dict[str, set[str]] = {}
    for row in names:
        owners.setdefault(row["name"], set()).add(row["entity"])
    assert all(len(owner) == 1 for owner in owners.values())
    assert {pair[side] for pair in rows("pairs.csv") for side in ("left", "right")} <= set(owners)
