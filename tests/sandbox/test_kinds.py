"""The sandbox's pages of kinds: enough of them, true to their facts, and listed as a site lists them."""

import pytest

from crawlers.families import Ask, family
from crawlers.sourcefile import SourceFile
from crawlers.view import View
from sandbox import kinds
from schema.errors import InputError

KINDS = ("alliance", "conference", "park")


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_enough_shapes_facts_and_pages_to_refuse(kind: str) -> None:
    pages = kinds.pages(kind)
    records = [page for page in pages if page.kind == kind]
    shapes = {page.shape for page in records}
    assert len(shapes) >= 14
    assert all(sum(page.shape == shape for page in records) >= 3 for shape in shapes)
    assert len({page.shape for page in pages if page.kind == "none"}) >= 4


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_expected_is_printed(kind: str) -> None:
    for page in kinds.pages(kind):
        text = View.of(page.body, page.url, page.media_type).text + page.body.decode("gb18030", "replace")
        assert isinstance(page.expected, dict)
        for name in ("hosts", "initiators", "operator", "venue"):
            said = page.expected.get(name, [])
            for word in said if isinstance(said, list) else [said]:
                assert word in text, (page.shape, name)


def test_the_lists_of_the_site_lead_a_crawler_to_every_page() -> None:
    source = SourceFile(**kinds.sources("a"))
    site = kinds.site("a")
    for channel in source.channels:
        module = family(channel.family)
        asks = [Ask(channel.url)]
        found = set()
        while asks:
            ask = asks.pop()
            answer = site.answer("GET", ask.url.partition("test")[2])
            listing = module.read(View.of(answer.body, ask.url, answer.media_type), ask, channel)
            found |= {row.url for row in listing.rows}
            asks += listing.more
        assert found == {page.url for page in kinds.pages(channel.kind)}
        assert all(site.answer("GET", url.partition("test")[2]).status == 200 for url in found)


def test_a_group_or_kind_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError):
        kinds.pages("poem")
    with pytest.raises(InputError):
        kinds.kinds("zz")
