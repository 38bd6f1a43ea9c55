"""Who is who: entities, what they hold, what people decided, and what waits for a decision."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from schema.tables.columns import moment, structure


class Verdict(StrEnum):
    """What a curator says of two mentions."""

    SAME = "same"
    DIFFERENT = "different"
    RELATED = "related"
    UNSURE = "unsure"


class ResolveRun(SQLModel, table=True):
    """One resolution; its id is a hash of all it depends on, so an equal run is the same row."""

    __tablename__ = "resolve_run"

    id: str = Field(primary_key=True, description="content id of the inputs and the run before")
    previous: str | None = Field(default=None, foreign_key="resolve_run.id", unique=True)
    inputs: str = Field(description="sha256 over mentions, judgements, vocabularies and the matcher's version")
    at: datetime = moment()
    matcher: str
    counts: dict[str, Any] | None = structure()


class Entity(SQLModel, table=True):
    """A thing in the world, under an id that stays. Its name, region and level are read off `named_by`."""

    id: str = Field(primary_key=True)
    kind: str = Field(index=True)
    name: str
    region: str | None = None
    level: str | None = None
    named_by: str = Field(foreign_key="mention.id")
    naming_rule: str
    is_active: bool = True


class Assignment(SQLModel, table=True):
    """A mention belongs to an entity, from one resolution on (`from_run`) until another (`to_run`)."""

    __table_args__ = (Index("ix_assignment_open", "mention_id", "to_run"),)

    id: str = Field(primary_key=True, description="content id of mention, entity, from_run")
    mention_id: str = Field(foreign_key="mention.id")
    entity_id: str = Field(foreign_key="entity.id", index=True)
    from_run: str = Field(foreign_key="resolve_run.id")
    to_run: str | None = Field(default=None, foreign_key="resolve_run.id")
    reason: str


class Redirect(SQLModel, table=True):
    """Where an id went that is no longer in use."""

    from_id: str = Field(primary_key=True)
    to_id: str = Field(index=True)
    run_id: str = Field(foreign_key="resolve_run.id")
    cause: str


class Candidate(SQLModel, table=True):
    """A pair that the machine is unsure of, with its score and its explanation."""

    id: str = Field(primary_key=True, description="content id of the two mentions, smaller first")
    left_mention_id: str = Field(foreign_key="mention.id")
    right_mention_id: str = Field(foreign_key="mention.id")
    score: float
    explanation: dict[str, Any] | None = structure()
    run_id: str = Field(foreign_key="resolve_run.id")
    is_open: bool = True


class Judgement(SQLModel, table=True):
    """A person's verdict on two mentions. Append-only: an undo is a judgement that names the one it undoes."""

    id: str = Field(primary_key=True)
    left_anchor: str = Field(index=True, description="a mention's anchor, so that it outlives new versions")
    right_anchor: str = Field(index=True)
    verdict: str
    relation: str | None = None
    author: str
    reason: str = ""
    at: datetime = moment()
    undoes: str | None = Field(default=None, foreign_key="judgement.id")
