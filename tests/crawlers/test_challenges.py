"""A challenge is told from a page, a short page and an ordinary error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.challenges import challenge

PAGE = "<html><body><h1>关于网络安全验证工作的通知</h1><p>请完成各项验证。</p></body></html>".encode()
LONG = "<html><script>location.reload()</script><p>访问验证办法</p>".encode() + "<p>正文</p>".encode() * 900


@pytest.mark.parametrize(
    ("status", "headers", "body", "kind"),
    [
        (412, {}, b"", "瑞数"),
        (521, {}, b"<script>document.cookie='__jsl=1'</script>", "加速乐"),
        (200, {"Set-Cookie": "C3VK=abc; path=/"}, b"<script>location.reload()</script>", "C3VK"),
        (200, {}, b"<script>document.cookie='CT6T=1';location.reload()</script>", "CT6T"),
        (403, {}, "<p>您的请求已被网站防火墙拦截</p>".encode(), "403"),
        (403, {}, "<p>您的访问被拦截</p>".encode("gb18030"), "403"),
        (200, {}, "<title>安全验证</title><script>eval(x);location.href='/'</script>".encode(), "安全验证"),
    ],
)
def test_a_challenge_is_named(status: int, headers: dict[str, str], body: bytes, kind: str) -> None:
    found = challenge(status, headers, body)
    assert found is not None
    assert kind in found


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, PAGE),
        (200, LONG),
        (200, b""),
        (200, b"<script>location.href='/index.html'</script>"),
        (403, b"<h1>403 Forbidden</h1>"),
        (404, b"not found"),
        (500, b"error"),
    ],
)
def test_a_page_and_an_ordinary_error_are_none(status: int, body: bytes) -> None:
    assert challenge(status, {}, body) is None


@given(st.integers(100, 599), st.binary(max_size=300))
def test_any_answer_can_be_asked(status: int, body: bytes) -> None:
    assert (challenge(status, [("Set-Cookie", "a=b")], body) is not None) >= (status in {412, 521})
