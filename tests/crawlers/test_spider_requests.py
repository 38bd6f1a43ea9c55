"""What a request looks like on the wire: a form says that it is one, and JSON that it is JSON."""

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.settings import Settings

from crawlers.spiders.harvest import HarvestSpider


def made() -> HarvestSpider:
    ids = {"source": SimpleNamespace(id="town"), "run": SimpleNamespace(id="r1", cycle=1)}
    ledger: Any = SimpleNamespace(**ids, last_answer=lambda _: None)
    return HarvestSpider(ledger=ledger, archivist=ledger, channels={}, process=ledger)


@pytest.mark.parametrize(
    ("method", "body", "content_type"),
    [
        ("GET", "", None),
        ("POST", "pageIndex=1&channel_id=5", b"application/x-www-form-urlencoded"),
        ("POST", '{"pageNum":1}', b"application/json"),
    ],
)
def test_a_post_names_the_type_of_its_body(method: str, body: str, content_type: bytes | None) -> None:
    spider = made()
    entry: Any = SimpleNamespace(
        id="e1", channel_id="town/c", url="http://www.town.test/list", method=method, body=body
    )
    assert spider._request(entry).headers.get("Content-Type") == content_type


@pytest.mark.parametrize(("obeys", "allowed"), [(True, False), (False, True)])
def test_where_the_rules_are_not_known_a_page_loads_nothing_unless_the_source_has_its_exception(
    obeys: bool, allowed: bool
) -> None:
    spider = made()
    spider.crawler = SimpleNamespace(settings=Settings({"ROBOTSTXT_OBEY": obeys}))  # type: ignore[assignment]
    assert spider.allowed_by_robots("http://www.town.test/private/a.json") is allowed
