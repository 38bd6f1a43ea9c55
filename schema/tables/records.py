"""What the documents say: records, their mentions, and the facts that hang on mentions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Text
from sqlmodel import Field, SQLModel

from schema.tables.columns import Json, long_text, moment, place, structure


class Document(SQLModel, table=True):
    """Distinct content: the bytes' sha256, how they are to be read, and the text that spans index."""

    sha256: str = Field(primary_key=True)
    charset: str
    media_type: str
    length: int
    text: str = long_text(nullable=False)
    text_layer: str | None = Field(default=None, description="of a file: full, partial or none (scanned)")
    warc_file: str | None = place(Text)
    warc_offset: int | None = place(BigInteger)


class RecordState(StrEnum):
    """A record is staged until its run ends ok; then it is live and what was live is superseded."""

    STAGED = "staged"
    LIVE = "live"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Record(SQLModel, table=True):
    """What one page said about one thing, in one version; a later version never overwrites an earlier one."""

    __table_args__ = (Index("ix_record_page", "source_id", "url"),)

    id: str = Field(primary_key=True, description="content id of source, url, item (if any), version")
    source_id: str = Field(foreign_key="source.id")
    channel_id: str = Field(foreign_key="channel.id")
    document_sha256: str = Field(foreign_key="document.sha256", index=True)
    url: str = Field(sa_type=Text)
    item: str = Field(default="", sa_type=Text, description="which of the things that the page lists")
    kind: str = Field(index=True)
    version: int
    state: str = Field(default=RecordState.STAGED, index=True)
    content_hash: str = Field(description="blake2b of the extracted values; counters on a page do not move it")
    fields: dict[str, Any] | None = structure()
    conflicts: list[Any] | None = structure()
    warnings: list[Any] | None = structure()
    relevance: float = 0.0
    region: str | None = None
    extractor: str
    extractor_version: int
    first_seen: datetime = moment()
    last_seen: datetime = moment()
    withdrawn_at: datetime | None = moment(nullable=True)
    moved_to: str | None = Field(default=None, sa_type=Text, description="the address that says the same since then")


class Mention(SQLModel, table=True):
    """A name in a record. Its `anchor` stays the same over the page's versions: judgements hang on it."""

    id: str = Field(primary_key=True, description="content id of record, anchor")
    anchor: str = Field(index=True, description="content id of source, url, role, raw name, count")
    record_id: str = Field(foreign_key="record.id", index=True)
    role: str = Field(description="subject, issuer, …")
    kind: str = Field(index=True)
    name: str = Field(sa_type=Text, description="the name as a reader sees it")
    raw: str = Field(sa_type=Text, description="what the spans say: white space and escapes included")
    spans: list[Any] | None = structure()
    document_sha256: str = Field(foreign_key="document.sha256")
    origin: str
    hints: dict[str, Any] | None = structure()


class Claim(SQLModel, table=True):
    """One value of one property of a mention, with the span it was read from."""

    __table_args__ = (Index("ix_claim_mention", "mention_id", "property"),)

    id: str = Field(primary_key=True, description="content id of record, mention, property, ordinal")
    record_id: str = Field(foreign_key="record.id", index=True)
    mention_id: str = Field(foreign_key="mention.id")
    property: str
    ordinal: int = 0
    value: Any = Field(sa_column=Column(Json, nullable=False))
    raw: str = long_text(nullable=False)
    unit: str | None = None
    period: str | None = None
    origin: str
    document_sha256: str = Field(foreign_key="document.sha256")
    spans: list[Any] | None = structure()


class Tie(SQLModel, table=True):
    """A dated, directed tie between two mentions; `evidence` gives a place for each of its cells."""

    id: str = Field(primary_key=True, description="content id of record, type, subject, object")
    record_id: str = Field(foreign_key="record.id", index=True)
    type: str = Field(index=True)
    subject_mention_id: str = Field(foreign_key="mention.id", index=True)
    object_mention_id: str = Field(foreign_key="mention.id", index=True)
    undirected: bool = False
    certainty: str = "stated"
    date: str | None = None
    technology: str | None = None
    application_domain: str | None = None
    industry: str | None = None
    round: str | None = None
    amount: dict[str, Any] | None = structure()
    evidence: dict[str, Any] | None = structure()
