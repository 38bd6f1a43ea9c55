"""Mentions made ready for matching: each with its full name, its keys and what it cannot share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from resolution.names.government import expand
from resolution.names.normal import normal_form, plain
from schema.tables import Mention
from schema.types.document_number import DocumentNumber
from schema.types.region_code import RegionCode

ABOUT = ("explains", "draft_of")  # such a page may print the number of the policy that it is about


@dataclass(frozen=True, slots=True)
class Named:
    """A mention as the matchers see it.

    `hard` keys decide alone (document number, credit code); `soft` keys decide unless something speaks
    against it. `exclusive` holds what two mentions of one entity cannot have two of; `weak` the same, but
    only soft keys bow to it.
    """

    id: str
    anchor: str
    kind: str
    name: str
    region: str | None
    level: str | None
    rule: str
    hard: frozenset[str] = frozenset()
    soft: frozenset[str] = frozenset()
    exclusive: Mapping[str, str] = field(default_factory=dict)
    weak: Mapping[str, str] = field(default_factory=dict)


def prepare(mentions: Iterable[Mention]) -> list[Named]:
    """Return the mentions with names and keys, in the order of their anchors."""
    return sorted((_policy(m) if m.kind == "policy" else _organisation(m) for m in mentions), key=lambda n: n.anchor)


def _policy(mention: Mention) -> Named:
    hints: Mapping[str, Any] = mention.hints or {}
    relations = set(hints.get("relation") or {})
    title = normal_form(mention.name)
    number = DocumentNumber.parse(hints.get("doc_number") or "")
    own_number = str(number) if number and not relations & set(ABOUT) else None
    issuers = sorted({normal_form(expand(i, hints.get("region")).name) for i in hints.get("issuers") or []})
    written = hints.get("written_date")
    return Named(
        mention.id,
        mention.anchor,
        mention.kind,
        plain(mention.name),
        None,
        None,
        "title",
        hard=frozenset({f"doc_number {own_number}"} if own_number else ()),
        soft=frozenset({f"title {title}{_scope(mention.name, issuers, hints)}"}),
        exclusive={"doc_number": own_number} if own_number else {},
        weak={"written_date": written} if written else {},
    )


def _scope(title: str, issuers: list[str], hints: Mapping[str, Any]) -> str:
    """Return what a title needs beside it: nothing when it names its issuer, else the issuers, else the site."""
    name = plain(title)
    if name.startswith(("国务院", "中共中央")) or RegionCode.find_prefix(name) is not None:
        return ""
    return f" by {' '.join(issuers)}" if issuers else f" on {hints.get('source')}"


def _organisation(mention: Mention) -> Named:
    hints: Mapping[str, Any] = mention.hints or {}
    expansion = expand(mention.name, hints.get("region"))
    key = f"name {normal_form(expansion.name)}"
    if expansion.rule == "unplaced":
        key += f" on {hints.get('source')}"
    if mention.kind == "conference":
        # One series, held every year: an edition is told from the next by its year, its number, or its city.
        key += "".join(f" {name} {hints[name]}" for name in ("year", "edition", "city") if hints.get(name) is not None)
    code = hints.get("credit_code")
    return Named(
        mention.id,
        mention.anchor,
        mention.kind,
        expansion.name,
        expansion.region,
        expansion.level,
        expansion.rule,
        hard=frozenset({f"credit_code {code}"} if code else ()),
        soft=frozenset({key}),
        exclusive={"credit_code": code} if code else {},
    )
