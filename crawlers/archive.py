"""The archive: every answer of the web as a WARC record, and the way back to its exact bytes."""

import io
import os
from datetime import UTC
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers import warc
from crawlers.answers import Answer
from schema.errors import InputError

IMPORTED = "X-Samplebase-Imported"
REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


class _Headers(StatusAndHeaders):  # type: ignore[misc]
    """HTTP headers written as the bytes that were served; warcio would escape what is not ASCII."""

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        self.headers_buff = self.to_bytes(header_filter, "latin-1")


class ArchiveWriter:
    """Appends answers to one new WARC file; nothing is visible in the database before it is on disk."""

    def __init__(self, root: Path, name: str, imported: str = "") -> None:
        self.root = root
        self.name = name
        self.imported = imported  # of what was fetched by hand: by whom it was brought, and when
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
        if self.imported:
            headers[IMPORTED] = self.imported
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
            return warc.answer(record)
    except OSError:
        raise InputError("this archive file is missing", where=str(path), remedy="restore it from a backup") from None
    except (StopIteration, *warc.DAMAGE) as error:
        raise InputError(
            f"no readable answer at this offset ({error})",
            where=f"{path}@{offset}",
            remedy="restore the file from a backup",
        ) from error


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
