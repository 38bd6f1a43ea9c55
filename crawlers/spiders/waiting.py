"""Pages that wait for their files: a plan whose text is a PDF is read when the PDF is there, and once."""

from dataclasses import dataclass, field

from crawlers.frontier import Entry
from crawlers.harvest import Served


@dataclass(slots=True)
class Page:
    """A page whose files are under way: `open` are the requests for them, `files` what has come, by address."""

    entry: Entry
    served: Served
    is_fresh: bool = True
    open: set[str] = field(default_factory=set)
    files: dict[str, Served] = field(default_factory=dict)


class Waiting:
    """The pages that wait, by the requests that they wait for; two pages may wait for one file."""

    def __init__(self) -> None:
        self._pages: dict[str, Page] = {}
        self._by_file: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def hold(self, page: Page) -> None:
        """Keep a page until each of its open requests has ended."""
        self._pages[page.entry.id] = page
        for each in page.open:
            self._by_file.setdefault(each, set()).add(page.entry.id)

    def arrived(self, file: Entry, served: Served | None) -> list[Page]:
        """Hand a file (None: it cannot be had) to the pages that wait for it; return those now complete."""
        complete: list[Page] = []
        for page_id in sorted(self._by_file.pop(file.id, ())):
            page = self._pages[page_id]
            page.open.discard(file.id)
            if served is not None:
                page.files[file.url] = served
            if not page.open:
                complete.append(self._pages.pop(page_id))
        return complete
