"""`evaluate`: measured against a known truth."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Json
from flows.console import Output
from schema.language import say

app = typer.Typer(no_args_is_help=True)


@app.command("pages", help=say("extraction from saved pages: accuracy by field, text F1; prints one line of JSON"))
def pages(
    path: Annotated[Path, typer.Argument(help=say("a JSONL file, or a folder of page folders"))],
    baselines: Annotated[bool, typer.Option(help=say("measure trafilatura and htmldate on the same pages"))] = False,
    _json: Json = False,
) -> None:
    """Print one JSON line (always) with the accuracy of every field, and the rivals' on the same pages when asked."""
    from crawlers.evaluate import evaluate_pages  # noqa: PLC0415

    output = Output(as_json=True)
    with output.progress("reading pages"):
        result = evaluate_pages(path, baselines=baselines)
    output.result(result)


@app.command("lookup", help=say("names looked up among entities: top-1, top-5, mean reciprocal rank; one line of JSON"))
def lookup(
    entities: Annotated[Path, typer.Option(help=say("one name a line, or a CSV file with the columns name and kind"))],
    queries: Annotated[Path, typer.Option(help=say("a CSV file with the columns query and answer"))],
    misses: Annotated[
        bool, typer.Option("--misses", help=say("list the queries whose answer was not the first"))
    ] = False,
    _json: Json = False,
) -> None:
    """Print one JSON line (always) with the figures; nothing is learned from the files."""
    from resolution.evaluate import lookup as measured  # noqa: PLC0415

    output = Output(as_json=True)
    with output.progress("looking names up"):
        result = measured(entities, queries, misses=misses)
    output.result(result)
