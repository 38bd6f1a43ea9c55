"""RAR archives, unpacked in memory by whichever program is installed."""

import io

import rarfile

from crawlers.attachments.limits import AttachmentError
from crawlers.attachments.packages import Budget

REMEDY = "install bsdtar (Debian: libarchive-tools)"


class RarPackage:
    """A RAR file in memory: directory read here, members unpacked by bsdtar, unrar or 7z."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        """Open it. Raises AttachmentError: `unsupported` without a program, `encrypted`, `damaged`, `bomb`."""
        try:
            rarfile.tool_setup()
        except rarfile.RarCannotExec as error:
            raise AttachmentError("unsupported", "no program for RAR archives is installed", remedy=REMEDY) from error
        try:
            self._rar = rarfile.RarFile(io.BytesIO(content))
            self._infos = {i.filename.replace("\\", "/"): i for i in self._rar.infolist() if i.is_file()}
        except (rarfile.Error, ValueError, OSError, EOFError) as error:
            raise AttachmentError("damaged", "the archive's directory cannot be read") from error
        if self._rar.needs_password():
            raise AttachmentError("encrypted", "the file is locked by a password")
        self._budget = budget
        budget.enter(len(self._rar.infolist()))

    def names(self) -> list[str]:
        """Return the members' names in the archive's order."""
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """Return a member's bytes. Raises AttachmentError `damaged`, `bomb`."""
        info = self._infos[name]
        try:
            with self._rar.open(info) as stream:
                return self._budget.read(stream, info.compress_size)
        except (rarfile.Error, ValueError, OSError, EOFError) as error:
            raise AttachmentError("damaged", "a part of the file cannot be unpacked") from error
