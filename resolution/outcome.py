"""What a resolution leaves in the database: entities, assignments over time, redirects, open candidates."""

from collections import Counter
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from resolution.identity import History, Identities, identify
from resolution.judgements import in_force
from resolution.matching.clusters import Cluster
from resolution.matching.exact import CONTRADICTION, Pair
from resolution.mentions import Named
from schema.ids import content_id
from schema.store import upsert
from schema.tables import Assignment, Candidate, Entity, Judgement, Mention, Redirect, ResolveRun


def write(
    session: Session, run: str, clusters: Sequence[Cluster], candidates: Iterable[Pair], judgements: Iterable[Judgement]
) -> dict[str, int]:
    """Write what a resolution found, and return the counts; what is as it was is not touched."""
    identities = identify(
        [[m.anchor for m in c.members] for c in clusters], _history(session), session.exec(select(Entity.id)).all()
    )
    counts: Counter[str] = Counter(mentions=sum(len(c.members) for c in clusters), entities=len(clusters))
    upsert(session, [_entity(i, c.members) for i, c in zip(identities.ids, clusters, strict=True)])
    session.execute(sa.update(Entity).where(col(Entity.id).not_in(identities.ids)).values(is_active=False))
    counts.update(_assign(session, run, clusters, identities))
    _redirect(session, run, identities)
    counts["redirects"] = len(identities.redirects)
    counts["candidates"] = _candidates(session, run, candidates, clusters, judgements)
    return dict(counts)


def _history(session: Session) -> dict[str, History]:
    """Return for each anchor the first and the present (or last) entity that held it."""
    order = {run: n for n, run in enumerate(_run_order(session))}
    held: dict[str, list[tuple[int, str]]] = {}
    rows = session.exec(
        select(Mention.anchor, Assignment.from_run, Assignment.entity_id).join(
            Assignment, col(Assignment.mention_id) == Mention.id
        )
    )
    for anchor, from_run, entity in rows:
        held.setdefault(anchor, []).append((order[from_run], entity))
    return {anchor: History(min(spells)[1], max(spells)[1]) for anchor, spells in held.items()}


def _run_order(session: Session) -> list[str]:
    following = {r.previous: r.id for r in session.exec(select(ResolveRun))}
    order: list[str] = []
    run = following.get(None)
    while run is not None:
        order.append(run)
        run = following.get(run)
    return order


def _entity(entity_id: str, members: Sequence[Named]) -> Entity:
    """Return the entity's row, named by its best mention: printed in full before expanded, longer before shorter."""
    best = min(members, key=lambda m: (m.rule not in {"as_printed", "title"}, -len(m.name), m.anchor))
    kinds = Counter(m.kind for m in members)
    return Entity(
        id=entity_id,
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        name=best.name,
        region=best.region,
        level=best.level,
        named_by=best.id,
        naming_rule=best.rule,
        is_active=True,
    )


def _assign(session: Session, run: str, clusters: Sequence[Cluster], identities: Identities) -> dict[str, int]:
    wanted = {
        m.id: (entity, c.reasons[m.id]) for entity, c in zip(identities.ids, clusters, strict=True) for m in c.members
    }
    closed = kept = 0
    for row in session.exec(select(Assignment).where(col(Assignment.to_run).is_(None))).all():
        if wanted.get(row.mention_id, ("", ""))[0] == row.entity_id:
            row.reason = wanted.pop(row.mention_id)[1]
            kept += 1
        else:
            row.to_run = run
            closed += 1
        session.add(row)
    session.flush()
    upsert(
        session,
        [
            Assignment(
                id=content_id(mention, entity, run), mention_id=mention, entity_id=entity, from_run=run, reason=reason
            )
            for mention, (entity, reason) in sorted(wanted.items())
        ],
    )
    return {"assigned": len(wanted), "kept": kept, "closed": closed}


def _redirect(session: Session, run: str, identities: Identities) -> None:
    """Write where ids went; an id that is borne again redirects no more, and no redirect leads to a redirect."""
    present = {r.from_id: r for r in session.exec(select(Redirect))}
    for borne in set(identities.ids) & set(present):
        session.delete(present.pop(borne))
    session.flush()
    for old, new in identities.redirects.items():
        if old not in present or present[old].to_id != new:
            present[old] = Redirect(from_id=old, to_id=new, run_id=run, cause="merge")
    for redirect in present.values():
        seen = {redirect.from_id}
        while redirect.to_id in present and redirect.to_id not in seen:
            seen.add(redirect.to_id)
            redirect.to_id = present[redirect.to_id].to_id
    upsert(session, present.values())


def _candidates(
    session: Session, run: str, pairs: Iterable[Pair], clusters: Sequence[Cluster], judgements: Iterable[Judgement]
) -> int:
    """Write the open candidates: pairs still apart that nobody has decided, and contradictions; close the answered."""
    home = {m.id: n for n, c in enumerate(clusters) for m in c.members}
    anchors = {m.id: m.anchor for c in clusters for m in c.members}
    decided = {frozenset((j.left_anchor, j.right_anchor)) for j in in_force(judgements)}
    opened = {}
    for pair in pairs:
        left, right = sorted((pair.left, pair.right))
        is_open = home[left] != home[right] and frozenset((anchors[left], anchors[right])) not in decided
        if is_open or CONTRADICTION in pair.explanation:
            key = content_id("candidate", left, right)
            opened[key] = Candidate(
                id=key,
                left_mention_id=left,
                right_mention_id=right,
                score=pair.score,
                explanation=pair.explanation,
                run_id=run,
            )
    for old in session.exec(select(Candidate).where(col(Candidate.is_open))).all():
        if old.id in opened:
            opened[old.id].run_id = old.run_id
        else:
            old.is_open = False
            session.add(old)
    session.flush()
    session.expunge_all()
    upsert(session, opened.values())
    return len(opened)
