"""Articles: which part of a page is the text, when it appeared, who wrote it."""

import pytest

from crawlers.pages.article import extract
from crawlers.view import View
from schema.evidence import Extraction

PARAGRAPHS = [
    "昨日，本市举行人工智能产业对接活动，数十家企业参加，现场签约项目十二个，总投资超过百亿元。",
    "据介绍，这些项目涉及芯片、算法、机器人等领域，建成后将进一步完善产业链条，带动就业。",
    "与会专家表示，发展智能经济，关键在于场景开放和数据流通，企业应当加强协作，共同培育市场。",
]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
MENU = '<div><a href="/">首页</a> <a href="/n">新闻</a> <a href="/s">体育</a> <a href="/e">娱乐</a></div>'


def read(body: str, head: str = "<title>产业对接活动举行_示例网</title>", charset: str = "utf-8") -> Extraction:
    html = f"<html><head>{head}</head><body>{MENU}<h1>产业对接活动举行</h1>{body}</body></html>"
    return extract(View.of(html.encode(charset), ""))


def test_the_text_is_the_paragraphs_without_menu_title_and_footer() -> None:
    found = read(TEXT + "<div>版权所有 示例网 京ICP备00000000号</div>")
    assert found.value("text") == "\n".join(PARAGRAPHS)
    assert found.value("title") == "产业对接活动举行"


def test_a_page_laid_out_by_tables_and_breaks_is_read_too() -> None:
    lines = "<br><br>".join(PARAGRAPHS)
    found = read(f"<table><tr><td>{MENU}</td><td><font>{lines}</font></td></tr></table>", charset="gb18030")
    assert found.value("text") == "\n".join(PARAGRAPHS)


def test_what_readers_answer_is_not_the_text() -> None:
    answers = "<p>楼上说得对，我也是这么想的，支持一下，希望早日建成！</p>" * 30
    found = read(TEXT + f"<div>共有 30 条评论</div>{answers}")
    assert found.value("text") == "\n".join(PARAGRAPHS)


def test_a_short_heading_inside_the_text_is_kept() -> None:
    found = read(f"<div><p>{PARAGRAPHS[0]}</p><p>项目情况</p><p>{PARAGRAPHS[1]}</p><p>特此报道</p></div>")
    assert "项目情况" in found.value("text")
    assert found.value("text").endswith("特此报道")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("发布时间：2021-03-04 10:20 来源：示例日报", "2021-03-04"),
        ("2005年3月11日12:12 来源：示例网", "2005-03-11"),
        ("Posted on March 4, 2021 by admin", "2021-03-04"),
        ("5/30/2005 9:23:57 PM", "2005-05-30"),
    ],
)
def test_the_date_is_the_one_beside_the_title(line: str, day: str) -> None:
    menu = "<p>今天是2022年12月31日</p>"
    text = TEXT.replace("昨日", "2020年1月2日")
    assert read(f"{menu}<p>{line}</p>{text}").value("date") == day


def test_a_date_under_the_text_is_taken_when_there_is_none_above() -> None:
    assert read(TEXT + "<p>发表于 2005年09月07日 11:57</p>").value("date") == "2005-09-07"


def test_the_meta_tag_dates_a_page_that_prints_no_date() -> None:
    meta = '<title>产业对接活动举行</title><meta property="article:published_time" content="2022-02-06T12:48:06+08:00">'
    assert read(TEXT, meta).value("date") == "2022-02-06"


def test_a_page_without_a_date_has_none() -> None:
    assert read(TEXT).value("date") is None


@pytest.mark.parametrize(
    ("printed", "author"),
    [
        ("<p>作者：张三丰 来源：示例报</p>", "张三丰"),
        ("<p>（记者 李晓明）</p>", "李晓明"),
        ("<p>本报记者 王小二 赵大力</p>", "王小二 赵大力"),
        ("<p>责任编辑：陈建国</p>", "陈建国"),
    ],
)
def test_the_author_is_named_beside_the_text(printed: str, author: str) -> None:
    assert read(TEXT + printed).value("author") == author


def test_every_value_is_printed_at_the_place_it_names() -> None:
    html = f"<title>产业对接活动举行</title><p>2021-03-04 10:20 作者：张三丰</p>{TEXT}"
    view = View.of(html.encode(), "")
    extraction = extract(view)
    assert set(extraction.fields) == {"title", "date", "author", "text"}
    for readings in extraction.fields.values():
        for reading in readings:
            assert view.slice(reading.spans) == reading.raw


def test_an_empty_page_says_nothing() -> None:
    assert extract(View.of(b"", "")).fields == {}
