"""A second look at unchanged pages costs a few bytes, moves `last_seen`, and is told again by the archive."""

import hashlib
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from sqlmodel import Session, select

from crawlers.reparse import reparse
from crawlers.run import crawl
from crawlers.sources import load_source
from schema.content import content_hash
from schema.database import open_database
from schema.settings import Settings
from schema.tables import Record
from tests.crawlers.test_guest import YAML, Site, listing, policy, serving

BASE = "http://www.town.test"


def answer_with_etags(handler: BaseHTTPRequestHandler, site: Site, sent: list[int]) -> None:
    status, _, text = site.get(handler.path, (404, {}, "not found"))
    body = text.encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    unchanged = handler.headers.get("If-None-Match") == tag
    handler.send_response(304 if unchanged else status)
    handler.send_header("ETag", tag)
    if not unchanged:
        handler.send_header("Content-Type", "text/html; charset=utf-8")
    handler.send_header("Content-Length", "0" if unchanged else str(len(body)))
    handler.end_headers()
    if not unchanged:
        handler.wfile.write(body)
        sent.append(len(body))


def test_unchanged_pages_are_not_sent_again_and_a_changed_one_is(tmp_path: Path) -> None:
    site: Site = {f"{BASE}/zc/index.html": listing(1, 2, 3), **{f"{BASE}/zc/{n}.html": policy(n) for n in (1, 2, 3)}}
    sent: list[int] = []
    path = tmp_path / "town.yaml"
    path.write_text(YAML.format(host="www.town.test"), encoding="utf-8")
    source = load_source(path)
    with serving(site, lambda handler: answer_with_etags(handler, site, sent)) as (proxy, _):
        settings = Settings(var=tmp_path / "var", http_proxy=proxy)
        engine = open_database(settings.database)
        first = crawl(source, settings)
        whole, before = sum(sent), content_hash(engine)
        sent.clear()
        second = crawl(source, settings)
        assert (first.outcome, second.outcome) == ("ok", "ok")
        assert second.counts["unchanged"] == 3
        assert second.counts["not_modified"] == 4, "the list and three pages; robots.txt is asked for anew"
        assert sum(sent) < whole / 20
        assert content_hash(engine) == before
        seen = looks(engine)
        reparse(engine, source, settings.archive)
        assert looks(engine) == seen, "the archive tells of the second look too"
        site[f"{BASE}/zc/2.html"] = (200, {}, site[f"{BASE}/zc/2.html"][2].replace("第3条", "第三条"))
        third = crawl(source, settings)
        assert (third.counts["changed"], third.counts["unchanged"]) == (1, 2)
    engine.dispose()


def looks(engine: object) -> list[tuple[str, object]]:
    with Session(engine) as session:  # type: ignore[arg-type]
        return sorted((r.url, r.last_seen) for r in session.exec(select(Record)))
