"""Reading one answer, purely: a list answer becomes rows, a page with its files becomes a look."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from crawlers import attachments
from crawlers.addresses import host_of
from crawlers.answers import sha256
from crawlers.attachments import FileView
from crawlers.charset import UNKNOWN
from crawlers.families import Ask, ListError, Listing, family
from crawlers.fields import attachments as links
from crawlers.pages import NotARecord
from crawlers.records import Observation, row_from_json
from crawlers.sourcefile import Channel
from crawlers.sources import Source
from crawlers.versions import Look
from crawlers.view import View
from schema.evidence import Extraction
from schema.store import Row, row
from schema.tables import Document

MAX_FILES = 30  # of one page


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


def read_file(served: Served) -> FileView:
    """Return a file's text and tables. Raises AttachmentError for one that cannot be read."""
    return attachments.read_file(served.content, served.url, served.content_type)


def document_row(served: Served, view: View) -> Row:
    """Return the document's row, without its place in the archive."""
    return row(
        Document,
        sha256=sha256(served.content),
        charset=view.charset,
        media_type=view.media,
        length=len(served.content),
        text=view.text,
        text_layer=view.text_layer if isinstance(view, FileView) else None,
    )


def read_list(channel: Channel, ask: Ask, view: View) -> Listing:
    """Return what a list answer holds. Raises ListError when it is no list of the channel's family."""
    return family(channel.family).read(view, ask, channel)


def files_of(source: Source, channel: Channel, view: View) -> list[str]:
    """Return the addresses of the files that are read with a page: those of the source's hosts, in order."""
    if channel.options.get("files", "read") == "none" or not hasattr(module_of(channel), "FILES"):
        return []
    found = (reading.value["url"] for reading in links.read(view, lambda _: True))
    return [url for url in found if host_of(url) in source.hosts][:MAX_FILES]


def read_page(
    source: Source,
    channel: Channel,
    url: str,
    served: Served,
    view: View,
    said: Mapping[str, Any] | None,
    files: Mapping[str, View] | None = None,
) -> Look:
    """Return what a page says, together with its list row (`said`) and its files (by address).

    Raises NotARecord, with the reason, for a page that holds no record of the kind.
    """
    if view.charset == UNKNOWN:
        raise NotARecord("its bytes fit no charset")
    module = module_of(channel)
    readings = row_from_json(said)
    found = module.extract(view, readings, files or {}) if hasattr(module, "FILES") else module.extract(view, readings)
    extractions: list[Extraction] = [found] if isinstance(found, Extraction) else list(found)
    document = sha256(served.content)

    def observation(extraction: Extraction) -> Observation:
        return Observation(
            source_id=source.id,
            channel_id=source.channel_id(channel),
            url=url,
            document_sha256=document,
            seen_at=served.fetched_at,
            region=source.file.region,
            extraction=extraction,
            extractor=f"pages.{channel.kind}",
            extractor_version=module.VERSION,
        )

    return gone(source, channel, url, served).saying(tuple(map(observation, extractions)))


def gone(source: Source, channel: Channel, url: str, served: Served) -> Look:
    """Return the look at a page that is no more there: the answer that says so is its document."""
    channel_id, document = source.channel_id(channel), sha256(served.content)
    return Look(source.id, channel_id, url, document, served.fetched_at, source.file.region, is_gone=True)


def module_of(channel: Channel) -> Any:
    """Return the page module that reads a channel's kind. Raises ModuleNotFoundError for a kind without one."""
    return import_module(f"crawlers.pages.{channel.kind}")


__all__ = [
    "ListError",
    "NotARecord",
    "Served",
    "document_row",
    "files_of",
    "gone",
    "module_of",
    "read_file",
    "read_list",
    "read_page",
]
