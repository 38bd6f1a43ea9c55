"""From what a page module read to the rows that hold it: a record, its mentions, claims and ties."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from schema.evidence import Extraction, Origin, Reading
from schema.ids import canonical_json, content_id
from schema.store import Row, row
from schema.tables import Claim, Mention, Record, Tie


@dataclass(frozen=True, slots=True)
class NameRole:
    """What the names in a property of a record are: mentions in a role, of a kind, with a tie to the subject."""

    role: str
    kind: str
    tie: str | None = None
    is_subject: bool = False  # of the tie: who hosts is its object, who invests its subject


_ORGANISATION = "organisation"  # a body whose kind the page does not say
_OPERATOR = NameRole("operator", _ORGANISATION, "operates", is_subject=True)
_PARENT = NameRole("parent", _ORGANISATION, "parent_of", is_subject=True)
ROLES: Mapping[str, Mapping[str, NameRole]] = {
    "policy": {"issuers": NameRole("issuer", "government", "issued_by")},
    "conference": {
        "hosts": NameRole("host", _ORGANISATION, "hosted_by"),
        "organisers": NameRole("organiser", _ORGANISATION, "organised_by"),
        "co_organisers": NameRole("co_organiser", _ORGANISATION, "co_organised_by"),
        "supporters": NameRole("supporter", _ORGANISATION),
    },
    "alliance": {
        "initiators": NameRole("initiator", _ORGANISATION, "initiated_by"),
        "members": NameRole("member", _ORGANISATION, "member_of", is_subject=True),
        "chair_organisation": NameRole("chair_organisation", _ORGANISATION),
        "secretariat": NameRole("secretariat", _ORGANISATION),
    },
    "park": {"operator": _OPERATOR, "authority": NameRole("authority", "government", "operates", is_subject=True)},
    "university": {"authority": NameRole("authority", "government")},
    "research_institute": {"parent": _PARENT, "operator": _OPERATOR},
    "new_rd_organisation": {"parent": _PARENT, "operator": _OPERATOR},
    "enterprise": {},
    "funding": {"investors": NameRole("investor", "investor", "investment", is_subject=True)},
}
# What a record is about: the property that names it, and the kind of thing that bears the name.
SUBJECTS: Mapping[str, tuple[str, str]] = {
    "policy": ("title", "policy"),
    "conference": ("title", "conference"),
    "enterprise": ("legal_name", "enterprise"),
    "funding": ("investee", "enterprise"),
} | {kind: ("name", kind) for kind in ("alliance", "park", "university", "research_institute", "new_rd_organisation")}
IDENTIFIERS = (
    "doc_number", "index_number", "written_date", "published_date", "relation", "credit_code", "code", "edition",
    "year", "city", "province",
)  # fmt: skip
# Dates of a tie, the best first, and what a tie takes over from its record.
TIE_DATES = ("date", "written_date", "published_date", "start_date", "founded", "established")
TIE_CELLS = ("round", "amount", "certainty")
OWN_COLUMNS = ("text",)  # long values that stand in a claim and are not said again in `record.fields`
WITHDRAWN = "withdrawn"  # the content hash of a version that says: no more there


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
    is_withdrawn: bool = False  # the page, or the page's item, is no longer there
    first_rows: "tuple[Row, ...]" = field(default=(), repr=False, compare=False)  # of version 1, if made already
    hash: str = field(default="", repr=False, compare=False)  # the content hash, if made already

    @property
    def page(self) -> tuple[str, str]:
        """What the versions of a record share: the page's address, and the item on it."""
        return self.url, self.extraction.item

    @property
    def content_hash(self) -> str:
        """A hash of the values that were read: what counts as the same content."""
        if self.is_withdrawn or self.hash:
            return self.hash or WITHDRAWN
        return hash_of(self.extraction)


def hash_of(extraction: Extraction) -> str:
    """Return the hash of all values that were read."""
    values = {name: [r.value for r in readings] for name, readings in extraction.fields.items()}
    return hashlib.blake2b(canonical_json(values).encode(), digest_size=16).hexdigest()


def record_id(observation: Observation, version: int) -> str:
    """Return the id of a page's (or its item's) record in a version."""
    item = (observation.extraction.item,) if observation.extraction.item else ()
    return content_id("record", observation.source_id, observation.url, *item, version)


def prepared(observation: Observation) -> Observation:
    """Return the observation with its hash and the rows of a first version: what takes time, done elsewhere."""
    hashed = replace(observation, hash=observation.content_hash)
    return replace(hashed, first_rows=tuple(rows_of(hashed, 1)))


def rows_of(observation: Observation, version: int) -> list[Row]:
    """Return the rows of an observation as the page's version number `version`, the record first, then its parts."""
    if version == 1 and observation.first_rows:
        return list(observation.first_rows)
    extraction, this = observation.extraction, record_id(observation, version)
    fields = {
        name: [r.value for r in readings]
        for name, readings in sorted(extraction.fields.items())
        if name not in OWN_COLUMNS
    }
    record = row(
        Record,
        id=this,
        source_id=observation.source_id,
        channel_id=observation.channel_id,
        document_sha256=observation.document_sha256,
        url=observation.url,
        item=extraction.item,
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
        withdrawn_at=observation.seen_at if observation.is_withdrawn else None,
    )
    return [record] if observation.is_withdrawn else [record, *_Builder(observation, this).rows()]


def _hints(extraction: Extraction) -> dict[str, Any]:
    known = {name: extraction.value(name) for name in IDENTIFIERS if extraction.value(name) is not None}
    for names in ("issuers", "short_names"):
        if extraction.fields.get(names):
            known[names] = extraction.values(names)
    return known


class _Builder:
    """Makes the mentions, claims and ties of one record; equal names in one role are told apart by their count."""

    def __init__(self, observation: Observation, record: str) -> None:
        self.observation = observation
        self.record = record
        self.counts: Counter[tuple[str, str]] = Counter()

    def rows(self) -> Iterator[Row]:
        """Yield the rows: mentions, claims, ties."""
        extraction = self.observation.extraction
        name, kind = SUBJECTS[extraction.kind]
        subject = self._mention("subject", kind, extraction.fields[name][0], _hints(extraction))
        mentions, ties = {subject[1]["id"]: subject}, []
        for name, role in ROLES[extraction.kind].items():
            for reading in extraction.fields.get(name, []):
                mention = self._mention(role.role, role.kind, reading, {})
                this = mention[1]["id"]
                if this not in mentions:
                    mentions[this] = mention
                    if role.tie is not None:
                        ties.append(self._tie(role, subject[1]["id"], this, reading))
        yield from mentions.values()
        for name, readings in sorted(extraction.fields.items()):
            for ordinal, reading in enumerate(readings):
                yield self._claim(subject[1]["id"], name, ordinal, reading)
        yield from ties

    def _mention(self, role: str, kind: str, reading: Reading, hints: Mapping[str, Any]) -> Row:
        o = self.observation
        # A subject is the page's own: its anchor outlives a corrected title.
        name = "" if role == "subject" else str(reading.value)
        count = self.counts[role, name]
        self.counts[role, name] += 1
        item = (o.extraction.item,) if o.extraction.item else ()
        anchor = content_id("mention", o.source_id, o.url, *item, role, name, count)
        return row(
            Mention,
            id=content_id(self.record, anchor),
            anchor=anchor,
            record_id=self.record,
            role=role,
            kind=kind,
            name=str(reading.value),
            raw=reading.raw,
            spans=[list(span) for span in reading.spans],
            document_sha256=reading.document or o.document_sha256,
            origin=str(reading.origin),
            hints={**hints, "region": o.region, "source": o.source_id},
        )

    def _claim(self, subject: str, name: str, ordinal: int, reading: Reading) -> Row:
        return row(
            Claim,
            id=content_id(self.record, subject, name, ordinal),
            record_id=self.record,
            mention_id=subject,
            property=name,
            ordinal=ordinal,
            value=reading.value,
            raw=reading.raw,
            origin=str(reading.origin),
            document_sha256=reading.document or self.observation.document_sha256,
            spans=[list(span) for span in reading.spans],
        )

    def _tie(self, role: NameRole, record_subject: str, other: str, reading: Reading) -> Row:
        """Return the tie between what the record is about and a name in it, whichever of them is its subject."""
        own, fields = self.observation.document_sha256, self.observation.extraction.fields
        subject, object_ = (other, record_subject) if role.is_subject else (record_subject, other)
        evidence = {"subject" if role.is_subject else "object": place_of(reading, own)}
        said = {"date": next((fields[name][0] for name in TIE_DATES if fields.get(name)), None)}
        said |= {name: fields[name][0] for name in TIE_CELLS if role.tie == "investment" and fields.get(name)}
        cells = {name: read for name, read in said.items() if read is not None}
        return row(
            Tie,
            id=content_id(self.record, role.tie, subject, object_),
            record_id=self.record,
            type=role.tie,
            subject_mention_id=subject,
            object_mention_id=object_,
            evidence=evidence | {name: place_of(read, own) for name, read in cells.items()},
            **{name: read.value for name, read in cells.items()},
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
