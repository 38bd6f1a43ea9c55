"""The command line `samplebase`: thin commands over the stages; heavy libraries load only where they are used."""

import sys
import traceback

from flows.cli.app import app
from flows.cli.options import Failed
from flows.console import Output
from schema.errors import SamplebaseError


def main() -> None:
    """Run the command line; a known fault is one line on standard error and an exit code that means something.

    0 done, 1 a fault, 2 bad input, 3 the database, 4 the work ran and is not all right, 130 interrupted.
    """
    try:
        app()
    except Failed as failed:
        sys.exit(failed.code)
    except SamplebaseError as error:
        Output(as_json="--json" in sys.argv).error(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as unforeseen:
        traceback.print_exc()
        what = f"unforeseen: {type(unforeseen).__name__}: {unforeseen}"
        fault = SamplebaseError(what, where="samplebase", remedy="report it with the lines above; nothing was lost")
        Output(as_json="--json" in sys.argv).error(fault)
        sys.exit(fault.exit_code)


__all__ = ["app", "main"]
