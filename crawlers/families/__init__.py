"""The families of content-management systems: how a column lists its items, as two pure functions.

A family is a module with `requests(channel)`, the first list requests, and `read(view, ask, channel)`,
which turns one answer into rows and further list requests. Neither touches network, disk or database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from crawlers.sourcefile import Channel
from crawlers.view import View
from schema.errors import InputError
from schema.evidence import Reading

MAX_LIST_PAGES = 5_000  # a list that claims more pages is not believed


@dataclass(frozen=True, slots=True)
class Ask:
    """A request for a part of a list."""

    url: str
    method: str = "GET"
    body: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a list: the address of its page, and what the row itself says of it."""

    url: str
    readings: Mapping[str, Reading] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """What one answer of a list holds: its rows in order, and the requests for the rest of the list."""

    rows: list[Row] = field(default_factory=list)
    more: list[Ask] = field(default_factory=list)
    total: int | None = None


class Family(Protocol):
    """What a family module offers."""

    def requests(self, channel: Channel) -> list[Ask]:
        """Return the first requests of a channel's list."""

    def read(self, view: View, ask: Ask, channel: Channel) -> Listing:
        """Return the rows and the further requests of one answer. Raises ListError for an answer that is no list."""


class ListError(ValueError):
    """An answer that is not what the family's lists look like; the text says what was missed."""


def family(name: str, *, where: str = "") -> Family:
    """Return a family by name. Raises InputError for a name that nobody wrote."""
    known = names()
    if name not in known:
        raise InputError(f"unknown family `{name}`", where=where, remedy=f"known families: {', '.join(known)}")
    return cast("Family", import_module(f"{__name__}.{name}"))


def names() -> list[str]:
    """Return the names of all families."""
    return sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
