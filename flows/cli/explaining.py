"""`explain`: why two names are the same, related or different."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Json
from flows.console import Output
from schema.errors import InputError
from schema.language import language, say


def explain(
    left: Annotated[str, typer.Argument(help=say("one name"))],
    right: Annotated[str, typer.Argument(help=say("the other name"))],
    kind: Annotated[str, typer.Option(help=say("what both are, where it is known: enterprise, university …"))] = "",
    picture: Annotated[Path | None, typer.Option(help=say("write the waterfall there, as SVG"))] = None,
    as_json: Json = False,
) -> None:
    """Print the verdict on two names with its reasons."""
    from resolution.pairs import explain as why  # noqa: PLC0415
    from resolution.pairs.verdict import judge  # noqa: PLC0415

    said = why.explain(judge(left, right, kind), kind)
    if picture is not None:
        try:
            picture.write_text(why.picture(said, language()), encoding="utf-8")
        except OSError as error:
            remedy = "name a file in a folder that is there and may be written"
            raise InputError(f"the picture cannot be written: {error}", where=str(picture), remedy=remedy) from error
    Output(as_json=as_json).result(said, why.text(said, language()))
