"""A WARC file that stands for the web: the last answer to each request."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from warcio.archiveiterator import ArchiveIterator

from crawlers import warc
from crawlers.answers import Answer
from schema.errors import InputError


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
                warc.check_whole(file)
                records = ArchiveIterator(file, check_digests=False)
                for record in records:
                    # warcio knows a record's offset only while the record is unread.
                    count, at = count + 1, records.get_record_offset()
                    replay._note(record, at)
        except FileNotFoundError:
            raise InputError("there is no such WARC file", where=str(path), remedy="check --replay") from None
        except IsADirectoryError:
            raise InputError("this is a folder", where=str(path), remedy="give a WARC file") from None
        except warc.DAMAGE as error:
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
        warc.payload(record)
        if record.rec_type != "response" or record.http_headers is None:
            return
        url = record.rec_headers.get_header("WARC-Target-URI").strip("<>")
        self.places[(warc.method(record), url)] = offset

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
            return warc.answer(next(iter(ArchiveIterator(file))))

    def urls(self) -> Iterator[str]:
        """Yield the addresses of the archived GET requests, in the file's order."""
        return (url for method, url in self.places if method == "GET")
