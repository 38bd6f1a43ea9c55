"""What JSON and JSONP lists share: a declared shape says where rows, totals and fields stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from crawlers.addresses import absolute
from crawlers.families import Ask, ListError, Listing, Row
from crawlers.families._paging import at_page, check_answers, page_of, pages, rest, whole
from crawlers.families._rows import PROPERTIES, stated
from crawlers.fields.labels import labels
from crawlers.jsonplaces import Placed, parse
from crawlers.sourcefile import Channel
from crawlers.view import View
from schema.evidence import Reading

_CALL = re.compile(r"[\s\ufeff]*+(?:/\*.{0,80}?\*/\s*+)?(?:[\w.$]{1,80}+\s*+\(\s*+)?(?=[{\[])", re.DOTALL)
_SLOT = re.compile(r"\{([\w.]+)\}")
FIELD = "field."  # an option `field.PATH: property` says what a key of the row means


@dataclass(frozen=True, slots=True)
class Shape:
    """Where things stand in a list's JSON, as dotted paths; of several the first that is there counts.

    `fields` says what a key (or path) of a row means; keys that data/labels/policy.yaml teaches are known too,
    unless `taught` is off. `address` holds paths of the row's address, or templates such as `/detail?id={iid}`.
    """

    items: tuple[str, ...]
    total: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    page: str = "page"
    first: int = 1
    address: tuple[str, ...] = ("url",)
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    taught: bool = True

    def of(self, channel: Channel) -> "Shape":
        """Return the shape with what the channel's options say of it."""
        options = channel.options
        paths = ("items", "total", "pages", "size", "now", "address")
        said: dict[str, Any] = {name: tuple(options[name].split()) for name in paths if name in options}
        said |= {"page": options["page"]} if "page" in options else {}
        said |= {"first": whole(channel, "first", self.first)}
        taught = {name.removeprefix(FIELD): prop for name, prop in options.items() if name.startswith(FIELD)}
        return replace(self, **said, fields={**self.fields, **taught})


def first_request(channel: Channel, shape: Shape) -> list[Ask]:
    """Return the request for the first page; `options.body` makes it a POST."""
    body = channel.options.get("body", "")
    return [at_page(Ask(channel.url, "POST" if body else "GET", body), shape.page, shape.first)]


def listing(view: View, ask: Ask, shape: Shape, skip: str = "") -> Listing:
    """Return what a JSON list says, and from its first page the requests for all others.

    Rows titled `skip` are a template's, not the site's. Raises ListError for what is no such list.
    """
    answer = load(view.text)
    items = next((found for path in shape.items if isinstance(found := at(answer, path), list)), None)
    if items is None:
        raise ListError(f"the answer has no list at {' or '.join(shape.items)}")
    asked = page_of(ask, shape.page, shape.first)
    check_answers(asked, number(answer, shape.now))
    total, count = number(answer, shape.total), number(answer, shape.pages)
    if items and total is None and count is None and (shape.total or shape.pages):
        raise ListError(f"the answer tells no total at {' or '.join(shape.total + shape.pages)}")
    if not items and total and asked == shape.first:
        raise ListError(f"the answer claims {total} rows and holds none")
    found = [row(item, view.text, ask.url, shape) for item in items if not (skip and _title(item) == skip)]
    rows = [each for each in found if each is not None]
    if found and not rows:
        raise ListError(f"none of {len(found)} rows has an address at {' or '.join(shape.address)}")
    size = number(answer, shape.size) or len(items)
    most = max(count or 0, pages(total or 0, min(size, len(items)) or 1))
    return Listing(rows, rest(ask, shape.page, most, shape.first), total)


def load(text: str) -> Any:
    """Return JSON with places, bare or in the call of a JSONP answer. Raises ListError."""
    start = _CALL.match(text)
    try:
        if start is None:
            raise ValueError("it begins with no { or [")
        return parse(text, start.end())
    except ValueError as error:
        raise ListError(f"the answer is no JSON: {error}") from error


def at(value: Any, path: str) -> Any:
    """Return what stands at a dotted path (`data.results`, `0.rows`), or None; "" is the value itself."""
    for key in filter(None, path.split(".")):
        if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def number(answer: Any, paths: tuple[str, ...]) -> int | None:
    """Return the first whole number at one of the paths, printed bare or in quotation marks."""
    for path in paths:
        found = at(answer, path)
        if isinstance(found, Placed) and re.fullmatch(r"\d{1,9}", str(found.value).strip()):
            return int(str(found.value))
    return None


def row(item: Any, text: str, base: str, shape: Shape) -> Row | None:
    """Return one item as a row with all that it states; None when it names no address."""
    known = dict(leaves(item))
    links = (_address(known, each) for each in shape.address)
    url = next((url for link in links if link and (url := absolute(base, link)) is not None), None)
    if url is None:
        return None
    said: dict[str, tuple[int, Reading]] = {}
    for path, placed in known.items():
        name, rank = _meaning(path, shape)
        reading = stated(name, text, placed.span, placed.value) if name in PROPERTIES else None
        if reading is not None and (name not in said or rank < said[name][0]):
            said[name] = (rank, reading)
    return Row(url, {name: reading for name, (_, reading) in sorted(said.items())})


def leaves(item: Any, prefix: str = "") -> Iterator[tuple[str, Placed]]:
    """Yield the scalars of an item with their dotted paths.

    In a list of {key, name, value} a scalar goes by its key and by its name, as `domainMetaList` has them.
    """
    if isinstance(item, Placed):
        if item.value is not None:
            yield prefix, item
    elif isinstance(item, list):
        for each in item:
            yield from leaves(each, prefix)
    elif isinstance(item, dict):
        value = item.get("value")
        names = [item[key].value for key in ("key", "name") if isinstance(item.get(key), Placed)]
        if isinstance(value, Placed) and names:
            yield from ((str(name), value) for name in names if name and value.value is not None)
            return
        for key, each in item.items():
            yield from leaves(each, f"{prefix}.{key}" if prefix else key)


def _meaning(path: str, shape: Shape) -> tuple[str, int]:
    """Return the property that a path stands for, and its rank among the paths of that property."""
    key = path.rpartition(".")[2]
    if (name := shape.fields.get(path) or shape.fields.get(key)) is not None:
        return name, -1
    label = (labels().json.get(key.lower().lstrip("_")) or labels().get(key)) if shape.taught else None
    return (label.property, label.rank) if label else ("", 0)


def _address(known: Mapping[str, Placed], path: str) -> str | None:
    if "{" not in path:
        return str(known[path].value).strip() if path in known else None
    slots = _SLOT.findall(path)
    return path.format(**{s: known[s].value for s in slots}) if all(s in known for s in slots) else None


def _title(item: Any) -> str:
    found = at(item, "title")
    return str(found.value) if isinstance(found, Placed) else ""
