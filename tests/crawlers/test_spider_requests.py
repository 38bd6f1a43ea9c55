"""What a request looks like on the wire: a form says that it is one, and JSON that it is JSON."""

from types import SimpleNamespace
from typing import Any

import pytest

from crawlers.spiders.harvest import HarvestSpider


@pytest.mark.parametrize(
    ("method", "body", "content_type"),
    [
        ("GET", "", None),
        ("POST", "pageIndex=1&channel_id=5", b"application/x-www-form-urlencoded"),
        ("POST", '{"pageNum":1}', b"application/json"),
    ],
)
def test_a_post_names_the_type_of_its_body(method: str, body: str, content_type: bytes | None) -> None:
    ids = {"source": SimpleNamespace(id="town"), "run": SimpleNamespace(id="r1", cycle=1)}
    ledger: Any = SimpleNamespace(**ids, last_answer=lambda _: None)
    spider = HarvestSpider(ledger=ledger, archivist=ledger, channels={}, process=ledger)
    entry: Any = SimpleNamespace(
        id="e1", channel_id="town/c", url="http://www.town.test/list", method=method, body=body
    )
    assert spider._request(entry).headers.get("Content-Type") == content_type
