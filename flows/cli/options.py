"""Options that several commands share, declared once."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schema.language import say

if TYPE_CHECKING:
    from schema.settings import Settings

Json = Annotated[bool, typer.Option("--json", help=say("print one line of JSON"))]
Ids = Annotated[list[str] | None, typer.Argument(help=say("sources, by id (default: all)"), show_default=False)]
Sources = Annotated[Path | None, typer.Option("--sources", help=say("folder of source files"), show_default=False)]
Replay = Annotated[
    Path | None,
    typer.Option("--replay", help=say("answer requests from this WARC file, not from the network"), show_default=False),
]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=64, help=say("sources crawled at a time"))]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help=say("day of the release, such as 2026-11-22"), show_default=False)
]


class Failed(Exception):  # noqa: N818  (an exit code, told by the command itself)
    """The command has said what is wrong; only the exit code is left to give."""

    def __init__(self, code: int = 4) -> None:
        super().__init__(code)
        self.code = code


def settings() -> "Settings":
    """Return the settings of this process (loaded when a command runs, not for `--help`)."""
    from schema.settings import settings as load  # noqa: PLC0415

    return load()


def with_sources(folder: Path | None) -> "Settings":
    """Return the settings, with another folder of sources when one is given."""
    return settings().model_copy(update={"sources": folder}) if folder else settings()
