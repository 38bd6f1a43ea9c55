"""A redesign that costs a field is told as drift; what changes from day to day is not."""

import json
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any

import pytest

from crawlers.charset import decode
from crawlers.monitoring.checks import check
from crawlers.monitoring.stats import Stats
from crawlers.pages import NotARecord
from crawlers.records import hash_of
from crawlers.sourcefile import Channel
from crawlers.view import View
from sandbox.kinds import kinds, pages
from sandbox.sites import sites
from schema.evidence import Extraction
from tests.crawlers.mutations import STRUCTURAL, Mutation, drop_label, everyday, labels, parsed, replace_label, written

RUNS = 8
LABELS = 5  # of a site, each dropped and each renamed
HEALTHY = 12  # everyday variants of a site


@dataclass(slots=True)
class Site:
    """Pages of one template: what a channel of one site serves."""

    name: str
    kind: str
    pages: list[tuple[str, bytes]] = field(default_factory=list)


@lru_cache(maxsize=1)
def templates() -> tuple[Site, ...]:
    """Return the sandbox's templates, each with at least three pages that are records."""
    found: dict[str, Site] = {}
    for site in sites().values():
        for fact in site.facts:
            if fact.kind == "policy":
                text = decode(site.answer("GET", fact.path).body)[0]
                found.setdefault(site.key, Site(site.key, "policy")).pages.append((site.url(fact.path), text.encode()))
    for kind in kinds("a"):
        for page in pages(kind):
            name = f"{kind}/{page.shape}"
            if page.kind != "none" and not page.files and isinstance(page.expected, dict):
                text = decode(page.body, page.media_type)[0]
                found.setdefault(name, Site(name, kind)).pages.append((page.url, text.encode()))
    return tuple(site for site in found.values() if len(site.pages) >= 3)


def read(kind: str, url: str, body: bytes) -> Extraction | None:
    module: Any = import_module(f"crawlers.pages.{kind}")
    try:
        found = module.extract(View.of(body, url, "text/html; charset=utf-8"))
    except NotARecord:
        return None
    return found if isinstance(found, Extraction) else next(iter(found), None)


def stats(read_pages: Iterable[Extraction | None]) -> Stats:
    found = Stats()
    counts = found.of("site/c")
    for extraction in read_pages:
        if extraction is None:
            counts.totals["refused"] += 1
        else:
            counts.saw_record(extraction, hash_of(extraction))
        counts.totals["asked"] += 1
    return found


def drifts(site: Site, now: Stats, before: list[Stats]) -> bool:
    channel = Channel(id="c", name="c", kind=site.kind, family="generic", url="http://a.test/", article="x")  # type: ignore[arg-type]
    return any(c.is_drift and not c.passed for c in check(now, before, [("site/c", channel)]))


def changed(page: tuple[str, bytes], mutation: Mutation) -> tuple[str, bytes]:
    tree = parsed(page[1], "utf-8")
    mutation(tree)
    return page[0], written(tree)


def values(extraction: Extraction | None) -> dict[str, str]:
    fields = extraction.fields if extraction is not None else {}
    return {
        name: re.sub(r"\s", "", json.dumps([r.value for r in rs], ensure_ascii=False)) for name, rs in fields.items()
    }


def lost(before: list[Extraction | None], after: list[Extraction | None]) -> set[str]:
    """Return the fields that half of the pages that had them no longer have, or have wrong."""
    found = set()
    old, new = [values(e) for e in before], [values(e) for e in after]
    for name in {name for page in old for name in page} - {"ai_relevance", "region", "validity", "relation"}:
        pairs = [(o[name], n.get(name, "")) for o, n in zip(old, new, strict=True) if name in o]
        wrong = sum(len(n) < len(o) / 2 if name == "text" else o != n for o, n in pairs)
        if len(pairs) >= 3 and wrong * 2 > len(pairs):
            found.add(name)
    return found


def mutations(site: Site) -> dict[str, Mutation]:
    shared = [set(labels(parsed(body, "utf-8"))) for _, body in site.pages]
    common = sorted(set.intersection(*shared))[:LABELS]
    dropped = {f"drop {label}": drop_label(label) for label in common}
    renamed = {f"rename {label}": replace_label(label, "本项内容") for label in common}
    return {**STRUCTURAL, **dropped, **renamed}


@pytest.mark.timeout(600)
def test_lost_fields_are_told_and_healthy_pages_are_not() -> None:
    chance = random.Random(20261123)
    losing, told, healthy, alarms = 0, 0, 0, 0
    missed, false = [], []
    for site in templates():
        base = [read(site.kind, *page) for page in site.pages]
        history = [stats(chance.sample(base, chance.randint(max(2, len(base) - 2), len(base)))) for _ in range(RUNS)]
        for name, mutation in mutations(site).items():
            after = [read(site.kind, *changed(page, mutation)) for page in site.pages]
            gone = lost(base, after)
            if gone:
                losing += 1
                hit = drifts(site, stats(after), history)
                told += hit
                if not hit:
                    missed.append(f"{site.name} {name}: {', '.join(sorted(gone))}")
        for _ in range(HEALTHY):
            mutation = everyday(chance)
            some = chance.sample(site.pages, chance.randint(2, len(site.pages)))
            healthy += 1
            if drifts(site, stats([read(site.kind, *changed(page, mutation)) for page in some]), history):
                alarms += 1
                false.append(site.name)
    figures = {"templates": len(templates()), "mutations that lose a field": losing, "told": told}
    figures |= {"share": round(told / losing, 4), "healthy": healthy, "false alarms": alarms}
    print(json.dumps(figures))
    print("\n".join(missed))
    print(false)
    assert losing > 200
    assert told >= 0.95 * losing
    assert alarms <= 0.01 * healthy
