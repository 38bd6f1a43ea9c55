"""Small pages in wordings and forms of further authors: what speaks for a value is weighed, whatever the sentence."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from crawlers.evaluate import Score, _score
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction
from tests.pages.accuracy import _nearest, values

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).parent / "cases" / "told.yaml")


def rows(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is read of a case's page, between a menu and a footer."""
    html = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{case["title"]}</title></head><body><div class="nav">'
        f'<a href="/">首页</a> <a href="/a">新闻</a></div><h1>{case["title"]}</h1>{case["body"]}'
        '<div class="footer">版权所有 联系我们</div></body></html>'
    )
    module: Any = import_module(f"crawlers.pages.{case['kind']}")
    view = View.of(html.encode(), "https://cases.test/1.html", "text/html")
    try:
        found = module.extract(view)
    except NotARecord:
        return []
    return [values(one) for one in ([found] if isinstance(found, Extraction) else found)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}-{case['title'][:12]}")
def test_a_page_in_words_of_its_own_is_read(case: dict[str, Any]) -> None:
    found = rows(case)
    expected = case["expected"]
    many = isinstance(expected, list)
    assert len(found) == (len(expected) if many else 1)
    for one in expected if many else [expected]:
        row = _nearest(found, one) if many else found[0]
        assert {
            name: row.get(name) for name, value in one.items() if not _score(Score(), name, row.get(name), value)
        } == {}
