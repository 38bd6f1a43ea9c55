"""An engineer's word on a run that ended as `drift`: the site has changed, and what was read of it is right."""

import getpass
from dataclasses import dataclass

from sqlalchemy.engine import Engine
from sqlmodel import col, select

from crawlers import leases
from crawlers.ledger import Ledger
from crawlers.monitoring import alerts
from crawlers.sources import Source
from crawlers.versions import promote
from schema.database import transaction
from schema.errors import InputError
from schema.tables import CrawlRun, Outcome
from schema.tables.columns import now


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of it: the run, its new reason, and how many records went live."""

    source: str
    run: str
    reason: str
    promoted: int


def accept(engine: Engine, source: Source, why: str, by: str | None = None) -> Accepted:
    """Let the staged records of a source's last run, which drifted, go live.

    The run becomes ok with a reason that names who and why; the source's alerts close. Raises InputError when the
    last run did not drift or no reason is given, RunError while the source is crawled.
    """
    if not why.strip():
        raise InputError("no reason is given", where=source.id, remedy="say what was looked at, with --why")
    reason = f"accepted by {by or getpass.getuser()}: {why.strip()}"
    ledger = Ledger(engine, source)
    leases.acquire(engine, ledger.lease, ledger.holder)
    try:
        with transaction(engine) as session:
            run = session.exec(
                select(CrawlRun)
                .where(CrawlRun.source_id == source.id)
                .order_by(col(CrawlRun.started_at).desc())
                .limit(1)
            ).first()
            if run is None or run.outcome != Outcome.DRIFT:
                ended = "never crawled" if run is None else f"`{run.outcome}`"
                what = f"the last run did not end as `drift`, it was {ended}"
                raise InputError(what, where=source.id, remedy="only a drift can be accepted: see samplebase health")
            promoted = promote(session, source.id)
            run.outcome, run.reason = Outcome.OK, reason
            run.counts = {**(run.counts or {}), **promoted}
            session.add(run)
            session.flush()
            alerts.update(session, run)
            session.flush()
            # What else the run gave rise to was looked at, too.
            for alert in alerts.open_alerts(session):
                if alert.source_id == source.id and alert.run_id == run.id:
                    alert.closed_at = now()
                    session.add(alert)
            return Accepted(source.id, run.id, reason, promoted["promoted"])
    finally:
        leases.release(engine, ledger.lease, ledger.holder)
