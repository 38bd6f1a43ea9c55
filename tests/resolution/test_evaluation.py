"""Figures of verdicts, clusters and links: equal to those counted by hand, and floors on the project's benchmark."""

import csv
from pathlib import Path

import pytest

from resolution.evaluation.clusters import clusters
from resolution.evaluation.figures import by_label, calibration, clustering
from resolution.evaluation.link import link
from resolution.evaluation.pairs import pairs
from sandbox.namepairs import pairs as invented
from schema.errors import InputError
from schema.settings import ROOT

BENCHMARK = ROOT / "data" / "benchmarks" / "names" / "pairs.csv"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_figures_are_those_counted_by_hand() -> None:
    scores = by_label(["a", "a", "b", "b"], ["a", "b", "b", "b"], ["a", "b"])
    assert scores["a"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667}
    assert scores["b"] == {"precision": 0.6667, "recall": 1.0, "f1": 0.8}
    found = clustering(["x", "x", "x", "y"], [1, 1, 2, 2])
    assert found["pairwise"] == {"precision": 0.5, "recall": 0.3333, "f1": 0.4}
    assert found["bcubed"] == {"precision": 0.75, "recall": 0.6667, "f1": 0.7059}
    sure = calibration(["a", "b"], [{"a": 1.0, "b": 0.0}, {"a": 1.0, "b": 0.0}])
    assert sure == {"ece": 0.5, "brier": 1.0}


def test_pairs_are_judged_and_missed_ones_listed(tmp_path: Path) -> None:
    file = written(
        tmp_path / "p.csv",
        "left,right,kind,label\n云岭科技有限公司,云岭科技,enterprise,same\n云岭科技,宏岳机械,enterprise,same\n",
    )
    found = pairs(file, misses=True)
    assert (found["pairs"], found["same"]["recall"]) == (2, 0.5)
    assert [miss["right"] for miss in found["misses"]] == ["宏岳机械"]


def test_a_label_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    file = written(tmp_path / "p.csv", "left,right,label\n云岭,云岭,equal\n")
    with pytest.raises(InputError, match="no label") as caught:
        pairs(file)
    assert caught.value.where == f"{file}:2"


@pytest.mark.parametrize(("basis", "macro", "least"), [("name", 0.88, 0.87), ("fact", 0.20, 0.0)])
def test_the_benchmark_is_judged_as_well_as_before(tmp_path: Path, basis: str, macro: float, least: float) -> None:
    """Of its test split; what has to be known (`fact`) cannot be told from names and is reported apart."""
    with BENCHMARK.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["split"] == "test" and row["basis"] == basis]
    file = tmp_path / "test.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        out = csv.DictWriter(lines, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    found = pairs(file)
    print(basis, found)
    assert found["macro_f1"] >= macro
    assert min(found[label]["f1"] for label in ("same", "related", "different")) >= least


def test_names_are_grouped(tmp_path: Path) -> None:
    rows = [
        "深圳市云岭科技股份有限公司,a",
        "云岭科技,a",
        "深圳市雲嶺科技股份有限公司,a",
        "江城理工大学,b",
        "江城理工,b",
        "宏岳机械有限公司,c",
    ]
    found = clusters(written(tmp_path / "c.csv", "\n".join(["name,cluster", *rows])))
    assert found["clusters"] == 3
    assert found["pairwise"]["f1"] == found["bcubed"]["f1"] == 1.0


TITLES = ["Deep matching of names", "A survey of graph joins", "Fast blocking of records", "Names and their scripts"]
SPEC = """kind: papers
prior: 0.05
comparisons:
  - column: title
    levels:
      - {when: equal, m: 0.6, u: 0.001}
      - {when: tokens >= 0.5, m: 0.3, u: 0.01}
blocking:
  - {by: [title], share: words, cap: 1000}
"""


def test_two_tables_are_linked_one_to_one(tmp_path: Path) -> None:
    spec = written(tmp_path / "papers.yaml", SPEC)
    left = written(tmp_path / "l.csv", "\n".join(["id,title", *(f"l{n},{title}" for n, title in enumerate(TITLES))]))
    right = written(
        tmp_path / "r.csv", "\n".join(["id|title", *(f"r{n}|{title.upper()}" for n, title in enumerate(TITLES))])
    )
    truth = written(tmp_path / "t.csv", "\n".join(["left,right", *(f"l{n},r{n}" for n in range(4))]))
    found = link(left, right, truth, str(spec))
    assert (found["links"], found["pairwise"]["f1"], found["bcubed"]["f1"]) == (4, 1.0, 1.0)


@pytest.mark.parametrize(("table", "truth", "what"), [
    ("id,name\n1,x\n", "left,right\n1,1\n", "no column 'title'"),
    ("id,title\n1,x\n", "left,right\n1,9\n", "no record '9'"),
    ("id,title\n1,x,y\n", "left,right\n1,1\n", "more cells"),
    ("title\nx\n", "left,right\n1,1\n", "no columns"),
])  # fmt: skip
def test_mistakes_in_tables_are_told(tmp_path: Path, table: str, truth: str, what: str) -> None:
    spec = written(tmp_path / "papers.yaml", SPEC)
    left = written(tmp_path / "l.csv", "id,title\n1,x\n")
    with pytest.raises(InputError, match=what):
        link(left, written(tmp_path / "r.csv", table), written(tmp_path / "t.csv", truth), str(spec))


@pytest.mark.parametrize("kind", ["enterprise", "policy"])
def test_tables_of_names_are_linked_by_the_parts_of_the_names(tmp_path: Path, kind: str) -> None:
    said = {r: left for left, r, of, label in invented(8000) if (of, label) == (kind, "same") and not left.isascii()}
    right, left = list(said)[:150], list(said.values())[:150]
    files = [written(tmp_path / f"{side}.csv", table(side, names)) for side, names in (("l", left), ("r", right))]
    truth = written(tmp_path / "t.csv", "\n".join(["left,right", *(f"l{n},r{n}" for n in range(len(left)))]))
    found = link(*files, truth, kind)
    assert found["pairwise"]["precision"] >= 0.9
    assert found["pairwise"]["recall"] >= 0.5


def table(side: str, names: list[str]) -> str:
    return "\n".join(["id|name", *(f"{side}{n}|{name}" for n, name in enumerate(names))])


@pytest.mark.parametrize("name", ["publication", "product", "enterprise", "policy"])
def test_the_specifications_that_are_shipped_can_be_read(name: str) -> None:
    from resolution.matching.spec import load_spec  # noqa: PLC0415

    assert load_spec(name).kind == name
