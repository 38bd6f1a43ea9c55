import csv
import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from release import manifest
from release.build import DATABASE, build
from release.columns import TABLES
from release.publish import find_release, publish
from resolution.resolve import resolve
from sandbox.truth import policies
from schema.database import open_database, transaction
from schema.errors import InputError, RunError
from schema.settings import ROOT
from schema.tables import Check, Claim, Record, RecordState, Release

POLICIES = [row for row in policies() if row["kind"] == "policy"]
KILL = "\ndef step(name):\n    if name == {!r}: os.kill(os.getpid(), signal.SIGKILL)\n"


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def policy_rows(folder: Path, columns: str = "title") -> list[Any]:
    with closing(sqlite3.connect(f"file:{folder / DATABASE}?mode=ro&immutable=1", uri=True)) as database:
        return database.execute(f"SELECT {columns} FROM policy").fetchall()


def releases(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return sorted(session.exec(select(Release.version)))


def test_the_sandbox_is_published_with_every_policy_once(publication: Any) -> None:
    result = publication.result
    assert (result.created, [c.name for c in result.checks if not c.passed]) == (True, [])
    originals = {row["expected"]["title"] for row in POLICIES if row["same_as"] is None}
    published = [title for (title,) in policy_rows(result.folder)]
    assert set(published) >= originals
    assert len(published) == sum(row["same_as"] is None for row in POLICIES)


def test_publishing_unchanged_content_gives_no_new_version(own: Engine, tmp_path: Path) -> None:
    first = publish(own, tmp_path / "releases")
    before = files(first.folder)
    second = publish(own, tmp_path / "releases")
    assert (second.created, second.version, files(second.folder)) == (False, first.version, before)
    assert releases(own) == [first.version]
    assert [p.name for p in (tmp_path / "releases").glob("[0-9]*")] == [first.version]


def test_a_release_built_twice_is_equal_byte_for_byte(own: Engine, publication: Any, tmp_path: Path) -> None:
    version, *_ = build(own, tmp_path / "again")
    assert version == publication.result.version
    assert files(tmp_path / "again") == files(publication.result.folder)


def test_latest_names_the_release_and_nobody_can_write_into_it(publication: Any) -> None:
    folder = publication.result.folder
    assert (publication.releases / "latest").resolve() == folder.resolve()
    assert find_release(publication.releases, "latest") == find_release(publication.releases, folder.name)
    assert all(p.stat().st_mode & 0o222 == 0 for p in [folder, *folder.rglob("*")])
    assert [p.name for p in publication.releases.iterdir() if p.name.startswith(".")] == [".lock"]
    assert manifest.verify(folder) == []


def test_every_format_holds_the_same_rows(publication: Any) -> None:
    folder = publication.result.folder
    for table in TABLES:
        ((rows,),) = duckdb.sql(f"SELECT count(*) FROM '{folder}/parquet/{table.name}.parquet'").fetchall()
        with (folder / "csv" / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            lines = len(list(csv.reader(file))) - 1
        assert {rows, lines} == {publication.result.counts[table.name]}


def test_the_manifest_says_what_is_inside_where_it_is_from_and_notices_a_change(
    publication: Any, own: Engine, tmp_path: Path
) -> None:
    content = json.loads((publication.result.folder / manifest.NAME).read_text(encoding="utf-8"))
    assert content["version"] == publication.result.version
    assert {f["name"] for f in content["files"]} == set(files(publication.result.folder)) - {manifest.NAME}
    assert {p["id"]: p["records"] for p in content["provenance"]} == {"gd": 14, "hubei": 15, "most": 6, "nanjing": 14}
    build(own, tmp_path / "mine")
    (tmp_path / "mine" / "csv" / "entity.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "mine" / DATABASE).unlink()
    assert sorted(manifest.verify(tmp_path / "mine")) == ["csv/entity.csv", DATABASE]


@pytest.mark.parametrize("moment", ["entities", "csv entity", "visible"])
def test_a_build_that_is_killed_leaves_nothing_visible_and_can_be_repeated(
    own: Engine, tmp_path: Path, moment: str
) -> None:
    url = own.url.render_as_string(hide_password=False)
    program = "import os, signal; from pathlib import Path; from schema.database import connect; "
    program += "from release.publish import publish" + KILL.format(moment)
    program += f"publish(connect({url!r}), Path({str(tmp_path / 'releases')!r}), step=step)"
    killed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [p.name for p in (tmp_path / "releases").iterdir() if not p.name.startswith(".")] == []
    with pytest.raises(InputError):
        find_release(tmp_path / "releases", "latest")
    assert releases(own) == []
    version = publish(own, tmp_path / "releases").version
    assert {p.name for p in (tmp_path / "releases").iterdir()} == {version, "latest", ".lock"}


def test_two_publications_at_once_are_refused_and_leave_each_other_alone(own: Engine, tmp_path: Path) -> None:
    said: list[str] = []

    def meanwhile(step: str) -> None:
        if step == "checks":
            with pytest.raises(RunError) as caught:
                publish(own, tmp_path / "releases")
            said.append(str(caught.value))

    assert publish(own, tmp_path / "releases", step=meanwhile).created
    assert len(said) == 1
    assert "another process is publishing" in said[0]


def test_a_failing_check_stops_the_release_and_the_last_one_stays_current(own: Engine, tmp_path: Path) -> None:
    last = publish(own, tmp_path / "releases")
    with transaction(own) as session:
        session.execute(sa.update(Claim).where(Claim.property == "title").values(spans=[]))
    with pytest.raises(RunError) as caught:
        publish(own, tmp_path / "releases")
    assert "cells without a span" in str(caught.value)
    assert (tmp_path / "releases" / "latest").resolve() == last.folder.resolve()
    assert releases(own) == [last.version]
    assert {p.name for p in (tmp_path / "releases").iterdir()} == {last.version, "latest", ".lock"}


def test_a_new_version_follows_the_last_one_which_stays_as_it_was(own: Engine, tmp_path: Path) -> None:
    first = publish(own, tmp_path / "releases")
    before = files(first.folder)
    with transaction(own) as session:
        record = session.exec(select(Record).where(Record.source_id == "most")).first()
        record.state = RecordState.WITHDRAWN
        session.add(record)
    resolve(own)
    second = publish(own, tmp_path / "releases")
    assert second.created
    assert second.version != first.version
    assert files(first.folder) == before
    with Session(own) as session:
        assert session.get_one(Release, second.version).previous == first.version
        assert session.exec(select(sa.func.count()).select_from(Check)).one() == 2 * len(second.checks)


def test_as_of_a_day_in_the_past_later_policies_are_not_there(own: Engine, tmp_path: Path) -> None:
    day = date(2022, 12, 31)
    result = publish(own, tmp_path / "releases", as_of=day)
    assert result.version.startswith("2022-12-31-")
    days = [min(d for d in row if d) for row in policy_rows(result.folder, "written_date, published_date")]
    expected = {
        min(e[n] for n in ("written_date", "published_date") if n in e) <= day.isoformat()
        for e in (r["expected"] for r in POLICIES)
    }
    assert expected == {True, False}
    assert days
    assert max(days) <= day.isoformat()
    with closing(sqlite3.connect(result.folder / DATABASE)) as database:
        dangling = (
            "SELECT count(*) FROM relation WHERE subject_id NOT IN (SELECT id FROM entity) OR date > '2022-12-31'"
        )
        assert database.execute(dangling).fetchone() == (0,)


def test_nothing_to_publish_and_mentions_without_an_entity_are_refused(own: Engine, tmp_path: Path) -> None:
    empty = open_database(f"sqlite:///{tmp_path}/empty.sqlite")
    with pytest.raises(RunError, match="no live record"):
        publish(empty, tmp_path / "releases")
    with transaction(own) as session:
        session.execute(sa.text("UPDATE assignment SET to_run = from_run WHERE id = (SELECT min(id) FROM assignment)"))
    with pytest.raises(RunError, match="resolve"):
        publish(own, tmp_path / "releases")
    assert [p.name for p in (tmp_path / "releases").iterdir()] == [".lock"]
