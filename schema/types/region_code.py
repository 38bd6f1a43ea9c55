"""The code of an administrative division (行政区划代码), GB/T 2260, as a place in the tree of places."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from schema.taxonomies import Region, RegionLevel, regions

# A short name before one of these is the start of another word: 海南|州, 南京|路, 河北|区.
_EATS_AFTER_SHORT = frozenset("省市州盟区县旗路街")
# The same for a full name: 北京市|场监管, 河北区|域.
_EATS_AFTER_FULL = {"市": frozenset("场"), "区": frozenset("域块间划位"), "州": frozenset("市县区")}


@dataclass(frozen=True, slots=True, order=True)
class RegionCode:
    """Six digits that name a province, a prefecture or a county; make one with `parse`."""

    value: str

    def __post_init__(self) -> None:
        if self.value not in regions():
            raise ValueError(f"{self.value!r} is not a code of GB/T 2260")

    def __str__(self) -> str:
        return self.value

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the region of a six-digit code, or None when there is no such region."""
        value = text.strip()
        return cls(value) if value in regions() else None

    @property
    def region(self) -> Region:
        """The taxonomy's row of this code."""
        return regions()[self.value]

    @property
    def level(self) -> RegionLevel:
        """province, prefecture or county."""
        return self.region.level

    @property
    def name(self) -> str:
        """The official Chinese name, without its parents' names."""
        return self.region.zh

    @property
    def parent(self) -> "RegionCode | None":
        """The region directly above; a district of a municipality has the municipality."""
        parent = self.region.parent
        return RegionCode(parent) if parent else None

    @property
    def province(self) -> "RegionCode":
        """The province that this region is or lies in."""
        return RegionCode(self.value[:2] + "0000")

    @property
    def prefecture(self) -> "RegionCode | None":
        """The prefecture that this region is or lies in, if there is one at all."""
        return next((code for code in self._upwards() if code.level == "prefecture"), None)

    def contains(self, other: "RegionCode") -> bool:
        """Say whether the other region is this one or lies in it."""
        return self in set(other._upwards())

    def _upwards(self) -> Iterator["RegionCode"]:
        code: RegionCode | None = self
        while code is not None:
            yield code
            code = code.parent

    @classmethod
    def find_prefix(cls, name: str) -> tuple[Self, int] | None:
        """Return the region that an organisation's name begins with, and how many characters it takes.

        Full and short names are read down the tree as far as they go (北京市海淀区…, 浙江杭州…). A name that
        several places share (鼓楼区) counts only after a parent that decides; None when nothing is certain.
        """
        longest: dict[int, set[str]] = defaultdict(set)
        for code, end in _chains(name, 0, None):
            longest[end].add(code)
        for end in sorted(longest, reverse=True):
            # One name may be a place and a place in it; two places apart are no answer.
            codes = [cls(code) for code in longest[end]]
            deepest = [a for a in codes if not any(a != b and a.contains(b) for b in codes)]
            if len(deepest) == 1:
                return deepest[0], end
        return None


def _chains(name: str, start: int, parent: str | None) -> Iterator[tuple[str, int]]:
    """Yield each region reached by reading names from `start` on, with the place where it ends."""
    for code, end, short in _names_at(name, start, parent):
        yield from _chains(name, end, code)
        if not _eats(name, end, short):
            yield code, end


def _eats(name: str, end: int, short: bool) -> bool:
    following = name[end : end + 1]
    if not following or name[end : end + 2] == "市场":  # 北京|市场监管局
        return False
    return following in (_EATS_AFTER_SHORT if short else _EATS_AFTER_FULL.get(name[end - 1], frozenset()))


def _names_at(name: str, start: int, parent: str | None) -> Iterator[tuple[str, int, bool]]:
    index = _index()
    for end in range(start + 2, min(start + _longest(), len(name)) + 1):
        for code, short in index.get(name[start:end], ()):
            if parent is None:
                fits = not short or regions()[code].alone
            else:
                fits = code != parent and RegionCode(parent).contains(RegionCode(code))
            if fits:
                yield code, end, short


@lru_cache(maxsize=1)
def _index() -> Mapping[str, tuple[tuple[str, bool], ...]]:
    """Return for each name the regions that bear it, and whether it is a short name."""
    index: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    for region in regions().values():
        index[region.zh].add((region.code, False))
        if region.short_zh:
            index[region.short_zh].add((region.code, True))
        if region.zh.endswith("自治州"):
            # 延边州 is as good as 延边朝鲜族自治州, also where 延边 alone would not be (海南州).
            index[re.sub("州$", "", region.short_zh) + "州"].add((region.code, False))
    return {name: tuple(sorted(codes)) for name, codes in index.items()}


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _index()))
