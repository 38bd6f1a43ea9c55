"""`sources`: the sites that are read."""

import typer

from flows import pipeline
from flows.cli.options import Json, Sources, with_sources
from flows.console import Output
from schema.language import say

app = typer.Typer(no_args_is_help=True)


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
        }
        for s in found
    ]
    rows = [(d["id"], d["name"], d["region"] or "", " ".join(d["families"]), d["state"]) for d in data]
    Output(as_json=as_json).result(data, "", rows, ("source", "name", "region", "family", "state"))


@app.command("check", help=say("check every source file"))
def check(sources: Sources = None, as_json: Json = False) -> None:
    """Read every source file strictly; the first mistake is an error with file and line."""
    found = pipeline.chosen(with_sources(sources), ())
    count = len(found)
    Output(as_json=as_json).result({"valid": count, "files": count}, f"{count} of {count} source files are valid")
