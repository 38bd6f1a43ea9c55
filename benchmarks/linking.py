"""One short name against a register of N invented companies, against rapidfuzz's search of the same list.

`--records N` sets N (100,000). A first line tells build and latency (milliseconds, warm, one query at a time) and how
often the company meant came first; the second compares the queries a second.
"""

import argparse
import json
import random
import resource
import statistics
import sys

from _shared import compare, seconds
from rapidfuzz import fuzz, process

from resolution.linking.index import of_names
from sandbox.register import names, short

QUERIES, RIVALS, RUNS = 500, 10, 3


def main() -> None:
    """Print the two lines."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    count = parser.parse_args().records
    register, chance = list(names(count)), random.Random(7)
    meant = chance.sample(register, QUERIES)
    queries = [short(name, chance) for name in meant]
    made = []
    build = seconds(lambda: made.append(of_names(register)))
    index = made[0]
    index.link(queries[0])
    times = sorted(seconds(lambda q=query: index.link(q)) * 1000 for query in queries)
    # A short form of many companies (华信科技) means none of them alone: right is who has all its characters in order.
    right = sum(meant[n] in {c.name for c in index.link(query, limit=5)} for n, query in enumerate(queries))
    line = {
        "name": "linking", "records": count, "build_s": round(build, 1), "p50_ms": round(statistics.median(times), 2),
        "p95_ms": round(times[int(QUERIES * 0.95)], 2), "top5": round(right / QUERIES, 4),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip
    sys.stdout.write(json.dumps(line) + "\n")

    def rival() -> float:
        spent = seconds(lambda: [process.extract(q, register, scorer=fuzz.WRatio, limit=5) for q in queries[:RIVALS]])
        return RIVALS / spent

    compare(
        "one name among many",
        lambda: QUERIES / seconds(lambda: [index.link(query) for query in queries]),
        rival,
        unit="queries/s",
        runs=RUNS,
    )


if __name__ == "__main__":
    main()
