"""Signs that a site gives something else than its pages: shells, login pages, its home page, page one for ever.

One such answer may be a fault of one page; several, and hardly a good one among them, are a site that is closed to
us. It is named and left alone, never evaded.
"""

import re
from collections import Counter
from urllib.parse import urlsplit

from crawlers.addresses import host_of
from crawlers.view import View

SHELL = 2_048  # bytes below which a page that is all script is a shell
VISIBLE = 40  # characters that a reader of a shell sees at most
ENOUGH = 3  # such answers, before a site counts as closed
_LOGIN = re.compile(r"/(?:login|signin|sso|cas|passport|oauth2?|auth)(?:[/?.;_]|$)", re.IGNORECASE)
_HOME = re.compile(r"/?(?:index|default|home|main)?(?:\.(?:s?html?|jspx?|aspx?|php|do))?", re.IGNORECASE)


def sign(asked: str, answered: str, view: View, size: int) -> str | None:
    """Return what an answer of status 200 seems to be instead of the page that was asked for, or None.

    `asked` and `answered` are the addresses before and after redirects, `size` the body's length in bytes.
    """
    before, after = urlsplit(asked), urlsplit(answered)
    moved = (before.path, before.query) != (after.path, after.query) or host_of(asked) != host_of(answered)
    if moved and _LOGIN.search(after.path) and not _LOGIN.search(before.path):
        return "login page"
    if moved and _HOME.fullmatch(after.path) and not after.query and not _HOME.fullmatch(before.path):
        return "redirect to the home page"
    if view.tree is None:
        return None
    shown = len("".join(view.text[slice(*view.body)].split()))
    scripts = sum(1 for _ in view.tree.iter("script"))
    if next(view.tree.iterfind(".//input[@type='password']"), None) is not None and shown < 500:
        return "login page"
    return "shell" if size < SHELL and scripts and shown < VISIBLE else None


class Suspicions:
    """Counts good answers and signs; says when a source is closed to us, and remembers lists to see repetitions."""

    def __init__(self) -> None:
        self.good = 0
        self.signs: Counter[str] = Counter()
        self._first: dict[str, tuple[str, ...]] = {}

    def note(self, name: str | None) -> None:
        """Count an answer that is what was asked for, or a sign that it is not."""
        if name is None:
            self.good += 1
        else:
            self.signs[name] += 1

    @property
    def verdict(self) -> str | None:
        """The sign by which the source is closed, None while too little speaks for it."""
        name, count = max(self.signs.items(), key=lambda item: item[1], default=("", 0))
        return name if count >= ENOUGH and count > self.good else None

    def is_first_again(self, root: str, page: str, rows: tuple[str, ...]) -> bool:
        """Tell whether a further page of a list names the very rows of its first page; both ids are the frontier's."""
        if page == root:
            self._first[root] = rows
            return False
        return bool(rows) and self._first.get(root) == rows
