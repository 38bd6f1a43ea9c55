import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.jsonplaces import MAX_DEPTH, Placed, parse


def words(size: int) -> st.SearchStrategy[str]:
    """Any text but NUL, which no database holds: `parse` puts U+FFFD in its place."""
    return st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=size)


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words(8)
trees = st.recursive(scalars, lambda t: st.lists(t, max_size=4) | st.dictionaries(words(4), t, max_size=4))
LAYOUTS = ({}, {"indent": 2}, {"separators": (" , ", "\t:\r\n")}, {"ensure_ascii": False})


def bare(tree: Any) -> Any:
    if isinstance(tree, Placed):
        return tree.value
    return {key: bare(v) for key, v in tree.items()} if isinstance(tree, dict) else [bare(v) for v in tree]


def leaves(tree: Any) -> list[Placed]:
    if isinstance(tree, Placed):
        return [tree]
    return [leaf for branch in (tree.values() if isinstance(tree, dict) else tree) for leaf in leaves(branch)]


@given(trees, st.sampled_from(LAYOUTS))
def test_what_json_writes_is_read_the_same_and_every_leaf_knows_its_literal(tree: Any, layout: dict[str, Any]) -> None:
    text = "  " + json.dumps(tree, **layout)
    found = parse(text)
    assert repr(bare(found)) == repr(tree)
    places = leaves(found)
    for leaf in places:
        start, end = leaf.span
        if isinstance(leaf.value, str):
            assert text[start - 1] + text[end] == '""'
            start, end = start - 1, end + 1
        assert repr(json.loads(text[start:end])) == repr(leaf.value)
    ends = [(leaf.span[0], leaf.span[1]) for leaf in places]
    assert ends == sorted(ends), "leaves stand in the order of the text"


@given(st.text('[]{}",:0123456789.eE+-truefalsn \\/u\n', max_size=30))
def test_whatever_is_no_json_raises_valueerror_and_nothing_else(text: str) -> None:
    try:
        found = bare(parse(text))
    except ValueError:
        return
    expected, _ = json.JSONDecoder(strict=False).raw_decode(text.strip(" \t\r\n"))
    assert repr(found) == repr(expected)


def test_the_value_begins_where_one_says() -> None:
    assert parse('window.DATA = {"标题": "一号文"};', 14) == {"标题": Placed("一号文", (22, 25))}


def test_an_escape_is_read_and_its_place_is_as_printed() -> None:
    text = r'["\u4e00\"号\n", 1]'
    placed = parse(text)[0]
    assert placed.value == '一"号\n'
    assert text[slice(*placed.span)] == r"\u4e00\"号\n"


@pytest.mark.parametrize("depth", [MAX_DEPTH + 2, 100_000])
@pytest.mark.parametrize("mark", ["[", '{"a":'])
def test_json_that_is_nested_too_deep_raises_valueerror(depth: int, mark: str) -> None:
    with pytest.raises(ValueError, match="deeper"):
        parse(mark * depth)
    assert leaves(parse("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH))[0].value == 1


@pytest.mark.parametrize("number", ["1" * 5_000, "-" + "9" * 5_000])
def test_a_number_of_thousands_of_digits_raises_valueerror(number: str) -> None:
    with pytest.raises(ValueError):
        parse(f"[{number}]")


@pytest.mark.parametrize(
    "text", ["", " ", "{", "[1", "[1,]", '{"a"}', "{a: 1}", '{"a": 1,}', '"open', "nul", "[1 2]", "01x["]
)
def test_broken_json_raises_valueerror(text: str) -> None:
    if text == "01x[":
        assert parse(text).value == 0  # a value ends where it ends; what follows is the caller's
        return
    with pytest.raises(ValueError):
        parse(text)
