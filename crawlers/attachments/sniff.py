"""Which format a file really has: told by its bytes, since names and content types lie."""

import re
from urllib.parse import unquote, urlsplit

import olefile

from crawlers.attachments.limits import AttachmentError
from crawlers.attachments.packages import Budget, Package
from crawlers.charset import UNKNOWN, decode

ARCHIVES = frozenset({"zip", "rar"})
# Formats that are known, and not read: what to do with them is said in docs/attachments.md.
_OTHERS = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"Founder CEB", "ceb"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
    (b"MIME-Version:", "mhtml"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|meta|title|div|center|h1)\b", re.IGNORECASE)
_OFFICE_XML = (b"schemas-microsoft-com:office:", b"schemas.microsoft.com/office/word/2003")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00", b"\x09\x08\x10\x00\x00\x05\x05\x00")


def extension(name: str, url: str = "") -> str:
    """Return the extension that a file's name, else its address, claims, in small letters; "" for none."""
    for text in (name, unquote(urlsplit(url).path) if url.isprintable() and "[" not in url else ""):
        found = re.search(r"\.([A-Za-z0-9]{2,5})$", text.strip())
        if found:
            return found[1].lower()
    return ""


def media(content: bytes, claimed: str, content_type: str, budget: Budget) -> str:
    """Return pdf, docx, xlsx, xls, doc, ofd, zip, rar, csv or txt.

    `claimed` is the extension; it only decides what has no signature. Raises AttachmentError: `not_a_file` for
    a web page or an answer in place of the file, `unsupported`, `encrypted`, `damaged`, `bomb`.
    """
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise AttachmentError("not_a_file", "the file is empty")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content, budget)
    if content.startswith(_OLE):
        return _ole(content)
    if content.startswith(_BIFF):
        return "xls"
    if content.startswith(b"Rar!\x1a\x07"):
        return "rar"
    other = next((name for mark, name in _OTHERS if head.startswith(mark)), None)
    if other is None and any(mark in head for mark in _OFFICE_XML):
        other = "office_xml"
    if other:
        raise AttachmentError("unsupported", f"files of the format {other} are not read")
    return _text(content, head, claimed, content_type)


def _text(content: bytes, head: bytes, claimed: str, content_type: str) -> str:
    if _HTML.search(head):
        raise AttachmentError("not_a_file", "a web page was served in place of the file")
    kind = content_type.lower()
    textual = claimed in ("csv", "txt") or "text/csv" in kind or "text/plain" in kind
    text, charset = decode(content[:100_000])
    printable = charset != UNKNOWN and "\x00" not in text
    if not textual and head[:1] in (b"{", b"["):
        raise AttachmentError("not_a_file", "an answer in JSON was served in place of the file")
    if not textual and printable and claimed:
        raise AttachmentError("not_a_file", "plain text was served in place of the file")
    if not textual or not printable:
        raise AttachmentError("unsupported", "the format of the file is not known")
    return "csv" if claimed == "csv" or "text/csv" in kind else "txt"


def _zipped(content: bytes, budget: Budget) -> str:
    names = [name.lower() for name in Package(content, Budget(budget.limits)).names()]
    if "ofd.xml" in names:
        return "ofd"
    if "[content_types].xml" in names:
        if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
            return "docx"
        if "xl/workbook.xml" in names:
            return "xlsx"
        raise AttachmentError("unsupported", f"files of the format {_office(names)} are not read")
    if "mimetype" in names and "content.xml" in names:
        raise AttachmentError("unsupported", "files of the format odf are not read")
    return "zip"


def _office(names: list[str]) -> str:
    return "pptx" if any(name.startswith("ppt/") for name in names) else "xlsb" if "xl/workbook.bin" in names else "opc"


def _ole(content: bytes) -> str:
    try:
        with olefile.OleFileIO(content) as ole:
            streams = {"/".join(parts).lower() for parts in ole.listdir()}
    except Exception as error:  # olefile meets broken files with many kinds of errors
        raise AttachmentError("damaged", "the compound file's directory cannot be read") from error
    if "encryptedpackage" in streams or "encryptioninfo" in streams:
        raise AttachmentError("encrypted", "the file is locked by a password")
    if "worddocument" in streams:
        return "doc"
    if streams & {"workbook", "book"}:
        return "xls"
    raise AttachmentError("unsupported", "files of the format ole are not read")
