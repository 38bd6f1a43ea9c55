"""Names made ready for alignment: their characters, and for each what its part makes it worth."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resolution.matching.strings import LONGEST, Strings
from resolution.names.normal import plain, unmarked
from resolution.names.parse import COUNTRY, parse
from resolution.names.parts import ParsedName, PartType
from schema.types.region_code import RegionCode

# What a matched character of a part is worth, and what an unmatched one costs, in rarities.
GAINS = {PartType.PLACE: 0.7, PartType.BRACKET: 0.7, PartType.FORM: 0.3}
COSTS = {PartType.PLACE: 0.03, PartType.BRACKET: 0.03, PartType.FORM: 0.0, PartType.TRADE: 0.06}
COST = 0.1  # of any other
_INVISIBLE = frozenset("()·・-— ,.&'\"“”")


@dataclass(frozen=True, slots=True)
class Features:
    """N names: `codes` as in `Strings`, and for each code `parts` (gain and cost in rarities) and `heads`."""

    strings: Strings
    gains: NDArray[np.float32]
    costs: NDArray[np.float32]
    heads: NDArray[np.bool_]

    @classmethod
    def of(cls, names: Sequence[str]) -> "Features":
        """Return the features of names in any spelling."""
        texts: list[str] = []
        gains, costs, heads = array("f"), array("f"), bytearray()  # flat, since there may be millions
        for name in names:
            marked = list(_marked(parse(name)))[:LONGEST]
            if marked:
                letters, gain, cost, head = zip(*marked, strict=True)
                gains.extend(gain)
                costs.extend(cost)
                heads.extend(head)
            texts.append("".join(letters) if marked else "")
        return cls(
            Strings.of(texts),
            np.frombuffer(gains, dtype=np.float32),
            np.frombuffer(costs, dtype=np.float32),
            np.frombuffer(heads, dtype=np.bool_),
        )


def queried(name: str) -> str:
    """Return a name as it is looked up: plain, in small letters, without brackets and marks."""
    return "".join(c for c in unmarked(plain(name).lower()) if c not in _INVISIBLE)


def _marked(name: ParsedName) -> Iterator[tuple[str, float, float, bool]]:
    """Yield the characters of a name: each with its gain, its cost and whether it is a head.

    Before a place stands its province's one-character name (粤 before 东莞), which costs nothing unmatched.
    """
    types: list[PartType | None] = [None] * len(name.text)
    heads = {0} if name.text else set()
    short: dict[int, str] = {}
    for part in name.parts:
        types[part.start : part.end] = [part.type] * (part.end - part.start)
        if part.type in {PartType.BRAND, PartType.UNIT}:
            heads.add(part.start)
        if part.type in {PartType.PLACE, PartType.BRACKET} and part.value != COUNTRY:
            province = RegionCode(part.value).province.region.abbreviation
            if province and province not in part.text:
                short[part.start] = province
    for at, character in enumerate(unmarked(name.text.lower())):
        type_ = types[at] if at < len(types) else None
        if at in short:
            yield from ((letter, GAINS[PartType.PLACE], 0.0, True) for letter in short[at])
        if character not in _INVISIBLE:
            yield character, GAINS.get(type_, 1.0), COSTS.get(type_, COST), at in heads  # type: ignore[arg-type]
