"""The relation database: ties between entities, each with the pages that state it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from schema.ids import content_id
from schema.tables import Assignment, Mention, Record, RecordState, Tie
from schema.types.partial_date import PartialDate

QUALIFIERS = ("technology", "application_domain", "industry", "round", "amount", "undirected")


@dataclass(slots=True)
class Stated:
    """One statement of a tie: the tie's row (equal for equal ties) and the places of its cells."""

    row: dict[str, Any]
    evidence: list[dict[str, Any]] = field(default_factory=list)


def stated(session: Session, as_of: date) -> Iterator[Stated]:
    """Yield each statement of a tie that holds as of a day; only what the text states, never plans or denials."""
    left, right = sa.orm.aliased(Assignment), sa.orm.aliased(Assignment)
    subject, other = sa.orm.aliased(Mention), sa.orm.aliased(Mention)
    rows = session.execute(
        sa.select(Tie, col(left.entity_id), col(right.entity_id), subject, other, Record)
        .join(left, col(left.mention_id) == Tie.subject_mention_id)
        .join(right, col(right.mention_id) == Tie.object_mention_id)
        .join(subject, col(subject.id) == Tie.subject_mention_id)
        .join(other, col(other.id) == Tie.object_mention_id)
        .join(Record, col(Record.id) == Tie.record_id)
        .where(
            col(left.to_run).is_(None),
            col(right.to_run).is_(None),
            col(Tie.certainty) == "stated",
            col(Record.state) == RecordState.LIVE,
        )
        .execution_options(yield_per=2_000)
    )
    for tie, subject_id, object_id, subject_mention, object_mention, record in rows:
        if _holds(tie.date, as_of) and subject_id != object_id:
            yield _stated(
                tie, subject_id, object_id, {"subject_id": subject_mention, "object_id": object_mention}, record
            )


def _stated(tie: Tie, subject_id: str, object_id: str, ends: dict[str, Mention], record: Record) -> Stated:
    row: dict[str, Any] = {"type": tie.type, "subject_id": subject_id, "object_id": object_id, "date": tie.date}
    row |= {name: getattr(tie, name) for name in QUALIFIERS}
    row = {"id": "tie-" + content_id(*row.values())[:12]} | row
    places = {name: _of_mention(mention) for name, mention in ends.items()}
    places |= dict(tie.evidence or {})
    if "object" in places:
        # Where the text says what kind of tie it is; of an issuer, the name under its label.
        places["type"] = places.pop("object")
    return Stated(row, [_evidence(row["id"], name, place, record) for name, place in sorted(places.items())])


def _of_mention(mention: Mention) -> dict[str, Any]:
    return {
        "raw": mention.raw,
        "origin": mention.origin,
        "document": mention.document_sha256,
        "spans": mention.spans or [],
    }


def _evidence(relation: str, name: str, place: dict[str, Any], record: Record) -> dict[str, Any]:
    return {
        "relation_id": relation,
        "record_id": record.id,
        "property": name,
        "raw": place["raw"],
        "origin": place["origin"],
        "source_id": record.source_id,
        "url": record.url,
        "document_sha256": place["document"],
        "spans": place["spans"],
    }


def _holds(text: str | None, as_of: date) -> bool:
    parsed = PartialDate.parse(text) if text else None
    return parsed is None or parsed.first_day() <= as_of
