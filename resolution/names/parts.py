"""What a name consists of: its parts with their spans, and what they say together."""

from dataclasses import dataclass
from enum import StrEnum


class PartType(StrEnum):
    """What a part of an organisation's name is."""

    PLACE = "place"  # 北京市, 深圳, 中国
    BRACKET = "bracket"  # a place in brackets: 网易(杭州)网络有限公司
    BRAND = "brand"  # 字号, the word that tells it from others
    TRADE = "trade"  # what it does: 信息技术, 人工智能
    FORM = "form"  # legal form: 有限公司, 有限合伙
    KIND = "kind"  # what it is: 大学, 研究院, 联盟, 大会
    UNIT = "unit"  # a part of another organisation: 分公司, 深圳研究生院, 附属医院
    EDITION = "edition"  # 第四届
    YEAR = "year"  # 2021年


@dataclass(frozen=True, slots=True)
class Part:
    """One part: where it stands in the plain name, and what it means.

    `value` is the code of a place (GB/T 2260; "CN" for the whole country), the number of an edition or a
    year, the relation of a unit (branch, institute, school, hospital …); else the text itself.
    """

    type: PartType
    text: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A name in its plain form (`resolution.names.normal.plain`) and its parts in the order of the text.

    The parts never overlap; what belongs to none is punctuation or Latin words. `kind` is one of the ten kinds of
    the domain, "" when the name does not tell.
    """

    text: str
    parts: tuple[Part, ...]
    kind: str = ""

    def of(self, *types: PartType) -> list[Part]:
        """Return the parts of some types, in order."""
        return [part for part in self.parts if part.type in types]

    def said(self, *types: PartType) -> str:
        """Return the text of the parts of some types, joined."""
        return "".join(part.text for part in self.of(*types))

    @property
    def brand(self) -> str:
        """The 字号; "" for a name without one (广东省人民政府)."""
        return self.said(PartType.BRAND)

    @property
    def places(self) -> tuple[str, ...]:
        """The codes of all places that the name says, but for those of a unit of it."""
        unit = next((part.start for part in self.of(PartType.UNIT)), len(self.text))
        return tuple(p.value for p in self.of(PartType.PLACE, PartType.BRACKET) if p.start < unit)

    @property
    def unit(self) -> str:
        """The part that names a unit of another organisation (深圳研究生院 in 北京大学深圳研究生院), "" for a whole."""
        return self.said(PartType.UNIT)

    @property
    def whole(self) -> str:
        """The name of the organisation that a unit belongs to; of a whole its own name."""
        units = self.of(PartType.UNIT)
        return self.text[: units[0].start] if units else self.text

    @property
    def number(self) -> int | None:
        """The edition that the name says (第四届), or None."""
        return next((int(part.value) for part in self.of(PartType.EDITION)), None)

    @property
    def year(self) -> int | None:
        """The year that the name says, or None."""
        return next((int(part.value) for part in self.of(PartType.YEAR)), None)
