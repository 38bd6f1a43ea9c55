"""The four sites some months later: a seeded set of corrections, withdrawals, moved pages and new items."""

import random
import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from sandbox.facts import Fact
from sandbox.site import Site
from sandbox.sites import gd, hubei, most, nanjing, sites

What = Literal["corrected", "repealed", "withdrawn", "moved", "new"]
BUILDERS = {"hubei": hubei.build, "gd": gd.build, "nanjing": nanjing.build, "most": most.build}
# By site, so that no site loses a fifth of its pages at once: that would be no change but a fault.
PLAN: Mapping[str, Mapping[What, int]] = {
    "hubei": {"corrected": 4, "repealed": 2, "withdrawn": 1, "moved": 2, "new": 4},
    "gd": {"corrected": 4, "repealed": 2, "withdrawn": 1, "moved": 1, "new": 3},
    "nanjing": {"corrected": 3, "repealed": 2, "withdrawn": 2, "moved": 1, "new": 2},
    "most": {"corrected": 1, "repealed": 0, "withdrawn": 0, "moved": 1, "new": 1},
}


class Change(NamedTuple):
    """One change: what happened to the page at `url`; a moved page is at `to` now."""

    what: What
    url: str
    to: str = ""


def later(seed: int) -> tuple[dict[str, Site], list[Change]]:
    """Return the sites by host as they are after 37 changes, and the changes; equal seeds give equal changes."""
    chance = random.Random(seed)  # noqa: S311  (repeatable, that is all)
    web, changes = {}, []
    for host, site in sites().items():
        said, done = _later(site, PLAN[site.key], chance)
        web[host] = BUILDERS[site.key](said)
        changes += done
    return web, changes


def _later(site: Site, plan: Mapping[What, int], chance: random.Random) -> tuple[tuple[Fact, ...], list[Change]]:
    policies = [fact for fact in site.facts if fact.kind == "policy"]
    chance.shuffle(policies)
    changes: list[Change] = []
    said = {fact.path: fact for fact in site.facts}
    for what in ("corrected", "repealed", "withdrawn", "moved"):
        for number in range(plan[what]):
            fact = next(f for f in policies if _can_be(what, site, f))
            policies.remove(fact)
            del said[fact.path]
            new = _changed(fact, what, number)
            if new is not None:
                said[new.path] = new
            changes.append(Change(what, site.url(fact.path), site.url(new.path) if new and what == "moved" else ""))
    models = [f for f in site.facts if f.kind == "policy" and f.doc_number and not f.relation and not f.attachments]
    for number, model in enumerate(chance.sample(models, plan["new"])):
        new = _new(model, number)
        said[new.path] = new
        changes.append(Change("new", site.url(new.path)))
    return tuple(sorted(said.values(), key=lambda f: f.published_date, reverse=True)), changes


def _can_be(what: What, site: Site, fact: Fact) -> bool:
    """Tell whether a change can be seen on a page: only one that says it is in force can be seen to have lost it."""
    if what == "repealed":
        return fact.validity == "in_force" and site.key != "most" and fact.expiry_date is None
    return fact.validity != "repealed"


def _changed(fact: Fact, what: What, number: int) -> Fact | None:
    if what == "withdrawn":
        return None
    if what == "moved":
        return fact.model_copy(update={"path": _elsewhere(fact.path, 700_000 + number)})
    if what == "repealed":
        return fact.model_copy(update={"validity": "repealed"})
    first, *rest = fact.paragraphs
    return fact.model_copy(update={"paragraphs": [f"{first}（第{number + 1}次更正）", *rest]})


def _new(model: Fact, number: int) -> Fact:
    number_in_year = re.compile(r"(\d+)号$")
    return model.model_copy(
        update={
            "path": _elsewhere(model.path, 900_000 + number),
            "title": f"{model.title}（续编第{number + 1}件）",
            "doc_number": number_in_year.sub(f"{900 + number}号", model.doc_number or ""),
            "index_number": f"{model.index_number}-{number}" if model.index_number else None,
            "published_date": f"2024-02-{number + 11}",
            "written_date": f"2024-02-{number + 1:02}" if model.written_date else None,
            "effective_date": None,
            "expiry_date": None,
            "same_as": None,
            "printed": model.printed.model_copy(update={"doc_number": None, "meta_pub_date": None}),
        }
    )


def _elsewhere(path: str, more: int) -> str:
    """Return an address of the same form with another number at its end."""
    last = list(re.finditer(r"\d+", path))[-1]
    return f"{path[: last.start()]}{int(last.group()) + more}{path[last.end() :]}"
