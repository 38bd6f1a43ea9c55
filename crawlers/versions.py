"""Records over time: a page's observations become versions, and a good run's versions go live."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from crawlers.records import Observation, record_id, rows_of
from schema.store import upsert
from schema.tables import Claim, Mention, Record, RecordState, Tie


def observe(session: Session, observations: Sequence[Observation]) -> Counter[str]:
    """Store looks at pages of one source, each page once; count what is `new`, `unchanged`, `reread`, `changed`.

    Equal content only moves `last_seen`. Equal content under a newer extractor, and different content under
    a newer extractor on the same document, replace what the old extractor read (`reread`); different content
    is a new version, staged until its run ends ok.
    """
    counts: Counter[str] = Counter()
    latest = _latest(session, observations)
    fresh: list[SQLModel] = []
    for each in observations:
        last = latest.get(each.url)
        if last is None:
            fresh += rows_of(each, 1)
            counts["new"] += 1
            continue
        same_reader = (last.extractor, last.extractor_version) == (each.extractor, each.extractor_version)
        same_content = last.content_hash == each.content_hash
        if same_content and same_reader:
            last.last_seen = max(last.last_seen, each.seen_at)
            counts["unchanged"] += 1
        elif not same_reader and (same_content or last.document_sha256 == each.document_sha256):
            version, state = last.version, last.state
            seen = (last.first_seen, max(last.last_seen, each.seen_at))
            session.expunge(last)
            rewrite(session, each, version, state=state, seen=seen)
            counts["reread"] += 1
        else:
            fresh += rows_of(each, last.version + 1)
            counts["changed"] += 1
    session.flush()
    upsert(session, fresh)
    return counts


def _latest(session: Session, observations: Sequence[Observation]) -> dict[str, Record]:
    """Return the last version of each observed page that has one."""
    newest: dict[str, Record] = {}
    for start in range(0, len(observations), 500):
        part = observations[start : start + 500]
        records = session.exec(
            select(Record)
            .where(Record.source_id == part[0].source_id, col(Record.url).in_([o.url for o in part]))
            .order_by(col(Record.version))
        )
        newest |= {record.url: record for record in records}
    return newest


def rewrite(
    session: Session, observation: Observation, version: int, *, state: str, seen: tuple[datetime, datetime]
) -> None:
    """Write a version's rows anew; facts that the extractor no longer reads are gone, the mentions stay."""
    this = record_id(observation, version)
    for model in (Claim, Tie):
        session.execute(sa.delete(model).where(col(model.record_id) == this))
    record, *others = rows_of(observation, version)
    assert isinstance(record, Record)  # noqa: S101  (the first row is the record by contract)
    record.state = state
    record.first_seen, record.last_seen = seen
    rows = [record, *others]
    upsert(session, rows)
    present = {row.id for row in rows if isinstance(row, Mention)}
    stale = session.exec(select(Mention).where(Mention.record_id == this, col(Mention.id).not_in(present))).all()
    for mention in stale:
        mention.role = "withdrawn"
        session.add(mention)
    session.flush()


def rebuild(session: Session, source_id: str, url: str, observations: Iterable[Observation]) -> int:
    """Write a page's versions anew from all its observations, in order of time; return how many there are.

    The states stay: what was live is live, and of several versions the newest. Without a readable observation
    the page keeps the records it has.
    """
    versions: list[tuple[Observation, Observation]] = []  # the first and the last look at each version
    for observation in observations:
        if versions and versions[-1][0].content_hash == observation.content_hash:
            versions[-1] = (versions[-1][0], observation)
        else:
            versions.append((observation, observation))
    if not versions:
        return 0
    present = session.exec(
        select(Record).where(Record.source_id == source_id, Record.url == url).order_by(col(Record.version))
    ).all()
    states = [record.state for record in present]
    newest = RecordState.LIVE if RecordState.LIVE in states or not states else states[-1]
    session.expunge_all()
    for number, (first, last) in enumerate(versions, 1):
        same_count = len(states) == len(versions)
        state = states[number - 1] if same_count else newest if number == len(versions) else RecordState.SUPERSEDED
        rewrite(session, first, number, state=state, seen=(first.seen_at, last.seen_at))
    for record in present[len(versions) :]:
        record.state = RecordState.SUPERSEDED
        session.merge(record)
    session.flush()
    return len(versions)


def promote(session: Session, source_id: str) -> int:
    """Let a source's staged versions go live, the newest of each page; return how many.

    What was live before is superseded; nothing is deleted.
    """
    staged = session.exec(select(Record).where(Record.source_id == source_id, Record.state == RecordState.STAGED)).all()
    newest: dict[str, Record] = {}
    for record in sorted(staged, key=lambda r: r.version):
        newest[record.url] = record
        record.state = RecordState.SUPERSEDED
    _supersede(session, source_id, newest)
    for record in newest.values():
        record.state = RecordState.LIVE
    session.add_all(staged)
    session.flush()
    return len(newest)


def _supersede(session: Session, source_id: str, urls: Iterable[str]) -> None:
    wanted = sorted(urls)
    for start in range(0, len(wanted), 500):
        session.execute(
            sa.update(Record)
            .where(
                col(Record.source_id) == source_id,
                col(Record.state) == RecordState.LIVE,
                col(Record.url).in_(wanted[start : start + 500]),
            )
            .values(state=RecordState.SUPERSEDED)
        )
