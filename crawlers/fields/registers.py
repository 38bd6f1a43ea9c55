"""All rows that a page and its files list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from crawlers.attachments import FileView
from crawlers.fields import attachments, headings, page_titles, structured
from crawlers.fields.entries import Entry, without_tail
from crawlers.fields.lineitems import IsName
from crawlers.fields.pairs import Hint
from crawlers.fields.register_document import Document
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.fields.vocabulary import Vocabulary
from crawlers.view import View
from schema.evidence import Origin, Reading, Span

__all__ = ["Entry", "Register", "read", "without_tail"]

LONGEST_HEAD = 40  # characters of a line that may head a list that scripts print
MOST_HEADS = 8
DOWNWARD = (
    "province",
    "city",
    "place",
    "address",
    "authority",
    "recognised_year",
    "year",
    "name",
    "code",
    "parent",
    "operator",
)


@dataclass(slots=True)
class Register:
    """All rows of a page with its files; `titles` are the page's headings, the best first."""

    entries: list[Entry] = field(default_factory=list)
    titles: list[Reading] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    labelled: list[Statements] = field(default_factory=list)
    views: list[View] = field(default_factory=list)  # the page, then its files


def read(
    view: View,
    files: Mapping[str, View] | None,
    words: Vocabulary,
    heads: Mapping[str, list[str]],
    is_name: IsName,
    downward: tuple[str, ...] = DOWNWARD,
    sheet: Sheet | None = None,
    hints: Mapping[str, Hint] | None = None,
) -> Register:
    """Return what a page and those of its files that were read list, the page's rows first.

    `heads` has each property's heads of columns, `words` the same as labels, `hints` what tells columns of other
    heads. Lines count only in a document whose tables list nothing, and only two and more.
    """
    sheet = sheet or Sheet(view)
    register = Register(titles=page_titles.read(sheet))
    linked = {link.value["url"]: link for link in attachments.read(view, lambda _: True)}
    documents: list[tuple[View, Sheet, list[Reading]]] = [(view, sheet, register.titles)]
    for url, file in (files or {}).items():
        if isinstance(file, FileView):
            named = [linked[url]] if url in linked else []
            named = [Reading(headings.plain_name(r.raw), r.raw, r.origin, r.spans) for r in named if r.raw]
            documents.append((file, Sheet(file), [*named, *register.titles]))
            if file.text_layer != "full" and not file.grids:
                register.warnings.append((f"text_layer_{file.text_layer}", url))
    for document, page, titles in documents:
        found = Document(document, page, titles, words, heads, is_name, downward, hints)
        register.entries += found.entries
        register.warnings += [one for one in found.warnings if one not in register.warnings]
        register.labelled.append(found.stated)
        register.views.append(document)
    if not any(entry.in_table for entry in register.entries):
        short = [line.span for line in sheet.lines if line.span[1] - line.span[0] <= LONGEST_HEAD]
        above = [*(_said(view, span, Origin.BODY) for span in short[:MOST_HEADS] if view.data), *register.titles]
        register.entries = [*_of_data(view, words, is_name, above)] or register.entries
    return register


def _of_data(view: View, words: Vocabulary, is_name: IsName, above: list[Reading]) -> Iterator[Entry]:
    """Yield the rows of a list in the page's scripts."""
    for cells in structured.rows(view, words):
        said = {prop: _said(view, span) for prop, span in cells.items()}
        if "name" in said and is_name(str(said["name"].value)):
            yield Entry(said, above)


def _said(view: View, span: Span, origin: Origin = Origin.TABLE) -> Reading:
    raw = view.text[slice(*span)]
    return Reading(" ".join(raw.split()), raw, origin, (span,))
