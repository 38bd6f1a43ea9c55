"""What a file may cost, and the ways in which one cannot be read."""

from dataclasses import dataclass

from schema.errors import SamplebaseError

MB = 1024 * 1024
# The closed set of reasons; docs/attachments.md says what each asks of the reader.
CODES = frozenset({"too_large", "bomb", "timeout", "memory", "encrypted", "damaged", "unsupported", "not_a_file"})


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading one file: sizes in bytes, time in seconds of wall clock and of processor."""

    size: int = 64 * MB
    expanded: int = 512 * MB  # all that is unpacked from one file, archives inside archives included
    ratio: int = 250  # of a member of more than 4 MB; chosen, not measured on real files
    members: int = 3000
    depth: int = 2  # archives inside archives
    pages: int = 3000
    text: int = 20_000_000  # characters
    cells: int = 2_000_000  # positions of all tables
    seconds: float = 60.0
    memory: int = 1024 * MB
    ocr: bool = False  # read pages without text by their pictures; needs the extra `ocr` and 4 GB


class AttachmentError(SamplebaseError):
    """A file that cannot be read: `code` is one of CODES, `what` says why."""

    def __init__(self, code: str, message: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(message, where=where, remedy=remedy)
        self.code = code
