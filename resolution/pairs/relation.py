"""What ties two related names, and which of them is the part, the edition, or the paper about the other."""

from collections.abc import Mapping
from dataclasses import dataclass

from resolution.names import events, titles
from resolution.names.parts import PartType
from resolution.pairs.name import Name
from resolution.pairs.shape import NONE

_PAPERS = {titles.DRAFT: "draft", titles.EXPLANATION: "explanation"}


@dataclass(frozen=True, slots=True)
class Relation:
    """The type of a tie, and which name is the smaller end (branch, draft, edition): left, right, or ""."""

    type: str
    part: str = ""


def relation(left: Name, right: Name, levels: Mapping[str, str]) -> Relation:
    """Return what ties two names that are related.

    Types: edition, version, draft, explanation, department, subsidiary, and those of units (branch, school, hospital,
    institute, committee, park); `other` where the names do not say.
    """
    if levels["title"] != NONE:
        return _paper(left, right)
    if levels["edition"] != NONE:
        has = [_is_edition(name) for name in (left, right)]
        return Relation("edition", "" if all(has) else "left" if has[0] else "right")
    units = [next((part.value for part in name.parts.of(PartType.UNIT)), "") for name in (left, right)]
    if any(units) and not all(units):
        return Relation(next(filter(None, units)), "left" if units[0] else "right")
    kinds, longer = {left.kind, right.kind}, "left" if len(left.normal) > len(right.normal) else "right"
    if kinds <= {"enterprise", "investor"}:
        return Relation("subsidiary", _company(left, right, longer))
    return Relation("department" if "government" in kinds else "other", longer)


def _paper(left: Name, right: Name) -> Relation:
    stages = [titles.read(name.parts.text).stage for name in (left, right)]
    for stage, side in zip(stages, ("left", "right"), strict=True):
        if stage in _PAPERS and stages.count(stage) == 1:
            return Relation(_PAPERS[stage], side)
    return Relation("version")


def _is_edition(name: Name) -> bool:
    event = events.read(name.parts.text)
    return event.edition is not None or event.year is not None


def _company(left: Name, right: Name, longer: str) -> str:
    """Return which side is the company of the other: a group is the whole."""
    groups = [any(word in name.parts.text for word in ("集团", "控股")) for name in (left, right)]
    return ("right" if groups[0] else "left") if groups[0] != groups[1] else longer
