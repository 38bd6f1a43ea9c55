"""The faults: what each trap answers instead of what it should, and how a crawl of it has to end."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sandbox.trap.pages import LIST, bomb, http, listing, packed, pdf_bomb, policy, zip_bomb

Answer = bytes | tuple[str, bytes]  # a whole answer, or a way to break one off and what was sent until then
Answers = dict[str, Answer | Callable[[str, int], Answer]]
SOUND = ["/zc/1.html", "/zc/2.html", "/zc/3.html", "/zc/4.html"]
BAD = "/zc/9.html"


@dataclass(frozen=True, slots=True)
class Trap:
    """One host: its fault, how a crawl of it ends, a word of the reason, and counts that it must show."""

    name: str
    outcome: str
    answers: Answers
    reason: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    politeness: dict[str, Any] = field(default_factory=dict)
    family: str = "trs_static"
    runs: int = 1

    @property
    def host(self) -> str:
        """The host that has the fault."""
        return f"{self.name.replace('_', '-')}.trap.sandbox.test"

    def answer(self, path: str, times: int) -> Answer:
        """Return the answer to a path that was asked for the n-th time."""
        found = self.answers.get(path)
        if found is None:
            found = next(
                (a for key, a in self.answers.items() if key.startswith("~") and re.match(key[1:], path)), None
            )
        if found is not None:
            return found(path, times) if callable(found) else found
        if path == "/robots.txt":
            return http("User-agent: *\nAllow: /\n", kind="text/plain")
        if path == LIST:
            return http(listing([*SOUND, BAD]))
        number = re.fullmatch(r"/zc/(\d+)\.html", path)
        return http(policy(int(number[1]))) if number else http("not found", 404)


def _page(
    name: str, outcome: str, answer: Answer | Callable[[str, int], Answer], reason: str = "", **more: Any
) -> Trap:
    """Return a trap whose fault is one page; the four others are sound."""
    return Trap(name, outcome, {BAD: answer, **more.pop("also", {})}, reason, **more)


def _away(url: str) -> bytes:
    return http("", 302, Location=url)


def _challenge(name: str, answer: bytes, reason: str) -> Trap:
    return Trap(name, "blocked", {"~/zc/\\d": answer}, reason)


_SCRIPT = "<html><script>document.cookie='{}=1';location.reload()</script></html>"
_SHELL = "<html><head><title></title></head><body><div id=app></div><script src=/app.js></script></body></html>"
_FORM = "<form action=/login><input name=u><input type='password' name=p><button>登录</button></form>"
_LOGIN = f"<html><body>{_FORM}</body></html>"
_GONE = "<html><head><title>页面不存在</title></head><body><p>您访问的页面不存在或已被删除</p></body></html>"
_PDF = '<p>附件：<a href="{}">名单.pdf</a></p>'


@lru_cache(maxsize=1)
def traps() -> tuple[Trap, ...]:
    """Return all traps."""
    return (*_network(), *_redirects(), *_robots(), *_texts(), *_bombs(), *_closed(), *_lists(), *_files())


def _network() -> tuple[Trap, ...]:
    return (
        _page("silent_page", "partial", ("silence", b""), "Timeout"),
        _page("reset_page", "partial", ("reset", b""), "1 page failed"),
        _page("cut_page", "partial", ("cut", http(policy(9))[:-200]), "1 page failed"),
        _page("cut_header", "partial", ("cut", b"HTTP/1.1 200 OK\r\nContent-Ty"), "1 page failed"),
        _page("dripping_page", "partial", ("drip", http(policy(9))), "Timeout"),
        _page("no_http", "partial", ("cut", b"\x16\x03\x01 this is no HTTP at all\r\n\r\n"), "1 page failed"),
        _page(
            "broken_chunks",
            "partial",
            ("cut", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZZ\r\n<html>"),
            "1 page failed",
        ),
        _page("huge_header", "partial", http("x", X_Long="a" * 200_000), "1 page failed"),
        _page("status_500", "partial", http("oops", 500), "1 page failed"),
        _page("status_403", "partial", http("forbidden", 403), "1 page failed"),
        _page("status_404", "ok", http("not found", 404), counts={"gone": 1, "new": 4}),
        _page("status_410", "ok", http("gone", 410), counts={"gone": 1, "new": 4}),
        _page(
            "busy_then_well",
            "ok",
            lambda _, times: http("busy", 429, Retry_After="1") if times == 1 else http(policy(9)),
            counts={"new": 5},
        ),
        _page("busy_for_a_day", "partial", http("maintenance", 503, Retry_After="86400"), "come back"),
        Trap("silent_list", "error", {LIST: ("silence", b"")}, "Timeout"),
    )


def _redirects() -> tuple[Trap, ...]:
    private = {
        "loopback": "http://127.0.0.1:22/",
        "private": "http://10.0.0.1/",
        "metadata": "http://169.254.169.254/x",
        "ipv6": "http://[::1]/",
        "decimal": "http://2130706433/",
    }
    return (
        *(
            _page(f"redirect_{name}", "ok", _away(url), counts={"elsewhere": 1, "new": 4})
            for name, url in private.items()
        ),
        _page("redirect_scheme", "partial", _away("file:///etc/passwd"), "HTTP 302"),
        _page(
            "redirect_later",
            "ok",
            _away("/zc/hop.html"),
            counts={"elsewhere": 1, "new": 4},
            also={"/zc/hop.html": _away("http://169.254.169.254/latest/")},
        ),
        _page(
            "redirect_other_host", "ok", _away("http://elsewhere.trap.sandbox.test/zc/1.html"), counts={"elsewhere": 1}
        ),
        _page("redirect_loop", "partial", _away(BAD), "1 page failed"),
        Trap(
            "redirect_chain",
            "partial",
            {"~/zc/9": lambda path, _: _away(path.replace(".html", "9.html"))},
            "1 page failed",
        ),
        Trap("robots_redirect", "error", {"/robots.txt": _away("http://169.254.169.254/robots.txt")}, "robots.txt"),
        Trap("list_redirect", "error", {LIST: _away("http://10.0.0.1/")}, "1 list failed"),
    )


def _robots() -> tuple[Trap, ...]:
    closed = http("User-agent: *\nDisallow: /\n", kind="text/plain")
    return (
        Trap("robots_500", "error", {"/robots.txt": http("oops", 500)}, "robots.txt"),
        Trap("robots_silent", "error", {"/robots.txt": ("silence", b"")}, "robots.txt"),
        Trap("robots_closed", "empty", {"/robots.txt": closed}),
        Trap("robots_html", "ok", {"/robots.txt": http("<html><body>Disallow: /</body></html>")}, counts={"new": 5}),
        Trap("robots_404", "ok", {"/robots.txt": http("none", 404)}, counts={"new": 5}),
        Trap(
            "robots_changes",
            "empty",
            {"/robots.txt": lambda _, times: http("", kind="text/plain") if times == 1 else closed},
            runs=2,
        ),
        Trap("robots_huge", "ok", {"/robots.txt": http("Allow: /\n" * 200_000, kind="text/plain")}, counts={"new": 5}),
    )


def _texts() -> tuple[Trap, ...]:
    gbk = policy(9).replace("utf-8", "utf-8").encode("gb18030")
    return (
        _page("lying_meta", "ok", http(gbk, kind="text/html"), counts={"new": 5}),
        _page("lying_header", "ok", http(gbk, kind="text/html; charset=utf-8"), counts={"new": 5}),
        _page("unknown_charset", "ok", http(gbk, kind="text/html; charset=x-none"), counts={"new": 5}),
        _page("random_bytes", "ok", http(bytes(range(256)) * 40), counts={"new": 4, "not_a_record": 1}),
        _page("missing_as_200", "ok", http(_GONE), counts={"new": 4, "not_a_record": 1}),
        _page("empty_page", "ok", http(b""), counts={"new": 4, "not_a_record": 1}),
        _page("deep_nesting", "ok", http("<div>" * 100_000 + policy(9)), counts={"new": 5}),
        _page("many_brackets", "ok", http(policy(9, "（" * 200_000 + "〔" * 200_000)), counts={"new": 5}),
        _page("many_tags", "ok", http(policy(9, "<b>x</b>" * 200_000)), counts={"new": 5}),
        _page(
            "script_in_title",
            "ok",
            http(policy(9).replace("<title>", "<title>&lt;script&gt;alert(1)&lt;/script&gt;")),
            counts={"new": 5},
        ),
        _page("nul_bytes", "ok", http(policy(9).replace("措施", "措\x00施")), counts={"new": 5}),
    )


def _bombs() -> tuple[Trap, ...]:
    return (
        _page("gzip_bomb", "partial", http(bomb(400), Content_Encoding="gzip"), "1 page failed"),
        _page("nested_gzip", "partial", http(bomb(400), Content_Encoding="gzip, gzip"), "1 page failed"),
        Trap("gzip_bomb_list", "error", {LIST: http(bomb(400), Content_Encoding="gzip")}, "1 list failed"),
        _page(
            "endless_body",
            "partial",
            ("flood", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"<p>x</p>" * 65_536),
            "1 page failed",
        ),
        _page("false_length", "partial", http(b"x", Content_Length="9999999999"), "1 page failed"),
        _page("sound_gzip", "ok", http(packed(policy(9)), Content_Encoding="gzip"), counts={"new": 5}),
    )


def _closed() -> tuple[Trap, ...]:
    home = {"/": http("<html><body>首页</body></html>")}
    return (
        _challenge("challenge_412", http("<script>$_ts=1</script>", 412), "412"),
        _challenge("challenge_521", http(_SCRIPT.format("x"), 521), "521"),
        _challenge("challenge_c3vk", http(_SCRIPT.format("C3VK"), Set_Cookie="C3VK=1"), "C3VK"),
        _challenge("challenge_ct6t", http(_SCRIPT.format("CT6T"), Set_Cookie="CT6T=1"), "CT6T"),
        _challenge("challenge_403", http("您的IP所在地区禁止访问，请求被拦截", 403), "403"),
        _challenge("challenge_captcha", http("<script>location.href='/v'</script>请完成安全验证"), "安全验证"),
        Trap("shells", "blocked", {"~/zc/\\d": http(_SHELL)}, "shell"),
        Trap("all_go_home", "blocked", {"~/zc/\\d": _away("/"), **home}, "home page"),
        Trap(
            "all_go_to_login",
            "blocked",
            {"~/zc/\\d": _away("/login?next=1"), "/login?next=1": http(_LOGIN)},
            "login page",
        ),
        Trap("login_forms", "blocked", {"~/zc/\\d": http(_LOGIN)}, "login page"),
    )


def _lists() -> tuple[Trap, ...]:
    pager = "<script>createPageHTML({}, {}, 'index', 'html');</script>"
    first = http(listing(SOUND, pager.format(5, 0)))

    def calendar(path: str, _times: int) -> bytes:
        day = int((re.search(r"\d+", path) or [0])[0])
        rows = [f"/zc/{1000 + day * 2 + n}.html" for n in range(2)]
        return http(listing(rows, f'<a href="/zc/index_{day + 1}.html">下一页</a>'))

    return (
        Trap("page_one_for_ever", "blocked", {"~/zc/index": first}, "page one for ever"),
        Trap(
            "endless_calendar",
            "partial",
            {LIST: http(listing(SOUND, '<a href="/zc/index_2.html">下一页</a>')), "~/zc/index_": calendar},
            "pending",
            politeness={"max_pages": 40},
            family="generic",
        ),
        Trap(
            "list_is_no_list",
            "error",
            {LIST: http("<html><body><p>系统维护中</p></body></html>")},
            "no list",
            family="generic",
        ),
        Trap("list_is_empty", "empty", {LIST: http("<html><body><p>暂无信息</p></body></html>")}, family="generic"),
        Trap(
            "list_of_scripts",
            "empty",
            {LIST: http(listing(["javascript:void(0)", "mailto:a@b.cn", "data:text/html,x"]))},
        ),
        Trap(
            "a_million_pages",
            "partial",
            {
                LIST: http(listing(SOUND, pager.format(1_000_000, 0))),
                "~/zc/index_": http(listing(["/zc/1.html"], pager.format(1_000_000, 1))),
            },
            "pending",
            politeness={"max_pages": 40},
        ),
    )


def _files() -> tuple[Trap, ...]:
    evil = "/zc/..%2f..%2f..%2fetc%2fpasswd.pdf"
    long = f"/zc/{'a' * 1500}.pdf"
    return (
        _file("hostile_name", evil, http(b"%PDF-1.4 nothing", kind="application/pdf")),
        _file("long_name", long, http(b"%PDF-1.4 nothing", kind="application/pdf")),
        _file("pdf_bomb", "/zc/b.pdf", http(pdf_bomb(), kind="application/pdf"), unread=False),
        _file("zip_bomb", "/zc/b.zip", http(zip_bomb(), kind="application/zip")),
        _file("html_as_pdf", "/zc/b.pdf", http("<html><body>请登录</body></html>")),
        _file("file_404", "/zc/b.pdf", http("not found", 404), unread=False),
        _page("file_elsewhere", "ok", http(policy(9, _PDF.format("http://10.0.0.1/b.pdf"))), counts={"new": 5}),
        _page(
            "file_silent",
            "partial",
            http(policy(9, _PDF.format("/zc/b.pdf"))),
            "1 file failed",
            also={"/zc/b.pdf": ("silence", b"")},
        ),
    )


def _file(name: str, path: str, answer: bytes, *, unread: bool = True) -> Trap:
    counts = {"new": 5, **({"unread_files": 1} if unread else {})}
    return _page(name, "ok", http(policy(9, _PDF.format(path))), counts=counts, also={path: answer})
