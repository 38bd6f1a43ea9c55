"""The attribute database: every entity with its values, each with the place that says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from release.columns import WIDE
from release.survivorship import Held, Ranked, rank
from schema.ids import canonical_json
from schema.tables import Assignment, Claim, Entity, Mention, Record, RecordState, Source, Tie
from schema.types.partial_date import PartialDate

BATCH = 2_000


@dataclass(slots=True)
class Published:
    """One entity as it is published: its wide row, its long rows, and its entry among all entities."""

    kind: str
    entity: dict[str, Any]
    wide: dict[str, Any]
    attributes: list[dict[str, Any]] = field(default_factory=list)


def published(session: Session, as_of: date) -> Iterator[Published]:
    """Yield the entities that the database holds as of a day, in no particular order; memory stays flat.

    A policy counts from the day it was written or published, whichever is known first.
    """
    regions = _regions(session)
    query = (
        sa.select(Entity, Mention, Record, Source, Claim)
        .join(Assignment, col(Assignment.entity_id) == Entity.id)
        .join(Mention, col(Mention.id) == Assignment.mention_id)
        .join(Record, col(Record.id) == Mention.record_id)
        .join(Source, col(Source.id) == Record.source_id)
        .join(Claim, col(Claim.mention_id) == Mention.id, isouter=True)
        .where(col(Assignment.to_run).is_(None), col(Record.state) == RecordState.LIVE)
        .order_by(Entity.id)
        .execution_options(yield_per=BATCH)
    )
    for _, rows in groupby(session.execute(query), key=lambda row: row[0].id):
        entity = _entity(list(rows), regions)
        if entity is not None and _exists(entity, as_of):
            yield entity


def _entity(rows: list[Any], regions: dict[str, Held]) -> Published | None:
    entity: Entity = rows[0][0]
    mentions = {m.id: m for _, m, *_ in rows}
    held = [_held(claim, record, source) for _, _, record, source, claim in rows if claim is not None]
    if entity.kind == "government":
        held += _named(entity, next((r for r in rows if r[1].id == entity.named_by), None))
    if entity.kind == "policy":
        # Where the page does not print the place (省政府), resolution has read it off the issuer's full name.
        said = {claim.record_id for claim in held if claim.property == "region"}
        held += [regions[m] for m in sorted(mentions) if m in regions and regions[m].record_id not in said]
    ranked = {name: rank(claims) for name, claims in _by_property(held).items() if name in _columns(entity.kind)}
    names = {m.name for m in mentions.values()} - {entity.name}
    entry = {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "aliases": sorted(names),
        "mentions": len(mentions),
    }
    return Published(entity.kind, entry, _wide(entity, ranked), list(_long(entity, ranked)))


def _columns(kind: str) -> set[str]:
    return set(WIDE[kind].names) if kind in WIDE else set()


def _held(claim: Claim, record: Record, source: Source) -> Held:
    return Held(
        record.id,
        claim.property,
        claim.ordinal,
        claim.value,
        claim.raw,
        claim.origin,
        source.level,
        source.id,
        record.url,
        claim.document_sha256,
        claim.spans or [],
        record.first_seen.date().isoformat(),
    )


def _named(entity: Entity, row: Any) -> list[Held]:
    """Return what resolution read off the mention that names an organisation: its full name and its place."""
    if row is None:
        return []
    _, mention, record, source, _ = row
    base = Held(
        record.id,
        "name",
        0,
        entity.name,
        mention.raw,
        mention.origin,
        source.level,
        source.id,
        record.url,
        mention.document_sha256,
        mention.spans or [],
        record.first_seen.date().isoformat(),
        entity.naming_rule,
    )
    places = [replace(base, property=p, value=v) for p, v in (("region", entity.region), ("level", entity.level)) if v]
    return [base, *places]


def _regions(session: Session) -> dict[str, Held]:
    """Return for each policy's mention the region of its first issuer, as a value read from that issuer's name."""
    issuer = sa.orm.aliased(Mention)
    rows = session.execute(
        sa.select(col(Tie.subject_mention_id), issuer, Entity, Record, Source)
        .join(issuer, col(issuer.id) == Tie.object_mention_id)
        .join(Assignment, col(Assignment.mention_id) == issuer.id)
        .join(Entity, col(Entity.id) == Assignment.entity_id)
        .join(Record, col(Record.id) == Tie.record_id)
        .join(Source, col(Source.id) == Record.source_id)
        .where(
            col(Tie.type) == "issued_by", col(Assignment.to_run).is_(None), col(Record.state) == RecordState.LIVE,
            col(Entity.region).is_not(None),
        )
    )  # fmt: skip
    first: dict[str, tuple[list[Any], Held]] = {}
    for subject, mention, entity, record, source in rows:
        place = (mention.spans or [[0, 0]])[0]
        held = replace(
            _named(entity, (entity, mention, record, source, None))[0], property="region", value=entity.region
        )
        if subject not in first or place < first[subject][0]:
            first[subject] = (place, held)
    return {subject: held for subject, (_, held) in first.items()}


def _by_property(held: Iterable[Held]) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = {}
    for claim in held:
        found.setdefault(claim.property, []).append(claim)
        if claim.property == "issuers" and claim.ordinal == 0:
            found.setdefault("issuer", []).append(replace(claim, property="issuer"))
    return found


def _wide(entity: Entity, ranked: dict[str, list[Ranked]]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": entity.id}
    if entity.kind in WIDE:
        for column in WIDE[entity.kind].columns[1:]:
            shown = [claim.value for claim in ranked[column.name][0].claims] if column.name in ranked else []
            row[column.name] = _cell(column.type, shown)
    return row


def _cell(kind: str, values: list[Any]) -> Any:
    """Return a wide table's cell: a list, the one value, or of texts (a page and its attachments) all."""
    if not values:
        return None
    if kind == "list":
        return values
    return "\n\n".join(values) if kind == "text" and len(values) > 1 else values[0]


def _long(entity: Entity, ranked: dict[str, list[Ranked]]) -> Iterator[dict[str, Any]]:
    for name, records in sorted(ranked.items()):
        for say in records:
            for claim in say.claims:
                yield {
                    "entity_id": entity.id,
                    "property": name,
                    "rank": say.rank,
                    "ordinal": claim.ordinal,
                    "value": claim.value if isinstance(claim.value, str) else canonical_json(claim.value),
                    "raw": claim.raw,
                    "origin": claim.origin,
                    "rule": " ".join(part for part in (say.rule, claim.rule) if part),
                    "source_id": claim.source_id,
                    "record_id": claim.record_id,
                    "url": claim.url,
                    "document_sha256": claim.document_sha256,
                    "spans": claim.spans,
                    "first_seen": claim.first_seen,
                }


def _exists(entity: Published, as_of: date) -> bool:
    if entity.kind != "policy":
        return True
    dates = [entity.wide.get("written_date"), entity.wide.get("published_date")]
    days = [d.first_day() for text in dates if text and (d := PartialDate.parse(text))]
    return not days or min(days) <= as_of
