"""The charset that a page really has, whatever it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.charset import UNKNOWN, decode

TEXT = "<p>关于促进人工智能产业发展的通知，各区人民政府要认真贯彻执行，不得有误。在这里的人们说了是的。</p>"


@pytest.mark.parametrize(
    ("encoded", "header", "charset"),
    [
        ("utf-8", None, "utf-8"),
        ("gb18030", None, "gb18030"),
        ("utf-8", "text/html; charset=utf-8", "utf-8"),
        ("gb18030", "text/html; charset=gb2312", "gb18030"),
        ("gb18030", "text/html; charset=utf-8", "gb18030"),
        ("utf-8", "text/html; charset=gb2312", "utf-8"),
        ("utf-8", "text/html; charset=GBK", "utf-8"),
        ("utf-8", "text/html; charset=no-such-charset", "utf-8"),
        ("utf-8", "text/html; charset=iso-8859-1", "utf-8"),
        ("utf-8-sig", "text/html; charset=gbk", "utf-8"),
        ("utf-16", None, "utf-16-le"),
        ("big5", "text/html; charset=big5", "big5"),
    ],
)
def test_the_text_is_read_whatever_the_header_says(encoded: str, header: str | None, charset: str) -> None:
    text = "<p>人工智慧產業發展規劃，促進創新。</p>" if encoded == "big5" else TEXT
    assert decode(text.encode(encoded), header) == (text, charset)


@pytest.mark.parametrize(("encoded", "declared"), [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("gb18030", "gb2312")])
def test_the_text_is_read_whatever_the_meta_tag_says(encoded: str, declared: str) -> None:
    text = f'<meta charset="{declared}">' + TEXT
    assert decode(text.encode(encoded))[0] == text


def test_characters_beyond_gb2312_are_read_from_pages_that_claim_it() -> None:
    text = TEXT + "朱镕基、犇、㐂"
    assert decode(text.encode("gb18030"), "text/html; charset=gb2312") == (text, "gb18030")


def test_one_broken_character_does_not_change_the_charset() -> None:
    body = (TEXT * 20).encode() + b"\xff" + TEXT.encode()
    assert decode(body, "text/html; charset=utf-8")[1] == "utf-8"


def test_bytes_that_fit_nothing_are_named_so() -> None:
    assert decode(b"\xff\xff\x80\x80\xff\xff" * 50)[1] == UNKNOWN


@given(st.binary(max_size=300), st.none() | st.text(max_size=40))
def test_no_bytes_make_it_raise(body: bytes, header: str | None) -> None:
    text, charset = decode(body, header)
    assert isinstance(text, str)
    assert charset
