"""Lists as HTML: tables of Hanweb's xxgk, fragments of Lonsun and of UUID columns, and static pages."""

import re
import uuid
from collections.abc import Callable

from sandbox.facts import Fact
from sandbox.sites.lists.column import PER_PAGE, Column, Rows, code, column, listed

_BASIC = ("title", "published_date")
_TOTAL = len(listed())
_HTML = "text/html;charset=UTF-8"
_UUIDS = [str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for name in ("column", "template", "block")]
_BLOCK = "/columns/{}/templates/{}/blocks/{}".format(*_UUIDS)
_SECTION = "/web/zwgkx/zfwj/szfwj/2011120609123456789/"
_STEM = "9c8b7a6f"


def columns() -> tuple[Column, ...]:
    """Return the columns."""
    return (
        column(
            "hanweb_xxgk",
            "/module/xxgk/search.jsp?standardXxgk=0&sortfield=compaltedate:0",
            lambda fact: f"/art/{fact.published_date.replace('-', '/')}/art_1001_{code(fact, 6)}.html",
            _xxgk,
            pattern=r"/art/\d{4}/\d\d/\d\d/art_\d+_\w+\.html$",
            states=(*_BASIC, "doc_number", "index_number"),
            page="currpage",
            media_type="text/html",
            encoding="gbk",
            options={"form": "infotypeId=A02&jdid=3096&divid=div1229&currpage=1"},
        ),
        column(
            "lonsun",
            "/site/label/8888?siteId=6781961&organId=1681&catId=6708461&type=4&pageSize=5",
            lambda fact: f"/public/1681/{int(code(fact, 6), 16)}.html",
            _lonsun,
            pattern=r"/public/1681/\d+\.html$",
            states=(*_BASIC, "index_number"),
            page="pageIndex",
            media_type=_HTML,
            needs={"labelName": "publicInfoList", "isDate": "true"},
        ),
        column(
            "uuid_columns",
            _BLOCK,
            lambda fact: (
                f"/columns/{_UUIDS[0]}/{fact.published_date[:7].replace('-', '')}/01/{uuid.UUID(code(fact))}.html"
            ),
            _uuid,
            pattern=r"/columns/[0-9a-f-]{36}/\d{6}/\d\d/[0-9a-f-]{36}\.html$",
            states=(*_BASIC, "doc_number"),
            media_type=_HTML,
            needs={"fix": "0"},
        ),
        column(
            "web_idx",
            f"{_SECTION}index.shtml",
            lambda fact: f"{_SECTION[:-20]}{fact.published_date.replace('-', '')}{code(fact, 11)}/index.shtml",
            _web_idx,
            pattern=r"/web/.*/(?!2011120609123456789)\d{8}\w+/index\.shtml$",
            states=_BASIC,
            page=_static(_SECTION, "index.shtml", rf"{_STEM}-(\d+)\.shtml"),
            media_type=_HTML,
        ),
        column(
            "sh_nw",
            "/nw12344/index.html",
            lambda fact: f"/nw12344/{fact.published_date.replace('-', '')}/{code(fact)}.html",
            _sh_nw,
            pattern=r"/nw\d+/\d{8}/[0-9a-f]{32}\.html$",
            states=_BASIC,
            page=_static("/nw12344/", "index.html", r"index_(\d+)\.html"),
            media_type=_HTML,
        ),
        column(
            "generic",
            "/zcwj/index.html",
            lambda fact: f"/zcwj/show-{int(code(fact, 6), 16)}.html",
            _generic,
            pattern=r"/zcwj/show-\d+\.html$",
            states=(*_BASIC, "doc_number"),
            page=_static("/zcwj/", "index.html", r"index_(\d+)\.html"),
            media_type=_HTML,
        ),
    )


def _static(folder: str, first: str, others: str) -> Callable[[str], int | None]:
    """Return what reads a page's number out of the path of a static page; None for another path."""

    def number(target: str) -> int | None:
        found = re.fullmatch(re.escape(folder) + others, target)
        return 1 if target == folder + first else int(found[1]) if found else None

    return number


def _page(main: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>政策文件</title></head><body>{main}</body></html>'


def _xxgk(rows: Rows, page: int, pages: int) -> str:
    lines = "".join(
        f'<tr class="tr_main_value_{"odd" if n % 2 else "even"}"><td align="center">{fact.index_number or "-"}</td>'
        f'<td><a href="{url}" class="bt_link" mc="{fact.title}" syh="{fact.index_number or ""}" '
        f'rq="{fact.published_date}" wh="{fact.doc_number or ""}">{fact.title}</a></td><td>{fact.doc_number or ""}</td>'
        f"<td>{fact.published_date}</td></tr>"
        for n, (fact, url) in enumerate(rows)
    )
    head = '<tr class="tb_title"><td>索引号</td><td>标题</td><td>文号</td><td>发布日期</td></tr>'
    return (
        f'<table>{head}{lines}<tr><td colspan="4" align="right">第{page}页&nbsp;&nbsp;'
        f"共{pages}页&nbsp;&nbsp;共{_TOTAL}条 <a href=\"javascript:go('{page + 1}')\">下一页</a></td></tr></table>"
    )


def _lonsun(rows: Rows, page: int, pages: int) -> str:
    items = "".join(
        f'<div class="xxgk_navli"><ul><li class="mc"><div><a href="{url}" title="{fact.title}">{fact.title}</a></div>'
        f'</li><li><span class="syh">{fact.index_number or ""}</span></li>'
        f'<li><span class="date">\r\n\t{fact.published_date}\t</span></li></ul></div>'
        for fact, url in rows
    )
    script = f"Ls.pagination.init({{id: 'page_public_info', pageIndex: {page}, pageCount: {pages}, total: {_TOTAL}}});"
    return f'<div class="xxgk_nav_con">{items}</div><script type="text/javascript">{script}</script>'


def _uuid(rows: Rows, page: int, pages: int) -> str:
    items = "".join(
        f'<li class="xxgk_gfxwjk-list-li"><a href="{_path(url)}">{fact.title}</a><p>{fact.doc_number or ""}</p>'
        f"<span>{fact.published_date}</span></li>"
        for fact, url in rows
    )
    links = "".join(f'<a href="{_BLOCK}?page={n}&amp;fix=0">{n}</a>' for n in range(1, pages + 1) if n != page)
    return f'<ul>{items}</ul><div class="pages"><span class="current">{page}</span>{links}</div>'


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def _web_idx(rows: Rows, page: int, pages: int) -> str:
    items = "".join(
        f'<li><a href="{_path(url)}">{fact.title}</a><span>{fact.published_date}</span></li>' for fact, url in rows
    )
    links = "".join(
        f'<a href="{"index.shtml" if n == 1 else f"{_STEM}-{n}.shtml"}">{text}</a>'
        for n, text in ((1, "首页"), (min(page + 1, pages), "下一页"), (pages, "尾页"))
    )
    return _page(f'<ul class="dlist_rul">{items}</ul><div class="dlist_page">{links} 共{pages}页</div>')


def _sh_nw(rows: Rows, page: int, pages: int) -> str:
    items = "".join(
        f'<li><a href="{_path(url)}" title="{fact.title}">{fact.title}</a>'
        f'<span class="time">{fact.published_date}</span></li>'
        for fact, url in rows
    )
    script = f"var totalPage = {pages}; var currentPage = {page}; $('#pages').page(totalPage);"
    return _page(f'<ul class="tadaty-list">{items}</ul><script>{script}</script><div id="pages"></div>')


def _generic(rows: Rows, page: int, pages: int) -> str:
    items = "".join(
        f'<div class="item n{n}"><h4><a href="{_path(url)}">{fact.title}</a></h4><p><em>{fact.doc_number or ""}</em> '
        f"<i>{_dotted(fact)}</i></p></div>"
        for n, (fact, url) in enumerate(rows)
    )
    hot = "".join(f'<li><a href="show-{int(code(f, 6), 16)}.html">{f.title[:12]}…</a></li>' for f in listed()[:3])
    following = f'<a href="index_{page + 1}.html">下一页</a>' if page < pages else "<span>下一页</span>"
    back = '<a href="index.html">1</a>' if page > 1 else "<b>1</b>"
    nav = '<ul class="nav"><li><a href="/">首页</a> 2023-01-01</li><li><a href="/zcwj/">政策</a></li></ul>'
    return _page(
        f'{nav}<div class="hot"><h3>热点</h3><ul>{hot}</ul></div><div class="list">{items}</div>'
        f'<div class="pager">{back}{following} 每页{PER_PAGE}篇</div>'
    )


def _dotted(fact: Fact) -> str:
    return fact.published_date.replace("-", ".")
