"""A run that is killed anywhere, and run again, ends as if nothing had happened."""

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import wait_until
from tests.flows.conftest import Cli

Replay = Callable[[str], list[str]]


def children_of(pid: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    assert Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists(), "this kernel tells no process's children"
    found: list[int] = []
    with contextlib.suppress(FileNotFoundError):  # the process has ended
        for thread in list(Path(f"/proc/{pid}/task").iterdir()):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread ends while it is looked at
                found += map(int, (thread / "children").read_text().split())
    return found


def kill_after(cli: Cli, seconds: float, words: list[str]) -> bool:
    """Start a run and kill it after a while, with its children left to die by themselves; False: it was done before."""
    process = cli.start(*words)
    end = time.monotonic() + seconds
    children: set[int] = set()
    while time.monotonic() < end and process.poll() is None:
        children.update(children_of(process.pid))
        time.sleep(0.005)
    if process.poll() is not None:
        return False
    children.update(children_of(process.pid))
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    wait_until(lambda: not any(_runs(child) for child in children))
    return True


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def trials(make: Callable[[int], Cli], words: list[str], count: int, seed: int) -> int:
    """Kill `count` runs under way at random moments and run each again; return how many tries that took."""
    whole = make(0)
    begun = time.monotonic()
    whole.json(*words)
    lasts = time.monotonic() - begun
    expected = whole.content()
    chance, hit, number = random.Random(seed), 0, 0
    while hit < count:
        number += 1
        assert number <= 4 * count, "hardly any run was hit under way"
        broken, begun = make(number), time.monotonic()
        if kill_after(broken, chance.uniform(0.2, lasts), words):
            hit += 1
        else:
            lasts = min(lasts, time.monotonic() - begun)  # it was quicker than the first; this try counts for nothing
        broken.json(*words)
        assert broken.content() == expected, f"try {number}"
    return number


def test_a_killed_run_loses_and_doubles_nothing(tmp_path: Path, replay: Replay) -> None:
    def make(number: int) -> Cli:
        return Cli(tmp_path / str(number), f"sqlite:///{tmp_path / str(number)}.sqlite")

    assert trials(make, replay("run"), 2, seed=1) >= 2


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_runs_killed_at_25_random_moments_end_as_the_unbroken_one(
    kind: str, tmp_path: Path, replay: Replay, request: pytest.FixtureRequest
) -> None:
    def make(number: int) -> Cli:
        url = f"sqlite:///{tmp_path / str(number)}.sqlite"
        if kind == "postgresql":
            url = request.getfixturevalue("postgres").fresh()
        return Cli(tmp_path / str(number), url)

    tries = trials(make, replay("run"), 25, seed=25)
    print(f"{kind}: 25 runs killed under way (in {tries} tries) and run again: 0 lost, 0 doubled")
