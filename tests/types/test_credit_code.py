import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from schema.types.credit_code import ALPHABET, CreditCode

CASES = list(csv.DictReader(Path(__file__).with_name("credit_code.csv").open(encoding="utf-8")))


@st.composite
def codes(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from("159AY")) + draw(st.sampled_from("1239"))
    region = draw(st.text("0123456789", min_size=6, max_size=6))
    rest = draw(st.text(ALPHABET, min_size=9, max_size=9))
    body = head + region + rest
    return body + str(uscc.calc_check_digit(body))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_text_is_read_as_the_code_that_it_is(case: dict[str, str]) -> None:
    code = CreditCode.parse(case["text"])
    assert (str(code) if code else "") == case["code"]
    assert CreditCode.is_valid(case["text"]) == bool(case["code"])


@given(codes())
def test_a_code_survives_the_round_trip(value: str) -> None:
    code = CreditCode.parse(value)
    assert code is not None
    assert CreditCode.parse(f" {str(code).lower()} ") == code


@given(codes(), st.integers(2, 17), st.data())
def test_changing_one_character_of_a_code_is_refused(value: str, at: int, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from([char for char in ALPHABET if char != value[at]]))
    assert CreditCode.parse(value[:at] + other + value[at + 1 :]) is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_parser(text: str) -> None:
    code = CreditCode.parse(text)
    assert code is None or CreditCode.is_valid(code.value)


def test_codes_are_found_in_a_text_with_their_places() -> None:
    text = "统一社会信用代码：９１１１００００６０００３７３４１Ｌ，注册号110000600037341000。"
    assert [(str(code), text[slice(*span)]) for code, span in CreditCode.find(text)] == [
        ("91110000600037341L", "９１１１００００６０００３７３４１Ｌ")
    ]


def test_a_code_knows_its_parts() -> None:
    code = CreditCode("91110000600037341L")
    assert (code.region, code.organisation_code) == ("110000", "600037341")


def test_an_invalid_code_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="not a unified social credit code"):
        CreditCode("91110000600037341M")
