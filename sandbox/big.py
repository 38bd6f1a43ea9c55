"""A fast site of any size: one list of N policies in static pages, each page with words of its own; for measuring.

It is a process of its own and answers as an HTTP proxy for its host, from memory, with as little work as can be.
"""

import argparse
import asyncio
import sys
from typing import Any

from sandbox.sites import hubei

HOST = "www.big.sandbox.test"
PER_PAGE = 50
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"


def list_path(page: int) -> str:
    """Return the path of a list page, counted from 0."""
    return f"/zc/index{f'_{page}' if page else ''}.html"


def article_path(number: int) -> str:
    """Return the path of an article, counted from 0."""
    return f"/zc/202310/t20231023_{1_000_000 + number}.html"


class Big:
    """The site's pages, made from one policy page of the sandbox."""

    def __init__(self, count: int) -> None:
        self.count = count
        site = hubei.build()
        fact = next(fact for fact in site.facts if fact.kind == "policy" and fact.doc_number and fact.written_date)
        page = site.pages[fact.path].body.decode()
        self._title, self._number = fact.title, fact.doc_number or ""
        self._parts = page.replace(fact.title, "\0T").replace(self._number, "\0N")

    def article(self, number: int) -> bytes:
        """Return the article of a number: its title, document number and text are its own."""
        title = f"{self._title}（第{number}号）"
        text = self._parts.replace("\0T", title).replace("\0N", f"鄂政发〔2023〕{number + 1}号")
        return text.encode()

    def list(self, page: int) -> bytes:
        """Return a list page of 50 rows."""
        numbers = range(page * PER_PAGE, min((page + 1) * PER_PAGE, self.count))
        rows = "".join(
            f'<li><a href="{article_path(n)}" title="{self._title}（第{n}号）">{self._title}（第{n}号）</a>'
            f"<span>2023-10-23</span></li>"
            for n in numbers
        )
        pages = -(-self.count // PER_PAGE)
        return (
            f"<html><head><title>政策</title></head><body><ul>{rows}</ul>"
            f"<script>createPageHTML({pages}, {page}, 'index', 'html');</script></body></html>"
        ).encode()

    def answer(self, path: str) -> bytes | None:
        """Return a page's body, None for a path that has none."""
        if path.startswith("/zc/index"):
            return self.list(int(path.removeprefix("/zc/index").removesuffix(".html").removeprefix("_") or 0))
        if path.startswith("/zc/202310/t20231023_"):
            number = int(path.removeprefix("/zc/202310/t20231023_").removesuffix(".html")) - 1_000_000
            return self.article(number) if 0 <= number < self.count else None
        return None


class Connection(asyncio.Protocol):
    """One connection: requests without a body, kept alive."""

    def __init__(self, site: Big) -> None:
        self.site = site
        self.waiting = b""
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request of what came."""
        self.waiting += data
        while (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            line = self.waiting[: self.waiting.find(b"\r\n")].decode("latin-1")
            self.waiting = self.waiting[end + 4 :]
            path = line.split(" ")[1].partition("://")[2].partition("/")[2]
            body = self.site.answer(f"/{path}")
            self.transport.write(_MISSING if body is None else _HEAD % len(body) + body)


async def _serve(count: int) -> None:
    site = Big(count)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(site), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # until the one who started it is gone
    server.close()


def main() -> None:
    """Serve N articles on a free port of loopback, which is printed, until standard input is closed."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.big", description=main.__doc__)
    parser.add_argument("count", type=int)
    asyncio.run(_serve(parser.parse_args().count))


if __name__ == "__main__":
    main()
