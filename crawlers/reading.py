"""The work of reading one answer, from bytes to rows: pure, so that a process of its own can do it.

What comes back can be pickled, and all that takes time is done: the text, the values, their rows, their JSON.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from crawlers.answers import sha256
from crawlers.attachments import AttachmentError, FileView
from crawlers.families import Ask, ListError, family
from crawlers.harvest import Served, document_row, files_of, gone, module_of, read_file, read_list, read_page
from crawlers.monitoring.shapes import list_shape, page_shape
from crawlers.pages import NotARecord
from crawlers.records import prepared, row_as_json
from crawlers.sourcefile import Channel
from crawlers.sources import Source
from crawlers.suspicions import sign
from crawlers.versions import Look
from schema.store import Row


@dataclass(frozen=True, slots=True)
class Job:
    """One answer to read: what was asked, what was served, and of a page its list row and its files.

    `files` is None until the page's files have been asked for; a file that cannot be had is left out.
    """

    channel_id: str
    ask: Ask
    served: Served
    is_list: bool
    row: Mapping[str, Any] | None = None
    files: Mapping[str, Served] | None = None


@dataclass(slots=True)
class ListRead:
    """What a list says: each row's address and what it states (as JSON), and the requests for the rest."""

    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    more: list[Ask] = field(default_factory=list)


@dataclass(slots=True)
class Read:
    """What came of a job; of `listing`, `wanted`, `look`, `refused` and `error` one says how it ended."""

    documents: list[Row] = field(default_factory=list)
    sign: str | None = None  # what the answer seems to be instead of what was asked for
    shape: str = ""
    listing: ListRead | None = None
    wanted: list[str] = field(default_factory=list)  # files to be had before the page can be read
    look: Look | None = None
    refused: tuple[str, bool] | None = None  # why it is no record, and whether it says that the page is gone
    unread: list[str] = field(default_factory=list)  # files that could not be read, with the reason
    error: str = ""


def prepare(source: Source) -> None:
    """Load what the source's pages are read with, before the first of them comes."""
    for channel in source.file.channels:
        with suppress(Exception):  # what fails here fails again with its first page, and is told there
            module_of(channel)
            family(channel.family)


def read(source: Source, job: Job) -> Read:
    """Return what an answer says. Never raises: an answer that breaks its reader is an error that is told."""
    channels = {source.channel_id(c): c for c in source.file.channels}
    found = Read()
    try:
        _read(source, channels[job.channel_id], job, found)
    except ListError as error:
        found.error = f"no list: {error}"
    except NotARecord as error:
        found.refused = (error.reason, error.is_gone)
    except Exception as error:
        found.error = f"reading failed: {type(error).__name__}: {error}"
    return found


def _read(source: Source, channel: Channel, job: Job, found: Read) -> None:
    served, view = job.served, job.served.view()
    found.sign = sign(job.ask.url, served.url, view, len(served.content))
    found.documents.append(document_row(served, view))
    if job.is_list:
        listing = read_list(channel, job.ask, view)
        document = sha256(served.content)
        found.listing = ListRead([(r.url, row_as_json(r.readings, document)) for r in listing.rows], listing.more)
        found.shape = list_shape(view, [r.url for r in listing.rows])
        found.sign = None if listing.rows else found.sign  # a list with rows is one, however little it shows
        return
    found.shape = page_shape(view)
    if job.files is None and (wanted := files_of(source, channel, view)):
        found.wanted = wanted
        return
    files: dict[str, FileView] = {}
    for url, file in (job.files or {}).items():
        try:
            files[url] = read_file(file)
        except AttachmentError as error:
            found.unread.append(f"{url}: {error}")
        else:
            found.documents.append(document_row(file, files[url]))
    look = read_page(source, channel, job.ask.url, served, view, job.row, files)
    observations = tuple(map(prepared, look.observations))
    found.look = gone(source, channel, job.ask.url, served).saying(observations)
