"""UCAP (开普云): a column's search, `/common/search/<32 hex>`, answers JSON pages with `_isJson=true`."""

from crawlers.families import Ask, Listing
from crawlers.families._json import Shape, first_request, listing
from crawlers.families._paging import completed
from crawlers.sourcefile import Channel
from crawlers.view import View

PAGE_SIZE = "15"
_SHAPE = Shape(
    items=("data.results", "results.data.results", "results"),
    total=("data.total", "results.data.total", "total"),
    pages=("data.pageNum",),
    size=("data.rows", "results.data.rows", "rows"),
    now=("data.page", "results.data.page", "page"),
    # Beside the keys that the label file teaches; seen in domainMetaList of csrc.gov.cn and chinatax.gov.cn.
    fields={
        "titleHtml": "title",
        "writtentext": "doc_number",
        "writtendate": "written_date",
        "aging": "validity",
        "content": "",
        "contentHtml": "",
    },
)


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the first page; what the address does not say already is added to it."""
    asked = {
        "_isAgg": "true",
        "_isJson": "true",
        "_pageSize": channel.options.get("page_size", PAGE_SIZE),
        "_template": channel.options.get("template", "index"),
    }
    url = completed(channel.url, asked)
    return first_request(channel.model_copy(update={"url": url}), _SHAPE.of(channel))


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows of a page and, from the first, the requests for all others.

    A row states its title and dates, and in `domainMetaList` number, index number, subject and the like.
    Raises ListError for what is no such list, or another page than the one asked for.
    """
    return listing(view, ask, _SHAPE.of(channel))
