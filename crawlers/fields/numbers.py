"""Document numbers (发文字号) outside the metadata table: in the title, under it, in a note."""

from dataclasses import replace

from crawlers.view import View
from schema.evidence import Origin, Reading, Span
from schema.types.document_number import DocumentNumber


def reading(view: View, span: Span, origin: Origin) -> Reading | None:
    """Return the document number that the span holds as a whole, in canonical form."""
    raw = view.text[slice(*span)]
    if len(raw) > 80:
        return None
    number = DocumentNumber.parse(raw)
    if number is None:
        # 国发〔2017〕35号 (附件…) and the like: one number, and something around it.
        found = DocumentNumber.find(raw)
        if len(found) != 1:
            return None
        number, start, end = found[0]
        span = span[0] + start, span[0] + end
    return Reading(str(number), view.text[slice(*span)], origin, (span,))


def under_title(view: View, head: list[Span]) -> Reading | None:
    """Return the number that stands alone on one of the lines at a document's head."""
    for start, end in head:
        printed = view.text[start:end]
        text = printed.strip()
        if len(text) <= 40 and (number := DocumentNumber.parse(text)) is not None and number.agency:
            first = start + len(printed) - len(printed.lstrip())
            return Reading(str(number), text, Origin.NOTE, ((first, first + len(text)),))
    return None


def in_title(title: Reading) -> Reading | None:
    """Return a number in brackets at the end of the title."""
    if len(title.spans) != 1:
        return None
    found = DocumentNumber.find(title.raw)
    if len(found) != 1 or found[0][2] < len(title.raw) - 2:
        return None
    number, start, end = found[0]
    base = title.spans[0][0]
    return replace(title, value=str(number), raw=title.raw[start:end], spans=((base + start, base + end),))
