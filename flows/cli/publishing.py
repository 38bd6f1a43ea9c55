"""`resolve`, `release`, `trace`."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from flows import pipeline
from flows.cli.options import AsOf, Failed, Json, settings
from flows.console import Output
from schema.errors import InputError
from schema.language import say

release = typer.Typer(no_args_is_help=True)
Version = Annotated[str, typer.Argument(help=say("a version, `latest`, or a folder"))]


def day(text: str | None) -> date | None:
    """Return the day of an option. Raises InputError for what is no date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"`{text}` is no day", where="--as-of", remedy="give it as 2026-11-22") from None


def resolve(as_json: Json = False) -> None:
    """Assign every live mention to an entity; nothing changes when nothing is new."""
    output = Output(as_json=as_json)
    with output.progress("resolving"):
        result = pipeline.resolve_all(settings())
    output.result(result, "changed" if result["changed"] else "unchanged", list(result["counts"].items()))


@release.command("publish", help=say("publish a release of what is live"))
def publish(as_of: AsOf = None, as_json: Json = False) -> None:
    """Publish a release; equal content gives no new version."""
    output, until = Output(as_json=as_json), day(as_of)
    with output.progress("publishing") as tell:
        result = pipeline.publish_release(settings(), as_of=until, tell=tell)
    title = "release {} in {}" if result["created"] else "unchanged: release {} in {}"
    output.result(result, title.format(result["version"], result["folder"]), list(result["counts"].items()))


@release.command("build", help=say("write the files of a release into a new folder, without publishing it"))
def build(folder: Path, as_of: AsOf = None, as_json: Json = False) -> None:
    """Write a release's files into a new folder. Raises InputError when the folder exists."""
    from release.build import build as write  # noqa: PLC0415
    from schema.database import open_database  # noqa: PLC0415

    output, until = Output(as_json=as_json), day(as_of)
    if folder.exists():
        raise InputError("the folder exists", where=str(folder), remedy="name a new one")
    engine = open_database(settings().database)
    with output.progress("publishing") as tell:
        version, digest, counts, checks = write(engine, folder, as_of=until, step=lambda text: tell(text, None))
    data = {"version": version, "digest": digest, "counts": counts, "checks": [asdict(c) for c in checks]}
    output.result(data, f"release {version} in {folder}", list(counts.items()))


@release.command("list", help=say("list the published versions"))
def listing(as_json: Json = False) -> None:
    """List the published versions, the newest last."""
    folder = settings().releases
    versions = sorted(p.name for p in folder.glob("[0-9]*")) if folder.is_dir() else []
    Output(as_json=as_json).result(versions, "", [(v,) for v in versions], ("version",))


@release.command("verify", help=say("compare a release's files with its manifest"))
def verify(version: Version = "latest", as_json: Json = False) -> None:
    """Say which files differ from the manifest; exit code 4 when one does."""
    from release.manifest import verify as differing  # noqa: PLC0415
    from release.publish import find_release  # noqa: PLC0415

    folder = find_release(settings().releases, version)
    wrong = differing(folder)
    title = f"{len(wrong)} files differ" if wrong else "the release is whole"
    Output(as_json=as_json).result({"release": folder.name, "differ": wrong}, title, [(w,) for w in wrong])
    if wrong:
        raise Failed


def trace(
    version: Version,
    cell: Annotated[
        str | None, typer.Argument(help=say("ENTITY/PROPERTY, ENTITY/PROPERTY/N or TIE/PROPERTY"), show_default=False)
    ] = None,
    all_cells: Annotated[bool, typer.Option("--all", help=say("trace every cell of the release"))] = False,
    as_json: Json = False,
) -> None:
    """Print the chain from a cell to record, span, document, place in the archive and address.

    Exit code 4 when a quotation is not what the archived bytes say.
    """
    from release.publish import find_release  # noqa: PLC0415

    folder = find_release(settings().releases, version)
    if all_cells:
        _trace_all(folder, Output(as_json=as_json))
    elif cell is None:
        raise InputError("no cell was named", where="trace", remedy="give one, such as sb-…/title, or --all")
    else:
        _trace_one(folder, cell, Output(as_json=as_json))


def _trace_all(folder: Path, output: Output) -> None:
    from release.trace import audit  # noqa: PLC0415

    with output.progress("tracing") as tell:
        result = audit(folder, pipeline.text_of_document(settings()), step=lambda done: tell("cells", done))
    title = f"{result.traced} of {result.cells} cells trace to their span"
    output.result(asdict(result) | {"release": folder.name}, title, [(f,) for f in result.failures or ()])
    if result.traced != result.cells:
        raise Failed


def _trace_one(folder: Path, cell: str, output: Output) -> None:
    from crawlers.reparse import place_of_document  # noqa: PLC0415
    from release.trace import trace as links_of  # noqa: PLC0415
    from schema.database import open_database  # noqa: PLC0415
    from schema.evidence import Origin, quote  # noqa: PLC0415

    text_of, engine = pipeline.text_of_document(settings()), open_database(settings().database)
    chain, sound = [], True
    for link in links_of(folder, cell):
        text = link.url if link.origin == Origin.URL else text_of(link.document_sha256)
        warc, offset, address = place_of_document(engine, link.document_sha256)
        sound = sound and link.holds(text)
        chain.append(
            asdict(link)
            | {"quote": quote(text, link.spans), "matches": link.holds(text), "warc": warc, "offset": offset}
            | {"document_url": address}
        )
    fields = ("cell", "value", "rule", "record_id", "origin", "spans", "quote", "matches")
    rows = [(name, str(link[name])[:500]) for link in chain for name in (*fields, *WHERE)]
    output.result({"release": folder.name, "chain": chain}, "", rows)
    if not sound:
        raise Failed


WHERE = ("document_sha256", "warc", "offset", "document_url", "url", "source_id")
