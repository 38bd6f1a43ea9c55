"""The matching engine against Splink on DuckDB: the same records, rules, levels and probabilities, in the same run.

Each run is a process of its own that reads a register of invented companies from Parquet and leaves the pairs that are
likelier the same than not; the two take turns. `--records` sets the size, `--growth` adds 100,000 and 5,000,000.
Two cases: rules as one would set them, and the wide one, all pairs of one brand. `seconds` are those of reading and
matching, `cpu` what both cores worked in that time (of use where others use the machine too); `whole` are the seconds
of the whole process, in which both load what they need and count what they found.
"""

import argparse
import json
import math
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from resolution.matching.engine import score
from resolution.matching.spec import Comparison, Level, Rule, Spec
from resolution.matching.table import Table
from resolution.matching.training import train
from resolution.matching.weights import Model
from sandbox.register import records

LEAST = 0.5
RULES = (("brand", "trade"), ("brand", "place"), ("place", "person"), ("brand", "founded"))
SPEC = Spec(
    kind="register",
    comparisons=(
        Comparison(
            column="name",
            holds=("brand", "place", "trade"),
            levels=(Level(when="equal", tf=1), Level(when="jaro_winkler >= 0.95"), Level(when="jaro_winkler >= 0.85")),
        ),
        Comparison(column="place", levels=(Level(when="equal", tf=1),)),
        Comparison(column="trade", levels=(Level(when="equal", tf=1),)),
        Comparison(column="founded", levels=(Level(when="equal"), Level(when="difference <= 1"))),
        Comparison(column="person", levels=(Level(when="equal", tf=1), Level(when="jaro_winkler >= 0.8"))),
    ),
    blocking=tuple(Rule(by=by) for by in RULES),
    certain=(Rule(by=("code",)),),
    recall=0.25,
)
WIDE = SPEC.model_copy(update={"blocking": (Rule(by=("brand",), cap=50_000_000),)})


def ours(model: Model, path: Path, least: float) -> tuple[Any, int]:
    found = score(model, Table.read(path, model.spec.columns), least=least)
    return pa.table({"l": found.left, "r": found.right}), found.seen


def child(which: str, case: str, folder: Path, size: str) -> None:
    model = pickle.loads((folder / f"{size}.model").read_bytes())
    model = replace(model, spec=WIDE) if case == "wide" else model
    path = folder / f"{size}.parquet"
    if which == "ours":
        run = ours
    else:
        from _splink import predict as run  # noqa: PLC0415  (the other process does without)
    start, used = time.perf_counter(), time.process_time()
    found, seen = run(model, path, LEAST)
    took, used = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    left, right = (found[name].to_numpy() for name in ("l", "r"))
    truth = pq.read_table(path, columns=["cluster"])["cluster"].to_numpy()
    sizes = np.unique(truth, return_counts=True)[1]
    right_ones, pairs = int((truth[left] == truth[right]).sum()), int((sizes * (sizes - 1) // 2).sum())
    f1 = 2 * right_ones / (len(left) + pairs)
    line = {"seconds": took, "cpu": used, "peak": peak, "f1": f1, "seen": seen, "kept": len(left)}
    sys.stdout.write(json.dumps(line) + "\n")


def measured(which: str, case: str, folder: Path, size: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", which, case, str(folder), str(size)]
    start = time.perf_counter()
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {**json.loads(out.strip().splitlines()[-1]), "whole": time.perf_counter() - start}


def prepare(folder: Path, size: int) -> None:
    table = records(size)
    pq.write_table(table, folder / f"{size}.parquet")
    (folder / f"{size}.model").write_bytes(pickle.dumps(train(SPEC, Table.of(table, SPEC.trained_on))))


def middle(runs: list[dict[str, Any]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--child", nargs=4)
    args = parser.parse_args()
    if args.child:
        which, case, where, size = args.child
        child(which, case, Path(where), size)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, args.records)
        measured("ours", "base", folder, args.records)  # compiles
        for case in ("base", "wide"):
            pairs = [[measured(w, case, folder, args.records) for w in ("ours", "splink")] for _ in range(args.runs)]
            mine, other = ([pair[n] for pair in pairs] for n in (0, 1))
            line = {
                "name": f"matching {case}",
                "records": args.records,
                "pairs": mine[0]["seen"],
                "ours": round(middle(mine, "seconds"), 2),
                "rival": round(middle(other, "seconds"), 2),
                "unit": "s",
                "cpu": [round(middle(each, "cpu"), 2) for each in (mine, other)],
                "whole": [round(middle(each, "whole"), 2) for each in (mine, other)],
                "ratio": round(statistics.median(a["seconds"] / b["seconds"] for a, b in pairs), 4),
                "pairs_a_second": round(mine[0]["seen"] / middle(mine, "seconds")),
                "f1": [round(mine[0]["f1"], 4), round(other[0]["f1"], 4)],
                "peak_mb": [round(middle(mine, "peak")), round(middle(other, "peak"))],
                "runs": args.runs,
            }
            sys.stdout.write(json.dumps(line) + "\n")
        if args.growth:
            sizes = (100_000, args.records, 5_000_000)
            took = []
            for size in sizes:
                if size != args.records:
                    prepare(folder, size)
                took.append(middle([measured("ours", "base", folder, size) for _ in range(args.runs)], "seconds"))
            slope = [
                round(math.log(took[n + 1] / took[n]) / math.log(sizes[n + 1] / sizes[n]), 3)
                for n in range(len(sizes) - 1)
            ]
            line = {
                "name": "matching growth",
                "records": sizes,
                "seconds": [round(t, 2) for t in took],
                "exponent": slope,
            }
            sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
