from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from schema.content import content_hash, content_tables
from schema.database import metadata, transaction
from schema.store import upsert
from schema.tables.columns import UtcDateTime

MOMENT = datetime(2023, 10, 23, tzinfo=UTC)
TABLES = content_tables()
COLUMNS = [column for table in TABLES for column in table.columns]
LEDGERS = [table for table in metadata().sorted_tables if table not in TABLES]


def value(column: sa.Column[Any], salt: int) -> Any:
    """Return some value of the column's type, another one for another salt."""
    match column.type:
        case UtcDateTime():
            return MOMENT.replace(hour=salt)
        case sa.JSON():
            return {"键": [salt, 0.1 + salt, None, "‘引’\u2028"]}
        case sa.Boolean():
            return bool(salt % 2)
        case sa.Integer():
            return salt
        case sa.Float():
            return salt + 0.1
    return f"{column.table.name}.{column.name} 值 {salt}"


def row(table: sa.Table, salt: int = 1) -> dict[str, Any]:
    """Return a row whose parents are the rows with the same salt; it has no forerunner of its own kind."""
    made = {column.name: value(column, salt) for column in table.columns}
    for key in table.foreign_keys:
        parent = key.column
        made[key.parent.name] = None if parent.table is table else row(parent.table, salt)[parent.name]
    return made


def fill(engine: Engine, salts: tuple[int, ...] = (1, 2, 3)) -> Engine:
    with engine.begin() as connection:
        for table in metadata().sorted_tables:
            connection.execute(sa.insert(table), [row(table, salt) for salt in salts])
    return engine


@pytest.fixture(scope="module")
def full() -> Iterator[tuple[Engine, bytes]]:
    # Without foreign keys, so that every column can be changed alone.
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    metadata().create_all(engine)
    with fill(engine).connect() as connection:
        image = connection.connection.dbapi_connection.serialize()
    yield engine, image
    engine.dispose()


@pytest.fixture
def filled(full: tuple[Engine, bytes]) -> Iterator[Engine]:
    engine, image = full
    yield engine
    with engine.connect() as connection:
        connection.connection.dbapi_connection.deserialize(image)


def change(engine: Engine, column: sa.Column[Any]) -> None:
    first = next(iter(column.table.primary_key))
    with engine.begin() as connection:
        table = column.table
        found = connection.execute(sa.select(first).order_by(first).limit(1)).scalar_one()
        connection.execute(sa.update(table).where(first == found).values({column.name: value(column, 4)}))


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_a_changed_value_changes_the_hash_unless_it_only_says_when_or_where_we_looked(
    filled: Engine, column: sa.Column[Any]
) -> None:
    before = content_hash(filled)
    change(filled, column)
    after = content_hash(filled)
    moved = {name for name in before if before[name] != after[name]}
    assert moved == (set() if column.info.get("volatile") else {column.table.name, "all"})


def test_moments_and_places_are_the_only_volatile_columns() -> None:
    volatile = {str(column) for column in COLUMNS if column.info.get("volatile")}
    moments = {str(column) for column in COLUMNS if isinstance(column.type, UtcDateTime)}
    assert volatile == moments | {"document.warc_file", "document.warc_offset"}


@pytest.mark.parametrize("table", LEDGERS, ids=str)
def test_a_ledger_is_no_content(filled: Engine, table: sa.Table) -> None:
    before = content_hash(filled)
    assert table.name not in before
    with filled.begin() as connection:
        connection.execute(sa.delete(table))
    assert content_hash(filled) == before


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_row_more_and_a_row_less_change_the_hash(filled: Engine, table: sa.Table) -> None:
    before = content_hash(filled)
    with filled.begin() as connection:
        connection.execute(sa.insert(table), [row(table, 9)])
        more = [content_hash(filled)]
        assert more[0][table.name]["rows"] == 4
        connection.execute(sa.delete(table))
    assert len({h["all"]["sha256"] for h in (before, *more, content_hash(filled))}) == 3


def test_the_order_of_the_rows_does_not_matter(engine: Engine) -> None:
    models = {mapper.local_table.name: mapper.class_ for mapper in registry()}
    hashes = []
    for salts in ((1, 2, 3), (3, 1, 2)):
        with transaction(engine) as session:
            for table in reversed(metadata().sorted_tables):
                session.connection().execute(sa.delete(table))
            for table in metadata().sorted_tables:
                upsert(session, [models[table.name](**row(table, salt)) for salt in salts])
        hashes.append(content_hash(engine))
    assert hashes[0] == hashes[1]
    assert hashes[0]["all"]["rows"] == 3 * len(TABLES)


def registry() -> list[sa.orm.Mapper[Any]]:
    from sqlmodel import SQLModel  # noqa: PLC0415  (its registry is an attribute)

    return list(SQLModel._sa_registry.mappers)


def test_equal_content_has_one_hash_on_every_database(engine: Engine, filled: Engine) -> None:
    fill(engine)
    assert content_hash(engine) == content_hash(filled)


def test_the_crawled_sandbox_has_one_hash_on_every_database(engine: Engine, crawled: Any) -> None:
    origin = crawled.engine()
    with Session(origin) as source, engine.begin() as target:
        for table in metadata().sorted_tables:
            found = [dict(r._mapping) for r in source.connection().execute(sa.select(table))]
            if found:
                target.execute(sa.insert(table), found)
    assert content_hash(engine) == content_hash(origin)
    origin.dispose()
