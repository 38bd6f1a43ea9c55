"""Golden cases out of the web: a page as it was served, and what is read of it today, for a person to read and sign."""

import hashlib
import json
import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from crawlers.addresses import absolute, host_of
from crawlers.families import Ask, ListError, Listing, family
from crawlers.harvest import Served
from crawlers.pages import NotARecord
from crawlers.sourcefile import Channel, Kind
from crawlers.view import View
from crawlers.visiting import Visitor
from schema.errors import InputError
from schema.evidence import Extraction
from schema.settings import Settings

SUFFIXES = {"html": "html", "json": "json", "xml": "xml", "plain": "js"}  # of a list's answer, by media


@dataclass(frozen=True, slots=True)
class Captured:
    """A new case: its folder, and what is read of it today."""

    folder: Path
    read: dict[str, Any]


def capture_page(url: str, kind: Kind, folder: Path, settings: Settings, name: str | None = None) -> Captured:
    """Save a page as a case of its kind, that nobody has read yet; return it.

    Raises InputError for an address that is none and a case that is there already, RunError for a page that is not
    to be had.
    """
    case = _new_case(folder / kind / (name or case_name(url)), url)
    served = _served(Ask(url), settings)
    case.mkdir(parents=True)
    is_html = served.view().media == "html"
    (case / ("page.html" if is_html else "page.bin")).write_bytes(served.content)
    _write(case / "page.json", _meta(served, kind))
    read = read_page_case(case)
    _write(case / "expected.json", {"read_by": None, **read})
    return Captured(case, read)


def capture_list(url: str, channel: Channel, folder: Path, settings: Settings, name: str | None = None) -> Captured:
    """Save an answer of a column's list as a case of its family, that nobody has read yet; return it.

    Raises what `capture_page` raises.
    """
    case = _new_case(folder / channel.family / (name or f"captured_{case_name(url)}"), url)
    ask = next((each for each in family(channel.family).requests(channel) if each.url == url), Ask(url))
    served = _served(ask, settings)
    case.mkdir(parents=True)
    (case / f"answer.{SUFFIXES.get(served.view().media, 'html')}").write_bytes(served.content)
    posted = {"method": ask.method, "body": ask.body} if ask.method != "GET" else {}
    _write(case / "ask.json", {"url": ask.url, **posted})
    _write(case / "channel.json", channel.model_dump(mode="json", exclude_defaults=True))
    _write(case / "page.json", _meta(served, channel.family))
    try:
        read = listing_as_json(family(channel.family).read(served.view(), ask, channel))
    except ListError as error:
        read = {"error": str(error)}
    _write(case / "expected.json", {"read_by": None, **read})
    return Captured(case, read)


def read_page_case(case: Path) -> dict[str, Any]:
    """Return what today's extractor reads of a saved page: its records, or why it is none.

    Raises InputError when the bytes are not those that were captured.
    """
    meta = json.loads((case / "page.json").read_text(encoding="utf-8"))
    page = next(path for path in (case / "page.html", case / "page.bin") if path.exists())
    body = page.read_bytes()
    if hashlib.sha256(body).hexdigest() != meta["sha256"]:
        raise InputError("the page was altered", where=str(page), remedy="capture it again")
    view = View.of(body, meta["url"], meta["content_type"])
    try:
        found = import_module(f"crawlers.pages.{meta['kind']}").extract(view, {})
    except NotARecord as error:
        return {"not_a_record": error.reason}
    records = [found] if isinstance(found, Extraction) else list(found)
    return {
        "records": [
            {"item": each.item, "fields": {key: [r.value for r in rs] for key, rs in sorted(each.fields.items())}}
            for each in records
        ]
    }


def listing_as_json(listing: Listing) -> dict[str, Any]:
    """Return what a list says as JSON: its rows with their readings, the further requests, the total."""
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


def case_name(url: str) -> str:
    """Return the name of an address's case: its host, and the last word of its path."""
    last = next((part for part in reversed(re.split(r"[/?&=]", url.partition("://")[2])[1:]) if part), "index")
    words = f"{host_of(url).removeprefix('www.')}_{re.sub(r'[.]s?html?$', '', last)}"
    return re.sub(r"\W+", "_", words)[:80].strip("_").lower()


def _new_case(case: Path, url: str) -> Path:
    if absolute(url, url) is None:
        raise InputError("no address of a page", where=url, remedy="begin with http:// or https://")
    if case.exists():
        raise InputError("there is such a case already", where=str(case), remedy="give another name with --name")
    return case


def _served(ask: Ask, settings: Settings) -> Served:
    with Visitor([host_of(ask.url)], settings) as visitor:
        return visitor.page(ask.url, ask.method, ask.body)


def _meta(served: Served, kind: str) -> dict[str, Any]:
    return {
        "url": served.url,
        "kind": kind,
        "content_type": served.content_type,
        "fetched_at": served.fetched_at.isoformat(timespec="seconds"),
        "sha256": hashlib.sha256(served.content).hexdigest(),
    }


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
