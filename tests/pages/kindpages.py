"""What the tests of all kinds share: pages of the sandbox and of tests/pages/cases, read and compared."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from crawlers.evaluate import Score, _score, properties
from crawlers.pages import EXTRACTORS, NotARecord
from crawlers.view import View
from sandbox.kinds import KindPage, pages
from schema.evidence import Extraction

CASES = Path(__file__).parent / "cases"


def cases(kind: str) -> list[Path]:
    return sorted(path.parent for path in (CASES / kind).glob("*/page.html"))


def read(kind: str, body: bytes, url: str = "http://cases.test/1.html") -> tuple[View, Extraction | None]:
    view = View.of(body, url, "text/html")
    try:
        found = EXTRACTORS[kind](view)
    except NotARecord:
        return view, None
    assert isinstance(found, Extraction)
    return view, found


def told(kind: str, title: str, *lines: str) -> dict[str, Any]:
    """Return what is read of a page of a heading and a few lines."""
    body = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    page = (
        f"<html><head><title>{title}_资讯网</title></head><body><h1>{title}</h1><p>2023-05-06</p>{body}</body></html>"
    )
    extraction = read(kind, page.encode())[1]
    return properties(extraction) if extraction else {}


def missed(extraction: Extraction | None, expected: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what was read otherwise than expected: property -> (expected, found)."""
    values = properties(extraction) if extraction else {}
    return {
        name: (value, values.get(name))
        for name, value in expected.items()
        if not _score(Score(), name, values.get(name), value)
    }


def case_misses(folder: Path) -> dict[str, tuple[Any, Any]]:
    _, extraction = read(folder.parent.name, (folder / "page.html").read_bytes())
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    if expected.pop("not_a_record", False):
        return {"not_a_record": (True, False)} if extraction else {}
    return missed(extraction, expected)


def accuracy(kind: str, group: str = "a") -> tuple[dict[str, float], list[Any]]:
    """Return the accuracy by field over all sandbox pages that hold a record, and what was missed."""
    n: dict[str, int] = defaultdict(int)
    wrong: dict[str, int] = defaultdict(int)
    misses: list[Any] = []
    for page in records(kind, group):
        assert isinstance(page.expected, dict)
        found = missed(read(kind, page.body, page.url)[1], page.expected)
        misses += [(page.shape, found)] if found else []
        for name in page.expected:
            n[name] += 1
            wrong[name] += name in found
    return {name: 1 - wrong[name] / n[name] for name in n}, misses


def records(kind: str, group: str = "a") -> list[KindPage]:
    return [page for page in pages(kind, group) if page.kind == kind]


def refused(kind: str, group: str = "a") -> list[KindPage]:
    return [page for page in pages(kind, group) if page.kind == "none"]


def badly_quoted(kind: str, body: bytes) -> list[tuple[str, Any]]:
    """Return the readings whose spans do not say their raw string; alternative texts of pictures have no span."""
    view, extraction = read(kind, body)
    fields = extraction.fields if extraction else {}
    return [
        (name, one)
        for name, found in fields.items()
        for one in found
        if (one.spans or "alt=" not in body.decode("gb18030", "replace")) and view.slice(one.spans) != one.raw
    ]
