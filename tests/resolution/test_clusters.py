import random

from hypothesis import given
from hypothesis import strategies as st

from resolution.matching.clusters import Cluster, cluster
from resolution.matching.exact import Edge
from resolution.mentions import Named

SIZE = 8
pairs = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda p: p[0] != p[1])
links = st.lists(pairs.map(lambda p: (f"m{p[0]}", f"m{p[1]}")), max_size=6)
edges = st.lists(
    st.builds(
        lambda p, reason, hard: Edge(f"m{p[0]}", f"m{p[1]}", reason, hard), pairs, st.sampled_from("ab"), st.booleans()
    ),
    max_size=12,
)


@st.composite
def mentions(draw: st.DrawFn) -> list[Named]:
    numbers = draw(st.lists(st.sampled_from([None, "1", "2"]), min_size=SIZE, max_size=SIZE))
    days = draw(st.lists(st.sampled_from([None, "d", "e"]), min_size=SIZE, max_size=SIZE))
    return [named(n, number, day) for n, (number, day) in enumerate(zip(numbers, days, strict=True))]


def named(n: int, number: str | None = None, day: str | None = None) -> Named:
    exclusive, weak = ({"doc_number": number} if number else {}), ({"written_date": day} if day else {})
    return Named(f"m{n}", f"a{n}", "policy", "x", None, None, "title", exclusive=exclusive, weak=weak)


def clusters_of(given: list[Named], found: list[Edge], **decided: list[tuple[str, str]]) -> list[Cluster]:
    return cluster(given, found, **decided).clusters


def parts(clusters: list[Cluster]) -> list[list[str]]:
    return [[m.id for m in c.members] for c in clusters]


def home(clusters: list[Cluster]) -> dict[str, int]:
    return {m.id: n for n, c in enumerate(clusters) for m in c.members}


@given(mentions(), edges, links, links, st.randoms(use_true_random=False))
def test_the_order_of_mentions_edges_and_judgements_does_not_matter(
    given: list[Named],
    found: list[Edge],
    same: list[tuple[str, str]],
    different: list[tuple[str, str]],
    order: random.Random,
) -> None:
    expected = clusters_of(given, found, same=same, different=different)
    for things in (given, found, same, different):
        order.shuffle(things)
    swapped = [(right, left) for left, right in different]
    assert clusters_of(given, found, same=same, different=swapped) == expected


@given(mentions(), edges, links, links)
def test_every_mention_is_in_one_cluster_with_a_reason_and_nobody_meets_whom_a_person_held_apart(
    given: list[Named], found: list[Edge], same: list[tuple[str, str]], different: list[tuple[str, str]]
) -> None:
    clusters = clusters_of(given, found, same=same, different=different)
    assert sorted(m for part in parts(clusters) for m in part) == [m.id for m in given]
    assert all(set(c.reasons) == {m.id for m in c.members} for c in clusters)
    at = home(clusters)
    assert all(at[left] != at[right] for left, right in different)


@given(mentions(), edges)
def test_edges_never_join_what_an_entity_has_only_one_of(given: list[Named], found: list[Edge]) -> None:
    for each in clusters_of(given, found):
        assert len({m.exclusive["doc_number"] for m in each.members if m.exclusive}) <= 1


@given(mentions(), edges)
def test_soft_edges_alone_never_join_two_days(given: list[Named], found: list[Edge]) -> None:
    for each in clusters_of(given, [e for e in found if not e.hard]):
        assert len({m.weak["written_date"] for m in each.members if m.weak}) <= 1


@given(mentions(), edges, links)
def test_what_a_person_calls_the_same_is_the_same_whatever_the_machine_says(
    given: list[Named], found: list[Edge], same: list[tuple[str, str]]
) -> None:
    at = home(clusters_of(given, found, same=same))
    assert all(at[left] == at[right] for left, right in same)


@given(edges)
def test_where_nothing_contradicts_clusters_are_what_the_edges_connect(found: list[Edge]) -> None:
    clusters = clusters_of([named(n) for n in range(SIZE)], found)
    at = home(clusters)
    assert all(at[e.left] == at[e.right] for e in found)
    bridges = sum(len(c.members) - 1 for c in clusters)
    assert bridges <= len({frozenset((e.left, e.right)) for e in found})


def test_a_hard_edge_is_taken_before_a_soft_one_that_would_stand_in_its_way() -> None:
    given = [named(0, "1"), named(1), named(2, "2")]
    found = [Edge("m0", "m1", "a", hard=False), Edge("m1", "m2", "z", hard=True)]
    assert parts(clusters_of(given, found)) == [["m0"], ["m1", "m2"]]


def test_of_two_contradicting_judgements_different_wins_over_any_path() -> None:
    given = [named(n) for n in range(3)]
    same = [("m0", "m1"), ("m1", "m2")]
    assert parts(clusters_of(given, [], same=same)) == [["m0", "m1", "m2"]]
    split = home(clusters_of(given, [Edge("m0", "m2", "x", hard=True)], same=same, different=[("m0", "m2")]))
    assert split["m0"] != split["m2"]


def test_judgements_about_mentions_that_are_gone_are_passed_over() -> None:
    given = [named(0), named(1)]
    assert parts(clusters_of(given, [], same=[("m0", "m9")], different=[("m8", "m1")])) == [["m0"], ["m1"]]
    assert clusters_of([], []) == []


def test_a_mention_alone_says_so_and_a_joined_one_says_why() -> None:
    found = clusters_of(
        [named(0), named(1), named(2), named(3)], [Edge("m0", "m1", "title x", hard=False)], same=[("m1", "m2")]
    )
    assert [c.reasons for c in found] == [
        {"m0": "title x", "m1": "judgement same", "m2": "judgement same"},
        {"m3": "alone"},
    ]
