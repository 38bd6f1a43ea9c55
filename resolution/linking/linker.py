"""Which known entity a name means, with a probability and the reasons: for mentions in text and for reconciliation.

The index brings candidates, the verdict on both names says how likely each is the same, and what else is known moves
the odds: the place where the mention stands or that it names, and other names of the entity in the text around it.
That no known entity is meant is one of the answers, so the probabilities add up to less than 1.
"""

from dataclasses import dataclass

from resolution.linking.index import Index
from resolution.names.normal import normal_form
from resolution.pairs.name import read
from resolution.pairs.verdict import SAME, Verdict, judge
from schema.types.region_code import RegionCode

JUDGED = 6  # candidates that are judged: the best of the index
NONE = 1.0  # the odds that none of them is meant
# How much the odds of a candidate change by what stands around a mention.
SAME_PLACE, OTHER_PLACE, IN_CONTEXT = 3.0, 0.2, 20.0
ALIGNED = 20.0  # bits that a whole point of the index's score is worth, against the best candidate's
_CERTAIN = 0.999


@dataclass(frozen=True, slots=True)
class Linked:
    """A known entity that a name may mean.

    `name` is the one of its names that is nearest, `score` how well the asked name lies in it (0 to 1), `probability`
    that it is meant, `verdict` why; `moved` names what changed the odds: place, context.
    """

    key: str
    name: str
    kind: str
    score: float
    probability: float
    verdict: Verdict
    moved: tuple[str, ...] = ()


def link(
    index: Index, name: str, *, kind: str = "", place: str = "", context: str = "", limit: int = 5
) -> list[Linked]:
    """Return the entities that a name may mean, the likeliest first; equal ones in the index's order.

    `kind` leaves entities of another known kind out; `place` is a code of GB/T 2260; `context` the text around.
    """
    region, text, said = RegionCode.parse(place), normal_form(context), normal_form(name)
    found = []
    candidates = index.link(name, kind=kind, limit=JUDGED)
    for candidate in candidates:
        verdict = judge(name, candidate.name, kind or candidate.entity.kind)
        likely = min(verdict.probabilities[SAME], _CERTAIN)
        moves = _moves(candidate.entity.names, region, text, said)
        odds = likely / (1 - likely) * 2 ** (ALIGNED * (candidate.score - candidates[0].score))
        for factor in moves.values():
            odds *= factor
        found.append((candidate, verdict, odds, tuple(moves)))
    total = NONE + sum(odds for _, _, odds, _ in found)
    ranked = sorted(found, key=lambda each: (-each[2], -each[0].score, each[0].entity.key))
    return [
        Linked(each.entity.key, each.name, each.entity.kind, each.score, round(odds / total, 4), verdict, moved)
        for each, verdict, odds, moved in ranked[:limit]
    ]


def _moves(names: tuple[str, ...], region: RegionCode | None, text: str, said: str) -> dict[str, float]:
    """Return what is known of a mention (`said`) beside its name, and what it does to the odds of an entity."""
    found = {}
    own = {code for name in names for code in read(name).parts.places if code != "CN"}
    if region is not None and own:
        meets = any(region.contains(RegionCode(code)) or RegionCode(code).contains(region) for code in own)
        found["place"] = SAME_PLACE if meets else OTHER_PLACE
    if text and any(len(n) > len(said) and n in text for n in map(normal_form, names)):
        found["context"] = IN_CONTEXT
    return found
