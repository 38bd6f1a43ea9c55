"""What a crawl counts of its lists and pages, channel by channel: the figures that runs are compared by."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from sqlmodel import Session, col, select

from crawlers.records import SUBJECTS
from schema.evidence import Extraction
from schema.tables import CrawlRun

SHOWN_LABELS = 50  # unknown labels that are kept by name
SAID = "said"  # contents of pages, by hash
SHOWN_CONTENTS = 1_000  # contents that are told apart: what is said again and again is among the first


@dataclass(slots=True)
class ChannelStats:
    """The figures of one channel: plain counts, all of which may be added over the runs of a cycle.

    `totals` holds lists, rows, first_rows (of the first pages), pages (served anew), records, refused, gone,
    asked (known pages). `fields` counts records that state a property, `row_fields` rows that do, `origins` the
    places it was read from, `labels` labels that nobody taught, `shapes` the forms of lists and pages.
    """

    totals: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    row_fields: Counter[str] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    shapes: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    newest: str = ""
    subjects: set[str] = field(default_factory=set)  # names and titles, of this run alone

    def saw_list(self, rows: Iterable[dict[str, Any]], *, is_first: bool) -> None:
        """Count a list's answer, row by row."""
        found = list(rows)
        self.totals["lists"] += 1
        self.totals["rows"] += len(found)
        if is_first:
            self.totals["first_lists"] += 1
            self.totals["first_rows"] += len(found)
        for row in found:
            self.row_fields.update(row.keys())

    def saw_record(self, extraction: Extraction, content_hash: str) -> None:
        """Count one record that was read from a page served anew."""
        self.totals["records"] += 1
        for name, readings in extraction.fields.items():
            if readings and readings[0].value not in (None, "", "unknown"):
                self.fields[name] += 1
                self.origins[f"{name} {readings[0].origin}"] += 1
        unknown = [detail for code, detail in extraction.warnings if code == "unknown_label"]
        self.totals["with_unknown_labels"] += bool(unknown)
        for label in unknown:
            if label in self.labels or len(self.labels) < SHOWN_LABELS:
                self.labels[label] += 1
        content = content_hash[:12]
        if content in self.said or len(self.said) < SHOWN_CONTENTS:
            self.said[content] += 1
        for name in {"title", SUBJECTS[extraction.kind][0]} & extraction.fields.keys():
            value = f"{name} {extraction.value(name)}"
            self.origins[f"{name} own"] += value not in self.subjects
            if len(self.subjects) < SHOWN_CONTENTS:
                self.subjects.add(value)
        day = extraction.value("published_date")
        if isinstance(day, str):
            self.newest = max(self.newest, day)

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON, each kind of them sorted by name."""
        plain = {name: dict(sorted(getattr(self, name).items())) for name in _COUNTERS}
        # Of the contents only those said more than once tell anything later.
        plain[SAID] = {key: n for key, n in plain[SAID].items() if n > 1}
        return {**plain, "newest": self.newest}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return what `as_json` kept."""
        found = cls(newest=kept.get("newest", ""))
        for name in _COUNTERS:
            setattr(found, name, Counter(kept.get(name, {})))
        return found

    def add(self, other: "ChannelStats") -> None:
        """Add another run's figures."""
        for name in _COUNTERS:
            getattr(self, name).update(getattr(other, name))
        self.newest = max(self.newest, other.newest)


_COUNTERS = ("totals", "fields", "row_fields", "origins", "labels", "shapes", SAID)


@dataclass(slots=True)
class Stats:
    """A run's figures by channel id."""

    channels: dict[str, ChannelStats] = field(default_factory=dict)

    def of(self, channel_id: str) -> ChannelStats:
        """Return a channel's figures, to count on."""
        return self.channels.setdefault(channel_id, ChannelStats())

    def as_json(self) -> dict[str, Any]:
        """Return the figures as JSON."""
        return {"channels": {name: each.as_json() for name, each in sorted(self.channels.items())}}

    @classmethod
    def from_json(cls, kept: dict[str, Any] | None) -> Self:
        """Return what `as_json` kept; nothing gives nothing."""
        channels = (kept or {}).get("channels", {})
        return cls({name: ChannelStats.from_json(each) for name, each in channels.items()})

    def add(self, other: "Stats") -> None:
        """Add another run's figures, channel by channel."""
        for name, each in other.channels.items():
            self.of(name).add(each)


def stats_of(session: Session, source_id: str, cycle: int) -> Stats:
    """Return the figures of a source's cycle: of all its runs together, killed ones too."""
    total = Stats()
    kept = session.exec(
        select(CrawlRun.stats)
        .where(CrawlRun.source_id == source_id, CrawlRun.cycle == cycle)
        .order_by(col(CrawlRun.started_at))
    )
    for each in kept:
        total.add(Stats.from_json(dict(each or {})))
    return total
