"""1,000 records added to a register of N, against matching all of them at once: time, and whether the result is equal.

Each run opens the register from disk, so that what is timed is what a command would take after Python's own start.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
from _shared import seconds
from matching import SPEC

from resolution.matching.register import Added, Register
from resolution.matching.table import Table
from resolution.matching.training import train
from sandbox.register import records

ARRIVING = 1_000


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    size = args.records + ARRIVING
    chance = np.random.default_rng(20261127)
    table = records(size).append_column("key", pa.array([f"{number:08}" for number in chance.permutation(size)]))
    order = chance.permutation(size)
    fresh, base = (table.take(pa.array(np.sort(part))) for part in (order[:ARRIVING], order[ARRIVING:]))
    model = train(SPEC, Table.of(base, SPEC.trained_on))
    with tempfile.TemporaryDirectory() as name:
        built = Register.build(Path(name) / "built", model, base)
        shutil.copytree(built.folder, Path(name) / "warm")
        Register(Path(name) / "warm").add(fresh)  # compiles
        times, found = [], []
        for run in range(args.runs):
            folder = Path(name) / f"run{run}"
            shutil.copytree(built.folder, folder)
            added: list[Added] = []
            times.append(seconds(lambda f=folder, a=added: a.append(Register(f).add(fresh))))
            found = added
        whole: list[Register] = []
        at_once = seconds(
            lambda: whole.append(
                Register.build(Path(name) / "whole", model, pa.concat_tables([base, fresh]), built.frequencies)
            )
        )
        equal = Register(folder).groups() == whole[0].groups()
    line = {
        "name": "incremental", "records": args.records, "arriving": ARRIVING, "pairs": found[0].pairs,
        "links": found[0].links, "seconds": round(statistics.median(times), 3), "at_once": round(at_once, 1),
        "ratio": round(statistics.median(times) / at_once, 4), "equal": equal, "runs": args.runs,
    }  # fmt: skip
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
