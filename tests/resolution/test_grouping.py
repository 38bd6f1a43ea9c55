"""Groups under constraints: what holds for any links, any decisions, in any order."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution.matching.grouping import HARD, STRONG, Constraints, Link, group

SIZE = 9
pairs = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda pair: pair[0] != pair[1])
links = st.lists(
    st.builds(lambda p, w, r: Link(*p, w, r), pairs, st.sampled_from([0.5, 4.0, STRONG, HARD]), st.sampled_from("ab")),
    max_size=16,
)
held = st.dictionaries(st.integers(0, SIZE - 1), st.fixed_dictionaries({"code": st.sampled_from("xy")}), max_size=SIZE)
sources = st.dictionaries(st.integers(0, SIZE - 1), st.sampled_from(["one", "other"]), max_size=SIZE)
decided = st.lists(pairs, max_size=4)


@given(links, held, sources, decided, decided, st.randoms(use_true_random=False))
def test_constraints_hold_and_the_order_changes_nothing(
    found: list[Link],
    codes: dict[int, dict[str, str]],
    source: dict[int, str],
    together: list[tuple[int, int]],
    apart: list[tuple[int, int]],
    order: random.Random,
) -> None:
    constraints = Constraints(exclusive=codes, source=source, together=together, apart=apart)
    result = group(SIZE, found, constraints)
    home = {member: number for number, members in enumerate(result.groups) for member in members}
    assert sorted(home) == list(range(SIZE))
    assert all(home[a] != home[b] for a, b in apart)
    told = {frozenset((c.left, c.right)) for c in result.contradictions}
    assert all(home[a] == home[b] or frozenset((a, b)) in told for a, b in together)
    if not together:
        assert not result.contradictions
        for members in result.groups:
            assert len({codes[m]["code"] for m in members if m in codes}) <= 1
            if not any(link.weight == HARD for link in found):
                assert len([m for m in members if m in source]) == len({source[m] for m in members if m in source})
    for things in (found, together, apart):
        order.shuffle(things)
    assert group(SIZE, found, Constraints(exclusive=codes, source=source, together=together, apart=apart)) == result


def test_a_chain_does_not_make_one_group_of_two() -> None:
    cliques = [Link(a, b, 8.0) for ids in ((0, 1, 2), (3, 4, 5)) for a, b in combinations(ids, 2)]
    assert group(6, [*cliques, Link(2, 3, 5.0)]).groups == [[0, 1, 2], [3, 4, 5]]
    more = [Link(2, 3, 5.0), Link(1, 4, 4.0), Link(0, 5, 4.0)]
    assert group(6, [*cliques, *more]).groups == [[0, 1, 2, 3, 4, 5]]
    assert group(6, [*cliques, Link(2, 3, STRONG)]).groups == [[0, 1, 2, 3, 4, 5]]


def test_a_member_alone_joins_by_one_link() -> None:
    assert group(3, [Link(0, 1, 8.0), Link(1, 2, 1.0)]).groups == [[0, 1, 2]]


def test_the_stronger_link_has_its_way() -> None:
    codes = {0: {"code": "x"}, 2: {"code": "y"}}
    assert group(3, [Link(0, 1, 3.0), Link(1, 2, 4.0)], Constraints(exclusive=codes)).groups == [[0], [1, 2]]


@pytest.mark.parametrize(
    ("constraints", "says"),
    [
        (Constraints(together=[(0, 1), (1, 2)], apart=[(0, 2)]), "held apart by other judgements"),
        (Constraints(together=[(0, 1)], exclusive={0: {"code": "x"}, 1: {"code": "y"}}), "two values of code"),
    ],
)
def test_contradicting_decisions_are_reported(constraints: Constraints, says: str) -> None:
    (told,) = group(3, [], constraints).contradictions
    assert says in told.why
