"""Publishing a release: built aside, checked, then visible at once and for good."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy.engine import Engine

from release.build import DATABASE, Step, build
from release.checks import Checked
from schema.database import transaction
from schema.errors import InputError, RunError
from schema.ids import content_id
from schema.store import last_in_chain, upsert
from schema.tables import Check, Release, ResolveRun
from schema.tables.columns import now

LATEST = "latest"
BUILDING = ".building-"


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
    with _alone(releases), tempfile.TemporaryDirectory(dir=releases, prefix=BUILDING) as building:
        _remove_left(releases, keep=Path(building))
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
            last = last_in_chain(session, Release)
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
                resolved = last_in_chain(session, ResolveRun)
                session.add(
                    Release(
                        version=version,
                        as_of=version[:10],
                        digest=digest,
                        resolve_run=resolved.id if resolved else None,
                        counts=counts,
                        previous=last.version if last else None,
                        published_at=now(),
                    )
                )
                session.flush()
                upsert(session, [_check_row(version, c) for c in checks])
        _point(releases, version)
    return PublishResult(version, releases / version, not unchanged, counts, checks)


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


@contextmanager
def _alone(releases: Path) -> Iterator[None]:
    """Keep other publications of this folder out. Raises RunError while one is under way."""
    with (releases / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunError("another process is publishing", where=str(releases), remedy="wait for it") from None
        yield


def _remove_left(releases: Path, *, keep: Path) -> None:
    """Delete what killed builds left behind."""
    for folder in releases.glob(f"{BUILDING}*"):
        if folder != keep:
            for path in folder.rglob("*"):
                path.chmod(0o755 if path.is_dir() else 0o644)
            shutil.rmtree(folder)
