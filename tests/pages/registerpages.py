"""What the tests of kinds that are listed share: pages with their files, read and compared cell by cell."""

from collections import defaultdict
from importlib import import_module
from typing import Any
from urllib.parse import urljoin

from crawlers.attachments import FileView, read_file
from crawlers.pages import NotARecord
from crawlers.view import View
from sandbox.kinds import KindPage, pages
from sandbox.kinds.files import made
from schema.evidence import Extraction

_FILES: dict[str, FileView] = {}


def files_of(page: KindPage) -> dict[str, View]:
    found: dict[str, View] = {}
    for path, body in made(page.files).items():
        url = urljoin(page.url, path)
        if url not in _FILES:
            _FILES[url] = read_file(body, url)
        found[url] = _FILES[url]
    return found


def read(kind: str, page: KindPage) -> tuple[View, dict[str, View], list[Extraction]]:
    """Return the page, its files and what was read of them; nothing where the page was refused."""
    view, files = View.of(page.body, page.url, page.media_type), files_of(page)
    try:
        found = import_module(f"crawlers.pages.{kind}").extract(view, None, files)
    except NotARecord:
        return view, files, []
    return view, files, [found] if isinstance(found, Extraction) else list(found)


def values(one: Extraction) -> dict[str, Any]:
    return {name: one.values(name) if name == "programmes" else one.value(name) for name in one.fields}


def wanted(page: KindPage) -> list[dict[str, Any]]:
    return page.expected if isinstance(page.expected, list) else [page.expected]


def table_page(title: str, rows: list[list[str]], before: str = "") -> View:
    """Return a page with one table under a heading."""
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    body = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{before}<table>{lines}</table></body></html>"
    )
    return View.of(body.encode(), "https://a.cn/1.html")


def records(kind: str, group: str = "a") -> list[KindPage]:
    return [page for page in pages(kind, group) if page.kind == kind]


def refused(kind: str, group: str = "a") -> list[KindPage]:
    return [page for page in pages(kind, group) if page.kind == "none"]


def same(name: str, found: Any, expected: Any) -> bool:
    if name == "programmes":
        keys = {key for each in expected for key in each}
        got = [{key: each[key] for key in each if key in keys} for each in found or ()]
        return sorted(map(str, map(sorted, map(dict.items, got)))) == sorted(
            map(str, map(sorted, map(dict.items, expected)))
        )
    return str(found) == str(expected)


def accuracy(kind: str, group: str = "a") -> tuple[dict[str, float], list[Any], list[Any]]:
    """Return the accuracy per property over all cells, the cells that were missed, and rows that nobody expected."""
    n: dict[str, int] = defaultdict(int)
    right: dict[str, int] = defaultdict(int)
    misses, extra = [], []
    for page in records(kind, group):
        found = [values(one) for one in read(kind, page)[2]]
        single = not isinstance(page.expected, list)
        by_name = {str(row.get("name")): row for row in found}
        if not single:
            known = {str(row["name"]) for row in wanted(page)}
            extra += [(page.shape, name) for name in by_name if name not in known]
        for row in wanted(page):
            mine = (found[0] if found else {}) if single else by_name.get(str(row["name"]), {})
            for name, value in row.items():
                n[name] += 1
                right[name] += same(name, mine.get(name), value)
                if not same(name, mine.get(name), value):
                    misses.append((page.shape, name, value, mine.get(name)))
    return {name: right[name] / n[name] for name in sorted(n)}, misses, extra


def badly_quoted(kind: str, page: KindPage) -> list[tuple[str, Any]]:
    """Return the readings with spans that do not say their raw string in the document that they name."""
    view, files, found = read(kind, page)
    documents = {file.document: file for file in files.values() if isinstance(file, FileView)}
    return [
        (name, reading)
        for one in found
        for name, readings in one.fields.items()
        for reading in readings
        if reading.spans
        and (documents[reading.document] if reading.document else view).slice(reading.spans) != reading.raw
    ]
