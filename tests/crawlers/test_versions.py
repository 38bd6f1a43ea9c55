from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from crawlers.sources import Source, as_rows
from crawlers.versions import observe, promote
from schema.content import content_hash
from schema.database import transaction
from schema.store import upsert
from schema.tables import Claim, Document, Mention, Record, Tie

DAY = datetime(2023, 10, 23, 8, tzinfo=UTC)
Look = Callable[..., str]


@pytest.fixture
def look(engine: Engine, town: Source, said: Callable[..., Any], document_of: Callable[[int], Document]) -> Look:
    """Observe a page once and say what `observe` made of it."""
    with transaction(engine) as session:
        upsert(session, [*as_rows(town), *(document_of(n) for n in range(1, 10))])

    def once(page: int = 1, **changes: Any) -> str:
        with transaction(engine) as session:
            return next(iter(observe(session, [said(page, **changes)])), "")

    return once


def live(engine: Engine) -> int:
    with transaction(engine) as session:
        return promote(session, "town")["promoted"]


def versions(engine: Engine) -> list[tuple[int, str, str]]:
    with Session(engine) as session:
        found = session.exec(select(Record).order_by(Record.url, col(Record.version)))
        return [(r.version, str(r.state), (r.fields or {})["title"][0]) for r in found]


def test_a_second_look_at_the_same_page_changes_nothing_but_last_seen(engine: Engine, look: Look) -> None:
    assert look() == "new"
    before = content_hash(engine)
    assert look(day=3) == "unchanged"
    assert look(day=1) == "unchanged"
    assert content_hash(engine) == before
    with Session(engine) as session:
        record = session.exec(select(Record)).one()
        assert (record.first_seen, record.last_seen) == (DAY, DAY + timedelta(days=3))


def test_the_same_words_in_other_bytes_are_no_new_version(engine: Engine, look: Look) -> None:
    look()
    assert look(document=2) == "unchanged"
    assert versions(engine) == [(1, "staged", "通知1")]


def test_changed_content_is_staged_beside_the_live_version_until_it_is_promoted(engine: Engine, look: Look) -> None:
    look()
    assert live(engine) == 1
    assert look(title="改", document=2) == "changed"
    assert versions(engine) == [(1, "live", "通知1"), (2, "staged", "改")]
    assert live(engine) == 1
    assert versions(engine) == [(1, "superseded", "通知1"), (2, "live", "改")]
    assert live(engine) == 0
    assert versions(engine) == [(1, "superseded", "通知1"), (2, "live", "改")]


def test_of_several_staged_versions_the_newest_goes_live(engine: Engine, look: Look) -> None:
    look()
    live(engine)
    for number in (2, 3):
        look(title=f"改{number}", document=number)
    assert live(engine) == 1
    assert [state for _, state, _ in versions(engine)] == ["superseded", "superseded", "live"]


def test_pages_and_sources_are_promoted_apart(engine: Engine, look: Look) -> None:
    look(1)
    look(2)
    live(engine)
    look(2, title="改", document=3)
    with transaction(engine) as session:
        assert promote(session, "another")["promoted"] == 0
    live(engine)
    assert versions(engine) == [(1, "live", "通知1"), (1, "superseded", "通知2"), (2, "live", "改")]


def test_a_page_that_goes_back_to_old_words_is_a_new_version(engine: Engine, look: Look) -> None:
    look()
    look(title="改", document=2)
    assert look(document=3) == "changed"
    live(engine)
    assert versions(engine)[-1] == (3, "live", "通知1")
    assert [state for _, state, _ in versions(engine)].count("live") == 1


@pytest.mark.parametrize("state", ["staged", "live"])
def test_a_newer_extractor_rewrites_what_the_old_one_read_in_place(engine: Engine, look: Look, state: str) -> None:
    look()
    if state == "live":
        live(engine)
    assert look(title="读得更好", issuers=["市政府"], version=2, day=2) == "reread"
    assert versions(engine) == [(1, state, "读得更好")]
    with Session(engine) as session:
        assert sorted(session.exec(select(Claim.property)).all()) == ["issuers", "published_date", "title"]
        assert len(session.exec(select(Tie)).all()) == 1
        mentions = {m.name: m.role for m in session.exec(select(Mention))}
        assert mentions == {"读得更好": "subject", "市政府": "issuer", "市科技局": "withdrawn"}
        record = session.exec(select(Record)).one()
        assert (record.first_seen, record.last_seen) == (DAY, DAY + timedelta(days=2))
        assert record.extractor_version == 2
    after = content_hash(engine)
    assert look(title="读得更好", issuers=["市政府"], version=2, day=2) == "unchanged"
    assert content_hash(engine) == after


def test_a_newer_extractor_on_a_changed_page_makes_a_new_version(engine: Engine, look: Look) -> None:
    look()
    live(engine)
    assert look(title="改", document=2, version=2) == "changed"
    assert versions(engine) == [(1, "live", "通知1"), (2, "staged", "改")]


def test_a_mention_keeps_its_anchor_over_the_versions_of_its_page(engine: Engine, look: Look) -> None:
    look()
    look(title="改", document=2, issuers=["市科技局", "市政府", "市政府", "市教育局"])
    with Session(engine) as session:
        rows = session.exec(select(Record.version, Mention.role, Mention.name, Mention.anchor).join(Mention)).all()
    first = {(role, "" if role == "subject" else name): anchor for version, role, name, anchor in rows if version == 1}
    second = [(role, "" if role == "subject" else name, anchor) for version, role, name, anchor in rows if version == 2]
    assert {anchor for *_, anchor in second} >= set(first.values())
    assert {(role, name) for role, name, anchor in second if anchor in first.values()} == set(first)
    assert len({anchor for *_, anchor in second}) == len(second) == 5


def test_the_order_of_looks_of_an_older_day_does_not_move_the_days_back(engine: Engine, look: Look) -> None:
    look(day=5)
    look(title="改", document=2, day=6)
    assert look(title="改", document=2, day=1) == "unchanged"
    with Session(engine) as session:
        seen = session.exec(select(Record.last_seen).order_by(col(Record.version))).all()
    assert seen == [DAY + timedelta(days=5), DAY + timedelta(days=6)]


def test_a_page_that_is_gone_ends_in_a_version_that_says_so_and_may_come_back(engine: Engine, look: Look) -> None:
    look()
    live(engine)
    assert look(is_gone=True, document=2, day=5) == "withdrawn"
    assert look(is_gone=True, document=2, day=6) == ""
    live(engine)
    with Session(engine) as session:
        states = [
            (r.version, r.state, r.withdrawn_at) for r in session.exec(select(Record).order_by(col(Record.version)))
        ]
    assert states == [(1, "superseded", None), (2, "withdrawn", DAY + timedelta(days=5))]
    assert look(document=3, day=9) == "changed"
    live(engine)
    with Session(engine) as session:
        assert [r.state for r in session.exec(select(Record).order_by(col(Record.version)))] == [
            "superseded",
            "superseded",
            "live",
        ]


def test_a_page_that_says_the_same_elsewhere_has_moved(engine: Engine, look: Look) -> None:
    look(1, title="同一件事")
    live(engine)
    look(1, is_gone=True, document=3)
    look(2, title="同一件事")
    with transaction(engine) as session:
        assert promote(session, "town")["moved"] == 1
        gone = session.exec(select(Record).where(Record.state == "withdrawn")).one()
        assert gone.moved_to == "http://town.test/t2.html"


def test_a_page_that_was_never_a_record_leaves_no_trace_when_it_goes(engine: Engine, look: Look) -> None:
    with transaction(engine) as session:
        assert observe(session, []) == {}
    assert look(is_gone=True) == ""
    assert versions(engine) == []
