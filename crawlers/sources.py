"""A source: what one `data/sources/**.yaml` says of a site, its columns and how to be its guest."""

import hashlib
import re
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from crawlers.addresses import host_of
from schema.errors import InputError
from schema.yamlfile import load_yaml

Kind = Literal[
    "policy", "conference", "alliance", "park", "university", "research_institute",
    "new_rd_organisation", "enterprise", "investor",
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

    state: Literal["verified", "unverified", "blocked", "disabled"]
    reason: str
    since: date


class Politeness(Strict):
    """How the crawler behaves as a guest of the host."""

    delay: float = Field(default=2.0, ge=0, description="seconds between two requests to the host")
    timeout: float = Field(default=60.0, gt=0, le=600)
    max_pages: int = Field(default=100_000, gt=0)


class Channel(Strict):
    """One column: the family that reads its list, the kind of its records, the form of its articles' addresses."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str
    kind: Kind
    family: str
    url: Url
    article: Pattern = Field(description="regular expression of the addresses of its detail pages")
    options: dict[str, str] = Field(default_factory=dict)


class SourceFile(Strict):
    """The YAML of one source."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str
    url: Url
    level: Literal["central", "province", "city", "county", "department", "other"]
    region: str | None = Field(default=None, pattern=r"^\d{6}$", description="GB/T 2260; absent: the whole country")
    hosts: list[str] = Field(default_factory=list, description="further host names that serve its pages")
    status: Status
    politeness: Politeness = Politeness()
    evidence: list[str] = Field(default_factory=list)
    channels: list[Channel] = Field(min_length=1)

    @model_validator(mode="after")
    def _channels_differ(self) -> "SourceFile":
        names = [channel.id for channel in self.channels]
        if len(set(names)) != len(names):
            raise ValueError("two channels have the same id")
        return self


class Source(Strict):
    """A source file and where it was read from."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    file: SourceFile
    path: Path
    sha256: str

    @property
    def id(self) -> str:
        """The source's id, which is also its file's name."""
        return self.file.id

    @cached_property
    def hosts(self) -> frozenset[str]:
        """All host names that belong to the source, lower case."""
        urls = [self.file.url, *(channel.url for channel in self.file.channels)]
        return frozenset(host.lower() for host in [*(urlsplit(u).hostname or "" for u in urls), *self.file.hosts])

    def channel_id(self, channel: Channel) -> str:
        """Return the id that a channel has in the database."""
        return f"{self.id}/{channel.id}"

    def channel_of(self, url: str) -> Channel | None:
        """Return the channel whose articles look like `url`, or None when the address is no article of ours."""
        if host_of(url) not in self.hosts:
            return None
        return next((c for c in self.file.channels if re.search(c.article, url)), None)


def load_source(path: Path) -> Source:
    """Return the source in a YAML file. Raises InputError with file and line for anything that is not as it must be."""
    file = load_yaml(path, SourceFile)
    if path.stem != file.id:
        raise InputError(
            f"the id `{file.id}` differs from the file's name",
            where=str(path),
            remedy=f"rename it to {file.id}.yaml",
        )
    from crawlers.families import family  # noqa: PLC0415  (families import this module)

    for channel in file.channels:
        family(channel.family, where=str(path))
    return Source(file=file, path=path, sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def load_sources(folder: Path) -> dict[str, Source]:
    """Return all sources below a folder by id, in the order of their ids. Raises InputError for the first bad one."""
    if not folder.is_dir():
        raise InputError("there is no such folder of sources", where=str(folder), remedy="check --sources")
    found: dict[str, Source] = {}
    for path in sorted(folder.rglob("*.yaml")):
        source = load_source(path)
        if source.id in found:
            raise InputError(f"the id `{source.id}` is taken", where=str(path), remedy=f"see {found[source.id].path}")
        found[source.id] = source
    if not found:
        raise InputError("no source in this folder", where=str(folder), remedy="add one, see docs/crawling.md")
    return dict(sorted(found.items()))


def as_rows(source: Source) -> list[Any]:
    """Return the source's and its channels' rows for the database."""
    from schema.tables import Channel as ChannelRow, Source as SourceRow  # noqa: I001, PLC0415  (the same names)

    file = source.file
    row = SourceRow(
        id=file.id,
        name=file.name,
        url=file.url,
        level=file.level,
        region=file.region,
        state=file.status.state,
        state_reason=file.status.reason,
        state_since=file.status.since.isoformat(),
        yaml_sha256=source.sha256,
    )
    channels = [
        ChannelRow(id=source.channel_id(c), source_id=file.id, name=c.name, kind=c.kind, family=c.family, url=c.url)
        for c in file.channels
    ]
    return [row, *channels]
