"""A new source out of one address: the page is visited, its family recognised, and the YAML laid out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.addresses import absolute, host_of
from crawlers.probing import BEHIND
from crawlers.recognition import Proposal, confirmed, recognise
from crawlers.rowlists import site_of
from crawlers.sourcefile import Kind
from crawlers.sources import Source
from crawlers.sourcewriting import must_be_valid, new_file
from crawlers.view import View
from crawlers.visiting import Visitor
from schema.errors import InputError, RunError
from schema.settings import Settings
from schema.tables.columns import now

FOLDERS = {
    "central": "central", "province": "provinces", "city": "cities", "county": "cities", "department": "departments",
}  # fmt: skip
KIND_FOLDERS = {
    "alliance": "alliances", "conference": "conferences", "park": "parks", "university": "institutes",
    "research_institute": "institutes", "new_rd_organisation": "institutes",
}  # fmt: skip
CONFIRMED = 3  # proposals whose list is asked for


@dataclass(frozen=True, slots=True)
class Founded:
    """A new source: its id, where it belongs, its text, and what was read to make it."""

    id: str
    path: Path
    text: str
    proposal: Proposal
    others: tuple[str, ...]  # further families that were recognised


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a new source; what is left out is taken from its page."""

    id: str | None = None
    name: str | None = None
    level: str = "other"
    region: str | None = None
    kind: Kind = "policy"


def found(url: str, wanted: Wanted, known: Mapping[str, Source], settings: Settings, delay: float = 2.0) -> Founded:
    """Return the new source of a list's address, not yet written.

    Raises InputError for a host that is a known source's, for an address that is none and for what would not pass
    `sources check`; RunError where the page is not to be had, or is no list.
    """
    if absolute(url, url) is None:
        raise InputError("no address of a page", where=url, remedy="begin with http:// or https://")
    _must_be_new(host_of(url), known)
    with Visitor([host_of(url)], settings, delay) as visitor:
        view, proposal, others = _recognised(visitor, url, wanted.kind)
    hosts = sorted({host_of(row.url) for row in proposal.rows if site_of(row.url) == site_of(url)} - {host_of(url)})
    for host in hosts:
        _must_be_new(host, known)
    this = wanted.id or re.sub(r"\W+", "_", site_of(url).rpartition(".")[0].replace(".cn", "")).strip("_").lower()
    if this in known:
        raise InputError(f"the id `{this}` is taken", where=str(known[this].path), remedy="give another one with --id")
    folder = FOLDERS.get(wanted.level) or KIND_FOLDERS.get(wanted.kind, "other")
    text = new_file(_values(url, this, wanted, view, proposal, hosts))
    must_be_valid(f"{this}.yaml", text)
    return Founded(this, settings.sources / folder / f"{this}.yaml", text, proposal, others)


def _must_be_new(host: str, known: Mapping[str, Source]) -> None:
    owner = next((source for source in known.values() if host in source.hosts), None)
    if owner is not None:
        raise InputError(
            f"the host {host} belongs to the source {owner.id}", where=str(owner.path), remedy="add a column to it"
        )


def _recognised(visitor: Visitor, url: str, kind: Kind) -> tuple[View, Proposal, tuple[str, ...]]:
    """Return the page, the best proposal whose list could be read, and the other families."""
    view = visitor.page(url).view()
    proposals = recognise(view, url, kind=kind)
    asked = 0
    for each in proposals:
        best: Proposal | None = each
        if not each.rows and each.asks and asked < CONFIRMED and host_of(each.asks[0].url) in visitor.hosts:
            asked += 1
            ask = each.asks[0]
            best = confirmed(each, visitor.page(ask.url, ask.method, ask.body).view(), ask)
        if best is not None and (best.rows or best.doubts):
            return view, best, tuple(p.family for p in proposals if p is not each)
    raise RunError(
        "no family of lists is recognised", where=url, remedy="give the address of a list, or write the YAML by hand"
    )


def _values(url: str, this: str, wanted: Wanted, view: View, proposal: Proposal, hosts: list[str]) -> dict[str, Any]:
    """Return the values of the YAML in their order."""
    site = next((content for name, content, _ in view.meta if name in {"sitename", "site_name"}), "")
    today, channel = now().date(), proposal.channel
    rows = len(proposal.rows)
    column: dict[str, Any] = {
        "id": channel.id, "name": channel.name, "kind": channel.kind, "family": channel.family, "url": channel.url,
        "article": channel.article,
    }  # fmt: skip
    stated = [
        name for name in ("title", "published_date")
        if rows and all(name in row.readings for row in proposal.rows)
    ]  # fmt: skip
    column |= {"options": dict(channel.options)} if channel.options else {}
    # Of a list behind another page a crawl counts that page as the first one: it has no rows.
    column |= {"expect": {"rows_min": 1, "fields": stated}} if stated and proposal.family not in BEHIND else {}
    origin = url[: url.index("/", url.index("://") + 3)] if "/" in url[url.index("://") + 3 :] else url
    return {
        "id": this,
        "name": wanted.name or site or channel.name,
        "url": origin,
        "level": wanted.level,
        **({"region": wanted.region} if wanted.region else {}),
        **({"hosts": hosts} if hosts else {}),
        "status": {"state": "unverified", "reason": "made by samplebase sources new; not yet probed", "since": today},
        "evidence": [
            url,
            f"{today}: {proposal.why}; {rows} rows read of its first page",
            *(f"to be seen to: {doubt}" for doubt in proposal.doubts),
        ],
        "channels": [column],
    }
