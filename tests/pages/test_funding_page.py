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


@pytest.mark.parametrize(
    "line",
    [
        "近日，砚池智能完成2亿元B轮融资，由青屿资本领投，临港科创投跟投。",
        "砚池智能日前官宣已完成2亿元人民币B轮融资，青屿资本与临港科创投联合投资。",
        "半导体检测设备商砚池智能拿下2亿元B轮融资，投资方为青屿资本、临港科创投。",
        "记者获悉，砚池智能已于8月15日完成B轮融资，融资额2亿元，领投方是青屿资本，临港科创投参投。",
        "砚池智能的B轮融资落定，金额2亿元，青屿资本领投、临港科创投跟投。",
        "青屿资本领投砚池智能2亿元B轮融资，临港科创投跟投。",
        "青屿资本、临港科创投共同向砚池智能投资2亿元，本轮为B轮。",
        "砚池智能获得来自青屿资本和临港科创投的2亿元B轮投资。",
        "在青屿资本领投、临港科创投跟投下，砚池智能顺利完成2亿元B轮融资。",
        "砚池智能对外披露，公司B轮融资已交割完毕，总额2亿元，由青屿资本领衔，临港科创投加注。",
        "砚池智能B轮引入2亿元资金，出资方包括青屿资本、临港科创投。",
        "砚池智能B轮融资收官：青屿资本领投，临港科创投跟投，总金额达2亿元。",
        "8月15日消息，砚池智能宣布获2亿元B轮融资，青屿资本独家领投，临港科创投跟投，华岳资本担任独家财务顾问。",
        "砚池智能又融了2亿元！B轮由青屿资本领投，临港科创投跟投。",
    ],
)
def test_a_round_is_read_in_any_order_of_its_words(line: str) -> None:
    (one,) = funding.extract(story("行业观察_某某资讯网", line))
    assert (one.value("investee"), one.value("round"), one.value("certainty")) == ("砚池智能", "B轮", "stated")
    assert one.value("amount") == {"low": 200000000, "high": 200000000, "currency": "CNY"}
    assert one.values("investors") == ["青屿资本", "临港科创投"]


@pytest.mark.parametrize(
    ("line", "certainty"),
    [
        ("砚池智能正在进行B轮融资，计划募资2亿元。", "planned"),
        ("砚池智能拟启动B轮融资，目标金额2亿元。", "planned"),
        ("据悉，砚池智能B轮融资已进入尽调阶段，预计募集2亿元。", "planned"),
        ("砚池智能B轮融资正在推进，拟募资2亿元。", "planned"),
        ("针对完成B轮融资的传闻，砚池智能回应称消息不实。", "denied"),
        ("砚池智能否认完成B轮融资。", "denied"),
    ],
)
def test_a_company_is_named_before_its_round_whatever_the_verb(line: str, certainty: str) -> None:
    (one,) = funding.extract(story("行业观察_某某资讯网", line))
    assert (one.value("investee"), one.value("certainty")) == ("砚池智能", certainty)


def test_a_region_under_a_name_in_a_cell_is_no_part_of_it() -> None:
    rows = "".join(
        f"<tr><td>2023-08-1{n}</td><td>{name}<br><small>上海</small></td><td>A轮</td><td>1亿元</td><td>{who}</td></tr>"
        for n, (name, who) in enumerate([("砚池智能", "青屿资本(领投) 湾芯基金"), ("牧云机器人", "岭上资本")])
    )
    head = "<tr><th>时间</th><th>公司简称</th><th>轮次</th><th>金额</th><th>投资方</th></tr>"
    found = funding.extract(story("投资事件库", f"<table>{head}{rows}</table>"))
    assert [one.value("investee") for one in found] == ["砚池智能", "牧云机器人"]
    assert found[0].values("investors") == ["青屿资本", "湾芯基金"]
