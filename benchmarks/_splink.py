"""Our specification and model as Splink's settings, so that both match the same records by the same levels."""

from pathlib import Path
from typing import Any

import duckdb
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from resolution.matching.spec import EQUAL, Comparison
from resolution.matching.weights import Model

_FUNCTIONS = {"jaro_winkler": "jaro_winkler_similarity"}  # over UTF-8 bytes: the same on ASCII only


def settings(model: Model, unique_id: str = "id") -> dict[str, Any]:
    """Return Splink's settings for a model. Raises KeyError for a measure that DuckDB does not have."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": unique_id,
        "probability_two_random_records_match": model.prior,
        "blocking_rules_to_generate_predictions": [_rule(rule.by) for rule in model.spec.blocking],
        "comparisons": [_comparison(model, number, each) for number, each in enumerate(model.spec.comparisons)],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def predict(model: Model, path: Path, least: float) -> tuple[Any, int]:
    """Return what Splink finds in a Parquet file: a table of pairs (l, r), by rows from 0; and 0."""
    connection = duckdb.connect()
    connection.execute("SET threads=2")
    relation = connection.sql(f"SELECT row_number() OVER () - 1 AS id, * FROM read_parquet('{path}')")
    linker = Linker(DuckDBAPI(connection).register(relation), settings(model), log_level="ERROR")
    found = linker.inference.predict(threshold_match_probability=least).as_duckdbpyrelation()
    return found.select("id_l AS l, id_r AS r").to_arrow_table(), 0


def _rule(by: tuple[str, ...]) -> str:
    return " AND ".join(f"l.{column} = r.{column}" for column in by)


def _comparison(model: Model, number: int, comparison: Comparison) -> dict[str, Any]:
    column = comparison.column
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": f"{column}_l IS NULL OR {column}_r IS NULL",
            "label_for_charts": "null",
            "is_null_level": True,
        }
    ]
    for place, level in enumerate(comparison.levels):
        if level.when == EQUAL:
            condition = f"{column}_l = {column}_r"
        elif level.measure == "difference":
            condition = f"abs(CAST({column}_l AS DOUBLE) - CAST({column}_r AS DOUBLE)) <= {-level.least}"
        else:
            condition = f"{_FUNCTIONS[level.measure]}({column}_l, {column}_r) >= {level.least}"
        levels.append({"sql_condition": condition, "label_for_charts": level.when, **_chances(model, number, place)})
        if level.tf:
            levels[-1] |= {"tf_adjustment_column": column, "tf_adjustment_weight": level.tf}
    levels.append({"sql_condition": "ELSE", "label_for_charts": "else", **_chances(model, number, -1)})
    return {"output_column_name": column, "comparison_levels": levels}


def _chances(model: Model, number: int, place: int) -> dict[str, float]:
    return {"m_probability": float(model.m[number][place]), "u_probability": float(model.u[number][place])}
