"""Building a release: the published tables out of the database, as files in a new folder, with their checks."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from release.attributes import published
from release.checks import Checked, check
from release.columns import ATTRIBUTE, ENTITY, REDIRECT, RELATION, RELATION_EVIDENCE, TABLES, WIDE
from release.formats import csv_file, parquet_file
from release.manifest import manifest, save
from release.relations import stated
from release.workbook import Workbook
from schema.errors import RunError
from schema.tables import Assignment, Mention, Record, RecordState, Redirect, Source

DATABASE = "samplebase.sqlite"
FORMAT = "1"  # of the published tables; a change of it is a change for every reader
Step = Callable[[str], None]


def build(
    engine: Engine, folder: Path, *, as_of: date | None = None, step: Step = lambda _: None
) -> tuple[str, str, dict[str, int], list[Checked]]:
    """Write a release's files into a new folder; return version, digest, row counts and checks. Publishes nothing."""
    folder.mkdir(parents=True)
    with Session(engine) as session, tempfile.TemporaryDirectory() as scratch:
        day = as_of or _last_look(session)
        _require_resolved(session)
        with Workbook(Path(scratch) / "workbook.sqlite") as workbook:
            step("entities")
            _fill(session, workbook, day)
            step("checks")
            checks, digest = check(workbook), workbook.digest()
            counts = {table.name: workbook.count(table) for table in TABLES}
            version = f"{day.isoformat()}-{digest[:8]}"
            about = {
                "name": "samplebase",
                "version": version,
                "as_of": day.isoformat(),
                "digest": digest,
                "format": FORMAT,
            }
            files = [DATABASE]
            step(DATABASE)
            workbook.save_as(folder / DATABASE, about)
            for kind, module, ending in (("parquet", parquet_file, "parquet"), ("csv", csv_file, "csv")):
                (folder / kind).mkdir()
                for table in TABLES:
                    step(f"{kind} {table.name}")
                    files.append(f"{kind}/{table.name}.{ending}")
                    module.write(workbook, table, folder / files[-1])
            save(folder, manifest(folder, files, workbook, about=about, sources=_sources(session), checks=checks))
    return version, digest, counts, checks


def _fill(session: Session, workbook: Workbook, day: date) -> None:
    for entity in published(session, day):
        workbook.add(ENTITY, [entity.entity])
        workbook.add(ATTRIBUTE, entity.attributes)
        if entity.kind in WIDE:
            workbook.add(WIDE[entity.kind], [entity.wide])
    known = {row[0] for row in workbook.ask(f"SELECT id FROM {ENTITY.name}")}
    for tie in stated(session, day):
        if {tie.row["subject_id"], tie.row["object_id"]} <= known:
            workbook.add(RELATION, [tie.row])
            workbook.add(RELATION_EVIDENCE, tie.evidence)
    redirects = session.exec(select(Redirect)).all()
    workbook.add(REDIRECT, [{"from_id": r.from_id, "to_id": r.to_id, "cause": r.cause} for r in redirects])


def _require_resolved(session: Session) -> None:
    waiting = session.exec(
        select(sa.func.count())
        .select_from(Mention)
        .join(Record, col(Record.id) == Mention.record_id)
        .join(
            Assignment,
            (col(Assignment.mention_id) == Mention.id) & col(Assignment.to_run).is_(None),
            isouter=True,
        )
        .where(Record.state == RecordState.LIVE, Mention.role != "withdrawn", col(Assignment.id).is_(None))
    ).one()
    if waiting:
        raise RunError(
            f"{waiting} mentions have no entity yet", where="publish", remedy="run `samplebase resolve` first"
        )


def _last_look(session: Session) -> date:
    moment = session.exec(select(sa.func.max(Record.last_seen)).where(Record.state == RecordState.LIVE)).one()
    if moment is None:
        raise RunError("there is no live record to publish", where="publish", remedy="run `samplebase crawl` first")
    return moment.date()


def _sources(session: Session) -> list[dict[str, Any]]:
    """Return who the data is from: each site with its records and the days of the first look."""
    rows = session.exec(
        select(Source, sa.func.count(), sa.func.min(Record.first_seen), sa.func.max(Record.first_seen))
        .join(Record, col(Record.source_id) == Source.id)
        .where(Record.state == RecordState.LIVE)
        .group_by(*Source.__table__.columns)  # type: ignore[attr-defined]
        .order_by(Source.id)
    )
    return [
        {
            "id": source.id,
            "name": source.name,
            "url": source.url,
            "records": count,
            "first_seen": [first.date().isoformat(), last.date().isoformat()],
        }
        for source, count, first, last in rows
    ]
