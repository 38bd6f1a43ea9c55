from collections.abc import Iterator
from typing import Any

import pytest

from crawlers.families import Ask, ListError, Listing, Row, family, names
from crawlers.replay import Replay
from crawlers.sourcefile import Channel
from crawlers.sources import Source
from crawlers.view import View
from sandbox.truth import policies
from schema.errors import InputError
from schema.evidence import Origin

SITES = ("gd", "hubei", "most", "nanjing")
FAMILIES = ("gkmlpt", "hanweb_jpage", "trs_static")
TRUTH = policies()


@pytest.fixture(scope="module")
def replay(sandbox_warc: Any) -> Replay:
    return Replay.of(sandbox_warc)


def channel(sources: dict[str, Source], site: str) -> Channel:
    return sources[site].file.channels[0]


def walk(replay: Replay, chosen: Channel) -> Iterator[tuple[Ask, View, Listing]]:
    """Follow a list from its first request to its end, as a crawler does."""
    module = family(chosen.family)
    waiting, asked = module.requests(chosen), set()
    while waiting:
        ask = waiting.pop(0)
        assert ask not in asked, "a list page is asked for twice"
        asked.add(ask)
        answer = replay.get(ask.url, ask.method)
        assert answer is not None, f"the list has no page {ask}"
        view = View.of(answer.content(), answer.url, answer.content_type)
        listing = module.read(view, ask, chosen)
        waiting += listing.more
        yield ask, view, listing


def rows(replay: Replay, chosen: Channel) -> list[tuple[Row, View]]:
    return [(row, view) for _, view, listing in walk(replay, chosen) for row in listing.rows]


@pytest.mark.parametrize("site", SITES)
def test_a_list_names_every_page_of_the_site_once_and_in_order(
    replay: Replay, sandbox_sources: dict[str, Source], site: str
) -> None:
    found = [row.url for row, _ in rows(replay, channel(sandbox_sources, site))]
    assert found == [row["url"] for row in TRUTH if row["site"] == site]


@pytest.mark.parametrize("site", SITES)
def test_a_row_says_what_is_true(replay: Replay, sandbox_sources: dict[str, Source], site: str) -> None:
    true = {row["url"]: row["expected"] for row in TRUTH if row["site"] == site}
    for row, _ in rows(replay, channel(sandbox_sources, site)):
        said = {name: reading.value for name, reading in row.readings.items()}
        assert {"title", "published_date"} <= set(said) | ({"title"} if site == "most" else set())
        issuers = said.pop("issuers", None)
        assert issuers in (None, "、".join(true[row.url].get("issuers", [])))
        assert said == {name: true[row.url].get(name) for name in said}
    if site == "gd":
        kinds = {name for row, _ in rows(replay, channel(sandbox_sources, site)) for name in row.readings}
        assert kinds == {"title", "index_number", "issuers", "doc_number", "published_date", "validity"}


@pytest.mark.parametrize("site", SITES)
def test_every_reading_of_a_row_is_quoted_from_the_list(
    replay: Replay, sandbox_sources: dict[str, Source], site: str
) -> None:
    for row, view in rows(replay, channel(sandbox_sources, site)):
        for name, reading in row.readings.items():
            assert reading.spans, (row.url, name)
            assert view.slice(reading.spans) == reading.raw
            assert reading.origin is Origin.LIST_ROW


@pytest.mark.parametrize("site", ["gd", "nanjing"])
def test_a_list_that_counts_its_rows_has_as_many(replay: Replay, sandbox_sources: dict[str, Source], site: str) -> None:
    totals = {listing.total for _, _, listing in walk(replay, channel(sandbox_sources, site))} - {None}
    assert totals == {sum(row["site"] == site for row in TRUTH)}


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b'{"articles": 3, "total": "x"}', b"\xff\xfe\x00", b"<?xml version='1.0'?><a/>"]
)
def test_an_answer_that_is_no_list_of_the_family_raises_listerror(
    sandbox_sources: dict[str, Source], name: str, body: bytes
) -> None:
    chosen = next(c for s in sandbox_sources.values() for c in s.file.channels if c.family == name)
    later = {
        "gkmlpt": "/gkmlpt/api/all/5?page=1&sid=2",
        "hanweb_jpage": "/module/web/jpage/dataproxy.jsp?startrecord=1",
    }
    for url in {chosen.url, chosen.url + later.get(name, "")}:
        with pytest.raises(ListError, match=r"\w"):
            family(name).read(View.of(body, url, "application/json"), Ask(url), chosen)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_page_of_another_site_gives_no_rows(replay: Replay, sandbox_sources: dict[str, Source], name: str) -> None:
    chosen = next(c for s in sandbox_sources.values() for c in s.file.channels if c.family == name)
    foreign = (
        "http://www.gd.sandbox.test/gkmlpt/index" if name != "gkmlpt" else sandbox_sources["most"].file.channels[0].url
    )
    answer = replay.get(foreign)
    assert answer is not None
    try:
        listing = family(name).read(View.of(answer.content(), chosen.url, answer.content_type), Ask(chosen.url), chosen)
    except ListError:
        return
    assert (listing.rows, listing.more) == ([], [])


@pytest.mark.parametrize("href", ["http://[broken", "http://a]b/", "//[x", "javascript:void(0)", " ", "\x00"])
def test_a_link_that_is_no_address_does_not_cost_the_other_rows(sandbox_sources: dict[str, Source], href: str) -> None:
    chosen = channel(sandbox_sources, "most")
    page = f'<ul><li><a href="{href}">坏</a></li><li><a href="./202310/t20231023_1.html">通知</a>2023-10-23</li></ul>'
    found = family("trs_static").read(View.of(page.encode(), chosen.url, "text/html"), Ask(chosen.url), chosen)
    assert [row.url for row in found.rows] == ["http://www.most.sandbox.test/xxgk/fdzdgknr/202310/t20231023_1.html"]


@pytest.mark.parametrize("title", [r"\ud800通知", r"通\u0000知"])
def test_what_a_row_says_can_be_stored_whatever_the_site_sends(sandbox_sources: dict[str, Source], title: str) -> None:
    chosen = channel(sandbox_sources, "gd")
    url = "http://www.gd.sandbox.test/gkmlpt/api/all/5?page=1&sid=2"
    article = f'{{"url": "/gkmlpt/content/1/post_1.html", "title": "{title}"}}'
    view = View.of(f'{{"articles": [{article}], "total": 1}}'.encode(), url, "application/json")
    (row,) = family("gkmlpt").read(view, Ask(url), chosen).rows
    value = row.readings["title"].value
    assert "通" in value
    assert "\x00" not in value.encode("utf-8").decode(), "PostgreSQL refuses it"


@pytest.mark.parametrize("count", [10**9, -1, 0])
def test_a_list_that_claims_absurdly_many_pages_is_not_believed(sandbox_sources: dict[str, Source], count: int) -> None:
    chosen = channel(sandbox_sources, "most")
    page = f"<script>createPageHTML({count}, 0, 'index', 'html')</script><p>x</p>".replace("-", "")
    found = family("trs_static").read(View.of(page.encode(), chosen.url, "text/html"), Ask(chosen.url), chosen)
    assert len(found.more) <= 5_000


def test_a_column_that_only_archives_know_has_no_list(sandbox_sources: dict[str, Source]) -> None:
    chosen = channel(sandbox_sources, "most")
    assert family("archive_only").requests(chosen) == []
    with pytest.raises(ListError):
        family("archive_only").read(View.of(b"<p>x</p>", chosen.url), Ask(chosen.url), chosen)


def test_a_family_that_nobody_wrote_is_refused_with_those_that_are_known() -> None:
    assert set(FAMILIES) | {"archive_only"} < set(names())
    with pytest.raises(InputError, match="trs_static"):
        family("_rows")
