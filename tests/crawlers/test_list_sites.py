"""Every family against a site that imitates it, over HTTP: the rows are the truth, in order, and none is lost."""

import http.client
from collections.abc import Iterator

import pytest

from crawlers.families import Ask, ListError, Listing, family, names
from crawlers.sourcefile import Channel
from crawlers.view import View
from sandbox.server import Server, serve
from sandbox.sites.lists import columns
from sandbox.sites.lists.column import Column

COLUMNS = {column.name: column for column in columns().values()}
IGNORES = "hanweb_jpaas-ignores"
SOUND = sorted(set(COLUMNS) - {IGNORES})


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(web={host: column.site for host, column in columns().items()}) as running:
        yield running


def get(server: Server, ask: Ask) -> View:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if ask.method == "POST" else {}
    connection.request(ask.method, ask.url, ask.body.encode() or None, headers)
    answer = connection.getresponse()
    assert answer.status == 200, ask
    body = answer.read()
    connection.close()
    return View.of(body, ask.url, answer.headers["Content-Type"])


def walk(server: Server, column: Column) -> Iterator[tuple[View, Listing]]:
    """Follow a list from its first request to its end, each request once, as the ledger does."""
    channel = Channel(**column.channel)
    module = family(channel.family)
    waiting, asked = module.requests(channel), set[Ask]()
    while waiting:
        ask = waiting.pop(0)
        if ask not in asked:
            asked.add(ask)
            view = get(server, ask)
            listing = module.read(view, ask, channel)
            waiting += listing.more
            yield view, listing


def test_every_family_with_a_list_has_a_site_that_imitates_it() -> None:
    elsewhere = {"archive_only", "gkmlpt", "hanweb_jpage", "rendered", "trs_static"}
    assert {column.family for column in COLUMNS.values()} | elsewhere == set(names())


@pytest.mark.parametrize("name", SOUND)
def test_a_lists_rows_are_the_truth_in_order_over_http(server: Server, name: str) -> None:
    column = COLUMNS[name]
    found = [row for _, listing in walk(server, column) for row in listing.rows]
    said = [{"url": row.url} | {prop: r.value for prop, r in row.readings.items()} for row in found]
    assert said == column.truth()
    assert len(said) == 12


@pytest.mark.parametrize("name", SOUND)
def test_every_reading_of_a_row_is_quoted_from_its_list(server: Server, name: str) -> None:
    for view, listing in walk(server, COLUMNS[name]):
        for row in listing.rows:
            for reading in row.readings.values():
                assert reading.spans
                assert view.slice(reading.spans) == reading.raw != ""


@pytest.mark.parametrize("name", SOUND)
def test_a_list_is_asked_for_as_often_as_it_has_pages(server: Server, name: str) -> None:
    assert len(list(walk(server, COLUMNS[name]))) == 3


def test_a_site_that_answers_its_first_page_for_every_page_is_told_after_one_request(server: Server) -> None:
    steps = walk(server, COLUMNS[IGNORES])
    assert len(next(steps)[1].rows) == 5
    with pytest.raises(ListError, match="page 2 was asked for and page 1 came"):
        next(steps)
