"""The matching engine on Spark in local mode against the one on DuckDB: the same records, and are the groups the same?

`--records` sets the size (200,000). Both start from Parquet and leave groups; Spark has run once before, small, so that
what is measured is no start. `cpu` is what all processes worked, on all cores together. Needs the extra `spark` and
Java 17 (`make spark`).
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from matching import LEAST, SPEC

from resolution.matching import engine
from resolution.matching import spark as on_spark
from resolution.matching.engine import Scored
from resolution.matching.grouping import Link, group
from resolution.matching.table import Table
from resolution.matching.training import train
from sandbox.register import records


def worked() -> float:
    """Return the seconds that this process and those it started have worked, on all cores together."""
    parents, seconds = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it has just ended
        parents[int(path.parent.name)] = int(fields[1])
        seconds[int(path.parent.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def is_ours(number: int) -> bool:
        return number == os.getpid() or (number in parents and is_ours(parents[number]))

    return sum(each for number, each in seconds.items() if is_ours(number))


def written(count: int, folder: Path) -> Path:
    table = records(count).append_column("id", pa.array(range(count), pa.int32()))
    pq.write_table(table, folder / f"{count}.parquet")
    return folder / f"{count}.parquet"


def groups(found: Scored, size: int) -> list[list[int]]:
    pairs = zip(found.left.tolist(), found.right.tolist(), found.weight.tolist(), strict=True)
    return group(size, (Link(*pair) for pair in pairs)).groups


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=200_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path, small = written(args.records, Path(name)), written(2_000, Path(name))
        model = train(SPEC, Table.read(path, SPEC.trained_on))
        engine.score(model, Table.read(small, SPEC.columns))
        start = time.perf_counter()
        spark = on_spark.local(2, spark__driver__memory="2g")
        began = time.perf_counter() - start
        on_spark.score(model, spark.read.parquet(str(small)))
        start, used = time.perf_counter(), worked()
        one = engine.score(model, Table.read(path, SPEC.columns), least=LEAST)
        duckdb, cpu = time.perf_counter() - start, [worked() - used]
        start, used = time.perf_counter(), worked()
        other = on_spark.score(model, spark.read.parquet(str(path)), least=LEAST)
        took = time.perf_counter() - start
        cpu.append(worked() - used)
        ours, theirs = groups(one, args.records), groups(other, args.records)
        spark.stop()
    line = {
        "name": "matching on spark",
        "records": args.records,
        "pairs": [one.seen, other.seen],
        "kept": [len(one.left), len(other.left)],
        "weights_equal": bool(len(one.weight) == len(other.weight) and (one.weight == other.weight).all()),
        "clusters": [len(ours), len(theirs)],
        "clusters_equal": ours == theirs,
        "duckdb": round(duckdb, 2),
        "spark": round(took, 2),
        "spark_start": round(began, 2),
        "unit": "s",
        "ratio": round(took / duckdb, 1),
        "cpu": [round(each, 2) for each in cpu],
        "pairs_a_second_of_work": [round(one.seen / cpu[0]), round(other.seen / cpu[1])],
    }
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
