"""The searches of TRS (拓尔思): igs, was5, ssp and govsearch answer a column's list as JSON or JSONP."""

from crawlers.families import Ask, Listing
from crawlers.families._json import Shape, first_request, listing
from crawlers.sourcefile import Channel
from crawlers.view import View
from schema.errors import InputError

# Beside the keys that the label file teaches (BT, FWZH, FWJG_name, FBRQ, CWRQ, ZTFL_name, YXX, IDXID …).
_FIELDS = {
    "FileName": "title",
    "fileNum": "doc_number",
    "Effectivestate": "validity",
    "pubtime": "published_date",
    "RELEASEDATE": "published_date",
}
_TOTALS = ("total", "totalCount", "totalElements", "count", "num", "recordnum", "RECORDNUM")
_PAGES = ("pagenum", "pageCount", "totalPages", "nPage")
ENGINES = {
    "igs": Shape(
        items=("page.content",),
        total=tuple(f"page.{name}" for name in _TOTALS),
        pages=tuple(f"page.{name}" for name in _PAGES),
        size=("page.pageSize", "page.size"),
        now=("page.pageNumber",),
        page="pageNumber",
        address=("DOCPUBURL", "docpuburl", "URL", "url"),
        fields=_FIELDS,
    ),
    "was5": Shape(
        items=("docs", "data"),
        total=_TOTALS,
        pages=_PAGES,
        address=("url", "docpuburl", "puburl", "DOCPUBURL"),
        fields=_FIELDS,
    ),
    "ssp": Shape(
        items=("datas",),
        total=_TOTALS,
        pages=_PAGES,
        address=("docpuburl", "url"),
        fields={**_FIELDS, "gentime": "written_date"},
    ),
    "govsearch": Shape(
        items=("data", "list"),
        total=_TOTALS,
        pages=_PAGES,
        address=("puburl", "docpuburl", "url"),
        fields=_FIELDS,
    ),
}
_TEMPLATE = "文章标题"  # the row that was5's template prints behind the last one


def _shape(channel: Channel) -> Shape:
    engine = channel.options.get("engine", "")
    if engine not in ENGINES:
        raise InputError(
            f"options.engine is {engine!r}", where=f"channel {channel.id}", remedy=f"one of {', '.join(ENGINES)}"
        )
    return ENGINES[engine].of(channel)


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the first page of the search. Raises InputError for an engine that nobody knows."""
    return first_request(channel, _shape(channel))


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of a page and, from the first, the requests for all others.

    Raises ListError when the answer is no list of `options.engine`, tells no total, or is another page.
    """
    return listing(view, ask, _shape(channel), skip=_TEMPLATE)
