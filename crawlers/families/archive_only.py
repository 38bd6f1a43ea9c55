"""A column without a list that we can read yet: its pages come only from archives that are replayed."""

from crawlers.families import Ask, ListError, Listing
from crawlers.sourcefile import Channel
from crawlers.view import View


def requests(channel: Channel) -> list[Ask]:  # noqa: ARG001  (a family's form)
    """Return nothing: there is no list to ask for."""
    return []


def read(view: View, ask: Ask, channel: Channel) -> Listing:  # noqa: ARG001
    """Raise ListError: nobody asks for a list of this family."""
    raise ListError("a column of family archive_only has no list")
