import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.survivorship import LEVELS, Held, rank
from schema.evidence import Origin

BASE = Held("r1", "title", 0, "甲", "甲", Origin.TABLE, "province", "gd", "http://x.test", "0", [[0, 1]], "2023-10-23")


def held(record: str, value: Any, **changes: Any) -> Held:
    return replace(BASE, record_id=record, value=value, source_id=record, **changes)


def test_what_several_sites_say_beats_what_one_says() -> None:
    shown, *lost = rank(
        [held("a", "乙", level="central"), held("b", "甲", level="city"), held("c", "甲", level="city")]
    )
    assert (shown.claims[0].value, shown.rule) == ("甲", "agreement")
    assert [(say.rank, say.claims[0].value, say.rule) for say in lost] == [(1, "甲", ""), (2, "乙", "")]


def test_a_site_never_agrees_with_itself() -> None:
    twice = [replace(held(record, "甲", level="city"), source_id="same") for record in ("b", "c")]
    shown = rank([held("a", "乙", level="central"), *twice])[0]
    assert (shown.claims[0].value, shown.rule) == ("乙", "level")


@pytest.mark.parametrize(
    ("better", "worse", "rule"),
    [
        ({"level": "central"}, {"level": "department"}, "level"),
        ({"level": "province"}, {"level": "city"}, "level"),
        ({"level": "other"}, {"level": "a level that nobody taught"}, "level"),
        ({"origin": Origin.LIST_ROW}, {"origin": Origin.TABLE}, "origin"),
        ({"origin": Origin.TABLE}, {"origin": Origin.META}, "origin"),
        ({"origin": Origin.SIGNATURE}, {"origin": Origin.BODY}, "origin"),
        ({"first_seen": "2023-10-24"}, {"first_seen": "2023-10-23"}, "newer"),
        ({"first_seen": "2023-10-23"}, {"first_seen": "2022-12-31"}, "newer"),
        ({"level": "central", "origin": Origin.BODY}, {"level": "city", "origin": Origin.LIST_ROW}, "level"),
        ({}, {}, "record"),
    ],
)
def test_of_two_that_differ_the_first_rule_that_decides_names_itself(better: Any, worse: Any, rule: str) -> None:
    one, other = held("a", "甲", **better), held("b", "乙", **worse)
    for claims in ([one, other], [other, one]):
        shown, lost = rank(claims)
        assert (shown.claims, shown.rule) == ((one,), rule)
        assert lost.claims == (other,)


def test_one_record_alone_and_records_that_agree_say_so() -> None:
    assert [say.rule for say in rank([held("a", "甲")])] == ["only"]
    assert [say.rule for say in rank([held("a", "甲"), held("b", "甲")])] == ["agreement", ""]
    assert rank([]) == []


def test_a_list_is_shown_as_one_record_has_it_and_never_mixed() -> None:
    long = [held("a", name, ordinal=n) for n, name in enumerate(["省政府", "省科技厅"])]
    short = [held("b", "省政府", ordinal=0, level="city")]
    shown, lost = rank([*short, *reversed(long)])
    assert [c.value for c in shown.claims] == ["省政府", "省科技厅"]
    assert [c.value for c in lost.claims] == ["省政府"]


claims = st.lists(
    st.builds(
        lambda record, value, level, origin, day, source: replace(
            held(record, value, level=level, origin=origin, first_seen=f"2023-10-0{day}"), source_id=source
        ),
        st.sampled_from("abcde"), st.sampled_from(["甲", "乙", {"k": 1}]), st.sampled_from(LEVELS),
        st.sampled_from(list(Origin)), st.integers(1, 3), st.sampled_from("xyz"),
    ),
    max_size=5, unique_by=lambda claim: claim.record_id,
)  # fmt: skip


@given(claims, st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter_and_none_is_lost(given: list[Held], order: random.Random) -> None:
    ranked = rank(given)
    assert sorted(c.record_id for say in ranked for c in say.claims) == sorted(c.record_id for c in given)
    assert [say.rank for say in ranked] == list(range(len({c.record_id for c in given})))
    assert all(bool(say.rule) == (say.rank == 0) for say in ranked)
    order.shuffle(given)
    assert rank(given) == ranked
