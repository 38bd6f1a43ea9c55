"""广东省: the open-government catalogue (gkmlpt), lists as JSON, metadata in a definition list."""

import json
import re
from datetime import datetime, timedelta, timezone
from typing import Any

from sandbox.facts import Fact, facts
from sandbox.site import Page, Request, Site

SID = "2"
CATEGORY = 5
PER_PAGE = 10
INDEX = "/gkmlpt/index"
_BEIJING = timezone(timedelta(hours=8))


def build(said: tuple[Fact, ...] | None = None) -> Site:
    """Return the site with its index and its JSON list; `said` stands for its facts."""
    site = Site("gd", "www.gd.sandbox.test", "广东省人民政府门户网站", "440000", said or facts("gd"))
    site.add_common(INDEX)
    tree = [{"id": CATEGORY, "name": "政策文件", "parent_id": 0, "jump_url": "", "son": []}]
    config = json.dumps({"SITE_ID": SID, "SID": SID, "TREE": tree}, ensure_ascii=False)
    site.pages[INDEX] = site.html("gd/index.html", config=config)
    site.lists.append(Request("GET", site.url(INDEX)))
    for number in range(1, -(-len(site.facts) // PER_PAGE) + 1):
        path = f"/gkmlpt/api/all/{CATEGORY}?page={number}&sid={SID}"
        site.lists.append(Request("GET", site.url(path)))
    site.dynamic = lambda method, target, _body: _list(site, target) if method == "GET" else None
    return site


def _list(site: Site, target: str) -> Page | None:
    """Return a page of the JSON list; behind the last one it is empty."""
    asked = re.fullmatch(rf"/gkmlpt/api/all/{CATEGORY}\?page=([1-9]\d{{0,5}})&sid={SID}", target)
    if asked is None:
        return None
    number = int(asked[1])
    rows = site.facts[(number - 1) * PER_PAGE : number * PER_PAGE]
    articles = [_article(site, fact) for fact in rows]
    answer = {"articles": articles, "total": len(site.facts), "page": number, "per_page": PER_PAGE}
    return Page(json.dumps(answer, ensure_ascii=False).encode(), "application/json")


def _article(site: Site, fact: Fact) -> dict[str, Any]:
    published = _epoch(fact.published_date, hour=10)
    return {
        "id": int(fact.path.rpartition("_")[2].removesuffix(".html")),
        "title": fact.title,
        "url": site.url(fact.path),
        "document_number": fact.printed_doc_number or "",
        "identifier": fact.index_number or "",
        "publisher": "、".join(fact.issuers),
        # The row was made before it was shown; only the shown time is the publication.
        "created_at": published - 3600,
        "first_publish_time": published,
        "display_publish_time": published,
        "is_expired": int(fact.validity == "expired"),
        "is_abolished": int(fact.validity == "repealed"),
    }


def _epoch(day: str, hour: int) -> int:
    return int(datetime.fromisoformat(day).replace(hour=hour, tzinfo=_BEIJING).timestamp())
