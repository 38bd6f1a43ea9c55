"""`sources`: the sites that are read."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from flows import pipeline
from flows.cli.options import Failed, Json, Sources, with_sources
from flows.console import Output
from schema.errors import RunError
from schema.language import say

app = typer.Typer(no_args_is_help=True)

Check = Annotated[bool, typer.Option("--check", help=say("only say whether the page is up to date"))]
Page = Annotated[Path | None, typer.Option("--output", help=say("file to write"), show_default=False)]


@app.command("list", help=say("list the sources with their state"))
def listing(sources: Sources = None, as_json: Json = False) -> None:
    """List the sources with region, family and state."""
    found = pipeline.chosen(with_sources(sources), ())
    data = [
        {
            "id": s.id,
            "name": s.file.name,
            "level": s.file.level,
            "region": s.file.region,
            "families": sorted({c.family for c in s.file.channels}),
            "state": s.file.status.state,
            "reason": s.file.status.reason,
            "confidence": s.file.confidence,
        }
        for s in found
    ]
    rows = [(d["id"], d["name"], d["region"] or "", " ".join(d["families"]), d["state"]) for d in data]
    Output(as_json=as_json).result(data, "", rows, ("source", "name", "region", "family", "state"))


@app.command("check", help=say("check every source file"))
def check(sources: Sources = None, as_json: Json = False) -> None:
    """Read every source file strictly and say every mistake with file and line; exit code 2 when there is one."""
    from crawlers.sourcecheck import check_sources, mainland  # noqa: PLC0415  (`--help` need not wait for pydantic)
    from schema.settings import ROOT  # noqa: PLC0415

    output, folder = Output(as_json=as_json), with_sources(sources).sources
    checked = check_sources(folder, complete=folder.resolve() == ROOT / "data" / "sources")
    data = {
        "valid": checked.valid,
        "files": checked.files,
        "provinces": len(checked.provinces),
        "mistakes": [{"where": m.where, "what": say(m.what), "remedy": say(m.remedy)} for m in checked.mistakes],
    }
    for mistake in checked.mistakes:
        output.complain(mistake)
    families = Counter(c.family for s in checked.sources.values() for c in s.file.channels)
    states = Counter(s.file.status.state for s in checked.sources.values())
    rows = [
        *(("state", name, n) for name, n in sorted(states.items())),
        *(("family", name, n) for name, n in sorted(families.items())),
        ("provinces", f"{len(checked.provinces)} / {len(mainland())}", len(checked.provinces)),
        ("mistakes", "", len(checked.mistakes)),
    ]
    title = f"{checked.valid} of {checked.files} source files are valid"
    output.result(data, title, rows, ("what", "name", "number"))
    if checked.mistakes:
        raise Failed(2)


@app.command("docs", help=say("write docs/sources.md from the source files"))
def docs(sources: Sources = None, output: Page = None, check: Check = False, as_json: Json = False) -> None:
    """Write the page of all sources; with --check, exit code 4 when the page is not up to date."""
    from crawlers.sourcedocs import page  # noqa: PLC0415
    from schema.settings import ROOT  # noqa: PLC0415

    path = output or ROOT / "docs" / "sources.md"
    text = page(pipeline.chosen(with_sources(sources), ()))
    current = path.is_file() and path.read_text(encoding="utf-8") == text
    if check and not current:
        raise RunError("the page is not up to date", where=str(path), remedy="run `samplebase sources docs`")
    if not current:
        path.write_text(text, encoding="utf-8")
    title = f"{path} is up to date" if current else f"{path} is written"
    Output(as_json=as_json).result({"page": str(path), "written": not current}, title)
