"""A register that records arrive at: in whatever portions and order they come, the result is that of the whole."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution.matching.generation import CURRENT
from resolution.matching.register import SEGMENTS, Register
from resolution.matching.segment import KEY
from resolution.matching.spec import Comparison, Level, Rule, Spec
from resolution.matching.table import Table
from resolution.matching.training import train
from resolution.matching.weights import Model
from sandbox.register import records
from schema.errors import InputError

SIZE = 600


def spec(cap: int = 100_000) -> Spec:
    return Spec(
        kind="register",
        comparisons=(
            Comparison(
                column="name",
                holds=("brand", "place", "trade"),
                levels=(Level(when="equal", tf=1), Level(when="jaro_winkler >= 0.9")),
            ),
            Comparison(column="place", levels=(Level(when="equal", tf=1),)),
            Comparison(column="person", levels=(Level(when="equal", tf=1), Level(when="jaro_winkler >= 0.8"))),
        ),
        blocking=(
            Rule(by=("brand", "place"), cap=cap),
            Rule(by=("person",)),
            Rule(by=("name",), share="bigrams", cap=60),
        ),
        certain=(Rule(by=("code",)),),
        recall=0.25,
    )


@pytest.fixture(scope="module")
def people() -> pa.Table:
    keys = np.random.default_rng(7).permutation(SIZE)
    return records(SIZE, seed=3).append_column(KEY, pa.array([f"r{number:04}" for number in keys]))


def trained(people: pa.Table, cap: int = 100_000) -> Model:
    return train(spec(cap), Table.of(people, spec(cap).trained_on))


def arrived(folder: Path, model: Model, portions: list[pa.Table]) -> Register:
    register = Register.build(folder / "register", model, portions[0])
    for portion in portions[1:]:
        register.add(portion)
    return register


@settings(max_examples=5, deadline=None)
@given(st.data())
def test_portions_in_any_order_give_the_result_of_the_whole(people: pa.Table, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(SIZE)))
    cuts = sorted(data.draw(st.sets(st.integers(300, SIZE - 1), min_size=1, max_size=5)))
    rows = [order[start:end] for start, end in zip([0, *cuts], [*cuts, SIZE], strict=True)]
    portions = [people.take(pa.array(each)) for each in rows]
    model = trained(people)
    with TemporaryDirectory() as name:
        register = arrived(Path(name), model, portions)
        again = Register(register.folder)  # what is on disk is what is in memory
        whole = Register.build(Path(name) / "whole", model, people, register.frequencies)
        assert register.groups() == again.groups() == whole.groups()
        assert len(whole.left) == len(register.left) == len(again.left)
        assert any(len(members) > 1 for members in whole.groups())


def test_only_the_groups_that_are_touched_are_made_anew(people: pa.Table, tmp_path: Path) -> None:
    register = arrived(tmp_path, trained(people), [people.slice(0, SIZE - 20)])
    before = register.groups()
    added = register.add(people.slice(SIZE - 20))
    touched = {frozenset(members) for members in added.groups}
    assert register.groups() - touched <= before
    assert {key for members in touched for key in members} < {key for members in register.groups() for key in members}


def test_a_block_that_outgrows_its_cap_has_all_matched_again(people: pa.Table, tmp_path: Path) -> None:
    one = people.slice(0, 1)
    alike = pa.concat_tables([one] * 6).set_column(
        people.column_names.index(KEY), KEY, pa.array([f"s{n}" for n in range(6)])
    )
    base = pa.concat_tables([people.slice(1), alike.slice(0, 3)])
    register = Register.build(tmp_path / "register", trained(people, cap=10), base)
    assert register.add(alike.slice(3)).rebuilt
    whole = Register.build(
        tmp_path / "whole", register.model, pa.concat_tables([base, alike.slice(3)]), register.frequencies
    )
    assert register.groups() == whole.groups()


def test_many_portions_are_made_one(people: pa.Table, tmp_path: Path) -> None:
    cut = SIZE - SEGMENTS - 2
    portions = [people.slice(0, cut), *(people.slice(row, 1) for row in range(cut, SIZE))]
    register = arrived(tmp_path, trained(people), portions)
    assert len(register.segments) <= SEGMENTS
    assert register.groups() == Register(register.folder).groups()
    assert register.size == SIZE


def test_a_writer_that_dies_leaves_the_register_as_it_was(people: pa.Table, tmp_path: Path) -> None:
    """The disk fails at the moment of publishing: what was written before is left over, and does no harm."""
    register = arrived(tmp_path, trained(people), [people.slice(0, 500)])
    before = register.groups()
    obstacle = register.folder / f"{CURRENT}.new"
    obstacle.mkdir()
    with pytest.raises(IsADirectoryError):
        register.add(people.slice(500, 50))
    with pytest.raises(IsADirectoryError):
        Register.build(register.folder, register.model, people.slice(0, 550))
    obstacle.rmdir()
    again = Register(register.folder)
    assert again.groups() == before
    again.add(people.slice(500))
    assert (
        again.groups()
        == arrived(tmp_path / "other", register.model, [people.slice(0, 500), people.slice(500)]).groups()
    )
    assert {path.name for path in register.folder.iterdir()} == {CURRENT, again.now.name}


def test_a_folder_that_is_no_register_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no register"):
        Register(tmp_path)


def test_keys_that_are_known_missing_or_twice_are_refused_and_nothing_changes(people: pa.Table, tmp_path: Path) -> None:
    register = arrived(tmp_path, trained(people), [people.slice(0, 500)])
    before = register.groups()
    with pytest.raises(InputError, match="is in the register"):
        register.add(people.slice(499, 2))
    with pytest.raises(InputError, match="twice"):
        register.add(pa.concat_tables([people.slice(550, 1)] * 2))
    with pytest.raises(InputError, match="no column 'key'"):
        register.add(people.drop([KEY]))
    assert Register(register.folder).groups() == before


def test_a_comparison_that_depends_on_all_records_is_refused(people: pa.Table, tmp_path: Path) -> None:
    words = spec().model_copy(
        update={"comparisons": (Comparison(column="name", levels=(Level(when="tokens >= 0.5"),)),)}
    )
    with pytest.raises(InputError, match="cannot be kept up"):
        Register.build(tmp_path / "register", train(words, Table.of(people, words.trained_on)), people)
