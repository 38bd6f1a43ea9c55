"""Any sequence of arrivals, judgements, undos and re-runs keeps the constraints, the ids and the redirects."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from sqlmodel import Session, col, select

from resolution.judgements import all_judgements, in_force, judge, undo
from resolution.resolve import resolve
from schema.database import open_database, transaction
from schema.tables import (
    Assignment,
    Candidate,
    Channel,
    Document,
    Entity,
    Mention,
    Record,
    RecordState,
    Redirect,
    Source,
    Verdict,
)

AT = datetime(2023, 11, 1, tzinfo=UTC)
NAMES = ("商汤科技", "北京市商汤科技开发有限公司", "旷视科技", "旷視科技")
CODES = (None, None, "91110108MA001234X5", "91110108MA005678Y6")
Seen = dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def _template() -> bytes:
    """Return a database with one source: making one takes a second."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "samplebase.sqlite"
        _make(f"sqlite:///{path}")
        return path.read_bytes()


def begin(folder: Path) -> str:
    """Make a database with one source, and return its address."""
    path = folder / "samplebase.sqlite"
    path.write_bytes(_template())
    return f"sqlite:///{path}"


def _make(url: str) -> None:
    with transaction(open_database(url)) as session:
        session.add(Source(id="s", name="s", url="http://s", level="province", state="verified", yaml_sha256=""))
        session.flush()
        session.add(
            Channel(id="s/c", source_id="s", name="c", url="http://s", kind="enterprise", family="generic_list")
        )
        session.add(Document(sha256="d", charset="utf-8", media_type="text/html", length=0, text=""))
    open_database(url).dispose()


def arrive(url: str, number: int, name: str, code: str | None) -> str:
    """Let a record arrive that mentions a company; return the mention's anchor."""
    with transaction(open_database(url)) as session:
        session.add(
            Record(
                id=f"r{number}", source_id="s", channel_id="s/c", document_sha256="d", url=f"http://s/{number}",
                kind="enterprise", version=1, state=RecordState.LIVE, content_hash="", extractor="x",
                extractor_version=1, first_seen=AT, last_seen=AT,
            )
        )  # fmt: skip
        session.flush()
        hints = {"credit_code": code} if code else {}
        session.add(
            Mention(
                id=f"m{number:03}", anchor=f"a{number:03}", record_id=f"r{number}", role="subject", kind="enterprise",
                name=name, raw=name, document_sha256="d", origin="body", hints=hints,
            )
        )  # fmt: skip
    return f"a{number:03}"


def entities(url: str) -> Seen:
    """Return the anchors of each live entity."""
    found: dict[str, set[str]] = {}
    with Session(open_database(url)) as session:
        query = select(Assignment.entity_id, Mention.anchor).join(Mention, col(Mention.id) == Assignment.mention_id)
        for entity, anchor in session.exec(query.where(col(Assignment.to_run).is_(None))):
            found.setdefault(entity, set()).add(anchor)
    return {entity: frozenset(anchors) for entity, anchors in found.items()}


class Resolution(RuleBasedStateMachine):
    anchors = Bundle("anchors")

    @initialize()
    def start(self) -> None:
        self.folder = TemporaryDirectory()
        self.url = begin(Path(self.folder.name))
        self.clock = count(1)
        self.codes: dict[str, str | None] = {}

    def teardown(self) -> None:
        open_database(self.url).dispose()
        self.folder.cleanup()

    def now(self) -> datetime:
        return AT + timedelta(minutes=next(self.clock))

    @rule(target=anchors, name=st.sampled_from(NAMES), code=st.sampled_from(CODES))
    def arrival(self, name: str, code: str | None) -> str:
        anchor = arrive(self.url, len(self.codes), name, code)
        self.codes[anchor] = code
        resolve(open_database(self.url))
        return anchor

    @rule(left=anchors, right=anchors, verdict=st.sampled_from([Verdict.SAME, Verdict.DIFFERENT]))
    def judgement(self, left: str, right: str, verdict: Verdict) -> None:
        if left != right:
            with transaction(open_database(self.url)) as session:
                judge(session, left, right, verdict, author="li", at=self.now())
            resolve(open_database(self.url))

    @rule(target=anchors, left=anchors, right=anchors, verdict=st.sampled_from([Verdict.SAME, Verdict.DIFFERENT]))
    def judgement_taken_back_at_once(self, left: str, right: str, verdict: Verdict) -> object:
        before = entities(self.url)
        if left != right:
            with transaction(open_database(self.url)) as session:
                said = judge(session, left, right, verdict, author="li", at=self.now())
                session.flush()
                session.expunge(said)
            resolve(open_database(self.url))
            with transaction(open_database(self.url)) as session:
                undo(session, said, author="li", at=self.now())
            resolve(open_database(self.url))
        assert entities(self.url) == before
        return multiple()

    @rule(choice=st.integers(0, 20))
    def undoing(self, choice: int) -> None:
        with transaction(open_database(self.url)) as session:
            said = all_judgements(session)
            if said:
                undo(session, said[choice % len(said)], author="li", at=self.now())
        resolve(open_database(self.url))

    @rule()
    def rerun(self) -> None:
        before = entities(self.url)
        resolve(open_database(self.url))
        assert not resolve(open_database(self.url)).changed
        assert entities(self.url) == before

    @invariant()
    def constraints_ids_and_redirects_hold(self) -> None:
        live = entities(self.url)
        home = {anchor: entity for entity, anchors in live.items() for anchor in anchors}
        assert set(home) == set(self.codes)
        with Session(open_database(self.url)) as session:
            verdicts = {(j.left_anchor, j.right_anchor): j.verdict for j in in_force(all_judgements(session))}
            redirects = {r.from_id: r.to_id for r in session.exec(select(Redirect))}
            assert set(session.exec(select(Entity.id).where(col(Entity.is_active)))) == set(live)
            shown = session.exec(select(Candidate.explanation).where(col(Candidate.is_open))).all()
        assert all(home[a] != home[b] for (a, b), verdict in verdicts.items() if verdict == Verdict.DIFFERENT)
        broken = [
            pair for pair, verdict in verdicts.items() if verdict == Verdict.SAME and home[pair[0]] != home[pair[1]]
        ]
        assert len(broken) <= len([each for each in shown if "contradiction" in (each or {})])
        if Verdict.SAME not in verdicts.values():
            for anchors in live.values():
                assert len({self.codes[a] for a in anchors} - {None}) <= 1
        assert set(redirects).isdisjoint(live)
        assert set(redirects.values()) <= set(live)


Resolution.TestCase.settings = settings(max_examples=40, stateful_step_count=15, deadline=None, derandomize=True)
TestResolution = Resolution.TestCase


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_changes_neither_groups_nor_ids(tmp_path: Path, seed: int) -> None:
    """Records that arrive together get the same ids whatever their order in the table."""
    what = [(n, NAMES[n % 4], CODES[n * 7 % 4]) for n in range(10)]
    found = []
    for name, order in (("one", what), ("other", _shuffled(what, seed))):
        (tmp_path / name).mkdir()
        url = begin(tmp_path / name)
        for number, said, code in order:
            arrive(url, number, said, code)
        resolve(open_database(url))
        found.append(entities(url))
    assert found[0] == found[1]


def _shuffled(things: Sequence[tuple[int, str, str | None]], seed: int) -> list[tuple[int, str, str | None]]:
    return [things[(n * 7 + seed) % len(things)] for n in range(len(things))]
