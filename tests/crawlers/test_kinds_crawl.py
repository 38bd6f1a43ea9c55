"""Every kind, crawled end to end over HTTP with its files: what the sandbox says is what the database holds."""

from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from ruamel.yaml import YAML
from sqlmodel import Session, select

from crawlers.reparse import reparse
from crawlers.run import CrawlResult, crawl
from crawlers.sources import Source, load_source
from release.publish import publish
from resolution.resolve import resolve
from sandbox.kinds import KindPage, kinds, pages, site, sources
from sandbox.server import serve
from schema.content import content_hash
from schema.database import open_database
from schema.settings import Settings
from schema.tables import Mention, Record, Tie


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Source, Settings, CrawlResult]:
    folder = tmp_path_factory.mktemp("kinds")
    file: dict[str, Any] = sources("a")
    file["status"]["since"] = date(2026, 11, 22)
    path = folder / f"{file['id']}.yaml"
    with path.open("w", encoding="utf-8") as out:
        YAML(typ="safe").dump(file, out)
    source, served = load_source(path), site("a")
    with serve(web={served.host: served}) as server:
        settings = Settings(var=folder / "var", http_proxy=server.proxy_url)
        open_database(settings.database)
        return source, settings, crawl(source, settings)


def records(settings: Settings) -> dict[str, list[Record]]:
    found = defaultdict(list)
    with Session(open_database(settings.database)) as session:
        for record in session.exec(select(Record)).all():
            found[record.url].append(record)
    return found


def every_page() -> list[KindPage]:
    return [page for kind in kinds("a") for page in pages(kind)]


def test_every_page_of_every_kind_is_a_record_or_refused_and_none_is_lost(crawled: Any) -> None:
    _, settings, result = crawled
    assert (result.outcome, result.reason) == ("ok", "")
    found = records(settings)
    wrong = []
    for page in every_page():
        expected = 0 if page.kind == "none" else len(page.expected) if isinstance(page.expected, list) else 1
        got = [r for r in found.get(page.url, []) if page.kind in {"none", r.kind}]
        if len(got) < expected or (page.kind == "none" and got):
            wrong.append((page.url, page.shape, len(got), expected))
    assert wrong == []
    assert {r.kind for rs in found.values() for r in rs} >= {
        "conference", "alliance", "park", "university", "research_institute", "new_rd_organisation",
        "enterprise", "funding",
    }  # fmt: skip


def test_names_in_records_are_mentions_and_ties(crawled: Any) -> None:
    _, settings, _ = crawled
    with Session(open_database(settings.database)) as session:
        ties = {tie.type for tie in session.exec(select(Tie))}
        roles = {mention.role for mention in session.exec(select(Mention))}
    assert {
        "hosted_by",
        "organised_by",
        "co_organised_by",
        "initiated_by",
        "member_of",
        "operates",
        "investment",
    } <= ties
    assert {"subject", "host", "supporter", "member", "investor", "operator"} <= roles


def test_the_archive_gives_the_same_records_again_files_and_all(crawled: Any) -> None:
    source, settings, _ = crawled
    engine = open_database(settings.database)
    before = content_hash(engine)
    result = reparse(engine, source, settings.archive)
    assert result.failed == []
    assert content_hash(engine) == before


def test_they_are_resolved_and_published(crawled: Any) -> None:
    _, settings, _ = crawled
    engine = open_database(settings.database)
    resolve(engine)
    result = publish(engine, settings.releases)
    assert result.counts["entity"] > 200
