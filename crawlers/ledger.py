"""The ledger: the frontier and the run's record in the database, written in batches that are whole or absent.

A request is done in the same transaction that stores what came of it. A process killed anywhere loses at
most the batch that was not committed, and the next run asks for exactly those addresses again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from crawlers import frontier, leases, versions
from crawlers.families import Ask
from crawlers.frontier import LIST, PAGE, Entry, entry, first_of_each
from crawlers.known import Known, known, vanished, watermark
from crawlers.monitoring import alerts
from crawlers.monitoring.stats import Stats, stats_of
from crawlers.seen import Seen
from crawlers.sources import Source, as_rows
from crawlers.versions import Look
from schema.database import transaction
from schema.ids import content_id
from schema.store import Row, upsert
from schema.tables import CrawlRun, Fetch, FrontierEntry, FrontierState, Mode, Outcome
from schema.tables.columns import now

SERVED = (200, 304)  # the statuses of answers that say what a page holds
GONE = (404, 410)  # and of those that say it is no more
ALLOWED, BY_HAND = "allowed", "by hand"  # what of robots.txt: asked and allowed, or a person fetched it


@dataclass(slots=True)
class Batch:
    """What was harvested since the last commit."""

    documents: dict[str, Row] = field(default_factory=dict)
    fetches: list[Row] = field(default_factory=list)
    found: list[Entry] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    done: dict[str, tuple[FrontierState, str]] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)
    stats: dict[str, Any] | None = None


class Fetched(NamedTuple):
    """What is asked again and again of a fetch."""

    url: str
    fetched_at: datetime
    document_sha256: str | None
    headers: dict[str, Any] | None
    warc_file: str | None
    warc_offset: int | None


_COLUMNS = sa.select(*(getattr(Fetch, name) for name in Fetched._fields))
_ARCHIVED = _COLUMNS.where(col(Fetch.document_sha256) == sa.bindparam("key"), ~col(Fetch.is_revisit)).limit(1)
_LAST_ANSWER = (
    _COLUMNS.where(
        col(Fetch.frontier_id) == sa.bindparam("key"),
        col(Fetch.status).in_(SERVED),
        col(Fetch.robots).in_((ALLOWED, BY_HAND)),
    )
    .order_by(col(Fetch.fetched_at).desc(), col(Fetch.id))
    .limit(1)
)


class Ledger:
    """One run of one source in the database."""

    def __init__(self, engine: Engine, source: Source, *, replay: str | None = None, mode: Mode = Mode.SWEEP) -> None:
        self.engine = engine
        self.source = source
        self.holder = leases.holder()
        self.run = CrawlRun(id="", source_id=source.id, cycle=0, started_at=now(), replay=replay, holder=self.holder)
        self.run.mode = mode
        self.stats = Stats()
        self.batch = Batch()
        self._reading: sa.Connection | None = None
        self._seen: Seen | None = None
        self.counts: Counter[str] = Counter()
        self._handed: dict[str, tuple[str, str]] = {}  # requests under way: their role, and of a list its first page

    @property
    def lease(self) -> str:
        """The name of the source's lease."""
        return f"crawl/{self.source.id}"

    def start(self, seeds: Iterable[Entry]) -> None:
        """Take the lease, close crashed runs, and go on with an unfinished cycle or begin one with the seeds.

        Raises RunError while another living process crawls the source.
        """
        leases.acquire(self.engine, self.lease, self.holder)
        with transaction(self.engine) as session:
            upsert(session, as_rows(self.source))
            open_runs = session.exec(
                select(CrawlRun).where(CrawlRun.source_id == self.source.id, CrawlRun.outcome == Outcome.RUNNING)
            ).all()
            for crashed in open_runs:
                crashed.outcome, crashed.reason, crashed.ended_at = (
                    Outcome.ERROR,
                    "the process was killed",
                    now(),
                )
                session.add(crashed)
            cycle = session.exec(
                select(sa.func.max(FrontierEntry.cycle)).where(FrontierEntry.source_id == self.source.id)
            ).one()
            unfinished = session.exec(
                select(FrontierEntry.id)
                .where(
                    FrontierEntry.source_id == self.source.id,
                    FrontierEntry.state == FrontierState.PENDING,
                    FrontierEntry.cycle == (cycle or 0),
                )
                .limit(1)
            ).first()
            self.run.cycle = (cycle or 0) + (0 if unfinished else 1)
            if self.run.replay or not self._was_ok(session):
                self.run.mode = Mode.SWEEP  # nothing is known that a refresh could leave out
            if unfinished:
                self.run.mode = self._mode_of(session, cycle or 0) or self.run.mode
            self.run.id = content_id("run", self.source.id, self.run.started_at.isoformat(), self.holder)
            session.add(CrawlRun(**self.run.model_dump()))
            frontier.add(session, self.run.cycle, seeds)

    def _mode_of(self, session: Session, cycle: int) -> str | None:
        """Return the mode in which a cycle was begun."""
        return session.exec(
            select(CrawlRun.mode)
            .where(CrawlRun.source_id == self.source.id, CrawlRun.cycle == cycle)
            .order_by(col(CrawlRun.started_at))
            .limit(1)
        ).first()

    def _was_ok(self, session: Session) -> bool:
        """Tell whether a crawl of the source ever ended ok."""
        ok = select(CrawlRun.id).where(CrawlRun.source_id == self.source.id, CrawlRun.outcome == Outcome.OK)
        return session.exec(ok.limit(1)).first() is not None

    def next(self, limit: int) -> list[Entry]:
        """Return up to `limit` requests to make now; pages only after every list of the cycle was read.

        (A page is read together with its list row, so the rows must be complete first.) A refresh asks for the
        pages of one list one after the other, since it stops where everything is known.
        """
        with Session(self.engine) as session:
            fresh = frontier.pending(session, self.source.id, self.run.cycle, self._handed.keys(), limit)
        if fresh and fresh[0].role == LIST:
            fresh = [p for p in fresh if p.role == LIST]
            if self.run.mode == Mode.REFRESH:
                fresh = [p for p in first_of_each(fresh) if (p.parent or p.id) not in self._roots()]
        elif self.waiting_lists:
            fresh = []
        self._handed.update((p.id, (p.role, p.parent or p.id)) for p in fresh)
        return fresh

    def known(self, channel_id: str, urls: Iterable[str]) -> Mapping[str, Known]:
        """Return what is live of some pages, by address."""
        with Session(self.engine) as session:
            return known(session, self.source.id, channel_id, list(urls), self.run.cycle)

    def watermark(self, channel_id: str) -> str | None:
        """Return the latest published date among a channel's live records."""
        with Session(self.engine) as session:
            return watermark(session, channel_id)

    def look_for_vanished(self) -> int:
        """Put live pages that no list names any more into the cycle, to be looked at; return how many.

        A refresh looks only for those in the overlap, whose rows it must have met; lists that failed say nothing.
        """
        with transaction(self.engine) as session:
            lost = vanished(session, self.source.id, self.run.cycle, only_recent=self.run.mode == Mode.REFRESH)
            lost_pages = [entry(self.source, channel, Ask(url), PAGE, row) for channel, url, row in lost]
            frontier.add(session, self.run.cycle, lost_pages)
        self.counts["vanished"] += len(lost)
        return len(lost)

    def stop(self, root: str) -> None:
        """Leave the rest of a list unread; it counts when the batch is committed."""
        self.batch.stopped.add(root)

    def finished(self, entry_id: str) -> bool:
        """Tell whether a request of this cycle has come to its end."""
        with Session(self.engine) as session:
            found = session.get(FrontierEntry, entry_id)
            return found is not None and found.cycle == self.run.cycle and found.state != FrontierState.PENDING

    def _roots(self) -> set[str]:
        """Return the lists of which a page is under way."""
        return {root for role, root in self._handed.values() if role == LIST}

    @property
    def waiting(self) -> int:
        """How many handed-out requests have no committed outcome yet."""
        return len(self._handed)

    @property
    def waiting_lists(self) -> bool:
        """Whether a list is under way, or read and not yet committed."""
        return bool(self._roots())

    def give_back(self, entry_id: str) -> None:
        """Leave a request pending for another run."""
        del self._handed[entry_id]

    def archived(self, sha256: str) -> Fetched | None:
        """Return the fetch of the source that archived these bytes in full, or None."""
        if self._seen is None:
            with Session(self.engine) as session:
                of_source = select(Fetch.document_sha256).where(Fetch.source_id == self.source.id)
                known = session.exec(of_source.execution_options(yield_per=10_000))
                self._seen = Seen(digest for digest in known if digest is not None)
        was_seen = sha256 in self._seen
        self._seen.add(sha256)
        return self._lookup(_ARCHIVED, sha256) if was_seen else None

    def last_answer(self, entry_id: str) -> Fetched | None:
        """Return the last fetch of a request that served a document, or found it unchanged."""
        return self._lookup(_LAST_ANSWER, entry_id)

    def _lookup(self, statement: Any, key: str) -> Fetched | None:
        if self._reading is None:
            # Asked twice for every request: a connection of its own spares the session and the objects.
            self._reading = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        found = self._reading.execute(statement, {"key": key}).first()
        return None if found is None else Fetched(*found)

    def close(self) -> None:
        """Give the connection back."""
        if self._reading is not None:
            self._reading.close()
            self._reading = None

    def done(self, entry_id: str, state: FrontierState, reason: str = "") -> None:
        """Note a request's end; it counts when the batch is committed."""
        self.batch.done[entry_id] = (state, reason)

    def commit(self) -> None:
        """Write the batch as one transaction."""
        batch = self.take_batch()
        self.settle(batch, self.write(batch))

    def take_batch(self) -> Batch:
        """Return what was harvested since the last commit, and begin a new batch."""
        batch, self.batch = self.batch, Batch()
        batch.stats = self.stats.as_json()
        return batch

    def settle(self, batch: Batch, counts: Counter[str]) -> None:
        """Count what a written batch has brought; its requests are no longer under way."""
        self.counts.update(counts)
        for entry_id in batch.done:
            self._handed.pop(entry_id, None)

    def write(self, batch: Batch) -> Counter[str]:
        """Write a batch as one transaction, in whichever thread; return what it has brought."""
        counts: Counter[str] = Counter()
        if not (batch.done or batch.fetches):
            return counts
        with transaction(self.engine) as session:
            upsert(session, batch.documents.values(), update=[])
            upsert(session, batch.fetches)
            frontier.add(session, self.run.cycle, batch.found)
            counts.update(versions.observe(session, batch.looks))
            counts.update(str(state) for state, _ in batch.done.values())
            frontier.end(session, batch.done)
            if batch.stopped:
                frontier.skip(session, self.run.cycle, batch.stopped)
            session.execute(sa.update(CrawlRun).where(col(CrawlRun.id) == self.run.id).values(stats=batch.stats))
        leases.acquire(self.engine, self.lease, self.holder)
        return counts

    def states(self) -> Counter[str]:
        """Return how many requests of the cycle are in which state, lists and pages apart (`page done` …)."""
        with Session(self.engine) as session:
            rows = session.exec(
                select(FrontierEntry.role, FrontierEntry.state, sa.func.count())
                .where(FrontierEntry.source_id == self.source.id, FrontierEntry.cycle == self.run.cycle)
                .group_by(FrontierEntry.role, FrontierEntry.state)
            ).all()
        return Counter({f"{role} {state}": count for role, state, count in rows})

    def refused(self) -> tuple[int, str]:
        """Return how many pages of the cycle are no record, and the first of them with the reason."""
        with Session(self.engine) as session:
            refused = (
                FrontierEntry.source_id == self.source.id,
                FrontierEntry.cycle == self.run.cycle,
                FrontierEntry.role == PAGE,
                FrontierEntry.state == FrontierState.DONE,
                FrontierEntry.reason != "",
            )
            count = session.exec(select(sa.func.count()).select_from(FrontierEntry).where(*refused)).one()
            first = session.exec(
                select(FrontierEntry.url, FrontierEntry.reason).where(*refused).order_by(FrontierEntry.url).limit(1)
            ).first()
        return count, f"{first[0]}: {first[1]}" if first else ""

    def first_failure(self) -> str:
        """Return the first request of the cycle that failed, with the reason; "" when none did."""
        with Session(self.engine) as session:
            found = session.exec(
                select(FrontierEntry.url, FrontierEntry.reason)
                .where(
                    FrontierEntry.source_id == self.source.id,
                    FrontierEntry.cycle == self.run.cycle,
                    FrontierEntry.state == FrontierState.FAILED,
                )
                .order_by(col(FrontierEntry.place), col(FrontierEntry.url))
                .limit(1)
            ).first()
        return "" if found is None else f"{found[0]}: {found[1]}"

    def cycle_stats(self) -> Stats:
        """Return what all runs of the cycle have counted."""
        self.commit()
        with Session(self.engine) as session:
            return stats_of(session, self.source.id, self.run.cycle)

    def finish(self, outcome: Outcome, reason: str, checks: list[dict[str, Any]] | None = None) -> None:
        """Commit what is left, let an ok run's records go live, close the run and give the lease back."""
        self.commit()
        with transaction(self.engine) as session:
            if outcome is Outcome.OK:
                self.counts.update(versions.promote(session, self.source.id))
            run = session.get_one(CrawlRun, self.run.id)
            run.outcome, run.reason, run.ended_at, run.counts = outcome, reason, now(), dict(self.counts)
            run.stats = {**(run.stats or {}), "checks": checks or []}
            session.add(run)
            alerts.update(session, run)
        leases.release(self.engine, self.lease, self.holder)
        self.close()
