import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from crawlers import leases
from crawlers.families import Ask
from crawlers.frontier import LIST, PAGE, better_row, entry
from crawlers.ledger import Ledger
from crawlers.sources import Source
from schema.database import transaction
from schema.errors import RunError
from schema.tables import CrawlRun, Document, FrontierEntry, FrontierState, Lease, Outcome, Record
from schema.tables.columns import now

DONE, PENDING, FAILED = FrontierState.DONE, FrontierState.PENDING, FrontierState.FAILED
DEAD = "another-process-of-this-host"


def url(page: int) -> str:
    return f"http://town.test/t{page}.html"


def started(engine: Engine, town: Source, pages: Iterable[int] = (1, 2, 3), *, as_dead: bool = False) -> Ledger:
    ledger = Ledger(engine, town)
    if as_dead:
        # A process that ran and runs no more: its id is known to be free, since we waited for it.
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        ledger.holder = ledger.run.holder = leases.holder().rsplit("/", 2)[0] + f"/{gone.pid}/1"
    ledger.start([entry(town, "town/c", Ask(url(page)), PAGE) for page in pages])
    return ledger


def states(engine: Engine) -> dict[str, str]:
    with Session(engine) as session:
        return dict(session.exec(select(FrontierEntry.url, FrontierEntry.state)).all())


def harvest(ledger: Ledger, page: int, said: Callable[..., Any], document_of: Callable[[int], Document]) -> None:
    ledger.batch.documents[document_of(page).sha256] = document_of(page)
    ledger.batch.looks.append(said(page))
    ledger.done(next(e.id for e in pending(ledger) if e.url == url(page)), DONE)


def pending(ledger: Ledger) -> list[FrontierEntry]:
    with Session(ledger.engine) as session:
        return list(session.exec(select(FrontierEntry)))


def test_a_request_is_done_only_together_with_what_came_of_it(
    engine: Engine, town: Source, said: Any, document_of: Any
) -> None:
    ledger = started(engine, town)
    harvest(ledger, 1, said, document_of)
    assert set(states(engine).values()) == {PENDING}
    ledger.commit()
    assert states(engine) == {url(1): DONE, url(2): PENDING, url(3): PENDING}
    harvest(ledger, 2, said, document_of)
    ledger.batch.documents.clear()  # the record's document is missing: the batch cannot be stored
    with pytest.raises(sa.exc.IntegrityError):
        ledger.commit()
    assert states(engine)[url(2)] == PENDING
    with Session(engine) as session:
        assert [r.url for r in session.exec(select(Record))] == [url(1)]


def test_a_crash_before_the_commit_hands_the_same_requests_out_again(
    engine: Engine, town: Source, said: Any, document_of: Any
) -> None:
    crashed = started(engine, town, as_dead=True)
    assert len(crashed.next(10)) == 3
    harvest(crashed, 1, said, document_of)
    crashed.commit()
    harvest(crashed, 2, said, document_of)  # and here it was killed
    ledger = started(engine, town, ())
    assert ledger.run.cycle == crashed.run.cycle
    assert sorted(e.url for e in ledger.next(10)) == [url(2), url(3)]
    with Session(engine) as session:
        old = session.get_one(CrawlRun, crashed.run.id)
        assert (old.outcome, old.reason) == (Outcome.ERROR, "the process was killed")
        assert old.ended_at is not None


def test_seeds_that_the_cycle_has_done_are_not_asked_again(engine: Engine, town: Source) -> None:
    crashed = started(engine, town, as_dead=True)
    crashed.done(crashed.next(1)[0].id, FAILED, "HTTP 500")
    crashed.commit()
    ledger = started(engine, town)
    assert len(ledger.next(10)) == 2
    assert ledger.states() == {"page pending": 2, "page failed": 1}


def test_a_finished_cycle_is_followed_by_a_new_one(engine: Engine, town: Source) -> None:
    for cycle in (1, 2):
        ledger = started(engine, town)
        assert ledger.run.cycle == cycle
        for each in ledger.next(10):
            ledger.done(each.id, DONE)
        ledger.finish(Outcome.OK, "")
    with Session(engine) as session:
        assert {e.cycle for e in session.exec(select(FrontierEntry))} == {2}
        assert [e.attempts for e in session.exec(select(FrontierEntry))] == [1, 1, 1]


def test_no_page_is_asked_before_every_list_was_read(engine: Engine, town: Source) -> None:
    ledger = started(engine, town)
    lists = [entry(town, "town/c", Ask(f"http://town.test/index_{n}.html"), LIST) for n in range(2)]
    ledger.batch.found = list(lists)
    first = next(e for e in pending(ledger))
    ledger.done(first.id, DONE)
    ledger.commit()
    handed = ledger.next(1) + ledger.next(10)
    assert sorted(e.url for e in handed) == sorted(e.url for e in lists)
    assert ledger.next(10) == []
    ledger.done(handed[0].id, DONE)
    ledger.commit()
    assert ledger.next(10) == []
    ledger.done(handed[1].id, DONE)
    ledger.commit()
    assert [e.role for e in ledger.next(10)] == [PAGE, PAGE]
    assert ledger.waiting == 2


def test_an_address_in_several_lists_is_one_request_with_the_row_that_says_more(engine: Engine, town: Source) -> None:
    ledger = started(engine, town, ())
    short, long = {"title": {"value": "a"}}, {"title": {"value": "a"}, "issuers": {"value": "b"}}
    for row in (short, long, short, None):
        ledger.batch.found.append(entry(town, "town/c", Ask(url(1)), PAGE, row))
        ledger.batch.fetches = []
        ledger.done("nobody", DONE)
        ledger.commit()
    (only,) = ledger.next(10)
    assert only.row == long
    assert better_row(short, long) == better_row(long, short) == long
    assert better_row(None, None) is None


def test_a_post_and_a_get_of_one_address_are_two_requests(town: Source) -> None:
    asks = (Ask(url(1)), Ask(url(1), "POST"), Ask(url(1), "POST", "page=2"))
    assert len({entry(town, "town/c", ask, LIST).id for ask in asks}) == 3


def test_a_second_living_crawl_of_a_source_is_refused_and_the_first_goes_on(engine: Engine, town: Source) -> None:
    first = started(engine, town)
    living = Ledger(engine, town)
    living.holder = "a-host-that-we-cannot-see/1/1"
    with pytest.raises(RunError) as caught:
        living.start([])
    assert first.holder in str(caught.value)
    assert caught.value.remedy
    with Session(engine) as session:
        assert session.exec(select(CrawlRun.outcome)).all() == [Outcome.RUNNING]
    first.done(first.next(1)[0].id, DONE)
    first.commit()


@pytest.mark.parametrize("why", ["its process is dead", "its time is over", "its process id is another's now"])
def test_a_lease_of_a_holder_that_is_gone_is_taken(engine: Engine, why: str) -> None:
    host, pid, start = leases.holder().split("/")
    old = {"its process is dead": f"{host}/999999999/1", "its time is over": "far/1/1"}.get(
        why, f"{host}/{pid}/{start}0"
    )
    leases.acquire(engine, "crawl/x", old)
    if why == "its time is over":
        with transaction(engine) as session:
            session.execute(sa.update(Lease).values(expires_at=now() - timedelta(seconds=1)))
    leases.acquire(engine, "crawl/x", leases.holder())
    with Session(engine) as session:
        assert session.exec(select(Lease.holder)).all() == [leases.holder()]
    leases.release(engine, "crawl/x", old)  # too late: it is somebody else's
    with Session(engine) as session:
        assert session.get(Lease, "crawl/x") is not None
    leases.release(engine, "crawl/x", leases.holder())
    with Session(engine) as session:
        assert session.get(Lease, "crawl/x") is None


def test_a_commit_renews_the_lease_and_the_end_gives_it_back(engine: Engine, town: Source) -> None:
    ledger = started(engine, town)
    with transaction(engine) as session:
        session.execute(sa.update(Lease).values(expires_at=now() + timedelta(seconds=1)))
    ledger.done(ledger.next(1)[0].id, DONE)
    ledger.commit()
    with Session(engine) as session:
        assert session.get_one(Lease, ledger.lease).expires_at > now() + timedelta(seconds=60)
    ledger.finish(Outcome.PARTIAL, "2 page pending")
    with Session(engine) as session:
        assert session.get(Lease, ledger.lease) is None
        run = session.exec(select(CrawlRun).where(col(CrawlRun.id) == ledger.run.id)).one()
        assert (run.outcome, run.reason, run.counts) == ("partial", "2 page pending", {"done": 1})
