"""The matching engine against slower and plainer ways to the same result, and against Splink."""

import string
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from _splink import settings as splink_settings
from hypothesis import given
from hypothesis import strategies as st
from matching import SPEC as REGISTER
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import ratio
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from resolution.matching.blocking import Blocks
from resolution.matching.engine import score
from resolution.matching.patterns import Patterns
from resolution.matching.spec import Comparison, Level, Rule, Spec, load_spec
from resolution.matching.table import Table, together
from resolution.matching.training import refined, train
from resolution.matching.weights import Model, probability
from sandbox.register import records
from schema.errors import InputError

NAMES = st.text(alphabet="深圳腾讯科技北京ab", max_size=9)


def spec(*comparisons: Comparison, blocking: tuple[Rule, ...], **more: object) -> Spec:
    return Spec.model_validate({"kind": "x", "comparisons": comparisons, "blocking": blocking, **more})


def chances(*values: float) -> np.ndarray:
    return np.array(values)


@given(st.lists(NAMES, min_size=2, max_size=12), st.floats(0.3, 1), st.floats(0.3, 1))
def test_levels_are_those_of_the_plain_measures(names: list[str], high: float, low: float) -> None:
    high, low = round(max(high, low), 3), round(min(high, low), 3)
    left, right = (np.array(side, dtype=np.int32) for side in zip(*combinations(range(len(names)), 2), strict=True))
    for measure, plain in (("jaro_winkler", JaroWinkler.similarity), ("ratio", lambda a, b: ratio(a, b) / 100)):
        levels = (Level(when="equal"), Level(when=f"{measure} >= {high}"), Level(when=f"{measure} >= {low}"))
        declared = spec(Comparison(column="n", levels=levels), blocking=(Rule(by=("n",)),))
        found = Patterns(declared, Table.of(pa.table({"n": names}), ["n"])).of(left, right)
        for a, b, level in zip(left, right, found, strict=True):
            one, other = names[a], names[b]
            if not one or not other:
                assert level == 0
                continue
            value = plain(one, other)
            if min(abs(value - high), abs(value - low)) < 1e-9:
                continue  # the oracle rounds elsewhere
            expected = 1 if one == other else 2 if value >= high else 3 if value >= low else 4
            assert level == expected, (one, other, value)


@given(
    st.lists(
        st.tuples(st.sampled_from(["a b", "b c", "c", ""]), st.sampled_from(["x", "y", None])), min_size=2, max_size=14
    ),
    st.booleans(),
    st.booleans(),
)
def test_blocks_bring_each_pair_of_each_rule_once(
    rows: list[tuple[str, str | None]], linked: bool, spill: bool
) -> None:
    table = pa.table(
        {
            "word": pa.array([word for word, _ in rows]),
            "key": pa.array([key for _, key in rows], pa.string()),
            "source": [str(n % 2) for n in range(len(rows))],
        }
    )
    rules = (Rule(by=("key",)), Rule(by=("word", "key")), Rule(by=("word",), share="words"))
    blocks = Blocks(Table.of(table, ("word", "key"), source="source" if linked else None), rules)
    brought = [
        tuple(sorted((int(blocks.order[a]), int(blocks.order[b]))))
        for left, right in blocks.pairs(spill=spill)
        for a, b in zip(left, right, strict=True)
    ]
    expected = {
        (a, b)
        for a, b in combinations(range(len(rows)), 2)
        if (not linked or a % 2 != b % 2)
        and ((rows[a][1] and rows[a][1] == rows[b][1]) or set(rows[a][0].split()) & set(rows[b][0].split()))
    }
    assert len(brought) == len(set(brought))
    assert set(brought) == expected


@pytest.mark.parametrize("bits", [63, 12])
def test_records_of_one_key_are_laid_together_however_many_keys_there_are(
    bits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resolution.matching.table.BITS", bits)
    chance = np.random.default_rng(3)
    keys, ids = (chance.integers(-1, 40, 500).astype(np.int32) for _ in range(2))
    rows, starts = together(keys, 40, ids, 40)
    both = [(keys[row], ids[row], row) for row in rows.tolist()]
    assert both == sorted((k, i, n) for n, (k, i) in enumerate(zip(keys, ids, strict=True)) if k >= 0 and i >= 0)
    groups = [{(k, i) for k, i, _ in both[a:b]} for a, b in pairwise(starts.tolist())]
    assert all(len(group) == 1 for group in groups)
    assert len(set().union(*groups)) == len(groups)


def test_a_parquet_file_of_several_row_groups_is_read_as_the_table_it_is_of(tmp_path: Path) -> None:
    rows = records(3_000).append_column("year", pa.array([1990 + n % 7 for n in range(3_000)]))
    pq.write_table(rows, tmp_path / "rows.parquet", row_group_size=700, dictionary_pagesize_limit=2_000)
    columns = ("name", "place", "founded", "year")
    one, other = Table.of(rows, columns), Table.read(tmp_path / "rows.parquet", columns)
    for name in columns:
        a, b = one.columns[name], other.columns[name]
        assert one.size == other.size == len(b.ids)
        assert np.array_equal(a.ids < 0, b.ids < 0)
        there = a.ids >= 0
        assert a.values.take(pa.array(a.ids[there])) == b.values.take(pa.array(b.ids[there]))
        assert len(set(b.values.to_pylist())) == len(b.values)
        assert b.counts.tolist() == np.bincount(b.ids[there], minlength=len(b.values)).tolist()


def test_a_block_beyond_its_cap_is_left_out_and_reported() -> None:
    table = Table.of(pa.table({"key": ["usual"] * 50 + ["rare", "rare"]}), ("key",))
    blocks = Blocks(table, (Rule(by=("key",), cap=1000),))
    assert [len(left) for left, _ in blocks.pairs()] == [1]
    (report,) = blocks.reports
    assert (report.name, report.pairs, report.largest, report.capped) == ("key", 1, 50, (50,))


def test_ascii_weights_are_those_of_splink() -> None:
    chance = np.random.default_rng(5)
    words = ["".join(chance.choice(list(string.ascii_lowercase), chance.integers(3, 10))) for _ in range(200)]
    typed = [w if n % 3 else w[:-1] + "x" for n, w in enumerate(chance.choice(words, 2000).tolist())]
    rows = pa.table(
        {
            "id": np.arange(2000),
            "first": typed,
            "last": pa.array(chance.choice(words, 2000).tolist(), mask=chance.random(2000) < 0.1),
            "city": chance.choice(words[:15], 2000).tolist(),
            "year": pa.array(chance.integers(1980, 1990, 2000).astype(str).tolist(), mask=chance.random(2000) < 0.1),
        }
    )
    levels = [Level(when="equal", tf=1), Level(when="jaro_winkler >= 0.9"), Level(when="jaro_winkler >= 0.7")]
    declared = spec(
        Comparison(column="first", levels=tuple(levels)),
        Comparison(column="last", levels=(Level(when="equal", tf=0.5), Level(when="jaro_winkler >= 0.8"))),
        Comparison(column="year", levels=(Level(when="equal"), Level(when="difference <= 1"))),
        blocking=(Rule(by=("city",)), Rule(by=("first",))),
    )
    m = (chances(0.7, 0.1, 0.1, 0.1), chances(0.8, 0.1, 0.1), chances(0.9, 0.05, 0.05))
    u = (chances(0.01, 0.02, 0.05, 0.92), chances(0.02, 0.01, 0.97), chances(0.1, 0.2, 0.7))
    model = Model(declared, m, u, 1e-3)
    found = score(model, Table.of(rows, declared.columns), least=0)
    ours = {(a, b): w for a, b, w in zip(found.left.tolist(), found.right.tolist(), found.weight.tolist(), strict=True)}
    linker = Linker(DuckDBAPI().register(rows), splink_settings(model), log_level="ERROR")
    theirs = linker.inference.predict().as_duckdbpyrelation().to_arrow_table().to_pylist()
    weights = {(row["id_l"], row["id_r"]): row["match_weight"] for row in theirs}
    assert len(weights) > 100_000
    assert weights.keys() == ours.keys()
    assert max(abs(weights[pair] - ours[pair]) for pair in weights) < 1e-6


@pytest.fixture(scope="module")
def register() -> tuple[pa.Table, Model]:
    rows = records(20_000)
    return rows, train(REGISTER, Table.of(rows, REGISTER.trained_on))


def test_what_is_learned_without_labels_is_what_labels_would_say(register: tuple[pa.Table, Model]) -> None:
    rows, model = register
    truth = rows["cluster"].to_numpy()
    table = Table.of(rows, REGISTER.columns)
    left = np.flatnonzero(truth[1:] == truth[:-1]).astype(np.int32)
    levels = Patterns(REGISTER, table).levels(Patterns(REGISTER, table).of(left, left + 1))
    for number, comparison in enumerate(REGISTER.comparisons):
        best = np.mean(levels[number][levels[number] > 0] == 1)
        assert model.m[number][0] == pytest.approx(best, abs=0.06), comparison.column
    assert probability(np.array([model.prior_weight]))[0] == pytest.approx(len(left) / 2e8, rel=1)


def test_what_is_dropped_early_would_not_have_been_kept(register: tuple[pa.Table, Model]) -> None:
    rows, model = register
    table = Table.of(rows, REGISTER.columns)
    every, kept = score(model, table, least=0), score(model, table, least=0.3)
    assert every.seen == kept.seen == len(every.left)
    chosen = every.probability >= 0.3
    assert 0 < chosen.sum() < len(every.left)
    assert np.array_equal(every.left[chosen], kept.left)
    assert np.array_equal(every.right[chosen], kept.right)
    assert np.allclose(every.weight[chosen], kept.weight)


def test_the_order_of_records_changes_nothing(register: tuple[pa.Table, Model]) -> None:
    rows, model = register
    order = np.random.default_rng(1).permutation(len(rows))
    one, other = (score(model, Table.of(each, REGISTER.columns)) for each in (rows, rows.take(pa.array(order))))
    pairs = {
        (min(a, b), max(a, b)) for a, b in zip(order[other.left].tolist(), order[other.right].tolist(), strict=True)
    }
    assert pairs == set(zip(one.left.tolist(), one.right.tolist(), strict=True))


def test_judgements_move_the_probabilities_towards_what_they_say(register: tuple[pa.Table, Model]) -> None:
    rows, model = register
    table = Table.of(rows, REGISTER.columns)
    patterns, found = Patterns(REGISTER, table), score(model, table)
    person = [comparison.column for comparison in REGISTER.comparisons].index("person")
    changed = patterns.levels(found.pattern)[person] == REGISTER.comparisons[person].size - 1
    left, right = found.left[changed][:200], found.right[changed][:200]
    new = refined(model, patterns, left, right, np.ones(len(left), dtype=np.bool_))
    assert new.m[person][-1] > 0.5 > model.m[person][-1]
    assert all(np.isclose(each.sum(), 1) for each in (*new.m, *new.u))


def test_what_a_specification_states_is_kept() -> None:
    rows = records(2_000)
    stated = REGISTER.comparisons[1].model_copy(update={"levels": (Level(when="equal", m=0.9, u=0.05),)})
    declared = REGISTER.model_copy(update={"comparisons": (*REGISTER.comparisons[2:], stated), "prior": 0.001})
    model = train(declared, Table.of(rows, declared.trained_on))
    assert (model.m[-1][0], model.u[-1][0], model.prior) == (0.9, 0.05, 0.001)
    assert replace(model, prior=0.5).prior_weight == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("levels: [{when: likely}]", "'likely' is no level"),
        ("levels: [{when: jaro_winkler >= 0.9, tf: 1}]", "only equality is weighed by rarity"),
        ("levels: []", "at least 1 item"),
    ],
)
def test_a_wrong_specification_names_file_line_and_remedy(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "park.yaml"
    path.write_text(f"kind: park\nblocking: [{{by: [name]}}]\ncomparisons:\n  - column: name\n    {text}\n", "utf-8")
    with pytest.raises(InputError, match=says) as error:
        load_spec("park", tmp_path)
    assert str(path) in str(error.value)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match="no column 'place'"):
        Table.of(pa.table({"name": ["a"]}), ("name", "place"))
