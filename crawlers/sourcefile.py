"""What one `data/sources/**.yaml` may say: a site, its columns, and how to be its guest. Unknown keys are errors."""

import re
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Kind = Literal[
    "policy", "conference", "alliance", "park", "university", "research_institute",
    "new_rd_organisation", "enterprise", "funding", "investor",
]  # fmt: skip
State = Literal["verified", "unverified", "blocked", "disabled"]
Confidence = Literal["high", "medium", "low"]
RowField = Literal[
    "title", "doc_number", "index_number", "issuers", "written_date", "published_date", "subject", "validity",
]  # fmt: skip


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return text


def _http(url: str) -> str:
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise ValueError("an address begins with http:// or https:// and names a host")
    return url


Pattern = Annotated[str, AfterValidator(_pattern)]
Url = Annotated[str, AfterValidator(_http)]


class Strict(BaseModel):
    """A part of the YAML: an unknown key is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Status(Strict):
    """What is known of the site's reachability; only a probe makes a source verified."""

    state: State
    reason: str = Field(min_length=1)
    since: date


class RobotsException(Strict):
    """A note that the site's owner allows what its robots.txt forbids: why, and since when."""

    reason: str = Field(min_length=1)
    since: date


class Politeness(Strict):
    """How the crawler behaves as a guest of the host."""

    delay: float = Field(default=2.0, ge=0, description="seconds between two requests to the host")
    timeout: float = Field(default=60.0, gt=0, le=600)
    max_pages: int = Field(default=100_000, gt=0)
    robots_exception: RobotsException | None = None
    window: str | None = Field(
        default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$",
        description="hours in which the host may be asked, Asia/Shanghai: 22:00-06:00",
    )  # fmt: skip


class Expect(Strict):
    """What a column's list holds when all is well, as far as it is known."""

    rows_min: int = Field(default=1, ge=1, description="rows of the first page")
    fields: list[RowField] = Field(default_factory=list, description="properties that each row states")


class Channel(Strict):
    """One column: the family that reads its list, the kind of its records, the form of its articles' addresses."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str
    kind: Kind
    family: str
    url: Url
    article: Pattern = Field(description="regular expression of the addresses of its detail pages")
    options: dict[str, str] = Field(default_factory=dict)
    expect: Expect | None = None


class SourceFile(Strict):
    """The YAML of one source."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str
    url: Url
    level: Literal["central", "province", "city", "county", "department", "other"]
    region: str | None = Field(default=None, pattern=r"^\d{6}$", description="GB/T 2260; absent: the whole country")
    hosts: list[str] = Field(default_factory=list, description="further host names that serve its pages")
    status: Status
    confidence: Confidence | None = Field(default=None, description="how far the addresses and columns are believed")
    politeness: Politeness = Politeness()
    evidence: list[str] = Field(default_factory=list)
    channels: list[Channel] = Field(min_length=1)

    @model_validator(mode="after")
    def _channels_differ(self) -> "SourceFile":
        names = [channel.id for channel in self.channels]
        if len(set(names)) != len(names):
            raise ValueError("two channels have the same id")
        return self
