"""The compiled measures equal rapidfuzz's, and what they say holds for any strings."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel, JaroWinkler

from resolution.matching import kernel
from resolution.matching.strings import LONGEST, Strings

NAMES = st.lists(st.text(alphabet="华为技术有限公司阿里云ab()𠮷", max_size=LONGEST), min_size=1, max_size=6)


def every_pair(texts: list[str]) -> tuple[Strings, np.ndarray, np.ndarray]:
    left, right = zip(*product(range(len(texts)), repeat=2), strict=True)
    return Strings.of(texts), np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)


@given(NAMES)
@settings(max_examples=300)
def test_ratio_is_the_normalised_indel_similarity(texts: list[str]) -> None:
    strings, left, right = every_pair(texts)
    expected = [Indel.normalized_similarity(texts[a], texts[b]) for a, b in zip(left, right, strict=True)]
    np.testing.assert_allclose(kernel.ratio(strings, left, right), expected, atol=1e-6)


@given(NAMES)
@settings(max_examples=300)
def test_jaro_winkler_is_rapidfuzzs(texts: list[str]) -> None:
    strings, left, right = every_pair(texts)
    expected = [JaroWinkler.similarity(texts[a], texts[b]) for a, b in zip(left, right, strict=True)]
    np.testing.assert_allclose(kernel.jaro_winkler(strings, left, right), expected, atol=1e-6)


@given(NAMES)
def test_weighted_measures_lie_in_the_unit_interval_are_symmetric_and_one_for_equals(texts: list[str]) -> None:
    strings, left, right = every_pair(texts)
    weights = np.linspace(0.5, 4, len(strings.codes) + 1, dtype=np.float32)[:-1]
    by_code: dict[int, float] = {}
    weights = np.array([by_code.setdefault(int(c), float(w)) for c, w in zip(strings.codes, weights, strict=True)])
    weights = weights.astype(np.float32)
    for measure in (kernel.overlap, kernel.subsequence):
        scores = measure(strings, weights, left, right).reshape(len(texts), len(texts))
        assert ((scores >= 0) & (scores <= 1 + 1e-6)).all()
        np.testing.assert_allclose(scores, scores.T, atol=1e-5)
        assert all(scores[i, j] == pytest.approx(1) for i, j in np.ndindex(scores.shape) if texts[i] == texts[j])


def test_a_short_form_is_a_whole_subsequence_of_the_name_that_it_stands_for() -> None:
    strings = Strings.of(["工信部", "工业和信息化部", "信访部"])
    weights = np.ones(len(strings.codes), dtype=np.float32)
    scores = kernel.subsequence(strings, weights, np.array([0, 0]), np.array([1, 2]))
    assert scores[0] == 1
    assert scores[1] == pytest.approx(2 / 3)


def test_strings_come_back_and_long_ones_are_cut() -> None:
    texts = ["", "华为", "𠮷野家", "长" * 100]
    assert [Strings.of(texts)[i] for i in range(4)] == ["", "华为", "𠮷野家", "长" * LONGEST]
