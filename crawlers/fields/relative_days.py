"""Days that news print relative to the day on which it was published: 今天上午, 昨日, 本月8日, 8日上午, 去年11月."""

import datetime
import re

from schema.types.chinese_number import parse_number
from schema.types.partial_date import PartialDate

_BACK = {"今": 0, "昨": 1, "前": 2}
_DAY = re.compile(r"(?<![当目以从之先])(?P<word>今|昨|前)(?:天|日(?!头)|晚(?!报)|晨|早)")
_OF_MONTH = re.compile(
    r"(?<![\d月./-])(?P<month>本月|当月|上个?月)?\s?(?P<d>\d{1,2})\s?[日号]"
    r"(?![\d—–~至-])(?=上午|下午|晚|，|在|，|由|举|召|正|宣|[\u4e00-\u9fff])"
)
_OF_YEAR = re.compile(
    r"(?P<word>今|去|前)年(?:的)?(?P<m>\d{1,2})\s?月份?(?:(?P<d>\d{1,2})\s?[日号])?|"
    r"(?P<only>今|去|前)年(?=年?[初底末内])"
)
_AGO = re.compile(r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?年(?:前|以前)的?今天")
_AGO_BEFORE = re.compile(r"年(?:前|以前)的?今天$")
_NEWS = re.compile(
    r"[，,]?\s?(?:上午|下午)?[，,]?(?:本报|本网|小编)?(?:记者|笔者"
    r"|从|消息|获悉|据|讯|电)"
)  # the day of the news, not of what it tells
_YEARS = {"今": 0, "去": 1, "前": 2}


def find(text: str, published: PartialDate | None) -> list[tuple[str, int, int]]:
    """Return the days of a text that are counted from `published`, as partial ISO dates with their places, in order.

    Nothing without a day of publication. A day of a month alone (8日) is the last one before it.
    """
    if published is None or not published.day:
        return []
    day = datetime.date(published.year, published.month, published.day)
    found = [(str(day - datetime.timedelta(days=_BACK[match["word"]])), *match.span()) for match in _DAY.finditer(text)]
    found = [one for one in found if not _AGO_BEFORE.search(text[: one[2]])]
    found += [
        (value, *match.span())
        for match in _OF_MONTH.finditer(text)
        if (value := _of_month(day, int(match["d"]), match["month"] or "")) is not None
    ]
    for match in _AGO.finditer(text):
        number = parse_number(match["n"])
        if number and number < day.year:
            found.append((f"{day.year - int(number)}-{day.month:02d}-{day.day:02d}", *match.span()))
    for match in _OF_YEAR.finditer(text):
        year = day.year - _YEARS[match["word"] or match["only"]]
        parts = [f"{int(part):02d}" for part in (match["m"], match["d"]) if part]
        found.append(("-".join([str(year), *parts]), *match.span()))
    return sorted((one for one in found if not _NEWS.match(text, one[2])), key=lambda one: one[1])


def _of_month(published: datetime.date, number: int, month: str) -> str | None:
    back = month.startswith("上") or (not month and number > published.day)
    first = published.replace(day=1)
    first = (first - datetime.timedelta(days=1)).replace(day=1) if back else first
    try:
        return str(first.replace(day=number))
    except ValueError:
        return None
