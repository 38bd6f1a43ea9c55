"""The one kind of error that a user sees: what happened, where, and what to do."""


class SamplebaseError(Exception):
    """A fault with a place and a remedy, printed in one line; `exit_code` is the command's."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" → {self.remedy}" if self.remedy else ""
        return " ".join(f"{place}{self.what}{remedy}".split())


class InputError(SamplebaseError):
    """What the user gave (a file, an option, a YAML) cannot be used as it is."""

    exit_code = 2


class DatabaseError(SamplebaseError):
    """The database is missing, locked, or of another version than this code."""

    exit_code = 3


class RunError(SamplebaseError):
    """The work ran, and did not end well (a crawl that is not ok, a check that failed)."""

    exit_code = 4
