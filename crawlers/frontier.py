"""The frontier: which requests a cycle makes, in which order, and how far it has come with each.

Entries are plain values, made and read by the thousand; the table is `frontier`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crawlers.families import Ask
from crawlers.sources import Source
from schema.ids import content_id
from schema.store import padded, upsert
from schema.store import row as table_row
from schema.tables import FrontierEntry, FrontierState

LIST, PAGE, FILE = "list", "page", "file"
# Lists in their order, then the files that pages wait for, then pages.
PLACES = {LIST: 0, FILE: 1_000_000, PAGE: 1_000_001}
PART = 500  # entries looked up at a time


@dataclass(slots=True)
class Entry:
    """A request of a source, and how far the present cycle has come with it; its columns are the table's."""

    id: str
    source_id: str
    channel_id: str
    url: str
    method: str
    body: str
    role: str
    place: int = 0  # the smaller is asked first
    cycle: int = 0
    state: str = FrontierState.PENDING
    attempts: int = 0
    row: dict[str, Any] | None = None
    reason: str = ""
    parent: str | None = None


_COLUMNS = sa.select(*(getattr(FrontierEntry, each.name) for each in fields(Entry)))
_KNOWN = sa.select(*(getattr(FrontierEntry, name) for name in ("id", "cycle", "state", "attempts", "reason", "row")))
_ENDED = (
    sa.update(FrontierEntry.__table__)  # type: ignore[attr-defined]
    .where(col(FrontierEntry.id) == sa.bindparam("key"))
    .values(state=sa.bindparam("ended"), reason=sa.bindparam("why"), attempts=FrontierEntry.attempts + 1)
)


def entry(
    source: Source,
    channel_id: str,
    ask: Ask,
    role: str,
    row: dict[str, Any] | None = None,
    *,
    parent: str | None = None,
    place: int = 0,
) -> Entry:
    """Return a request's entry, not yet in any cycle; `place` orders the pages of a list."""
    return Entry(
        key(source.id, ask),
        source.id,
        channel_id,
        ask.url,
        ask.method,
        ask.body,
        role,
        PLACES[role] + place,
        row=row,
        parent=parent,
    )


def key(source_id: str, ask: Ask) -> str:
    """Return the id of a request's entry."""
    return content_id("frontier", source_id, ask.method, ask.url, ask.body)


def pending(session: Session, source_id: str, cycle: int, handed: Collection[str], limit: int) -> list[Entry]:
    """Return up to `limit` pending entries of a cycle in their order, but for those handed out already."""
    found = session.connection().execute(
        _COLUMNS.where(
            col(FrontierEntry.source_id) == source_id,
            col(FrontierEntry.state) == FrontierState.PENDING,
            col(FrontierEntry.cycle) == cycle,
            col(FrontierEntry.id).not_in(padded(handed)),
        )
        .order_by(col(FrontierEntry.place), col(FrontierEntry.id))
        .limit(limit)
    )
    return [Entry(*each) for each in found]


def add(session: Session, cycle: int, entries: Iterable[Entry]) -> None:
    """Put requests into a cycle; one that is in it already keeps its state."""
    wanted = merge_rows(entries)
    for start in range(0, len(wanted), PART):
        part = wanted[start : start + PART]
        known = session.connection().execute(_KNOWN.where(col(FrontierEntry.id).in_(padded(each.id for each in part))))
        present = {each.id: each for each in known}
        for new in part:
            old = present.get(new.id)
            new.cycle = cycle
            if old is not None and old.cycle == cycle:
                new.state, new.attempts, new.reason = old.state, old.attempts, old.reason
                new.row = better_row(old.row, new.row)
        upsert(session, [table_row(FrontierEntry, **asdict(each)) for each in part])


def end(session: Session, done: Mapping[str, tuple[FrontierState, str]]) -> None:
    """Set the states in which requests ended, with the reasons."""
    ended = [{"key": key, "ended": str(state), "why": why} for key, (state, why) in done.items()]
    if ended:
        session.connection().execute(_ENDED, ended)


def skip(session: Session, cycle: int, roots: Collection[str]) -> None:
    """Leave the pending pages of some lists unread."""
    session.execute(
        sa.update(FrontierEntry)
        .where(
            col(FrontierEntry.parent).in_(roots),
            col(FrontierEntry.role) == LIST,
            col(FrontierEntry.state) == FrontierState.PENDING,
            col(FrontierEntry.cycle) == cycle,
        )
        .values(state=FrontierState.SKIPPED, reason="behind what is known")
    )


def first_of_each(lists: Iterable[Entry]) -> list[Entry]:
    """Return the first pending page of each list; a list is known by its first page."""
    first: dict[str, Entry] = {}
    for each in lists:
        first.setdefault(each.parent or each.id, each)
    return list(first.values())


def merge_rows(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries with each request once; of several rows the better one is kept."""
    merged: dict[str, Entry] = {}
    for new in entries:
        old = merged.setdefault(new.id, new)
        old.row = better_row(old.row, new.row)
    return list(merged.values())


def better_row(one: dict[str, Any] | None, other: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the list row that says more; of two that say as much, always the same one."""
    rows = [row for row in (one, other) if row]
    return max(rows, key=lambda row: (len(row), str(sorted(row.items()))), default=None)
