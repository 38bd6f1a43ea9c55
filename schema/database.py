"""The database: one address, one set of tables, SQLite (WAL) or PostgreSQL."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlmodel import Session, SQLModel

import schema.tables  # noqa: F401  (fills SQLModel.metadata)
from schema.errors import DatabaseError

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 30_000
STATEMENTS = 32  # that a connection to SQLite keeps prepared; one with a thousand parameters takes 200 kB
MIGRATION_LOCK = 7263  # any number that no other program takes in this database


def connect(url: str) -> Engine:
    """Return an engine for the database at `url`; a SQLite file's folder is made when missing.

    Raises DatabaseError for an address that SQLAlchemy cannot read or a driver that is not installed.
    """
    try:
        address = make_url(url)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        if address.get_backend_name() != "sqlite":
            return sa.create_engine(address, pool_pre_ping=True)
        if address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(
            address, connect_args={"timeout": BUSY_MILLISECONDS / 1000, "cached_statements": STATEMENTS}
        )
    except (ArgumentError, ModuleNotFoundError, OSError, ValueError) as error:
        raise DatabaseError(
            f"the database address cannot be used ({type(error).__name__})",
            where="SAMPLEBASE_DATABASE_URL",
            remedy="give sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
        ) from error
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def address_of(engine: Engine) -> str:
    """Return a database's address as it may be shown: without password, and without a query that could hold one."""
    return engine.url.set(query={}).render_as_string(hide_password=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # WAL lets readers go on while one writes; NORMAL survives a killed process (not only a lost power supply).
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@lru_cache(maxsize=8)
def open_database(url: str) -> Engine:
    """Return the ready database at `url`: made when new, refused when its version is not this code's.

    Raises DatabaseError when it cannot be reached, is of a newer schema, or waits for `db upgrade`.
    """
    engine = connect(url)
    found, head = revisions(engine)
    if found is None:
        upgrade(engine)
    elif found != head:
        raise _wrong_version(engine, found, head)
    return engine


def revisions(engine: Engine) -> tuple[str | None, str]:
    """Return the database's schema revision (None when it has no tables yet) and this code's."""
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
            if found is None and sa.inspect(connection).has_table("record"):
                found = "unversioned"
    except (OperationalError, sa.exc.DatabaseError) as error:
        raise DatabaseError(
            f"the database does not answer: {str(error.__cause__ or error).splitlines()[0]}",
            where=address_of(engine),
            remedy="check that it runs and that the address, user and password are right",
        ) from error
    head = ScriptDirectory.from_config(alembic_config(engine)).get_current_head()
    if head is None:
        raise DatabaseError("no migrations found", where=str(MIGRATIONS), remedy="reinstall samplebase")
    return found, head


def upgrade(engine: Engine) -> str:
    """Bring the database to this code's schema; return the revision. Raises DatabaseError for a newer one."""
    found, head = revisions(engine)
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config(engine)).walk_revisions()}
    if found is not None and found not in known:
        raise _wrong_version(engine, found, head)
    config = alembic_config(engine)
    with engine.begin() as connection:
        # One process migrates, whole or not at all; another waits here and then finds nothing to do.
        lock = (
            "BEGIN IMMEDIATE" if engine.dialect.name == "sqlite" else f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"
        )
        connection.exec_driver_sql(lock)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return head


def _wrong_version(engine: Engine, found: str, head: str) -> DatabaseError:
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config(engine)).walk_revisions()}
    where = address_of(engine)
    if found in known:
        return DatabaseError(
            f"the database's schema is {found}, older than this code's {head}",
            where=where,
            remedy="run `samplebase db upgrade`",
        )
    return DatabaseError(
        f"the database's schema is {found}, which this samplebase (schema {head}) does not know: it is newer",
        where=where,
        remedy="install the samplebase that made it; nothing was changed",
    )


def alembic_config(engine: Engine) -> Config:
    """Return Alembic's configuration for a database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    return config


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Give a session whose work is committed as a whole, or not at all."""
    with Session(engine) as session:
        if engine.dialect.name == "sqlite":
            # Take the write lock first: a read that turns into a write would fail at once when another writes.
            session.connection().exec_driver_sql("BEGIN IMMEDIATE")
        yield session
        session.commit()


def alone(session: Session, what: str) -> None:
    """Wait until no other transaction does the same work, and keep others out until this one ends.

    (On SQLite a transaction that writes is alone already.)
    """
    if session.get_bind().dialect.name == "postgresql":
        key = zlib.crc32(what.encode())
        session.connection().execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def metadata() -> sa.MetaData:
    """Return the tables' metadata."""
    return SQLModel.metadata
