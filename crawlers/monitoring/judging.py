"""How a run ended, and why: what became of its requests, and how its harvest compares with the ones before."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from crawlers.monitoring.checks import HISTORY, Check, check
from crawlers.monitoring.stats import Stats
from crawlers.sourcefile import Channel
from schema.tables import CrawlRun, Mode, Outcome

if TYPE_CHECKING:
    from crawlers.ledger import Ledger

SHOWN = 3  # failed checks that a run's reason names


@dataclass(frozen=True, slots=True)
class Verdict:
    """A run's outcome, its reason, and the checks that it was put to."""

    outcome: Outcome
    reason: str = ""
    checks: list[Check] = field(default_factory=list)


def judge(ledger: "Ledger", channels: Mapping[str, Channel], *, blocked: str = "", paused: str = "") -> Verdict:
    """Return how a run ended: blocked, cut short, empty, drifted away from the runs before, or ok."""
    stats = ledger.cycle_stats()
    if blocked:
        return Verdict(Outcome.BLOCKED, blocked)
    is_refresh = ledger.run.mode == Mode.REFRESH
    states = ledger.states()
    outcome, reason = requests(states, *ledger.refused(), is_refresh=is_refresh)
    if paused:
        some = states["page done"] + states["list done"]
        return Verdict(Outcome.PARTIAL if some else Outcome.ERROR, f"{paused}; {reason}".rstrip("; "))
    if outcome is not Outcome.OK:
        first = ledger.first_failure()
        return Verdict(outcome, f"{reason}, such as {first}" if first else reason)
    with Session(ledger.engine) as session:
        before = history(session, ledger.source.id, ledger.run.cycle)
    checks = check(stats, before, channels.items())
    drift = [c for c in checks if c.is_drift and not c.passed]
    if not drift:
        return Verdict(Outcome.OK, "", checks)
    told = "; ".join(f"{c.channel}: {c.message}" for c in drift[:SHOWN])
    more = f" (and {len(drift) - SHOWN} more)" if len(drift) > SHOWN else ""
    return Verdict(Outcome.DRIFT, told + more, checks)


def history(session: Session, source_id: str, cycle: int) -> list[Stats]:
    """Return the figures of the source's last ok runs before a cycle, the latest first."""
    kept = session.exec(
        select(CrawlRun.stats)
        .where(CrawlRun.source_id == source_id, CrawlRun.outcome == Outcome.OK, CrawlRun.cycle < cycle)
        .order_by(col(CrawlRun.started_at).desc())
        .limit(HISTORY)
    )
    return [Stats.from_json(dict(each or {})) for each in kept]


def requests(
    states: Counter[str], refused: int = 0, first: str = "", *, is_refresh: bool = False
) -> tuple[Outcome, str]:
    """Return a run's outcome and why, from the states of the cycle's requests.

    `refused` counts the pages that were read and are no record, `first` names one of them with the reason. A
    refresh that meets nothing but what it knows, or but news, has read its lists, and that is all.
    """
    failed = {key: n for key, n in states.items() if key.endswith((" failed", " pending"))}
    done = states["page done"] + states["list done"]
    if failed:
        detail = ", ".join(f"{n} {key}" for key, n in sorted(failed.items()))
        return (Outcome.PARTIAL if done else Outcome.ERROR), detail
    if is_refresh and states["list done"]:
        return Outcome.OK, ""
    if not states["page done"]:
        return Outcome.EMPTY, "no page was read"
    if refused == states["page done"]:
        return Outcome.EMPTY, f"none of {refused} pages is a record, such as {first}"
    return Outcome.OK, ""
