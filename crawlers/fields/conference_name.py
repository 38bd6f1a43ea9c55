"""The name of a conference: under a label, in the heading, in a sentence."""

import re
from collections.abc import Mapping

from crawlers.fields import events, headline
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Origin, Reading, Span

_NO_NAME = re.compile(
    r"[在于]|举行|召开|开幕|迎来|喜迎|即将|^我[省市区县国院校系所会司]|^本[省市区县]|！|：|[^\w（）()]-|[\u4e00-\u9fff]\s?[-—_|｜]"
    r"|参加|参与(?!式)|参会|参展(?!商)|出席|亮相|受邀|应邀|承办|主办|协办|举办|组团|奔赴|登陆|师生|学子"
)


_TAG = re.compile(r"\s*(?:[【\[〔「『][^】\]〕」』]{2,10}[】\]〕」』]\s*)+")
_ACRONYM = re.compile(r"\s*[（(]\s?(?:简称[:：]?)?[A-Za-z][A-Za-z0-9 ’'\-]{1,24}\s?[)）]$")


def title(sheet: Sheet, stated: Statements, row: Mapping[str, Reading]) -> Reading | None:
    """Return the conference's name: under a label, in the heading, in a sentence; the fuller of the last two."""
    view = sheet.view
    for one in stated.of("title"):
        said = view.text[slice(*one.first)]
        # A column of one row says as much as a label.
        if events.is_name(said) and not (one.column and len(one.lines) > 1):
            return Reading(said, said, Origin.TABLE, (one.first,))
    heads: list[Reading] = []
    for heading in [*headline.candidates(sheet), *([row["title"]] if "title" in row else [])]:
        heads += _in_heading(heading)
    told = _told(sheet)
    for head in heads:
        if events.edition(head.value) is None or events.year(head.value) is None:
            # 世界人工智能大会开幕: the text has 2023世界人工智能大会.
            fuller = [one for one in told if len(one.value) > len(head.value) and _is_fuller(one.value, head.value)]
            if fuller:
                return max(fuller, key=lambda one: sum(other.value == one.value for other in told))
        return head
    held = [one for one in told if _near_held(view.text, one.spans[0])]
    return next(iter(held or told), None)


def _is_fuller(longer: str, shorter: str) -> bool:
    """Tell whether a name is another one with its edition or year."""
    return events.series(longer) == events.series(shorter) and shorter in longer and not _ACRONYM.search(longer)


def _near_held(text: str, span: Span) -> bool:
    return bool(
        events.HELD.search(text[span[1] : span[1] + 60]) or events.HELD.search(text[max(0, span[0] - 30) : span[0]])
    )


def _in_heading(heading: Reading) -> list[Reading]:
    text = heading.raw
    whole = events.unwrapped(text)
    tag = _TAG.match(text)
    lead = tag.end() if tag else 0  # 【会议通知】第三届…论坛
    if whole is None and events.is_name(text[lead:].strip()) and not _NO_NAME.search(text[lead:]):
        whole = (lead, len(text))
    spans = [whole] if whole else events.find(text)
    found = []
    for start, end in spans:
        raw = text[start:end]
        if not heading.spans or len(heading.spans) != 1 or heading.document:
            place: tuple[Span, ...] = heading.spans
        else:
            place = ((heading.spans[0][0] + start, heading.spans[0][0] + end),)
        found.append(Reading(re.sub(r"[\n\t]+", "", raw).strip(), raw, heading.origin, place, heading.document))
    return found


def _told(sheet: Sheet) -> list[Reading]:
    text = sheet.view.text
    found = []
    for span in sheet.prose[:60]:
        for start, end in events.find(text[slice(*span)]):
            raw = text[span[0] + start : span[0] + end]
            if events.edition(raw) or events.year(raw):
                found.append(Reading(raw, raw, Origin.BODY, ((span[0] + start, span[0] + end),)))
    return found
