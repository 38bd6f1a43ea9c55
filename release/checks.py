"""What a release must satisfy before anybody reads it."""

from dataclasses import dataclass

from release.columns import ATTRIBUTE, ENTITY, RELATION, TABLES, WIDE
from release.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Checked:
    """A check: its figure, its bound, and whether an error (which stops the release) or a warning follows."""

    name: str
    figure: float
    bound: str
    passed: bool
    severity: str = "error"


def check(workbook: Workbook) -> list[Checked]:
    """Return all checks of a built release, passed or not."""
    return [
        _none(
            "cells without a span", workbook, f"SELECT count(*) FROM {ATTRIBUTE.name} WHERE rank = 0 AND spans = '[]'"
        ),
        _none("cells without an attribute", workbook, _cells_without_attribute()),
        _none(
            "relations to an unknown entity",
            workbook,
            f"SELECT count(*) FROM {RELATION.name} WHERE subject_id NOT IN (SELECT id FROM {ENTITY.name}) "
            f"OR object_id NOT IN (SELECT id FROM {ENTITY.name})",
        ),
        _none(
            "relations without evidence",
            workbook,
            f"SELECT count(*) FROM {RELATION.name} WHERE id NOT IN (SELECT relation_id FROM relation_evidence)",
        ),
        _none(
            "redirects to an unknown entity",
            workbook,
            f"SELECT count(*) FROM redirect WHERE to_id NOT IN (SELECT id FROM {ENTITY.name})",
            severity="warning",
        ),
        _some("entities", workbook.count(ENTITY)),
        _some("tables", len(TABLES)),
    ]


def _cells_without_attribute() -> str:
    parts = [
        f"SELECT count(*) AS n FROM {table.name} t WHERE t.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
        f"attribute a WHERE a.entity_id = t.id AND a.property = '{column}' AND a.rank = 0)"
        for table in WIDE.values()
        for column in table.names[1:]
    ]
    return f"SELECT sum(n) FROM ({' UNION ALL '.join(parts)})"


def _none(name: str, workbook: Workbook, sql: str, severity: str = "error") -> Checked:
    figure = int(workbook.ask(sql)[0][0] or 0)
    return Checked(name, figure, "= 0", figure == 0, severity)


def _some(name: str, figure: int) -> Checked:
    return Checked(name, figure, ">= 1", figure >= 1)
