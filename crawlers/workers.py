"""A process that reads answers beside the one that fetches them: the second core's work, and a wall against bad pages.

A page that keeps its reader busy for too long, or takes it down, costs that page and no other: the process is
started again.
"""

import multiprocessing
import os
import resource
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from crawlers.reading import Job, Read, read
from crawlers.sources import load_source

PATIENCE = 180.0  # seconds that one page with all its files may take
MEMORY = 3 * 1024**3  # bytes of address space


class ReadingProcess:
    """One reading process of one source; jobs are read one after the other."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._pipe: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None
        # The process dies with the thread that starts it, so that is this one; only the waiting is another's.
        self.executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
        self._start()

    def read(self, job: Job) -> Read:
        """Return what an answer says; a reader that falls silent or dies is an error of this answer alone."""
        pipe = self._pipe or self._start()
        try:
            pipe.send(job)
            if pipe.poll(PATIENCE):
                found: Read = pipe.recv()
                return found
            reason = f"reading took more than {PATIENCE:.0f} s"
        except (EOFError, OSError):
            reason = "the reader was taken down by the page"
        self._stop()
        return Read(error=reason)

    def close(self) -> None:
        """End the process."""
        self._stop()
        self.executor.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._source, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()
        return self._pipe

    def _stop(self) -> None:
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
        self._pipe = self._process = None


def _serve(pipe: Connection, path: Path, parent: int) -> None:
    """Read jobs until the pipe is closed."""
    from crawlers.child import die_with  # noqa: PLC0415  (only a process of its own may die so)

    die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    source = load_source(path)
    with suppress(EOFError, OSError):
        while True:
            job: Job = pipe.recv()
            pipe.send(read(source, job))
