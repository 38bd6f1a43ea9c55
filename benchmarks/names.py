"""Same, related or different: the verdicts on the test split of the project's benchmark, against three rivals.

Each rival only scores likeness, so two thresholds turn its score into the three answers: those that are best on the
train split (of pairs that the names decide), where the verdicts' weights were learned, too. rapidfuzz WRatio; Splink
with its comparison for names and one of common characters, m learned from the train split's labels and u from random
pairs; nomenklatura's logic-v2, where `make rivals` has installed it (it wants ICU). One JSON line each.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import splink.comparison_library as cl
from numpy.typing import NDArray
from rapidfuzz import fuzz
from splink import Linker, SettingsCreator
from splink.backends.duckdb import DuckDBAPI

from resolution.evaluation.figures import by_label
from resolution.names.normal import normal_form
from resolution.pairs.model import LABELS
from resolution.pairs.verdict import judge
from schema.settings import ROOT

FILE = ROOT / "data" / "benchmarks" / "names" / "pairs.csv"
RIVALS = ROOT / ".venv" / "rivals" / "bin" / "python"
Scores = NDArray[np.float64]
Rows = list[dict[str, str]]


def wratio(rows: Rows) -> Scores:
    """Return rapidfuzz's WRatio of the names' normal forms."""
    return np.array([fuzz.WRatio(normal_form(row["left"]), normal_form(row["right"])) for row in rows])


def splink(rows: Rows) -> Scores:
    """Return Splink's match weights."""
    names = [normal_form(row[side]) for row in rows for side in ("left", "right")]
    table = pa.table({"id": list(range(len(names))), "pair": [n // 2 for n in range(len(names))], "name": names})
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[cl.NameComparison("name"), cl.JaccardAtThresholds("name", [0.9, 0.7, 0.5, 0.3])],
        blocking_rules_to_generate_predictions=["l.pair = r.pair"],
        probability_two_random_records_match=0.3,
    )
    api = DuckDBAPI(duckdb.connect())
    linker = Linker(api.register(table), settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    same = [2 * n for n, row in enumerate(rows) if row["split"] == "train" and row["label"] == "same"]
    labels = pa.table({"id_l": same, "id_r": [n + 1 for n in same]})
    linker.training.estimate_m_from_pairwise_labels(api.register(labels))
    found = linker.inference.predict().as_duckdbpyrelation().select("id_l, match_weight").to_arrow_table()
    scores = np.full(len(rows), -100.0)
    scores[found["id_l"].to_numpy() // 2] = found["match_weight"].to_numpy()
    return scores


def logic_v2(rows: Rows) -> Scores:
    """Return nomenklatura's logic-v2 of two organisations with these names. Raises OSError where it is missing."""
    asked = json.dumps([[row["left"], row["right"]] for row in rows])
    script = Path(__file__).with_name("_nomenklatura.py")
    done = subprocess.run([str(RIVALS), str(script)], input=asked, capture_output=True, text=True, check=True)
    return np.array(json.loads(done.stdout.splitlines()[-1]))


def answers(scores: Scores, rows: Rows) -> list[str]:
    """Return the answers by the two thresholds that are best on the train split."""
    train = [n for n, row in enumerate(rows) if row["split"] == "train" and row["basis"] == "name"]
    steps = np.unique(np.quantile(scores[train], np.linspace(0, 1, 60)))
    cuts = [(high, low) for high in steps for low in steps if low <= high]
    high, low = max(cuts, key=lambda cut: _macro(_cut(scores[train], *cut), [rows[n] for n in train]))
    return _cut(scores, high, low)


def _cut(scores: Scores, high: float, low: float) -> list[str]:
    return [LABELS[0] if s >= high else LABELS[1] if s >= low else LABELS[2] for s in scores]


def _macro(said: list[str], rows: Rows) -> float:
    figures = by_label([row["label"] for row in rows], said, LABELS)
    return sum(each["f1"] for each in figures.values()) / len(LABELS)


def told(name: str, said: list[str], rows: Rows) -> dict[str, object]:
    """Return the line of one of them: macro F1 and F1 of each answer, of what names decide, and of all test pairs."""
    test = [n for n, row in enumerate(rows) if row["split"] == "test"]
    named = [n for n in test if rows[n]["basis"] == "name"]
    chosen = {"name": named, "all": test}
    of = {part: ([said[n] for n in places], [rows[n] for n in places]) for part, places in chosen.items()}
    figures = by_label([row["label"] for row in of["name"][1]], of["name"][0], LABELS)
    line: dict[str, object] = {"name": f"names {name}", "pairs": len(named)}
    line |= {f"macro_f1_{part}": round(_macro(*found), 4) for part, found in of.items()}
    return line | {label: each["f1"] for label, each in figures.items()}


def main() -> None:
    """Print the lines, ours first."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    ours = told("verdicts", [judge(r["left"], r["right"], r["kind"]).label for r in rows], rows)
    sys.stdout.write(json.dumps(ours) + "\n")
    rivals: dict[str, Callable[[Rows], Scores]] = {"WRatio": wratio, "Splink": splink, "logic-v2": logic_v2}
    for name, score in rivals.items():
        if name == "logic-v2" and not RIVALS.exists():
            sys.stderr.write("logic-v2 is not installed: make rivals\n")
            continue
        line = told(name, answers(score(rows), rows), rows)
        ratio = float(str(ours["macro_f1_name"])) / float(str(line["macro_f1_name"]))
        sys.stdout.write(json.dumps({**line, "ratio": round(ratio, 3)}) + "\n")


if __name__ == "__main__":
    main()
