"""Where things may stand in a JSON list of no known shape: a proposal for the options of `json_api`."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawlers.families._json import leaves
from crawlers.fields.labels import labels
from crawlers.jsonplaces import Placed
from schema.types.document_number import DocumentNumber
from schema.types.partial_date import PartialDate

PAGES = (
    "page", "pageNo", "pageNum", "pageNumber", "pageIndex", "currentPage", "curPage", "currPage", "pageno", "pn", "p",
)  # fmt: skip
_TOTAL = re.compile(r"total(?:_?(?:count|records?|rows?|elements|hits|num))?|record_?count|count|num", re.IGNORECASE)
_PAGED = re.compile(r"(?:total_?)?pages?(?:_?count)?|page_?num", re.IGNORECASE)
_WRITTEN = re.compile(r"fwrq|cwrq|writ|sign|scrq", re.IGNORECASE)
_LINK = re.compile(r"(?:https?:/)?/\S+|\S+\.s?html?(?:\?\S*)?")
_LONGEST = 500  # characters of an address
_ID = re.compile(r"(?:\w*_)?(?:uu|gu|i)?id|code", re.IGNORECASE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")


def guess(answer: Any, url: str, body: str = "") -> dict[str, str] | None:
    """Return the options with which `json_api` reads an answer, or None when it holds no list of titled things.

    Where no key holds an address, `address` is a template over an id, and no more than a guess.
    """
    lists = sorted(_lists(answer), key=lambda found: -len(found[1]))
    for path, items in lists:
        rows = [dict(leaves(item)) for item in items]
        fields = _fields(rows)
        address = _address(rows)
        if "title" not in fields.values() or address is None:
            continue
        options = {"items": path or ".", "address": address}
        options |= {f"field.{key}": name for key, name in fields.items()}
        beside = list(_numbers(answer, path))
        total = next((p for p, n in beside if _TOTAL.fullmatch(p.rpartition(".")[2]) and n >= len(items)), None)
        pages = next((p for p, _ in beside if _PAGED.fullmatch(p.rpartition(".")[2])), None)
        page = _page(url, body)
        if page is not None and (total or pages):
            options["page"] = page[0]
            options |= {"first": "0"} if page[1] == 0 else {}
            options |= {"total": total} if total else {"pages": pages or ""}
        return options | ({"body": body} if body else {})
    return None


def _lists(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """Yield the lists of objects in an answer with their dotted paths."""
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        yield path, value
    elif isinstance(value, dict) and depth < 5:
        for key, each in value.items():
            if "." not in key:
                yield from _lists(each, f"{path}.{key}" if path else key, depth + 1)


def _numbers(value: Any, path: str) -> Iterator[tuple[str, int]]:
    """Yield the whole numbers beside a list and above it, the nearest first."""
    keys = [key for key in path.split(".") if key][:-1]
    for count in range(len(keys), -1, -1):
        folder = value
        for key in keys[:count]:
            folder = folder[key]
        for key, each in folder.items() if isinstance(folder, dict) else ():
            if isinstance(each, Placed) and re.fullmatch(r"\d{1,9}", str(each.value).strip()):
                yield ".".join([*keys[:count], key]), int(str(each.value))


def _fields(rows: list[dict[str, Placed]]) -> dict[str, str]:
    """Return what the keys of the rows mean: as the label file teaches, else by the form of their values."""
    found: dict[str, str] = {}
    for key in dict.fromkeys(key for row in rows for key in row):
        values = [str(row[key].value).strip() for row in rows if key in row and row[key].value not in (None, "")]
        name = _taught(key) or _by_form(key, values)
        if name and values and name not in found.values():
            found[key] = name
    if "title" not in found.values():
        titles = [
            key for key in (rows[0] if rows else ())
            if key not in found and all(_CHINESE.search(str(row[key].value)) for row in rows if key in row)
        ]  # fmt: skip
        longest = max(titles, key=lambda key: sum(len(str(row[key].value)) for row in rows if key in row), default=None)
        found |= {longest: "title"} if longest else {}
    return found


def _taught(key: str) -> str | None:
    last = key.rpartition(".")[2]
    label = labels().json.get(last.lower().lstrip("_")) or labels().get(last)
    known = {"title", "doc_number", "index_number", "issuers", "written_date", "published_date", "subject", "validity"}
    return label.property if label is not None and label.property in known else None


def _by_form(key: str, values: list[str]) -> str | None:
    if values and all(re.search(r"\d", v) and PartialDate.parse(v) for v in values):
        return "written_date" if _WRITTEN.search(key) else "published_date"
    if values and all(DocumentNumber.parse(v) for v in values):
        return "doc_number"
    return "index_number" if key.lower().endswith("syh") else None


def _address(rows: list[dict[str, Placed]]) -> str | None:
    """Return the key that holds the rows' addresses, else a template over the key of an id; None without either."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    for key in keys:
        values = [str(row[key].value).strip() for row in rows if key in row and row[key].value]
        if len(values) >= len(rows) / 2 and len(set(values)) == len(values) and all(map(_is_link, values)):
            return key
    for key in keys:
        values = [str(row[key].value) for row in rows if key in row]
        if _ID.fullmatch(key) and len(set(values)) == len(rows) and re.fullmatch(r"[\w.]+", key):
            return f"{{{key}}}"
    return None


def _is_link(value: str) -> bool:
    return len(value) < _LONGEST and _LINK.fullmatch(value) is not None


def _page(url: str, body: str) -> tuple[str, int] | None:
    """Return the parameter that holds the page's number, and that number."""
    said = dict(parse_qsl(urlsplit(url).query) + parse_qsl(body))
    said |= dict(re.findall(r'"(\w+)"\s*:\s*"?(\d+)', body))
    return next(((name, int(said[name])) for name in PAGES if said.get(name, "").isdecimal()), None)
