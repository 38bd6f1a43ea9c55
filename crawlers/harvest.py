"""Reading one answer, purely: a list answer becomes rows, a page becomes an observation."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from crawlers.answers import sha256
from crawlers.families import Ask, ListError, Listing, family
from crawlers.pages import NotARecord
from crawlers.records import Observation, row_from_json
from crawlers.sourcefile import Channel
from crawlers.sources import Source
from crawlers.view import View
from schema.evidence import Extraction
from schema.tables import Document


@dataclass(frozen=True, slots=True)
class Served:
    """A document as it was served: its bytes, its final address, its type and the moment."""

    url: str
    content: bytes
    content_type: str | None
    fetched_at: datetime
    headers: tuple[tuple[str, str], ...] = ()

    def view(self) -> View:
        """Return the document as text with places."""
        return View.of(self.content, self.url, self.content_type)


def document_row(served: Served, view: View) -> Document:
    """Return the document's row, without its place in the archive."""
    return Document(
        sha256=sha256(served.content),
        charset=view.charset,
        media_type=view.media,
        length=len(served.content),
        text=view.text,
    )


def read_list(channel: Channel, ask: Ask, view: View) -> Listing:
    """Return what a list answer holds. Raises ListError when it is no list of the channel's family."""
    return family(channel.family).read(view, ask, channel)


def read_page(
    source: Source, channel: Channel, url: str, served: Served, view: View, row: dict[str, Any] | None
) -> Observation:
    """Return what a page says. Raises NotARecord, with the reason, for a page that holds no record of the kind."""
    module = import_module(f"crawlers.pages.{channel.kind}")
    extraction: Extraction = module.extract(view, row_from_json(row))
    return Observation(
        source_id=source.id,
        channel_id=source.channel_id(channel),
        url=url,
        document_sha256=sha256(served.content),
        seen_at=served.fetched_at,
        region=source.file.region,
        extraction=extraction,
        extractor=f"pages.{channel.kind}",
        extractor_version=module.VERSION,
    )


__all__ = ["ListError", "NotARecord", "Served", "document_row", "read_list", "read_page"]
