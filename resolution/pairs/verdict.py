"""Whether two names mean the same, are related, or merely look alike; with probabilities and with the reasons."""

from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from resolution.pairs.compare import levels
from resolution.pairs.meaning import second_names
from resolution.pairs.model import LABELS, Model, load
from resolution.pairs.name import Name, read
from resolution.pairs.relation import Relation, relation

SAME, RELATED, DIFFERENT, REVIEW = *LABELS, "review"
SURE = 0.6  # below this probability of the likeliest answer a person should look
# Levels that forbid `same`, whatever else the names have in common.
FORBIDS = {
    ("number", "conflict"), ("edition", "conflict"), ("edition", "one_of_series"), ("place", "conflict"),
    ("place", "conflict_of_group"), ("place", "other_district"), ("unit", "siblings"), ("title", "other_stage"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer on two names.

    `label` is the likeliest answer, `outcome` the same or `review` where it is not sure; `probabilities` by label
    (calibrated); `relation` what ties related names; `forbidden` the levels that forbid `same`; `model` what weighed
    the levels.
    """

    left: str
    right: str
    label: str
    outcome: str
    probabilities: dict[str, float]
    levels: dict[str, str]
    relation: Relation | None = None
    forbidden: tuple[str, ...] = ()
    model: Model = field(default_factory=load, repr=False, compare=False)


def judge(left: str, right: str, kind: str = "", model: Model | None = None) -> Verdict:
    """Return the verdict on two names; `kind` is what both are, where it is known. Symmetric but for the direction."""
    one, other = read(left, kind), read(right, kind)
    found = _judged(one, other, model or load())
    if found.outcome != SAME and not found.forbidden:
        for mine, yours in product(second_names(one), second_names(other)):
            meant = _judged(mine, yours, model or load())
            if meant.outcome == SAME:
                return replace(meant, left=left, right=right)
    return replace(found, relation=relation(one, other, found.levels)) if found.label == RELATED else found


def _judged(one: Name, other: Name, model: Model) -> Verdict:
    found = levels(one, other)
    forbidden = tuple(f"{c}={level}" for c, level in found.items() if (c, level) in FORBIDS)
    likely = model.probabilities(found)
    if forbidden:
        likely = likely * np.array([0.0, 1.0, 1.0])
        likely = likely / likely.sum()
    best = int(likely.argmax())
    shares = {label: round(float(p), 4) for label, p in zip(LABELS, likely, strict=True)}
    outcome = LABELS[best] if likely[best] >= SURE else REVIEW
    return Verdict(one.printed, other.printed, LABELS[best], outcome, shares, found, None, forbidden, model)
