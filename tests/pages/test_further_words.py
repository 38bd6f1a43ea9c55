"""Rounds and parks in other words than the groups of the sandbox: interviews, letters, chronicles, cards."""

import json
from typing import Any

import pytest
from kindpages import told

from crawlers.evaluate import properties
from crawlers.pages import EXTRACTORS
from crawlers.view import View


def rows(kind: str, body: str, title: str = "一览") -> list[dict[str, Any]]:
    page = f"<html><head><title>{title}_资讯网</title></head><body><h1>{title}</h1>{body}</body></html>"
    found: Any = EXTRACTORS[kind](View.of(page.encode(), "http://cases.test/1.html", "text/html"))
    return [properties(one) for one in (found if isinstance(found, list) else [found])]


@pytest.mark.parametrize(
    ("title", "lines", "expected"),
    [
        (
            "对话云杉科技：这一轮我们等了九个月",
            [
                "记者：先恭喜杭州云杉智控科技有限公司。这轮融了多少？",
                "张明：1.5亿元人民币，是B轮。",
                "记者：哪些机构参与了？",
                "张明：领投的是海蓝创投，老股东青松资本继续加注。",
            ],
            ("杭州云杉智控科技有限公司", "B轮", 150_000_000, ["海蓝创投", "青松资本"]),
        ),
        (
            "一封来自CEO的信",
            [
                "广州粤算信息技术有限公司（简称“粤算”）A轮融资画上了圆满的句号，我们拿到了6000万元。",
                "在此，谢谢珠江产投、羊城创投一直以来的信任与陪伴。",
            ],
            ("广州粤算信息技术有限公司", "A轮", 60_000_000, ["珠江产投", "羊城创投"]),
        ),
        (
            "某律师事务所助力客户完成融资",
            [
                "某律师事务所代表青岛海图机器人有限公司，就其1亿元人民币A轮融资提供了全程法律服务。该轮投资人包括蓝海资本。"
            ],
            ("青岛海图机器人有限公司", "A轮", 100_000_000, ["蓝海资本"]),
        ),
        (
            "为什么我们投了星泽光电",
            ["海润资本近期领投了苏州星泽光电科技有限公司1亿元A轮融资，同轮投资方还有东吴高投。"],
            ("苏州星泽光电科技有限公司", "A轮", 100_000_000, ["海润资本", "东吴高投"]),
        ),
    ],
)
def test_a_round_is_told_by_answers_thanks_advisers_and_investors(
    title: str, lines: list[str], expected: tuple[str, str, int, list[str]]
) -> None:
    found = rows("funding", "".join(f"<p>{line}</p>" for line in lines), title)[0]
    assert (found["investee"], found["round"], found["amount"]["high"], found["investors"]) == expected


def test_a_script_lists_rounds_under_keys_in_pinyin_with_escaped_characters() -> None:
    said = {"qymc": "甲科", "lc": "A轮", "je": "1亿元", "tzjg": [{"name": "乙资本"}]}
    data = json.dumps({"list": [said]}, ensure_ascii=True)
    (found,) = rows("funding", f"<script>window['__DATA__']={data};</script>")
    assert (found["investee"], found["round"], found["investors"]) == ("甲科", "A轮", ["乙资本"])


def test_a_column_holds_rounds_with_their_sums() -> None:
    cells = [("甲科技", "A轮，3000万元"), ("乙智能", "B轮，1亿元"), ("丙机器人", "天使轮，数百万元")]
    table = "".join(f"<tr><td>{name}</td><td>{said}</td><td>东海资本</td></tr>" for name, said in cells)
    found = rows("funding", f"<table><tr><td>企业</td><td>融资情况</td><td>资方</td></tr>{table}</table>")
    assert [(one["investee"], one["round"], one["amount"]["low"]) for one in found] == [
        ("甲科技", "A轮", 30_000_000),
        ("乙智能", "B轮", 100_000_000),
        ("丙机器人", "天使轮", 1_000_000),
    ]


def test_a_chronicle_says_when_a_park_was_founded() -> None:
    lines = [
        "<h3>2010年</h3>",
        "6月　河南省政府批准设立永城高新技术产业开发区。",
        "<h3>2012年</h3>",
        "3月　主干道通车。",
    ]
    found = told("park", "永城高新技术产业开发区大事记", *lines)
    assert (found["established"], found["level"]) == ("2010-06", "provincial")


def test_answers_tell_of_a_park() -> None:
    found = told(
        "park",
        "走进新沂无人机产业园",
        "问：园区现在到什么阶段了？",
        "答：一期厂房已经封顶，二期还在打桩。",
        "问：主打什么？",
        "答：我们主要做三块：无人机整机、航电系统，再加上复合材料。",
    )
    assert found["status"] == "under_construction"
    assert found["leading_industries"] == ["无人机整机", "航电系统", "复合材料"]


def test_the_text_under_each_name_tells_of_its_park() -> None:
    found = rows(
        "park",
        "<h3>一、长沙雨花机器人产业园</h3><p>园子不大，合1平方公里。眼下满园运营，操盘手是长沙雨花智谷投资有限公司。</p>"
        "<h3>二、合肥庐阳大数据产业园</h3><p>还在图纸上，规划3.5平方公里。隔壁还有一个300亩的小微园。</p>"
        "<h3>三、衡阳松木光电产业园</h3><p>塔吊林立，正在抢工期。主导产业是光通信、光显示。</p>",
    )
    assert [one["status"] for one in found] == ["built", "planned", "under_construction"]
    assert [one.get("area_km2") for one in found] == [1.0, 3.5, None]
    assert found[0]["operator"] == "长沙雨花智谷投资有限公司"
    assert found[2]["leading_industries"] == ["光通信", "光显示"]


def test_cards_print_levels_and_industries_as_tags() -> None:
    card = (
        "<li><h4>{}</h4><em>{}</em><dl><dt>用地</dt><dd>约{}平方公里</dd>"
        "<dt>重点赛道</dt><dd><b>海洋机器人</b><b>水下探测</b></dd></dl></li>"
    )
    cards = card.format("青岛蓝谷海洋装备产业园", "省级", 12) + card.format("烟台芝罘智能装备产业园", "区县级", 3)
    found = rows("park", f"<ul>{cards}</ul>")
    assert [(one["level"], one["area_km2"]) for one in found] == [("provincial", 12.0), ("county", 3.0)]
    assert all(one["leading_industries"] == ["海洋机器人", "水下探测"] for one in found)
