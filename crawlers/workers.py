"""A process that reads answers beside the one that fetches them: the second core's work, and a wall against bad pages.

A page that keeps its reader busy for too long, or takes it down, costs that page and no other: the process is
started again and goes on with the next.
"""

import asyncio
import os
import pickle
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

from crawlers.memory import settle_memory
from crawlers.orphans import die_with
from crawlers.reading import Job, Read, prepare, read
from crawlers.sources import load_source

PATIENCE = 180.0  # seconds that one page with all its files may take
MEMORY = 3 * 1024**3  # bytes of address space
_LENGTH = struct.Struct("!Q")


class ReadingProcess:
    """One reading process of one source; it reads jobs in the order in which they come, and answers in that order."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._jobs: deque[tuple[Job, asyncio.Future[Read]]] = deque()
        self._process: subprocess.Popen[bytes] | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._listener: asyncio.Task[None] | None = None
        self._begun = 0.0
        self._start()

    async def read(self, job: Job) -> Read:
        """Return what an answer says; a reader that falls silent or dies is an error of this answer alone."""
        if self._listener is None:
            self._listener = asyncio.get_running_loop().create_task(self._listen())
        found: asyncio.Future[Read] = asyncio.get_running_loop().create_future()
        self._jobs.append((job, found))
        if len(self._jobs) == 1:
            self._begun = time.monotonic()
        if self._writer is not None:
            self._send(job)
        return await found

    def close(self) -> None:
        """End the process."""
        if self._listener is not None:
            self._listener.cancel()
        self._stop()

    def _send(self, job: Job) -> None:
        assert self._writer is not None  # noqa: S101  (the callers looked)
        data = pickle.dumps(job, pickle.HIGHEST_PROTOCOL)
        self._writer.write(_LENGTH.pack(len(data)) + data)

    async def _listen(self) -> None:
        """Hand out what the process says, for as long as the crawl runs; start it again when it is lost."""
        while True:
            if self._process is None:
                self._start()
            stream, self._writer = await asyncio.open_connection(sock=self._socket, limit=1 << 26)
            for job, _ in self._jobs:
                self._send(job)
            reason = await self._hand_out(stream)
            self._stop()
            if self._jobs:
                _, found = self._jobs.popleft()
                if not found.done():
                    found.set_result(Read(error=reason))

    async def _hand_out(self, stream: asyncio.StreamReader) -> str:
        """Answer jobs until the process is lost; return why it was."""
        watch = asyncio.get_running_loop().create_task(self._watch())
        try:
            while True:
                size = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))[0]
                found: Read = pickle.loads(await stream.readexactly(size))  # noqa: S301  (our own)
                _, waiting = self._jobs.popleft()
                self._begun = time.monotonic()
                if not waiting.done():
                    waiting.set_result(found)
        except (EOFError, OSError):
            if time.monotonic() - self._begun >= PATIENCE:
                return f"reading took more than {PATIENCE:.0f} s"
            return "the reader was taken down by the page"
        finally:
            watch.cancel()

    async def _watch(self) -> None:
        """Take down a process that has been at one job for too long."""
        while True:
            await asyncio.sleep(PATIENCE / 20)
            if self._jobs and time.monotonic() - self._begun >= PATIENCE and self._process is not None:
                self._process.kill()

    def _start(self) -> None:
        self._socket, theirs = socket.socketpair()
        command = [sys.executable, "-m", "crawlers.workers", str(theirs.fileno()), str(self._source), str(os.getpid())]
        with theirs:
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        if self._writer is not None:
            self._writer.close()
        else:
            self._socket.close()
        self._process = self._writer = None


def _serve(pipe: socket.socket, path: Path) -> None:
    """Read jobs until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    source = load_source(path)
    prepare(source)
    settle_memory()
    with pipe.makefile("rb") as jobs:
        while len(head := jobs.read(_LENGTH.size)) == _LENGTH.size:
            job: Job = pickle.loads(jobs.read(_LENGTH.unpack(head)[0]))  # noqa: S301  (from the parent)
            data = pickle.dumps(read(source, job), pickle.HIGHEST_PROTOCOL)
            pipe.sendall(_LENGTH.pack(len(data)) + data)


def main() -> None:
    """Serve on the socket that the parent has left open."""
    number, path, parent = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    die_with(parent)
    with suppress(BrokenPipeError), socket.socket(fileno=number) as pipe:
        _serve(pipe, path)


if __name__ == "__main__":
    main()
