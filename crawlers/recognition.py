"""Which family of list an address and its answer speak of: proposals for a column, the best first."""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from crawlers.addresses import absolute
from crawlers.families import Ask, ListError, Listing, Row, family
from crawlers.families._json import load
from crawlers.families._pager import scripts
from crawlers.jsonguess import guess
from crawlers.likeness import pattern_of
from crawlers.rowlists import main_list
from crawlers.sourcefile import Channel, Kind
from crawlers.view import View
from schema.errors import InputError

ANY = "^https?://"  # while the rows' addresses are not known
_HEX = "[0-9a-f]{32}"
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# What an address says by itself: family and options. The same addresses stand in the scripts of the pages people see.
ENDPOINTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("ucap", rf"/(?:common/search|searchList)/{_HEX}\b", {}),
    ("trs_search", r"/igs/front/search/list\.html\b", {"engine": "igs"}),
    ("trs_search", r"/was5/web/search\b", {"engine": "was5"}),
    ("trs_search", r"/ssp/search/api/apiSearch\b", {"engine": "ssp"}),
    ("trs_search", r"/govsearch/jsonp/\w+\.jsp\b", {"engine": "govsearch"}),
    ("hanweb_xxgk", r"/module/xxgk/(?:search|serviceinfo|subjectinfo)\.jsp\b", {}),
    ("hanweb_jpaas", r"/front/page/build/unit\b", {}),
    ("hanweb_jpaas", r"/jpaas-jpolicy[\w-]*/[\w/-]*getPolicyByOrgId\b", {}),
    ("lonsun", r"/site/label/8888\b", {}),
    ("uuid_columns", rf"/columns/{_UUID}/templates/{_UUID}/blocks/{_UUID}", {}),
)
_SHAPES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("ucap", r'"(?:domainMetaList|publishedTimeStr)"', {}),
    ("trs_search", r'"DOCPUBURL"\s*:', {"engine": "igs"}),
    ("trs_search", r'"docs"\s*:\s*\[', {"engine": "was5"}),
    ("trs_search", r'"datas"\s*:\s*\[', {"engine": "ssp"}),
    ("trs_search", r'"nPage"\s*:', {"engine": "govsearch"}),
    ("hanweb_jpaas", r'"html"\s*:\s*"', {}),
)
LONGEST = 500  # characters of an address, before and behind its endpoint
_ADDRESS = string.ascii_letters + string.digits + "_:/.-"
SURE, LIKELY, POSSIBLE, WEAK = 1.0, 0.8, 0.5, 0.2


@dataclass(frozen=True, slots=True)
class Proposal:
    """A family that may read a list: the column to declare, how sure it is, and why.

    `rows` are those that the answer at hand holds; where the list lies behind further requests there are none, and
    `asks` are the requests that tell. `doubts` say what a person has to look at.
    """

    channel: Channel
    certainty: float
    why: str
    rows: list[Row] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    total: int | None = None
    doubts: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The family's name."""
        return self.channel.family


def recognise(view: View, url: str, *, body: str = "", kind: Kind = "policy") -> list[Proposal]:
    """Return what an answer may be a list of, the best first; nothing for what is no list.

    `body` is the form of the POST that was answered, if it was one. The column's `article` matches all rows of the
    list, and not the list's own address.
    """
    found: dict[tuple[str, str], Proposal] = {}
    for each in (*_addressed(view, url, body, kind), *_paged(view, url, kind), *_structured(view, url, body, kind)):
        found.setdefault((each.family, each.channel.url), each)
    if not any(each.rows or each.certainty > POSSIBLE for each in found.values()):
        shell = _shell(view, url, kind)
        found |= {(shell.family, url): shell} if shell else {}
    return sorted(found.values(), key=lambda each: (-each.certainty, not each.rows, -len(each.rows)))


def confirmed(proposal: Proposal, view: View, ask: Ask) -> Proposal | None:
    """Return a proposal with the rows that the answer to one of its `asks` holds; None when it is no such list."""
    return _tried(proposal.channel, view, ask, proposal.certainty, proposal.why)


def _addressed(view: View, url: str, body: str, kind: Kind) -> Iterator[Proposal]:
    """Yield what the address itself says, and JSON of a known shape."""
    yield from _behind(view, url, body, kind)
    for name, pattern, options in ENDPOINTS:
        if re.search(pattern, url):
            yield from _maybe(name, url, body, kind, options, view, SURE, "its address")
    if _is_json(view):
        for name, pattern, options in _SHAPES:
            if re.search(pattern, view.text):
                yield from _maybe(name, url, body, kind, options, view, LIKELY, "the keys of its JSON")


def _maybe(
    name: str, url: str, body: str, kind: Kind, options: dict[str, str], view: View, certainty: float, why: str
) -> Iterator[Proposal]:
    posted = {"form" if name == "hanweb_xxgk" else "body": body} if body else {}
    channel = _channel(name, url, kind, view, {**options, **posted})
    tried = _tried(channel, view, Ask(url, "POST" if body else "GET", body), certainty, why)
    if tried is not None and tried.rows:
        yield tried


def _behind(view: View, url: str, body: str, kind: Kind) -> Iterator[Proposal]:
    """Yield the columns whose endpoint was asked, and whose own address is the page that knows how it is asked."""
    catalogue = re.search(r"/gkmlpt/api/all/(\d+)", url)
    form = {key: values[0] for key, values in parse_qs(body).items()}
    if catalogue:
        name, page, options = "gkmlpt", urljoin(url, "/gkmlpt/index"), {"category": catalogue[1]}
    elif "/jpage/dataproxy.jsp" in url and form.get("columnid", "").isdecimal():
        name, page, options = "hanweb_jpage", urljoin(url, f"/col/col{form['columnid']}/index.html"), {}
        path = urlsplit(url).path
        options |= {"proxy": path} if path != "/module/web/jpage/dataproxy.jsp" else {}
    else:
        return
    channel = _channel(name, page, kind, view, options)
    tried = _tried(channel, view, Ask(url, "POST" if body else "GET", body), SURE, "its address")
    if tried is not None:
        yield tried


def _paged(view: View, url: str, kind: Kind) -> Iterator[Proposal]:
    """Yield what the page that people see says: its scripts' forms and calls, its own address."""
    if view.tree is None:
        return
    source, path = scripts(view), urlsplit(url).path
    links = "\n".join(link.get("href") or "" for link in view.tree.iter("a", "link"))
    if re.search(r"\bSID\b[\"']?\s*:", source) and ("/gkmlpt/" in path or "_CONFIG" in source):
        yield _unread("gkmlpt", url, kind, view, SURE, "the catalogue's settings (SID)", _category(view, url), url)
    if re.search(r"\bunitid\b", source, re.IGNORECASE) and re.search(r"dataproxy\.jsp|\bcolumnid\b", source):
        proxy = re.search(r"[\"'(](/[\w/.-]*dataproxy\.jsp)", source)
        size = re.search(r"\bperpage\b[\"']?\s*[:=]\s*[\"']?(\d{1,3})", source, re.IGNORECASE)
        options = {"proxy": proxy[1]} if proxy and proxy[1] != "/module/web/jpage/dataproxy.jsp" else {}
        options |= {"per_page": size[1]} if size else {}
        yield _unread("hanweb_jpage", url, kind, view, SURE, "the form for dataproxy.jsp", options, url)
    if re.search(r"/public/column/\d+", path):
        yield _unread("lonsun", url, kind, view, LIKELY, "a column's address of lonsun", {}, url)
    signs = (
        ("trs_static", "createPageHTML(…)", bool(re.search(r"createPageHTML\s*\(", source))),
        ("sh_nw", "a column /nw… with totalPage", "/nw" in path and bool(re.search(r"totalPage\b", source))),
        ("web_idx", "a section's folder", bool(re.search(r"/web/.*/\w{14,32}/(?:index\.shtml)?$", path))),
    )
    listed = main_list(view, url)
    for name, why, is_so in signs:
        if is_so and listed is not None:
            channel = _channel(name, url, kind, view, {}, listed.article)
            tried = _tried(channel, view, Ask(url), SURE, why)
            if tried is not None:
                yield tried
    # In what the page's scripts, frames and attributes call stands the endpoint.
    held = f"{source}\n{links}\n" + "\n".join(v for e in view.tree.iter() for v in map(str, e.attrib.values()))
    for name, pattern, options in ENDPOINTS:
        call = _call(pattern, held)
        there = absolute(url, call) if call else None
        if there is not None and not re.search(pattern, url):
            yield _unread(name, there, kind, view, POSSIBLE + 0.1, "a call in the page's script", options, url)


def _call(pattern: str, text: str) -> str | None:
    """Return the first address in a text that a pattern is a part of."""
    found = re.search(pattern, text)
    if found is None:
        return None
    before = text[max(0, found.start() - LONGEST) : found.start()]
    after = text[found.end() : found.end() + LONGEST]
    head = before[len(before.rstrip(_ADDRESS)) :]
    return (head + found[0] + re.split(r"[\s\"'<>)]", after, maxsplit=1)[0]).replace("&amp;", "&")


def _structured(view: View, url: str, body: str, kind: Kind) -> Iterator[Proposal]:
    """Yield what structure alone tells: JSON of no known shape, a repeated list of dated links."""
    if _is_json(view):
        try:
            options = guess(load(view.text), url, body)
        except ListError:
            options = None
        if options is not None:
            channel = _channel("json_api", url, kind, view, options)
            ask = Ask(url, "POST" if body else "GET", body)
            tried = _tried(channel, view, ask, POSSIBLE, "JSON that lists titled things")
            if tried is not None and tried.rows:
                is_guess = options["address"].startswith("{")
                doubt = ("no key holds an address: give the template of `address`",) if is_guess else ()
                yield replace(tried, doubts=doubt)
        return
    found = main_list(view, url)
    if found is not None and len(found.rows) > 1:
        channel = _channel("generic", url, kind, view, {}, found.article)
        tried = _tried(channel, view, Ask(url), POSSIBLE, "a repeated list of links with days")
        if tried is not None:
            yield tried


def _shell(view: View, url: str, kind: Kind) -> Proposal | None:
    """Return the proposal for a page whose list only a script draws, None where the page shows more than a frame."""
    if view.tree is None or not any(True for _ in view.tree.iter("script")):
        return None
    shown = len("".join(view.text[slice(*view.body)].split()))
    if shown > 400:
        return None
    parts = urlsplit(url)
    article = f"^https?://{re.escape(parts.netloc)}/(?!{re.escape(parts.path.lstrip('/'))}$).*\\d.*\\.s?html?$"
    doubts = ("only a browser shows the list: see the addresses of its rows, and narrow `article`",)
    channel = _channel("rendered", url, kind, view, {}, article)
    return Proposal(channel, WEAK, "a shell whose list a script draws", doubts=doubts)


def _unread(
    name: str, url: str, kind: Kind, view: View, certainty: float, why: str, options: dict[str, str], page: str
) -> Proposal:
    """Return the proposal for a list that lies behind a request further than `page`."""
    channel = _channel(name, url, kind, view, options)
    asks = family(name).requests(channel)
    if asks == [Ask(page)]:
        try:
            asks = family(name).read(view, asks[0], channel).more
        except ListError:
            asks = []
    return Proposal(channel, certainty, why, asks=asks[:1])


def _tried(channel: Channel, view: View, ask: Ask, certainty: float, why: str) -> Proposal | None:
    """Return the proposal with the rows that the family reads and `article` made from them; None without a row."""
    module = family(channel.family)
    try:
        if channel.article == ANY and (found := main_list(view, ask.url)) is not None:
            channel = channel.model_copy(update={"article": found.article})
        listing: Listing = module.read(view, ask, channel)
    except (ListError, InputError):
        return None
    if not listing.rows:
        return None
    article = pattern_of([row.url for row in listing.rows], channel.url)
    channel = channel.model_copy(update={"article": article})
    return Proposal(channel, certainty, why, listing.rows, listing.more[:1], listing.total)


def _channel(name: str, url: str, kind: Kind, view: View, options: dict[str, Any], article: str = ANY) -> Channel:
    title = view.text[slice(*view.title)].strip() if view.tree is not None else ""
    named = re.split(r"[-_—|\s]", title)[0] or "列表"
    return Channel(id="list", name=named, kind=kind, family=name, url=url, article=article, options=options)


def _category(view: View, url: str) -> dict[str, str]:
    """Return the column of the catalogue: the address's own (#123), else the first of its tree."""
    first = r"\bTREE\b[\"']?\s*:\s*\[\{\s*[\"']?id[\"']?\s*:\s*(\d+)"
    found = re.search(r"#(\d+)", url) or re.search(first, scripts(view))
    return {"category": found[1]} if found else {}


def _is_json(view: View) -> bool:
    if view.tree is not None:
        return False
    try:
        load(view.text)
    except ListError:
        return False
    return True
