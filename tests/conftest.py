"""What every test may ask for: both databases, the sandbox as an archive and as a crawled database, real pages."""

import fcntl
import os
import pickle
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from crawlers.run import CrawlResult, crawl_all
from crawlers.sources import Source, load_sources
from resolution.resolve import resolve
from sandbox.capture import capture
from schema.database import connect, open_database
from schema.settings import ROOT, Settings
from tests import nursery

nursery.adopt()
# Examples are chosen by the test's name, so that a red run is red again; `--hypothesis-profile=search` looks further.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, max_examples=1_000)
hypothesis.settings.load_profile("house")

DAY = datetime(2023, 12, 1, 8, tzinfo=UTC)  # when the sandbox was fetched: after its last page
PATIENCE = 30.0


class Postgres:
    """A PostgreSQL of our own on a Unix socket; `fresh` gives the address of a new database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count()
        self.template: str | None = None

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def fresh(self, *, template: str = "template1") -> str:
        name = f"test_{next(self.numbers)}"
        server = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        server.dispose()
        return self.url(name)

    def ready(self) -> str:
        """Give the address of a new database with all tables."""
        if self.template is None:
            url = self.fresh()
            made = open_database(url)
            self.template = made.url.database
            made.dispose()
        return self.fresh(template=self.template or "")


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if shutil.which("pg_config"):
        named = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        found.append(Path(named.stdout.strip()) / "postgres")
    for binary in reversed(found):
        if binary.exists():
            return binary.parent
    pytest.fail("PostgreSQL is missing: every database test runs on it too → apt-get install postgresql", pytrace=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    binaries, user = _binaries(), "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="samplebase-postgres-"))  # a socket's path must be short
    if user:
        shutil.chown(folder, user)
    data = str(folder / "data")
    initdb = [str(binaries / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run([*initdb, "--locale=C.UTF-8"], check=True, capture_output=True, user=user, cwd=folder)
    quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "shared_buffers=16MB"]
    command = [str(binaries / "postgres"), "-D", data, "-k", str(folder), *(a for q in quick for a in ("-c", q))]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, user=user, cwd=folder)
    try:
        wait_until(lambda: _answers(server, folder))
        yield Postgres(folder)
    finally:
        server.send_signal(signal.SIGQUIT)  # immediate: nothing in there is worth a checkpoint
        server.wait(PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def _answers(server: subprocess.Popen[bytes], folder: Path) -> bool:
    assert server.poll() is None, (folder / "log").read_text()
    probe = sa.create_engine(f"postgresql+psycopg://postgres@/postgres?host={folder}")
    try:
        probe.connect().close()
    except sa.exc.OperationalError:
        return False
    finally:
        probe.dispose()
    return True


def wait_until(condition: Callable[[], bool]) -> None:
    """Return when the condition holds; fail when it does not within half a minute."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    """The address of a new, empty database."""
    return postgres.fresh()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    open_database(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with all tables and no rows, once of either make."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres").ready())
    path = request.getfixturevalue("tmp_path") / "samplebase.sqlite"
    shutil.copy(request.getfixturevalue("empty_sqlite"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with all tables and no rows, once of either make."""
    opened = connect(database_url)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def sandbox_warc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pages of the sandbox, fetched on a fixed day."""
    path = tmp_path_factory.mktemp("sandbox") / "sandbox.warc.gz"
    capture(path, DAY)
    return path


@pytest.fixture(scope="session")
def sandbox_sources() -> dict[str, Source]:
    return load_sources(ROOT / "sandbox" / "sources")


@dataclass(frozen=True)
class Crawled:
    """The sandbox, replayed and resolved once for all tests: read it, or work on a `copy`."""

    settings: Settings
    results: list[CrawlResult]

    def engine(self) -> Engine:
        return connect(self.settings.database)

    def copy(self, folder: Path) -> Settings:
        """Give the settings of a database of one's own; its archive stays the shared one, and is never written."""
        var = folder / "var"
        var.mkdir(parents=True)
        shutil.copy(self.settings.var / "samplebase.sqlite", var)
        (var / "archive").symlink_to(self.settings.archive)
        return Settings(var=var)


Once = Callable[[str, Callable[[Path], Any]], Any]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make a costly thing once for all processes of the test run: `once(name, make)`, where `make` gets a folder."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def get(name: str, make: Callable[[Path], Any]) -> Any:
        with _lock(shared / f"{name}.lock"):
            done = shared / f"{name}.pickle"
            if not done.exists():
                (shared / name).mkdir()
                done.write_bytes(pickle.dumps(make(shared / name)))
            return pickle.loads(done.read_bytes())

    return get


@pytest.fixture(scope="session")
def crawled(once: Once, sandbox_warc: Path, sandbox_sources: dict[str, Source]) -> Crawled:
    def make(folder: Path) -> tuple[Settings, list[CrawlResult]]:
        settings = Settings(var=folder)
        made = open_database(settings.database)
        results = crawl_all(list(sandbox_sources.values()), settings, replay=sandbox_warc)
        resolve(made)
        made.dispose()
        return settings, results

    return Crawled(*once("crawled", make))


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real saved pages; it is not part of the repository."""
    path = Path(os.environ.get("SAMPLEBASE_REAL_DATA") or ROOT.parent / "shared" / "data")
    if not path.is_dir():
        pytest.skip(f"no real pages here: {path} is missing (set SAMPLEBASE_REAL_DATA)")
    return path
