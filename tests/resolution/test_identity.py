from hypothesis import given, settings
from hypothesis import strategies as st

from resolution.identity import PREFIX, History, identify

ANCHORS = [f"a{n}" for n in range(9)]


class World:
    """Resolutions one after another, as the database remembers them."""

    def __init__(self) -> None:
        self.history: dict[str, History] = {}
        self.taken: set[str] = set()
        self.redirects: dict[str, str] = {}

    def resolve(self, *clusters: str | list[str]) -> list[str]:
        """Give the clusters ids; a cluster may be written as `abc`."""
        parts = [list(c) for c in clusters]
        found = identify(parts, self.history, sorted(self.taken))
        for entity, anchors in zip(found.ids, parts, strict=True):
            for anchor in anchors:
                origin = self.history[anchor].origin if anchor in self.history else entity
                self.history[anchor] = History(origin, entity)
        self.taken |= set(found.ids)
        self.redirects = {k: v for k, v in (self.redirects | found.redirects).items() if k not in found.ids}
        return found.ids


def test_an_id_stays_while_its_cluster_grows_and_shrinks() -> None:
    world = World()
    (one,) = world.resolve("abc")
    assert world.resolve("abcd", "e")[0] == one
    assert world.resolve("bc", "e")[0] == one
    assert world.resolve("e", "xyzbc")[1] == one
    assert world.redirects == {}


def test_a_merge_keeps_the_larger_sides_id_and_the_other_one_redirects_to_it() -> None:
    world = World()
    large, small = world.resolve("abc", "de")
    assert world.resolve("abcde") == [large]
    assert world.redirects == {small: large}


def test_undoing_a_merge_gives_both_their_own_ids_back() -> None:
    world = World()
    large, small = world.resolve("abc", "de")
    world.resolve("abcde")
    assert world.resolve("abc", "de") == [large, small]
    assert world.redirects == {}


def test_undoing_gives_the_ids_back_also_when_both_sides_grew_meanwhile() -> None:
    world = World()
    large, small = world.resolve("abc", "de")
    world.resolve("abcdefg")
    assert world.resolve("abcf", "deg") == [large, small]


def test_a_split_keeps_the_id_with_the_larger_part_and_a_merge_back_restores_it() -> None:
    world = World()
    (whole,) = world.resolve("abcde")
    first, second = world.resolve("abc", "de")
    assert first == whole != second
    assert world.resolve("abcde") == [whole]
    assert world.redirects == {second: whole}


def test_an_id_is_never_given_to_another_thing() -> None:
    world = World()
    (old,) = world.resolve("a")
    world.history.clear()  # its mentions are gone, and with them all that tied them to it
    (new,) = world.resolve("a")
    assert new != old
    assert new.startswith(PREFIX)


def test_ids_do_not_depend_on_the_order_of_the_clusters() -> None:
    forward, backward = World(), World()
    assert forward.resolve("ab", "cd", "e") == backward.resolve("e", "cd", "ab")[::-1]
    assert forward.resolve("abc", "de") == backward.resolve("ed", "cba")[::-1]


@st.composite
def partitions(draw: st.DrawFn) -> list[list[str]]:
    labels = draw(st.lists(st.integers(0, 4), min_size=len(ANCHORS), max_size=len(ANCHORS)))  # 4: not live
    parts = [[a for a, label in zip(ANCHORS, labels, strict=True) if label == n] for n in range(4)]
    return [part for part in parts if part]


@settings(max_examples=300)
@given(st.lists(partitions(), min_size=1, max_size=6))
def test_whatever_happens_ids_are_unique_and_no_redirect_dangles(history: list[list[list[str]]]) -> None:
    world = World()
    for clusters in history:
        ids = world.resolve(*clusters)
        assert len(set(ids)) == len(ids)
        assert world.resolve(*clusters) == ids, "resolving again changes nothing"
        live = {h.current for anchors in clusters for h in (world.history[a] for a in anchors)}
        assert live == set(ids)
        assert set(world.redirects) <= world.taken - set(ids)
        for old in world.redirects:
            seen, at = set(), old
            while at in world.redirects:
                assert at not in seen, "redirects run in a circle"
                seen.add(at)
                at = world.redirects[at]
            assert at in world.taken


@given(partitions(), st.data())
def test_any_one_merge_can_be_undone(clusters: list[list[str]], data: st.DataObject) -> None:
    world = World()
    ids = world.resolve(*clusters)
    if len(clusters) < 2:
        return
    one, other = data.draw(st.lists(st.sampled_from(range(len(clusters))), min_size=2, max_size=2, unique=True))
    merged = [c for n, c in enumerate(clusters) if n not in (one, other)] + [clusters[one] + clusters[other]]
    assert world.resolve(*merged)[-1] in (ids[one], ids[other])
    assert world.resolve(*clusters) == ids
    assert world.redirects == {}
