"""Crawls for tests, forked from a process that has loaded the crawler once: a start costs next to nothing.

A crawl's child and its reader each load for seconds what is the same every time. `adopt` lets `crawlers.run` start
both as forks instead. Real starts are tested by the command line's tests and by those that kill crawls.
"""

import atexit
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from crawlers import run
from crawlers.orphans import die_with

_PYTHON = sys.executable
_MESSAGE = 1 << 20  # more than any environment takes


class Forked:
    """What `crawlers.run` needs of a child: its pipes, an end, and a way to end it."""

    def __init__(self, address: str, env: dict[str, str]) -> None:
        theirs_in, mine_in = os.pipe()
        mine_out, theirs_out = os.pipe()
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
            line.connect(address)
            order = json.dumps({"env": env, "cwd": str(Path.cwd())}).encode()
            socket.send_fds(line, [order], [theirs_in, theirs_out, 2])
            self.pid = int(line.recv(32))
        os.close(theirs_in)
        os.close(theirs_out)
        self.stdin, self.stdout = open(mine_in, "w", encoding="utf-8"), open(mine_out, encoding="utf-8")  # noqa: SIM115, PTH123
        self.returncode = 0

    def kill(self) -> None:
        """End the child."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def __enter__(self) -> "Forked":
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(BrokenPipeError):
            self.stdin.close()
        self.stdout.read()  # until it is gone, and its reader too
        self.stdout.close()


class Nursery:
    """The process that forks; it is started with the first crawl."""

    def __init__(self) -> None:
        self.folder = ""
        self.process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()  # `crawl_all` starts crawls from several threads

    def start(self, command: list[str], **options: Any) -> Any:
        """Start a crawl's child, as a fork unless the test has put another program in Python's place."""
        if command[0] != _PYTHON:
            return subprocess.Popen(command, **options)
        return Forked(self.address, options["env"])

    @property
    def address(self) -> str:
        """The nursery's socket; it listens before it is told."""
        with self._starting:
            if self.process is None:
                self._start()
        return f"{self.folder}/socket"

    def _start(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="samplebase-nursery-")  # a socket's path must be short
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server:
            server.bind(f"{self.folder}/socket")
            server.listen(16)
            command = [_PYTHON, "-m", "tests.nursery", str(server.fileno())]
            # (It ends with its input: the thread that starts it, as whose child the kernel sees it, may end before.)
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, pass_fds=[server.fileno()], cwd=Path(__file__).parents[1]
            )
        atexit.register(self.stop)

    def stop(self) -> None:
        """End the process, and take its socket away."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def adopt() -> None:
    """Let this process's crawls be forks."""
    run.subprocess = SimpleNamespace(PIPE=subprocess.PIPE, Popen=Nursery().start)  # type: ignore[attr-defined]


class _Reader:
    """A crawl's first reader, forked from the crawl before that has begun."""

    def __init__(self, words: list[str]) -> None:
        from crawlers import workers  # noqa: PLC0415

        self.pid = os.fork()
        if not self.pid:
            kept = int(words[0])
            os.closerange(3, kept)
            os.closerange(kept + 1, 1024)
            sys.argv = ["crawlers.workers", *words]
            _end(workers.main)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        os.waitpid(self.pid, 0)


def _crawl(order: dict[str, Any], files: list[int]) -> None:
    """Be a crawl's child: take its pipes, environment and folder, and go on as its module does."""
    from crawlers import child, workers  # noqa: PLC0415

    nursery = os.getppid()
    die_with(nursery)
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.closerange(3, 1024)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
    child.die_with = lambda _: None  # type: ignore[attr-defined]
    readers: list[_Reader] = []

    def start(command: list[str], **options: Any) -> Any:
        if readers:  # one that was lost: the crawl is under way by now, and must not be forked
            return subprocess.Popen(command, **options)
        readers.append(_Reader(command[3:]))
        return readers[0]

    workers.subprocess = SimpleNamespace(DEVNULL=subprocess.DEVNULL, Popen=start)  # type: ignore[attr-defined]
    _end(child.main)


def _end(main: Any) -> None:
    code = 1
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        import traceback  # noqa: PLC0415

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _reap(*_: object) -> None:
    """Let no fork that has ended seem alive: a lease's holder is looked for among the processes."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def main() -> None:
    """Load what a crawl loads, and fork a child for whoever asks, until standard input is closed."""
    import scrapy.crawler  # noqa: F401, PLC0415
    import uvloop  # noqa: F401, PLC0415

    import crawlers.archiving  # noqa: PLC0415
    import crawlers.pages.policy  # noqa: PLC0415
    import crawlers.running  # noqa: PLC0415
    import crawlers.spiders.harvest  # noqa: F401, PLC0415

    signal.signal(signal.SIGCHLD, _reap)
    with socket.socket(fileno=int(sys.argv[1])) as server:
        while sys.stdin not in select.select([server, sys.stdin], [], [])[0]:
            line, _ = server.accept()
            with line:
                order, files, _, _ = socket.recv_fds(line, _MESSAGE, 3)
                pid = os.fork()
                if not pid:
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    _crawl(json.loads(order), files)
                for file in files:
                    os.close(file)
                line.send(str(pid).encode())


if __name__ == "__main__":
    main()
