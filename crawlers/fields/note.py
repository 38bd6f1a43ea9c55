"""The note under a regulation's title (题注) and the clauses on coming into force and lapsing."""

import re

from crawlers.view import View
from schema.evidence import Origin, Reading, Span
from schema.types.document_number import DocumentNumber
from schema.types.partial_date import PartialDate

HEAD_LINES = 6
LONGEST = 500
TAIL = 3000  # characters at the end of a text in which the closing clause stands

_NOTE = re.compile(r"^\s{0,9}[（(](?P<note>[^\n]{8,500})[)）]\s{0,9}$")
_ADOPTED = re.compile(r"^.{0,40}?(?:通过|审议|制定|印发)")
_ISSUED = re.compile(r"^[^，。；\d]{0,60}?(?:第\d{1,4}号)?[^，。；\d]{0,20}?(?:公布|发布|颁布)")
_SIGNED = re.compile(
    r"[\s\u3000，,]{1,3}[\u4e00-\u9fff、\s\u3000]{3,80}?[\s\u3000，,]{1,3}[\u4e00-\u9fff]{2,10}[〔\[（(]\d{4}[〕\])）]第?\d{1,4}号"
)
_IN_FORCE = re.compile(
    r"(?:[自从](?P<date>[^，。；自从]{4,24}?)(?:零时)?(?:起|开始)"
    r"|于(?P<on>[^，。；于]{6,16}?)(?:起|正式))[，]?(?:正式|全面"
    r"|开始)?(?:施行|实施|执行|生效|试行|启用)"
)
_UNTIL = re.compile(
    r"(?:(?:有效期?|规划期|执行期|实施期|试行期|适用期|期限)(?:限)?(?:至|到|截止到?|截至|截止(?:日期|时间)?为)"
    r"|(?:有效期|施行期|执行期|规划期|试行期)[^，。；]{0,30}?至"
    r"|失效日期为|(?:施行|实施|执行|试行)(?:期)?至|届满日(?:期)?为)"
    r"(?P<date>[^，。；]{4,20})"
)
_ISSUE = re.compile(r"[自从](?:本\w{2,6})?(?:印发|下发|发文|签发|成文)之?日起(?:正式)?(?:施行|实施|执行|生效|试行)")
_PUBLICATION = re.compile(r"自(?:公布|发布|印发)之日起(?:施行|实施|执行|生效)")


def in_note(view: View, head: list[Span]) -> dict[str, Reading]:
    """Return what a note among the first lines of a text says: dates and the number.

    （2018年1月2日XX会议通过 2018年2月1日国务院令第700号公布 自2018年5月1日起施行）
    """
    found: dict[str, Reading] = {}
    for start, end in head[:HEAD_LINES]:
        match = _NOTE.match(view.text[start:end]) if end - start <= LONGEST else None
        if match is None:
            continue
        note, base = match["note"], start + match.start("note")
        dates = PartialDate.find(note)
        for index, (date, low, high) in enumerate(dates):
            until = dates[index + 1][1] if index + 1 < len(dates) else len(note)
            after = note[high:until]
            span = base + low, base + high
            value = Reading(str(date), note[low:high], Origin.NOTE, (span,))
            if note[max(0, low - 1) : low] == "自" and re.match(r"起", after):
                found.setdefault("effective_date", value)
            elif _ADOPTED.match(after):
                found.setdefault("written_date", value)
            elif not index and _SIGNED.match(note, high):
                found.setdefault("written_date", value)  # （2019年10月11日　某省人民政府　某政规〔2019〕8号发布）
            elif _ISSUED.match(after):
                found.setdefault("published_date", value)
        numbers = DocumentNumber.find(note)
        if numbers and (len(numbers) == 1 or "公布" in note):
            number, low, high = numbers[0]
            found["doc_number"] = Reading(str(number), note[low:high], Origin.NOTE, ((base + low, base + high),))
        if found:
            break
    return found


def in_clauses(view: View, body: Span, published: Reading | None, written: Reading | None = None) -> dict[str, Reading]:
    """Return the dates of 自…起施行 and 有效期至… in the last part of a text.

    自公布之日起施行 names no date: it is read as the date of publication only if that is known to be one. 自印发之日起
    means the day that the document bears.
    """
    found: dict[str, Reading] = {}
    start, end = max(body[0], body[1] - TAIL), body[1]
    for name, pattern in (("effective_date", _IN_FORCE), ("expiry_date", _UNTIL)):
        for match in pattern.finditer(view.text, start, end):
            group = "date" if match["date"] else "on"
            dates = PartialDate.find(match[group])
            if dates and dates[0][0].precision != "year":
                date, low, high = dates[0]
                low, high = low + match.start(group), high + match.start(group)
                found[name] = Reading(str(date), view.text[low:high], Origin.BODY, ((low, high),))
    issue = _ISSUE.search(view.text, start, end)
    if "effective_date" not in found and issue and written is not None and len(str(written.value)) == len("2023-01-01"):
        found["effective_date"] = Reading(written.value, issue.group(), Origin.BODY, (issue.span(),))
    if "effective_date" not in found and published is not None and published.origin is Origin.NOTE:
        clause = _PUBLICATION.search(view.text, start, end)
        if clause:
            found["effective_date"] = Reading(published.value, clause.group(), Origin.BODY, (clause.span(),))
    return found
