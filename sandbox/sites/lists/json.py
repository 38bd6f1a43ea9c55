"""Lists as JSON and JSONP: ucap, the four TRS searches, jpaas and its policy library, and a site's own interface."""

import json
from typing import Any

from sandbox.facts import Fact
from sandbox.sites.lists.column import PER_PAGE, Column, Rows, code, column, listed

_VALIDITY = {"in_force": "有效", "repealed": "已废止", "expired": "失效"}
_IGS = (
    "/igs/front/search/list.html?index=hbsrmzf-index-alias&type=governmentdocuments&pageSize=5&filter[AVAILABLE]=true"
)
_UNIT = (
    "/api-gateway/jpaas-publish-server/front/page/build/unit?parseType=bulidstatic&webId=149&pageType=column&pageId=7"
)
_BASIC = ("title", "published_date")
_TOTAL = len(listed())


def columns() -> tuple[Column, ...]:
    """Return the columns."""
    return (
        column(
            "ucap",
            f"/common/search/{'ab12' * 8}",
            _ucap_path,
            _ucap,
            pattern=r"/zfxxgk/c\d+/\d{6}/[0-9a-f]{32}\.shtml$",
            states=(*_BASIC, "written_date", "doc_number", "index_number", "subject"),
            options={"page_size": str(PER_PAGE)},
            needs={"_isJson": "true", "_isAgg": "true", "_pageSize": str(PER_PAGE)},
        ),
        column(
            "trs_search",
            _IGS,
            _trs_path,
            _igs,
            pattern=r"/t\d{8}_\d+\.html$",
            states=(*_BASIC, "written_date", "doc_number", "index_number", "issuers", "subject", "validity"),
            page="pageNumber",
            options={"engine": "igs"},
            needs={"filter[AVAILABLE]": "true"},
        ),
        column(
            "trs_search-was5",
            "/was5/web/search?channelid=291575&templet=docs.jsp&classsql=chnlid%3D58154",
            _trs_path,
            _was5,
            pattern=r"/t\d{8}_\d+\.html$",
            states=_BASIC,
            media_type="text/html;charset=UTF-8",
            options={"engine": "was5"},
        ),
        column(
            "trs_search-ssp",
            "/ssp/search/api/apiSearch?siteId=40&apiName=zcwjk&rows=5",
            _trs_path,
            _ssp,
            pattern=r"/t\d{8}_\d+\.html$",
            states=(*_BASIC, "doc_number", "issuers"),
            options={"engine": "ssp"},
        ),
        column(
            "trs_search-govsearch",
            "/govsearch/jsonp/zf_jd_list.jsp?lb=134657&callback=result",
            _trs_path,
            _govsearch,
            pattern=r"/t\d{8}_\d+\.html$",
            states=("title", "doc_number", "issuers", "published_date"),
            media_type="text/javascript;charset=UTF-8",
            options={"engine": "govsearch", "field.tip.dates": "published_date"},
        ),
        column(
            "hanweb_jpaas",
            _UNIT,
            _jpaas_path,
            _unit,
            pattern=r"/art/\d{4}/art_[0-9a-f]{32}\.html$",
            states=_BASIC,
            page="pageNo",
            options={"page_size": str(PER_PAGE)},
            needs={"parseType": "bulidstatic"},
        ),
        column(
            "hanweb_jpaas-ignores",
            _UNIT,
            _jpaas_path,
            _ignores,
            pattern=r"/art/\d{4}/art_[0-9a-f]{32}\.html$",
            states=_BASIC,
            page="pageNo",
            options={"page_size": str(PER_PAGE)},
        ),
        column(
            "hanweb_jpaas-policies",
            "/jpaas-jpolicy-console-server/interface/getPolicyByOrgId?category=1&pageSize=5",
            lambda fact: f"/jpaas-jpolicy-web-server/front/info/detail?iid={code(fact)}",
            _policies,
            pattern=r"/front/info/detail\?iid=[0-9a-f]{32}$",
            states=_BASIC,
            page="pageNo",
        ),
        column(
            "json_api",
            "/szinf/xxgk/interfacesWebZcwj/loadData?pageSize=5",
            lambda fact: f"/szsrmzf/zfwj/{code(fact)}.shtml",
            _own,
            pattern=r"/[0-9a-f]{32}\.shtml$",
            states=("title", "written_date", "doc_number", "index_number"),
            page="pageIndex",
            options={
                "body": "pageIndex=1&channel_id=dc1a3f56",
                "items": "data.list",
                "total": "data.totalCount",
                "page": "pageIndex",
                "address": "/szsrmzf/zfwj/{ID}.shtml",
                "field.TITLE": "title",
                "field.C_WJBH": "doc_number",
                "field.C_FWRQ_FORMAT": "written_date",
                "field.C_SYH": "index_number",
            },
        ),
    )


def _ucap_path(fact: Fact) -> str:
    return f"/zfxxgk/c100014/{fact.published_date[:7].replace('-', '')}/{code(fact)}.shtml"


def _trs_path(fact: Fact) -> str:
    return fact.path


def _jpaas_path(fact: Fact) -> str:
    return f"/art/{fact.published_date[:4]}/art_{code(fact)}.html"


def _text(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _ucap(rows: Rows, page: int, pages: int) -> str:
    results = []
    for fact, url in rows:
        pairs = (
            ("refno", "文号", fact.doc_number),
            ("writedate", "成文日期", fact.written_date),
            ("indexnumber", "索引号", fact.index_number),
            ("theme", "主题分类", fact.subject),
        )
        told = [{"key": key, "name": name, "value": value or "null"} for key, name, value in pairs]
        results.append(
            {
                "title": fact.title,
                "url": url.removeprefix("http:"),
                "content": fact.paragraphs[0],
                "publishedTimeStr": f"{fact.published_date} 10:00:00",
                "domainMetaList": [{"domainMetaId": 1, "resultList": told}],
            }
        )
    return _text({"data": {"page": page, "rows": PER_PAGE, "total": _TOTAL, "pageNum": pages, "results": results}})


def _igs(rows: Rows, page: int, pages: int) -> str:
    content = [
        {
            "_id": code(fact, 8),
            "BT": fact.title,
            "FWZH": fact.doc_number,
            "FWJG_name": "、".join(fact.issuers),
            "FBRQ": f"{fact.published_date}T10:00:00.000+0800",
            "CWRQ": f"{fact.written_date}T00:00:00.000+0800" if fact.written_date else None,
            "ZTFL_name": fact.subject,
            "YXX": _VALIDITY.get(fact.validity or "", ""),
            "IDXID": fact.index_number or "",
            "ZW": fact.text,
            "DOCPUBURL": url,
        }
        for fact, url in rows
    ]
    return _text({"page": {"content": content, "total": _TOTAL, "totalPages": pages, "pageNumber": page}})


def _was5(rows: Rows, page: int, pages: int) -> str:
    docs = [{"title": fact.title, "url": url, "pubtime": fact.published_date} for fact, url in rows]
    docs.append({"title": "文章标题", "url": "http://www.sandbox.test/none.html", "pubtime": ""})
    return "\r\n\r\n" + _text({"count": str(_TOTAL), "pagenum": str(pages), "page": str(page), "docs": docs})


def _ssp(rows: Rows, _page: int, pages: int) -> str:
    datas = [
        {
            "_doctitle": fact.title,
            "docpuburl": url,
            "pubdate": fact.published_date,
            "fileno": fact.doc_number or "",
            "puborg": "、".join(fact.issuers),
        }
        for fact, url in rows
    ]
    return _text({"error": False, "total": _TOTAL, "pageCount": pages, "datas": datas})


def _govsearch(rows: Rows, _page: int, pages: int) -> str:
    data = [
        {
            "title": f"{fact.title[:20]}…",
            "puburl": url,
            "tip": {
                "title": fact.title,
                "filenum": fact.doc_number or "",
                "publisher": "、".join(fact.issuers),
                "dates": fact.published_date,
            },
        }
        for fact, url in rows
    ]
    return f"\r\n\ufeff\r\nresult({_text({'num': _TOTAL, 'nPage': pages, 'data': data})});\r\n"


def _unit(rows: Rows, page: int, _pages: int) -> str:
    items = "".join(
        f'<li><a href="{url}" title="{fact.title}" target="_blank">{fact.title[:18]}…</a>'
        f"<b>{fact.published_date}</b></li>\n"
        for fact, url in rows
    )
    html = f'<ul class="page-content">\n{items}</ul><div class="pagination" count="{_TOTAL}" pageNo="{page}"></div>'
    # Escaped to ASCII, so that its places are not those of its characters.
    return json.dumps({"code": "200", "success": True, "data": {"html": html}})


def _ignores(_rows: Rows, _page: int, pages: int) -> str:
    return _unit(
        [(fact, f"http://hanweb_jpaas-ignores.lists.sandbox.test{_jpaas_path(fact)}") for fact in listed()[:5]],
        1,
        pages,
    )


def _policies(rows: Rows, page: int, _pages: int) -> str:
    found = [{"iid": code(fact), "title": fact.title, "publishDate": fact.published_date} for fact, _ in rows]
    return _text({"code": 200, "data": {"total": _TOTAL, "pageNo": page, "list": found}})


def _own(rows: Rows, _page: int, _pages: int) -> str:
    found = [
        {
            "ID": code(fact),
            "TITLE": fact.title,
            "C_WJBH": fact.doc_number,
            "C_FWRQ_FORMAT": fact.written_date,
            "C_SYH": fact.index_number,
        }
        for fact, _ in rows
    ]
    return _text({"data": {"totalCount": _TOTAL, "list": found}})
