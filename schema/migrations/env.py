"""Alembic's entry: migrates the database whose engine or connection the caller hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, DateTime
from sqlmodel import AutoString

from schema.database import metadata
from schema.tables.columns import Json, UtcDateTime


def _plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    # A migration is history: it names SQLAlchemy's own types, not classes of ours that may move.
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UtcDateTime):
        return f"sa.{DateTime.__name__}(timezone=True)"
    if kind == "type" and isinstance(item, Json):
        return "sa.Text()"
    return False


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        render_as_batch=True,
        render_item=_plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    with context.config.attributes["engine"].connect() as fresh:
        _migrate(fresh)
