"""A polite look at a known source: what its lists and one page of it say today, in a handful of requests."""

from collections.abc import Callable
from dataclasses import dataclass, field

from crawlers.challenges import challenge
from crawlers.families import Ask, ListError, Listing, Row, family
from crawlers.harvest import NotARecord, read_list, read_page
from crawlers.patience import closed
from crawlers.recognition import Proposal, recognise
from crawlers.records import row_as_json
from crawlers.running import KINDS, RENDERED
from crawlers.sourcefile import Channel
from crawlers.sources import Source
from crawlers.suspicions import sign
from crawlers.view import View
from crawlers.visiting import OK, Visit, VisitError, Visitor
from schema.errors import InputError, RunError
from schema.settings import Settings

REQUESTS = 6  # of one probe, robots.txt among them; each redirect is one
BEHIND = frozenset({"gkmlpt", "hanweb_jpage", "lonsun"})  # their lists lie behind a page that tells how to ask
STATES = {"verified": "verified", "blocked": "blocked", "unreachable": "unverified", "differs": "unverified"}
_UNFIT = {"forbidden": "blocked", "elsewhere": "differs", "private": "differs"}


class _Ended(Exception):  # noqa: N818  (an outcome)
    """The end of a look: the verdict, and why."""

    def __init__(self, verdict: str, reason: str) -> None:
        super().__init__(reason)
        self.verdict = verdict
        self.reason = reason


@dataclass(slots=True)
class ColumnLook:
    """What the first page of a column's list says, or why it says nothing; `proposal` is how it may be read."""

    id: str
    family: str
    looked: bool = False
    rows: int = 0
    total: int | None = None
    newest: str = ""
    fields: dict[str, int] = field(default_factory=dict)  # rows that state a property
    problem: str = ""
    recognised: str = ""
    proposal: Channel | None = None


@dataclass(slots=True)
class PageLook:
    """What one article says: of which kind its record is and the fields filled, or why it is none."""

    url: str
    kind: str
    fields: list[str] = field(default_factory=list)
    problem: str = ""


@dataclass(slots=True)
class Probed:
    """What a probe saw: its verdict (`verified`, `blocked`, `unreachable` or `differs`), why, and each look."""

    source: str
    verdict: str = "verified"
    reason: str = ""
    columns: list[ColumnLook] = field(default_factory=list)
    pages: list[PageLook] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """The state that the verdict gives the source."""
        return STATES[self.verdict]

    @property
    def changes(self) -> dict[str, Channel]:
        """The columns that should be read in another way, by id."""
        return {look.id: look.proposal for look in self.columns if look.proposal is not None}


def probe(source: Source, settings: Settings, step: Callable[[str], None] = lambda _: None) -> Probed:
    """Return what a source says today.

    Raises InputError for a disabled source, RunError outside of the hours in which its host may be asked.
    """
    status, polite = source.file.status, source.file.politeness
    if status.state == "disabled":
        raise InputError(f"the source is {status.state}: {status.reason}", where=source.id, remedy="see its YAML")
    if why := closed(polite):
        raise RunError(why, where=source.id, remedy="crawl it in its window, or change `politeness.window` in its YAML")
    probed = Probed(source.id)
    obey = polite.robots_exception is None
    with Visitor(source.hosts, settings, polite.delay, timeout=polite.timeout, obey=obey) as visitor:
        try:
            _look(source, visitor, probed, step)
        except _Ended as end:
            probed.verdict, probed.reason = end.verdict, end.reason
        probed.requests = list(visitor.asked)
    if probed.verdict == "verified":
        problems = [f"{look.id}: {look.problem}" for look in probed.columns if look.problem]
        problems += [f"{look.url}: {look.problem}" for look in probed.pages if look.problem]
        sound = any(not look.problem for look in probed.pages)
        if any(look.problem for look in probed.columns) or not sound:
            probed.verdict, probed.reason = "differs", "; ".join(problems) or "no column was read"
        else:
            seen = [look for look in probed.columns if look.looked]
            rows = sum(look.rows for look in seen)
            probed.reason = f"a probe read {rows} rows in {len(seen)} of {len(probed.columns)} columns, and a page"
    return probed


def _look(source: Source, visitor: Visitor, probed: Probed, step: Callable[[str], None]) -> None:
    first: tuple[Channel, list[Row]] | None = None
    for channel in source.file.channels:
        look = ColumnLook(channel.id, channel.family)
        probed.columns.append(look)
        if len(visitor.asked) >= REQUESTS - (first is not None):
            continue  # one request is kept for a page
        step(channel.id)
        try:
            rows = _column(source, channel, visitor, look)
        except _Ended as end:
            if end.verdict != "differs":
                raise
            look.problem = end.reason
            continue
        own = [row for row in rows if source.channel_of(row.url) is not None and channel.kind in KINDS]
        if own and first is None:
            first = (channel, own)
    if first is None:
        return
    channel, rows = first
    for row in rows:
        step(row.url)
        try:
            probed.pages.append(_page(source, channel, row, visitor))
        except _Ended as end:
            if end.verdict != "differs":
                raise
            probed.pages.append(PageLook(row.url, channel.kind, problem=end.reason))
        if not probed.pages[-1].problem or len(visitor.asked) >= REQUESTS:
            break


def _column(source: Source, channel: Channel, visitor: Visitor, look: ColumnLook) -> list[Row]:
    """Look at the first page of a column; return its rows."""
    asks = family(channel.family).requests(channel)
    listing = Listing(more=asks)
    seen: list[Ask] = []
    proposals: list[Proposal] = []
    try:
        # Some lists lie behind a page that tells how they are asked for.
        while not listing.rows and listing.more and len(seen) < (2 if channel.family in BEHIND else 1):
            ask = listing.more[0]
            seen.append(ask)
            look.looked = True
            view = _view(visitor, ask)
            if len(seen) == 1:
                proposals = recognise(view, ask.url, body=ask.body, kind=channel.kind)
            listing = read_list(channel, ask, view)
    except ListError as error:
        is_drawn = channel.family == RENDERED
        look.problem = (
            "only a browser shows the list: crawl it" if is_drawn else f"no list of {channel.family}: {error}"
        )
    if not look.problem and look.looked and not listing.rows:
        look.problem = f"the list of {channel.family} shows no row"
    look.recognised = next((p.family for p in proposals), "")
    own = [row for row in listing.rows if source.channel_of(row.url) is not None]
    if listing.rows and not own:
        look.problem = f"none of {len(listing.rows)} rows is one of its articles, such as {listing.rows[0].url}"
    _measure(look, listing, channel)
    if look.problem:
        look.proposal = _better(channel, proposals)
    return listing.rows


def _measure(look: ColumnLook, listing: Listing, channel: Channel) -> None:
    """Note what the rows state, and what is expected and missing."""
    rows = listing.rows
    look.rows, look.total = len(rows), listing.total
    for row in rows:
        for name in row.readings:
            look.fields[name] = look.fields.get(name, 0) + 1
    days = [str(row.readings["published_date"].value) for row in rows if "published_date" in row.readings]
    look.newest = max(days, default="")
    expect = channel.expect
    if look.problem or expect is None:
        return
    bare = [name for name in expect.fields if look.fields.get(name, 0) < 0.9 * len(rows)]
    if len(rows) < expect.rows_min:
        look.problem = f"{len(rows)} rows on the first page, at least {expect.rows_min} are expected"
    elif bare:
        look.problem = f"the rows do not state {', '.join(bare)}"


def _better(channel: Channel, proposals: list[Proposal]) -> Channel | None:
    """Return the column as its page can be read today: the best proposal that reads rows."""
    for each in proposals:
        if each.rows:
            kept = {"family": each.family, "article": each.channel.article, "options": each.channel.options}
            if each.family == channel.family:
                kept["options"] = channel.options
            return channel.model_copy(update=kept)
    return None


def _page(source: Source, channel: Channel, row: Row, visitor: Visitor) -> PageLook:
    look = PageLook(row.url, channel.kind)
    visit = _visit(visitor, Ask(row.url))
    view = visit.served.view()
    _must_be_the_page(row.url, visit, view)
    try:
        found = read_page(source, channel, row.url, visit.served, view, row_as_json(row.readings, ""))
    except NotARecord as error:
        look.problem = f"no record: {error.reason}"
    else:
        look.fields = sorted({name for each in found.observations for name in each.extraction.fields})
    return look


def _view(visitor: Visitor, ask: Ask) -> View:
    visit = _visit(visitor, ask)
    view = visit.served.view()
    named = sign(ask.url, visit.served.url, view, len(visit.served.content))
    if named is not None and named != "shell":
        raise _Ended("blocked", f"{named}: {ask.url}")
    return view


def _must_be_the_page(url: str, visit: Visit, view: View) -> None:
    named = sign(url, visit.served.url, view, len(visit.served.content))
    if named is not None:
        raise _Ended("blocked", f"{named}: {url}")


def _visit(visitor: Visitor, ask: Ask) -> Visit:
    """Return an answer of status 200. Raises _Ended for a challenge, a refusal, or no answer."""
    try:
        visit = visitor.visit(ask.url, ask.method, ask.body)
    except VisitError as error:
        raise _Ended(_UNFIT.get(error.kind, "unreachable"), error.reason) from error
    kind = challenge(visit.status, visit.served.headers, visit.served.content)
    if kind is not None:
        raise _Ended("blocked", f"challenge {kind}")
    if visit.status != OK:
        verdict = "unreachable" if visit.status >= 500 else "blocked" if visit.status in {401, 403} else "differs"
        raise _Ended(verdict, f"HTTP {visit.status}: {ask.url}")
    return visit
