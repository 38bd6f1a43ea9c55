"""The flows on a real Prefect server: a run, a deployment, a schedule that fires; and a flow without a server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from schema.settings import ROOT
from tests.flows.conftest import Cli

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
PATIENCE = 180.0


@dataclass(frozen=True)
class Server:
    """A Prefect server of our own on loopback."""

    url: str
    home: Path

    def ask(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")


def wait_for(condition: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited {PATIENCE:.0f} s in vain for {what}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("prefect")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(f"http://127.0.0.1:{port}/api", home)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment(home), stdout=log, stderr=log, start_new_session=True)
    try:
        wait_for(lambda: healthy(server, process), "the server")
        yield server
    finally:
        stop(process)


def healthy(server: Server, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, (server.home / "log").read_text()[-2000:]
    try:
        return bool(server.ask("/health"))
    except (urllib.error.URLError, ConnectionError):
        return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started, with the session it leads."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


def environment(home: Path, api: str = "") -> dict[str, str]:
    known = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    return known | {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }


def run_flow(code: str, cli: Cli, home: Path, api: str = "") -> Any:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=cli.environment | environment(home, api),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


REFRESH = """
import json
from flows.refresh import refresh
print(json.dumps(refresh(["hubei"], replay={warc!r}, sources_folder="sandbox/sources"), default=str))
"""


def test_a_flow_runs_without_any_server(cli_sqlite: Cli, sandbox_warc: Path, tmp_path: Path) -> None:
    [result] = run_flow(REFRESH.format(warc=str(sandbox_warc)), cli_sqlite, tmp_path / "home")
    assert result["outcome"] == "ok"
    assert result["counts"]["new"] == 15


def test_a_flow_run_is_known_to_the_server(cli_sqlite: Cli, sandbox_warc: Path, server: Server) -> None:
    [result] = run_flow(REFRESH.format(warc=str(sandbox_warc)), cli_sqlite, server.home, server.url)
    assert result["outcome"] == "ok"
    [run] = server.ask("/flow_runs/filter", {"flows": {"name": {"any_": ["refresh"]}}})
    assert run["state_type"] == "COMPLETED"


def test_a_deployed_schedule_fires(cli_sqlite: Cli, sandbox_warc: Path, server: Server) -> None:
    cli_sqlite.json("crawl", "--sources", "sandbox/sources", "--replay", str(sandbox_warc))
    env = cli_sqlite.environment | environment(server.home, server.url)
    samplebase = str(Path(sys.executable).parent / "samplebase")
    for _ in range(2):  # deploying again must be harmless
        done = subprocess.run(
            [samplebase, "flows", "deploy", "--json"], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    deployed = {d["name"] + "/" + d["entrypoint"]: d for d in server.ask("/deployments/filter", {})}
    assert len(deployed) == 3
    for deployment in deployed.values():
        [schedule] = deployment["schedules"]
        assert schedule["slug"]
        assert schedule["schedule"]["timezone"] == "Asia/Shanghai"
    resolve = deployed["nightly/flows/resolve.py:resolve"]
    every_two_seconds = [{"active": True, "schedule": {"interval": 2, "anchor_date": "2026-01-01T00:00:00Z"}}]
    server.ask(f"/deployments/{resolve['id']}/schedules", every_two_seconds)
    worker = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "samplebase"]
    with (server.home / "worker.log").open("wb") as log:
        process = subprocess.Popen(worker, env=env, stdout=log, stderr=log, start_new_session=True)
    wanted = {
        "deployments": {"id": {"any_": [resolve["id"]]}},
        "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}},
    }
    try:
        runs = wait_for(lambda: server.ask("/flow_runs/filter", wanted), "a scheduled run")
    except AssertionError:
        raise AssertionError((server.home / "worker.log").read_text()[-3000:]) from None
    finally:
        stop(process)
    assert all(run["auto_scheduled"] for run in runs)
    assert cli_sqlite.content()["entity"]["rows"] > 50
