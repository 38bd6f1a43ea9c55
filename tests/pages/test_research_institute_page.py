"""Pages of the kind research_institute: every shape of the sandbox is read as it should be, cell by cell."""

import pytest
from kindpages import told
from registerpages import accuracy, badly_quoted, read, records, refused

from crawlers.pages.research_institute import extract
from crawlers.view import View
from sandbox.kinds import KindPage

KIND = "research_institute"


def named(page: KindPage) -> str:
    return f"{page.shape}-{page.url.rpartition('_')[2]}"


def test_every_cell_of_every_shape_is_read() -> None:
    found, misses, extra = accuracy(KIND)
    assert all(score >= 0.99 for score in found.values()), misses
    assert {shape for shape, _ in extra} <= {"14_paragraph_groups"}  # it prints more names than facts


@pytest.mark.parametrize("page", records(KIND), ids=named)
def test_every_value_is_printed_at_the_place_it_names(page: KindPage) -> None:
    assert badly_quoted(KIND, page) == []


@pytest.mark.parametrize("page", refused(KIND), ids=named)
def test_a_page_that_is_none_is_refused(page: KindPage) -> None:
    assert read(KIND, page)[2] == []


@pytest.mark.parametrize("page", records(KIND), ids=named)
def test_each_thing_of_a_page_has_a_key_of_its_own(page: KindPage) -> None:
    found = read(KIND, page)[2]
    keys = [one.item for one in found]
    assert len(set(keys)) == len(keys)
    assert all(keys) == isinstance(page.expected, list)


def page(title: str, rows: list[list[str]], before: str = "") -> View:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    body = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{before}<table>{lines}</table></body></html>"
    )
    return View.of(body.encode(), "https://a.cn/1.html")


HEAD = ["序号", "机构名称", "所在地", "成立时间"]
ROWS = [["1", "甲技术研究所", "安徽省合肥市", "1956年10月"], ["2", "乙技术研究所", "北京市海淀区", "1960"]]


def test_a_key_stays_when_rows_move() -> None:
    one, other = (extract(page("院属单位", [HEAD, *rows])) for rows in (ROWS, ROWS[::-1]))
    assert isinstance(one, list)
    assert isinstance(other, list)
    assert {each.item: each.value("founded") for each in one} == {each.item: each.value("founded") for each in other}


def test_two_of_one_name_are_told_apart_by_their_place() -> None:
    found = extract(page("院属单位", [HEAD, ROWS[0], ["2", "甲技术研究所", "江苏省南京市", "1960"]]))
    assert isinstance(found, list)
    assert [each.item for each in found] == ["甲技术研究所|合肥市", "甲技术研究所|南京市"]


def test_the_year_of_a_directory_is_no_year_of_recognition() -> None:
    found = extract(page("2023年院属单位一览", [HEAD, *ROWS]))
    assert isinstance(found, list)
    assert all("recognised_year" not in each.fields for each in found)


NAME, PARENT = "山西省煤机智能控制研究所", "山西省煤炭科学研究院"
FOUNDED, PLACED = f"{NAME}成立于1991年11月，隶属于{PARENT}。", f"{NAME}位于山西省大同市，成立于1991年11月。"


@pytest.mark.parametrize(
    ("name", "sentence", "expected"),
    [
        ("parent", f"{NAME}是{PARENT}的下属机构。", PARENT),
        ("parent", f"研究所隶属{PARENT}管理。", PARENT),
        ("parent", f"该所为{PARENT}所属公益二类事业单位。", PARENT),
        ("parent", f"作为{PARENT}的二级机构，研究所承担行业共性技术研究。", PARENT),
        ("parent", f"研究所归{PARENT}管。", PARENT),
        ("parent", f"上级主管部门为{PARENT}。", PARENT),
        ("parent", f"{PARENT}是其主管单位。", PARENT),
        ("parent", f"研究所的前身是省机械厅下设的测量室，现隶属于{PARENT}。", PARENT),
        ("parent", f"2003年，研究所整建制划入{PARENT}。", PARENT),
        ("parent", f"研究所行政上隶属{PARENT}，业务上接受省科技厅指导。", PARENT),
        ("parent", f"在{PARENT}的领导下，研究所建起了三个实验室。", PARENT),
        ("parent", f"研究所系{PARENT}直属科研单位。", PARENT),
        ("parent", f"研究所挂牌在{PARENT}名下，编制60人。", PARENT),
        ("parent", f"研究所人财物由{PARENT}统一管理。", PARENT),
        ("parent", f"作为{PARENT}直属的研究机构，研究所拥有职工96人。", PARENT),
        ("founded", f"{NAME}创建于1991年11月，位于大同市，隶属于{PARENT}。", "1991-11"),
        ("founded", f"1991年11月，经省政府批准，{NAME}在大同市成立，隶属于{PARENT}。", "1991-11"),
        ("founded", f"{NAME}始建于1991年，隶属于{PARENT}。", "1991"),
        ("founded", f"{NAME}1991年11月建所，隶属于{PARENT}。", "1991-11"),
        ("founded", f"{NAME}诞生于1991年11月，隶属于{PARENT}。", "1991-11"),
        ("founded", f"{NAME}的历史始于1991年11月，隶属于{PARENT}。", "1991-11"),
        ("founded", f"{NAME}（1991年11月成立）隶属于{PARENT}。", "1991-11"),
        ("founded", f"自1991年11月成立以来，{NAME}隶属于{PARENT}。", "1991-11"),
        ("founded", f"{NAME}建所于一九九一年十一月，隶属于{PARENT}。", "1991-11"),
        ("founded", f"{NAME}于1991年11月经批准组建，隶属于{PARENT}。", "1991-11"),
        ("field", "研究所主攻煤机智能控制方向。", "煤机智能控制"),
        ("field", "研究所主要从事煤机智能控制研究与技术开发。", "煤机智能控制"),
        ("field", "研究所长期致力于煤机智能控制技术研发。", "煤机智能控制"),
        ("field", "研究所的研究方向是煤机智能控制。", "煤机智能控制"),
        ("field", "研究所以煤机智能控制为主攻方向。", "煤机智能控制"),
        ("field", "研究所专门研究煤机智能控制。", "煤机智能控制"),
        ("field", "研究所的主业是煤机智能控制。", "煤机智能控制"),
        ("field", "研究所开展煤机智能控制领域的基础研究。", "煤机智能控制"),
        ("field", "煤机智能控制是研究所的主要研究方向。", "煤机智能控制"),
        ("field", "研究所的强项在煤机智能控制。", "煤机智能控制"),
        ("field", "研究所瞄准煤机智能控制这一方向攻关。", "煤机智能控制"),
        ("field", "研究所在煤机智能控制领域耕耘三十余年。", "煤机智能控制"),
        ("city", "研究所总部设在大同市。", "大同市"),
        ("city", "研究所坐落在大同市平城区。", "大同市"),
        ("city", "研究所地址：大同市平城区西环路1号。", "大同市"),
        ("city", "研究所办公地点位于山西大同。", "大同市"),
        ("city", "研究所的驻地是大同市。", "大同市"),
        ("city", "研究所就建在大同市平城区。", "大同市"),
        ("city", "研究所扎根大同市三十余年。", "大同市"),
        ("city", "走进位于大同市的研究所，机器轰鸣。", "大同市"),
        ("city", "研究所所在的大同市是煤都。", "大同市"),
        ("city", "研究所在大同、太原两地办公，本部在大同市。", "大同市"),
    ],
)
def test_a_sentence_says_it_in_any_order(name: str, sentence: str, expected: str) -> None:
    lead = {"parent": [PLACED], "founded": []}.get(name, [FOUNDED])
    assert told(KIND, f"{NAME}简介", *lead, sentence).get(name) == expected


@pytest.mark.parametrize("cell", ["th", "td"])
def test_a_card_of_labels_with_wide_values_is_no_list(cell: str) -> None:
    wide = "".join(
        f"<tr><{cell}>{label}</{cell}><td colspan=3>{value}</td></tr>"
        for label, value in (
            ("单位名称", NAME),
            ("宗旨和业务范围", "开展煤机研究；相关服务。"),
            ("住所", "大同市平城区西环路1号"),
        )
    )
    rest = f"<tr><{cell}>举办单位</{cell}><td>{PARENT}</td><{cell}>经费来源</{cell}><td>财政补助</td></tr>"
    found = told(KIND, "事业单位法人公示信息", f"<h3>{NAME}</h3><table>{wide}{rest}</table>")
    assert (found["name"], found["parent"], found["city"]) == (NAME, PARENT, "大同市")
