"""What an engineer does by hand: `sources probe`, `new`, `capture` and `accept`, and `import`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from flows import pipeline
from flows.cli.options import Failed, Json, Sources, with_sources
from flows.console import Output
from schema.errors import InputError, RunError
from schema.language import say

Id = Annotated[str, typer.Argument(metavar="ID", help=say("a source, by id"))]
Url = Annotated[str, typer.Argument(metavar="URL", help=say("address of a page"))]
Text = Annotated[str | None, typer.Option(show_default=False)]
Kind = Annotated[str, typer.Option("--kind", help=say("kind of its records"))]
Dry = Annotated[bool, typer.Option("--dry-run", help=say("print the file and write nothing"))]
Write = Annotated[bool, typer.Option("--write", help=say("write status and columns into the source's file"))]
Why = Annotated[str, typer.Option("--why", help=say("what was looked at, and why it is right"))]
By = Annotated[str | None, typer.Option("--by", help=say("who says so (default: the user)"), show_default=False)]
Files = Annotated[list[Path], typer.Argument(metavar="PATH…", help=say("WARC files, or pages with their addresses"))]
Address = Annotated[str | None, typer.Option("--url", help=say("address of the one page"), show_default=False)]
List = Annotated[str | None, typer.Option("--list", help=say("SOURCE/CHANNEL that lists it"), show_default=False)]
Folder = Annotated[Path | None, typer.Option("--folder", help=say("another folder of cases"), show_default=False)]


def probe(id: Id, write: Write = False, sources: Sources = None, as_json: Json = False) -> None:  # noqa: A002
    """Look politely at a source and say whether it is as its file says; exit code 4 when it is not verified."""
    from crawlers.probing import probe as look  # noqa: PLC0415  (`--help` need not wait for Scrapy)
    from crawlers.sourcewriting import changed, diff, must_be_valid, with_status  # noqa: PLC0415
    from schema.tables.columns import now  # noqa: PLC0415

    output, settings = Output(as_json=as_json), with_sources(sources)
    [source] = pipeline.chosen(settings, [id])
    with output.progress("probing") as tell:
        probed = look(source, settings, lambda text: tell(text, None))
    change = with_status(probed.state, probed.reason, now().date(), probed.changes)
    text = changed(source.path, change)
    difference = diff(source.path, text)
    if write:
        must_be_valid(source.path.name, text)
        source.path.write_text(text, encoding="utf-8")
    data = asdict(probed) | {"diff": difference, "written": write}
    for column in data["columns"]:
        column["proposal"] = _channel(column["proposal"])
    rows: list[tuple[Any, ...]] = [
        (
            c.id,
            c.family,
            c.recognised,
            _rows(c),
            c.newest,
            " ".join(c.fields),
            c.problem if c.looked else "not looked at",
        )
        for c in probed.columns
    ]
    rows += [("page", p.kind, "", "", "", " ".join(p.fields), p.problem or p.url) for p in probed.pages]
    head = ("column", "family", "recognised", "rows", "newest", "fields", "why")
    output.result(data, f"{probed.source}: {probed.verdict} ({probed.reason})", rows, head)
    if not as_json:
        typer.echo(difference, nl=False)
    if probed.verdict != "verified":
        output.complain(RunError(f"verdict {probed.verdict}: {probed.reason}", where=source.id, remedy="see its YAML"))
        raise Failed


def new(
    url: Url,
    id: Annotated[str | None, typer.Option("--id", help=say("its id (default: from the host)"))] = None,  # noqa: A002
    name: Annotated[str | None, typer.Option("--name", help=say("its name (default: from the page)"))] = None,
    level: Annotated[
        str, typer.Option("--level", help=say("central, province, city, county, department or other"))
    ] = "other",
    region: Annotated[str | None, typer.Option("--region", help=say("six digits of GB/T 2260"))] = None,
    kind: Kind = "policy",
    dry_run: Dry = False,
    sources: Sources = None,
    as_json: Json = False,
) -> None:
    """Visit a list, recognise its family and write the source's file; it begins as unverified."""
    from crawlers.founding import Wanted, found  # noqa: PLC0415
    from crawlers.sources import load_sources  # noqa: PLC0415

    output, settings = Output(as_json=as_json), with_sources(sources)
    known = load_sources(settings.sources) if any(settings.sources.rglob("*.yaml")) else {}
    with output.progress("visiting"):
        made = found(url, Wanted(id, name, level, region, _kind(kind)), known, settings)
    if not dry_run:
        made.path.parent.mkdir(parents=True, exist_ok=True)
        made.path.write_text(made.text, encoding="utf-8")
    proposal = made.proposal
    data = {
        "id": made.id, "path": str(made.path), "written": not dry_run, "family": proposal.family, "why": proposal.why,
        "rows": [row.url for row in proposal.rows], "others": made.others, "doubts": proposal.doubts, "yaml": made.text,
    }  # fmt: skip
    title = f"{made.path} would be written" if dry_run else f"{made.path} is written"
    output.result(data, title, [("family", proposal.family), ("rows", len(proposal.rows)), ("why", proposal.why)])
    if dry_run and not as_json:
        typer.echo(made.text, nl=False)


def capture(
    url: Url,
    kind: Kind = "policy",
    list_: List = None,
    name: Annotated[str | None, typer.Option("--name", help=say("name of the case"), show_default=False)] = None,
    folder: Folder = None,
    sources: Sources = None,
    as_json: Json = False,
) -> None:
    """Save a page, or with --list a list's answer, as a test case that fails until a person has read it."""
    from crawlers.capturing import capture_list, capture_page  # noqa: PLC0415
    from schema.settings import ROOT  # noqa: PLC0415

    output, settings = Output(as_json=as_json), with_sources(sources)
    with output.progress("visiting"):
        if list_ is None:
            made = capture_page(url, _kind(kind), folder or ROOT / "tests" / "pages" / "captured", settings, name)
        else:
            made = capture_list(url, _listed(settings, list_), folder or ROOT / "tests" / "families", settings, name)
    title = f"{made.folder} is written: compare expected.json with the page, then sign `read_by`"
    output.result({"folder": str(made.folder), "read": made.read}, title)


def accept(
    id: Id, why: Why, by: By = None, sources: Sources = None, as_json: Json = False  # noqa: A002
) -> None:  # fmt: skip
    """Let the records of a run that ended as drift go live: an engineer has looked at them and finds them right."""
    from crawlers.accepting import accept as take  # noqa: PLC0415

    output, settings = Output(as_json=as_json), with_sources(sources)
    [source] = pipeline.chosen(settings, [id])
    with output.progress("accepting"):
        done = take(pipeline.database(settings), source, why, by)
    output.result(asdict(done), f"{done.promoted} records of {done.source} went live", [("why", done.reason)])


def bring_in(
    source: Id, paths: Files, url: Address = None, by: By = None, sources: Sources = None, as_json: Json = False
) -> None:
    """Import files that were fetched by hand, for a site that is closed to the crawler; twice changes nothing."""
    from crawlers.importing import import_files  # noqa: PLC0415

    output, settings = Output(as_json=as_json), with_sources(sources)
    [found] = pipeline.chosen(settings, [source])
    with output.progress("importing") as tell:
        engine = pipeline.database(settings)
        done = import_files(
            found, paths, settings, engine, url=url, by=by, progress=lambda name, counts: tell(name, counts["done"])
        )
    counts = done.run.counts if done.run else {}
    rows = [("imported", len(done.taken)), ("known", len(done.known)), ("ignored", len(done.ignored)), *counts.items()]
    title = (
        f"{len(done.taken)} files of {done.source} are imported" if done.run else "all is known: nothing was changed"
    )
    output.result(done.as_json(), title, rows)
    if done.run and done.run.outcome != "ok":
        why = f"outcome {done.run.outcome}: {done.run.reason}"
        output.complain(
            RunError(why, where=done.source, remedy="what was live stays live; mend the cause and crawl it again")
        )
        raise Failed


def _kind(kind: str) -> Any:
    from crawlers.sourcefile import Kind as Known  # noqa: PLC0415

    if kind not in get_args(Known):
        raise InputError(f"unknown kind `{kind}`", where="--kind", remedy=f"known kinds: {', '.join(get_args(Known))}")
    return kind


def _listed(settings: Any, name: str) -> Any:
    source, _, channel = name.partition("/")
    [found] = pipeline.chosen(settings, [source])
    for each in found.file.channels:
        if each.id == channel:
            return each
    names = ", ".join(c.id for c in found.file.channels)
    raise InputError(f"unknown column `{channel}`", where=source, remedy=f"known columns: {names}")


def _channel(values: Any) -> Any:
    return values.model_dump(mode="json", exclude_defaults=True) if values is not None else None


def _rows(column: Any) -> str:
    return str(column.rows) if column.total is None else f"{column.rows} / {column.total}"
