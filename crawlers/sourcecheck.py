"""Lints the source files: every mistake of every file, with its line and what to do, beyond what loading asks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from crawlers.addresses import host_of
from crawlers.families import ListError, family, names
from crawlers.sources import Source, read_source, source_files
from schema.errors import InputError
from schema.taxonomies import regions
from schema.yamlfile import line_of

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+", re.IGNORECASE)
_NOT_MAINLAND = ("71", "81", "82")  # Taiwan, Hong Kong, Macao: not among the report's 31


@dataclass(slots=True)
class Checked:
    """What the check of a folder found: its files, the sources that can be used, and every mistake."""

    files: int
    sources: dict[str, Source] = field(default_factory=dict)
    mistakes: list[InputError] = field(default_factory=list)

    @property
    def provinces(self) -> set[str]:
        """The provinces whose own government is a source, by code."""
        return {s.file.region or "" for s in self.sources.values() if s.file.level == "province"} & set(mainland())

    @property
    def valid(self) -> int:
        """How many files hold no mistake."""
        wrong = {re.sub(r":\d+$", "", mistake.where) for mistake in self.mistakes}
        return sum(str(source.path) not in wrong for source in self.sources.values())


def check_sources(folder: Path, *, complete: bool = False) -> Checked:
    """Return what is in a folder of source files, with every mistake in the files' order.

    With `complete`, a province of the 31 without a source is a mistake too. Raises InputError when the folder
    is missing or holds no source.
    """
    paths = source_files(folder)
    checked = Checked(len(paths))
    for path in paths:
        source, mistakes = read_source(path)
        checked.mistakes += mistakes
        if source is None:
            continue
        first = checked.sources.setdefault(source.id, source)
        if first is not source:
            checked.mistakes.append(_mistake(source, ("id",), f"the id `{source.id}` is taken", f"see {first.path}"))
            continue
        checked.mistakes += [*_status(source), *_region(source), *_hosts(source), *_channels(source)]
    checked.mistakes += _shared_hosts(checked.sources)
    if complete:
        checked.mistakes += [
            InputError(
                f"no source for the province {name} ({code})",
                where=str(folder),
                remedy="add a source of level province with this region",
            )
            for code, name in mainland().items()
            if code not in checked.provinces
        ]
    return checked


def mainland() -> dict[str, str]:
    """Return the 31 provinces, regions and municipalities that the report covers: code to name."""
    return {
        code: region.zh
        for code, region in regions().items()
        if region.level == "province" and not code.startswith(_NOT_MAINLAND)
    }


def _mistake(source: Source, loc: tuple[str | int, ...], what: str, remedy: str) -> InputError:
    return InputError(what, where=f"{source.path}:{line_of(source.path, *loc)}", remedy=remedy)


def _status(source: Source) -> Iterator[InputError]:
    status, exception = source.file.status, source.file.politeness.robots_exception
    if not status.reason.strip():
        remedy = "say how it is known" if status.state == "verified" else "say what was seen, and where from"
        yield _mistake(source, ("status", "reason"), f"a source that is {status.state} has no reason", remedy)
    days = [(("status", "since"), status.since)]
    if exception is not None:
        days.append((("politeness", "robots_exception"), exception.since))
        if not exception.reason.strip():
            what = "an exception from robots.txt has no reason"
            yield _mistake(source, ("politeness", "robots_exception"), what, "say who allowed it")
    for loc, day in days:
        # A day ahead of UTC: China's calendar is.
        if (day - datetime.now(UTC).date()).days > 1:
            yield _mistake(source, loc, f"{day} is in the future", "give the day on which it was seen")


def _region(source: Source) -> Iterator[InputError]:
    code, level = source.file.region, source.file.level
    if code is None:
        if level in {"province", "city", "county"}:
            yield _mistake(source, ("level",), f"a source of level {level} names no region", "add `region`")
        return
    known = regions().get(code)
    if known is None:
        remedy = "see data/taxonomies/regions.csv"
        yield _mistake(source, ("region",), f"the region {code} is not in the taxonomy", remedy)
    elif level == "province" and known.level != "province":
        yield _mistake(source, ("region",), f"the region {code} is {known.zh}, no province", "mend level or region")


def _hosts(source: Source) -> Iterator[InputError]:
    own = {host_of(source.file.url), *(host.lower() for host in source.file.hosts)}
    for number, host in enumerate(source.file.hosts):
        if not _HOST.fullmatch(host):
            yield _mistake(source, ("hosts", number), f"`{host}` is no host name", "give the name alone")
    for number, channel in enumerate(source.file.channels):
        if host_of(channel.url) not in own:
            what = f"the host of the column `{channel.id}` does not belong to the source"
            remedy = f"add {host_of(channel.url)} to `hosts`, or mend the address"
            yield _mistake(source, ("channels", number, "url"), what, remedy)


def _channels(source: Source) -> Iterator[InputError]:
    for number, channel in enumerate(source.file.channels):
        if re.search(channel.article, channel.url):
            what = f"the pattern of the column `{channel.id}` takes its own list for an article"
            yield _mistake(source, ("channels", number, "article"), what, "narrow the pattern")
        if channel.family not in names():
            continue  # told already
        try:
            family(channel.family).requests(channel)
        except InputError as error:
            yield _mistake(source, ("channels", number), error.what, error.remedy)
        except (ListError, ValueError) as error:
            what = f"the family {channel.family} cannot ask for the column `{channel.id}`: {error}"
            yield _mistake(source, ("channels", number), what, "see the family's options in docs/crawling.md")


def _shared_hosts(sources: dict[str, Source]) -> Iterator[InputError]:
    owner: dict[str, Source] = {}
    for source in sources.values():
        for host in sorted(source.hosts):
            first = owner.setdefault(host, source)
            if first is not source:
                what = f"the host {host} belongs to the source {first.id} already"
                yield _mistake(source, ("url",), what, "put the columns of one site into one file")
