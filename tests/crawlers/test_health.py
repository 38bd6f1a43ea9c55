"""The engineer's first look: which source is not ok, and why."""

from datetime import timedelta
from typing import Any

from sqlalchemy.engine import Engine

from crawlers.health import health
from schema.database import transaction
from schema.tables import CrawlRun, Outcome, Source
from schema.tables.columns import now


def test_a_source_that_is_not_ok_comes_first_with_its_reason(crawled: Any) -> None:
    engine = crawled.engine()
    found = {h.source: h for h in health(engine)}
    engine.dispose()
    assert {h.outcome for h in found.values()} == {"ok"}
    assert found["hubei"].live == 15
    assert found["hubei"].staged == 0
    assert found["hubei"].since_ok is not None
    assert (found["hubei"].newest or "") > "2019"


def test_the_last_run_counts_and_the_last_ok_one_is_remembered(engine: Engine) -> None:
    start = now()
    with transaction(engine) as session:
        for name in ("a", "b"):
            session.add(Source(id=name, name=name, url="http://x", level="city", state="verified", yaml_sha256="0"))
        session.flush()
        for number, outcome in enumerate((Outcome.OK, Outcome.BLOCKED)):
            at = start + timedelta(hours=number)
            session.add(
                CrawlRun(
                    id=str(number), source_id="a", cycle=number, started_at=at, ended_at=at + timedelta(seconds=9),
                    outcome=outcome, reason="412" if number else "",
                )
            )  # fmt: skip
    first, second = health(engine)
    assert (first.source, first.outcome, first.reason, first.seconds) == ("a", "blocked", "412", 9.0)
    assert first.since_ok == start + timedelta(seconds=9)
    assert (second.source, second.outcome, second.since_ok) == ("b", "never", None)
