"""A site's own JSON interface, declared in the channel's options: paths, page parameter, fields."""

from dataclasses import replace

from crawlers.families import Ask, Listing
from crawlers.families._json import FIELD, Shape, first_request, listing
from crawlers.families._rows import PROPERTIES
from crawlers.sourcefile import Channel
from crawlers.view import View
from schema.errors import InputError

_SHAPE = Shape(items=(), taught=False)
_TOTALS = ("total", "totalCount", "totalRecords", "totalElements", "totalHits", "recordCount", "count")
_PAGES = ("pages", "totalPage", "totalPages", "pageCount")


def _shape(channel: Channel) -> Shape:
    shape = _SHAPE.of(channel)
    if not shape.items:
        raise InputError(
            "options.items is missing",
            where=f"channel {channel.id}",
            remedy="give the dotted path of the list, such as data.list",
        )
    unknown = {prop for name, prop in channel.options.items() if name.startswith(FIELD)} - PROPERTIES
    if unknown:
        raise InputError(
            f"no property of a row: {', '.join(sorted(unknown))}",
            where=f"channel {channel.id}",
            remedy=f"known are {', '.join(sorted(PROPERTIES))}",
        )
    if not shape.total and not shape.pages:
        # Beside the list, or above it.
        folders = [folder for item in shape.items for folder in _above(item)]
        shape = replace(
            shape,
            total=tuple(folder + name for folder in folders for name in _TOTALS),
            pages=tuple(folder + name for folder in folders for name in _PAGES),
        )
    return shape


def _above(path: str) -> list[str]:
    """Return the folders of a dotted path, the innermost first: data.page.list -> data.page. and data. and nothing."""
    keys = [key for key in path.split(".") if key][:-1]
    return ["".join(f"{key}." for key in keys[:count]) for count in range(len(keys), -1, -1)]


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the first page, or for the whole list where `options.page` names no parameter.

    `options.body` makes it a POST. Raises InputError when the options are not complete.
    """
    shape, body = _shape(channel), channel.options.get("body", "")
    if "page" not in channel.options:
        return [Ask(channel.url, "POST" if body else "GET", body)]
    return first_request(channel, shape)


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows that the declared paths give and, from the first page, the requests for all others.

    The total is at `options.total` or `options.pages`, else under a usual name near the list. Raises ListError when
    it is not found, when a declared path is not in the answer, when no row has an address, or for another page.
    """
    shape = _shape(channel)
    if "page" not in channel.options:
        return replace(listing(view, ask, replace(shape, total=(), pages=())), more=[])
    return listing(view, ask, shape)
