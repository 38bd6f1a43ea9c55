"""Importing what was fetched by hand: the files become an archive, and that is replayed like any other."""

import getpass
import re
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from crawlers.addresses import host_of
from crawlers.answers import Answer, sha256
from crawlers.archive import ArchiveWriter
from crawlers.families import family
from crawlers.handmade import answers
from crawlers.harvest import files_of
from crawlers.run import CrawlResult, Progress, crawl
from crawlers.running import KINDS
from crawlers.sources import Source
from crawlers.view import View
from schema.errors import InputError
from schema.settings import Settings
from schema.tables import Fetch
from schema.tables.columns import now


@dataclass(frozen=True, slots=True)
class Imported:
    """What was imported: the addresses taken, those of an archive that are not the source's, those known, the run."""

    source: str
    taken: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    run: CrawlResult | None = None

    def as_json(self) -> dict[str, object]:
        """Return it as JSON."""
        return asdict(self)


def import_files(
    source: Source,
    paths: Sequence[Path],
    settings: Settings,
    engine: Engine,
    *,
    url: str | None = None,
    by: str | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Bring files into the archive, the ledger and the records of a source, as fetched by hand.

    What the source has already, byte for byte from the same address, is left out; when all is, nothing is changed.
    Raises InputError for files that are not the source's, match no column, or cannot be read; a disabled source is
    refused.
    """
    if source.file.status.state == "disabled":
        why = source.file.status.reason
        raise InputError(f"the source is disabled: {why}", where=source.id, remedy="see its YAML")
    found = list(answers(paths, url))
    ours, ignored = _sorted(source, found)
    archives = any(path.name.endswith((".warc", ".warc.gz")) for path in paths)
    if ignored and not (archives and ours):
        _refuse(source, ignored[0])
    fresh = [each for each in ours if not _is_known(engine, source, each)]
    known = [each.url for each in ours if each not in fresh]
    if not fresh:
        return Imported(source.id, [], [each.url for each in ignored], known)
    who = re.sub(r"[^\w.@-]+", "_", by or getpass.getuser())
    with tempfile.TemporaryDirectory() as folder:
        # What is known goes along: a page is read together with its list and its files.
        with ArchiveWriter(Path(folder), f"by_hand_{who}.warc.gz") as writer:
            for each in ours:
                writer.write(each)
        stamp = f"by {who} at {now():%Y-%m-%dT%H:%M:%SZ}"
        run = crawl(
            source, settings, replay=Path(folder) / writer.name, mode="sweep", imported=stamp, progress=progress
        )
    return Imported(source.id, [each.url for each in fresh], [each.url for each in ignored], known, run)


def _sorted(source: Source, found: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """Return the answers that are the source's (articles, lists, files that its pages link to), and the others."""
    lists = {ask.url for c in source.file.channels if c.kind in KINDS for ask in family(c.family).requests(c)}
    ours, others, linked = [], [], set[str]()
    for each in found:
        channel = source.channel_of(each.url)
        if channel is not None and channel.kind in KINDS:
            ours.append(each)
            linked.update(files_of(source, channel, View.of(each.content(), each.url, each.content_type)))
        elif each.url in lists:
            ours.append(each)
        else:
            others.append(each)
    return [*ours, *(e for e in others if e.url in linked)], [e for e in others if e.url not in linked]


def _refuse(source: Source, answer: Answer) -> None:
    if host_of(answer.url) not in source.hosts:
        raise InputError(
            f"{answer.url} is not of the source {source.id}", where=str(source.path), remedy="add its host to `hosts`"
        )
    raise InputError(
        f"{answer.url} matches no column of the source {source.id}",
        where=str(source.path),
        remedy="check `article` of its columns",
    )


def _is_known(engine: Engine, source: Source, answer: Answer) -> bool:
    wanted = select(Fetch.id).where(
        Fetch.source_id == source.id, Fetch.url == answer.url, Fetch.document_sha256 == sha256(answer.content())
    )
    with Session(engine) as session:
        return session.exec(wanted.limit(1)).first() is not None
