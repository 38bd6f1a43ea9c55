import subprocess
import sys
import traceback
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from schema.database import connect, metadata, open_database, revisions, transaction, upgrade
from schema.errors import DatabaseError
from schema.settings import ROOT
from schema.tables import Lease, Source

SOURCE = {"id": "x", "name": "x", "url": "http://x.test", "level": "city", "state": "verified", "yaml_sha256": "0"}
SECRET = "geheim"  # the password that no message may show
OPEN = """
import sys
from schema.database import open_database
print(flush=True)
sys.stdin.readline()
open_database({!r})
"""


def test_the_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata()) == []
        assert set(sa.inspect(connection).get_table_names()) == {*metadata().tables, "alembic_version"}


def test_an_empty_address_becomes_a_database_and_opening_it_again_changes_nothing(
    tmp_path: Path, postgres_url: str
) -> None:
    for url in (f"sqlite:///{tmp_path}/deep/down/new.sqlite", postgres_url):
        opened = open_database(url)
        found, head = revisions(opened)
        assert found == head
        open_database.cache_clear()
        assert revisions(open_database(url)) == (head, head)


def test_processes_that_open_a_new_database_at_once_all_get_it(tmp_path: Path, postgres_url: str) -> None:
    for url in (f"sqlite:///{tmp_path}/new.sqlite", postgres_url):
        command = [sys.executable, "-c", OPEN.format(url)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        started = [subprocess.Popen(command, cwd=ROOT, text=True, **pipes) for _ in range(3)]
        for process in started:
            process.stdout.readline()  # it has imported all it needs
        for process in started:
            process.stdin.write("now\n")
            process.stdin.flush()
        said = [process.communicate()[1] for process in started]
        assert [process.returncode for process in started] == [0] * 3, "\n".join(said)


@pytest.mark.parametrize("make", ["sqlite", "postgresql"])
def test_an_upgrade_that_is_cut_off_leaves_nothing_behind_and_can_be_repeated(
    tmp_path: Path, postgres_url: str, make: str
) -> None:
    url = postgres_url if make == "postgresql" else f"sqlite:///{tmp_path}/new.sqlite"
    made: list[str] = []

    def cut_off(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        made.extend(["table"] * ("CREATE TABLE" in statement))
        if len(made) == 5:
            raise InterruptedError("killed")

    engine = connect(url)
    sa.event.listen(engine, "before_cursor_execute", cut_off)
    with pytest.raises(InterruptedError):
        upgrade(engine)
    sa.event.remove(engine, "before_cursor_execute", cut_off)
    assert sa.inspect(engine).get_table_names() == []
    found, head = revisions(open_database(url))
    assert found == head
    engine.dispose()


@pytest.mark.parametrize("stamp", ["ffff", None])
def test_a_database_of_an_unknown_schema_is_refused_and_left_alone(
    engine: Engine, database_url: str, stamp: str | None
) -> None:
    with engine.begin() as connection:
        _, head = revisions(engine)
        connection.execute(sa.text("DELETE FROM alembic_version"))
        if stamp:
            connection.execute(sa.text("INSERT INTO alembic_version VALUES (:stamp)"), {"stamp": stamp})
    before = everything(engine)
    with pytest.raises(DatabaseError) as caught:
        open_database(database_url)
    assert caught.value.exit_code == 3
    assert (stamp or "unversioned") in str(caught.value)
    assert head in str(caught.value)
    assert caught.value.remedy
    if stamp:
        assert "newer" in str(caught.value)
    assert everything(engine) == before


def everything(engine: Engine) -> dict[str, list[sa.Row]]:
    with engine.connect() as connection:
        names = sorted(sa.inspect(connection).get_table_names())
        return {name: list(connection.execute(sa.select(sa.text("*")).select_from(sa.table(name)))) for name in names}


@pytest.mark.parametrize(
    "url",
    [
        f"nobase://someone:{SECRET}@host/name",
        f"mysql://someone:{SECRET}@host/name",
        f"postgresql://someone:{SECRET}@127.0.0.1:1/name",
        f"postgresql+psycopg://127.0.0.1:1/name?user=someone&password={SECRET}",
        f"postgresql://someone:{SECRET}@host:notaport/name",
        f"postgresql//someone:{SECRET}@host",
        "sqlite:////dev/null/samplebase.sqlite",
        "sqlite:////tmp",
        "",
    ],
)
def test_an_address_that_cannot_be_used_is_one_clear_error_without_the_password(url: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        open_database(url)
    assert caught.value.where
    assert caught.value.remedy
    assert SECRET not in "".join(traceback.format_exception(caught.value)).replace(url, "")
    assert SECRET not in str(caught.value)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes, and no database at all\n" * 200, encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(DatabaseError, match="not a database"):
        open_database(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_transaction_is_written_whole_or_not_at_all(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), transaction(engine) as session:  # noqa: PT012
        session.add(Source(**SOURCE))
        session.flush()
        _ = 1 / 0
    with Session(engine) as session:
        assert session.exec(select(Source)).all() == []
    with transaction(engine) as session:
        session.add(Source(**SOURCE))
    with Session(engine) as session:
        assert [s.id for s in session.exec(select(Source))] == ["x"]


def test_a_moment_keeps_its_zone_and_one_without_a_zone_is_refused(engine: Engine) -> None:
    beijing = datetime(2023, 10, 23, 8, tzinfo=timezone(timedelta(hours=8)))
    with transaction(engine) as session:
        session.add(Lease(name="a", holder="h", acquired_at=beijing, expires_at=beijing))
    with Session(engine) as session:
        lease = session.get_one(Lease, "a")
        assert lease.acquired_at == beijing
        assert lease.acquired_at.isoformat() == "2023-10-23T00:00:00+00:00"
    naive = datetime(2023, 10, 23)  # noqa: DTZ001  (what is refused)
    with pytest.raises(sa.exc.StatementError, match="time zone"), transaction(engine) as session:
        session.add(Lease(name="b", holder="h", acquired_at=naive, expires_at=naive))


def test_sqlite_refuses_a_row_whose_parent_is_missing(tmp_path: Path) -> None:
    opened = open_database(f"sqlite:///{tmp_path}/x.sqlite")
    values = {"id": "x/y", "source_id": "x", "name": "y", "kind": "policy", "family": "f", "url": "http://x.test"}
    with pytest.raises(sa.exc.IntegrityError), opened.begin() as connection:
        connection.execute(sa.insert(metadata().tables["channel"]).values(values))
