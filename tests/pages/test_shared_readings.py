"""What the readers of all kinds share: names in running text, blocks of a page, figures, data of scripts."""

import pytest

from crawlers.fields import blocks, figures, institutes, mentions, structured
from crawlers.fields.institute_pairs import HINTS
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.fields.vocabulary import vocabulary
from crawlers.view import View

KIND = "research_institute"


def _stated(body: str) -> Statements:
    return Statements(Sheet(View.of(f"<html><body>{body}</body></html>".encode(), "https://a.test/")), vocabulary(KIND))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会上，甲乙机器人有限公司继续当选理事长单位", ["甲乙机器人有限公司"]),
        ("由东海大学与华为技术有限公司联合组建", ["东海大学", "华为技术有限公司"]),
        ("现为浙江省交通投资集团有限公司下属院所", ["浙江省交通投资集团有限公司"]),
        ("中国科学院国家授时中心", ["中国科学院国家授时中心"]),
        ("星湾视界（厦门）科技股份有限公司（简称星湾）", ["星湾视界（厦门）科技股份有限公司"]),
        ("该公司与有关高等院校、科研机构合作", []),
    ],
)
def test_organisations_are_found_in_sentences(text: str, expected: list[str]) -> None:
    assert [text[slice(*one)] for one in mentions.find(text, (0, len(text)))] == expected


@pytest.mark.parametrize(
    "row",
    [
        "<h4>{n}</h4><p>成立时间：{d}</p>",
        "<table><tr><td colspan=2>{n}</td></tr><tr><td>成立时间</td><td>{d}</td></tr></table>",
        "<div><b>1. {n}</b><div><i>成立时间：{d}</i><i>所在城市：合肥市</i></div></div>",
        "<h3>{n}</h3><p>{d}成立，位于合肥市。</p>",
    ],
)
def test_a_block_begins_with_a_name_and_says_what_the_others_say(row: str) -> None:
    body = "".join(row.format(n=n, d=d) for n, d in (("甲水声研究所", "1988年6月"), ("乙光学研究院", "2001年5月")))
    stated = _stated(body)
    found = blocks.read(stated, lambda text: institutes.is_name(text, KIND), HINTS[KIND])
    assert [stated.text[slice(*name)] for name, _ in found] == ["甲水声研究所", "乙光学研究院"]


def test_a_list_of_names_alone_has_no_blocks() -> None:
    stated = _stated("<p>甲水声研究所</p><p>乙光学研究院</p>")
    assert not blocks.read(stated, lambda text: institutes.is_name(text, KIND), HINTS[KIND])


def test_figures_stand_above_their_names() -> None:
    tile = '<div><p class="n">{}</p><p class="t">{}</p></div>'
    sheet = _stated(tile.format("2010年", "公司成立") + tile.format("佛山", "总部所在地")).sheet
    found = {pair.label: sheet.view.text[slice(*pair.value)] for pair in figures.tiles(sheet)}
    assert found == {"公司成立": "2010年", "总部所在地": "佛山"}


def test_data_of_scripts_says_what_its_keys_do_but_not_of_publishers() -> None:
    page = '<script type="application/ld+json">{}</script><p>某</p>'
    address = '"address": {"addressLocality": "沈阳市"}'
    company = f'{{"@type": "Corporation", "name": "甲有限公司", "foundingDate": "2006-03", {address}}}'
    view = View.of(page.format(company).encode(), "https://a.test/")
    found = {prop: view.text[slice(*span)] for _, prop, span in structured.read(view, vocabulary("enterprise").names)}
    assert found == {"legal_name": "甲有限公司", "founded": "2006-03", "city": "沈阳市"}
    publisher = View.of(
        page.format('{"@type": "Organization", "name": "某网", "url": "a.test"}').encode(), "https://a.test/"
    )
    assert not list(structured.read(publisher, vocabulary("enterprise").names))
