"""What people decided: an append-only list, of which the last word on each pair counts until it is undone."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from schema.errors import InputError
from schema.ids import content_id
from schema.tables import Judgement, Verdict


def judge(
    session: Session,
    left_anchor: str,
    right_anchor: str,
    verdict: Verdict,
    *,
    author: str,
    at: datetime,
    reason: str = "",
    relation: str | None = None,
) -> Judgement:
    """Append a verdict on two mentions (by their anchors) and return it.

    Raises InputError for a mention with itself.
    """
    if left_anchor == right_anchor:
        raise InputError("a mention cannot be judged against itself", where=left_anchor, remedy="name two mentions")
    judgement = Judgement(
        id=content_id("judgement", left_anchor, right_anchor, verdict, author, at.isoformat()),
        left_anchor=left_anchor,
        right_anchor=right_anchor,
        verdict=verdict,
        relation=relation,
        author=author,
        reason=reason,
        at=at,
    )
    session.add(judgement)
    return judgement


def undo(session: Session, judgement: Judgement, *, author: str, at: datetime, reason: str = "") -> Judgement:
    """Append the undoing of a judgement (or of an earlier undoing, which redoes it) and return it."""
    undoing = Judgement(
        id=content_id("undo", judgement.id, author, at.isoformat()),
        left_anchor=judgement.left_anchor,
        right_anchor=judgement.right_anchor,
        verdict=judgement.verdict,
        relation=judgement.relation,
        author=author,
        reason=reason,
        at=at,
        undoes=judgement.id,
    )
    session.add(undoing)
    return undoing


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that count: not undone, and the last one on their pair, in order of time."""
    ordered = sorted(judgements, key=lambda j: (j.at, j.id))
    undone: set[str] = set()
    # From the newest back: an undoing that is itself undone undoes nothing.
    for judgement in reversed(ordered):
        if judgement.undoes and judgement.id not in undone:
            undone.add(judgement.undoes)
    last: dict[tuple[str, ...], Judgement] = {}
    for judgement in ordered:
        if judgement.undoes is None and judgement.id not in undone:
            pair = tuple(sorted((judgement.left_anchor, judgement.right_anchor)))
            last[pair] = judgement
    return sorted(last.values(), key=lambda j: (j.at, j.id))


def all_judgements(session: Session) -> list[Judgement]:
    """Return every judgement ever made, in order of time."""
    return list(session.exec(select(Judgement).order_by(col(Judgement.at), col(Judgement.id))))
