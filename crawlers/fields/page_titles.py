"""The headings that speak of a whole page: its h1, its title in meta and title tag, the only heading above its text."""

import re

from crawlers.fields import headline, title
from crawlers.fields.sheet import Sheet
from schema.evidence import Origin, Reading

LONG = 70  # characters; a longer line is text
_WHOLE = re.compile(r"^关于|(?:通知|公告|公示|决定|名单|名录|一览表?|结果|简介|概况)$")


def read(sheet: Sheet) -> list[Reading]:
    """Return the headings that speak of the whole page, the best first; those of its parts are left out."""
    view = sheet.view
    heads = [element for element in sheet.elements if element.tag == "h1"]
    text = [span for span in sheet.prose if span[1] - span[0] > LONG]
    body = text[0][0] if text else view.body[1]
    spans = {view.span(element) for element in heads} | {view.title}
    found = [title.on_page(view, body)]
    if found[0] is not None and (not found[0].spans or sheet.is_out(found[0].spans[0][0])):
        found = []
    spans |= {span for one in [*found, title.in_meta(view)] if one is not None for span in one.spans}
    candidates = list(headline.candidates(sheet))
    whole = [one for one in candidates if set(one.spans) & spans or one.origin is Origin.META]
    parts = [one for one in candidates if one not in whole and one.spans and len(one.raw) >= 8]
    known = {"".join(one.raw.split()) for one in whole}
    # A title tag that holds a heading and more (site, column: 公告公示) says nothing else of the page.
    tags = [one for one in whole if one.spans == (view.title,)]
    whole = [
        one
        for one in whole
        if one not in tags or not any(k in "".join(one.raw.split()) for k in known if k != "".join(one.raw.split()))
    ]
    if not heads and parts and not any("".join(parts[0].raw.split()) in one for one in known):
        first = min(parts, key=lambda one: one.spans[0])
        same = sum(view.span(e) in [one.spans[0] for one in parts] for e in sheet.elements if e.tag in ("h2", "h3"))
        if _WHOLE.search(first.raw) or same == 1:
            whole.insert(0, first)
    return list(dict.fromkeys(whole))
