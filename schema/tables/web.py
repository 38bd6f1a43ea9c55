"""What was asked of the web and what came of it: sources, runs, the frontier, fetches, leases."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, Text
from sqlmodel import Field, SQLModel

from schema.tables.columns import LEDGER, long_text, moment, place, structure


class Outcome(StrEnum):
    """How a crawl run ended; only `ok` goes live."""

    RUNNING = "running"
    OK = "ok"
    PARTIAL = "partial"
    EMPTY = "empty"
    BLOCKED = "blocked"
    DRIFT = "drift"
    ERROR = "error"


class FrontierState(StrEnum):
    """What is known of an address that the crawler means to ask."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
    FORBIDDEN = "forbidden"  # by robots.txt
    ABSENT = "absent"  # from the archive that is replayed
    SKIPPED = "skipped"  # the rest of a list behind what is known


class Mode(StrEnum):
    """How far a crawl looks: at what is new, or at everything again."""

    REFRESH = "refresh"
    SWEEP = "sweep"


class Source(SQLModel, table=True):
    """A site, as its YAML says, and its state."""

    id: str = Field(primary_key=True)
    name: str
    url: str
    level: str
    region: str | None = None
    state: str
    state_reason: str = ""
    state_since: str | None = None
    yaml_sha256: str


class Channel(SQLModel, table=True):
    """One column of a site: a list that one CMS family reads, and the kind of its records."""

    id: str = Field(primary_key=True, description="source id / channel name")
    source_id: str = Field(foreign_key="source.id", index=True)
    name: str
    kind: str
    family: str
    url: str


class CrawlRun(SQLModel, table=True):
    """One run of one source; written at the start, so that a crash shows."""

    __tablename__ = "crawl_run"
    __table_args__ = LEDGER

    id: str = Field(primary_key=True)
    source_id: str = Field(foreign_key="source.id", index=True)
    cycle: int
    started_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)
    outcome: str = Outcome.RUNNING
    reason: str = ""
    replay: str | None = None
    mode: str = Mode.SWEEP
    holder: str = ""
    counts: dict[str, Any] | None = structure()
    stats: dict[str, Any] | None = structure()


class Alert(SQLModel, table=True):
    """What is wrong with a source, one row per source and kind of trouble, updated in place until it is over."""

    __table_args__ = LEDGER

    id: str = Field(primary_key=True, description="content id of source, kind")
    source_id: str = Field(foreign_key="source.id", index=True)
    kind: str = Field(description="the outcome of the run, or the check that failed")
    message: str = Field(sa_type=Text)
    run_id: str = Field(foreign_key="crawl_run.id", description="the last run that raised it")
    times: int = 1
    opened_at: datetime = moment()
    last_at: datetime = moment()
    closed_at: datetime | None = moment(nullable=True)


class FrontierEntry(SQLModel, table=True):
    """An address of a source, and how far the present cycle has come with it."""

    __tablename__ = "frontier"
    __table_args__ = (Index("ix_frontier_next", "source_id", "state", "cycle", "place", "id"), LEDGER)

    id: str = Field(primary_key=True, description="content id of source, method, url, body")
    source_id: str = Field(foreign_key="source.id")
    channel_id: str = Field(foreign_key="channel.id")
    url: str = Field(sa_type=Text)
    method: str = "GET"
    body: str = Field(default="", sa_type=Text)
    role: str
    place: int = Field(default=0, sa_type=BigInteger, description="the smaller is asked first")
    cycle: int
    state: str = FrontierState.PENDING
    attempts: int = 0
    row: dict[str, Any] | None = structure()
    reason: str = ""
    parent: str | None = Field(default=None, description="the request that led here: of a list its first page")


class Fetch(SQLModel, table=True):
    """One request's outcome, with the place of the bytes in the archive."""

    __table_args__ = (Index("ix_fetch_document", "document_sha256", "fetched_at"), LEDGER)

    id: str = Field(primary_key=True)
    run_id: str = Field(foreign_key="crawl_run.id", index=True)
    source_id: str = Field(index=True)
    frontier_id: str | None = Field(default=None, index=True, description="absent for robots.txt")
    url: str = Field(sa_type=Text)
    method: str = "GET"
    status: int | None = None
    headers: dict[str, Any] | None = structure()
    fetched_at: datetime = moment()
    document_sha256: str | None = None
    is_revisit: bool = Field(default=False, description="the archive holds only the headers: the bytes are known")
    warc_file: str | None = place(Text)
    warc_offset: int | None = place(BigInteger)
    robots: str = "allowed"
    error: str = long_text(nullable=False)


class Lease(SQLModel, table=True):
    """Who works on a thing right now; a lease of a dead holder, or one past its time, can be taken."""

    __table_args__ = LEDGER

    name: str = Field(primary_key=True)
    holder: str
    acquired_at: datetime = moment()
    expires_at: datetime = moment()
