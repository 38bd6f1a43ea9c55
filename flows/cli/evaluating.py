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
    from resolution.evaluation.lookup import lookup as measured  # noqa: PLC0415

    output = Output(as_json=True)
    with output.progress("looking names up"):
        result = measured(entities, queries, misses=misses)
    output.result(result)


@app.command("pairs", help=say("verdicts on pairs of names against labels: precision, recall, F1; one line of JSON"))
def pairs(
    path: Annotated[Path, typer.Argument(help=say("a CSV file with the columns left, right, label, and maybe kind"))],
    misses: Annotated[bool, typer.Option("--misses", help=say("list the pairs that were judged wrongly"))] = False,
    _json: Json = False,
) -> None:
    """Print one JSON line (always) with the figures; nothing is learned from the file."""
    from resolution.evaluation.pairs import pairs as measured  # noqa: PLC0415

    output = Output(as_json=True)
    with output.progress("judging pairs") as tell:
        result = measured(path, misses=misses, progress=lambda done, _: tell("", done))
    output.result(result)


@app.command("clusters", help=say("names put into groups, against their true groups; one line of JSON"))
def clusters(
    path: Annotated[Path, typer.Argument(help=say("a CSV file with the columns name and cluster, and maybe kind"))],
    _json: Json = False,
) -> None:
    """Print one JSON line (always) with pairwise and B-cubed figures; nothing is learned from the file."""
    from resolution.evaluation.clusters import clusters as measured  # noqa: PLC0415

    output = Output(as_json=True)
    with output.progress("grouping names") as tell:
        result = measured(path, progress=lambda done, _: tell("", done))
    output.result(result)


@app.command("link", help=say("two tables linked by declared comparisons, against the true links; one line of JSON"))
def link(
    left: Annotated[Path, typer.Argument(help=say("a table with the column id"))],
    right: Annotated[Path, typer.Argument(help=say("the other table"))],
    truth: Annotated[Path, typer.Argument(help=say("the true links: two columns of ids, the left table's first"))],
    spec: Annotated[str, typer.Option(help=say("what is compared: a file of data/matching, or a path"))],
    duplicates: Annotated[
        bool,
        typer.Option("--duplicates", help=say("a table may hold a thing twice; else a record has one link at most")),
    ] = False,
    _json: Json = False,
) -> None:
    """Print one JSON line (always) with the figures; the truth is only read to measure."""
    from resolution.evaluation.link import link as measured  # noqa: PLC0415

    output = Output(as_json=True)
    with output.progress("scoring pairs") as tell:
        result = measured(left, right, truth, spec, duplicates=duplicates, progress=lambda done, _: tell("", done))
    output.result(result)
