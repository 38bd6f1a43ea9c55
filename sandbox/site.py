"""One site of the sandbox: what it answers to a request, and what a crawler has to ask it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from sandbox.docx import docx
from sandbox.facts import Fact

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The smallest picture there is: one transparent pixel.
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
PRIVATE = "/private/internal.html"

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _chinese_date(day: str | None) -> str:
    """Return 2023-10-06 as 2023年10月6日, and nothing for nothing."""
    return "{}年{}月{}日".format(*map(int, day.split("-"))) if day else ""


_ENVIRONMENT.filters["chinese_date"] = _chinese_date
_VALIDITY = {"in_force": "有效", "repealed": "已废止", "expired": "失效"}


class Request(NamedTuple):
    """What a crawler sends: a GET, or the POST of a list's form."""

    method: str
    url: str
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Page:
    """One answer."""

    body: bytes
    media_type: str
    status: int = 200

    @property
    def etag(self) -> str:
        """The entity tag: the same bytes have the same."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@dataclass(slots=True)
class Site:
    """A host with its pages by path and query; `dynamic` answers what is computed from the request.

    `lists` are the requests that name the articles, in the order in which a crawler makes them.
    """

    key: str
    host: str
    name: str
    region: str | None
    facts: tuple[Fact, ...]
    lists: list[Request] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    encoding: str = "utf-8"
    html_type: str = "text/html; charset=utf-8"
    dynamic: Callable[[str, str, bytes], Page | None] | None = None

    def url(self, path: str) -> str:
        """Return the absolute address of a path."""
        return f"http://{self.host}{path}"

    def html(self, template: str, **values: Any) -> Page:
        """Return a page made from a template of this site."""
        text = _ENVIRONMENT.get_template(template).render(site=self, validity=_VALIDITY, private=PRIVATE, **values)
        return Page(text.encode(self.encoding), self.html_type)

    def add(self, pages: Mapping[str, Page]) -> None:
        """Add static pages by path and query."""
        self.pages.update(pages)

    def add_common(self, list_path: str) -> None:
        """Add what every site has: robots.txt, a home page, articles' files, and a page for nobody's crawler."""
        self.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private/\n", "text/plain")
        self.pages["/"] = self.html("home.html", list_path=list_path)
        self.pages[PRIVATE] = self.html("private.html")
        for fact in self.facts:
            self.pages[fact.path] = self.html(f"{self.key}/article.html", fact=fact)
            for attachment in fact.attachments:
                self.pages[attachment.path] = Page(docx(attachment.paragraphs), DOCX)
            for image in fact.images:
                self.pages[image] = Page(PIXEL, "image/gif")

    def answer(self, method: str, target: str, body: bytes = b"") -> Page:
        """Return the answer to a request for a path and query; a real 404 where there is nothing."""
        page = self.dynamic(method, target, body) if self.dynamic else None
        if page is None and method in {"GET", "HEAD"}:
            page = self.pages.get(target)
        if page is not None:
            return page
        missing = self.html("missing.html")
        return Page(missing.body, missing.media_type, 404)

    def requests(self) -> list[Request]:
        """Return every request that a crawler needs: robots.txt, the lists, the articles, their files."""
        files = [attachment.path for fact in self.facts for attachment in fact.attachments]
        paths = [fact.path for fact in self.facts] + files
        return [
            Request("GET", self.url("/robots.txt")),
            *self.lists,
            *(Request("GET", self.url(path)) for path in paths),
        ]
