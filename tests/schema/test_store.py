from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from schema.content import content_hash
from schema.database import transaction
from schema.store import CHUNK, padded, upsert
from schema.tables import Channel, Document, Lease, Source

MOMENT = datetime(2023, 10, 23, tzinfo=UTC)


def source(number: int, name: str = "名") -> Source:
    return Source(id=f"s{number}", name=name, url="http://x.test", level="city", state="verified", yaml_sha256="0")


def channel(number: int) -> Channel:
    at = f"s{number}"
    return Channel(id=f"{at}/c", source_id=at, name="栏目", kind="policy", family="trs_static", url="http://x.test")


def test_writing_rows_twice_changes_nothing(engine: Engine) -> None:
    hashes = []
    for _ in range(2):
        with transaction(engine) as session:
            upsert(session, [source(1), source(2), channel(1), channel(2)])
        hashes.append(content_hash(engine))
    assert hashes[0] == hashes[1]
    assert hashes[0]["all"]["rows"] == 4


def test_a_row_that_is_there_gets_every_new_value_unless_told_otherwise(engine: Engine) -> None:
    with transaction(engine) as session:
        upsert(session, [source(1, "旧")])
        upsert(session, [source(1, "新")])
    assert names(engine) == {"s1": "新"}


def test_of_a_row_that_is_there_only_the_named_columns_are_set(engine: Engine) -> None:
    with transaction(engine) as session:
        upsert(session, [source(1, "旧")])
        upsert(session, [source(1, "不"), source(2, "新")], update=[])
    assert names(engine) == {"s1": "旧", "s2": "新"}
    other = source(1, "新")
    other.state = "blocked"
    with transaction(engine) as session:
        upsert(session, [other], update=["state"])
        assert session.get_one(Source, "s1").model_dump(include={"name", "state"}) == {"name": "旧", "state": "blocked"}


def names(engine: Engine) -> dict[str, str]:
    with Session(engine) as session:
        return dict(session.exec(select(Source.id, Source.name)).all())


def test_the_last_of_equal_keys_in_one_call_counts(engine: Engine) -> None:
    with transaction(engine) as session:
        upsert(session, [source(1, "旧"), source(1, "新")])
    assert names(engine) == {"s1": "新"}


def test_more_rows_than_one_statement_holds_are_all_written(engine: Engine) -> None:
    many = [Lease(name=f"{n}", holder="h", acquired_at=MOMENT, expires_at=MOMENT) for n in range(2 * CHUNK + 1)]
    with transaction(engine) as session:
        upsert(session, iter(many))
        assert session.exec(select(sa.func.count()).select_from(Lease)).one() == 2 * CHUNK + 1


def test_rows_that_break_a_rule_leave_nothing_behind(engine: Engine) -> None:
    with pytest.raises(sa.exc.IntegrityError), transaction(engine) as session:
        upsert(session, [source(1), channel(2)])
    assert names(engine) == {}


def test_characters_beyond_the_basic_plane_and_long_texts_come_back_as_they_were(engine: Engine) -> None:
    text = "𠮷野家〔２０２３〕\t'\"\\" + "长" * 200_000
    row = Document(
        sha256="a" * 64, charset="gb18030", media_type="html", length=2**31 - 1, text=text, warc_offset=2**40
    )
    with transaction(engine) as session:
        upsert(session, [row])
    with Session(engine) as session:
        assert session.exec(select(Document.text, col(Document.warc_offset))).one() == (text, 2**40)


def test_lists_of_any_length_are_padded_to_few_lengths() -> None:
    lists = [[str(n) for n in range(length)] for length in range(1_025)]
    assert all(set(padded(each)) == set(each) for each in lists)
    assert {len(padded(each)) for each in lists} == {0, *(1 << n for n in range(11))}
