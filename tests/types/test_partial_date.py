"""Dates of every printed form, from tests/types/dates.csv, and what holds for all of them."""

import csv
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.types.partial_date import PartialDate

with (Path(__file__).parent / "dates.csv").open(encoding="utf-8", newline="") as file:
    CASES = [(row["printed"], row["iso"]) for row in csv.DictReader(file)]

days = st.dates(datetime.date(1800, 1, 1), datetime.date(2099, 12, 31))


@pytest.mark.parametrize(("printed", "iso"), CASES)
def test_a_printed_date_is_read_at_its_precision(printed: str, iso: str) -> None:
    date = PartialDate.parse(printed)
    assert (str(date) if date else "") == iso


@given(
    days,
    st.sampled_from(["{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}.{1:02}.{2:02}", "{0}年{1}月{2}日", "{0}{1:02}{2:02}"]),
)
def test_every_day_survives_every_form(day: datetime.date, form: str) -> None:
    date = PartialDate.parse(form.format(day.year, day.month, day.day))
    assert date == PartialDate(day.year, day.month, day.day)
    assert date.first_day() == date.last_day() == day


@given(
    st.builds(PartialDate, st.integers(1800, 2099), st.integers(1, 12))
    | st.builds(PartialDate, st.integers(1800, 2099))
)
def test_what_is_printed_is_read_back(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date
    assert date.first_day() <= date.last_day()


@given(st.text(alphabet="0123456789年月日-/.〔〕〇一二三十 号Ta第", max_size=60))
def test_whatever_is_found_stands_at_its_offsets(text: str) -> None:
    last = 0
    for date, start, end in PartialDate.find(text):
        assert last <= start < end <= len(text)
        assert PartialDate.parse(text[start:end]) == date
        last = end


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    PartialDate.parse(text)
    PartialDate.find(text)


def test_an_impossible_date_is_left_out_as_a_whole() -> None:
    assert PartialDate.find("于2023-02-30和2023年13月及2023年2月3日") == [(PartialDate(2023, 2, 3), 21, 30)]


def test_a_bare_year_counts_only_in_brackets_or_before_its_word() -> None:
    assert [str(date) for date, _, _ in PartialDate.find("共2020人，国发〔2017〕35号，2018年起")] == ["2017", "2018"]


def test_seconds_and_milliseconds_are_days_in_shanghai() -> None:
    assert PartialDate.from_epoch(1634572800) == PartialDate(2021, 10, 19)
    assert PartialDate.from_epoch(1634572800000) == PartialDate(2021, 10, 19)
    assert PartialDate.from_epoch(1e30) is None


def test_dates_sort_by_time_and_the_coarser_one_first() -> None:
    dates = [PartialDate(2020), PartialDate(2020, 1), PartialDate(2020, 1, 1), PartialDate(2020, 2)]
    assert sorted([dates[3], dates[1], dates[0], dates[2]]) == dates


def test_a_date_can_be_made_coarser() -> None:
    date = PartialDate(2020, 3, 4)
    assert [str(date.at(precision)) for precision in ("year", "month", "day")] == ["2020", "2020-03", "2020-03-04"]


@pytest.mark.parametrize("parts", [(2023, 13), (2023, 2, 30), (2023, 0, 5), (20230, 1, 1)])
def test_what_no_calendar_has_cannot_be_made(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        PartialDate(*parts)
