"""A document as text with places: what every extractor reads, and what every coordinate points into."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Self

from lxml import etree

from crawlers.charset import decode
from schema.evidence import Span, quote

Element = etree._Element

HIDDEN = frozenset({"head", "title", "script", "style", "noscript", "template", "iframe", "object", "svg"})
INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"}
    | {"input", "ins", "kbd", "label", "mark", "nobr", "o", "q", "ruby", "rp", "rt", "s", "samp", "small", "span"}
    | {"strike", "strong", "sub", "sup", "time", "tt", "u", "ucapcontent", "ucaptitle", "var", "wbr"}
)
CELLS = frozenset({"td", "th"})
ROWS = frozenset({"tr", "table", "tbody", "thead", "tfoot"})

_SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")
_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|table|span|meta|title|ul|li|br|a|h[1-6]|font|center)\b", re.IGNORECASE
)
_DATA = re.compile(r"^[\w.$\s]{0,80}=\s{0,3}(?=[{\[])")
_NESTING = re.compile(r"</?(?!title|meta|br|a\b|script|style)[a-z][^<>]{0,2000}>", re.IGNORECASE)
MAX_DATA = 500_000  # characters of one data script that are kept


class View:
    """A document's linear text, and for HTML its tree with the place of every element in that text.

    `text` is, for HTML: the title; one line `name: content` per meta tag; the body, one line per block,
    cells separated by a tab, white space collapsed; then the scripts that hold JSON, a line each. For
    other media types it is the decoded text, and `tree` is None.
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
        writer = _Writer()
        title = next(tree.iter("title"), None)
        if title is not None:
            self.title = writer.line(title.text or "")
        for tag in tree.iter("meta"):
            name, content = tag.get("name") or tag.get("property"), tag.get("content")
            if name and content and name.strip() and _clean(content):
                start, end = writer.line(f"{_clean(name)}: {_clean(content)}", raw=True)
                start += len(_clean(name)) + 2
                self.meta.append((_clean(name).lower(), writer.tail(start), (start, end)))
        start = writer.length
        self._spans = _Walk(writer).over(tree)
        if title is not None:
            self._spans[title] = self.title
        self.body = (min(start + (start > 0), writer.length), writer.length)
        for script in tree.iter("script"):
            source = script.text or ""
            if (begin := _data_start(script.get("type") or "", source)) is not None:
                self.data.append(writer.line(source[begin : begin + MAX_DATA].rstrip(" \t\r\n;"), raw=True))
        self.text = writer.text()


class _Writer:
    """Collects the text; a separator is written only when something follows it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.separator = ""

    def put(self, piece: str) -> int:
        """Write what is not empty, after the separator that waits; return where it begins."""
        if self.length and self.separator:
            self.parts.append(self.separator)
            self.length += 1
        self.separator = ""
        start = self.length
        self.parts.append(piece)
        self.length += len(piece)
        return start

    def line(self, text: str, *, raw: bool = False) -> Span:
        """Write a line of its own and return its span."""
        piece = text if raw else _clean(text)
        if not piece:
            return (self.length, self.length)
        self.separator = "\n"
        start = self.put(piece)
        self.separator = "\n"
        return (start, self.length)

    def tail(self, start: int) -> str:
        """Return the last piece written from the offset `start` on."""
        return self.parts[-1][start - self.length + len(self.parts[-1]) :]

    def text(self) -> str:
        """Return all that was written."""
        return "".join(self.parts)


class _Walk:
    """One pass over a tree: writes its visible text and notes where each element begins and ends."""

    def __init__(self, writer: _Writer) -> None:
        self.writer = writer
        self.entered: dict[Element, int] = {}
        self.starts: dict[Element, int] = {}
        self.ends: dict[Element, int] = {}
        self.waiting: list[Element] = []  # begun, and nothing written yet
        self.hidden = 0
        self.preformatted = 0

    def over(self, tree: Element) -> dict[Element, Span]:
        """Return every element's span, children inside their parents."""
        self.writer.separator = "\n"
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            if event == "start":
                self.enter(element)
            else:
                self.leave(element)
                if element.tail and not self.hidden and element is not tree:
                    self.write(element.tail)
        return self.spans()

    def enter(self, element: Element) -> None:
        tag = element.tag
        self.entered[element] = self.writer.length
        if self.hidden or tag in HIDDEN:
            self.hidden += 1
            return
        if tag in CELLS:
            self.writer.separator = "\t" if _has_cell_before(element) else "\n"
        else:
            self.part(tag)
        self.preformatted += tag == "pre"
        self.waiting.append(element)
        if element.text:
            self.write(element.text)

    def leave(self, element: Element) -> None:
        if self.hidden:
            self.hidden -= 1
            return
        self.preformatted -= element.tag == "pre"
        if element in self.starts:
            self.ends[element] = self.writer.length
        else:
            self.waiting.pop()  # it ends as it began, without text
        self.part(element.tag)

    def part(self, tag: object) -> None:
        """Ask for a line break around what is no inline element."""
        # The first block in a cell stays on the row's line; a row never does.
        if tag in ROWS or (tag not in INLINE and self.writer.separator != "\t"):
            self.writer.separator = "\n"

    def write(self, text: str) -> None:
        writer = self.writer
        for index, chunk in enumerate(text.split("\n") if self.preformatted else (text,)):
            if index:
                self.part("br")
            piece = _SPACES.sub(" ", chunk)
            if piece[0:1] == " " and not writer.separator:
                writer.separator = " "
            if piece in ("", " "):
                continue
            at = writer.put(piece.strip(" "))
            for element in self.waiting:
                self.starts[element] = at
            self.waiting.clear()
            if piece[-1] == " ":
                writer.separator = " "

    def spans(self) -> dict[Element, Span]:
        """Return the spans; an element without text stands where it was met, inside its parent."""
        found: dict[Element, Span] = {}
        whole = (0, self.writer.length)
        for element, at in self.entered.items():
            if element in self.starts:
                found[element] = (self.starts[element], self.ends[element])
            else:
                parent = element.getparent()
                low, high = found.get(parent, whole) if parent is not None else whole
                place = min(max(at, low), high)
                found[element] = (place, place)
        return found


def _has_cell_before(cell: Element) -> bool:
    before = cell.getprevious()
    while before is not None and before.tag not in CELLS:
        before = before.getprevious()
    return before is not None


def _clean(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")


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
