"""The sandbox's web on one port of this machine: by Host header, or as an HTTP proxy for its hosts."""

import argparse
import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import urlsplit

from sandbox.site import Page, Site
from sandbox.sites import sites

MAX_BODY = 64 * 1024
_UNKNOWN_HOST = Page(b"<html><body><h1>502 Bad Gateway</h1></body></html>", "text/html", 502)
_BAD_REQUEST = Page(b"<html><body><h1>400 Bad Request</h1></body></html>", "text/html", 400)


class Seen(NamedTuple):
    """One request that the server answered."""

    time: float
    host: str
    method: str
    path: str
    status: int
    sent: int = 0  # bytes of the body
    until: float = 0.0  # when the answer was given


class Server(ThreadingHTTPServer):
    """The listening server; `log` tells who asked for what."""

    daemon_threads = True

    def __init__(self, port: int = 0, web: Mapping[str, Site] | None = None) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.web = sites() if web is None else web
        self.log: list[Seen] = []
        self.latency = 0.0  # seconds that every answer takes

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    @property
    def proxy_url(self) -> str:
        """What to set as the HTTP proxy."""
        return f"http://127.0.0.1:{self.port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave in one packet; apart, Nagle and the delayed ACK cost 40 ms an answer.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 30  # an idle keep-alive connection gives its thread back
    server: Server

    def do_GET(self) -> None:
        """Answer a GET."""
        self._reply()

    def do_HEAD(self) -> None:
        """Answer a HEAD like a GET, without the body."""
        self._reply()

    def do_POST(self) -> None:
        """Answer a POST."""
        self._reply()

    def _reply(self) -> None:
        asked = time.time()
        address = urlsplit(self.path)
        host = (address.netloc or self.headers.get("Host") or "").rpartition("@")[2].partition(":")[0].lower()
        target = (address.path or "/") + (f"?{address.query}" if address.query else "")
        body = self._body()
        site = self.server.web.get(host)
        if body is None:
            page, self.close_connection = _BAD_REQUEST, True
        else:
            page = site.answer(self.command, target, body) if site else _UNKNOWN_HOST
        status = page.status
        if status == 200 and self.headers.get("If-None-Match") == page.etag:
            status = 304
        sent = len(page.body) if status != 304 and self.command != "HEAD" else 0
        if self.server.latency:
            time.sleep(self.server.latency)
        self.server.log.append(Seen(asked, host, self.command, target, status, sent, time.time()))
        self._send(page, status)

    def _body(self) -> bytes | None:
        """Return the request's body, or None when its length is missing, wrong or too large."""
        length = self.headers.get("Content-Length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > MAX_BODY:
            return None
        return self.rfile.read(int(length))

    def _send(self, page: Page, status: int) -> None:
        # send_response would add the clock's Date: the same request has to give the same bytes.
        self.send_response_only(status)
        self.send_header("Server", "sandbox")
        self.send_header("Content-Type", page.media_type)
        if status != 304:
            self.send_header("Content-Length", str(len(page.body)))
        if page.status == 200:
            self.send_header("ETag", page.etag)
        self.end_headers()
        if status != 304 and self.command != "HEAD":
            self.wfile.write(page.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the parent's signature)
        """Stay silent: `Server.log` is the log."""


@contextlib.contextmanager
def serve(port: int = 0, web: Mapping[str, Site] | None = None) -> Iterator[Server]:
    """Serve the sandbox, or the sites of another `web`, while the block runs; port 0 takes any free one.

    Raises OSError when the port is taken.
    """
    server = Server(port, web)
    # A short poll, so that leaving the block does not wait half a second.
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.server", description=main.__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 (the default) takes any free port")
    options = parser.parse_args(arguments)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        with serve(options.port) as server:
            print(f"{server.proxy_url} plays {', '.join(server.web)}", flush=True)
            stop.wait()
    except OSError as error:
        print(f"port {options.port}: {error.strerror} → choose another --port", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
