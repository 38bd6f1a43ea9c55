"""Pages of the kind conference: every shape of the sandbox and every saved case is read as it should be."""

from pathlib import Path

import pytest
from kindpages import accuracy, badly_quoted, case_misses, cases, read, records, refused, told

from sandbox.kinds import KindPage

KIND = "conference"


def named(page: KindPage) -> str:
    return page.url.rpartition("/")[2]


def test_every_field_of_every_shape_is_read() -> None:
    found, misses = accuracy(KIND)
    assert misses == []
    assert set(found.values()) == {1.0}


@pytest.mark.parametrize("folder", cases(KIND), ids=lambda folder: folder.name)
def test_a_case_is_read_as_it_says(folder: Path) -> None:
    assert case_misses(folder) == {}


@pytest.mark.parametrize("page", records(KIND), ids=named)
def test_every_value_is_printed_at_the_place_it_names(page: KindPage) -> None:
    assert badly_quoted(KIND, page.body) == []


@pytest.mark.parametrize("page", refused(KIND), ids=named)
def test_a_page_that_is_none_is_refused(page: KindPage) -> None:
    assert read(KIND, page.body, page.url)[1] is None


def test_an_unknown_label_of_a_table_is_a_warning() -> None:
    page = next(page for page in records(KIND) if page.shape == "02_label_table")
    _, extraction = read(KIND, page.body, page.url)
    assert extraction is not None
    assert ("unknown_label", "吉祥物") in extraction.warnings


def test_the_host_of_the_site_is_not_the_host_of_the_conference() -> None:
    for page in records(KIND):
        _, extraction = read(KIND, page.body, page.url)
        assert extraction is not None
        assert not any("示例" in name for name in extraction.values("hosts"))


TITLE = "2023长三角智能机器人产业发展大会"
FIRST, SECOND, THIRD = "中国机械工业联合会", "苏州市人民政府", "苏州工业园区管理委员会"


@pytest.mark.parametrize(
    "lines",
    [
        f"{TITLE}将于2023年6月8日至9日在苏州国际博览中心举行。",
        f"6月8日至9日，{TITLE}在苏州国际博览中心召开。",
        f"{TITLE}定于6月8—9日在苏州国际博览中心举办。",
        f"为期两天的{TITLE}6月8日在苏州国际博览中心开幕。",
        f"{TITLE}于6月8日在苏州国际博览中心开幕，9日闭幕。",
        "大会时间：2023年6月8日-9日\n大会地点：苏州国际博览中心",
        "时间｜2023.6.8-6.9\n地点｜苏州·苏州国际博览中心",
        f"兹定于2023年6月8日至9日在苏州市苏州国际博览中心召开{TITLE}。",
        "一、时间地点\n2023年6月8日至9日，苏州国际博览中心。",
        "会议将于2023年6月8日（星期四）至9日（星期五）在苏州举行，会场设在苏州国际博览中心。",
    ],
)
def test_days_and_venue_are_read_in_any_order(lines: str) -> None:
    found = told(KIND, TITLE, *lines.split("\n"))
    assert (found["start_date"], found["end_date"]) == ("2023-06-08", "2023-06-09")
    assert (found["city"], found["venue"]) == ("苏州市", "苏州国际博览中心")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            f"大会由{FIRST}主办，{SECOND}承办，{THIRD}协办。",
            {"hosts": [FIRST], "organisers": [SECOND], "co_organisers": [THIRD]},
        ),
        (f"主办单位：{FIRST}\n承办单位：{SECOND}\n协办单位：{THIRD}", {"hosts": [FIRST], "organisers": [SECOND]}),
        (f"本次大会由{FIRST}与{SECOND}联合主办，{THIRD}承办。", {"hosts": [FIRST, SECOND], "organisers": [THIRD]}),
        (f"{FIRST}、{SECOND}共同主办了本次大会，{THIRD}承办。", {"hosts": [FIRST, SECOND], "organisers": [THIRD]}),
        (f"本次活动主办方为{FIRST}，承办方为{SECOND}。", {"hosts": [FIRST], "organisers": [SECOND]}),
        (f"作为主办方，{FIRST}邀请了300位嘉宾。{SECOND}为承办单位。", {"hosts": [FIRST], "organisers": [SECOND]}),
        (f"大会在{FIRST}指导下，由{SECOND}主办，{THIRD}具体承办。", {"hosts": [SECOND], "organisers": [THIRD]}),
    ],
)
def test_roles_are_read_in_any_order(lines: str, expected: dict[str, list[str]]) -> None:
    found = told(KIND, TITLE, f"{TITLE}将于2023年6月8日至9日在苏州国际博览中心举行。", *lines.split("\n"))
    assert {name: found.get(name) for name in expected} == expected
