"""Pages of the kind funding: news of rounds, histories, digests, tables and labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manypages import accuracy, badly_quoted, read, records, refused, values

from crawlers.fields import funding_amount, funding_round, investors
from crawlers.pages import NotARecord, funding
from crawlers.view import View
from sandbox.kinds import KindPage

KIND = "funding"


def named(page: KindPage) -> str:
    return page.url.rpartition("/")[2]


def story(title: str, *lines: str) -> View:
    main = "".join(f"<p>{line}</p>" for line in lines)
    head = f"<head><title>{title}</title></head>"
    html = f"<html>{head}<body><h1>{title}</h1><p>发布时间：2023-05-10</p>{main}</body></html>"
    return View.of(html.encode(), "http://cases.test/1.html", "text/html")


def names(text: str) -> list[str]:
    return [text[slice(*span)] for span in investors.split(text, (0, len(text)))]


def test_every_field_of_every_shape_is_read() -> None:
    found, misses = accuracy(KIND)
    assert misses == []
    assert min(found.values()) >= 0.99


@pytest.mark.parametrize("one", records(KIND), ids=named)
def test_every_value_is_printed_at_the_place_it_names(one: KindPage) -> None:
    assert badly_quoted(KIND, one) == []


@pytest.mark.parametrize("one", refused(KIND), ids=named)
def test_a_page_that_is_none_is_refused(one: KindPage) -> None:
    assert read(KIND, one)[1] == []


@pytest.mark.parametrize(
    ("line", "certainty"),
    [
        ("云析智能宣布完成1亿元B轮融资。", "stated"),
        ("云析智能计划于年内完成1亿元B轮融资。", "planned"),
        ("云析智能正在洽谈1亿元B轮融资。", "planned"),
        ("云析智能决定终止1亿元B轮融资。", "denied"),
    ],
)
def test_certainty_is_what_the_words_say(line: str, certainty: str) -> None:
    (one,) = funding.extract(story("云析智能动态", line))
    assert (one.value("certainty"), one.value("round"), one.item) == (certainty, "B轮", "")


def test_a_rumour_is_no_record() -> None:
    with pytest.raises(NotARecord):
        funding.extract(story("动态", "据传云析智能将完成1亿元B轮融资。"))


def test_the_rounds_of_a_history_are_records_of_their_own() -> None:
    found = funding.extract(
        story(
            "云析智能完成A轮融资",
            "近日，云析智能完成数千万元A轮融资，由东海资本领投，华衡资本担任财务顾问。",
            "此前，公司曾于2021年3月获得启源资本数百万元天使轮投资。",
        )
    )
    assert [(one.value("round"), one.value("date"), values(one)["investors"]) for one in found] == [
        ("A轮", "2023-05-10", ["东海资本"]),
        ("天使轮", "2021-03", ["启源资本"]),
    ]
    assert len({one.item for one in found}) == 2


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("东海资本、江淮创投和和玉资本等机构", ["东海资本", "江淮创投", "和玉资本"]),
        ("老股东青松基金", ["青松基金"]),
        ("东海资本（领投），滨湖基金（老股东）", ["东海资本", "滨湖基金"]),
        ("东海资本与BlueHarbor Capital", ["东海资本", "BlueHarbor Capital"]),
        ("未披露", []),
    ],
)
def test_lists_of_investors_are_parted(said: str, found: list[str]) -> None:
    assert names(said) == found


@given(
    st.lists(
        st.sampled_from(["东海资本", "江淮创投", "和玉资本", "深圳甲乙科技有限公司", "Blue Capital"]),
        min_size=1,
        unique=True,
    )
)
def test_a_list_of_investors_gives_each_of_them_back(wanted: list[str]) -> None:
    assert names("、".join(wanted)) == wanted


@given(st.sampled_from("ABCDEFGH"), st.integers(0, 2), st.sampled_from(["", "Pre-"]))
def test_a_lettered_round_is_found_as_printed(letter: str, pluses: int, before: str) -> None:
    printed = f"{before}{letter}{'+' * pluses}轮"
    text = f"完成数千万元{printed}融资"
    assert [text[slice(*span)] for span in funding_round.find(text)] == [printed]


@given(st.integers(1, 9999), st.sampled_from(["万元", "亿元", "万美元"]), st.sampled_from(["", "近", "超"]))
def test_the_sum_of_a_round_is_found_at_its_place(number: int, unit: str, vague: str) -> None:
    text = f"完成{vague}{number}{unit}A轮融资，估值90亿元"
    found = funding_amount.of_round(text)
    assert found is not None
    assert text[found[1] : found[2]] == f"{vague}{number}{unit}"


@given(st.text(alphabet="由和、，东海资本领投跟投方包括为获得完成亿元A轮融资（）等", max_size=50))
def test_places_of_investors_lie_in_the_text(text: str) -> None:
    for spans in investors.told(text, (0, len(text))):
        assert all(0 <= start < end <= len(text) for start, end in spans)
