"""A name made ready for comparison: its normal form, its parts, what it is."""

from dataclasses import dataclass
from functools import lru_cache

from resolution.names import latin
from resolution.names.events import in_digits
from resolution.names.government import expand
from resolution.names.normal import normal_form, plain
from resolution.names.parse import parse
from resolution.names.parts import ParsedName, PartType

_BODIES = ("委员会", "厅", "局", "政府", "办公室")
_LABORATORY = "实验室"
KINDS = {"institute": "research_institute"}  # what callers call kinds
_SHORT_FORMS = {"short_form", "national_short_form"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what is read of it; `says` is the kind that it says itself, `kind` that or what the caller knows."""

    printed: str
    normal: str
    parts: ParsedName
    kind: str
    says: str
    is_latin: bool

    @property
    def core(self) -> str:
        """The normal form behind the places that the name begins with."""
        at = 0
        for part in self.parts.of(PartType.PLACE):
            if part.start == at and part.end < len(self.parts.text):
                at = part.end
        return normal_form(self.parts.text[at:])

    @property
    def whole(self) -> str:
        """The name of the whole that a unit belongs to, in its normal form; of a whole its own."""
        return normal_form(self.parts.whole)

    @property
    def unit(self) -> str:
        """The unit's own name, in its normal form."""
        return normal_form(self.parts.unit)


@lru_cache(maxsize=100_000)
def read(printed: str, kind: str = "") -> Name:
    """Return a name made ready. A government's short form is read in full (广东省工信厅: 广东省工业和信息化厅)."""
    text = in_digits(plain(printed))
    full = expand(text, None)
    is_short = full.rule in _SHORT_FORMS
    parts = parse(full.name if is_short else text)
    said = parts.kind
    if is_short or (parts.of(PartType.PLACE) and parts.text.endswith(_BODIES) and said == "alliance"):
        said = "government"
    if said == "research_institute" and parts.text.endswith(_LABORATORY):
        said = "laboratory"
    return Name(printed, normal_form(parts.text), parts, said or KINDS.get(kind, kind), said, latin.is_latin(text))


def in_order(one: Name, other: Name) -> tuple[Name, Name]:
    """Return the shorter name and the longer: comparisons tell what each has more, whichever stands left."""
    short, long_ = sorted((one, other), key=lambda name: (len(name.normal), name.normal, name.printed))
    return short, long_
