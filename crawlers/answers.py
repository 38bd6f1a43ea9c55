"""An answer of the web: what was asked, and what came back, as it was served."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from crawlers.bodies import decompress


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


def sha256(body: bytes) -> str:
    """Return the hex sha256 that names a document."""
    return hashlib.sha256(body).hexdigest()
