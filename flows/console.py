"""What every command shares: results on standard output, progress and errors on standard error, exit codes."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from schema.errors import SamplebaseError
from schema.language import say


class Output:
    """Prints a result as one JSON line or as a table for people, in their language."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def result(self, data: Any, title: str = "", rows: Sequence[Sequence[Any]] = (), head: Sequence[str] = ()) -> None:
        """Print `data` as JSON, or a title and a table of rows."""
        if self.as_json:
            sys.stdout.write(json.dumps(data, ensure_ascii=False, default=str) + "\n")
            return
        from rich.console import Console  # noqa: PLC0415  (rich's tables are slow to load)
        from rich.table import Table  # noqa: PLC0415

        console = Console()
        if title:
            console.print(say(title), highlight=False, markup=False)
        if rows:
            table = Table(*[say(h) for h in head], show_header=bool(head))
            for row in rows:
                table.add_row(*[say(str(cell)) if isinstance(cell, str) else str(cell) for cell in row])
            console.print(table, markup=False)

    def error(self, error: SamplebaseError) -> None:
        """Print an error: one line with place and remedy, or JSON."""
        what, remedy = say(error.what), say(error.remedy)
        if self.as_json:
            fault = {"what": what, "where": error.where, "remedy": remedy, "exit_code": error.exit_code}
            sys.stdout.write(json.dumps({"error": fault}, ensure_ascii=False) + "\n")
        self.complain(error)

    def complain(self, error: SamplebaseError) -> None:
        """Print an error's one line on standard error, whatever standard output holds."""
        what, remedy = say(error.what), say(error.remedy)
        sys.stderr.write(f"{say('error')}: {SamplebaseError(what, where=error.where, remedy=remedy)}\n")

    @contextmanager
    def progress(self, title: str) -> Iterator[Callable[[str, int | None], None]]:
        """Show a line of progress on standard error; yields `tell(text, done)`."""
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        console = Console(stderr=True)
        if not console.is_terminal:
            # A log has no use for a spinner: one line says what is under way.
            sys.stderr.write(f"{say(title)} …\n")
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(say(title), total=None)

            def tell(text: str, done: int | None = None) -> None:
                bar.update(task, description=f"{say(title)}  {say(text)}{'' if done is None else f' {done}'}")

            yield tell
