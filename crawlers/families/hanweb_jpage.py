"""Hanweb (大汉) jpage: the column's page holds the first rows' form, a data proxy answers the rest as XML."""

import re
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from crawlers.families import MAX_LIST_PAGES, Ask, ListError, Listing
from crawlers.families._pager import scripts
from crawlers.families._source import row as source_row
from crawlers.sourcefile import Channel
from crawlers.view import View

FORM = (
    "col",
    "appid",
    "webid",
    "path",
    "columnid",
    "sourceContentType",
    "unitid",
    "webname",
    "permissiontype",
)
_FORM = {name: re.compile(rf"\b{name}[\"']?\s*[:=]\s*[\"']?([^\"',;&\s}}]+)") for name in FORM}
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>")
_RECORD = re.compile(r"<record>(.*?)</record>", re.DOTALL)
PER_PAGE = 15


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the column's page, which holds the form for the data proxy."""
    return [Ask(channel.url)]


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of a data proxy's answer and, from the first, the requests for all others.

    Raises ListError when the column's page holds no form, or an answer no records.
    """
    if "dataproxy.jsp" not in ask.url:
        return Listing(more=[_proxy(ask.url, channel, _form(view), 1)])
    total = _TOTAL.search(view.text)
    if total is None:
        raise ListError("the answer holds no <totalrecord>")
    rows = [
        row
        for record in _RECORD.finditer(view.text)
        if (row := source_row(view.text, *record.span(1), ask.url)) is not None
    ]
    start = int(parse_qs(urlsplit(ask.url).query).get("startrecord", ["1"])[0])
    more = []
    if start == 1:
        form = {key: values[0] for key, values in parse_qs(ask.body).items()}
        step = _per_page(channel) * 3
        starts = range(1 + step, int(total[1]) + 1, step)
        more = [_proxy(ask.url, channel, form, begin) for begin in starts[:MAX_LIST_PAGES]]
    return Listing(rows, more, int(total[1]))


def _per_page(channel: Channel) -> int:
    return int(channel.options.get("per_page", PER_PAGE))


def _form(view: View) -> dict[str, str]:
    source = scripts(view)
    form = {name: found[1] for name, pattern in _FORM.items() if (found := pattern.search(source))}
    if "columnid" not in form or "unitid" not in form:
        raise ListError("the column's page holds no jpage form (columnid, unitid)")
    return form


def _proxy(base: str, channel: Channel, form: dict[str, str], start: int) -> Ask:
    per_page = _per_page(channel)
    query = urlencode({"startrecord": start, "endrecord": start + per_page * 3 - 1, "perpage": per_page})
    path = channel.options.get("proxy", "/module/web/jpage/dataproxy.jsp")
    return Ask(f"{urljoin(base, path)}?{query}", "POST", urlencode(form))
