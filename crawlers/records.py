"""From what a page module read to the rows that hold it: a record, its mentions, claims and ties."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from schema.evidence import Extraction, Origin, Reading
from schema.ids import canonical_json, content_id
from schema.tables import Claim, Mention, Record, Tie

# Which list of names in a record is a mention of an organisation, and the tie that it states.
NAMES: dict[str, tuple[str, str, str]] = {
    # property: (role, kind, tie type); the record's own subject is the tie's subject
    "issuers": ("issuer", "government", "issued_by"),
}
IDENTIFIERS = ("doc_number", "index_number", "written_date", "published_date", "relation")
OWN_COLUMNS = ("text",)  # long values that stand in a claim and are not said again in `record.fields`


@dataclass(frozen=True, slots=True)
class Observation:
    """One look at one page: which document it served, when, and what was read from it."""

    source_id: str
    channel_id: str
    url: str
    document_sha256: str
    seen_at: datetime
    region: str | None
    extraction: Extraction
    extractor: str
    extractor_version: int

    @property
    def content_hash(self) -> str:
        """A hash of the values that were read: what counts as the same content."""
        values = {name: [r.value for r in readings] for name, readings in self.extraction.fields.items()}
        return hashlib.blake2b(canonical_json(values).encode(), digest_size=16).hexdigest()


def record_id(observation: Observation, version: int) -> str:
    """Return the id of a page's record in a version."""
    return content_id("record", observation.source_id, observation.url, version)


def rows_of(observation: Observation, version: int) -> list[SQLModel]:
    """Return the rows of an observation as the page's version number `version`, parents before children."""
    extraction, this = observation.extraction, record_id(observation, version)
    fields = {
        name: [r.value for r in readings]
        for name, readings in sorted(extraction.fields.items())
        if name not in OWN_COLUMNS
    }
    record = Record(
        id=this,
        source_id=observation.source_id,
        channel_id=observation.channel_id,
        document_sha256=observation.document_sha256,
        url=observation.url,
        kind=extraction.kind,
        version=version,
        content_hash=observation.content_hash,
        fields=fields,
        conflicts=[_conflict(c.property, c.winner, c.loser) for c in extraction.conflicts],
        warnings=[list(warning) for warning in extraction.warnings],
        relevance=float(extraction.value("ai_relevance") or 0.0),
        region=observation.region,
        extractor=observation.extractor,
        extractor_version=observation.extractor_version,
        first_seen=observation.seen_at,
        last_seen=observation.seen_at,
    )
    builder = _Builder(observation, this)
    subject = builder.mention("subject", extraction.kind, extraction.fields["title"][0], _hints(extraction))
    claims = [
        builder.claim(subject, name, ordinal, reading)
        for name, readings in sorted(extraction.fields.items())
        for ordinal, reading in enumerate(readings)
    ]
    ties: list[Tie] = []
    mentions = [subject]
    for name, (role, kind, tie_type) in NAMES.items():
        for reading in extraction.fields.get(name, []):
            mention = builder.mention(role, kind, reading, {})
            if mention.id not in {m.id for m in mentions}:
                mentions.append(mention)
                ties.append(builder.tie(tie_type, subject, mention, reading))
    return [record, *mentions, *claims, *ties]


def _hints(extraction: Extraction) -> dict[str, Any]:
    known = {name: extraction.value(name) for name in IDENTIFIERS if extraction.value(name) is not None}
    if extraction.fields.get("issuers"):
        known["issuers"] = extraction.values("issuers")
    return known


class _Builder:
    """Makes the rows of one record; equal names in one role are told apart by their count."""

    def __init__(self, observation: Observation, record: str) -> None:
        self.observation = observation
        self.record = record
        self.counts: Counter[tuple[str, str]] = Counter()

    def mention(self, role: str, kind: str, reading: Reading, hints: Mapping[str, Any]) -> Mention:
        o = self.observation
        # A subject is the page's own: its anchor outlives a corrected title.
        name = "" if role == "subject" else str(reading.value)
        count = self.counts[role, name]
        self.counts[role, name] += 1
        anchor = content_id("mention", o.source_id, o.url, role, name, count)
        return Mention(
            id=content_id(self.record, anchor),
            anchor=anchor,
            record_id=self.record,
            role=role,
            kind=kind,
            name=str(reading.value),
            raw=reading.raw,
            spans=[list(span) for span in reading.spans],
            document_sha256=reading.document or o.document_sha256,
            origin=reading.origin,
            hints={**hints, "region": o.region, "source": o.source_id},
        )

    def claim(self, subject: Mention, name: str, ordinal: int, reading: Reading) -> Claim:
        return Claim(
            id=content_id(self.record, subject.id, name, ordinal),
            record_id=self.record,
            mention_id=subject.id,
            property=name,
            ordinal=ordinal,
            value=reading.value,
            raw=reading.raw,
            origin=reading.origin,
            document_sha256=reading.document or self.observation.document_sha256,
            spans=[list(span) for span in reading.spans],
        )

    def tie(self, kind: str, subject: Mention, other: Mention, reading: Reading) -> Tie:
        own = self.observation.document_sha256
        dated = next(
            (
                r[0]
                for name in ("written_date", "published_date")
                if (r := self.observation.extraction.fields.get(name))
            ),
            None,
        )
        evidence = {"object": place_of(reading, own)}
        if dated is not None:
            evidence["date"] = place_of(dated, own)
        return Tie(
            id=content_id(self.record, kind, subject.id, other.id),
            record_id=self.record,
            type=kind,
            subject_mention_id=subject.id,
            object_mention_id=other.id,
            date=None if dated is None else dated.value,
            evidence=evidence,
        )


def place_of(reading: Reading, document: str) -> dict[str, Any]:
    """Return a reading's evidence as JSON: raw string, origin, document, spans."""
    return {
        "raw": reading.raw,
        "origin": str(reading.origin),
        "document": reading.document or document,
        "spans": [list(span) for span in reading.spans],
    }


def _conflict(name: str, winner: Reading, loser: Reading) -> dict[str, Any]:
    sides = {"winner": winner, "loser": loser}
    return {"property": name} | {
        side: {"value": r.value, "raw": r.raw, "origin": str(r.origin)} for side, r in sides.items()
    }


def row_as_json(readings: Mapping[str, Reading], document: str) -> dict[str, Any]:
    """Return a list row's readings for the frontier, each pointing into the list's document."""
    return {name: {"value": r.value, **place_of(r, document)} for name, r in sorted(readings.items())}


def row_from_json(row: Mapping[str, Any] | None) -> dict[str, Reading]:
    """Return what `row_as_json` kept."""
    return {
        name: Reading(
            kept["value"],
            kept["raw"],
            Origin(kept["origin"]),
            tuple((start, end) for start, end in kept["spans"]),
            kept["document"],
        )
        for name, kept in (row or {}).items()
    }
