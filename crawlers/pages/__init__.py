"""How pages become records: one module per kind."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from schema.evidence import Extraction

if TYPE_CHECKING:
    from crawlers.view import View

Extractor = Callable[["View"], Extraction | Iterable[Extraction]]


class NotARecord(Exception):  # noqa: N818 - an outcome that a crawl expects, not a fault
    """A page that is no record of the kind asked for: a list, a shell, plain news; or one that says it is gone."""

    def __init__(self, reason: str, *, is_gone: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_gone = is_gone


def _lazy(module: str) -> Extractor:
    """Return the `extract` of a page module, imported when it is first called."""

    def extract(view: "View") -> Extraction | Iterable[Extraction]:
        found: Extraction | Iterable[Extraction] = import_module(f"crawlers.pages.{module}").extract(view)
        return found

    return extract


_KINDS = (
    "policy", "article", "conference", "alliance", "park", "university", "research_institute", "new_rd_organisation",
    "enterprise", "funding",
)  # fmt: skip
EXTRACTORS: dict[str, Extractor] = {kind: _lazy(kind) for kind in _KINDS}
