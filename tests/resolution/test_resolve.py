from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from resolution.judgements import judge, undo
from resolution.resolve import resolve
from schema.content import content_hash
from schema.database import metadata, transaction
from schema.tables import Assignment, Candidate, Entity, Judgement, Mention, Record, RecordState, Redirect, Verdict

AT = datetime(2023, 11, 1, tzinfo=UTC)
WHO_IS_WHO = ("entity", "assignment", "redirect", "candidate", "resolve_run", "judgement")


@pytest.fixture
def sandbox(engine: Engine, crawled: Any) -> Engine:
    """The crawled sandbox in either database, not resolved yet."""
    origin = crawled.engine()
    with origin.connect() as source, engine.begin() as target:
        for table in metadata().sorted_tables:
            rows = [dict(row._mapping) for row in source.execute(sa.select(table))]
            if rows and table.name not in WHO_IS_WHO:
                target.execute(sa.insert(table), rows)
    origin.dispose()
    return engine


def partition(engine: Engine) -> dict[str, frozenset[str]]:
    """Return the live entities, each with the anchors of its mentions."""
    with Session(engine) as session:
        query = select(Assignment.entity_id, Mention.anchor).join(Mention, col(Mention.id) == Assignment.mention_id)
        found: dict[str, set[str]] = {}
        for entity, anchor in session.exec(query.where(col(Assignment.to_run).is_(None))):
            found.setdefault(entity, set()).add(anchor)
        active = set(session.exec(select(Entity.id).where(col(Entity.is_active))))
    assert active == set(found)
    return {entity: frozenset(anchors) for entity, anchors in found.items()}


def entities(engine: Engine) -> set[tuple[Any, ...]]:
    with Session(engine) as session:
        rows = session.exec(select(Entity).where(col(Entity.is_active))).all()
        return {(e.id, e.kind, e.name, e.region, e.level, e.named_by, e.naming_rule) for e in rows}


def redirects(engine: Engine) -> dict[str, str]:
    with Session(engine) as session:
        return {r.from_id: r.to_id for r in session.exec(select(Redirect))}


def say(engine: Engine, left: str, right: str, verdict: Verdict, hour: int = 0) -> Judgement:
    with transaction(engine) as session:
        made = judge(session, left, right, verdict, author="li", at=AT + timedelta(hours=hour))
        session.flush()
        session.expunge(made)
    return made


def take_back(engine: Engine, judgement: Judgement, hour: int) -> None:
    with transaction(engine) as session:
        undo(session, judgement, author="li", at=AT + timedelta(hours=hour))


def pair(engine: Engine, test: Callable[[int], bool]) -> tuple[str, list[str]]:
    """Return an entity whose number of mentions passes the test, and its anchors."""
    return next(
        (entity, sorted(anchors)) for entity, anchors in sorted(partition(engine).items()) if test(len(anchors))
    )


def test_resolving_twice_changes_nothing(sandbox: Engine) -> None:
    first = resolve(sandbox)
    before = content_hash(sandbox)
    second = resolve(sandbox)
    assert (first.changed, second.changed) == (True, False)
    assert second.run == first.run
    assert content_hash(sandbox) == before


def test_the_same_mentions_give_the_same_entities_in_every_database(sandbox: Engine, crawled: Any) -> None:
    resolve(sandbox)
    origin = crawled.engine()
    assert entities(sandbox) == entities(origin)
    assert partition(sandbox) == partition(origin)
    origin.dispose()


def test_every_live_mention_belongs_to_one_entity(sandbox: Engine) -> None:
    counts = resolve(sandbox).counts
    homes = list(partition(sandbox).values())
    with Session(sandbox) as session:
        live = session.exec(select(Mention.anchor).join(Record).where(Record.state == RecordState.LIVE)).all()
    assert sorted(anchor for home in homes for anchor in home) == sorted(live)
    assert counts["mentions"] == len(live)
    assert counts["entities"] == len(homes)


def test_a_body_is_one_entity_under_its_full_name_however_it_is_printed(sandbox: Engine) -> None:
    resolve(sandbox)
    names = [name for _, kind, name, *_ in entities(sandbox) if kind == "government"]
    assert len(names) == len(set(names))
    assert {"广东省人民政府办公厅", "科学技术部"} <= set(names)
    assert "省府办公厅" not in names
    assert not [name for name in names if "、" in name], "joint issuers are several bodies"


def test_a_person_who_says_different_splits_and_taking_it_back_restores_everything(sandbox: Engine) -> None:
    resolve(sandbox)
    before, whole = entities(sandbox), partition(sandbox)
    entity, (first, second, *_) = pair(sandbox, lambda n: n == 2)
    said = say(sandbox, first, second, Verdict.DIFFERENT)
    assert resolve(sandbox).changed
    split = partition(sandbox)
    assert len(split) == len(whole) + 1
    assert entity in split
    assert {frozenset([first]), frozenset([second])} <= set(split.values())
    take_back(sandbox, said, 1)
    resolve(sandbox)
    assert (partition(sandbox), entities(sandbox)) == (whole, before)
    assert set(redirects(sandbox)) == set(split) - set(whole)
    assert set(redirects(sandbox).values()) == {entity}


def test_a_person_who_says_same_merges_and_taking_it_back_gives_both_ids_back(sandbox: Engine) -> None:
    resolve(sandbox)
    before, apart = entities(sandbox), partition(sandbox)
    large, (left, *_) = pair(sandbox, lambda n: n > 1)
    small, (right,) = pair(sandbox, lambda n: n == 1)
    said = say(sandbox, left, right, Verdict.SAME)
    resolve(sandbox)
    assert partition(sandbox)[large] == apart[large] | apart[small]
    assert redirects(sandbox) == {small: large}
    take_back(sandbox, said, 1)
    resolve(sandbox)
    assert (partition(sandbox), entities(sandbox), redirects(sandbox)) == (apart, before, {})


def test_redirects_always_lead_straight_to_a_live_entity(sandbox: Engine) -> None:
    resolve(sandbox)
    singles = [min(anchors) for _, anchors in sorted(partition(sandbox).items()) if len(anchors) == 1][:4]
    said = []
    for hour, (left, right) in enumerate(pairwise(singles)):
        said.append(say(sandbox, left, right, Verdict.SAME, hour))
        resolve(sandbox)
        live = set(partition(sandbox))
        assert set(redirects(sandbox).values()) <= live
        assert set(redirects(sandbox)).isdisjoint(live)
    assert len(redirects(sandbox)) == 3
    take_back(sandbox, said[1], 9)
    resolve(sandbox)
    assert set(redirects(sandbox).values()) <= set(partition(sandbox))


def test_a_mention_has_one_open_assignment_and_closed_ones_stay_on_record(sandbox: Engine) -> None:
    resolve(sandbox)
    entity, (first, second) = pair(sandbox, lambda n: n == 2)
    say(sandbox, first, second, Verdict.DIFFERENT)
    run = resolve(sandbox).run
    with Session(sandbox) as session:
        rows = session.exec(select(Assignment)).all()
        open_mentions = [a.mention_id for a in rows if a.to_run is None]
        assert len(open_mentions) == len(set(open_mentions))
        assert [a.entity_id for a in rows if a.to_run == run] == [entity]


def test_a_record_that_is_not_live_takes_its_mentions_along(sandbox: Engine) -> None:
    resolve(sandbox)
    before = len(partition(sandbox))
    with transaction(sandbox) as session:
        record = session.exec(select(Record).where(Record.source_id == "most").order_by(Record.url)).first()
        record.state = RecordState.STAGED
        session.add(record)
        gone = set(session.exec(select(Mention.anchor).where(Mention.record_id == record.id)))
    resolve(sandbox)
    assert gone.isdisjoint(anchor for home in partition(sandbox).values() for anchor in home)
    assert len(partition(sandbox)) < before


def test_an_empty_database_resolves_to_nothing(engine: Engine) -> None:
    assert resolve(engine).counts["entities"] == 0
    assert resolve(engine).changed is False
    with Session(engine) as session:
        assert session.exec(select(Candidate)).all() == []
