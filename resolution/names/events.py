"""Conferences in a name: the edition, the year, and the series that both belong to."""

import re
from dataclasses import dataclass

from schema.types.chinese_number import parse_number

_NUMBER = "[0-9零〇一二三四五六七八九十百]+"
_EDITION = re.compile(
    rf"第\s*({_NUMBER})\s*(?:届|次|期|回)|(?<![0-9第])({_NUMBER})\s*届|\b([0-9]+)(?:st|nd|rd|th)\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s*(?:年度?)?(?![0-9])|([一二][九〇零][〇零一二三四五六七八九]{2})年")
_YEARLY_FIRST = 1  # 首届 and 第一届


@dataclass(frozen=True, slots=True)
class Event:
    """What an event's name says: the number of its edition, its year, the places of both, and the series' name."""

    series: str
    edition: int | None = None
    year: int | None = None
    edition_span: tuple[int, int] | None = None
    year_span: tuple[int, int] | None = None


def read(name: str) -> Event:
    """Return edition, year and series of a conference's plain name; "" as series for a name of nothing else."""
    edition, edition_span = _edition(name)
    year, year_span = _year(name)
    rest = name
    for span in sorted((s for s in (edition_span, year_span) if s), reverse=True):
        rest = rest[: span[0]] + rest[span[1] :]
    return Event(re.sub(r"^[\s·,、\-—()]+|[\s·,、\-—(]+$|\(\)", "", rest), edition, year, edition_span, year_span)


def in_digits(name: str) -> str:
    """Return a name whose edition is written in digits: 第二十三届 is 第23届, and 首届 is 第1届."""
    number, span = _edition(name)
    if number is None or span is None:
        return name
    said = name[span[0] : span[1]]
    if said == "首届":
        return f"{name[: span[0]]}第{_YEARLY_FIRST}届{name[span[1] :]}"
    return name[: span[0]] + re.sub(_NUMBER, str(number), said, count=1) + name[span[1] :]


def year_of(edition: int, known: tuple[int, int], *, every: int = 1) -> int:
    """Return the year of an edition of a series of which one edition (number, year) is known.

    第四届 of a series whose first was held in 2018 and which is yearly is 2021.
    """
    return known[1] + (edition - known[0]) * every


def _edition(name: str) -> tuple[int | None, tuple[int, int] | None]:
    if (at := name.find("首届")) >= 0:
        return _YEARLY_FIRST, (at, at + 2)
    match = _EDITION.search(name)
    number = parse_number(next(filter(None, match.groups()))) if match else None
    if match is None or number is None:
        return None, None
    return int(number), match.span()


def _year(name: str) -> tuple[int | None, tuple[int, int] | None]:
    match = _YEAR.search(name)
    if match is None:
        return None, None
    number = parse_number(match[1] or match[2])
    return (int(number), match.span()) if number is not None else (None, None)
