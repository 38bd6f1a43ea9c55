"""What a policy says of other documents: explains, draft_of, repost_of, supersedes, implements."""

import re
from dataclasses import replace

from crawlers.fields.issuers import is_media
from crawlers.view import View
from schema.evidence import Origin, Reading, Span
from schema.types.document_number import DocumentNumber

_EXPLAINS = re.compile(r"政策解读|解读|图解|一图读懂|一图看懂|读懂|看懂|答记者问|政策问答|问答|新闻发布会实录")
_DRAFT = re.compile(r"征求意见稿|公开征求.{0,80}意见|征求.{0,80}意见的|意见征集|征集意见|草案")
_DRAFT_OF = re.compile(
    r"《([^《》\n]{4,100})》|(?:公开征求|征求|关于)([^《》\n]{4,80}?)(?:\(|（)?(?:征求意见稿|意见|草案)"
)
_BOOK = re.compile(r"《([^《》\n]{4,120})》(?:\s?[（(]([^（）()\n]{5,30})[)）])?")
_OF = re.compile(r"^(?:关于)?(.{5,100}?)(?:的)?(?:政策)?(?:解读|图解|答记者问|政策问答|问答)")
_LAPSE = re.compile(r"(?:同时|即行|相应|一并|同步|予以)?(?:废止|停止执行|停止施行)")
_FOR = re.compile(r"(?:贯彻落实|贯彻|落实|贯彻执行)(?=《)")
_SUFFIX = re.compile(r"[（(](?:征求意见稿|草案|送审稿|试行|公开征求意见稿|修订草案)[)）]$")
_OWN = re.compile(r"本网|本站|本局|本厅|原创|未知|互联网|网络|编辑")


def is_explanation(title: str) -> bool:
    """Tell whether a title is that of an explanation of a policy (解读, 图解, 问答)."""
    return bool(_EXPLAINS.search(title))


def draft_words(title: str) -> re.Match[str] | None:
    """Return the words by which a title says that the document is a draft for comment."""
    return _DRAFT.search(title)


def read(view: View, title: Reading, text: Span, source: Reading | None, site: str) -> Reading | None:
    """Return one reading whose value maps a relation's type to the other document's title, number or source."""
    found: dict[str, Reading] = {}
    if is_explanation(title.value):
        target = _book_in(title) or _before(title) or _book(view, (text,), Origin.BODY)
        if target:
            found["explains"] = target
    elif draft_words(title.value) and (drafted := _draft(title)):
        found["draft_of"] = drafted
    if source is not None and _is_elsewhere(source.value, site):
        found["repost_of"] = source
    if not is_explanation(title.value):
        found |= _clauses(view, text)
    if not found:
        return None
    # A reading has its places in one document: what the list's title says does not mix with what the page says.
    document = next(iter(found.values())).document
    found = {kind: reading for kind, reading in found.items() if reading.document == document}
    return Reading(
        {kind: reading.value for kind, reading in found.items()},
        "\n".join(reading.raw for reading in found.values()),
        next(iter(found.values())).origin,
        tuple(span for reading in found.values() for span in reading.spans),
        document,
    )


def _book_in(title: Reading) -> Reading | None:
    match = _BOOK.search(title.value)
    return _part(title, match, 1) if match else None


def _book(view: View, spans: tuple[Span, ...], origin: Origin) -> Reading | None:
    for start, end in spans:
        if match := _BOOK.search(view.text, start, end):
            return Reading(match[1], match[1], origin, (match.span(1),))
    return None


def _before(title: Reading) -> Reading | None:
    match = _OF.match(title.value)
    return _part(title, match, 1) if match else None


def _draft(title: Reading) -> Reading | None:
    match = _DRAFT_OF.search(title.value)
    reading = _part(title, match, match.lastindex or 1) if match else None
    if reading is None or not (suffix := _SUFFIX.search(reading.raw)):
        return reading
    start = reading.spans[0][0]
    raw = reading.raw[: suffix.start()]
    return replace(reading, value=raw, raw=raw, spans=((start, start + len(raw)),))


def _part(title: Reading, match: re.Match[str], group: int) -> Reading | None:
    # Places can be told only where the title stands in one piece as printed.
    if title.raw != title.value or len(title.spans) != 1:
        return replace(title, value=match[group])
    base = title.spans[0][0]
    place = (base + match.start(group), base + match.end(group))
    return replace(title, value=match[group], raw=match[group], spans=(place,))


def _is_elsewhere(source: str, site: str) -> bool:
    return (
        is_media(source)
        and not _OWN.search(source)
        and not (site and (source in site or site in source or source[:4] == site[:4]))
    )


def _clauses(view: View, text: Span) -> dict[str, Reading]:
    """Return what the text says of older documents (《X》同时废止) and of the one it carries out."""
    found: dict[str, Reading] = {}
    for match in _LAPSE.finditer(view.text, max(text[0], text[1] - 3000), text[1]):
        low = max(view.text.rfind("。", text[0], match.start()), view.text.rfind("\n", text[0], match.start())) + 1
        books = list(_BOOK.finditer(view.text, max(low, match.start() - 300), match.start()))
        if books and "除" not in view.text[books[-1].end() : match.start()]:
            book = books[-1]
            number = DocumentNumber.parse(book[2]) if book[2] else None
            group = 2 if number else 1
            value = str(number) if number else book[1]
            found["supersedes"] = Reading(value, book[group], Origin.BODY, (book.span(group),))
            break
    carried = _FOR.search(view.text, text[0], min(text[1], text[0] + 600))
    if carried and (name := _BOOK.match(view.text, carried.end(), text[1])):
        found["implements"] = Reading(name[1], name[1], Origin.BODY, (name.span(1),))
    return found
