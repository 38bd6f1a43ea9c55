"""Where two names say that they are: equal, one place within the other, or in conflict."""

from resolution.names import titles
from resolution.pairs.name import Name
from resolution.pairs.shape import NONE, ONE
from schema.types.region_code import RegionCode

_GROUPS = ("集团", "控股", "总公司")


def place(one: Name, other: Name) -> str:
    """The places that the names say: equal, one within the other, in conflict."""
    mine, yours = places_of(one), places_of(other)
    if not mine or not yours:
        return NONE if not mine and not yours else ONE
    if mine & yours:
        return "equal"
    if "government" in {one.kind, other.kind}:
        return "other_body"  # a body of a place is none of the place around it
    if any(holds(a, b) or holds(b, a) for a in mine for b in yours):
        if {_level(mine), _level(yours)} != {"prefecture", "county"}:
            return "within"
        # A city and each of its districts have parks of their own.
        return "other_district" if "park" in {one.kind, other.kind} else "district_of"
    # A group's company may sit elsewhere; companies of one brand in two places are two.
    return "conflict_of_group" if is_group(one) or is_group(other) else "conflict"


def places_of(name: Name) -> frozenset[str]:
    """Return the codes of the places that a name says; of a document that of its core, or of its title."""
    if name.kind == "policy":
        found = RegionCode.find_prefix(titles.read(name.parts.text).core) or RegionCode.find_prefix(name.parts.text)
        return frozenset([found[0].value]) if found else frozenset()
    own = frozenset(code for code in name.parts.places if code != "CN")
    return own or frozenset(name.parts.places)


def _level(places: frozenset[str]) -> str:
    """Return the level of the only place that a name says, "" where it says others."""
    only = next(iter(places))
    return RegionCode(only).region.level if len(places) == 1 and only != "CN" else ""


def holds(one: str, other: str) -> bool:
    """Tell whether a place lies in another."""
    return "CN" in {one, other} or RegionCode(one).contains(RegionCode(other))


def is_group(name: Name) -> bool:
    """Tell whether a name is a group's: 集团, 控股, 总公司."""
    return any(word in name.parts.text for word in _GROUPS)
