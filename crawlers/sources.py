"""The sources: the files that describe them, loaded and checked, and their rows for the database."""

import hashlib
import re
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ConfigDict

from crawlers.addresses import host_of
from crawlers.families import family
from crawlers.sourcefile import Channel, SourceFile, Strict
from schema.errors import InputError
from schema.yamlfile import check_yaml, line_of


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
        return frozenset(host.lower() for host in [*map(host_of, urls), *self.file.hosts])

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
    source, mistakes = read_source(path)
    if source is None or mistakes:
        raise mistakes[0]
    return source


def read_source(path: Path) -> tuple[Source | None, list[InputError]]:
    """Return the source in a YAML file, or None, with every mistake in it that forbids to use it."""
    file, mistakes = check_yaml(path, SourceFile)
    if file is None:
        return None, mistakes
    if path.stem != file.id:
        mistakes.append(
            InputError(
                f"the id `{file.id}` differs from the file's name",
                where=f"{path}:{line_of(path, 'id')}",
                remedy=f"rename it to {file.id}.yaml",
            )
        )
    for number, channel in enumerate(file.channels):
        try:
            family(channel.family)
        except InputError as error:
            where = f"{path}:{line_of(path, 'channels', number, 'family')}"
            mistakes.append(InputError(error.what, where=where, remedy=error.remedy))
    return Source(file=file, path=path, sha256=hashlib.sha256(path.read_bytes()).hexdigest()), mistakes


def source_files(folder: Path) -> list[Path]:
    """Return the source files below a folder, in the order of their paths. Raises InputError when there is none."""
    if not folder.is_dir():
        raise InputError("there is no such folder of sources", where=str(folder), remedy="check --sources")
    found = sorted(folder.rglob("*.yaml"))
    if not found:
        raise InputError("no source in this folder", where=str(folder), remedy="add one, see docs/crawling.md")
    return found


def load_sources(folder: Path) -> dict[str, Source]:
    """Return all sources below a folder by id, in the order of their ids. Raises InputError for the first bad one."""
    found: dict[str, Source] = {}
    for path in source_files(folder):
        source = load_source(path)
        if source.id in found:
            raise InputError(f"the id `{source.id}` is taken", where=str(path), remedy=f"see {found[source.id].path}")
        found[source.id] = source
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
