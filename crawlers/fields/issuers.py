"""Issuing agencies: as printed, one reading each."""

import re
from dataclasses import replace

from crawlers.view import View
from schema.evidence import Origin, Reading, Span

LONGEST = 40
MOST = 60  # agencies of one document
_SEPARATOR = re.compile(r"[、,，;；|\t\n]|\s{1,9}(?=[\u4e00-\u9fff])")
ORGAN = re.compile(
    r"(?:政府|办公厅|办公室|厅|局|委|委员会|部|院|署|总局|法院|检察院|市委|省委|县委|区委|管委会|领导小组|办|组|会|中心|银行|公司|大学"
    r"|学院|协会|学会|联合会|总工会|委办)$"
)
MEDIA = re.compile(
    r"(?:网|报|社|台|日报|晚报|网站|客户端|公众号|微信|杂志|通讯社|发布|政务网|电视台|在线|频道|周刊|时报|APP)$",
    re.IGNORECASE,
)


def split(view: View, span: Span, origin: Origin) -> list[Reading]:
    """Return the agencies of a field: parted at 、，；, spaces and line breaks, each kept as printed."""
    start, end = span
    pieces: list[Span] = []
    at = start
    for match in _SEPARATOR.finditer(view.text, start, end):
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, end))
    del pieces[MOST:]
    found: list[Reading] = []
    for low, high in pieces:
        printed = view.text[low:high]
        raw = printed.strip()
        first = low + len(printed) - len(printed.lstrip())
        if 2 <= len(raw) <= LONGEST and raw not in [reading.raw for reading in found]:
            found.append(Reading(raw, raw, origin, ((first, first + len(raw)),)))
    return found


def parts(reading: Reading) -> list[Reading]:
    """Return the agencies of a list row's field, parted like a field of the page, each with its own place."""
    if len(reading.spans) != 1 or reading.raw != reading.value:
        return [reading]
    start = reading.spans[0][0]
    found: list[Reading] = []
    at = 0
    for piece in _SEPARATOR.split(reading.raw):
        at = reading.raw.index(piece, at)
        if len(piece) >= 2:
            found.append(replace(reading, value=piece, raw=piece, spans=((start + at, start + at + len(piece)),)))
        at += len(piece)
    return found or [reading]


_BY = re.compile(r"^(.{2,60}?)(?:关于|印发|转发|批转|令|公告|通告|办公室文件)")


def in_title(title: Reading) -> list[Reading]:
    """Return the agencies that a title begins with (国务院办公厅关于…), or nothing."""
    match = _BY.match(title.raw)
    if match is None or len(title.spans) != 1:
        return []
    start = title.spans[0][0]
    named = replace(title, value=match[1], raw=match[1], spans=((start, start + match.end(1)),))
    found = parts(named)
    return found if found and all(is_organ(reading.raw) for reading in found) else []


def is_organ(name: str) -> bool:
    """Tell whether a name ends as an authority's does."""
    return bool(ORGAN.search(name)) and not is_media(name)


def is_media(name: str) -> bool:
    """Tell whether a source is a site or a paper, not an authority."""
    return bool(MEDIA.search(name))
