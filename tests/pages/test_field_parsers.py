"""The parsers that the kinds share: names in lists, periods, editions, areas. What they are given they give back."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.fields import areas, events, names, periods, places, relative_days
from sandbox.kinds.filters import cn, han, period, period_dots, period_en
from schema.types.partial_date import PartialDate

ENDINGS = ["大学", "研究院", "有限公司", "人民政府", "协会", "经济和信息化厅", "（集团）有限公司", "管理委员会"]
NAME = st.tuples(st.text("甲乙丙丁戊己庚辛壬癸子丑寅卯", min_size=2, max_size=6), st.sampled_from(ENDINGS)).map("".join)
DAY = st.dates(datetime.date(2005, 1, 1), datetime.date(2030, 12, 1))


@given(
    st.lists(NAME, min_size=1, max_size=8), st.sampled_from(["、", "，", "；", "\n", "　", ",", " / "]), st.booleans()
)
def test_names_that_were_joined_come_apart(listed: list[str], mark: str, remark: bool) -> None:
    text = mark.join(listed) + ("等单位" if remark else "")
    assert [text[slice(*span)] for span in names.split(text, (0, len(text)))] == listed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工业和信息化部、国家发展和改革委员会", ["工业和信息化部", "国家发展和改革委员会"]),
        ("北京大学和清华大学", ["北京大学", "清华大学"]),
        ("中国科学院和合肥市人民政府", ["中国科学院", "合肥市人民政府"]),
        ("住房和城乡建设部与文化和旅游部", ["住房和城乡建设部", "文化和旅游部"]),
        ("1. 甲乙学会 2. 丙丁大学", ["甲乙学会", "丙丁大学"]),
        ("（1）甲乙学会（2）丙丁大学", ["甲乙学会", "丙丁大学"]),
        ("甲乙（北京、上海）有限公司、丙丁大学", ["甲乙（北京、上海）有限公司", "丙丁大学"]),
        ("ABC Co., Ltd.、丙丁大学", ["ABC Co., Ltd", "丙丁大学"]),
        ("甲乙学会等20余家单位", ["甲乙学会"]),
        ("甲乙学会、丙丁大学（排名不分先后）", ["甲乙学会", "丙丁大学"]),
    ],
)
def test_names_as_pages_list_them(text: str, expected: list[str]) -> None:
    assert [text[slice(*span)] for span in names.split(text, (0, len(text)))] == expected


@given(st.text(max_size=80))
def test_no_text_breaks_a_parser(text: str) -> None:
    names.split(text, (0, len(text)))
    periods.find(text, 2023, label=True)
    events.find(text)
    areas.find(text)
    places.venue(text, 0, len(text))


@given(DAY, st.integers(0, 9), st.sampled_from(["-", "—", "至", "～", "–", "－"]))
def test_a_period_is_read_in_every_form(first: datetime.date, more: int, dash: str) -> None:
    last = first + datetime.timedelta(days=more)
    fact = {"start_date": first.isoformat(), "end_date": last.isoformat()}
    forms = [period(fact, dash)] if first.year == last.year else []
    forms += [period_dots(fact), period_en(fact)] if first.year == last.year else []
    forms.append(f"{cn(fact['start_date'])}{dash}{cn(fact['end_date'])}")
    for form in forms:
        [found] = periods.find(f"定于{form}举行" if "年" in form else form)
        assert str(found.first) == fact["start_date"]
        assert str(found.last or found.first) == fact["end_date"]


@given(st.integers(1, 99), st.booleans())
def test_an_edition_is_read_in_digits_and_in_words(number: int, digits: bool) -> None:
    name = f"第{number if digits else han(number)}届中国智能大会"
    found = events.edition(name)
    assert found is not None
    assert found[0] == number
    assert events.series(name) == "中国智能大会"


@given(st.integers(1, 99_999))
def test_an_area_is_the_same_in_every_unit(hectares: int) -> None:
    for text in (f"{hectares}公顷", f"{hectares * 15}亩", f"{hectares / 100}平方公里", f"{hectares * 10_000}平方米"):
        [found] = areas.find(f"规划面积{text}")
        assert found.km2 == pytest.approx(hectares / 100)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("安徽省合肥市滨湖国际会展中心", "滨湖国际会展中心"),
        ("合肥滨湖国际会展中心", "合肥滨湖国际会展中心"),
        ("合肥·滨湖国际会展中心", "滨湖国际会展中心"),
        ("深圳市民中心", "深圳市民中心"),
        ("国家会议中心（北京市朝阳区天辰东路7号）", "国家会议中心"),
        ("中国·合肥", None),
    ],
)
def test_a_venue_is_the_building(printed: str, expected: str | None) -> None:
    span = places.venue(printed, 0, len(printed))
    assert (printed[slice(*span)] if span else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天上午，联盟成立", ["2023-03-02"]),
        ("昨日，联盟成立", ["2023-03-01"]),
        ("前天下午", ["2023-02-28"]),
        ("1日上午，联盟成立", ["2023-03-01"]),
        ("28日上午，联盟成立", ["2023-02-28"]),
        ("上月5日，联盟成立", ["2023-02-05"]),
        ("去年11月，联盟成立", ["2022-11"]),
        ("昨天，记者从省科技厅获悉", []),
        ("3月8日，联盟成立", []),
    ],
)
def test_days_count_from_the_day_of_publication(text: str, expected: list[str]) -> None:
    assert [one[0] for one in relative_days.find(text, PartialDate(2023, 3, 2))] == expected
    assert relative_days.find(text, None) == []
