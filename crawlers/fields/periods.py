"""Periods of days as events print them: 2023年7月6日—8日, 7月6日至8日, 2023.07.06-07.08, July 6-8, 2023."""

import re
from dataclasses import dataclass

from schema.types.chinese_number import parse_number
from schema.types.partial_date import PartialDate

_WIDTH = str.maketrans("０１２３４５６７８９：－／．～", "0123456789:-/.~")
_N = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})"
_Y = r"(?:20\d\d|19\d\d|二[〇○零Oo0][〇○零一二三四五六七八九]{2})"
_WEEK = (
    r"(?:\s{0,2}[（(]?(?:周|星期|礼拜)[一二三四五六日天][)）]?)?(?:\s{0,2}(?:上午|下午|晚上?|全天|早上|中午))?"
    r"(?:\s{0,2}\d{1,2}[:：]\d\d)?"
)
_TO = r"\s{0,3}(?:--|——|[起始]至|开始?，?至|[起始]到|[-—–－−~～至到、])\s{0,3}"
_TIMES = r"(?:\s{0,2}[-—–~～至]\s{0,2}\d{1,2}[:：]\d\d)?"
_HAN = re.compile(
    rf"""(?<![\d.])(?:(?P<y>{_Y})\s{{0,2}}年\s{{0,3}})?(?P<m>{_N})\s{{0,2}}月\s{{0,2}}
    (?:(?P<d>{_N})\s{{0,2}}(?P<mark>[日号])?{_WEEK}{_TIMES}
      (?:{_TO}(?:(?P<y2>{_Y})\s{{0,2}}年\s{{0,2}})?(?:(?P<m2>{_N})\s{{0,2}}月\s{{0,2}})?(?P<d2>{_N})\s{{0,2}}(?P<mark2>[日号])(?!\s{{0,2}}电))?
    |(?P<month>(?:[上中下]旬|底|初|中)?)(?:{_TO}(?:(?P<ym2>{_Y})年)?(?P<mm2>{_N})\s{{0,2}}月(?!{_N}))?)""",
    re.VERBOSE,
)
_DOTS = re.compile(
    rf"""(?<![\d.])(?P<y>20\d\d)\s?(?P<s>[./-])\s?(?P<m>\d{{1,2}})\s?(?P=s)\s?(?P<d>\d{{1,2}})(?!\d){_WEEK}{_TIMES}
    (?:\s{{0,2}}(?:--|——|[-—–−~～至到])\s{{0,2}}(?:(?:(?P<y2>20\d\d)\s?[./-]\s?)?(?P<m2>\d{{1,2}})\s?[./-]\s?)?(?P<d2>\d{{1,2}})(?![\d:：年月])[日号]?)?""",
    re.VERBOSE,
)
_SHORT = re.compile(
    r"^\s{0,3}(?P<m>\d{1,2})[./](?P<d>\d{1,2})\s{0,2}(?:--|——|[-—–~～至到])\s{0,2}(?:(?P<m2>\d{1,2})[./])?(?P<d2>\d{1,2})(?![\d:])"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_ST = r"(?:st|nd|rd|th)?"
_EN_TO = r"\s{0,2}(?:-|–|—|~|to|and|&)\s{0,2}"
_ENGLISH = (
    re.compile(
        rf"\b(?P<m>{_MONTH})\s{{1,3}}(?P<d>\d{{1,2}}){_ST}(?:,?\s{{1,2}}(?P<y>20\d\d))?"
        rf"(?:{_EN_TO}(?:(?P<m2>{_MONTH})\s{{1,3}})?(?P<d2>\d{{1,2}})(?!\d){_ST}(?:,?\s{{1,3}}(?P<y2>20\d\d))?)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<d>\d{{1,2}}){_ST}(?:\s{{1,2}}(?P<m>{_MONTH}))?(?:,?\s{{1,2}}(?P<y>20\d\d))?"
        rf"(?:{_EN_TO}(?P<d2>\d{{1,2}}){_ST})?\s{{0,3}}(?P<m2>{_MONTH}),?\s{{1,3}}(?P<y2>20\d\d)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<d>\d{{1,2}}){_ST}\s{{1,3}}(?P<m>{_MONTH}),?\s{{1,3}}(?P<y>20\d\d)", re.IGNORECASE),
)
_DAYS = re.compile(r"(?:为期|会期|历时|展期)\s{0,2}([\d一二两三四五六七八九十]{1,2})\s{0,2}天")
_YEAR_BEFORE = re.compile(rf"({_Y})\s{{0,2}}年?\s{{0,3}}[,，]?\s{{0,3}}$")


@dataclass(frozen=True, slots=True)
class Period:
    """The first and, where printed, the last day, with the place of both; `stated` tells that the year was there."""

    first: PartialDate
    last: PartialDate | None
    start: int
    end: int
    stated: bool


def find(text: str, year: int | None = None, *, label: bool = False) -> list[Period]:
    """Return the periods and single days of a text in order. `year` is that of days printed without one.

    With `label`, the text is a field that holds a date, and 07.06-07.08 counts too. A month alone counts
    only with its year. Impossible days are left out.
    """
    plain = text.translate(_WIDTH)
    found = [p for pattern in (_HAN, _DOTS) for m in pattern.finditer(plain) if (p := _period(m, plain, year))]
    if not found and label and (match := _SHORT.match(plain)) and (period := _period(match, plain, year)):
        found.append(period)
    if not found:
        for pattern in _ENGLISH:
            found = [p for m in pattern.finditer(plain) if (p := _period(m, plain, year))]
            if found:
                break
    return sorted(found, key=lambda period: period.start)


def days(text: str) -> tuple[int, int, int] | None:
    """Return how many days an event lasts (为期三天) with the place of the words, or None."""
    match = _DAYS.search(text)
    number = parse_number(match[1]) if match else None
    return (int(number), *match.span()) if match and number and 1 <= number <= 30 else None


def _period(match: re.Match[str], text: str, year: int | None) -> Period | None:
    found = {name: part for name, part in match.groupdict().items() if part}
    stated, start = "y" in found or "y2" in found, match.start()
    if "y" in found:
        first_year: int | None = _number(found["y"])
    elif "y2" in found:
        first_year = _number(found["y2"])
    elif before := _YEAR_BEFORE.search(text[max(0, start - 12) : start]):
        first_year, stated = _number(before[1]), True
        start -= len(before.group())
    else:
        first_year = year
    month = found.get("m") or found.get("m2")
    if first_year is None or month is None:
        return None
    if "d" not in found:
        if not stated:
            return None
        first = _date(first_year, _number(month), 0)
        last = _date(first_year, _number(found["mm2"]), 0) if "mm2" in found else None
        return Period(first, last, start, match.end(), stated) if first else None
    if "mark" in match.re.groupindex and "mark" not in found and "d2" not in found and not stated:
        return None  # 7月6: too little
    first = _date(first_year, _number(month), _number(found["d"]))
    if first is None:
        return None
    last = None
    if "d2" in found:
        last_year = _number(found["y2"]) if "y2" in found else first_year
        last_month = _number(found.get("m2", month))
        last = _date(last_year, last_month, _number(found["d2"]))
        if last is not None and last < first and "y2" not in found and last_month < first.month:
            last = _date(last_year + 1, last_month, last.day)  # 12月30日至1月2日
        if last is None or last < first:
            last = None
    end = match.end()
    return Period(first, last, start, end - (len(match.group()) - len(match.group().rstrip(" 、"))), stated)


def _number(text: str) -> int:
    if text[:3].lower() in _MONTHS:
        return _MONTHS.index(text[:3].lower()) + 1
    if text.isascii() and text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("O", "〇").replace("o", "〇").replace("0", "〇")
    number = parse_number(text)
    return int(number) if number is not None else 0


def _date(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None
