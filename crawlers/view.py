"""A document as text with places: what every extractor reads, and what every coordinate points into."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Self

from lxml import etree

from crawlers.charset import decode
from crawlers.lineartext import Element, Walk, Writer, clean
from schema.evidence import Span, quote

__all__ = ["Element", "View"]

_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|table|span|meta|title|ul|li|br|a|h[1-6]|font|center)\b", re.IGNORECASE
)
_DATA = re.compile(r"^[\w.$\s\[\]\"']{0,80}=\s{0,3}(?=[{\[])")
_NESTING = re.compile(r"</?(?!title|meta|br|a\b|script|style)[a-z][^<>]{0,2000}>", re.IGNORECASE)
# A character of JSON beyond ASCII as scripts escape it; what an escaped backslash precedes is none.
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\u(?!00[0-9]|202[89]|[dD][89a-fA-F])([0-9a-fA-F]{4})")
MAX_DATA = 500_000  # characters of one data script that are kept


class View:
    """A document's linear text, and for HTML its tree with the place of every element in that text.

    `text` is, for HTML: the title; one line `name: content` per meta tag; the body, one line per block,
    cells separated by a tab, white space collapsed; then the scripts that hold JSON, a line each, in which
    escaped characters beyond ASCII stand as what they are. For other media types it is the decoded text, and
    `tree` is None.
    """

    def __init__(self, text: str, url: str, charset: str, media: str, tree: Element | None = None) -> None:
        self.url = url
        self.charset = charset
        self.media = media
        self.tree = tree
        self.text = text
        self.meta: list[tuple[str, str, Span]] = []
        self.title: Span = (0, 0)
        self.body: Span = (0, len(text))
        self.data: list[Span] = [self.body] if media == "json" else []
        self._spans: dict[Element, Span] = {}
        if tree is not None:
            self._read(tree)

    @classmethod
    def of(cls, body: bytes, url: str, content_type: str | None = None) -> Self:
        """Return the view of a document's exact bytes. Never raises, whatever the bytes."""
        text, charset = decode(body, content_type)
        text = text.replace("\x00", "")
        media = _media(text, content_type or "")
        if media != "html":
            return cls(text, url, charset, media)
        tree = _parse(text)
        return cls(text if tree is None else "", url, charset, "plain" if tree is None else "html", tree)

    def span(self, element: Element) -> Span:
        """Return where the text of an element (with all that is in it) stands in `text`."""
        return self._spans.get(element, (self.body[0], self.body[0]))

    def said(self, element: Element) -> str:
        """Return the text of an element as it stands in `text`."""
        start, end = self.span(element)
        return self.text[start:end]

    def slice(self, spans: Iterable[Span]) -> str:
        """Return what the spans say; several are joined by a line break."""
        return quote(self.text, list(spans))

    @cached_property
    def lines(self) -> list[Span]:
        """The spans of the lines of the body, none of them empty."""
        return self.lines_of([self.body])

    def lines_of(self, spans: Iterable[Span]) -> list[Span]:
        """Return the lines, or parts of lines, that the spans (in order) hold."""
        found: list[Span] = []
        for start, end in spans:
            at = start
            while at < end:
                stop = self.text.find("\n", at, end)
                stop = end if stop < 0 else stop
                if stop > at:
                    found.append((at, stop))
                at = stop + 1
        return found

    @cached_property
    def elements(self) -> list[Element]:
        """The elements of the page in document order."""
        return list(self._spans)

    def _read(self, tree: Element) -> None:
        writer = Writer()
        title = next(tree.iter("title"), None)
        if title is not None:
            self.title = writer.line(title.text or "")
        for tag in tree.iter("meta"):
            name, content = tag.get("name") or tag.get("property"), tag.get("content")
            if name and content and name.strip() and clean(content):
                start, end = writer.line(f"{clean(name)}: {clean(content)}", raw=True)
                start += len(clean(name)) + 2
                self.meta.append((clean(name).lower(), writer.tail(start), (start, end)))
        start = writer.length
        self._spans = Walk(writer).over(tree)
        if title is not None:
            self._spans[title] = self.title
        self.body = (min(start + (start > 0), writer.length), writer.length)
        for script in tree.iter("script"):
            source = script.text or ""
            if (begin := _data_start(script.get("type") or "", source)) is not None:
                data = source[begin : begin + MAX_DATA].rstrip(" \t\r\n;")
                self.data.append(writer.line(_ESCAPED.sub(_unescaped, data), raw=True))
        self.text = writer.text()


def _unescaped(match: re.Match[str]) -> str:
    return match[1] + chr(int(match[2], 16))


def _media(text: str, content_type: str) -> str:
    kind = content_type.lower()
    head = text[:2000].lstrip("\ufeff \t\r\n")
    if "json" in kind or (head[:1] in ("{", "[") and "html" not in kind):
        return "json"
    if ("xml" in kind and "html" not in kind) or (head.startswith("<?xml") and "<html" not in text[:5000].lower()):
        return "xml"
    if "html" in kind or _MARKUP.search(text, 0, 100_000):
        return "html"
    return "plain"


def _parse(text: str) -> Element | None:
    tree, too_deep = _tree(text)
    if too_deep:
        # Nested beyond what the parser follows (2,048): no page is; only its text is kept.
        tree, _ = _tree(_NESTING.sub("\n", text))
    return tree


def _tree(text: str) -> tuple[Element | None, bool]:
    # A parser of its own for every document: lxml's are not to be shared between threads.
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        tree = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        tree = None
    return tree, any("xcessive depth" in entry.message for entry in parser.error_log)


def _data_start(kind: str, source: str) -> int | None:
    """Return where JSON begins in a script that is data or assigns data, else None."""
    if "json" in kind.lower():
        return len(source) - len(source.lstrip())
    if len(source) < MAX_DATA and (match := _DATA.match(source.lstrip()[:200])):
        return len(source) - len(source.lstrip()) + match.end()
    return None
