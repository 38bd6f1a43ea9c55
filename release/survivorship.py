"""Which of several claims on one property is shown: declared rules, the first that decides wins."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from schema.evidence import Origin
from schema.ids import canonical_json

# The office nearest to the author is believed first; a repost on another site comes after it.
LEVELS = ("central", "department", "province", "city", "county", "other")
ORIGINS = tuple(Origin)


@dataclass(frozen=True, slots=True)
class Held:
    """A claim with what the rules ask about it."""

    record_id: str
    property: str
    ordinal: int
    value: Any
    raw: str
    origin: str
    level: str
    source_id: str
    url: str
    document_sha256: str
    spans: list[list[int]]
    first_seen: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One record's say on a property: all its values, its rank among the records, and the rule that ranked it."""

    rank: int
    rule: str
    claims: tuple[Held, ...]


def rank(claims: Iterable[Held]) -> list[Ranked]:
    """Rank what several records say of one property; the first is shown, as a whole (a list is never mixed).

    Rules in order: agreement of several sites (never of one site with itself); the level of the site; the
    part of the page (list row before table before meta tags …); the newer record; the record's id.
    """
    by_record: dict[str, list[Held]] = {}
    for claim in claims:
        by_record.setdefault(claim.record_id, []).append(claim)
    says = {record: _say(held) for record, held in by_record.items()}
    sites: dict[str, set[str]] = {}
    for record, held in by_record.items():
        sites.setdefault(says[record], set()).add(held[0].source_id)
    support = Counter({value: len(names) for value, names in sites.items()})

    def order(record: str) -> tuple[int, int, int, str, str]:
        first = by_record[record][0]
        newest = "".join(chr(0x10FFFF - ord(c)) for c in first.first_seen)
        return (-support[says[record]], _index(LEVELS, first.level), _index(ORIGINS, first.origin), newest, record)

    ordered = sorted(by_record, key=order)
    rule = _rule(ordered, says, support, by_record) if ordered else ""
    return [
        Ranked(n, rule if n == 0 else "", tuple(sorted(by_record[record], key=lambda c: c.ordinal)))
        for n, record in enumerate(ordered)
    ]


def _say(claims: Iterable[Held]) -> str:
    return canonical_json([claim.value for claim in sorted(claims, key=lambda c: c.ordinal)])


def _rule(ordered: Sequence[str], says: dict[str, str], support: Counter[str], by_record: dict[str, list[Held]]) -> str:
    """Return the name of the rule that put the first record before the best one that says something else."""
    first = ordered[0]
    other = next((record for record in ordered if says[record] != says[first]), None)
    if other is None:
        return "only" if len(ordered) == 1 else "agreement"
    if support[says[first]] > support[says[other]]:
        return "agreement"
    one, two = by_record[first][0], by_record[other][0]
    for name, left, right in (("level", one.level, two.level), ("origin", one.origin, two.origin)):
        if left != right:
            return name
    return "newer" if one.first_seen != two.first_seen else "record"


def _index(order: Sequence[str], item: str) -> int:
    return order.index(item) if item in order else len(order)
