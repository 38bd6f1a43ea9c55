"""The title of a page, without the name of its site."""

import re
import unicodedata
from collections.abc import Iterator

from crawlers.fields import masthead
from crawlers.fields.labels import labels
from crawlers.view import Element, View
from schema.evidence import Origin, Reading, Span

SHORTEST, LONGEST = 4, 200
# Between two letters a hyphen parts no site from a title: Pre-A轮.
_HYPHEN = r"(?:(?<![A-Za-z])-|-(?![A-Za-z]))"
_SITE = re.compile(
    rf"(?:\s+[-|–—·>»_]+\s*|[_|»]+\s*|\s*[-–—]{{2,}}\s*|{_HYPHEN}(?=[^-\d][^-]{{1,20}}$)|\s{{0,2}}<+\s*)"
)
_PARTS = re.compile(rf"\s*(?:{_HYPHEN}|[_|–—·>»])+\s*")
_NAMED = re.compile(r"title|biaoti|headline|\bbt\b|tit\b|subject|topic", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4")

SHORTEST_CORE = 10  # characters of a title tag that another line may say in full
_WHOLE = re.compile(r"(?:印发|公布|发布|转发|批转|下达)[^，。]*的?(?:通知|公告|通告|决定|函|意见|批复)\s*$")


def squeezed(text: str) -> str:
    """Return the text in NFKC without white space, for comparing titles."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def in_meta(view: View) -> Reading | None:
    """Return the title of the meta tags: ArticleTitle, then og:title without the site's name.

    A title that neither the title tag nor the page repeats is a template's leftover, and left out.
    """
    tagged = squeezed(view.slice([view.title]))
    for name in labels().meta["title"]:
        for tag, content, (start, end) in view.meta:
            if tag == name and SHORTEST <= len(content) <= LONGEST:
                length = end - start if name == "articletitle" else len(_head(content))
                raw = view.text[start : start + length]
                if squeezed(raw) in tagged or view.text.find(raw, view.body[0]) >= 0:
                    return Reading(raw, raw, Origin.META, ((start, start + length),))
    return None


def on_page(view: View, before: int) -> Reading | None:
    """Return the heading of the text that begins at the offset `before`, else the page's title tag.

    A heading is an element called so, or a line, that the title tag repeats; without such a one, the last
    heading element before the text.
    """
    tagged = squeezed(view.slice([view.title]))
    candidates = [span for element in _heads(view) if (span := view.span(element))[0] <= before + 200]
    for span in (*candidates, *_repeated(view, before, tagged)):
        said = squeezed(view.text[slice(*span)])
        if len(said) >= 5 and tagged and (tagged.startswith(said) or (said in tagged and len(said) * 2 > len(tagged))):
            return _reading(view, span, Origin.TITLE)
    if (piece := _piece(view, before) or _fuller(view, before)) is not None:
        return _reading(view, piece, Origin.TITLE)
    strong = [
        s for e in _heads(view) if e.tag in _HEADINGS[:2] and (s := view.span(e))[1] - s[0] >= 5 and s[0] <= before
    ]
    if not strong and masthead.is_site(view.slice([view.title])) and (line := masthead.read(view, before)) is not None:
        return _reading(view, line, Origin.TITLE)
    if view.title[1] > view.title[0] and not strong:
        start = view.title[0]
        return _reading(view, (start, start + len(_head(view.slice([view.title])))), Origin.TITLE)
    if strong:
        return _reading(view, strong[-1], Origin.TITLE)
    return _reading(view, candidates[-1], Origin.TITLE) if candidates else None


def _piece(view: View, before: int) -> Span | None:
    """Return the last line above a text that is one piece of a title tag such as column-title-site."""
    pieces = [squeezed(piece) for piece in _PARTS.split(view.slice([view.title])) if len(piece.strip()) >= 5]
    lines = [span for span in view.lines if span[0] < before and squeezed(view.text[slice(*span)]) in pieces]
    # Of three pieces the last is the site's name, which its head prints too.
    if len(pieces) < 2 or not lines or squeezed(view.text[slice(*lines[-1])]) == pieces[-1]:
        return None
    return lines[-1]


def _fuller(view: View, before: int) -> Span | None:
    """Return the last line above a text that says in full what the title tag shortens: …关于印发《某措施》的通知."""
    said = squeezed(_head(view.slice([view.title]))).removeprefix("关于")
    lines = [span for span in view.lines if view.body[0] <= span[0] < before and span[1] - span[0] <= LONGEST]
    fuller = [span for span in lines if said in squeezed(view.text[slice(*span)])] if len(said) >= SHORTEST_CORE else []
    return fuller[-1] if fuller and _WHOLE.search(view.text[slice(*fuller[-1])]) else None


def _heads(view: View) -> Iterator[Element]:
    for element in view.elements:
        start, end = view.span(element)
        if 4 <= end - start <= LONGEST and element.tag != "title":
            name = f"{element.get('class') or ''} {element.get('id') or ''}"
            if element.tag in _HEADINGS or element.tag == "ucaptitle" or _NAMED.search(name):
                yield element


def _repeated(view: View, before: int, tagged: str) -> list[Span]:
    return [
        (start, end)
        for start, end in view.lines
        if start <= before + 200 and 5 <= end - start <= LONGEST and squeezed(view.text[start:end]) in tagged
    ]


def _reading(view: View, span: Span, origin: Origin) -> Reading:
    start, end = span
    raw = view.text[start:end]
    start += len(raw) - len(raw.lstrip())
    raw = raw.strip()
    # A title printed on two lines is one title.
    return Reading(re.sub(r"[\t\n]+", "", raw), raw, origin, ((start, start + len(raw)),))


def _head(text: str) -> str:
    """Return a title tag up to the first mark that parts title and site; at least five characters."""
    for match in _SITE.finditer(text):
        if match.start() >= 5:
            return text[: match.start()].rstrip()
    return text
