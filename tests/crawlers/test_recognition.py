"""Which family an address and its answer speak of: over every site of the sandbox that has a list, over HTTP."""

import http.client
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.families import Ask, family, names
from crawlers.likeness import pattern_of
from crawlers.recognition import Proposal, confirmed, recognise
from crawlers.sourcefile import Channel
from crawlers.view import View
from sandbox.server import Server, serve
from sandbox.sites import rendered, sites
from sandbox.sites.gd import INDEX
from sandbox.sites.hubei import FOLDER
from sandbox.sites.lists import columns
from sandbox.sites.most import FOLDER as MOST
from sandbox.sites.nanjing import COLUMN

COLUMNS = {column.name: column for column in columns().values()}
SEEN = {
    "trs_static": f"http://www.hubei.sandbox.test{FOLDER}/index.html",
    "trs_static-most": f"http://www.most.sandbox.test{MOST}/index.html",
    "gkmlpt": f"http://www.gd.sandbox.test{INDEX}",
    "hanweb_jpage": f"http://www.nanjing.sandbox.test{COLUMN}",
    "rendered": f"http://{rendered.HOST}{rendered.LIST}",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    web = {host: column.site for host, column in columns().items()} | dict(sites()) | {rendered.HOST: rendered.build()}
    with serve(web=web) as running:
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


def best(server: Server, ask: Ask) -> Proposal:
    found = recognise(get(server, ask), ask.url, body=ask.body)
    assert found, ask
    first = found[0]
    if not first.rows and first.asks:
        there = first.asks[0]
        known = confirmed(first, get(server, there), there)
        assert known is not None, first
        return known
    return first


def sound(proposal: Proposal) -> None:
    article, urls = proposal.channel.article, [row.url for row in proposal.rows]
    assert article.startswith("^")
    assert article.endswith("$")
    assert all(re.search(article, url) for url in urls)
    assert not re.search(article, proposal.channel.url)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_the_address_of_a_list_tells_its_family(server: Server, name: str) -> None:
    column = COLUMNS[name]
    [ask] = family(column.family).requests(Channel(**column.channel))
    proposal = best(server, ask)
    assert proposal.family == column.family
    options = column.channel["options"]
    assert proposal.channel.options.get("engine") == options.get("engine")
    sound(proposal)
    if name != "json_api":  # its rows name no address; a person gives the template
        assert [row.url for row in proposal.rows] == [url for _, url in column.rows][:5]
        assert all(re.search(proposal.channel.article, url) for _, url in column.rows), "a later page's rows"


@pytest.mark.parametrize("name", sorted(SEEN))
def test_the_page_that_people_see_tells_its_family(server: Server, name: str) -> None:
    proposal = best(server, Ask(SEEN[name]))
    assert proposal.family == name.partition("-")[0]
    if name == "rendered":
        assert proposal.doubts
        return
    assert proposal.rows
    sound(proposal)


def test_the_endpoints_behind_a_page_lead_to_the_page(server: Server) -> None:
    for name in ("gkmlpt", "hanweb_jpage"):
        [there] = recognise(get(server, Ask(SEEN[name])), SEEN[name])[0].asks
        proposal = recognise(get(server, there), there.url, body=there.body)[0]
        assert (proposal.family, proposal.channel.url) == (name, SEEN[name])
        sound(proposal)


def test_every_family_with_a_list_is_recognised_somewhere() -> None:
    seen = {column.family for column in COLUMNS.values()} | {name.partition("-")[0] for name in SEEN}
    assert seen == set(names()) - {"archive_only"}


@pytest.mark.parametrize("name", ["ucap", "hanweb_jpaas", "lonsun", "uuid_columns", "trs_search", "hanweb_xxgk"])
def test_a_page_whose_script_calls_the_endpoint_leads_to_it(server: Server, name: str) -> None:
    column = COLUMNS[name]
    [ask] = family(column.family).requests(Channel(**column.channel))
    path = ask.url.split("sandbox.test", 1)[1]
    script = f'<script>$.get("{path}", draw)</script>'
    page = f"<html><head><title>政策文件</title>{script}</head><body><p>文件</p></body></html>"
    url = column.site.url("/zcwj/list.html")
    [first, *_] = recognise(View.of(page.encode(), url, "text/html; charset=utf-8"), url)
    assert first.family == column.family
    known = confirmed(first, get(server, first.asks[0]), first.asks[0])
    assert known is not None
    assert [row.url for row in known.rows] == [row_url for _, row_url in column.rows][:5]


def test_an_ordinary_page_is_no_list() -> None:
    page = "<html><body><h1>关于本站</h1><p>" + "本站由某市人民政府办公室主办。" * 40 + "</p></body></html>"
    url = "http://a.test/about.html"
    assert recognise(View.of(page.encode(), url, "text/html;charset=utf-8"), url) == []


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"\xff\xfe\x00", b"<p>x</p>", b'{"a": [1, 2]}'])
def test_whatever_is_served_raises_nothing(body: bytes) -> None:
    for kind in ("text/html", "application/json"):
        assert all(not p.rows for p in recognise(View.of(body, "http://a.test/x", kind), "http://a.test/x"))


@pytest.mark.parametrize(
    ("urls", "own", "pattern"),
    [
        (["http://a.cn/zc/202301/t20230102_123.html", "http://a.cn/zc/202311/t20231102_5.html"], "",
         r"^https?://a\.cn/zc/\d{6}/t\d{8}_\d+\.html$"),
        (["http://a.cn/post_1234.html"], "", r"^https?://a\.cn/post_\d+\.html$"),
        (["http://a.cn/x?id=0f3a9c0d1e2f3a4b5c6d7e8f9a0b1c2d"], "", r"^https?://a\.cn/x\?id=[0-9a-f]{32}$"),
        (["http://a.cn/web/12/index.shtml"], "http://a.cn/web/9/index.shtml",
         r"^(?!https?://a\.cn/web/9/index\.shtml$)https?://a\.cn/web/\d+/index\.shtml$"),
    ],
)  # fmt: skip
def test_addresses_become_one_pattern(urls: list[str], own: str, pattern: str) -> None:
    assert pattern_of(urls, own) == pattern


ADDRESS = st.from_regex(r"\Ahttp://(a|b)\.cn(/[a-c0-9é%._-]{0,9}){0,4}(\?[a-d0-9=&;?/]{0,12})?\Z")


@given(st.lists(ADDRESS, min_size=1, max_size=12))
def test_a_pattern_matches_all_its_addresses_and_not_the_lists_own(urls: list[str]) -> None:
    own = "http://a.cn/a1/b2"
    wanted = [url for url in urls if url != own] or ["http://a.cn/1"]
    pattern = pattern_of(wanted, own)
    assert all(re.search(pattern, url) for url in wanted), pattern
    assert not re.search(pattern, own)


def test_a_page_of_endless_words_is_read_in_time() -> None:
    page = f"<html><body><script>var x = '{'a/' * 500_000}'</script><img src='data:{'A' * 1_000_000}'></body></html>"
    view = View.of(page.encode(), "http://a.cn/", "text/html")
    assert [proposal.family for proposal in recognise(view, "http://a.cn/")] == ["rendered"]
