"""Pages of the kind park: every shape of the sandbox and every saved case is read as it should be."""

from pathlib import Path
from typing import Any

import pytest
from kindpages import accuracy, badly_quoted, case_misses, cases, read, records, refused, told

from sandbox.kinds import KindPage

KIND = "park"


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


NAME, WHERE = "廊坊龙河空天信息产业园", "廊坊龙河空天信息产业园位于河北省廊坊市安次区。"
INDUSTRIES = ["卫星应用", "遥感大数据", "无人机"]
OPERATOR, AUTHORITY = "廊坊龙河园区运营管理有限公司", "廊坊龙河空天信息产业园管理委员会"


@pytest.mark.parametrize(
    ("name", "sentence", "expected"),
    [
        ("leading_industries", "“我们只盯3个方向：卫星应用、遥感大数据、无人机。”负责人说。", INDUSTRIES),
        ("leading_industries", "园区立足自身优势，把卫星应用、遥感大数据、无人机作为三大主攻方向。", INDUSTRIES),
        ("leading_industries", "园区将卫星应用、遥感大数据和无人机确定为主导产业，引进企业60家。", INDUSTRIES),
        ("leading_industries", "在产业选择上，园区瞄准的是卫星应用、遥感大数据、无人机。", INDUSTRIES),
        ("leading_industries", "卫星应用、遥感大数据、无人机，这是园区认准的三条赛道。", INDUSTRIES),
        ("leading_industries", "目前，卫星应用、遥感大数据、无人机三大产业集群初具规模。", INDUSTRIES),
        ("leading_industries", "园区招商有侧重，卫星应用、遥感大数据、无人机三类项目优先入园。", INDUSTRIES),
        ("leading_industries", "园区已初步形成卫星应用、遥感大数据、无人机三大特色板块。", INDUSTRIES),
        ("leading_industries", "产业上，园区主要做卫星应用、遥感大数据和无人机。", INDUSTRIES),
        ("leading_industries", "园区重点围绕“卫星应用、遥感大数据、无人机”三条主线招商。", INDUSTRIES),
        ("leading_industries", "园区主导产业有三个，分别是卫星应用、遥感大数据、无人机。", INDUSTRIES),
        ("leading_industries", "园区主导产业：①卫星应用；②遥感大数据；③无人机。", INDUSTRIES),
        ("leading_industries", "园区走“卫星应用+遥感大数据+无人机”的路子，主导产业清晰。", INDUSTRIES),
        ("leading_industries", "入园企业集中在卫星应用、遥感大数据、无人机等领域。", INDUSTRIES),
        ("leading_industries", "其产业定位是发展卫星应用、遥感大数据以及无人机。", INDUSTRIES),
        ("leading_industries", "园区内，卫星应用、遥感大数据、无人机三大产业占比超过八成。", INDUSTRIES),
        ("area_km2", "7.9平方公里的规划范围都在这张图上。", 7.9),
        ("area_km2", "园区规划总面积约7.9平方千米，已开发3平方公里。", 7.9),
        ("area_km2", "规划了7.9平方公里的发展空间。", 7.9),
        ("area_km2", "在7.9平方公里的土地上，塔吊林立。", 7.9),
        ("area_km2", "园区占地11850亩。", 7.9),
        ("area_km2", "园区总规划790公顷，一期200公顷。", 7.9),
        ("area_km2", "规划面积达7.9 km²。", 7.9),
        ("area_km2", "总体规划7.9平方公里，分两期建设。", 7.9),
        ("area_km2", "园区面积7.9平方公里，其中起步区2.1平方公里。", 7.9),
        ("area_km2", "园区东至友谊路，西至龙河，总面积为7.9平方公里。", 7.9),
        ("area_km2", "这片7.9平方公里的园区里，企业有60家。", 7.9),
        ("area_km2", "按照规划，园区控制范围7.9平方公里。", 7.9),
        ("area_km2", "园区范围约790公顷。", 7.9),
        ("area_km2", "园区四至范围内总用地7.9平方公里。", 7.9),
        ("operator", "园区运营方廊坊龙河园区运营管理有限公司的招商负责人李四指着沙盘介绍。", OPERATOR),
        ("operator", "廊坊龙河园区运营管理有限公司是园区的运营商。", OPERATOR),
        ("operator", "园区的日常运营交给了廊坊龙河园区运营管理有限公司。", OPERATOR),
        ("operator", "园区由廊坊龙河园区运营管理有限公司开发建设并运营。", OPERATOR),
        ("operator", "作为园区运营主体，廊坊龙河园区运营管理有限公司建起了一站式服务窗口。", OPERATOR),
        ("operator", "廊坊龙河园区运营管理有限公司承担园区的开发、招商和运营。", OPERATOR),
        ("operator", "负责园区运营的廊坊龙河园区运营管理有限公司总经理张三说，今年任务很重。", OPERATOR),
        ("operator", "廊坊龙河园区运营管理有限公司（园区运营方）负责人介绍说。", OPERATOR),
        ("operator", "园区实行市场化运作，运营管理委托廊坊龙河园区运营管理有限公司实施。", OPERATOR),
        ("operator", "市里成立廊坊龙河园区运营管理有限公司，专门负责园区的建设运营。", OPERATOR),
        ("operator", "园区开发运营主体廊坊龙河园区运营管理有限公司注册资本5亿元。", OPERATOR),
        ("operator", "园区引入廊坊龙河园区运营管理有限公司进行专业化运营。", OPERATOR),
        ("authority", "园区由廊坊龙河空天信息产业园管理委员会负责行政管理和服务。", AUTHORITY),
        ("authority", "廊坊龙河空天信息产业园管理委员会是园区的管理机构。", AUTHORITY),
        ("authority", "廊坊龙河空天信息产业园管理委员会主任王五介绍，园区去年产值30亿元。", AUTHORITY),
        ("authority", "园区管理机构廊坊龙河空天信息产业园管理委员会下设5个局。", AUTHORITY),
        ("authority", "区里设立廊坊龙河空天信息产业园管理委员会，为区政府派出机构。", AUTHORITY),
        ("status", "园区尚处于规划阶段。", "planned"),
        ("status", "园区仍在紧张建设之中。", "under_construction"),
        ("status", "园区已全面建成并投入使用。", "built"),
        ("status", "目前，园区一期主体结构已完工，正进行内部装修。", "under_construction"),
        ("status", "园区自投入运行以来，入驻企业60家。", "built"),
        ("status", "园区还停留在图纸上，征地工作刚刚启动。", "planned"),
        ("status", "园区预计明年年底建成，目前正在打桩。", "under_construction"),
        ("status", "园区早已建成运营。", "built"),
        ("status", "园区现正进行可行性研究。", "planned"),
        ("established", "“我们2020年5月获批设立。”", "2020-05"),
        ("established", "园区于2020年5月经省政府批准设立。", "2020-05"),
        ("established", "园区的历史可以追溯到2020年5月，那时它刚获批。", "2020-05"),
        ("established", "园区诞生于2020年5月。", "2020-05"),
        ("established", "2020年5月，省政府批复同意设立该园区。", "2020-05"),
        ("established", "园区自2020年5月设立以来，引进企业60家。", "2020-05"),
        ("established", "成立于2020年5月的园区，已有企业60家。", "2020-05"),
        ("established", "2020年5月，园区正式挂牌。", "2020-05"),
        ("established", "园区2020年5月开园。", "2020-05"),
    ],
)
def test_a_sentence_says_it_in_any_order(name: str, sentence: str, expected: Any) -> None:
    assert told(KIND, f"探访{NAME}", WHERE, sentence).get(name) == expected


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        (
            "园区概况",
            "泸州长江人工智能与白酒智造产业园位于四川省泸州市江阳区，规划面积12平方公里。",
            {"name": "泸州长江人工智能与白酒智造产业园", "city": "泸州市"},
        ),
        (
            "走进咸宁横沟桥新材料与智能制造产业园",
            "<p>从咸宁市咸安区驱车十分钟，就到了园区。园区规划面积4平方公里。</p>",
            {"name": "咸宁横沟桥新材料与智能制造产业园", "city": "咸宁市"},
        ),
        (
            "合肥市与芜湖高新区签约共建",
            "<p>近日，合肥市与芜湖高新区签约。芜湖高新区位于安徽省芜湖市，规划面积20平方公里，主导产业为汽车。</p>",
            {"name": "芜湖高新区", "city": "芜湖市"},
        ),
        (
            "常州机器人及核心零部件产业园简介",
            "<p>常州机器人及核心零部件产业园地处江苏省常州市武进区，规划面积3平方公里。</p>",
            {"name": "常州机器人及核心零部件产业园", "city": "常州市"},
        ),
        (
            "园区简介",
            "<p>本园全称无锡数字经济和软件创新园，坐落在江苏省无锡市滨湖区，占地500亩。</p>",
            {"name": "无锡数字经济和软件创新园", "city": "无锡市"},
        ),
        (
            "关于我们",
            "<p>无锡量子科技谷（以下简称“园区”）地处无锡市新吴区，占地500亩。</p>",
            {"name": "无锡量子科技谷", "city": "无锡市"},
        ),
        (
            "园区库",
            (
                "<div><h2>咸宁横沟桥新材料产业园</h2><p class=sub>市级\u3000|\u3000咸宁市-咸安区\u3000"
                "|\u3000<span>建设中</span></p><dl><dt>规划用地</dt><dd>6375亩（约4.25平方公里）</dd></dl>"
                "</div>"
            ),
            {
                "name": "咸宁横沟桥新材料产业园",
                "city": "咸宁市",
                "county": "咸安区",
                "status": "under_construction",
                "level": "municipal",
                "area_km2": 4.25,
            },
        ),
        (
            "咸宁横沟桥新材料产业园",
            (
                "<div><p class=tags><span>湖北</span><span>咸宁</span><span>咸安区</span><span>省级园区"
                "</span><span>已投产</span></p><dl><dt>总占地</dt><dd>6375亩</dd></dl></div>"
            ),
            {
                "name": "咸宁横沟桥新材料产业园",
                "city": "咸宁市",
                "county": "咸安区",
                "status": "built",
                "level": "provincial",
                "area_km2": 4.25,
            },
        ),
        (
            "咸宁横沟桥新材料产业园",
            "<div><p>湖北·咸宁·咸安区 / 市级 / 规划中</p><p>园区总面积4.25平方公里，主导产业为陶瓷、玻璃。</p></div>",
            {"city": "咸宁市", "county": "咸安区", "status": "planned", "level": "municipal"},
        ),
    ],
)
def test_names_and_tags_are_read_as_they_stand(title: str, body: str, expected: dict[str, Any]) -> None:
    found = told(KIND, title, body)
    assert {name: found.get(name) for name in expected} == expected
