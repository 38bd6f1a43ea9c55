"""The fields of a page, one by one: labels, dates, agencies, titles, notes, signatures, files, relations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.fields import attachments, body, dates, issuers, metadata, note, numbers, relations, signature, title
from crawlers.fields.labels import labels
from crawlers.relevance import relevance, weights
from crawlers.view import View
from schema.evidence import Origin, Reading


def of(html: str, url: str = "http://www.shili.gov.cn/a/b.html") -> View:
    return View.of(html.encode(), url, "text/html; charset=utf-8")


def pairs(html: str) -> dict[str, str]:
    view = of(html)
    found = metadata.blocks(view, (view.body[1], view.body[1]))
    return {pair.label.property: pair.value for block in found for pair in block.pairs if pair.value}


@pytest.mark.parametrize("printed", ["索引号", "索 引 号：", "索　引　号:", "【索引号】", " 索引号 ： "])
def test_a_label_is_known_whatever_its_spaces_and_colons(printed: str) -> None:
    label = labels().get(printed)
    assert label is not None
    assert label.property == "index_number"


def test_a_label_stands_for_one_property_only() -> None:
    names = list(labels().labels)
    assert len(names) == len(set(names))
    assert labels().get("不是标签") is None


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>索引号：</td><td>A/1</td><td>发布机构：</td><td>市政府</td></tr></table>",
        "<table><tr><th>索引号</th><td>A/1</td></tr><tr><th>发布机构</th><td>市政府</td></tr></table>",
        "<dl><dt>索引号</dt><dd>A/1</dd><dt>发布机构</dt><dd>市政府</dd></dl>",
        "<ul><li>索 引 号：A/1</li><li>发布机构：市政府</li></ul>",
        "<p><b>索引号：</b>A/1 <b>发布机构：</b>市政府</p>",
        "<div><span>索引号</span><span>A/1</span></div><div><span>发布机构</span><span>市政府</span></div>",
        "<div><span>索引号：</span>A/1</div><div><em>发布机构：</em><i>市政府</i></div>",
    ],
)
def test_labels_and_values_are_paired_in_every_shape(html: str) -> None:
    assert pairs(html) == {"index_number": "A/1", "issuers": "市政府"}


def test_an_empty_value_does_not_take_the_next_label() -> None:
    assert pairs("<table><tr><td>文号：</td><td></td><td>索引号：</td><td>A/1</td></tr></table>") == {
        "index_number": "A/1"
    }


def test_an_empty_label_at_the_end_does_not_take_the_first_line_of_the_text() -> None:
    table = "<table><tr><td>文号：</td><td>示发〔2020〕1号</td></tr><tr><td>索引号：</td><td></td></tr></table>"
    assert pairs(table + "<div>关于某事的通知</div>") == {"doc_number": "示发〔2020〕1号"}


def test_labels_on_one_line_part_each_others_values() -> None:
    assert pairs("<p>发布时间：2023-10-23 08:59 浏览次数： 信息来源： 市府办</p>") == {
        "published_date": "2023-10-23 08:59",
        "source": "市府办",
    }


def test_a_label_in_the_middle_of_the_text_is_no_metadata() -> None:
    view = of("<div id='zoom'>" + "<p>正文内容，足够长的一段话。</p>" * 40 + "<p>发布机构：某某单位</p></div>")
    assert metadata.blocks(view, view.body) == []


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("http://a.gov.cn/art/2023/10/23/art_1_2.html", "2023-10-23"),
        ("http://a.gov.cn/zhengce/content/2019-02/13/content_5.htm", "2019-02-13"),
        ("http://a.gov.cn/zw/201909/t20190918_693227.shtml", "2019-09-18"),
        ("http://a.gov.cn/nw1/20210107/abcdef.html", "2021-01-07"),
        ("http://a.gov.cn/columns/x/202310/23/y.html", "2023-10-23"),
        ("http://a.gov.cn/web/20190918101112345/index.shtml", "2019-09-18"),
    ],
)
def test_the_address_dates_a_page_of_every_family(url: str, iso: str) -> None:
    reading = dates.in_url(url)
    assert reading is not None
    assert reading.value == iso
    assert url[slice(*reading.spans[0])] == reading.raw


@pytest.mark.parametrize("url", ["", "http://a.gov.cn/art_1229283449_2493752.html", "http://a.gov.cn/2023/45/67/"])
def test_an_address_without_a_day_gives_none(url: str) -> None:
    assert dates.in_url(url) is None


@pytest.mark.parametrize("separator", ["、", "，", "；", " ", "\u3000", "\n"])
def test_joint_agencies_are_kept_as_printed_one_by_one(separator: str) -> None:
    view = View.of(f"省工信厅{separator}省财政厅".encode(), "", "text/plain")
    assert [r.value for r in issuers.split(view, (0, len(view.text)), Origin.TABLE)] == ["省工信厅", "省财政厅"]


def test_a_title_beginning_with_an_agency_names_the_issuer() -> None:
    heading = "示例省人民政府办公厅关于加快发展的通知"
    reading = Reading(heading, heading, Origin.TITLE, ((0, len(heading)),))
    assert [r.value for r in issuers.in_title(reading)] == ["示例省人民政府办公厅"]


@pytest.mark.parametrize(
    ("name", "media"), [("新华社", True), ("示例日报", True), ("中国政府网", True), ("市政府", False)]
)
def test_a_source_is_a_site_or_an_authority(name: str, media: bool) -> None:
    assert issuers.is_media(name) is media


def test_the_signature_before_the_annex_counts() -> None:
    lines = [
        "各单位：",
        "现将方案印发给你们。",
        "示例市人民政府办公室",
        "2023年1月5日",
        "附件",
        "示例市财政局",
        "2024年2月2日",
    ]
    view = View.of("\n".join(lines).encode(), "", "text/plain")
    names, day = signature.read(view, view.lines)
    assert [name.value for name in names] == ["示例市人民政府办公室"]
    assert day is not None
    assert day.value == "2023-01-05"


def test_a_note_tells_adoption_publication_and_force_apart() -> None:
    text = "（2017年11月1日国务院第100次常务会议通过 2018年1月2日国务院令第699号公布 自2018年3月1日起施行）"
    view = View.of(f"某某条例\n{text}\n第一条".encode(), "", "text/plain")
    found = {name: reading.value for name, reading in note.in_note(view, view.lines).items()}
    assert found == {
        "written_date": "2017-11-01",
        "published_date": "2018-01-02",
        "effective_date": "2018-03-01",
        "doc_number": "国务院令第699号",
    }


def test_a_number_that_is_cited_is_not_the_documents_own() -> None:
    view = View.of("根据国发〔2017〕35号文件精神，制定本办法。\n示政发〔2018〕2号".encode(), "", "text/plain")
    reading = numbers.under_title(view, view.lines)
    assert reading is not None
    assert reading.value == "示政发〔2018〕2号"


@pytest.mark.parametrize(
    ("tag", "heading"),
    [
        ("关于某项工作的通知_示例市人民政府", "关于某项工作的通知"),
        ("关于某项工作的通知 - 政策文件 - 示例网", "关于某项工作的通知"),
        ("关于2021-2023年工作的通知", "关于2021-2023年工作的通知"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(tag: str, heading: str) -> None:
    view = of(f"<html><head><title>{tag}</title></head><body><p>正文</p></body></html>")
    reading = title.on_page(view, view.body[1])
    assert reading is not None
    assert reading.value == heading


def test_a_title_printed_on_two_lines_is_one_title() -> None:
    view = of("<title>关于印发某项规划的通知</title><h1>关于印发某项<br>规划的通知</h1><p>正文</p>")
    reading = title.on_page(view, view.body[1])
    assert reading is not None
    assert (reading.value, reading.raw) == ("关于印发某项规划的通知", "关于印发某项\n规划的通知")


def test_the_known_container_is_the_text_and_tools_in_it_are_not() -> None:
    view = of(
        "<div>菜单，很长的一段文字。</div><div class='TRS_Editor'><p>"
        + "正文一段话，内容。" * 8
        + "</p><p>打印 关闭</p></div>"
    )
    found = body.read(view, containers=True)
    assert found.known
    assert view.slice(found.spans) == "正文一段话，内容。" * 8


@given(
    st.lists(
        st.sampled_from(["<p>一段文字，足够长的句子在这里。</p>", "<a href='/'>链接</a>", "<p>短</p>", "<td>格"]),
        max_size=30,
    )
)
def test_the_spans_of_a_text_are_in_order_and_within_the_body(parts: list[str]) -> None:
    view = of("".join(parts))
    last = view.body[0]
    for start, end in body.read(view, containers=True).spans:
        assert last <= start < end <= view.body[1]
        last = end


def test_an_attachment_is_found_once_with_its_absolute_address() -> None:
    view = of("<p><a href='../f/1.PDF'>附件1</a><a href='../f/1.PDF'>附件1</a><a href='/x.html'>无关</a></p>")
    assert [r.value for r in attachments.read(view, lambda _: True)] == [
        {"name": "附件1", "url": "http://www.shili.gov.cn/f/1.PDF"}
    ]


def test_a_broken_address_is_no_attachment_and_no_error() -> None:
    assert attachments.read(of("<a href='http://[x.pdf'>附件</a>"), lambda _: True) == []


@pytest.mark.parametrize(
    ("heading", "relation"),
    [
        ("《某某规划》解读", {"explains": "某某规划"}),
        ("一图读懂《某某规划》", {"explains": "某某规划"}),
        ("关于《某某条例（征求意见稿）》公开征求意见的通知", {"draft_of": "某某条例"}),
        ("关于印发《某某规划》的通知", None),
    ],
)
def test_a_title_relates_a_document_to_another(heading: str, relation: dict[str, str] | None) -> None:
    # The target's name must be long enough to be one.
    heading = heading.replace("某某", "示例市智能经济")
    view = View.of(heading.encode(), "", "text/plain")
    reading = relations.read(view, Reading(heading, heading, Origin.TITLE, ((0, len(heading)),)), (0, 0), None, "")
    wanted = {kind: name.replace("某某", "示例市智能经济") for kind, name in relation.items()} if relation else None
    assert (reading.value if reading else None) == wanted


def test_relevance_grows_with_words_and_is_nothing_without_them() -> None:
    about = "推动人工智能与机器人产业发展。"
    other = "做好防汛抗旱工作。"
    score = relevance(about, "关于人工智能的通知", ((0, len(about)),))
    assert relevance(other, "关于防汛的通知", ((0, len(other)),)).value == 0
    assert 0.5 < score.value < 1
    assert {about[start:end] for start, end in score.spans} == {"人工智能", "机器人"}


@given(st.lists(st.sampled_from(["人工智能", "大数据", "，", "智能", "其他"]), max_size=60))
def test_relevance_is_never_outside_zero_and_one(words: list[str]) -> None:
    text = "".join(words)
    assert 0 <= relevance(text, text, ((0, len(text)),)).value <= 1
    assert weights().half > 0
