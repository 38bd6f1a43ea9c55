import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution.matching.exact import ExactMatcher, Matches
from resolution.mentions import Named, prepare
from schema.tables import Mention


def policy(number: int, title: str = "关于发展人工智能的意见", **hints: Any) -> Mention:
    known = {"region": "440000", "source": "gd", "issuers": ["省政府"]} | hints
    return Mention(
        id=f"m{number}", anchor=f"a{number:02}", record_id="r", role="subject", kind="policy", name=title, raw=title,
        document_sha256="0", origin="title", hints={k: v for k, v in known.items() if v is not None},
    )  # fmt: skip


def issuer(number: int, name: str, **hints: Any) -> Mention:
    known = {"region": "440000", "source": "gd"} | hints
    return Mention(
        id=f"m{number}", anchor=f"a{number:02}", record_id="r", role="issuer", kind="government", name=name, raw=name,
        document_sha256="0", origin="table", hints=known,
    )  # fmt: skip


def match(*mentions: Mention) -> Matches:
    return ExactMatcher().match(prepare(mentions))


def joined(matches: Matches, *, hard: bool | None = None) -> set[tuple[str, str]]:
    return {(e.left, e.right) for e in matches.edges if hard is None or e.hard is hard}


@pytest.mark.parametrize("number", ["粤府〔2023〕1号", "粤府(2023)1号", "粤府[2023]1号", "粤府〔２０２３〕１号"])
def test_an_equal_document_number_joins_whatever_the_titles_and_sites_say(number: str) -> None:
    found = match(policy(1, doc_number="粤府〔2023〕1号"), policy(2, "转发的通知", doc_number=number, source="most"))
    assert joined(found, hard=True) == {("m1", "m2")}


@pytest.mark.parametrize("relation", ["explains", "draft_of"])
def test_a_page_about_a_policy_is_not_joined_by_the_number_that_it_prints(relation: str) -> None:
    about = {"relation": {relation: "关于发展人工智能的意见"}, "doc_number": "粤府〔2023〕1号"}
    assert joined(match(policy(1, doc_number="粤府〔2023〕1号"), policy(2, "解读", **about))) == set()


def test_a_repost_is_joined_by_its_number() -> None:
    repost = {"relation": {"repost_of": "科技部网站"}, "doc_number": "粤府〔2023〕1号"}
    assert joined(match(policy(1, doc_number="粤府〔2023〕1号"), policy(2, "转载", **repost))) == {("m1", "m2")}


def test_equal_titles_of_different_numbers_stay_apart() -> None:
    found = match(policy(1, doc_number="粤府〔2023〕1号"), policy(2, doc_number="粤府〔2022〕9号"))
    assert joined(found) == set()
    assert found.candidates == []


def test_a_page_without_a_number_between_two_numbers_is_a_question_for_a_person() -> None:
    found = match(policy(1, doc_number="粤府〔2023〕1号"), policy(2, doc_number="粤府〔2022〕9号"), policy(3))
    assert joined(found) == set()
    assert {frozenset((p.left, p.right)) for p in found.candidates} == {
        frozenset(["m1", "m3"]),
        frozenset(["m2", "m3"]),
    }
    assert all(0 < p.score < 1 and p.explanation["shared"] for p in found.candidates)


def test_a_title_joins_only_under_the_same_issuer_unless_it_names_one() -> None:
    assert joined(match(policy(1), policy(2, issuers=["省府"]))) == {("m1", "m2")}
    assert joined(match(policy(1), policy(2, issuers=["省科技厅"]))) == set()
    named = "广东省人民政府关于发展人工智能的意见"
    assert joined(match(policy(1, named), policy(2, named, issuers=None, source="most", region=None))) == {("m1", "m2")}


def test_equal_titles_of_different_days_are_not_joined_softly() -> None:
    found = match(policy(1, written_date="2022-01-01"), policy(2, written_date="2023-01-01"))
    assert joined(found) == set()


def test_full_and_short_name_of_one_body_join_and_unplaced_ones_only_on_their_site() -> None:
    found = match(issuer(1, "省府办公厅"), issuer(2, "广东省人民政府办公厅", source="most", region=None))
    assert joined(found) == {("m1", "m2")}
    assert joined(match(issuer(1, "市政府"), issuer(2, "市政府"))) == {("m1", "m2")}
    assert joined(match(issuer(1, "市政府"), issuer(2, "市政府", source="hubei", region="420000"))) == set()


def test_a_policy_and_a_body_of_one_name_are_two_things() -> None:
    assert joined(match(policy(1, "国务院"), issuer(2, "国务院"))) == set()


def test_a_credit_code_joins_and_two_of_them_part() -> None:
    one, other = {"credit_code": "91440300708461136T"}, {"credit_code": "914403001922038216"}
    assert joined(match(issuer(1, "甲", **one), issuer(2, "乙", **one)), hard=True) == {("m1", "m2")}
    assert joined(match(issuer(1, "甲公司", **one), issuer(2, "甲公司", **other))) == set()


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_mentions_does_not_matter(order: random.Random) -> None:
    numbers = [None, "粤府〔2023〕1号", "粤府〔2022〕9号", None, "粤府〔2023〕1号"]
    mentions = [policy(n, doc_number=number) for n, number in enumerate(numbers)]
    mentions += [issuer(n, name) for n, name in enumerate(["省政府", "省府", "国务院", "市政府", "市政府"], 10)]
    expected = match(*mentions)
    order.shuffle(mentions)
    assert match(*mentions) == expected


def test_no_mentions_give_nothing() -> None:
    assert match() == Matches([], [])
    assert prepare([]) == list[Named]()
