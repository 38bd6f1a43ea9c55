"""The matching engine on Spark: the same blocking SQL, the same compiled comparisons by `mapInArrow`, equal results.

The blocking join carries the compared columns of both sides along, so that a pair arrives with all that is compared:
no executor holds the whole table, and no pair is sent anywhere to have its records looked up. What comparisons know of
whole columns is counted before; how many records have a value comes with the value.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from resolution.matching import arriving, counting
from resolution.matching.blocking import RuleReport, queries
from resolution.matching.columns import bigrams, words
from resolution.matching.engine import LEAST, Scored, bound_of
from resolution.matching.patterns import by_cost
from resolution.matching.spec import Rule
from resolution.matching.weights import Model

hashed = f.xxhash64


def score(
    model: Model, records: DataFrame, *, number: str = "id", source: str | None = None, least: float = LEAST
) -> Scored:
    """Return the pairs of records whose probability of being the same is at least `least`: those that DuckDB brings.

    `records` has the specification's columns (text or whole numbers) and under `number` the records' numbers, each
    once and below 2**31; with `source` only pairs of two sources come. The pairs that are kept come to the driver. The
    temporary views `keys` and `shared` are made and dropped.
    """
    spark, spec = records.sparkSession, model.spec
    rows = records.select(
        f.col(number).cast("int").alias("id"),
        *([f.coalesce(f.col(source).cast("string"), f.lit("")).alias("source")] if source else []),
        *(f.expr(f"nullif(cast(`{name}` AS string), '')").alias(name) for name in spec.columns),
    ).persist()
    columns = counting.wholes(rows, spec.comparisons)
    equal = sum(not rule.share for rule in spec.blocking)
    keys, reports = _blocks(rows, sorted(spec.blocking, key=lambda rule: bool(rule.share)), columns)
    keys.persist().createOrReplaceTempView("keys")
    carried = [name for whole in columns.values() for name in whole.names]
    sql = queries(equal, shared=equal < len(spec.blocking), linked=source is not None, carried=carried)
    order, bound = by_cost(spec, [columns[each.column].values for each in spec.comparisons]), bound_of(least)

    def compare(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return arriving.score(batches, model, columns, order, bound)

    pairs = reduce(DataFrame.unionAll, [spark.sql(each) for each in sql])
    found = pairs.mapInArrow(compare, "l int, r int, weight double, pattern int").toArrow()
    for view in ("keys", "shared"):
        spark.catalog.dropTempView(view)
    for kept in (keys, rows):
        kept.unpersist()
    left, right, weight, pattern = (found[name].to_numpy() for name in ("l", "r", "weight", "pattern"))
    seen = int(right[left == arriving.SEEN].sum(dtype=np.int64))
    place = np.lexsort((right, left))[np.count_nonzero(left == arriving.SEEN) :]
    return Scored(left[place], right[place], weight[place], pattern[place], seen, tuple(reports))


def local(cores: int, **settings: str) -> SparkSession:
    """Return a session on this machine alone; `settings` are further ones of Spark, with __ for the dot."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    here = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    small = {"spark.sql.shuffle.partitions": str(2 * cores)}
    more = {name.replace("__", "."): value for name, value in settings.items()}
    return SparkSession.builder.master(f"local[{cores}]").config(map={**here, **quiet, **small, **more}).getOrCreate()


def _blocks(
    rows: DataFrame, rules: Sequence[Rule], columns: dict[str, arriving.Whole], *, exact: bool = False
) -> tuple[DataFrame, list[RuleReport]]:
    """Return the table `keys`, and what each rule brings; those on shared things come last, for which there is a view.

    Keys are hashes of the values, which sort and travel faster than these; should two different values have the same
    one, keys are the values themselves (`exact`).
    """
    others = [each for each in ("id", "source") if each in rows.columns]
    keyed = [_parts(rows, others, n, rule) if rule.share else _key(rows, rule, exact) for n, rule in enumerate(rules)]
    sizes = [counting.sizes(each, rule) for each, rule in zip(keyed, rules, strict=True)]
    reports, is_clear = counting.reports(sizes, rules)
    if not is_clear:
        return _blocks(rows, rules, columns, exact=True)
    keys, shared = rows, []
    for n, rule in enumerate(rules):
        if rule.share:
            shared.append(_without(keyed[n], sizes[n], reports[n]).where("k IS NOT NULL").select(*others, "k"))
        else:
            keys = (
                _without(_key(keys, rule, exact), sizes[n], reports[n]).withColumnRenamed("k", f"k{n}").drop("values")
            )
    for name, whole in columns.items():
        if whole.is_counted:
            keys = keys.join(counting.values(rows, name, whole.names[1]), name, "left")
        keys = keys.withColumn(whole.names[0], f.col(name))
    if shared:
        reduce(DataFrame.unionAll, shared).createOrReplaceTempView("shared")
    return keys, reports


def _key(rows: DataFrame, rule: Rule, exact: bool) -> DataFrame:
    there = reduce(lambda a, b: a & b, [f.col(name).isNotNull() for name in rule.by])
    values = f.struct(*rule.by)
    return rows.withColumn("k", f.when(there, values if exact else hashed(*rule.by))).withColumn("values", values)


def _parts(rows: DataFrame, others: Sequence[str], number: int, rule: Rule) -> DataFrame:
    """Return which record has which word or pair of characters."""
    parts, (name,) = words if rule.share == "words" else bigrams, rule.by

    def explode(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            found = [(row, part) for row, text in enumerate(batch[name].to_pylist()) for part in parts(text)]
            at = pa.array([row for row, _ in found], pa.int64())
            kept: list[Any] = [batch[other].take(at) for other in others]
            yield pa.RecordBatch.from_arrays(
                [*kept, pa.array([part for _, part in found], pa.string())], [*others, "p"]
            )

    schema = ", ".join([*(f"{other} {'int' if other == 'id' else 'string'}" for other in others), "p string"])
    found = rows.where(f.col(name).isNotNull()).select(*others, name).mapInArrow(explode, schema)
    return found.withColumn("k", f.struct(f.lit(number).alias("rule"), "p")).withColumn("values", f.col("k"))


def _without(rows: DataFrame, sizes: DataFrame, report: RuleReport) -> DataFrame:
    """Return the rows, without the keys of blocks beyond the cap."""
    if not report.capped:
        return rows
    over = f.broadcast(sizes.where("over").select("k", "over"))
    return rows.join(over, "k", "left").withColumn("k", f.when(f.col("over").isNull(), f.col("k"))).drop("over")
