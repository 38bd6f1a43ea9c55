"""The stages as plain functions, for the command line and for Prefect alike: crawl, reparse, resolve, publish."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schema.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from schema.settings import Settings

Tell = Callable[[str, int | None], None]
Result = dict[str, Any]


def silent(_text: str, _done: int | None = None) -> None:
    """Tell nobody."""


def database(settings: "Settings") -> "Engine":
    """Return the ready database of the settings. Raises DatabaseError when it cannot be used."""
    from schema.database import open_database  # noqa: PLC0415  (half a second that `--help` need not wait for)

    return open_database(settings.database)


def chosen(settings: "Settings", ids: Sequence[str]) -> list[Any]:
    """Return the sources of the given ids, or all. Raises InputError for an id that no YAML has."""
    from crawlers.sources import load_sources  # noqa: PLC0415  (stages load what they need)

    known = load_sources(settings.sources)
    for name in ids:
        if name not in known:
            raise InputError(
                f"unknown source `{name}`", where=str(settings.sources), remedy=f"known: {', '.join(list(known)[:12])}"
            )
    return [known[name] for name in ids] if ids else list(known.values())


def to_crawl(settings: "Settings", ids: Sequence[str] = (), *, replaying: bool = False) -> list[Any]:
    """Return the sources that a crawl takes: those named; else of the web the verified ones, of an archive all.

    No site is asked unless a probe found it readable or a person names it; one that closed itself to the last crawl
    is left alone until a person names it. An archive asks nobody, so a blocked source is read from one; a disabled
    source is read from nowhere. Raises InputError for a source that was named and must not be crawled.
    """
    sources = chosen(settings, ids)
    refused = {"disabled"} if replaying else {"disabled", "blocked"}
    if not ids and replaying:
        return [s for s in sources if s.file.status.state not in refused]
    if not ids:
        verified = [s for s in sources if s.file.status.state == "verified"]
        closed = resting(settings) if verified else {}
        return [s for s in verified if s.id not in closed]
    for source in sources:
        status = source.file.status
        if status.state in refused:
            raise InputError(f"the source is {status.state}: {status.reason}", where=source.id, remedy="see its YAML")
    return sources


def resting(settings: "Settings") -> dict[str, str]:
    """Return the sources whose last crawl of the web ended as blocked, with the reason."""
    from crawlers.health import closed_to_us  # noqa: PLC0415

    return closed_to_us(database(settings))


def crawl_sources(
    settings: "Settings",
    ids: Sequence[str] = (),
    *,
    replay: Path | None = None,
    mode: str = "refresh",
    jobs: int = 2,
    tell: Tell = silent,
) -> list[Result]:
    """Crawl sources (from the web, or from an archive); return how each ended.

    A `refresh` reads what is new and what is young, a `sweep` everything again. A verified source that is left alone
    because it was blocked the last time is among the results, with the outcome `skipped`. Raises InputError when no
    source is named and none is verified.
    """
    from crawlers.run import CrawlResult, crawl_all  # noqa: PLC0415

    database(settings)
    sources = to_crawl(settings, ids, replaying=replay is not None)
    skipped = []
    if not ids and replay is None:
        closed = resting(settings)
        left = [s for s in chosen(settings, ()) if s.file.status.state == "verified" and s.id in closed]
        why = "the last run was blocked ({}): it is asked again only by name"
        skipped = [asdict(CrawlResult(s.id, "skipped", why.format(closed[s.id]))) for s in left]
    if not sources and not skipped:
        raise InputError(
            "no source is verified", where=str(settings.sources), remedy="name those to crawl by their ids"
        )
    results = crawl_all(
        sources,
        settings,
        replay=replay,
        mode=mode,
        jobs=jobs,
        progress=lambda source, counts: tell(source, counts["done"]),
    )
    return [*(asdict(result) for result in results), *skipped]


def reparse_sources(settings: "Settings", ids: Sequence[str] = (), *, tell: Tell = silent) -> list[Result]:
    """Read the archive of sources again; return what was read."""
    from crawlers.reparse import reparse  # noqa: PLC0415

    engine = database(settings)
    return [
        asdict(reparse(engine, source, settings.archive, step=lambda done, name=source.id: tell(name, done)))  # type: ignore[misc]
        for source in chosen(settings, ids)
    ]


def resolve_all(settings: "Settings") -> Result:
    """Resolve all live mentions; return what changed."""
    from resolution.resolve import resolve  # noqa: PLC0415

    return asdict(resolve(database(settings)))


def publish_release(settings: "Settings", *, as_of: date | None = None, tell: Tell = silent) -> Result:
    """Publish a release; return its version, folder, row counts and checks."""
    from release.publish import publish  # noqa: PLC0415

    engine = database(settings)
    return asdict(publish(engine, settings.releases, as_of=as_of, step=lambda text: tell(text, None)))


def text_of_document(settings: "Settings") -> Callable[[str], str]:
    """Return a function that gives the text of a document by its sha256, made from its archived bytes."""
    from crawlers.reparse import text_of  # noqa: PLC0415

    engine = database(settings)
    return lambda document: text_of(engine, settings.archive, document)
