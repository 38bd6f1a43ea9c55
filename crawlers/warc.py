"""Reading WARC records: the answer that a record holds, and whether a file is whole."""

import os
import zlib
from datetime import UTC, datetime
from typing import Any

from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from crawlers.answers import Answer
from crawlers.bodies import unchunk

# What warcio raises on damaged files; a header cut in the middle shows as a missing attribute.
DAMAGE = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    zlib.error,
    EOFError,
    ValueError,
    AttributeError,
    TypeError,
)
RECORD_END = b"\r\n\r\n"
MAX_LINE = 1 << 20


def answer(record: Any) -> Answer:
    """Return the answer in a response record. Raises ValueError or EOFError when it holds none, or not all of it."""
    if record.http_headers is None:
        raise ValueError("the record holds no HTTP response")
    date = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    headers = [(str(k), str(v)) for k, v in record.http_headers.headers]
    body = payload(record)
    if any(k.lower() == "transfer-encoding" and "chunked" in v.lower() for k, v in headers):
        body = unchunk(body)
    return Answer(
        url=record.rec_headers.get_header("WARC-Target-URI").strip("<>"),
        status=int(record.http_headers.get_statuscode()),
        headers=headers,
        body=body,
        fetched_at=date if date.tzinfo else date.replace(tzinfo=UTC),
        method=method(record),
    )


def method(record: Any) -> str:
    """Return the method of the request that a record answers (GET, when another tool did not say)."""
    return str(record.rec_headers.get_header("X-Request-Method") or "GET")


def payload(record: Any) -> bytes:
    """Return all bytes of a record. Raises EOFError when it is shorter than its Content-Length says."""
    parts = []
    while chunk := record.raw_stream.read(65536):
        parts.append(chunk)
    if getattr(record.raw_stream, "limit", 1) > 0:  # without a limit the header itself was cut
        raise EOFError("a record is shorter than it says")
    return b"".join(parts)


def check_whole(file: Any) -> None:
    """Raise EOFError when a file ends inside a gzip member or a record; warcio takes such an end for the file's end."""
    if file.read(2) == b"\x1f\x8b":
        file.seek(0)
        engine, fed = zlib.decompressobj(31), False
        while chunk := file.read(1 << 20):
            while chunk:
                engine.decompress(chunk)
                fed = True
                chunk = engine.unused_data
                if engine.eof:
                    engine, fed = zlib.decompressobj(31), False
        if fed:
            raise EOFError("the last gzip member is cut")
    else:
        file.seek(0)
        while file.peek(1):
            _skip_record(file)
    file.seek(0)


def _skip_record(file: Any) -> None:
    length = None
    while (line := file.readline(MAX_LINE)).strip():
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    if length is None or not line.endswith(b"\n"):
        raise EOFError("a record's header is cut")
    file.seek(length, os.SEEK_CUR)
    if file.read(len(RECORD_END)) != RECORD_END:
        raise EOFError("a record is cut")
