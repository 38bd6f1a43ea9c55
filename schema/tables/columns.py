"""Column types that behave alike on SQLite and PostgreSQL, and what a column means to the content hash."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from schema.ids import canonical_json

# A ledger table says what happened and when; a second run of a stage is a new event in it, and no new content.
LEDGER: dict[str, Any] = {"info": {"ledger": True}}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; naive values are refused, since nobody can say later what they meant."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store the moment as UTC. Raises ValueError for a moment without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment with its zone (SQLite forgets it)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Encoded(str):
    """A value that is its JSON text already."""

    __slots__ = ()


class Json(TypeDecorator[Any]):
    """A value as its one JSON text, on every database.

    (SQLite gives a column of type JSON numeric affinity and turns 0.0 into 0; PostgreSQL reorders nothing but
    refuses what SQLite takes. Text is the same everywhere, and so is the content hash.)
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Store the canonical JSON text; None is NULL."""
        return value if value is None or isinstance(value, Encoded) else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the parsed value."""
        return None if value is None else json.loads(value)


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def moment(*, volatile: bool = True, nullable: bool = False) -> Any:
    """Return a column for a moment; volatile ones tell when we looked, not what the web said."""
    return Field(
        default=None if nullable else ...,
        sa_column=Column(UtcDateTime, nullable=nullable, info={"volatile": volatile}),
    )


def place(kind: Any) -> Any:
    """Return a column that says where bytes lie, which may differ between two archives of equal content."""
    return Field(default=None, sa_column=Column(kind, nullable=True, info={"volatile": True}))


def structure(*, nullable: bool = True) -> Any:
    """Return a column that holds a list or a mapping as JSON."""
    return Field(default=None, sa_column=Column(Json, nullable=nullable))


def long_text(*, nullable: bool = True) -> Any:
    """Return a column for text of any length."""
    return Field(default=None if nullable else ..., sa_column=Column(Text, nullable=nullable))
