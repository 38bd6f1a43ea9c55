"""Alerts: one row per source and kind of trouble, opened once, updated in place, closed when a run is well."""

from sqlmodel import Session, col, select

from schema.ids import content_id
from schema.tables import Alert, CrawlRun, Outcome
from schema.tables.columns import now


def update(session: Session, run: CrawlRun) -> None:
    """Open or renew the alerts that a finished run gives rise to, and close those that it puts an end to."""
    raised = troubles(run)
    known = {a.kind: a for a in session.exec(select(Alert).where(Alert.source_id == run.source_id))}
    for kind, message in raised.items():
        alert = known.get(kind)
        if alert is None:
            moment = now()
            session.add(
                Alert(
                    id=content_id("alert", run.source_id, kind), source_id=run.source_id, kind=kind, message=message,
                    run_id=run.id, opened_at=moment, last_at=moment,
                )
            )  # fmt: skip
            continue
        if alert.closed_at is not None:
            alert.opened_at, alert.closed_at, alert.times = now(), None, 0
        alert.message, alert.run_id, alert.last_at, alert.times = message, run.id, now(), alert.times + 1
        session.add(alert)
    for kind, alert in known.items():
        if kind not in raised and alert.closed_at is None and _ends(kind, run):
            alert.closed_at = now()
            session.add(alert)


def troubles(run: CrawlRun) -> dict[str, str]:
    """Return the kinds of trouble of a finished run, each with its message: its outcome, and each failed check."""
    found = {} if run.outcome == Outcome.OK else {str(run.outcome): run.reason}
    for check in (run.stats or {}).get("checks", []):
        if not check["passed"] and not check["is_drift"]:
            found[check["name"]] = f"{check['channel']}: {check['message']}"
    return found


def _ends(kind: str, run: CrawlRun) -> bool:
    """Tell whether a run puts an end to a kind of trouble that it does not raise: only a harvest can."""
    return run.outcome == Outcome.OK or kind in set(Outcome)


def open_alerts(session: Session) -> list[Alert]:
    """Return the alerts that are not over, the oldest first."""
    return list(session.exec(select(Alert).where(col(Alert.closed_at).is_(None)).order_by(col(Alert.opened_at))))
