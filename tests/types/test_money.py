import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.types.money import Money

CASES = list(csv.DictReader(Path(__file__).with_name("money.csv").open(encoding="utf-8")))
AMOUNTS = st.integers(1, 99_999)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_sum_is_read_as_the_range_that_the_convention_gives_it(case: dict[str, str]) -> None:
    money = Money.parse(case["text"])
    if not case["low"]:
        assert money is None
        return
    assert money is not None
    assert (money.low, money.high, money.currency) == (
        Decimal(case["low"]),
        Decimal(case["high"]),
        case["currency"],
    )
    assert money.raw == case["text"]


@given(AMOUNTS, st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
def test_the_words_of_vagueness_widen_an_amount_and_never_move_it_away(number: int, unit: tuple[str, int]) -> None:
    text, factor = f"{number}{unit[0]}元", Decimal(number * unit[1])
    for said, low, high in (
        (text, factor, factor),
        ("近" + text, factor * Decimal("0.8"), factor),
        ("超" + text, factor, 2 * factor),
    ):
        money = Money.parse(said)
        assert money is not None
        assert (money.low, money.high) == (low, high)


@given(st.text(max_size=30))
def test_no_text_breaks_the_parser(text: str) -> None:
    money = Money.parse(text)
    assert money is None or money.low <= money.high
    for found, (start, end) in Money.find(text):
        assert found.raw == text[start:end]


def test_sums_are_found_in_a_text_with_their_places() -> None:
    text = "公司完成近亿元A轮融资；2021年获数千万美元，员工300人，营收１.2亿元，二元论不是钱。"
    assert [(text[slice(*span)], money.currency) for money, span in Money.find(text)] == [
        ("近亿元", "CNY"),
        ("数千万美元", "USD"),
        ("１.2亿元", "CNY"),
    ]


def test_a_range_cannot_be_upside_down() -> None:
    with pytest.raises(ValueError, match="not a range"):
        Money(Decimal(2), Decimal(1), "CNY", "")
