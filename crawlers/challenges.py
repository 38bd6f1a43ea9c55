"""Telling a challenge from a page: firewalls that ask who you are. They are named and reported, never evaded."""

import re
from collections.abc import Iterable, Mapping

SHORT = 4_096  # bytes; a page that says more than this is a page, whatever words are in it
# By status: what the known products answer to a visitor without their cookie.
BY_STATUS = {412: "412 (瑞数)", 521: "521 (加速乐)"}
COOKIES = {"c3vk": "C3VK cookie", "ct6t": "CT6T cookie"}
_WORDS = re.compile(
    r"安全验证|访问验证|人机(?:识别|验证)|滑动验证|拖动滑块|请完成.{0,6}验证|验证码|访问过于频繁|(?:请求|访问)被(?:拦截|阻断|拒绝)"
    r"|您的(?:请求|访问|IP).{0,20}(?:拦截|阻断|禁止|异常)|Web应用防火墙|网站防火墙|云防护"
    r"|web application firewall|access denied|请开启JavaScript|enable JavaScript",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(r"document\.cookie\s*=|location\.(?:href|reload|replace)|eval\s*\(|\$_ts\b", re.IGNORECASE)
_MARKS = (b"cookie", b"location", b"eval", b"$_ts")  # one of them is in every script that _SCRIPTED finds
FORBIDDEN = 403
OK = 200


def challenge(status: int, headers: Mapping[str, str] | Iterable[tuple[str, str]], body: bytes) -> str | None:
    """Return the kind of challenge that an answer is, or None for a page or an ordinary error.

    Known statuses decide alone. A cookie of a known product counts where the answer is short and scripted; a
    403, and a short scripted 200, count where they say who stops the visitor.
    """
    if status in BY_STATUS:
        return BY_STATUS[status]
    if len(body) > SHORT or (status == OK and not any(mark in body.lower() for mark in _MARKS)):
        return None
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    set_cookies = " ".join(value.lower() for name, value in pairs if name.lower() == "set-cookie")
    text = body.decode("utf-8", errors="replace")
    if "\ufffd" in text:
        text = body.decode("gb18030", errors="replace")
    scripted = _SCRIPTED.search(text) is not None
    cookie = next(
        (name for mark, name in COOKIES.items() if f"{mark}=" in set_cookies or f"{mark}=" in text.lower()), None
    )
    if cookie and scripted:
        return cookie
    words = _WORDS.search(text)
    if words and (status == FORBIDDEN or (status == OK and scripted)):
        return f"{status} ({words.group()})"
    return None
