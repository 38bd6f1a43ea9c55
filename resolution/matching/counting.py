"""What has to be known of a whole table before Spark compares its parts: block sizes, and how common values are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from resolution.matching.arriving import Whole
from resolution.matching.blocking import RuleReport
from resolution.matching.columns import Common, words
from resolution.matching.spec import EQUAL, Comparison, Rule
from resolution.matching.strings import LONGEST


def sizes(keyed: DataFrame, rule: Rule) -> DataFrame:
    """Return a rule's blocks: key, records, pairs, whether they are beyond the cap, and whether their values differ."""
    found = (
        keyed.where("k IS NOT NULL")
        .groupBy("k")
        .agg(f.count("*").alias("size"), (f.min("values") != f.max("values")).alias("mixed"))
    )
    return found.withColumn("pairs", f.expr("size * (size - 1) div 2")).withColumn("over", f.col("pairs") > rule.cap)


def reports(blocks: Sequence[DataFrame], rules: Sequence[Rule]) -> tuple[list[RuleReport], bool]:
    """Return what each rule brings, and whether all blocks are of records with the same values."""
    asked = [
        each.agg(
            f.lit(number).alias("rule"),
            f.sum(f.when(~f.col("over"), f.col("pairs"))),
            f.max("size"),
            f.collect_list(f.when(f.col("over"), f.col("size"))),
            f.coalesce(f.max("mixed"), f.lit(False)),
        )
        for number, each in enumerate(blocks)
    ]
    told = sorted(reduce(DataFrame.unionAll, asked).collect(), key=lambda row: int(row[0]))
    return [
        RuleReport(rules[number].name, pairs or 0, largest or 0, tuple(sorted(capped, reverse=True)))
        for number, pairs, largest, capped, _ in told
    ], not any(row[-1] for row in told)


def values(rows: DataFrame, name: str, counted: str) -> DataFrame:
    """Return a column's different values, and how many records have each."""
    return rows.where(f.col(name).isNotNull()).groupBy(name).agg(f.count("*").alias(counted))


def wholes(rows: DataFrame, comparisons: Sequence[Comparison]) -> dict[str, Whole]:
    """Return what comparisons know of their whole columns."""
    names = list(dict.fromkeys(each.column for each in comparisons))
    asked = [
        values(rows, name, "n").agg(f.lit(number), f.count("*"), f.coalesce(f.sum("n"), f.lit(0)))
        for number, name in enumerate(names)
    ]
    found: dict[str, Whole] = {}
    for number, size, total in reduce(DataFrame.unionAll, asked).collect():
        levels = [level for each in comparisons if each.column == names[number] for level in each.levels]
        measures = {level.measure for level in levels}
        different = rows.select(names[number]).where(f.col(names[number]).isNotNull()).distinct()
        characters = _how_common(different, _characters) if measures & {"subsequence", "overlap"} else {}
        common = Common(size, characters, _how_common(different, words) if "tokens" in measures else {})
        is_counted = any(level.when == EQUAL and level.tf for level in levels)
        found[names[number]] = Whole(f"c{number}", is_counted, size, total, common)
    return found


def _characters(text: str) -> Iterable[str]:
    return set(text[:LONGEST].replace("\0", "\ufffd"))


def _how_common(different: DataFrame, parts: Callable[[str], Iterable[str]]) -> dict[str, int]:
    """Return how many of the different values have each part."""

    def explode(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            found = [part for text in batch.column(0).to_pylist() for part in parts(text)]
            yield pa.RecordBatch.from_arrays([pa.array(found, pa.string())], ["part"])

    return dict(different.mapInArrow(explode, "part string").groupBy("part").count().collect())
