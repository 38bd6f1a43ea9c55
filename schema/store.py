"""Writing rows so that doing it twice changes nothing."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, select

from schema.ids import canonical_json
from schema.tables.columns import Encoded, Json

CHUNK = 1_000
ModelT = TypeVar("ModelT", bound=SQLModel)


Row = tuple[type[SQLModel], dict[str, Any]]  # a table and the values of all its columns, JSON as its text


def row(model: type[SQLModel], **values: Any) -> Row:
    """Return a row as plain values: a tenth of an instance's cost, and ready for another process to write.

    Raises TypeError for a column that the table does not have, or that it needs and is not given.
    """
    defaults, structures, needed = _shape(model)
    if not defaults.keys() >= values.keys() >= needed:
        wrong = sorted(values.keys() - defaults.keys()) or sorted(needed - values.keys())
        raise TypeError(f"{model.__name__}: {', '.join(wrong)}")
    found = {**defaults, **values}
    for name in structures:
        if found[name] is not None:
            found[name] = Encoded(canonical_json(found[name]))
    return model, found


def upsert(session: Session, rows: Iterable[SQLModel | Row], *, update: Sequence[str] | None = None) -> None:
    """Insert rows by primary key; of those already there, set the columns in `update` (None: every column).

    Rows of several tables may be mixed and are written in the order of the tables' first appearance.
    """
    by_table: dict[type[SQLModel], list[dict[str, Any]]] = {}
    for each in rows:
        model, values = each if isinstance(each, tuple) else (type(each), _values(each))
        by_table.setdefault(model, []).append(values)
    for model, written in by_table.items():
        columns = None if update is None else tuple(update)
        sql, adapters, is_positional = _compiled(_Make(session.get_bind().dialect), model, columns)
        for start in range(0, len(written), CHUNK):
            part = written[start : start + CHUNK]
            # Straight to the driver: SQLAlchemy's own way to fill in parameters costs as much as the writing.
            adapted = [
                {name: values[name] if adapt is None else adapt(values[name]) for name, adapt in adapters}
                for values in part
            ]
            given = [tuple(values.values()) for values in adapted] if is_positional else adapted
            session.connection().exec_driver_sql(sql, given)


def padded(values: Iterable[str]) -> list[str]:
    """Return values for a SQL list, the last repeated until their number is a power of two.

    Each length of a list is a statement of its own, which the driver prepares and keeps: some 200 kB for a thousand
    values. With a dozen lengths there are a dozen statements, however long a crawl goes on.
    """
    found = list(values)
    missing = (1 << (len(found) - 1).bit_length()) - len(found) if found else 0
    return found + found[-1:] * missing


def last_in_chain(session: Session, model: type[ModelT]) -> ModelT | None:
    """Return the row that no other names as its `previous`, or None when the table is empty."""
    table = _table(model)
    (key,) = table.primary_key
    followed = sa.select(table.c.previous).where(table.c.previous.is_not(None))
    return session.exec(select(model).where(key.not_in(followed))).first()


def _values(row: SQLModel) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in _table(type(row)).columns}


@lru_cache(maxsize=64)
def _shape(model: type[SQLModel]) -> tuple[dict[str, Any], tuple[str, ...], frozenset[str]]:
    """Return a table's columns with their defaults, those that hold JSON, and those that must be given."""
    columns = _table(model).columns
    fields = model.model_fields
    defaults = {c.name: None if fields[c.name].is_required() else fields[c.name].get_default() for c in columns}
    structures = tuple(c.name for c in columns if isinstance(c.type, Json))
    needed = frozenset(c.name for c in columns if fields[c.name].is_required())
    return defaults, structures, needed


def _table(model: type[SQLModel]) -> sa.Table:
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    return table


class _Make:
    """A dialect as a key: two engines of one make share what is compiled."""

    def __init__(self, dialect: sa.Dialect) -> None:
        self.dialect = dialect

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Make) and self.dialect.name == other.dialect.name

    def __hash__(self) -> int:
        return hash(self.dialect.name)


Adapter = tuple[str, Callable[[Any], Any] | None]


@lru_cache(maxsize=128)
def _compiled(
    make: _Make, model: type[SQLModel], update: tuple[str, ...] | None
) -> tuple[str, tuple[Adapter, ...], bool]:
    """Return the SQL of an upsert, its parameters in order with what the driver wants done to each, and their form."""
    compiled = _statement(make.dialect.name, model, update).compile(dialect=make.dialect)
    columns = _table(model).columns
    names = compiled.positiontup or list(compiled.params)
    adapters = tuple(
        (name, columns[name].type.dialect_impl(make.dialect).bind_processor(make.dialect)) for name in names
    )
    return str(compiled), adapters, bool(compiled.positiontup)


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
