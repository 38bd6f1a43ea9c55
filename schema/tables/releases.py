"""What was published: versions that never change, what changed in them and why, the checks they passed."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from schema.tables.columns import moment, structure


class Release(SQLModel, table=True):
    """An immutable published version."""

    version: str = Field(primary_key=True)
    as_of: str
    digest: str = Field(description="sha256 over the published tables, independent of the file format")
    resolve_run: str | None = Field(default=None, foreign_key="resolve_run.id")
    counts: dict[str, Any] | None = structure()
    previous: str | None = Field(default=None, foreign_key="release.version")
    published_at: datetime = moment()


class Change(SQLModel, table=True):
    """A row that differs from the release before, and the cause."""

    id: str = Field(primary_key=True, description="content id of version, table, row")
    version: str = Field(foreign_key="release.version", index=True)
    table: str
    row: str
    action: str = Field(description="ADD, MOD or DEL")
    cause: str = Field(description="source, resolution, code or schema")


class Check(SQLModel, table=True):
    """A check of a release: its figure and its bound."""

    id: str = Field(primary_key=True, description="content id of version, check")
    version: str = Field(foreign_key="release.version", index=True)
    name: str
    figure: float
    bound: str
    passed: bool
    severity: str = Field(description="error stops a release, warning does not")
