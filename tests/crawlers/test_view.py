"""The linear text of a document and the places of its elements in it."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.view import View

TAGS = st.sampled_from(
    ["p", "div", "span", "b", "td", "tr", "table", "li", "ul", "br", "pre", "script", "a", "title", "dl"]
)
HTML = st.recursive(
    st.text(alphabet="中文ab \t\n\xa0\u3000&<", max_size=8),
    lambda inner: st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=4)),
    max_leaves=20,
)


def of(html: str) -> View:
    return View.of(html.encode(), "http://example.org/", "text/html; charset=utf-8")


@given(HTML)
def test_every_span_lies_inside_its_parents(html: str) -> None:
    view = of(f"<body>{html}</body>")
    for element in view.elements:
        start, end = view.span(element)
        assert 0 <= start <= end <= len(view.text)
        parent = element.getparent()
        if parent is not None and element.tag != "title" and parent.tag != "head":
            low, high = view.span(parent)
            assert low <= start
            assert end <= high


@given(HTML)
def test_the_same_bytes_give_the_same_text(html: str) -> None:
    assert of(html).text == of(html).text


@given(HTML)
def test_lines_are_not_empty_and_hold_no_line_break(html: str) -> None:
    view = of(html)
    for start, end in view.lines:
        assert start < end
        assert "\n" not in view.text[start:end]


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(body: bytes) -> None:
    View.of(body, "")


def test_title_meta_and_body_stand_in_this_order() -> None:
    view = of('<html><head><meta name="PubDate" content="2023-01-05"><title> a\n b </title></head><body>c<p>d</p>')
    assert view.text == "a b\nPubDate: 2023-01-05\nc\nd"
    assert view.slice([view.title]) == "a b"
    assert view.slice([view.body]) == "c\nd"


def test_a_meta_tag_is_read_by_name_or_property_with_its_place() -> None:
    view = of('<meta NAME=" ArticleTitle" content=" 关于 x "><meta property="og:title" content="y"><meta name="n">')
    assert [(name, content) for name, content, _ in view.meta] == [("articletitle", "关于 x"), ("og:title", "y")]
    assert [view.slice([span]) for _, _, span in view.meta] == ["关于 x", "y"]


def test_blocks_rows_and_breaks_are_lines_and_cells_are_parted_by_tabs() -> None:
    view = of(
        "<div>a<br>b<i>c</i></div><table><tr><td><p>d</p></td><td><p>e</p>f</td></tr><tr><td>g</td></tr></table>h"
    )
    assert view.text == "a\nbc\nd\te\nf\ng\nh"


def test_white_space_is_collapsed_but_the_full_width_space_is_kept() -> None:
    assert of("<p> a \n\t b&nbsp;&nbsp;c\u3000d </p>").text == "a b c\u3000d"


def test_scripts_styles_and_comments_are_left_out() -> None:
    assert of("<style>x</style><p>a<!-- b --></p><script>var c = 1;</script>").text == "a"


def test_a_script_that_holds_json_is_kept_behind_the_body() -> None:
    view = of('<p>a</p><script>window.x = {"title": "b"};</script>')
    assert view.text == 'a\n{"title": "b"}'
    assert view.slice(view.data) == '{"title": "b"}'
    assert view.slice([view.body]) == "a"


def test_an_element_is_quoted_with_all_that_is_in_it() -> None:
    view = of("<div>a<p>b<b>c</b></p>d</div>")
    assert view.tree is not None
    assert [view.said(element) for element in view.tree.iter("p", "b")] == ["bc", "c"]


@pytest.mark.parametrize(
    ("body", "content_type", "media"),
    [
        (b'{"a": "<p>x</p>"}', None, "json"),
        (b"[1]", "application/json", "json"),
        (b"<?xml version='1.0'?><a>b</a>", None, "xml"),
        (b"a < b", "text/plain", "plain"),
    ],
)
def test_other_media_are_their_decoded_text(body: bytes, content_type: str | None, media: str) -> None:
    view = View.of(body, "", content_type)
    assert (view.text, view.tree, view.media) == (body.decode(), None, media)


def test_entities_of_a_document_type_are_not_expanded() -> None:
    view = of('<!DOCTYPE html [<!ENTITY a "bomb"><!ENTITY f SYSTEM "file:///etc/passwd">]><p>x&a;&f;</p>')
    assert "bomb" not in view.slice([view.lines[-1]]).replace("&a;", "")
    assert "root:" not in view.text


@pytest.mark.parametrize("depth", [300, 100_000])
def test_a_deeply_nested_page_keeps_its_text(depth: int) -> None:
    view = of("<div>" * depth + "正文" + "</div>" * depth + "<p>之后</p>")
    assert "正文" in view.text
    assert "之后" in view.text


@pytest.mark.parametrize("piece", ["<p>abc</p>", "<td>x", "<a href=x.pdf>y</a>", "<", "&nbsp;", "<table><tr>"])
def test_work_grows_with_the_size_of_the_page_only(piece: str) -> None:
    def calls(times: int) -> int:
        """How many functions are called, of Python's and of C's: what a clock would say, whatever else runs."""
        counted = 0

        def count(_frame: object, event: str, _said: object) -> None:
            nonlocal counted
            counted += event in {"call", "c_call"}

        body = (piece * times).encode()
        sys.setprofile(count)
        try:
            View.of(body, "", "text/html; charset=utf-8")
        finally:
            sys.setprofile(None)
        return counted

    assert calls(8_000) < calls(1_000) * 8 * 1.5
