"""Records over time: looks at a page become versions, and a good run's versions go live."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crawlers.records import WITHDRAWN, Observation, record_id, rows_of
from schema.evidence import Extraction
from schema.store import Row, padded, upsert
from schema.tables import Claim, Mention, Record, RecordState, Tie

Key = tuple[str, str]  # a page's address and the item on it
PART = 500  # addresses asked for in one query


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one page: what it says of each thing on it; of a page that is gone, nothing."""

    source_id: str
    channel_id: str
    url: str
    document_sha256: str
    seen_at: datetime
    region: str | None = None
    observations: tuple[Observation, ...] = ()
    is_gone: bool = False

    @property
    def says(self) -> bool:
        """Whether the look tells what is there: what it does not name is there no more."""
        return bool(self.observations) or self.is_gone

    def saying(self, observations: tuple[Observation, ...]) -> "Look":
        """Return the same look, with what it sees."""
        return replace(self, observations=observations, is_gone=False)

    def missing(self, item: str, kind: str, extractor: str, extractor_version: int) -> Observation:
        """Return the observation that an item is no longer on the page, or the page no longer there."""
        return Observation(
            self.source_id, self.channel_id, self.url, self.document_sha256, self.seen_at, self.region,
            Extraction(kind, item=item), extractor, extractor_version, is_withdrawn=True,
        )  # fmt: skip


def observe(session: Session, looks: Sequence[Look]) -> Counter[str]:
    """Store looks at pages of one source, each page once; count what is `new`, `unchanged`, `reread`, `changed`.

    Equal content only moves `last_seen`. Equal content under a newer extractor, and different content under
    a newer extractor on the same document, replace what the old extractor read (`reread`); different content
    is a new version, staged until its run ends ok; so is `withdrawn`, for what is no longer there.
    """
    counts: Counter[str] = Counter()
    latest = _latest(session, looks)
    fresh: list[Row] = []
    for look in looks:
        known = {key[1]: record for key, record in latest.items() if key[0] == look.url} if look.says else {}
        for each in [*look.observations, *_missing(look, known, counts)]:
            rows = _store(session, each, latest.get(each.page), counts)
            fresh += rows
    session.flush()
    upsert(session, fresh)
    return counts


def _store(session: Session, each: Observation, last: Record | None, counts: Counter[str]) -> list[Row]:
    """Return the rows that an observation adds to the page's last version."""
    if last is None:
        counts["new"] += 1
        return rows_of(each, 1)
    same_reader = (last.extractor, last.extractor_version) == (each.extractor, each.extractor_version)
    same_content = last.content_hash == each.content_hash
    if same_content and same_reader:
        last.last_seen = max(last.last_seen, each.seen_at)
        counts["unchanged"] += 1
        return []
    if not same_reader and (same_content or last.document_sha256 == each.document_sha256):
        version, state = last.version, last.state
        seen = (last.first_seen, max(last.last_seen, each.seen_at))
        session.expunge(last)
        rewrite(session, each, version, state=state, seen=seen)
        counts["reread"] += 1
        return []
    counts["withdrawn" if each.is_withdrawn else "changed"] += 1
    return rows_of(each, last.version + 1)


def _missing(look: Look, known: dict[str, Record], counts: Counter[str]) -> Iterator[Observation]:
    """Yield what was on the page and is there no more."""
    present = {each.extraction.item for each in look.observations}
    reader = {(each.extractor, each.extractor_version) for each in look.observations}
    for item, last in known.items():
        if item in present or last.content_hash == WITHDRAWN:
            continue
        if last.document_sha256 == look.document_sha256 and (last.extractor, last.extractor_version) not in reader:
            last.state = RecordState.SUPERSEDED  # another extractor divides the same page in another way
            counts["reread"] += 1
            continue
        yield look.missing(item, last.kind, last.extractor, last.extractor_version)


def _latest(session: Session, looks: Sequence[Look]) -> dict[Key, Record]:
    """Return the last version of each record of the pages looked at."""
    newest: dict[Key, Record] = {}
    for start in range(0, len(looks), PART):
        part = looks[start : start + PART]
        records = session.exec(
            select(Record)
            .where(Record.source_id == part[0].source_id, col(Record.url).in_(padded(look.url for look in part)))
            .order_by(col(Record.version))
        )
        newest |= {(record.url, record.item): record for record in records}
    return newest


def rewrite(
    session: Session, observation: Observation, version: int, *, state: str, seen: tuple[datetime, datetime]
) -> None:
    """Write a version's rows anew; facts that the extractor no longer reads are gone, the mentions stay."""
    this = record_id(observation, version)
    for model in (Claim, Tie):
        session.execute(sa.delete(model).where(col(model.record_id) == this))
    rows = [(model, dict(values)) for model, values in rows_of(observation, version)]
    rows[0][1].update(state=state, first_seen=seen[0], last_seen=seen[1])
    upsert(session, rows)
    present = {values["id"] for model, values in rows if model is Mention}
    stale = session.exec(select(Mention).where(Mention.record_id == this, col(Mention.id).not_in(present))).all()
    for mention in stale:
        mention.role = "withdrawn"
        session.add(mention)
    session.flush()


def rebuild(session: Session, source_id: str, url: str, looks: Iterable[Look]) -> int:
    """Write a page's versions anew from all looks at it, in order of time; return how many there are.

    The states stay: what was live is live, and of several versions the newest. Without a readable look the page
    keeps the records it has.
    """
    spells = _spells(looks)
    if not spells:
        return 0
    present: dict[str, list[Record]] = {}
    for record in session.exec(
        select(Record).where(Record.source_id == source_id, Record.url == url).order_by(col(Record.version))
    ):
        present.setdefault(record.item, []).append(record)
    session.expunge_all()
    went_live = not present or any(
        r.state in {RecordState.LIVE, RecordState.WITHDRAWN} for records in present.values() for r in records
    )
    for item, versions in spells.items():
        _rebuild(session, versions, [r.state for r in present.get(item, [])], went_live=went_live)
    for item, records in present.items():
        for record in records[len(spells.get(item, ())) :]:
            record.state = RecordState.SUPERSEDED
            session.merge(record)
    session.flush()
    return sum(len(versions) for versions in spells.values())


Spell = tuple[Observation, Observation]  # the first and the last look at a version


def _spells(looks: Iterable[Look]) -> dict[str, list[Spell]]:
    """Return for each item of a page its versions in order of time."""
    spells: dict[str, list[Spell]] = {}
    for look in looks:
        seen = list(look.observations)
        if look.says:
            named = {each.extraction.item for each in seen}
            for item, versions in spells.items():
                last = versions[-1][1]
                if item not in named and not last.is_withdrawn:
                    seen.append(look.missing(item, last.extraction.kind, last.extractor, last.extractor_version))
        for each in seen:
            versions = spells.setdefault(each.extraction.item, [])
            if versions and versions[-1][0].content_hash == each.content_hash:
                versions[-1] = (versions[-1][0], each)
            else:
                versions.append((each, each))
    return spells


def _rebuild(session: Session, versions: list[Spell], states: list[str], *, went_live: bool) -> None:
    ending = RecordState.WITHDRAWN if versions[-1][0].is_withdrawn else RecordState.LIVE
    newest = ending if went_live else states[-1] if states else RecordState.STAGED
    for number, (first, last) in enumerate(versions, 1):
        same_count = len(states) == len(versions)
        state = states[number - 1] if same_count else newest if number == len(versions) else RecordState.SUPERSEDED
        rewrite(session, first, number, state=state, seen=(first.seen_at, last.seen_at))


def promote(session: Session, source_id: str) -> Counter[str]:
    """Let a source's staged versions go live, the newest of each page; count `promoted` and `moved`.

    What was live before is superseded; nothing is deleted. A page that is gone while another, new one says the
    same has moved there. The work is the database's: memory does not grow with the harvest.
    """
    moved = _follow(session, source_id)
    newer = sa.orm.aliased(Record)
    staged = (col(Record.source_id) == source_id, col(Record.state) == RecordState.STAGED)
    is_staged = sa.and_(
        col(newer.source_id) == col(Record.source_id), col(newer.url) == col(Record.url),
        # (Not by the index of states: most records of a harvest are staged, and each would be held against all.)
        col(newer.item) == col(Record.item), sa.func.coalesce(newer.state, "") == RecordState.STAGED,
    )  # fmt: skip
    outdated = sa.exists().where(is_staged, col(newer.version) > col(Record.version))
    _set(session, RecordState.SUPERSEDED, *staged, outdated)
    standing = (col(Record.source_id) == source_id, col(Record.state).in_([RecordState.LIVE, RecordState.WITHDRAWN]))
    _set(session, RecordState.SUPERSEDED, *standing, sa.exists().where(is_staged))
    promoted = _set(session, RecordState.WITHDRAWN, *staged, col(Record.withdrawn_at).is_not(None))
    promoted += _set(session, RecordState.LIVE, *staged)
    session.expire_all()
    return Counter(promoted=promoted, **({"moved": moved} if moved else {}))


def _set(session: Session, state: RecordState, *where: Any) -> int:
    """Set the state of the records that a condition names; return how many there are."""
    statement = sa.update(Record).where(*where).values(state=state).execution_options(synchronize_session=False)
    return int(session.connection().execute(statement).rowcount)


def _follow(session: Session, source_id: str) -> int:
    """Note where staged withdrawals have gone: to the new record that says the same; return how many have."""
    staged = select(Record).where(Record.source_id == source_id, Record.state == RecordState.STAGED)
    gone = session.exec(staged.where(col(Record.withdrawn_at).is_not(None))).all()
    if not gone:
        return 0
    said: dict[str, Record] = {}
    for record in gone:
        before = session.exec(
            select(Record).where(
                Record.source_id == source_id, Record.url == record.url, Record.item == record.item,
                Record.state == RecordState.LIVE,
            )
        ).first()  # fmt: skip
        if before is not None:
            said[_content(before)] = record
    moved = 0
    fresh = staged.where(Record.version == 1, col(Record.withdrawn_at).is_(None))
    for new in session.exec(fresh.execution_options(yield_per=PART)):
        old = said.pop(_content(new), None)
        if old is not None:
            old.moved_to = new.url
            session.add(old)
            moved += 1
    session.flush()
    return moved


def _content(record: Record) -> str:
    """Return what a record says, its files left aside: they move with the page."""
    fields = {name: values for name, values in (record.fields or {}).items() if name != "attachments"}
    return f"{record.kind} {fields}"
