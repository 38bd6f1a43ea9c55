"""Building and publishing a release: into a folder of its own, checked, then visible at once and for good."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
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
from schema.database import transaction
from schema.errors import InputError, RunError
from schema.ids import content_id
from schema.store import upsert
from schema.tables import Check, Record, RecordState, Redirect, Release, ResolveRun, Source
from schema.tables.columns import now

DATABASE = "samplebase.sqlite"
LATEST = "latest"
FORMAT = "1"  # of the published tables; a change of it is a change for every reader
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PublishResult:
    """The version that is current now, where it lies, and whether this run made it."""

    version: str
    folder: Path
    created: bool
    counts: dict[str, int] = field(default_factory=dict)
    checks: list[Checked] = field(default_factory=list)


def publish(engine: Engine, releases: Path, *, as_of: date | None = None, step: Step = lambda _: None) -> PublishResult:
    """Publish the database as of a day (default: the day of the last look at any page).

    Equal content gives no new version. Raises RunError when there is nothing to publish, when mentions wait
    for a resolution, or when a check fails; then nothing is visible and the last release stays current.
    """
    releases.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=releases, prefix=".building-") as building:
        folder = Path(building) / "release"
        version, digest, counts, checks = build(engine, folder, as_of=as_of, step=step)
        failed = [c for c in checks if not c.passed and c.severity == "error"]
        if failed:
            raise RunError(
                f"the check `{failed[0].name}` gives {failed[0].figure:g}, must be {failed[0].bound}",
                where=version,
                remedy="mend the cause and publish again; the last release stays current",
            )
        with transaction(engine) as session:
            last = _last(session)
            unchanged = last is not None and last.digest == digest
            if unchanged and last is not None:
                version = last.version
            final = releases / version
            if not final.exists():
                # Also after a crash between the row and the folder: the same content gives the same bytes.
                step("visible")
                _seal(folder)
                folder.rename(final)
                final.chmod(0o555)
            if not unchanged:
                session.add(
                    Release(
                        version=version,
                        as_of=version[:10],
                        digest=digest,
                        resolve_run=_resolve_run(session),
                        counts=counts,
                        previous=last.version if last else None,
                        published_at=now(),
                    )
                )
                session.flush()
                upsert(session, [_check_row(version, c) for c in checks])
        _point(releases, version)
    return PublishResult(version, releases / version, not unchanged, counts, checks)


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
    from schema.tables import Assignment, Mention  # noqa: PLC0415  (only this question needs them)

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


def _last(session: Session) -> Release | None:
    followed = select(Release.previous).where(col(Release.previous).is_not(None))
    return session.exec(select(Release).where(col(Release.version).not_in(followed))).first()


def _resolve_run(session: Session) -> str | None:
    followed = select(ResolveRun.previous).where(col(ResolveRun.previous).is_not(None))
    return session.exec(select(ResolveRun.id).where(col(ResolveRun.id).not_in(followed))).first()


def _check_row(version: str, c: Checked) -> Check:
    return Check(id=content_id(version, c.name), version=version, name=c.name, figure=c.figure, bound=c.bound,
                 passed=c.passed, severity=c.severity)  # fmt: skip


def _seal(folder: Path) -> None:
    """Bring the files to the disk and make them read-only: a release never changes."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        path.chmod(0o555 if path.is_dir() else 0o444)


def _point(releases: Path, version: str) -> None:
    """Let `latest` name the version; a reader sees the old one or the new one, never neither."""
    new = releases / f".{LATEST}-{os.getpid()}"
    new.unlink(missing_ok=True)
    new.symlink_to(version)
    new.replace(releases / LATEST)


def find_release(releases: Path, name: str) -> Path:
    """Return the folder of a release by its version, `latest`, or a path. Raises InputError when there is none."""
    for folder in (releases / name, Path(name)):
        if (folder / DATABASE).is_file():
            return folder.resolve()
    known = sorted(p.name for p in releases.glob("[0-9]*")) if releases.is_dir() else []
    raise InputError(
        f"there is no release `{name}`",
        where=str(releases),
        remedy=f"known: {', '.join(known[-5:])}" if known else "run `samplebase release publish` first",
    )


def remove_building(releases: Path) -> int:
    """Delete what killed builds left behind; return how many folders."""
    left = list(releases.glob(".building-*")) if releases.is_dir() else []
    for folder in left:
        for path in folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.rmtree(folder)
    return len(left)
