import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from crawlers.answers import sha256
from crawlers.archive import read_at
from crawlers.harvest import Served, read_file
from release.build import DATABASE
from release.columns import WIDE
from release.publish import publish
from release.trace import audit, cells, trace
from resolution.judgements import judge
from resolution.resolve import resolve
from schema.database import connect, transaction
from schema.errors import InputError
from schema.tables import Document, Entity, Mention, Verdict
from schema.tables.columns import now


@pytest.fixture
def text_of(crawled: Any) -> Iterator[Callable[[str], str]]:
    """Give the text of a document, read anew from the archived bytes."""
    engine = connect(crawled.settings.database)

    def text(name: str) -> str:
        with Session(engine) as session:
            document = session.get_one(Document, name)
        answer = read_at(crawled.settings.archive, document.warc_file or "", document.warc_offset or 0)
        assert sha256(answer.content()) == name
        served = Served(answer.url, answer.content(), answer.content_type, now())
        return (served.view() if document.text_layer is None else read_file(served)).text

    yield text
    engine.dispose()


def shown(folder: Path) -> Iterator[tuple[str, str, Any]]:
    """Yield every cell of the wide tables that is not empty."""
    with closing(sqlite3.connect(f"file:{folder / DATABASE}?mode=ro&immutable=1", uri=True)) as database:
        database.row_factory = sqlite3.Row
        for table in WIDE.values():
            for row in database.execute(f"SELECT * FROM {table.name}"):
                yield from ((row["id"], name, row[name]) for name in table.names[1:] if row[name] is not None)


def test_every_cell_of_the_release_is_quoted_from_the_archived_bytes(publication: Any, text_of: Any) -> None:
    found = audit(publication.result.folder, text_of)
    assert found.failures == []
    assert found.traced == found.cells > 500


def test_every_cell_that_a_reader_sees_has_a_place_and_its_value(publication: Any) -> None:
    folder = publication.result.folder
    seen = 0
    for entity, name, value in shown(folder):
        links = [link for link in trace(folder, f"{entity}/{name}") if not link.rule.startswith("lost")]
        assert links, (entity, name)
        assert all(link.spans and link.rule and link.url.startswith("http") for link in links)
        said = [link.value for link in links]
        if name in {"issuers", "attachments", "relation"}:
            assert len(said) == len(json.loads(value))
        elif name == "text":
            assert "\n\n".join(said) == value
        else:
            assert [one if isinstance(value, str) else json.loads(one) for one in said] == [value]
        seen += 1
    assert seen > 400


def test_a_wrong_quotation_or_a_moved_span_is_noticed(publication: Any, text_of: Any) -> None:
    link = next(each for each in cells(publication.result.folder) if each.cell.endswith("/title/0"))
    text = text_of(link.document_sha256)
    assert link.holds(text)
    (start, end), *rest = link.spans
    for wrong in ({"raw": link.raw + "。"}, {"spans": ((start + 1, end), *rest)}, {"spans": ()}):
        assert not replace(link, **wrong).holds(text)
    assert not link.holds("")
    wrong = audit(publication.result.folder, lambda _: "")
    assert len(wrong.failures or []) == 20
    assert wrong.traced < wrong.cells


@pytest.mark.parametrize("text", ["", "no such document"])
def test_a_cell_that_the_release_does_not_have_is_refused_with_a_remedy(publication: Any, text: str) -> None:
    folder = publication.result.folder
    entity, name, _ = next(cell for cell in shown(folder) if cell[1] == "issuers")
    tie = next(link.cell for link in cells(folder) if link.cell.startswith("tie-")).split("/")[0]
    for cell, remedy in (
        (f"sb-nobody/title{text}", "entity.csv"),
        (f"{entity}/colour{text}", "title, doc_number"),
        (f"{entity}/{name}/99", "count from 0"),
        (f"{entity}/{name}/x", "count from 0"),
        (f"{tie}/colour{text}", "subject_id"),
        ("tie-nothing/date", "columns of a tie"),
        (entity, "title"),
        (text, "ENTITY/PROPERTY"),
    ):
        with pytest.raises(InputError) as caught:
            trace(folder, cell)
        assert remedy in caught.value.remedy
        assert caught.value.where == folder.name


def test_a_member_of_a_list_is_traced_alone(publication: Any) -> None:
    folder = publication.result.folder
    entity = next(e for e, name, value in shown(folder) if name == "issuers" and len(json.loads(value)) > 1)
    whole = [link for link in trace(folder, f"{entity}/issuers") if not link.rule.startswith("lost")]
    second = [link for link in trace(folder, f"{entity}/issuers/1") if not link.rule.startswith("lost")]
    assert second == [whole[1]]


def test_the_cells_of_a_tie_are_traced(publication: Any, text_of: Any) -> None:
    folder = publication.result.folder
    ties = {link.cell.split("/")[0] for link in cells(folder) if link.cell.startswith("tie-")}
    assert len(ties) > 40
    for tie in sorted(ties)[:10]:
        for name in ("type", "subject_id", "object_id", "date"):
            links = trace(folder, f"{tie}/{name}")
            assert links
            assert all(link.holds(text_of(link.document_sha256)) for link in links)


def test_an_id_that_was_merged_away_still_traces(own: Engine, tmp_path: Path) -> None:
    with transaction(own) as session:
        rows = session.exec(
            select(Entity.id, Mention.anchor).join(Mention, Mention.id == Entity.named_by).order_by(Entity.id)
        )
        policies = [row for row in rows.all() if session.get_one(Entity, row[0]).kind == "policy"]
        (one, left), (other, right), *_ = policies
        judge(session, left, right, Verdict.SAME, author="li", at=now())
    resolve(own)
    folder = publish(own, tmp_path / "releases").folder
    kept = one if any(entity == one for entity, _, _ in shown(folder)) else other
    gone = other if kept == one else one
    assert trace(folder, f"{gone}/title") == trace(folder, f"{kept}/title") != []
    with pytest.raises(InputError) as caught:
        trace(folder, f"{gone}/colour")
    assert "a policy has" in caught.value.remedy
