"""Writing rows so that doing it twice changes nothing."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, select

CHUNK = 1_000
ModelT = TypeVar("ModelT", bound=SQLModel)


def upsert(session: Session, rows: Iterable[SQLModel], *, update: Sequence[str] | None = None) -> None:
    """Insert rows by primary key; of those already there, set the columns in `update` (None: every column).

    Rows of several tables may be mixed and are written in the order of the tables' first appearance.
    """
    by_table: dict[type[SQLModel], list[dict[str, Any]]] = {}
    for row in rows:
        by_table.setdefault(type(row), []).append(_values(row))
    for model, values in by_table.items():
        columns = None if update is None else tuple(update)
        statement = _statement(session.get_bind().dialect.name, model, columns)
        for start in range(0, len(values), CHUNK):
            session.connection().execute(statement, values[start : start + CHUNK])


def last_in_chain(session: Session, model: type[ModelT]) -> ModelT | None:
    """Return the row that no other names as its `previous`, or None when the table is empty."""
    table = _table(model)
    (key,) = table.primary_key
    followed = sa.select(table.c.previous).where(table.c.previous.is_not(None))
    return session.exec(select(model).where(key.not_in(followed))).first()


def _values(row: SQLModel) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in _table(type(row)).columns}


def _table(model: type[SQLModel]) -> sa.Table:
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    return table


@lru_cache(maxsize=128)
def _statement(dialect: str, model: type[SQLModel], update: tuple[str, ...] | None) -> Any:
    table = _table(model)
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    if update is None:
        update = tuple(column.name for column in table.columns if column.name not in keys)
    if not update:
        return statement.on_conflict_do_nothing(index_elements=keys)
    new = {name: statement.excluded[name] for name in update}
    return statement.on_conflict_do_update(index_elements=keys, set_=new)
