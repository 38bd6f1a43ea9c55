"""南京市: Hanweb jpage, pages in GBK that call themselves gb2312, lists as XML behind a data proxy."""

from urllib.parse import parse_qs, urlencode, urlsplit
from xml.sax.saxutils import escape, quoteattr

from sandbox.facts import Fact, facts
from sandbox.site import Page, Request, Site

COLUMN = "/col/col1001/index.html"
PROXY = "/module/web/jpage/dataproxy.jsp"
FORM = {
    "col": "1",
    "appid": "1",
    "webid": "1",
    "path": "/",
    "columnid": "1001",
    "sourceContentType": "1",
    "unitid": "20231",
    "webname": "南京市人民政府",
    "permissiontype": "0",
}
# Hanweb's script fetches three pages at once. The column shows 2 rows a page; 15 is what most columns do.
PAGE_SIZES = (2, 15)


def build(said: tuple[Fact, ...] | None = None) -> Site:
    """Return the site with its column's page and the data proxy; `said` stands for its facts."""
    site = Site(
        "nanjing",
        "www.nanjing.sandbox.test",
        "南京市人民政府",
        "320100",
        said or facts("nanjing"),
        encoding="gbk",
        html_type="text/html",
    )
    site.add_common(COLUMN)
    site.pages[COLUMN] = site.html("nanjing/list.html", form=FORM, per_page=PAGE_SIZES[0], proxy=PROXY)
    site.lists = [Request("GET", site.url(COLUMN))]
    for size in PAGE_SIZES:
        site.lists += list_requests(site, size)
    site.dynamic = lambda method, target, body: _proxy(site, target, body) if method == "POST" else None
    return site


def list_requests(site: Site, per_page: int) -> list[Request]:
    """Return the form posts that together list all articles, three pages of `per_page` rows in each."""
    step = per_page * 3
    return [
        Request(
            "POST",
            f"{site.url(PROXY)}?startrecord={start}&endrecord={start + step - 1}&perpage={per_page}",
            urlencode(FORM).encode(),
        )
        for start in range(1, len(site.facts) + 1, step)
    ]


def _proxy(site: Site, target: str, body: bytes) -> Page | None:
    """Return the records asked for as XML; a form for another column gets an empty store."""
    address = urlsplit(target)
    if address.path != PROXY:
        return None
    query = {key: values[0] for key, values in parse_qs(address.query).items()}
    form = {key: values[0] for key, values in parse_qs(body.decode("ascii", "replace")).items()}
    try:
        start, end, per_page = (int(query[key]) for key in ("startrecord", "endrecord", "perpage"))
    except (KeyError, ValueError):
        return None
    known = all(form.get(key) == FORM[key] for key in ("columnid", "unitid", "webid"))
    rows = site.facts if known else ()
    chosen = rows[max(start - 1, 0) : max(end, 0)]
    pages = -(-len(rows) // max(per_page, 1))
    xml = (
        f"<?xml version='1.0' encoding='UTF-8'?><datastore><totalrecord>{len(rows)}</totalrecord>"
        f"<totalpage>{pages}</totalpage><recordset>{''.join(map(_record, chosen))}</recordset></datastore>"
    )
    return Page(xml.encode(), "text/xml;charset=UTF-8")


def _record(fact: Fact) -> str:
    shown = fact.title if len(fact.title) <= 30 else fact.title[:29] + "…"
    link = f"<a href={quoteattr(fact.path)} target='_blank' title={quoteattr(fact.title)}>{escape(shown)}</a>"
    return f"<record><![CDATA[<li>{link}<span>{fact.published_date}</span></li>]]></record>"
