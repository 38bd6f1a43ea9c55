"""Document numbers of every printed form, from tests/types/document_numbers.csv."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.types.document_number import DocumentNumber

with (Path(__file__).parent / "document_numbers.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["printed"])
def test_a_printed_number_is_read_in_its_canonical_form(case: dict[str, str]) -> None:
    number = DocumentNumber.parse(case["printed"])
    if not case["canonical"]:
        assert number is None
        return
    assert number == DocumentNumber(case["agency"], int(case["year"]) if case["year"] else None, int(case["number"]))
    assert str(number) == case["canonical"]


@given(st.sampled_from(["国发", "粤府办", "沪府规", "工信部联科"]), st.integers(1949, 2050), st.integers(1, 9999))
def test_the_canonical_form_is_read_back(agency: str, year: int, number: int) -> None:
    value = DocumentNumber(agency, year, number)
    assert DocumentNumber.parse(str(value)) == value


@given(st.text(alphabet="国发令公告第〔〕[]（）0123456789号年 的和根据", max_size=60))
def test_whatever_is_found_stands_at_its_offsets(text: str) -> None:
    for number, start, end in DocumentNumber.find(text):
        assert 0 <= start < end <= len(text)
        assert DocumentNumber.parse(text[start:end]) == number


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    DocumentNumber.parse(text)
    DocumentNumber.find(text)


def test_the_sentence_around_a_number_is_not_its_agency() -> None:
    assert str(DocumentNumber.find("示例市人民政府 示政发〔2020〕1号")[0][0]) == "示政发〔2020〕1号"
    text = "根据国发〔2017〕35号文件和《关于某事的通知》（浙政发[2023]第1号）以及国务院令第722号"
    found = [str(number) for number, _, _ in DocumentNumber.find(text)]
    assert found == ["国发〔2017〕35号", "浙政发〔2023〕1号", "国务院令第722号"]
