"""The closed lists that the database speaks in (`data/taxonomies/*.csv`), read once and checked."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar, get_args

from schema.errors import InputError
from schema.settings import settings

RegionLevel = Literal["province", "prefecture", "county"]
IndustryLevel = Literal["sector", "division", "group", "class"]


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a flat list, such as a technology or a policy type."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Industry(Term):
    """One industry of GB/T 4754-2017; `en` is given for sectors and divisions only."""

    level: IndustryLevel
    parent: str | None


@dataclass(frozen=True, slots=True)
class Region(Term):
    """One administrative division of GB/T 2260.

    `alone` says whether `short_zh` may be read as this place without its parent in front of it.
    """

    level: RegionLevel
    parent: str | None
    short_zh: str
    alone: bool
    abbreviation: str
    metropolitan_area: str | None


@dataclass(frozen=True, slots=True)
class RelationType(Term):
    """One type of tie, with what its two ends are called."""

    subject_role: str
    object_role: str


Item = TypeVar("Item", bound=Term)
Row = dict[str, str]


def _load(
    name: str, columns: tuple[str, ...], make: Callable[[Row], Item], parents: bool = False
) -> Mapping[str, Item]:
    """Return the items of one file by code, in the file's order."""
    path = settings().data / "taxonomies" / f"{name}.csv"
    items: dict[str, Item] = {}
    for line, row in _rows(path, columns):
        code, parent = row["code"], row.get("parent", "")
        if not code or not row["zh"] or (not row["en"] and "level" not in row):
            raise _fault(path, line, "code, zh and en must be filled", "fill the empty cell")
        if code in items:
            raise _fault(path, line, f"code {code!r} stands twice", "keep one of the two rows")
        if parents and parent and parent not in items:
            raise _fault(path, line, f"parent {parent!r} is unknown", "put the parent's row above this one")
        try:
            items[code] = make(row)
        except ValueError as error:
            raise _fault(path, line, str(error), "correct the cell") from error
    return MappingProxyType(items)


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, Row]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != columns:
                raise _fault(path, 1, f"the header is {reader.fieldnames}", f"make it {','.join(columns)}")
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"the taxonomy cannot be read: {error}", where=str(path), remedy="restore the file (UTF-8 CSV)"
        ) from error
    for line, row in rows:
        if None in row or None in row.values():
            raise _fault(path, line, "the row has not as many cells as the header", "quote cells with commas")
    return rows


def _fault(path: Path, line: int, what: str, remedy: str) -> InputError:
    return InputError(what, where=f"{path}:{line}", remedy=remedy)


def _one_of(value: str, allowed: object) -> str:
    if value not in get_args(allowed):
        raise ValueError(f"level {value!r} is not one of {', '.join(get_args(allowed))}")
    return value


def _term(row: Row) -> Term:
    return Term(row["code"], row["zh"], row["en"])


def _industry(row: Row) -> Industry:
    level: IndustryLevel = _one_of(row["level"], IndustryLevel)  # type: ignore[assignment]
    return Industry(row["code"], row["zh"], row["en"], level, row["parent"] or None)


def _region(row: Row) -> Region:
    level: RegionLevel = _one_of(row["level"], RegionLevel)  # type: ignore[assignment]
    if len(row["code"]) != 6 or not row["code"].isdecimal():
        raise ValueError(f"code {row['code']!r} is not six digits")
    if row["alone"] not in {"yes", "no"}:
        raise ValueError(f"alone is {row['alone']!r}, not yes or no")
    area = row["metropolitan_area"] or None
    if area is not None and area not in metropolitan_areas():
        raise ValueError(f"metropolitan area {area!r} is unknown")
    return Region(
        row["code"],
        row["zh"],
        row["en"],
        level,
        row["parent"] or None,
        row["short_zh"],
        row["alone"] == "yes",
        row["abbreviation"],
        area,
    )


def _relation(row: Row) -> RelationType:
    return RelationType(row["code"], row["zh"], row["en"], row["subject_role"], row["object_role"])


_FLAT = ("code", "zh", "en")
_REGION = ("code", "level", "parent", "zh", "short_zh", "alone", "abbreviation", "en", "metropolitan_area")


@lru_cache(maxsize=1)
def technologies() -> Mapping[str, Term]:
    """Return the report's 17 technologies."""
    return _load("technologies", _FLAT, _term)


@lru_cache(maxsize=1)
def application_domains() -> Mapping[str, Term]:
    """Return the report's 19 application domains."""
    return _load("application_domains", _FLAT, _term)


@lru_cache(maxsize=1)
def industries() -> Mapping[str, Industry]:
    """Return the industries of GB/T 4754-2017: sector `C`, division `39`, group `391`, class `3911`."""
    return _load("industries", ("code", "level", "parent", "zh", "en"), _industry, parents=True)


@lru_cache(maxsize=1)
def regions() -> Mapping[str, Region]:
    """Return the administrative divisions of GB/T 2260 by their six digits, parents before children."""
    return _load("regions", _REGION, _region, parents=True)


@lru_cache(maxsize=1)
def metropolitan_areas() -> Mapping[str, Term]:
    """Return the report's four metropolitan areas, each a sum of whole provinces."""
    return _load("metropolitan_areas", _FLAT, _term)


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Term]:
    """Return the ten kinds of entity."""
    return _load("kinds", _FLAT, _term)


@lru_cache(maxsize=1)
def relation_types() -> Mapping[str, RelationType]:
    """Return the types of tie."""
    return _load("relation_types", (*_FLAT, "subject_role", "object_role"), _relation)


@lru_cache(maxsize=1)
def policy_types() -> Mapping[str, Term]:
    """Return the types of policy (规划, 实施意见, 行动计划, 其他)."""
    return _load("policy_types", _FLAT, _term)


@lru_cache(maxsize=1)
def validities() -> Mapping[str, Term]:
    """Return the states of validity (有效性) of a policy."""
    return _load("validity", _FLAT, _term)
