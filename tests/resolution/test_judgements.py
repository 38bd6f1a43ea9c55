from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlmodel import Session

from resolution.judgements import all_judgements, in_force, judge, undo
from schema.database import transaction
from schema.errors import InputError
from schema.tables import Judgement, Verdict

START = datetime(2023, 10, 23, tzinfo=UTC)
SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT


class Log:
    """A list that plays the session: judgements are only ever added to it."""

    def __init__(self) -> None:
        self.rows: list[Judgement] = []
        self.clock = count()

    def add(self, row: Judgement) -> None:
        self.rows.append(row)

    def judge(self, left: str, right: str, verdict: Verdict = SAME, author: str = "li") -> Judgement:
        return judge(self, left, right, verdict, author=author, at=self.now())  # type: ignore[arg-type]

    def undo(self, judgement: Judgement) -> Judgement:
        return undo(self, judgement, author="wang", at=self.now())  # type: ignore[arg-type]

    def now(self) -> datetime:
        return START + timedelta(minutes=next(self.clock))

    def verdicts(self) -> dict[frozenset[str], str]:
        return {frozenset((j.left_anchor, j.right_anchor)): str(j.verdict) for j in in_force(self.rows)}


def test_the_last_word_on_a_pair_counts_in_whatever_order_it_is_named() -> None:
    log = Log()
    log.judge("a", "b", SAME)
    log.judge("b", "a", DIFFERENT)
    log.judge("a", "c", Verdict.UNSURE)
    assert log.verdicts() == {frozenset("ab"): "different", frozenset("ac"): "unsure"}


def test_undoing_the_last_word_brings_back_the_one_before_and_undoing_that_redoes_it() -> None:
    log = Log()
    log.judge("a", "b", SAME)
    second = log.judge("a", "b", DIFFERENT)
    undoing = log.undo(second)
    assert log.verdicts() == {frozenset("ab"): "same"}
    redoing = log.undo(undoing)
    assert log.verdicts() == {frozenset("ab"): "different"}
    log.undo(redoing)
    assert log.verdicts() == {frozenset("ab"): "same"}
    assert len(log.rows) == 5


def test_undoing_twice_undoes_once() -> None:
    log = Log()
    first = log.judge("a", "b")
    log.undo(first)
    one = log.undo(first)
    assert log.verdicts() == {}
    log.undo(one)
    assert log.verdicts() == {}, "the first undoing still stands"


def test_a_mention_cannot_be_judged_against_itself() -> None:
    with pytest.raises(InputError, match="itself"):
        Log().judge("a", "a")


def test_the_same_words_of_two_people_are_two_judgements() -> None:
    log = Log()
    assert log.judge("a", "b", author="li").id != log.judge("a", "b", author="wang").id


steps = st.lists(
    st.tuples(st.sampled_from(["judge", "undo"]), st.integers(0, 99), st.sampled_from([SAME, DIFFERENT])), max_size=12
)


@given(steps, st.randoms(use_true_random=False))
def test_what_counts_is_what_a_careful_reader_of_the_list_would_say(plan: list[Any], order: Any) -> None:
    log = Log()
    for action, number, verdict in plan:
        if action == "judge" or not log.rows:
            log.judge("a", "bcd"[number % 3], verdict)
        else:
            log.undo(log.rows[number % len(log.rows)])
    undoers = {row.id: [r for r in log.rows if r.undoes == row.id] for row in log.rows}

    def stands(row: Judgement) -> bool:
        return not any(stands(undoer) for undoer in undoers[row.id])

    expected = {
        frozenset((r.left_anchor, r.right_anchor)): str(r.verdict) for r in log.rows if r.undoes is None and stands(r)
    }
    order.shuffle(log.rows)
    assert log.verdicts() == expected


def test_the_database_keeps_every_word_in_order_of_time(engine: Engine) -> None:
    with transaction(engine) as session:
        second = judge(session, "a", "b", DIFFERENT, author="li", at=START + timedelta(hours=1))
        judge(session, "a", "b", SAME, author="li", at=START, reason="同一文件")
        session.flush()
        undo(session, second, author="wang", at=START + timedelta(hours=2))
    with Session(engine) as session:
        kept = all_judgements(session)
        assert [(j.verdict, j.author, j.undoes is None) for j in kept] == [
            ("same", "li", True), ("different", "li", True), ("different", "wang", False),
        ]  # fmt: skip
        assert [j.reason for j in in_force(kept)] == ["同一文件"]
