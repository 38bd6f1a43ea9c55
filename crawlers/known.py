"""What is known before a crawl asks: the live pages of a channel, its watermark, and who is no longer listed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from crawlers.families import Ask
from crawlers.frontier import key
from schema.store import padded
from schema.tables import FrontierEntry, FrontierState, Record, RecordState
from schema.types.partial_date import PartialDate

OVERLAP = timedelta(days=31)  # items younger than this are looked at in every crawl: sites correct them
PART = 500


@dataclass(frozen=True, slots=True)
class Known:
    """A live page: the day it was published, if known, and what its list row said when it was last read."""

    published: str | None
    row: Mapping[str, Any]

    def is_said_by(self, row: Mapping[str, Any] | None) -> bool:
        """Tell whether a list row says what it said before, wherever it stands in the list."""
        return {name: said["value"] for name, said in (row or {}).items()} == {
            name: said["value"] for name, said in self.row.items()
        }


def known(session: Session, source_id: str, channel_id: str, urls: Sequence[str], cycle: int) -> dict[str, Known]:
    """Return what is live of some pages of a channel, as far as a cycle before this one has read them."""
    found: dict[str, Known] = {}
    for start in range(0, len(urls), PART):
        part = urls[start : start + PART]
        entries = session.exec(
            select(FrontierEntry.url, FrontierEntry.row).where(
                col(FrontierEntry.id).in_(padded(key(source_id, Ask(url)) for url in part)),
                FrontierEntry.cycle < cycle,
                FrontierEntry.state == FrontierState.DONE,
            )
        )
        last = dict(entries.all())
        rows = session.exec(
            select(Record.url, Record.fields).where(
                Record.source_id == source_id,
                Record.channel_id == channel_id,
                Record.state == RecordState.LIVE,
                col(Record.url).in_(padded(last)),
            )
        )
        found |= {url: Known(published(fields), last[url] or {}) for url, fields in rows}
    return found


def watermark(session: Session, channel_id: str) -> str | None:
    """Return the latest published date among the channel's live records, None when it has no such record."""
    dates = (
        published(fields)
        for fields in session.exec(
            select(Record.fields)
            .where(Record.channel_id == channel_id, Record.state == RecordState.LIVE)
            .execution_options(yield_per=2_000)
        )
    )
    return max((day for day in dates if day), default=None)


def published(fields: Mapping[str, Any] | None) -> str | None:
    """Return the day on which a record's page was published, as ISO date, None where it does not say."""
    for name in ("published_date", "written_date", "start_date"):
        if values := (fields or {}).get(name):
            return str(values[0])
    return None


def is_recent(day: str | None, watermark: str | None) -> bool:
    """Tell whether an item lies in the overlap behind the watermark; without a date nobody can say: it does."""
    here, last = PartialDate.parse(day or ""), PartialDate.parse(watermark or "")
    if here is None or last is None:
        return True
    return here.last_day() >= last.first_day() - OVERLAP


def vanished(
    session: Session, source_id: str, cycle: int, *, only_recent: bool
) -> list[tuple[str, str, dict[str, Any] | None]]:
    """Return channel, address and last row of the live pages that no list of the cycle names.

    Channels with a list that failed, or of which no list was read, say nothing. With `only_recent` those older
    than the overlap are left out.
    """
    lists = session.exec(
        select(FrontierEntry.channel_id, FrontierEntry.state).where(
            FrontierEntry.source_id == source_id, FrontierEntry.cycle == cycle, FrontierEntry.role == "list"
        )
    ).all()
    good = {FrontierState.DONE, FrontierState.SKIPPED}
    whole = {channel for channel, _ in lists} - {channel for channel, state in lists if state not in good}
    found: dict[str, tuple[str, str, dict[str, Any] | None]] = {}
    for channel in sorted(whole):
        last = watermark(session, channel) if only_recent else None
        live = session.exec(
            select(Record.url, Record.fields)
            .where(Record.channel_id == channel, Record.state == RecordState.LIVE)
            .execution_options(yield_per=PART)
        )
        for part in live.partitions():
            asked = {key(source_id, Ask(url)): (url, fields) for url, fields in part}
            entries = select(FrontierEntry.id, FrontierEntry.row).where(
                col(FrontierEntry.id).in_(padded(asked)), FrontierEntry.cycle < cycle
            )
            for entry, row in session.exec(entries):
                url, fields = asked[entry]
                day = published(fields)
                if not only_recent or (day is not None and is_recent(day, last)):
                    found[url] = (channel, url, None if row is None else dict(row))
    return list(found.values())
