"""One file's bytes into the draft: the reader of each format, archives member by member."""

from crawlers.attachments import doc, docx, ofd, pdf, plain, rar, xls, xlsx
from crawlers.attachments.draft import Draft
from crawlers.attachments.limits import AttachmentError
from crawlers.attachments.packages import Budget, Package
from crawlers.attachments.sniff import ARCHIVES, extension, media

_READERS = {"pdf": pdf.read, "docx": docx.read, "xlsx": xlsx.read, "xls": xls.read, "doc": doc.read}
_READERS |= {"ofd": ofd.read, "csv": plain.read_csv, "txt": plain.read_text}
# Reasons for which one member is left out with a warning; the others stop the whole file.
_SKIPPED = frozenset({"encrypted", "damaged", "unsupported", "not_a_file"})
_UNSEEN = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def read(content: bytes, draft: Draft, budget: Budget, claimed: str, content_type: str = "", depth: int = 0) -> str:
    """Write what the file says into the draft and return its format. Raises AttachmentError."""
    kind = media(content, claimed, content_type, budget)
    if kind not in ARCHIVES:
        before = draft.writer.length
        pages = len(draft.pages)
        _READERS[kind](content, draft, budget)
        if len(draft.pages) == pages:  # a format without pages counts as one
            draft.pages.append(draft.writer.length > before)
        return kind
    if depth >= draft.limits.depth:
        raise AttachmentError("bomb", "archives are nested too deep")
    _members(Package(content, budget) if kind == "zip" else rar.RarPackage(content, budget), draft, budget, depth)
    return kind


def _members(package: Package | rar.RarPackage, draft: Draft, budget: Budget, depth: int) -> None:
    prefix, refused = draft.prefix, []
    for name in package.names():
        base = name.rpartition("/")[2]
        if name.startswith(_UNSEEN) or base in _UNSEEN or base.startswith("._"):
            continue
        draft.members.append(prefix + name)
        draft.prefix = f"{prefix}{base}/"
        draft.above = ""
        try:
            read(package.read(name), draft, budget, extension(name), depth=depth + 1)
        except AttachmentError as error:
            if error.code not in _SKIPPED:
                raise
            refused.append(error)
            draft.warn(error.code, error.what)
        draft.prefix = prefix
    if refused and len(refused) == len(draft.members) and not draft.writer.length:
        raise refused[0]  # nothing of the archive could be read: that is its own reason
