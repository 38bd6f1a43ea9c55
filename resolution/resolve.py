"""One resolution: live mentions in, their entities out. No fact is rewritten."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from resolution import outcome
from resolution.judgements import all_judgements, in_force
from resolution.matching.clusters import cluster
from resolution.matching.exact import CONTRADICTION, Matcher, Pair
from resolution.matching.proposing import ProposingMatcher
from resolution.mentions import Named, prepare
from resolution.names.vocabulary import fingerprint
from schema.database import alone, transaction
from schema.ids import canonical_json, content_id
from schema.store import last_in_chain
from schema.tables import Judgement, Mention, Record, RecordState, ResolveRun, Verdict
from schema.tables.columns import now

VERSION = "1"


@dataclass(frozen=True, slots=True)
class ResolveResult:
    """What a resolution did; `changed` is False when its inputs were those of the run before."""

    run: str
    changed: bool
    counts: dict[str, int] = field(default_factory=dict)


def resolve(engine: Engine, matcher: Matcher | None = None) -> ResolveResult:
    """Resolve all live mentions, in one transaction; run again on the same inputs it changes nothing."""
    matcher = matcher or ProposingMatcher()
    with transaction(engine) as session:
        alone(session, "resolve")
        mentions = _live_mentions(session)
        judgements = all_judgements(session)
        inputs = _inputs(mentions, judgements, matcher)
        last = last_in_chain(session, ResolveRun)
        if last is not None and last.inputs == inputs:
            return ResolveResult(last.id, False, dict(last.counts or {}))
        run = content_id("resolve", inputs, last.id if last else None)
        session.add(
            ResolveRun(id=run, previous=last.id if last else None, inputs=inputs, at=now(), matcher=matcher.name)
        )
        session.flush()
        named = prepare(mentions)
        matches = matcher.match(named)
        same, different = _pairs(named, judgements)
        found = cluster(named, matches.edges, same=same, different=different)
        contradictions = [Pair(a, b, 0.5, {CONTRADICTION: why}) for a, b, why in found.contradictions]
        counts = outcome.write(session, run, found.clusters, [*matches.candidates, *contradictions], judgements)
        counts["contradictions"] = len(contradictions)
        session.get_one(ResolveRun, run).counts = counts
    return ResolveResult(run, True, counts)


def _live_mentions(session: Session) -> list[Mention]:
    return list(
        session.exec(
            select(Mention)
            .join(Record, col(Record.id) == Mention.record_id)
            .where(Record.state == RecordState.LIVE, Mention.role != "withdrawn")
            .order_by(Mention.id)
        )
    )


def _inputs(mentions: Iterable[Mention], judgements: Iterable[Judgement], matcher: Matcher) -> str:
    digest = hashlib.sha256(f"{VERSION} {matcher.name} {fingerprint()}\n".encode())
    for m in mentions:
        digest.update(canonical_json([m.id, m.kind, m.role, m.name, m.hints]).encode())
    for j in judgements:
        digest.update(j.id.encode())
    return digest.hexdigest()


def _pairs(
    named: Sequence[Named], judgements: Iterable[Judgement]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what people hold together and apart, as pairs of live mentions."""
    by_anchor = {m.anchor: m.id for m in named}
    same: list[tuple[str, str]] = []
    different: list[tuple[str, str]] = []
    for judgement in in_force(judgements):
        left, right = by_anchor.get(judgement.left_anchor), by_anchor.get(judgement.right_anchor)
        if left and right and judgement.verdict != Verdict.UNSURE:
            (same if judgement.verdict == Verdict.SAME else different).append((left, right))
    return same, different
