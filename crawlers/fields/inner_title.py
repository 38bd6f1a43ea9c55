"""The document's own title inside a heading or a text: behind a column's name (政策速递 | …), above its number."""

import re

from crawlers.fields import headings
from crawlers.view import View
from schema.evidence import Origin, Reading, Span
from schema.types.document_number import DocumentNumber

_LEAD = re.compile(
    r"^(?:[【\[〔「][^】\]〕」]{1,12}[】\]〕」]\s{0,2}|(?P<column>[^\s|｜丨·:：!！，。《]{1,10})\s{0,3}(?:[|｜丨]|(?<=[递讯报布发磅鲜文达])[·:：!！]{1,3}|—{2})\s{0,3})+"
)
_TAIL = re.compile(
    r"\s{0,3}(?:[（(【\[]?(?:附?全文|转发|收藏|附下载|附原文|政策原文|原文|全文如下|最新)[)）】\]]?|[|｜丨]\s{0,2}[^|｜丨]{1,12}|[!！~～])+$"
)
_CALL = re.compile(r"^[^《》。]{0,20}(?:来了|来啦|出炉|发布|出台|官宣|公布|上线|重磅|速看|速递)[^《》。]{0,4}[!！~～]")
_AGENCY = re.compile(r"政府|关于|印发|办公[厅室]|[厅局委部]$")
_DOCUMENT = re.compile(
    r"(?:通知|意见|办法|规定|规划|方案|条例|决定|公告|通告|批复|复函|行动计划|纲要|细则|措施|规则|指引|指南|函|令|若干条|政策)[》”]?\s*(?:[（(【\[〔][^（）()]{0,40}[)）】\]〕])?$"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_NAMED = re.compile(r"title|biaoti|headline|subject|policy-?name|doc-?name", re.IGNORECASE)
_ABOVE = 3  # lines between a title and its number
_BELOW = 2


def is_document(text: str) -> bool:
    """Tell whether a text is the title of a document and nothing else."""
    return bool(_DOCUMENT.search(text.strip()))


def is_headline(text: str) -> bool:
    """Tell whether a title calls out, as an account's does before the document's own name: 某市新政来了！…规划."""
    return bool(_CALL.search(text))


def trimmed(heading: Reading) -> Reading:
    """Return a heading without column before and remark behind it, where what is left is a document's title."""
    raw = heading.raw
    start, end = 0, len(raw)
    lead = _LEAD.match(raw)
    if lead is not None and not _AGENCY.search(lead["column"] or "") and not raw[lead.end() :].startswith("解读"):
        start = lead.end()
    if tail := _TAIL.search(raw, start):
        end = tail.start()
    said = raw[start:end]
    if (start, end) == (0, len(raw)) or len(said) < 8 or not is_document(said):
        return heading
    return headings.part(heading, (start, end), re.sub(r"[\t\n]+", "", said).strip())


def in_headings(view: View) -> Reading | None:
    """Return the one heading that is a document's title and no link: of a page that is called 政策详情."""
    found: dict[str, Reading] = {}
    for element in view.elements:
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag not in _HEADINGS and not _NAMED.search(name):
            continue
        start, end = view.span(element)
        raw = view.text[start:end].strip()
        linked = (
            next(element.iter("a"), None) is not None or next(element.iterancestors("a", "aside"), None) is not None
        )
        if start >= view.body[0] and 10 <= len(raw) <= 120 and not linked and _is_title(raw):
            at = view.text.index(raw, start)
            said = re.sub(r"[\t\n]+", "", raw)
            found.setdefault(said, Reading(said, raw, Origin.TITLE, ((at, at + len(raw)),)))
    return next(iter(found.values())) if len(found) == 1 else None


def _is_title(said: str) -> bool:
    return is_document(said) and "。" not in said and bool(re.search("关于|印发|《|20[0-9]{2}", said))


def above_number(view: View, spans: tuple[Span, ...]) -> Reading | None:
    """Return the title that stands in a text right above the line of the document's number, or below it; or None."""
    lines = view.lines_of(list(spans))[:40]
    for number, (start, end) in enumerate(lines):
        said = view.text[start:end].strip()
        found = DocumentNumber.find(said) if len(said) <= 40 else []
        if len(found) != 1 or len(re.sub(r"[\s（()）]", "", said[: found[0][1]] + said[found[0][2] :])) > 2:
            continue
        # Documents of old have the number above their title, as a red head does.
        for low, high in [*reversed(lines[max(0, number - _ABOVE) : number]), *lines[number + 1 : number + 1 + _BELOW]]:
            raw = view.text[low:high].strip()
            if 10 <= len(raw) <= 120 and is_document(raw) and "。" not in raw:
                at = view.text.index(raw, low)
                return Reading(re.sub(r"[\t\n]+", "", raw), raw, Origin.BODY, ((at, at + len(raw)),))
        return None
    return None
