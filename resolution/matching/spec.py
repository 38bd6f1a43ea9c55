"""What is compared, how, and which pairs at all: one declared file for each kind of record.

A comparison is a list of levels, the best first; what reaches none of them is *else*, and a value that is missing on
either side says nothing. A blocking rule is a list of columns: the pairs that agree on all of them are looked at.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from schema.errors import InputError
from schema.settings import ROOT
from schema.yamlfile import load_yaml

FOLDER = ROOT / "data" / "matching"
EQUAL = "equal"
MEASURES = ("jaro_winkler", "ratio", "subsequence", "overlap", "tokens", "difference")
_CONDITION = re.compile(
    rf"^({EQUAL})$|^({'|'.join(MEASURES[:-1])}) >= ([01](?:\.\d+)?)$|^(difference) <= (\d+(?:\.\d+)?)$"
)


def _condition(text: str) -> str:
    if not _CONDITION.match(text):
        raise ValueError(
            f"{text!r} is no level: write `equal`, `difference <= 1`, or one of {MEASURES[:-1]} and a bound"
        )
    return text


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Level(_Strict):
    """One level of agreement: `when` is `equal` or a measure with its bound; `tf` weighs equality by rarity.

    `m` and `u` are the probabilities of the level among pairs that are the same, and among pairs that are not; without
    them they are learned.
    """

    when: Annotated[str, AfterValidator(_condition)]
    en: str = ""
    zh: str = ""
    tf: Annotated[float, Field(ge=0, le=1)] = 0.0
    m: Annotated[float, Field(gt=0, lt=1)] | None = None
    u: Annotated[float, Field(gt=0, lt=1)] | None = None

    @property
    def measure(self) -> str:
        """The measure that decides on the level."""
        return self.when.split()[0]

    @property
    def least(self) -> float:
        """The least likeness that reaches the level; for `difference` the largest distance with its sign turned."""
        bound = self.when.split()[-1]
        return 1.0 if self.when == EQUAL else -float(bound) if self.measure == "difference" else float(bound)


class Else(_Strict):
    """What is left: the probabilities of reaching no level."""

    m: Annotated[float, Field(gt=0, lt=1)] | None = None
    u: Annotated[float, Field(gt=0, lt=1)] | None = None


class Comparison(_Strict):
    """One column and the levels at which two of its values may agree.

    `holds` names the columns whose values this one's hold (a name holds its brand): what is blocked on one of them
    teaches nothing about this comparison.
    """

    column: str
    holds: tuple[str, ...] = ()
    en: str = ""
    zh: str = ""
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    otherwise: Else = Else()

    @model_validator(mode="after")
    def _tf_of_equality(self) -> Self:
        if any(level.tf for level in self.levels if level.when != EQUAL):
            raise ValueError(f"{self.column}: only equality is weighed by rarity (`tf` stands with `when: equal`)")
        return self

    @property
    def size(self) -> int:
        """How many outcomes there are: missing, the levels, else."""
        return len(self.levels) + 2


class Rule(_Strict):
    """A blocking rule: pairs that agree on all of `by`, or, with `share`, have a word or two characters in common.

    A block of more pairs than `cap` is left out and reported.
    """

    by: Annotated[tuple[str, ...], Field(min_length=1)]
    share: Literal["", "words", "bigrams"] = ""
    cap: Annotated[int, Field(gt=0)] = 5_000_000

    @model_validator(mode="after")
    def _shared_in_one(self) -> Self:
        if self.share and len(self.by) > 1:
            raise ValueError(f"`share: {self.share}` looks into one column: name one in `by`, not {list(self.by)}")
        return self

    @property
    def name(self) -> str:
        """The rule's name in reports: its columns."""
        return "+".join(self.by) + (f" ({self.share})" if self.share else "")


class Spec(_Strict):
    """What is compared for one kind of record.

    `parsed` names the column that holds names: what the comparisons ask for of `named.COLUMNS` is read from it.
    `certain` are rules whose pairs are taken for the same with few exceptions, and `recall` is the share of all true
    pairs that they are thought to find: the prior follows from both.
    """

    kind: str
    comparisons: Annotated[tuple[Comparison, ...], Field(min_length=1)]
    blocking: Annotated[tuple[Rule, ...], Field(min_length=1)]
    parsed: str = ""
    certain: tuple[Rule, ...] = ()
    recall: Annotated[float, Field(gt=0, le=1)] = 0.7
    prior: Annotated[float, Field(gt=0, lt=1)] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that scoring asks for, each once."""
        return tuple(
            dict.fromkeys([c.column for c in self.comparisons] + [name for r in self.blocking for name in r.by])
        )

    @property
    def trained_on(self) -> tuple[str, ...]:
        """The columns that training asks for, each once."""
        return tuple(dict.fromkeys([*self.columns, *(name for rule in self.certain for name in rule.by)]))


@lru_cache(maxsize=32)
def load_spec(kind: str, folder: Path = FOLDER) -> Spec:
    """Return the specification of a kind. Raises InputError with file, line and remedy for one that is wrong."""
    path = folder / f"{kind}.yaml"
    spec = load_yaml(path, Spec)
    if spec.kind != kind:
        raise InputError(f"the file says kind {spec.kind!r}", where=str(path), remedy=f"write `kind: {kind}`")
    return spec
