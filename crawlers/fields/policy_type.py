"""The type of a policy, as the last deciding word of its title says it."""

import re
from dataclasses import replace

from schema.evidence import Reading, Span

_TYPES = (
    ("implementation_opinion", re.compile(r"实施意见")),
    ("action_plan", re.compile(r"行动计划")),
    ("plan", re.compile(r"规划(?!局|委|院|处|设计|和自然|与自然|部门|管理|建设|展览|馆|师)")),
)


def read(heading: Reading) -> Reading:
    """Return the type that the title's last deciding word says."""
    best: tuple[int, int, str] | None = None
    for kind, pattern in _TYPES:
        for match in pattern.finditer(heading.value):
            if best is None or match.start() > best[0]:
                best = (*match.span(), kind)
    if best is None:
        return replace(heading, value="other")
    start, end, kind = best
    return words(kind, heading, (start, end))


def words(value: str, heading: Reading, place: Span) -> Reading:
    """Return what some words of the title say; the whole title is the evidence where it is no single piece."""
    if heading.raw != heading.value or len(heading.spans) != 1:
        return replace(heading, value=value)
    base, (start, end) = heading.spans[0][0], place
    return replace(heading, value=value, raw=heading.raw[start:end], spans=((base + start, base + end),))
