"""A small source and what one page of it said, for the tests of the ledger and of versions."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.records import Observation
from crawlers.sources import Source, load_source
from crawlers.versions import Look
from schema.evidence import Extraction, Origin, Reading
from schema.tables import Document

DAY = datetime(2023, 10, 23, 8, tzinfo=UTC)
SHA = "{:064x}"


@pytest.fixture
def town(tmp_path: Path) -> Source:
    path = tmp_path / "town.yaml"
    path.write_text(
        "{id: town, name: 某市, url: 'http://town.test', level: city, region: '440100', "
        "status: {state: verified, reason: a test, since: 2026-11-22}, channels: [{id: c, name: 文件, kind: policy, "
        "family: trs_static, url: 'http://town.test/index.html', article: '/t\\d+\\.html$'}]}",
        encoding="utf-8",
    )
    return load_source(path)


def document(number: int) -> Document:
    return Document(sha256=SHA.format(number), charset="utf-8", media_type="html", length=9, text=f"文{number}")


def observation(page: int = 1, **changes: Any) -> Observation:
    """Return what a page said; `title`, `issuers`, `document`, `day`, `version` tell what is different today."""
    said = {
        "title": f"通知{page}",
        "issuers": ["市政府", "市科技局"],
        "document": page,
        "day": 0,
        "version": 1,
    } | changes
    extraction = Extraction("policy")
    extraction.fields["title"] = [Reading(said["title"], said["title"], Origin.TITLE, ((0, 2),))]
    extraction.fields["issuers"] = [Reading(n, n, Origin.TABLE, ((0, 1),)) for n in said["issuers"]]
    extraction.fields["published_date"] = [Reading("2023-10-23", "2023年10月23日", Origin.TABLE, ((0, 1),))]
    return Observation(
        source_id="town",
        channel_id="town/c",
        url=f"http://town.test/t{page}.html",
        document_sha256=SHA.format(said["document"]),
        seen_at=DAY + timedelta(days=said["day"]),
        region="440100",
        extraction=extraction,
        extractor="pages.policy",
        extractor_version=said["version"],
    )


def look(page: int = 1, **changes: Any) -> Look:
    """Return a look at a page: what `observation` gives, or with `is_gone` nothing."""
    is_gone = changes.pop("is_gone", False)
    seen = observation(page, **changes)
    return Look(
        seen.source_id, seen.channel_id, seen.url, seen.document_sha256, seen.seen_at, seen.region,
        () if is_gone else (seen,), is_gone,
    )  # fmt: skip


@pytest.fixture
def said() -> Callable[..., Look]:
    return look


@pytest.fixture
def document_of() -> Callable[[int], Document]:
    return document
