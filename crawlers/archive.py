"""The archive: every answer of the web as a WARC record, and the way back to its exact bytes."""

import hashlib
import io
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from schema.errors import InputError

MAX_BODY = 64 * 1024 * 1024  # a body that expands further is a bomb, not a page
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
REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


class BodyTooLargeError(ValueError):
    """A body that expands to more than MAX_BODY."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One archived HTTP response: headers as served, `body` as it went over the wire."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    fetched_at: datetime
    method: str = "GET"

    @property
    def content_type(self) -> str | None:
        """The Content-Type header, or None."""
        return self.header("content-type")

    def header(self, name: str) -> str | None:
        """Return the first header of a name, in any case, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def content(self) -> bytes:
        """Return the body without its Content-Encoding. Raises BodyTooLargeError past 64 MiB."""
        return decompress(self.body, self.header("content-encoding") or "")


def decompress(body: bytes, encoding: str) -> bytes:
    """Return a body without its content encoding (gzip, deflate); one that does not decode is returned as it is."""
    coding = encoding.strip().lower()
    if coding in {"gzip", "x-gzip"}:
        return _inflate(body, 31, members=True)
    if coding == "deflate":
        # Some servers send the zlib format that the standard asks for, some the bare one.
        content = _inflate(body, 15)
        return content if content is not body else _inflate(body, -15)
    return body


def _inflate(body: bytes, window: int, *, members: bool = False) -> bytes:
    """Return what is compressed in a body; of a body cut short what there is; of anything else the body itself."""
    parts: list[bytes] = []
    size, rest = 0, body
    while rest:
        engine = zlib.decompressobj(window)
        try:
            parts.append(engine.decompress(rest, MAX_BODY + 1 - size))
        except zlib.error:
            break
        size += len(parts[-1])
        if size > MAX_BODY:
            raise BodyTooLargeError(f"the body expands to more than {MAX_BODY} bytes")
        if not engine.eof and (window < 0 or not parts[-1]):
            return body  # without a header or a byte of content only a clean end tells that it was compressed
        rest = engine.unused_data if members else b""
    return b"".join(parts) if parts else body


class _Headers(StatusAndHeaders):  # type: ignore[misc]
    """HTTP headers written as the bytes that were served; warcio would escape what is not ASCII."""

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        self.headers_buff = self.to_bytes(header_filter, "latin-1")


class ArchiveWriter:
    """Appends answers to one new WARC file; nothing is visible in the database before it is on disk."""

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        self.name = name
        self._file: Any = None
        self._writer: Any = None

    def write(self, answer: Answer, *, known: tuple[str, str] | None = None) -> int:
        """Write an answer and return its offset. `known` = (url, date) of equal bytes already archived: a revisit."""
        if self._file is None:
            self._open()
        offset = int(self._file.tell())
        line = f"{answer.status} {_phrase(answer.status)}"
        http = _Headers(line, answer.headers, protocol="HTTP/1.1")
        headers = {
            "WARC-Date": answer.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "X-Request-Method": answer.method,
        }
        if known:
            headers |= {
                "WARC-Profile": REVISIT,
                "WARC-Refers-To-Target-URI": known[0],
                "WARC-Refers-To-Date": known[1],
            }
        payload = io.BytesIO(b"" if known else answer.body)
        kind = "revisit" if known else "response"
        record = self._writer.create_warc_record(
            answer.url, kind, payload=payload, http_headers=http, warc_headers_dict=headers
        )
        self._writer.write_record(record)
        return offset

    def flush(self) -> None:
        """Bring what was written to the disk; only then may the database speak of it."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self.flush()
            self._file.close()
            self._file = None

    def _open(self) -> None:
        path = self.root / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("xb")
        self._writer = WARCWriter(self._file, gzip=True, warc_version="WARC/1.1")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_at(root: Path, name: str, offset: int) -> Answer:
    """Return the answer at a place of the archive.

    Raises InputError when the file is missing or holds no readable response there.
    """
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise InputError("a place outside the archive", where=name, remedy="the database was tampered with")
    try:
        with path.open("rb") as file:
            file.seek(offset)
            record = next(iter(ArchiveIterator(file)))
            return _answer(record)
    except OSError:
        raise InputError("this archive file is missing", where=str(path), remedy="restore it from a backup") from None
    except (StopIteration, *DAMAGE) as error:
        raise InputError(
            f"no readable answer at this offset ({error})",
            where=f"{path}@{offset}",
            remedy="restore the file from a backup",
        ) from error


@dataclass(slots=True)
class Replay:
    """An archive that stands for the web: the last answer to each (method, address)."""

    path: Path
    places: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> Self:
        """Index a WARC file. Raises InputError when it is missing, is no WARC, or is cut short."""
        replay, count, at = cls(path), 0, 0
        try:
            with path.open("rb") as file:
                _check_members(file)
                records = ArchiveIterator(file, check_digests=False)
                for record in records:
                    # warcio knows a record's offset only while the record is unread.
                    count, at = count + 1, records.get_record_offset()
                    replay._note(record, at)
        except FileNotFoundError:
            raise InputError("there is no such WARC file", where=str(path), remedy="check --replay") from None
        except IsADirectoryError:
            raise InputError("this is a folder", where=str(path), remedy="give a WARC file") from None
        except DAMAGE as error:
            raise InputError(
                f"the WARC is cut short or damaged after {count} records (near byte {at})",
                where=str(path),
                remedy="copy the file again; nothing was changed",
            ) from error
        if not replay.places:
            raise InputError("the WARC holds no response", where=str(path), remedy="check that it is the right file")
        return replay

    def _note(self, record: Any, offset: int) -> None:
        if record.rec_type == "warcinfo":
            return
        _payload(record)
        if record.rec_type != "response" or record.http_headers is None:
            return
        url = record.rec_headers.get_header("WARC-Target-URI").strip("<>")
        self.places[(_method(record), url)] = offset

    def get(self, url: str, method: str = "GET") -> Answer | None:
        """Return the archived answer to a request, or None."""
        offset = self.places.get((method, url))
        if offset is None and method == "POST":
            # Other tools' archives do not say the method in the response record.
            offset = self.places.get(("GET", url))
        if offset is None:
            return None
        with self.path.open("rb") as file:
            file.seek(offset)
            return _answer(next(iter(ArchiveIterator(file))))

    def urls(self) -> Iterator[str]:
        """Yield the addresses of the archived GET requests, in the file's order."""
        return (url for method, url in self.places if method == "GET")


def _unchunked(body: bytes) -> bytes:
    """Return a body without its chunks, as other tools keep them; one that is in no chunks is returned as it is."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at)
        size = body[at:end].split(b";")[0].strip()
        if end < 0 or not size or len(size) > 8 or size.strip(b"0123456789abcdefABCDEF"):
            return body
        length = int(size, 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2


def _check_members(file: Any) -> None:
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


def _payload(record: Any) -> bytes:
    """Return all bytes of a record. Raises EOFError when it is shorter than its Content-Length says."""
    parts = []
    while chunk := record.raw_stream.read(65536):
        parts.append(chunk)
    if getattr(record.raw_stream, "limit", 1) > 0:  # without a limit the header itself was cut
        raise EOFError("a record is shorter than it says")
    return b"".join(parts)


def _method(record: Any) -> str:
    return record.rec_headers.get_header("X-Request-Method") or "GET"


def _answer(record: Any) -> Answer:
    if record.http_headers is None:
        raise ValueError("the record holds no HTTP response")
    date = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    headers = [(str(k), str(v)) for k, v in record.http_headers.headers]
    body = _payload(record)
    if any(k.lower() == "transfer-encoding" and "chunked" in v.lower() for k, v in headers):
        body = _unchunked(body)
    return Answer(
        url=record.rec_headers.get_header("WARC-Target-URI").strip("<>"),
        status=int(record.http_headers.get_statuscode()),
        headers=headers,
        body=body,
        fetched_at=date if date.tzinfo else date.replace(tzinfo=UTC),
        method=_method(record),
    )


def sha256(body: bytes) -> str:
    """Return the hex sha256 that names a document."""
    return hashlib.sha256(body).hexdigest()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
