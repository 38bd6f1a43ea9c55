"""The child process that parses one file: started, bounded, and ended when it takes too long."""

import contextlib
import dataclasses
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any, cast

from crawlers.attachments.limits import MB, AttachmentError, Limits

ROOT = Path(__file__).parents[2]
ANSWER = 512 * MB  # the longest result that is taken from the child
CHUNK = 1 * MB
_MEMORY = {signal.SIGABRT, signal.SIGTRAP, signal.SIGILL, signal.SIGKILL}  # how native code ends without memory


def run(content: bytes, *, url: str, name: str, content_type: str, limits: Limits) -> dict[str, Any]:
    """Return the child's result (see Draft.result) with the file's `media`. Raises AttachmentError."""
    order = dataclasses.asdict(limits) | {"url": url, "name": name, "content_type": content_type}
    line = json.dumps(order | {"parent": os.getpid()}).encode() + b"\n"
    # A file without a name as its input: the child reads when it likes, and nothing can block.
    with tempfile.TemporaryFile() as given:
        given.write(line + content)
        given.seek(0)
        answer, code = _child(given, limits.seconds)
    if answer is None:
        raise AttachmentError("timeout", "reading the file took too long", where=url)
    with contextlib.suppress(ValueError):
        result: dict[str, Any] = json.loads(answer)
        if "error" in result:
            reason, message, remedy = result["error"]
            raise AttachmentError(reason, message, where=url, remedy=remedy)
        return result
    if code == -signal.SIGXCPU:
        raise AttachmentError("timeout", "reading the file took too long", where=url)
    if code < 0 and signal.Signals(-code) in _MEMORY:
        raise AttachmentError("memory", "reading the file took too much memory", where=url)
    raise AttachmentError("damaged", "the reader of the file broke down", where=url)


def _child(given: IO[bytes], seconds: float) -> tuple[bytes | None, int]:
    """Return what the child printed and its exit code; None when its time was up."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    environment |= {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "crawlers.attachments.child"],
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    pipe = cast("IO[bytes]", process.stdout)
    try:
        answer = _answer(pipe, time.monotonic() + seconds)
        if answer is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return answer, process.wait(5)
        return None, 0
    finally:
        # Its own session: programs that it started (bsdtar) end with it.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        pipe.close()


def _answer(pipe: IO[bytes], deadline: float) -> bytes | None:
    found = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                return None
            chunk = os.read(pipe.fileno(), CHUNK)
            if not chunk:
                return bytes(found)
            found += chunk
            if len(found) > ANSWER:
                return b""
    return None
