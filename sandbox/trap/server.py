"""The server of the traps: an HTTP proxy on loopback that can also be slow, break off, and lie."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from sandbox.trap.faults import Trap, traps

SLOW = 0.4  # seconds between the bytes of an answer that drips
DEAF = 30.0  # seconds for which a silent answer keeps silent


class Asked(NamedTuple):
    """One request that came: the address, whatever its host."""

    host: str
    path: str


class _Server:
    def __init__(self, web: Mapping[str, Trap]) -> None:
        self.web = web
        self.log: list[Asked] = []
        self.seen: dict[Asked, int] = {}

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while await self._one(reader, writer):
                pass
        with contextlib.suppress(ConnectionError):
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether the connection stays open."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        address = urlsplit(head.split(" ")[1])
        asked = Asked(address.hostname or "", (address.path or "/") + (f"?{address.query}" if address.query else ""))
        self.log.append(asked)
        self.seen[asked] = self.seen.get(asked, 0) + 1
        trap = self.web.get(asked.host)
        answer = trap.answer(asked.path, self.seen[asked]) if trap else b"HTTP/1.1 502 Bad Gateway\r\n\r\n"
        if isinstance(answer, bytes):
            writer.write(answer)
            await writer.drain()
            return b"\r\nConnection: close" not in answer[:2000]
        how, data = answer
        if how == "silence":
            await asyncio.sleep(DEAF)
        elif how == "reset":
            writer.transport.abort()
        elif how == "cut":
            writer.write(data)
            await writer.drain()
        elif how == "drip":
            for byte in data:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(SLOW)
        elif how == "flood":
            for _ in range(400):
                writer.write(data)
                await writer.drain()
        return False


@contextlib.contextmanager
def serve_traps() -> Iterator[tuple[str, list[Asked]]]:
    """Serve all traps while the block runs; give the proxy's address and the log of what was asked."""
    loop = asyncio.new_event_loop()
    server = _Server({trap.host: trap for trap in traps()})
    listening = loop.run_until_complete(asyncio.start_server(server.connection, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}", server.log
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        listening.close()
        loop.close()
