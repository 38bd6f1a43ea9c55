"""The sandbox, crawled once over HTTP into a WARC file that can be replayed without a server."""

import argparse
import http.client
import sys
from datetime import UTC, datetime
from pathlib import Path

from sandbox.server import serve
from sandbox.site import Request
from sandbox.truth import urls
from sandbox.warc import Got, Headers, warc
from schema.errors import InputError, RunError, SamplebaseError

MAX_ANSWER = 4 * 1024 * 1024


def capture(out: Path, when: datetime | None = None) -> int:
    """Ask the sandbox for all that a crawler needs, write request and response records, return how many pairs.

    `when` is the date of the records, now by default. The file is whole or absent. Raises RunError when a
    page is not answered with 200.
    """
    requests = urls()
    with serve() as server, warc(out) as file:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        try:
            for request in requests:
                headers, got = _ask(connection, request)
                file.exchange(request.url, request.method, (headers, request.body), got, when or datetime.now(UTC))
        finally:
            connection.close()
    return len(requests)


def _ask(connection: http.client.HTTPConnection, request: Request) -> tuple[Headers, Got]:
    """Send one request through the server as through a proxy; return what was sent and what came back."""
    host = request.url.split("/", 3)[2]
    headers: Headers = [("Host", host), ("User-Agent", "samplebase-sandbox"), ("Accept-Encoding", "identity")]
    if request.method == "POST":
        headers += [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Content-Length", str(len(request.body))),
        ]
    connection.putrequest(request.method, request.url, skip_host=True, skip_accept_encoding=True)
    for name, value in headers:
        connection.putheader(name, value)
    connection.endheaders(request.body or None)
    response = connection.getresponse()
    body = response.read(MAX_ANSWER + 1)
    if response.status != http.client.OK or len(body) > MAX_ANSWER:
        raise RunError(
            f"answered {response.status} with {len(body)} bytes",
            where=request.url,
            remedy="mend the sandbox's facts or templates",
        )
    return headers, (f"{response.status} {response.reason}", response.getheaders(), body)


def a_date(text: str) -> datetime:
    """Return an ISO date or moment, in UTC where it names no zone. Raises InputError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is no ISO date", where="--date", remedy="write 2023-10-23") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def main(arguments: list[str] | None = None) -> int:
    """Write the sandbox as a WARC file."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.capture", description=main.__doc__)
    parser.add_argument("out", type=Path, metavar="OUT.warc.gz")
    parser.add_argument("--date", help="the records' date (ISO); now by default")
    options = parser.parse_args(arguments)
    try:
        count = capture(options.out, a_date(options.date) if options.date else None)
    except SamplebaseError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"{options.out}: {count} requests and their responses")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
