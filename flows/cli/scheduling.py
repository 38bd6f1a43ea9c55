"""`flows`: the stages on a Prefect server."""

import os
import subprocess
import sys

import typer

from flows.cli.options import Json
from flows.console import Output
from schema.errors import RunError
from schema.language import say

app = typer.Typer(no_args_is_help=True)
POOL = "samplebase"


@app.command("deploy", help=say("put the deployments of prefect.yaml on the Prefect server"))
def deploy(as_json: Json = False) -> None:
    """Make the work pool when it is missing and deploy all flows. Raises RunError when Prefect refuses."""
    output = Output(as_json=as_json)
    with output.progress("deploying"):
        try:
            _prefect("work-pool", "inspect", POOL)
        except RunError:
            # A pool that somebody has configured is left as it is.
            _prefect("work-pool", "create", POOL, "--type", "process")
        text = _prefect("--no-prompt", "deploy", "--all")
    data = {"pool": POOL, "deployments": ["refresh/nightly", "resolve/nightly", "publish/weekly"]}
    output.result(
        data | ({} if as_json else {"prefect": text}), f"work pool {POOL}", [(d,) for d in data["deployments"]]
    )


@app.command("serve", help=say("run the schedules in this process, on one machine"))
def serve() -> None:
    """Serve all deployments of prefect.yaml until it is stopped."""
    from flows.serving import serve_all  # noqa: PLC0415  (prefect is slow to load)

    serve_all()


def _prefect(*words: str) -> str:
    from schema.settings import ROOT  # noqa: PLC0415

    environment = dict(os.environ) | {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    done = subprocess.run(
        [sys.executable, "-m", "prefect", *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise RunError(
            f"prefect {words[0]} failed: {lines[-1] if lines else done.returncode}",
            where=os.environ.get("PREFECT_API_URL", "PREFECT_API_URL"),
            remedy="is the Prefect server up? `prefect server start`",
        )
    return done.stdout
