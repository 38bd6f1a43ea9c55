"""Any Chinese article (news, blog, notice): title, date, author, text."""

from crawlers.fields import author, body, dates, title
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading, Span, quote


def extract(view: View) -> Extraction:
    """Return title, date, author and text of an article, each with its place; what is not there is left out."""
    found = body.read(view, containers=False)
    extraction = Extraction("article")
    heading = title.in_meta(view) or title.on_page(view, found.span[0])
    if heading is not None and heading.value:
        extraction.fields["title"] = [heading]
    if found.spans:
        extraction.fields["text"] = [_text(view, found.spans)]
    elif view.tree is None and view.media == "plain" and view.text.strip():
        extraction.fields["text"] = [_text(view, ((0, len(view.text)),))]
    if (date := dates.publication(view, found.page, found.run)) is not None:
        extraction.fields["date"] = [date]
    if (name := author.read(view, found.page, found.run, str(heading.value) if heading else "")) is not None:
        extraction.fields["author"] = [name]
    return extraction


def _text(view: View, spans: tuple[Span, ...]) -> Reading:
    said = quote(view.text, spans)
    return Reading(said, said, Origin.BODY, spans)
