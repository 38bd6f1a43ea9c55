"""Writing a WARC file whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

Headers = list[tuple[str, str]]
Sent = tuple[Headers, bytes]  # the headers and the body of a request
Got = tuple[str, Headers, bytes]  # the status line, the headers and the body of a response


class Warc:
    """An open WARC/1.1 file, one gzip member a record."""

    def __init__(self, file: Any) -> None:
        self._writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")

    def exchange(self, url: str, method: str, sent: Sent, got: Got, when: datetime) -> None:
        """Write a request and its response."""
        target = url.split("/", 3)[3] if url.count("/") > 2 else ""
        request_line = StatusAndHeaders(f"{method} /{target} HTTP/1.1", sent[0], is_http_request=True)
        response = self._response(url, method, got, when)
        request = self._writer.create_warc_record(
            url,
            "request",
            payload=BytesIO(sent[1]),
            http_headers=request_line,
            warc_headers_dict={
                "WARC-Date": _date(when),
                "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
            },
        )
        self._writer.write_record(request)
        self._writer.write_record(response)

    def response(self, url: str, got: Got, when: datetime) -> None:
        """Write a response whose request nobody kept."""
        self._writer.write_record(self._response(url, "GET", got, when))

    def _response(self, url: str, method: str, got: Got, when: datetime) -> Any:
        line, headers, body = got
        return self._writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            http_headers=StatusAndHeaders(line, headers, protocol="HTTP/1.1"),
            # The project's own archive names the method too, as a post and a get of one address differ.
            warc_headers_dict={"WARC-Date": _date(when), "X-Request-Method": method},
        )


def _date(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextlib.contextmanager
def warc(out: Path) -> Iterator[Warc]:
    """Yield a writer for `out`; the file appears, or replaces the old one, only if the block ends well."""
    out.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield Warc(file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
