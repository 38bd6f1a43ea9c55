"""Pages of the kind alliance: every shape of the sandbox and every saved case is read as it should be."""

from pathlib import Path
from typing import Any

import pytest
from kindpages import accuracy, badly_quoted, case_misses, cases, read, records, refused, told

from sandbox.kinds import KindPage

KIND = "alliance"


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


NAME, SHORT = "河北省钢铁行业智能制造产业技术创新联盟", "河北钢智联盟"
FIRM, SCHOOL, LAB = "唐山冀钢数智科技有限公司", "渤海冶金大学", "河北省冶金自动化研究院"
INTRODUCED = f"{NAME}（以下简称“{SHORT}”）是行业性非营利组织。"


@pytest.mark.parametrize(
    "title",
    [
        f"一起向未来丨{SHORT}今天成立啦！",
        f"喜报｜{SHORT}正式成立",
        f"【重磅】{SHORT}来了",
        f"{SHORT}揭牌 钢铁智造有了“国家队”",
        f"刚刚，{SHORT}成立！",
        f"官宣！{SHORT}今日揭牌",
    ],
)
def test_a_short_name_in_the_heading_and_a_day_that_is_today(title: str) -> None:
    found = told(KIND, title, f"今天上午，{NAME}（以下简称“{SHORT}”）在唐山正式揭牌成立。")
    assert (found["name"], found["short_name"], found["founded"]) == (NAME, SHORT, "2023-05-06")


@pytest.mark.parametrize(
    ("name", "sentence", "expected"),
    [
        ("founded", f"昨日，{NAME}在唐山成立。", "2023-05-05"),
        ("founded", f"5月5日下午，{NAME}成立大会在唐山举行。", "2023-05-05"),
        ("founded", f"4日上午，{NAME}在唐山宣告成立。", "2023-05-04"),
        ("founded", f"本月3日，{NAME}在唐山成立。", "2023-05-03"),
        ("founded", f"今年4月28日，{NAME}在唐山成立。", "2023-04-28"),
        ("founded", f"去年11月，{NAME}在唐山成立。", "2022-11"),
        ("founded", f"{NAME}成立于2019年11月8日，秘书处设在唐山。", "2019-11-08"),
        ("founded", f"2019年11月8日，在省科技厅指导下，{NAME}正式挂牌。", "2019-11-08"),
        ("founded", f"{NAME}自2019年11月8日成立以来，已发展会员64家。", "2019-11-08"),
        ("founded", f"{NAME}于2019年11月8日召开成立大会。", "2019-11-08"),
        ("founded", f"{NAME}诞生于2019年11月8日。", "2019-11-08"),
        ("founded", f"上月28日，{NAME}在唐山成立。", "2023-04-28"),
        ("founded", f"前天，{NAME}在唐山成立。", "2023-05-04"),
        ("initiators", f"联盟由{FIRM}、{SCHOOL}、{LAB}共同发起。", [FIRM, SCHOOL, LAB]),
        ("initiators", f"{FIRM}、{SCHOOL}和{LAB}是联盟的发起单位。", [FIRM, SCHOOL, LAB]),
        ("initiators", f"联盟的发起者包括{FIRM}、{SCHOOL}以及{LAB}。", [FIRM, SCHOOL, LAB]),
        ("initiators", f"联盟发起方为{FIRM}、{SCHOOL}、{LAB}三家单位。", [FIRM, SCHOOL, LAB]),
        ("initiators", f"作为联盟发起单位，{FIRM}、{SCHOOL}、{LAB}将共建实验室。", [FIRM, SCHOOL, LAB]),
        ("initiators", f"由{FIRM}牵头，联合{SCHOOL}、{LAB}共同发起成立。", [FIRM, SCHOOL, LAB]),
        ("initiators", f"在{FIRM}、{SCHOOL}、{LAB}的倡议下，联盟应运而生。", [FIRM, SCHOOL, LAB]),
        ("initiators", f"{FIRM}联合{SCHOOL}、{LAB}发起组建了联盟。", [FIRM, SCHOOL, LAB]),
        ("initiators", f"联盟是由{FIRM}、{SCHOOL}、{LAB}等单位发起成立的。", [FIRM, SCHOOL, LAB]),
        ("initiators", f"{FIRM}、{SCHOOL}、{LAB}三家单位作为发起人代表上台揭牌。", [FIRM, SCHOOL, LAB]),
        ("secretariat", f"联盟秘书处设在{LAB}。", LAB),
        ("secretariat", f"秘书处单位为{LAB}。", LAB),
        ("secretariat", f"{LAB}承担秘书处日常工作。", LAB),
        ("secretariat", f"联盟的秘书处挂靠{LAB}。", LAB),
        ("secretariat", f"秘书处由{LAB}承担。", LAB),
        ("secretariat", f"{LAB}为联盟秘书处所在单位。", LAB),
        ("secretariat", f"日常事务由秘书处（{LAB}）负责。", LAB),
        ("secretariat", f"联盟办公室（秘书处）落在{LAB}。", LAB),
        ("secretariat", f"联盟在{LAB}设秘书处。", LAB),
        ("secretariat", f"联盟秘书处依托{LAB}建立。", LAB),
        ("secretariat", f"联盟挂靠单位是{LAB}。", LAB),
        ("chair_organisation", f"{FIRM}当选首届理事长单位。", FIRM),
        ("chair_organisation", f"联盟理事长单位为{FIRM}。", FIRM),
        ("chair_organisation", f"会上选举{FIRM}为理事长单位。", FIRM),
        ("chair_organisation", f"{FIRM}担任联盟理事长单位，{SCHOOL}担任副理事长单位。", FIRM),
        ("chair_organisation", f"首届理事长单位由{FIRM}担任。", FIRM),
        ("chair_organisation", f"{FIRM}被推选为首任理事长单位。", FIRM),
        ("chair_organisation", f"大会一致推举{FIRM}出任理事长单位。", FIRM),
        ("chair_organisation", f"副理事长单位为{SCHOOL}，理事长单位为{FIRM}。", FIRM),
        ("member_count", "截至目前，已有64家单位加入联盟。", 64),
        ("member_count", "联盟现有成员单位64家。", 64),
        ("member_count", "联盟汇聚了64家企业、高校和科研院所。", 64),
        ("member_count", "联盟成员已达64家。", 64),
        ("member_count", "联盟会员单位由成立之初的20家发展到64家。", 64),
        ("member_count", "64家单位成为首批成员。", 64),
        ("member_count", "首批成员共64家。", 64),
        ("member_count", "联盟目前拥有会员64个。", 64),
        ("member_count", "加入联盟的单位有64家。", 64),
        ("member_count", "联盟“朋友圈”扩大到64家。", 64),
        ("member_count", "联盟成员单位总数64家，其中企业50家。", 64),
        ("member_count", "联盟吸纳了64家会员。", 64),
        ("member_count", "联盟的64家成员单位覆盖全产业链。", 64),
        ("member_count", "共有64家成员单位。", 64),
        ("member_count", "64家企事业单位入盟。", 64),
        (
            "initiators",
            (
                f"<p>联盟的发起单位是：</p><p><span>▶</span> {FIRM}</p><p><span>▶"
                f"</span> {SCHOOL}</p><p><span>▶</span> {LAB}</p>"
            ),
            [FIRM, SCHOOL, LAB],
        ),
        ("initiators", f"<h3>谁发起的？</h3><p>{FIRM}</p><p>{SCHOOL}</p><p>{LAB}</p>", [FIRM, SCHOOL, LAB]),
        (
            "initiators",
            f"<p>发起单位如下：</p><ul><li>{FIRM}</li><li>{SCHOOL}</li><li>{LAB}</li></ul>",
            [FIRM, SCHOOL, LAB],
        ),
        ("initiators", f"<p>首批发起单位名单：{FIRM}、{SCHOOL}、{LAB}</p>", [FIRM, SCHOOL, LAB]),
    ],
)
def test_a_sentence_or_a_list_says_it_in_any_order(name: str, sentence: str, expected: Any) -> None:
    lead = [] if name == "founded" else [INTRODUCED]
    assert told(KIND, f"{NAME}成立", *lead, sentence).get(name) == expected
