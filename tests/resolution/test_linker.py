"""Mentions linked to known entities: with a probability, moved by place and context, and none where none is meant."""

import pytest

from resolution.linking import Entity, Index
from resolution.linking.linker import link
from resolution.matching.proposing import ProposingMatcher
from resolution.mentions import Named

KNOWN = [
    Entity("a", ("深圳市云岭科技股份有限公司", "云岭股份"), "enterprise"),
    Entity("b", ("广东云岭科技有限公司",), "enterprise"),
    Entity("c", ("江城理工大学", "Jiangcheng University of Technology"), "university"),
    Entity("d", ("江城理工大学深圳研究院",), "research_institute"),
]  # fmt: skip


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(KNOWN)


def test_a_mention_is_linked_with_a_probability_and_the_reasons(index: Index) -> None:
    first, *others = link(index, "江城理工")
    assert (first.key, first.probability > 0.6) == ("c", True)
    assert first.verdict.label == "same"
    assert sum(each.probability for each in (first, *others)) < 1


def test_the_place_and_the_text_around_tell_homonyms_apart(index: Index) -> None:
    plain = {each.key: each.probability for each in link(index, "云岭科技", kind="enterprise")}
    there = {each.key: each.probability for each in link(index, "云岭科技", kind="enterprise", place="440300")}
    assert there["a"] / there["b"] >= plain["a"] / plain["b"]
    text = "广东云岭科技有限公司昨日宣布,云岭科技将在江城建厂。"
    assert link(index, "云岭科技", kind="enterprise", context=text)[0].key == "b"
    assert link(index, "云岭科技", kind="enterprise", context=text)[0].moved == ("context",)


def test_what_nobody_is_called_is_linked_to_nobody(index: Index) -> None:
    assert all(each.probability < 0.5 for each in link(index, "宏岳生物医药", kind="enterprise"))
    assert link(index, "") == []


def named(number: int, name: str, kind: str = "enterprise", **exclusive: str) -> Named:
    return Named(
        f"m{number}",
        f"a{number}",
        kind,
        name,
        None,
        None,
        "as_printed",
        frozenset(),
        frozenset({f"name {name}"}),
        exclusive,
    )


def test_names_propose_and_facts_decide() -> None:
    one, short = named(1, "深圳市云岭科技股份有限公司"), named(2, "云岭科技")
    found = ProposingMatcher().match([one, short, named(3, "江城理工大学", "university")])
    assert [{pair.left, pair.right} for pair in found.candidates] == [{"m1", "m2"}]
    assert found.candidates[0].explanation["probabilities"]["same"] == found.candidates[0].score
    assert found.edges == []
    apart = [named(1, "深圳市云岭科技股份有限公司", credit_code="1"), named(2, "云岭科技", credit_code="2")]
    assert ProposingMatcher().match(apart).candidates == []


def test_the_order_of_mentions_changes_no_proposal() -> None:
    mentions = [
        named(n, name) for n, name in enumerate(["云岭科技", "深圳市云岭科技股份有限公司", "云岭科技股份", "宏岳机械"])
    ]
    found = {frozenset((p.left, p.right)) for p in ProposingMatcher().match(mentions).candidates}
    turned = {frozenset((p.left, p.right)) for p in ProposingMatcher().match(mentions[::-1]).candidates}
    assert found == turned
    assert found
