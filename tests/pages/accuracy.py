"""How well a group of the sandbox's pages is read: every expected cell against what was read, per kind and property."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from urllib.parse import urljoin

from crawlers.attachments import AttachmentError, FileView, read_file
from crawlers.evaluate import LISTS, Score, _score, normal
from crawlers.pages import NotARecord
from crawlers.view import View
from sandbox.kinds import KindPage, kinds, pages
from schema.evidence import Extraction

NAMES = ("name", "investee", "legal_name", "title")


def extractions(page: KindPage) -> list[Extraction]:
    """Return what is read of a page with its files; nothing of a page that is refused."""
    kind = page.url.split("/")[3]
    module: Any = import_module(f"crawlers.pages.{kind}")
    files: dict[str, FileView] = {}
    for path, body in page.files.items():
        try:
            files[urljoin(page.url, path)] = read_file(body, urljoin(page.url, path))
        except AttachmentError:
            continue
    view = View.of(page.body, page.url, page.media_type)
    try:
        found = module.extract(view, None, files) if hasattr(module, "FILES") else module.extract(view)
    except NotARecord:
        return []
    return [found] if isinstance(found, Extraction) else list(found)


def values(extraction: Extraction) -> dict[str, Any]:
    found = {name: extraction.values(name) if name in LISTS else extraction.value(name) for name in extraction.fields}
    return found | ({"issuer": found["issuers"][0]} if found.get("issuers") else {})


def _nearest(rows: list[dict[str, Any]], expected: dict[str, Any]) -> dict[str, Any]:
    """Return the row that an expected one stands for: of those of its name, the one with most in common."""
    # What is expected of a page that prints its rows without names is looked for among all rows.
    named = [row for row in rows if any(normal(row.get(n, "")) == normal(expected.get(n, "?")) for n in NAMES)]
    named = named if set(NAMES) & set(expected) else rows

    def common(row: dict[str, Any]) -> int:
        return sum(_score(Score(), name, row.get(name), value) for name, value in expected.items())

    return max(named, key=common, default={})


def cells(page: KindPage) -> Iterator[tuple[str, Any, Any, bool]]:
    """Yield property, expected value, read value and whether it is right, for every expected cell of a page."""
    rows = [values(extraction) for extraction in extractions(page)]
    if page.kind == "none":
        yield "refused", [], [row.get("title") or row.get("name") for row in rows], not rows
        return
    many = isinstance(page.expected, list)
    for expected in page.expected if isinstance(page.expected, list) else [page.expected]:
        row = _nearest(rows, expected) if many else next(iter(rows), {})
        for name, value in expected.items():
            yield name, value, row.get(name), _score(Score(), name, row.get(name), value)
    if many:
        yield "rows", len(page.expected), len(rows), len(rows) == len(page.expected)


def measure(group: str) -> dict[str, dict[str, Any]]:
    """Return per kind the cells, those read right, the accuracy by property, and the misses."""
    found = {}
    for kind in kinds(group):
        n, right, misses = Counter[str](), Counter[str](), []
        for page in pages(kind, group):
            for name, expected, got, is_right in cells(page):
                n[name] += 1
                right[name] += is_right
                if not is_right:
                    misses.append((page.shape, name, expected, got))
        by = {name: round(right[name] / n[name], 4) for name in sorted(n)}
        found[kind] = {"cells": n.total(), "right": right.total(), "by": by, "misses": misses}
        found[kind]["accuracy"] = round(right.total() / max(n.total(), 1), 4)
    return found


def main() -> None:
    """Print the accuracy of a group, and with a kind its misses."""
    found = measure(sys.argv[1])
    total, right = (sum(kind[name] for kind in found.values()) for name in ("cells", "right"))
    print(json.dumps({"group": sys.argv[1], "cells": total, "right": right, "accuracy": round(right / total, 4)}))
    for kind, said in found.items():
        print(kind, said["cells"], said["accuracy"], {k: v for k, v in said["by"].items() if v < 1})
        for miss in said["misses"] if sys.argv[2:] and sys.argv[2] in {kind, "all"} else ():
            print("   ", *(str(part)[:110] for part in miss), sep=" | ")


if __name__ == "__main__":
    main()
