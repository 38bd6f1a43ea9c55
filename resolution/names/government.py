"""Governments and their departments: what a short name means on the site that prints it."""

from dataclasses import dataclass
from functools import lru_cache

from resolution.names.normal import plain
from resolution.names.vocabulary import table
from schema.types.region_code import RegionCode

LEVEL_WORDS = {"自治区": "province", "省": "province", "自治州": "prefecture", "市": "prefecture", "州": "prefecture",
               "盟": "prefecture", "自治县": "county", "区": "county", "县": "county", "旗": "county"}  # fmt: skip
NATIONAL = "national"
NATIONAL_OFFICES = {"", "办公厅", "办公室"}
OFFICE_SHORT = {"府办", "政府办"}  # 办公厅 of a province or a sub-provincial city, 办公室 below


@dataclass(frozen=True, slots=True)
class Expansion:
    """A body's full name, where it sits, and the rule that said so.

    `as_printed`: nothing was expanded. `unplaced`: the name means a body of some place (市政府, 科技局), and
    nothing says which; it is nobody else's name.
    """

    name: str
    region: str | None
    level: str | None
    rule: str


def expand(printed: str, site_region: str | None) -> Expansion:
    """Return what a printed issuer means on a site of the region `site_region` (a GB/T 2260 code or None).

    省府办公厅 on a Guangdong site is 广东省人民政府办公厅; 市政府 on a provincial site stays as printed, since
    nobody can say which city is meant. A body without a place on a site without a region is a national one
    only when the vocabulary says so.
    """
    name = plain(printed).replace(" ", "")
    national = _at_national_level(name, site_region)
    if national is not None:
        return Expansion(national, None, NATIONAL, "as_printed" if national == name else "national_short_form")
    return _placed(name) or _levelled(name, site_region) or _bare(name, site_region)


def _at_national_level(name: str, site_region: str | None) -> str | None:
    """Return the full name of a national body or of its office (科技部办公厅), or None.

    What is short for a local body too (发改委) is the national one only on a site without a region.
    """
    short = next((s for s in _national_by_length() if name.startswith(s)), None)
    if short is None or (short in _local() and site_region is not None):
        return None
    rest = name[len(short) :]
    return _national()[short] + rest if rest in NATIONAL_OFFICES else None


def _placed(name: str) -> Expansion | None:
    """Read a name that begins with its own place: 广东省科技厅, 北京市人民政府."""
    found = RegionCode.find_prefix(name)
    if found is None:
        return None
    region, end = found
    rest = name[end:]
    if not rest:
        return None
    full = _full(rest, region)
    if full is None:
        return Expansion(name, region.value, region.level, "as_printed")
    expanded = _official(region) + full
    return Expansion(expanded, region.value, region.level, "as_printed" if expanded == name else "short_form")


def _levelled(name: str, site_region: str | None) -> Expansion | None:
    """Read a name that begins with a level word: 省政府, 市科技局, 自治区人民政府办公厅."""
    word = next((w for w in LEVEL_WORDS if name.startswith(w)), None)
    site = RegionCode.parse(site_region) if site_region else None
    if word is None or name == word:
        return None
    region = _at(site, LEVEL_WORDS[word]) if site else None
    if region is None:
        return Expansion(name, None, None, "unplaced")
    rest = name[len(word) :]
    return Expansion(_official(region) + (_full(rest, region) or rest), region.value, region.level, "site_region")


def _bare(name: str, site_region: str | None) -> Expansion:
    """Read a department without any place: 科技局 on a city's site."""
    site = RegionCode.parse(site_region) if site_region else None
    full = _full(name, site)
    if full is not None:
        if site is None:
            return Expansion(name, None, None, "unplaced")
        return Expansion(_official(site) + full, site.value, site.level, "site_region")
    if name.startswith(("国务院", "国家", "中共中央", "中央", "全国")):
        return Expansion(name, None, NATIONAL, "as_printed")
    return Expansion(name, None, None, "as_printed")


def _at(site: RegionCode, level: str) -> RegionCode | None:
    """Return the region of a level that a site lies in; a municipality's own level word is 市."""
    if level == "province":
        return site.province
    if level == "prefecture":
        municipality = site.province if site.province.name.endswith("市") else None
        return site.prefecture or municipality
    return site if site.level == "county" else None


def _official(region: RegionCode) -> str:
    """Return a region's name as its bodies print it: a district with its city, a city without its province."""
    parent = region.parent
    if region.level == "county" and region.name.endswith("区") and parent is not None:
        return parent.name + region.name
    return region.name


def _full(rest: str, region: RegionCode | None) -> str | None:
    """Return the full form of what follows a place, or None for words that no vocabulary knows."""
    if rest in OFFICE_SHORT and region is not None:
        hall = region.level == "province" or (region.value,) in table("subprovincial_cities", ("code",))
        return "人民政府办公厅" if hall else "人民政府办公室"
    return _local().get(rest)


@lru_cache(maxsize=1)
def _local() -> dict[str, str]:
    """Return what may follow a place or a level word, and what it is short for."""
    bodies = {row[0]: row[1] for row in table("government_bodies", ("short", "full"))}
    agencies = {short: full for short, full, level in _agencies() if level == "local"}
    return bodies | agencies | {full: full for full in (*bodies.values(), *agencies.values())}


@lru_cache(maxsize=1)
def _national() -> dict[str, str]:
    short = {short: full for short, full, level in _agencies() if level == NATIONAL}
    return short | {full: full for full in short.values()}


@lru_cache(maxsize=1)
def _national_by_length() -> list[str]:
    return sorted(_national(), key=len, reverse=True)


def _agencies() -> tuple[tuple[str, ...], ...]:
    return table("agencies", ("short", "full", "level"))
