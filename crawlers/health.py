"""How the sources are: the last run of each, what it left, and how old the newest item is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from crawlers.monitoring.alerts import open_alerts
from schema.tables import CrawlRun, Outcome, Record, RecordState, Source


@dataclass(frozen=True, slots=True)
class Trouble:
    """An open alert: its kind, since when, how often it was raised, and what it says."""

    kind: str
    since: datetime
    times: int
    message: str


@dataclass(frozen=True, slots=True)
class Health:
    """One source at a glance."""

    source: str
    name: str
    outcome: str  # of the last run; `never` when there was none
    reason: str
    started_at: datetime | None
    seconds: float | None  # how long the last run took; None while it is under way
    since_ok: datetime | None  # when the last ok run ended
    live: int  # records
    staged: int
    newest: str | None  # the latest published date among the live records
    alerts: tuple[Trouble, ...] = ()  # that are not over, the oldest first


def health(engine: Engine) -> list[Health]:
    """Return how each source that was ever crawled is, those that are not ok first."""
    with Session(engine) as session:
        last = _last_runs(session)
        counts = _counts(session)
        ok_runs = session.exec(
            select(CrawlRun.source_id, sa.func.max(CrawlRun.ended_at))
            .where(CrawlRun.outcome == Outcome.OK)
            .group_by(CrawlRun.source_id)
        )
        since_ok = {source: ended for source, ended in ok_runs if ended is not None}
        newest, troubles = _newest(session), _troubles(session)
        found = [
            _health(source, last.get(source.id), since_ok.get(source.id), counts, newest, troubles)
            for source in session.exec(select(Source))
        ]
    return sorted(found, key=lambda h: (h.outcome == Outcome.OK, h.source))


def closed_to_us(engine: Engine) -> dict[str, str]:
    """Return the sources whose last crawl of the web ended as blocked, each with its reason."""
    with Session(engine) as session:
        runs = _last_runs(session, col(CrawlRun.replay).is_(None))
    return {source: run.reason for source, run in runs.items() if run.outcome == Outcome.BLOCKED}


def _health(
    source: Source,
    run: CrawlRun | None,
    since_ok: datetime | None,
    counts: dict[tuple[str, str], int],
    newest: dict[str, str],
    troubles: dict[str, list[Trouble]],
) -> Health:
    ended = run.ended_at if run else None
    return Health(
        source=source.id,
        name=source.name,
        outcome=run.outcome if run else "never",
        reason=run.reason if run else "",
        started_at=run.started_at if run else None,
        seconds=(ended - run.started_at).total_seconds() if run and ended else None,
        since_ok=since_ok,
        live=counts.get((source.id, RecordState.LIVE), 0),
        staged=counts.get((source.id, RecordState.STAGED), 0),
        newest=newest.get(source.id),
        alerts=tuple(troubles.get(source.id, ())),
    )


def _troubles(session: Session) -> dict[str, list[Trouble]]:
    found: dict[str, list[Trouble]] = {}
    for alert in open_alerts(session):
        found.setdefault(alert.source_id, []).append(Trouble(alert.kind, alert.opened_at, alert.times, alert.message))
    return found


def _last_runs(session: Session, *which: Any) -> dict[str, CrawlRun]:
    """Return the last run of each source, of those that the conditions take."""
    latest = select(CrawlRun.source_id, sa.func.max(CrawlRun.started_at).label("at")).where(*which)
    latest_run = latest.group_by(col(CrawlRun.source_id)).subquery()
    runs = session.exec(
        select(CrawlRun).join(
            latest_run,
            (col(CrawlRun.source_id) == latest_run.c.source_id) & (col(CrawlRun.started_at) == latest_run.c.at),
        )
    )
    return {run.source_id: run for run in runs}


def _counts(session: Session) -> dict[tuple[str, str], int]:
    rows = session.exec(
        select(Record.source_id, Record.state, sa.func.count()).group_by(Record.source_id, Record.state)
    )
    return {(source, state): count for source, state, count in rows}


def _newest(session: Session) -> dict[str, str]:
    newest: dict[str, str] = {}
    rows = session.exec(
        select(Record.source_id, Record.fields)
        .where(Record.state == RecordState.LIVE)
        .execution_options(yield_per=2_000)
    )
    for source, fields in rows:
        for date in (fields or {}).get("published_date", []):
            newest[source] = max(newest.get(source, ""), date)
    return newest
