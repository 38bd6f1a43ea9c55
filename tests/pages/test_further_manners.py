"""Manners of writing that several kinds share: chronicles, groups of a sentence, labels parted by a space."""

from typing import Any

import pytest

from crawlers.pages import NotARecord, alliance, conference, enterprise, new_rd_organisation, policy, university
from crawlers.view import View
from tests.pages.accuracy import values


def _view(*lines: str, title: str = "") -> View:
    body = "".join(f"<p>{line}</p>" for line in lines)
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    return View.of(html.encode(), "http://x.test/a/202401/t20240110_1.html", "text/html; charset=utf-8")


def _rows(found: Any) -> list[dict[str, Any]]:
    return [values(one) for one in (found if isinstance(found, list) else [found])]


def test_days_and_figures_of_a_chronicle_stand_under_their_years() -> None:
    view = _view(
        "2018年",
        "6月18日，江苏省工业视觉产业联盟成立大会举行，选举南京钟山光电股份有限公司为首届理事长单位。",
        "2020年",
        "3月，联盟会员突破100家。",
        "2023年",
        "5月，联盟换届，苏州吴门机器人有限公司接任理事长单位，会员达到186家。",
        title="联盟大事记-江苏省工业视觉产业联盟",
    )
    (row,) = _rows(alliance.extract(view))
    assert (row["founded"], row["member_count"]) == ("2018-06-18", 186)
    assert row["chair_organisation"] == "苏州吴门机器人有限公司"


def test_the_line_under_a_conference_s_name_is_its_theme() -> None:
    view = _view("智联健康，医路同行", "时间：2023年11月3日", "主办单位：上海医工学会", title="第五届黄浦江AI医疗论坛")
    assert _rows(conference.extract(view))[0]["themes"] == ["智联健康，医路同行"]


def test_an_english_name_may_stand_alone_under_the_name() -> None:
    view = _view(
        "HEFEI LUYANG SPEECH TECHNOLOGY CO., LTD.",
        "合肥庐阳语音科技有限公司成立于2012年5月，总部位于合肥市。",
        title="合肥庐阳语音科技有限公司",
    )
    assert _rows(enterprise.extract(view))[0]["english_name"] == "HEFEI LUYANG SPEECH TECHNOLOGY CO., LTD."


def test_each_group_of_a_sentence_has_its_own_programme() -> None:
    view = _view(
        "教育部公布2021年度本科专业备案结果，我省多所高校榜上有名。其中，新增人工智能专业的有晋南师范大学（工学）、"
        "雁门理工学院（工学）；新增智能科学与技术专业的有太行工业大学（理学）。",
        title="我省3所高校新增本科专业",
    )
    rows = {row["name"]: [one["programme"] for one in row["programmes"]] for row in _rows(university.extract(view))}
    assert rows == {
        "晋南师范大学": ["人工智能"],
        "雁门理工学院": ["人工智能"],
        "太行工业大学": ["智能科学与技术"],
    }


def test_a_space_may_part_labels_from_their_values() -> None:
    view = _view(
        "赣东北智能制造研究院",
        "注册时间　2018.12.3",
        "举办单位　江右光学集团有限公司",
        "主攻方向　光学智能检测",
        title="江右省新型研发机构信息公开",
    )
    (row,) = _rows(new_rd_organisation.extract(view))
    assert (row["name"], row["founded"], row["field"]) == ("赣东北智能制造研究院", "2018-12-03", "光学智能检测")


def test_news_of_a_visit_is_no_policy_though_a_site_prints_its_table() -> None:
    view = _view(
        "索引号：000014349/2023-00123　发布机构：市政府办公室　发布日期：2023-05-06",
        "5月6日，市长李明会见了来访的企业负责人一行，双方就算力中心建设进行了交流。",
        title="市长会见智算企业负责人",
    )
    with pytest.raises(NotARecord):
        policy.extract(view)
