"""Every folder of tests/families is a case: a saved answer, the request, the channel, and the rows to be read.

A new case needs no Python: `answer.(html|json|js|xml)`, `ask.json`, `channel.json`, `expected.json`. One that
`samplebase sources capture --list` made has `page.json` too, and `read_by` in `expected.json`: null until a person
has read the case, and until then the test fails.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.families import MAX_LIST_PAGES, Ask, ListError, Listing, family, names
from crawlers.sourcefile import Channel
from crawlers.view import View
from schema.errors import InputError
from schema.evidence import Origin

FOLDER = Path(__file__).parents[1] / "families"
CASES = sorted(path for path in FOLDER.glob("*/*") if path.is_dir())
TYPES = {".html": "text/html", ".json": "application/json", ".js": "text/javascript", ".xml": "text/xml"}
OLDER = {"archive_only", "gkmlpt", "hanweb_jpage", "trs_static"}  # tested in test_families.py
HTML = {"rendered", "hanweb_xxgk", "lonsun", "uuid_columns", "web_idx", "sh_nw", "generic"}


def load(case: Path, name: str) -> Any:
    return json.loads((case / f"{name}.json").read_text(encoding="utf-8"))


def channel_of(case: Path) -> Channel:
    return Channel(**load(case, "channel"))


def answered(case: Path) -> tuple[View, Ask, Channel]:
    (path,) = case.glob("answer.*")
    ask = Ask(**load(case, "ask"))
    kind = load(case, "page")["content_type"] if (case / "page.json").exists() else TYPES[path.suffix]
    return View.of(path.read_bytes(), ask.url, kind), ask, channel_of(case)


def told(listing: Listing) -> dict[str, Any]:
    return {
        "rows": [
            {"url": row.url, "readings": {name: {"value": r.value, "raw": r.raw} for name, r in row.readings.items()}}
            for row in listing.rows
        ],
        "more": [
            {"url": ask.url} | ({"method": ask.method, "body": ask.body} if ask.method != "GET" else {})
            for ask in listing.more
        ],
        "total": listing.total,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_a_saved_answer_gives_the_expected_rows_each_quoted_from_it(case: Path) -> None:
    view, ask, channel = answered(case)
    expected = load(case, "expected")
    assert expected.pop("read_by", "its author"), (
        f"nobody has read {case}: compare it with the page, then sign `read_by`"
    )
    module = family(channel.family)
    if "error" in expected:
        with pytest.raises(ListError, match=expected["error"]):
            module.read(view, ask, channel)
        return
    listing = module.read(view, ask, channel)
    assert told(listing) == expected
    for row in listing.rows:
        for reading in row.readings.values():
            assert reading.origin is Origin.LIST_ROW
            assert reading.spans
            assert view.slice(reading.spans) == reading.raw != ""


@pytest.mark.parametrize("name", sorted(set(names()) - OLDER))
def test_a_family_has_its_cases(name: str) -> None:
    kinds = {case.name.rpartition("_")[2] if name == "trs_search" else case.name for case in (FOLDER / name).iterdir()}
    assert {"first", "last", "empty", "broken"} | ({"gbk"} if name in HTML else set()) <= kinds


@pytest.mark.parametrize("name", sorted(set(names()) - OLDER))
@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"null", b"<p>x</p>", b"\xff\xfe\x00", b"<?xml version='1.0'?><a/>"]
)
def test_an_answer_that_is_no_list_raises_listerror(name: str, body: bytes) -> None:
    case = next(path for path in CASES if path.parent.name == name)
    _, ask, channel = answered(case)
    for kind in ("text/html", "application/json"):
        with pytest.raises(ListError, match=r"\w"):
            family(name).read(View.of(body, ask.url, kind), ask, channel)


@pytest.mark.parametrize(
    ("name", "url", "first"),
    [
        (
            "ucap",
            "http://a.test/s/0f",
            "http://a.test/s/0f?_isAgg=true&_isJson=true&_pageSize=15&_template=index&page=1",
        ),
        ("hanweb_xxgk", "http://a.test/s.jsp?currpage=9", "http://a.test/s.jsp?currpage=1"),
        (
            "hanweb_jpaas",
            "http://a.test/front/page/build/unit?webId=1",
            "http://a.test/front/page/build/unit?webId=1&paramJson=%7B%22pageNo%22%3A1%2C%22pageSize%22%3A15%7D",
        ),
        ("uuid_columns", "http://a.test/columns/u?fix=0", "http://a.test/columns/u?fix=0&page=1"),
        ("web_idx", "http://a.test/web/x/index.shtml", "http://a.test/web/x/index.shtml"),
        ("sh_nw", "http://a.test/nw1/index.html", "http://a.test/nw1/index.html"),
        ("generic", "http://a.test/list", "http://a.test/list"),
        (
            "lonsun",
            "http://a.t/site/label/8888?dateFormat=y&action=list&pageSize=9",
            "http://a.t/site/label/8888?dateFormat=y&action=list&pageSize=9&labelName=publicInfoList&isDate=true&pageIndex=1",
        ),
    ],
)
def test_a_list_begins_with_its_first_page(name: str, url: str, first: str) -> None:
    channel = Channel(id="c", name="c", kind="policy", family=name, url=url, article="x")
    assert [ask.url for ask in family(name).requests(channel)] == [first]


@pytest.mark.parametrize(
    ("name", "options", "problem"),
    [
        ("trs_search", {}, "engine"),
        ("trs_search", {"engine": "solr"}, "igs, was5, ssp, govsearch"),
        ("json_api", {}, "items"),
        ("json_api", {"items": "list", "field.T": "titel"}, "titel"),
        ("json_api", {"items": "list", "first": "one"}, "first"),
    ],
)
def test_options_that_a_family_cannot_use_are_an_error_that_names_them(
    name: str, options: dict[str, str], problem: str
) -> None:
    channel = Channel(id="c", name="c", kind="policy", family=name, url="http://a.test/", article="x", options=options)
    with pytest.raises(InputError, match=problem):
        family(name).requests(channel)


@pytest.mark.parametrize("case", [c for c in CASES if c.name.endswith("first")], ids=lambda case: case.parent.name)
@given(
    cut=st.integers(0, 10_000), length=st.integers(0, 40), put=st.sampled_from(["", '"', "<", "{", "9" * 30, "…", "&"])
)
@settings(max_examples=60)
def test_a_damaged_answer_gives_quoted_rows_or_a_listerror_and_nothing_else(
    case: Path, cut: int, length: int, put: str
) -> None:
    (path,) = case.glob("answer.*")
    _, ask, channel = answered(case)
    text = path.read_text(encoding="utf-8")
    at = cut % len(text)
    view = View.of((text[:at] + put + text[at + length :]).encode(), ask.url, TYPES[path.suffix])
    try:
        listing = family(channel.family).read(view, ask, channel)
    except ListError:
        return
    assert len(listing.more) < MAX_LIST_PAGES
    assert all(view.slice(r.spans) == r.raw != "" for row in listing.rows for r in row.readings.values())


def test_a_list_that_claims_absurdly_many_rows_is_read_up_to_a_bound() -> None:
    case = FOLDER / "ucap" / "first"
    _, ask, channel = answered(case)
    text = (case / "answer.json").read_text(encoding="utf-8").replace('"total":5', '"total":100000000')
    found = family("ucap").read(View.of(text.encode(), ask.url, "application/json"), ask, channel)
    assert len(found.more) == MAX_LIST_PAGES - 1
