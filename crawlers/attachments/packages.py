"""Files made of files (ZIP, DOCX, XLSX, OFD): members within bounds, XML without entities."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

from crawlers.attachments.limits import MB, AttachmentError, Limits
from crawlers.lineartext import Element

CHUNK = 256 * 1024
SMALL = 4 * MB  # a member below this may be packed as tightly as it likes
_MARKED = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_UTF8_FLAG = 0x800


@dataclass(slots=True)
class Budget:
    """What may still be unpacked from one file; archives inside archives share it."""

    limits: Limits
    expanded: int = 0
    members: int = 0

    def enter(self, count: int) -> None:
        """Count members. Raises AttachmentError `bomb` when they are too many."""
        self.members += count
        if self.members > self.limits.members:
            raise AttachmentError("bomb", "the archive has too many members")

    def read(self, stream: IO[bytes], packed: int) -> bytes:
        """Return a member's bytes, `packed` of which stand in the archive. Raises AttachmentError `bomb`."""
        found = io.BytesIO()
        while chunk := stream.read(CHUNK):
            found.write(chunk)
            self.expanded += len(chunk)
            size = found.tell()
            if self.expanded > self.limits.expanded or size > max(SMALL, self.limits.ratio * max(packed, 1)):
                raise AttachmentError("bomb", "the archive unpacks to far more than its size")
        return found.getvalue()


class Package:
    """A ZIP file in memory; nothing of it is ever written to a path."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        """Open it. Raises AttachmentError `damaged` or `bomb`."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise AttachmentError("damaged", "the archive's directory cannot be read") from error
        self._budget = budget
        self._infos = {_name(info): info for info in self._zip.infolist() if not info.is_dir()}
        budget.enter(len(self._zip.infolist()))

    def names(self) -> list[str]:
        """Return the members' names in the archive's order."""
        return list(self._infos)

    def has(self, name: str) -> bool:
        """Return whether a member is there, whatever its capitals."""
        return self._find(name) is not None

    def read(self, name: str) -> bytes:
        """Return a member's bytes. Raises AttachmentError: `damaged`, `encrypted`, `bomb`, `unsupported`."""
        info = self._find(name)
        if info is None:
            raise AttachmentError("damaged", "a part of the file is missing")
        if info.flag_bits & 1:
            raise AttachmentError("encrypted", "the file is locked by a password")
        try:
            with self._zip.open(info) as stream:
                return self._budget.read(stream, info.compress_size)
        except NotImplementedError as error:
            raise AttachmentError("unsupported", "the archive's method of packing is not known") from error
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError) as error:
            raise AttachmentError("damaged", "a part of the file cannot be unpacked") from error

    def xml(self, name: str) -> Element:
        """Return a member's root element. Raises as `read` and `parse`."""
        return parse(self.read(name))

    def _find(self, name: str) -> zipfile.ZipInfo | None:
        if name in self._infos:
            return self._infos[name]
        name = name.lstrip("/")
        return next((info for known, info in self._infos.items() if known.lower() == name.lower()), None)


def refuse_entities(content: bytes) -> None:
    """Raise AttachmentError `bomb` for XML with a document type: no office format has one."""
    if any(mark in content for mark in _MARKED):
        raise AttachmentError("bomb", "the file's XML declares entities")


def parse(content: bytes) -> Element:
    """Return the root of an XML document. Raises AttachmentError `bomb` for one with a DTD, `damaged` if broken."""
    refuse_entities(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise AttachmentError("damaged", "the file's XML is broken") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise AttachmentError("bomb", "the file's XML declares entities")
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def named(root: Element, *names: str) -> Iterator[Element]:
    """Yield the descendants with one of the local names, in document order."""
    return (element for element in root.iter() if local(element) in names)


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute by its local name, whatever its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name: UTF-8 where it says so or is so, else GBK, as Windows writes it in China."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", errors="replace")
        for charset in ("utf-8", "gb18030"):
            try:
                name = raw.decode(charset)
                break
            except UnicodeDecodeError:
                continue
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "", name).replace("\\", "/")
