"""What the tests of kinds with many records a page share: each expected record is matched with the one read of it."""

from collections import defaultdict
from typing import Any

from crawlers.attachments import read_file
from crawlers.evaluate import Score, _score
from crawlers.pages import NotARecord
from crawlers.pages import enterprise as enterprise_page
from crawlers.pages import funding as funding_page
from crawlers.view import View
from sandbox.kinds import KindPage, pages
from schema.evidence import Extraction

LISTS = frozenset({"short_names", "revenue", "investors"})


def read(kind: str, page: KindPage) -> tuple[View, list[Extraction], dict[str, View]]:
    """Return the page, what was read of it with its files, and the views by the sha256 that readings name."""
    view = View.of(page.body, page.url, page.media_type)
    files = {path: read_file(body, path) for path, body in page.files.items()}
    documents: dict[str, View] = {file.document: file for file in files.values()}
    try:
        found = enterprise_page.extract(view, None, dict(files)) if kind == "enterprise" else funding_page.extract(view)
    except NotARecord:
        return view, [], documents
    return view, [found] if isinstance(found, Extraction) else found, documents


def values(extraction: Extraction) -> dict[str, Any]:
    return {
        name: [one.value for one in found] if name in LISTS else found[0].value
        for name, found in extraction.fields.items()
    }


def missed(found: list[dict[str, Any]], expected: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what of an expected record was read otherwise, in the record of the page that is nearest to it."""

    def misses(one: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        return {
            name: (value, one.get(name))
            for name, value in expected.items()
            if not _score(Score(), name, one.get(name), value)
        }

    return min((misses(one) for one in found), key=len, default=dict.fromkeys(expected, (None, None)))


def accuracy(kind: str, group: str = "a") -> tuple[dict[str, float], list[Any]]:
    """Return the accuracy by field over all pages of a group, and what was missed; a record too many is a miss."""
    n: dict[str, int] = defaultdict(int)
    wrong: dict[str, int] = defaultdict(int)
    misses: list[Any] = []
    for page in records(kind, group):
        found = [values(one) for one in read(kind, page)[1]]
        expected = page.expected if isinstance(page.expected, list) else [page.expected]
        if isinstance(page.expected, list):
            n["records"] += 1
            if len(found) != len(expected):
                wrong["records"] += 1
                misses.append((page.shape, "records", len(expected), len(found)))
        for one in expected:
            wrongly = missed(found, one)
            misses += [(page.shape, wrongly)] if wrongly else []
            for name in one:
                n[name] += 1
                wrong[name] += name in wrongly
    return {name: 1 - wrong[name] / n[name] for name in n}, misses


def records(kind: str, group: str = "a") -> list[KindPage]:
    return [page for page in pages(kind, group) if page.kind == kind]


def refused(kind: str, group: str = "a") -> list[KindPage]:
    return [page for page in pages(kind, group) if page.kind == "none"]


def badly_quoted(kind: str, page: KindPage) -> list[tuple[str, Any]]:
    """Return the readings whose spans do not say their raw string in the page, or in the file that they name."""
    view, found, documents = read(kind, page)
    return [
        (name, one)
        for extraction in found
        for name, readings in extraction.fields.items()
        for one in readings
        if one.raw != (documents[one.document] if one.document else view).slice(one.spans) and str(one.origin) != "url"
    ]
