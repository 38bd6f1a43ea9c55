"""The heading of a page and the day on which it was put on the web."""

import re
from collections.abc import Iterator

from crawlers.fields import dates, masthead, title
from crawlers.fields.sheet import Sheet
from schema.evidence import Origin, Reading, Span
from schema.types.partial_date import PartialDate

PUBLISHED = re.compile(
    r"(?:发布|发表|更新|上传|刊登)(?:时间|日期|于)?\s{0,2}[:：]|(?:时间|日期)\s{0,2}[:：]|来源|作者|浏览|点击|阅读",
    re.IGNORECASE,
)
TIMED = 60  # characters of a line whose day and hour are those of publication
_HOUR = re.compile(r"\s{0,3}\d{1,2}[:：]\d\d")
_TITLED = re.compile(r"title|biaoti|headline|slogan|banner", re.IGNORECASE)


def candidates(sheet: Sheet) -> Iterator[Reading]:
    """Yield what may be the page's heading, the likeliest first; read once for each content."""
    yield from sheet.once("headline", lambda: list(_candidates(sheet)))


def _candidates(sheet: Sheet) -> Iterator[Reading]:
    """Yield what may be the page's heading: h1, the meta title, other headings in the content, the title tag."""
    view = sheet.view
    seen: set[Span] = set()
    elements = [e for e in sheet.elements if e.tag == "h1"]
    for element in elements:
        span = view.span(element)
        if span not in seen and 4 <= span[1] - span[0] <= 150:
            seen.add(span)
            yield _reading(sheet, span)
    meta = title.in_meta(view)
    if meta is not None:
        yield meta
    before = sheet.prose[0][0] if sheet.prose else view.body[1]
    found = title.on_page(view, before)
    if found is not None and not (
        found.spans and found.spans[0][0] >= view.body[0] and sheet.is_out(found.spans[0][0])
    ):
        yield found
    for element in sheet.elements:
        span = view.span(element)
        named = _TITLED.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        if (element.tag in ("h2", "h3") or named) and span not in seen and 4 <= span[1] - span[0] <= 120:
            seen.add(span)
            yield _reading(sheet, span)
    if view.title[1] > view.title[0]:
        yield _reading(sheet, view.title)
    short = [line.span for line in sheet.lines if not line.linked and 5 <= line.span[1] - line.span[0] <= 60]
    short = [span for span in short if not masthead.is_crumb(view.text[slice(*span)])]
    for span in short[:4]:
        if not re.search("[。：:，]", view.text[slice(*span)]):
            yield _reading(sheet, span)


def _reading(sheet: Sheet, span: Span) -> Reading:
    raw = sheet.view.text[slice(*span)]
    return Reading(re.sub(r"[\t\n]+", "", raw), raw, Origin.TITLE, (span,))


def published(sheet: Sheet) -> PartialDate | None:
    """Return the day of publication, for the year of days that a page prints without one; None if not said."""
    found = posted(sheet)
    return PartialDate.parse(str(found.value)) if found else None


def posted(sheet: Sheet) -> Reading | None:
    """Return the day of publication with its place: meta tags, the line under the title, the address."""
    view = sheet.view
    for found in dates.in_meta(view, "published_date"):
        return found
    for line in sheet.page:
        said = view.text[line.start : line.end]
        for date, start, end in PartialDate.find(said) if line.size <= 120 else ():
            # 小编某某联盟2019-11-08 18:30: a day with its hour in a short line says it too.
            timed = line.size <= TIMED and _HOUR.match(said, end)
            if date.day and (PUBLISHED.search(said) or line.size <= 22 or timed):
                at = line.start + start, line.start + end
                return Reading(str(date), view.text[slice(*at)], Origin.BODY, (at,))
    return dates.in_url(view.url)
