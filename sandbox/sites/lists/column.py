"""A column of another family: what a crawler is told of it, how it answers, and what is true of its rows."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from sandbox.facts import Fact, facts
from sandbox.site import Page, Site

PER_PAGE = 5
FIELDS = ("title", "published_date", "written_date", "doc_number", "index_number", "issuers", "subject", "validity")

Rows = list[tuple[Fact, str]]  # what a page lists, each fact with its address on this host
Answer = Callable[[Rows, int, int], str]  # (rows, page counted from 1, pages) -> the answer's text


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `channel` is its part of a source's YAML; `states` the properties that its rows state."""

    name: str
    family: str
    site: Site
    channel: Mapping[str, Any]
    states: tuple[str, ...]
    rows: Rows = field(default_factory=list)

    def truth(self) -> list[dict[str, Any]]:
        """Return what is true of the rows, in order: `url`, and what a row states where the fact has it."""
        return [{"url": url} | said(fact, self.states) for fact, url in self.rows]


def listed() -> tuple[Fact, ...]:
    """Return the facts that every column lists: twelve policies, newest first."""
    return tuple(fact for fact in facts("hubei") if fact.kind == "policy")[:12]


def said(fact: Fact, states: tuple[str, ...]) -> dict[str, str]:
    """Return what a row states of a fact: its properties as a list prints them, without those it lacks."""
    values = {name: getattr(fact, name) for name in states}
    values |= {"issuers": "、".join(fact.issuers)} if "issuers" in states else {}
    return {name: value for name, value in values.items() if value and value not in ("unknown", "draft")}


def code(fact: Fact, length: int = 32) -> str:
    """Return hexadecimal digits that are always the same for a fact."""
    return hashlib.sha256(fact.path.encode()).hexdigest()[:length]


def number_in(target: str, body: bytes, name: str, default: int = 1) -> int:
    """Return a page's number out of a query, a form, or JSON in either."""
    text = unquote(f"{target}&{body.decode('utf-8', 'replace')}")
    found = re.search(rf"(?<![\w]){re.escape(name)}(?:=|\"\s*:\s*)(\d+)", text)
    return int(found[1]) if found else default


def column(
    name: str,
    path: str,
    article: Callable[[Fact], str],
    answer: Answer,
    *,
    pattern: str,
    states: tuple[str, ...],
    page: str | Callable[[str], int | None] = "page",
    media_type: str = "application/json;charset=UTF-8",
    encoding: str = "utf-8",
    options: Mapping[str, str] | None = None,
    needs: Mapping[str, str] | None = None,
) -> Column:
    """Return a column that answers at `path`; `needs` are query values without which it answers 404.

    `page` names the parameter of the page's number, or reads the number out of the target.
    """
    family = name.partition("-")[0]
    site = Site(name, f"{name}.lists.sandbox.test", "湖北省人民政府", "420000", listed(), encoding=encoding)
    rows = [(fact, site.url(article(fact))) for fact in site.facts]
    count = -(-len(rows) // PER_PAGE)

    def dynamic(_method: str, target: str, body: bytes) -> Page | None:
        if callable(page):
            number = page(target)
        else:
            address = urlsplit(target)
            query = {key: values[0] for key, values in parse_qs(address.query).items()}
            right = address.path == urlsplit(path).path and (needs or {}).items() <= query.items()
            number = number_in(target, body, page) if right else None
        if number is None:
            return None
        chosen = rows[(number - 1) * PER_PAGE : number * PER_PAGE]
        return Page(answer(chosen, number, count).encode(encoding), media_type)

    site.dynamic = dynamic
    channel = {
        "id": "zc",
        "name": "政策文件",
        "kind": "policy",
        "family": family,
        "url": site.url(path),
        "article": pattern,
        "options": dict(options or {}),
    }
    return Column(name, family, site, channel, states, rows)
