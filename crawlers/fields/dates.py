"""Dates of a page: in a field, in its address, and the day on which an article appeared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.fields.body import Line
from crawlers.fields.labels import labels
from crawlers.view import View
from schema.evidence import Origin, Reading, Span
from schema.types.partial_date import PartialDate

_URL = re.compile(
    r"""(?<!\d)(?P<y>(?:19|20)\d\d)(?:
      [/_-](?P<m1>\d{1,2})[/_-](?P<d1>\d{1,2})(?!\d)   # /2023/10/23/  /2019-02/13/
      | (?P<m2>\d\d)/t?(?P<d2>\d\d)(?!\d)              # /202310/23/
      | (?P<m3>\d\d)(?P<d3>\d\d)(?=[_./]|\d{1,12}[_./]|$)  # t20231023_1.html  /20231023/  /20231023093000.shtml
    )""",
    re.VERBOSE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH = re.compile(
    rf"\b(?P<m>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?\s{{1,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y>(?:19|20)\d\d)\b"
    rf"|\b(?P<d2>\d{{1,2}})\s{{1,3}}(?P<m2>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?,?\s{{1,3}}(?P<y2>(?:19|20)\d\d)\b"
    r"|(?<![\d/])(?P<m3>\d{1,2})/(?P<d3>\d{1,2})/(?P<y3>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"(?<![\d.-])(?P<y>\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?=\s+\d\d?:\d\d)")
_LABELLED = re.compile(
    r"(?:发布|发表|发布时间|发表时间|时间|日期|发表于|发布于|张贴|上传|更新|posted|published|date|on|at|@)[^\w]{0,6}(?:日期|时间|于)?[:：]?\s{0,4}$",
    re.IGNORECASE,
)
_TIME = re.compile(r"^[日]?[\sT　,]{0,4}(?:[上下]午|星期.)?\s?\d{1,2}[:：时]\d{1,2}")
# What stands beside the date in a source line: 2003-7-24 钱江晚报
_MEDIUM = re.compile(r"[\s|/·—-]{0,4}[《\w]{1,14}(?:日报|晚报|早报|时报|晨报|周刊|周报|[网社刊报])》?[\s|/·—-]{0,4}")
_TODAY = re.compile(
    r"(?:今天是|今天|今日|现在是|当前|截止|截至|欢迎|农历|注册|登录|copyright|©|since|版权)", re.IGNORECASE
)


def reading(view: View, span: Span, origin: Origin) -> Reading | None:
    """Return the date that a field begins with, its raw string without the time of day."""
    text = view.text[slice(*span)]
    for date, start, end in PartialDate.find(text[:60]):
        if start <= 4:
            return Reading(str(date), text[start:end], origin, ((span[0] + start, span[0] + end),))
        break
    whole = PartialDate.parse(text)
    return Reading(str(whole), text, origin, (span,)) if whole else None


def in_url(url: str) -> Reading | None:
    """Return the date in an address; the span indexes the address."""
    for match in _URL.finditer(url[:500]):
        parts = [int(part) for part in match.groups() if part]
        date = PartialDate.parse("-".join(map(str, parts)))
        if date is not None:
            return Reading(str(date), match.group(), Origin.URL, (match.span(),))
    return None


def in_meta(view: View, property_name: str) -> list[Reading]:
    """Return the dates of the meta tags that stand for a property, in the label file's order."""
    names = labels().meta.get(property_name, [])
    tags = sorted((names.index(name), span) for name, _, span in view.meta if name in names)
    found = [reading(view, span, Origin.META) for _, span in tags]
    return [date for date in found if date is not None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date of the page with what speaks for it being the day of publication."""

    date: PartialDate
    span: Span
    score: float


def publication(view: View, page: list[Line], run: tuple[int, int]) -> Reading | None:
    """Return the day on which an article appeared, or None.

    The dates of the page are weighed: a label (发布时间, posted) before it, a time of day after it, nearness
    to the text's beginning or end, the shortness of its line. `page` are the page's lines, `run` the indices of
    the article's first line and of the line after its last.
    """
    weighed = [*_weigh(view, page, run)]
    metas = in_meta(view, "published_date")
    best = max(weighed, key=lambda candidate: candidate.score, default=None)
    if metas and (best is None or best.score < 60 or best.date.precision != "day"):
        return metas[0]
    if best is None or best.score < 0:
        return metas[0] if metas else in_url(_address(view)) or None
    origin = Origin.BODY
    return Reading(str(best.date), view.text[slice(*best.span)], origin, (best.span,))


def _address(view: View) -> str:
    return view.url or next((content for name, content, _ in view.meta if name in ("url", "og:url")), "")


def _weigh(view: View, page: list[Line], run: tuple[int, int]) -> Iterator[Candidate]:
    first, last = run
    for index, line in enumerate(page):
        inside = first <= index < last
        distance = 0 if inside else first - index if index < first else index - last + 1
        if distance > 60:
            continue
        text = view.text[line.start : line.end]
        for date, start, end in _all(text[:400] if not inside else text):
            before, after = text[max(0, start - 24) : start], text[end : end + 12]
            score = 0.0
            if labelled := bool(_LABELLED.search(before)):
                score += 30
            if timed := bool(_TIME.match(after)):
                score += 30
            if index - first in range(6) and _MEDIUM.fullmatch(text[:start] + text[end:]):
                score += 40
            if _TODAY.search(before[-10:]):
                score -= 35
            score += {"day": 15, "month": 0, "year": -40}[date.precision]
            if inside:
                score += _inside(line, index, run, start, labelled or timed)
            elif index < first:
                score += max(30 - 4 * distance, -40)
            else:
                score += 22 - 10 * distance if labelled or timed else 8 - 14 * distance
            if line.linked * 2 > line.size:
                score -= 25
            yield Candidate(date, (line.start + start, line.start + end), score)


def _inside(line: Line, index: int, run: tuple[int, int], start: int, told: bool) -> float:
    first, last = run
    if line.size <= 60 and index - first < 6:
        return 24 - 3 * (index - first) + (6 if start < 4 else 0)
    if line.size <= 40 and last - index <= 4:
        return 8 + (6 if start < 4 else 0)
    if index - first < 2 and start < 30 and line.size > 60:
        return -5 if told else -18
    return -30 if told else -60


def _all(text: str) -> list[tuple[PartialDate, int, int]]:
    """Return the dates of a line: Chinese and ISO, and where there is none, English and American ones."""
    found = PartialDate.find(text)
    if found or len(text) > 2000:
        return found
    for match in _ENGLISH.finditer(text):
        groups = {name[0]: part for name, part in match.groupdict().items() if part}
        month = groups["m"]
        number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
        day = int(groups["d"])
        if number > 12:
            number, day = day, number
        if date := PartialDate.parse(f"{groups['y']}-{number}-{day}"):
            found.append((date, match.start(), match.end()))
    if not found:
        for match in _SHORT_YEAR.finditer(text):
            if date := PartialDate.parse(f"20{match.group()}"):
                found.append((date, match.start(), match.end()))
    return found
