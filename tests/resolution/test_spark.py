"""The matching engine on Spark, in local mode for real: what it brings is what DuckDB brings."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from matching import SPEC as REGISTER

from resolution.matching import engine
from resolution.matching.spec import Comparison, Level, Rule, Spec
from resolution.matching.table import Table
from resolution.matching.training import train
from sandbox.register import records

pytest.importorskip("pyspark", reason="the extra `spark` is not installed (`make spark`)")
from pyspark.sql import SparkSession

from resolution.matching import spark as on_spark

COUNT = 4_000
MANY = Spec(
    kind="many",
    comparisons=(
        Comparison(
            column="name", levels=(Level(when="equal", tf=1), Level(when="ratio >= 0.9"), Level(when="overlap >= 0.6"))
        ),
        Comparison(column="trade", levels=(Level(when="equal", tf=0.5), Level(when="subsequence >= 0.5"))),
        Comparison(column="mark", levels=(Level(when="equal"), Level(when="tokens >= 0.3"))),
        Comparison(column="founded", levels=(Level(when="equal"), Level(when="difference <= 2"))),
    ),
    blocking=(
        Rule(by=("brand",)),
        Rule(by=("place", "trade"), cap=60),
        Rule(by=("mark",), share="words", cap=900),
        Rule(by=("name",), share="bigrams", cap=60),
    ),
    prior=0.001,
)


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    # No plan for every stage, and code compiled once over: both cost more here than they bring.
    session = on_spark.local(
        2,
        spark__sql__shuffle__partitions="2",
        spark__sql__adaptive__enabled="false",
        spark__driver__extraJavaOptions="-XX:TieredStopAtLevel=1",
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def rows() -> pa.Table:
    chance = np.random.default_rng(7)
    marks = [f"{a} Mark {b}" if a else None for a, b in chance.integers(0, (99, 400), (COUNT, 2)).tolist()]
    sources = pa.array(chance.choice(["a", "b", "c"], COUNT))
    table = records(COUNT).append_column("mark", pa.array(marks)).append_column("source", sources)
    return table.append_column("id", pa.array(range(COUNT), pa.int32()))


@pytest.mark.parametrize(("spec", "source"), [(REGISTER, None), (MANY, "source")])
def test_spark_brings_the_pairs_weights_and_reports_of_duckdb(
    spark: SparkSession, rows: pa.Table, spec: Spec, source: str | None
) -> None:
    model = train(spec, Table.of(rows, spec.trained_on))
    one = engine.score(model, Table.of(rows, spec.columns, source=source), least=0.05)
    other = on_spark.score(model, spark.createDataFrame(rows), source=source, least=0.05)
    assert len(one.left) > 300
    assert one.rules == other.rules
    assert one.seen == other.seen
    for name in ("left", "right", "pattern", "weight"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


def test_two_keys_of_the_same_hash_are_told_apart(
    spark: SparkSession, rows: pa.Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, few = train(MANY, Table.of(rows, MANY.trained_on)), rows.slice(0, 300)
    rules = MANY.model_copy(update={"blocking": MANY.blocking[:1]})
    model = replace(model, spec=rules)
    monkeypatch.setattr(on_spark, "hashed", lambda *_: on_spark.f.lit(1))
    one, other = engine.score(model, Table.of(few, rules.columns)), on_spark.score(model, spark.createDataFrame(few))
    assert (one.seen, one.rules) == (other.seen, other.rules)
    assert np.array_equal(one.weight, other.weight)
