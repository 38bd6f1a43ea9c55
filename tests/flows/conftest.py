"""Running the command line as its users do: as a process of its own, with its own folder and database."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from schema.settings import ROOT

SAMPLEBASE = str(Path(sys.executable).parent / "samplebase")


@dataclass(frozen=True)
class Cli:
    """The command `samplebase` over one folder and one database."""

    var: Path
    database_url: str
    lang: str = "en"

    @property
    def environment(self) -> dict[str, str]:
        return dict(os.environ) | {
            "SAMPLEBASE_VAR": str(self.var),
            "SAMPLEBASE_DATABASE_URL": self.database_url,
            "SAMPLEBASE_LANG": self.lang,
        }

    def __call__(self, *words: str | Path, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        command = [SAMPLEBASE, *map(str, words)]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False
        )

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        command = [SAMPLEBASE, *map(str, words)]
        nothing = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=nothing, stderr=nothing)

    def json(self, *words: str | Path) -> Any:
        done = self(*words, "--json")
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    def content(self) -> dict[str, Any]:
        found: dict[str, Any] = self.json("db", "hash")
        return found


@pytest.fixture
def cli(tmp_path: Path, database_url: str) -> Cli:
    """The command line over an empty database, once of either make."""
    return Cli(tmp_path / "var", database_url)


@pytest.fixture
def cli_sqlite(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "var", f"sqlite:///{tmp_path / 'var' / 'samplebase.sqlite'}")


@pytest.fixture
def cli_crawled(tmp_path: Path, crawled: Any) -> Cli:
    """The command line over a copy of the sandbox, crawled and resolved: what `run` does, but once for all tests."""
    settings = crawled.copy(tmp_path)
    return Cli(settings.var, settings.database)


@pytest.fixture
def replay(sandbox_warc: Path) -> Callable[[str], list[str]]:
    """The words of a command that reads the sandbox's archive."""
    return lambda command: [command, "--sources", "sandbox/sources", "--replay", str(sandbox_warc)]
