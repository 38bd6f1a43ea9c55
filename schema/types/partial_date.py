"""Dates as Chinese documents print them, kept with the precision that was printed."""

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Literal, Self
from zoneinfo import ZoneInfo

Precision = Literal["year", "month", "day"]

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLIEST, LATEST = 1800, 2099  # a "year" outside is a count, an identifier or a typing error

# One character for one character, so that offsets stay those of the printed text.
_FULL_WIDTH = str.maketrans("０１２３４５６７８９：－／．", "0123456789:-/.")
_DIGITS = {"〇": 0, "○": 0, "零": 0, "O": 0, "o": 0, "0": 0, "Ｏ": 0, "Ο": 0, "О": 0, "◯": 0}
_DIGITS |= {digit: number for number, digit in enumerate("一二三四五六七八九", start=1)}

_YEAR = r"(?:1[89]|20)\d\d"
_FIND = re.compile(
    rf"""
    (?<!\d)(?P<han_y>{_YEAR})\s{{0,2}}年
      (?:\s{{0,2}}(?P<han_m>\d{{1,2}})\s{{0,2}}月
        (?:\s{{0,2}}(?P<han_d>\d{{1,2}})(?:\s{{0,2}}[日号]|(?!\w)))?)?
    | (?<!\d)(?P<sep_y>{_YEAR})\s?(?P<sep>[-/.–—])\s?(?P<sep_m>\d{{1,2}})\s?(?P=sep)\s?(?P<sep_d>\d{{1,2}})(?!\d)
    | (?<!\d)(?P<two_y>{_YEAR})(?:[-/](?P<two_m>\d{{1,2}})|\.(?P<dot_m>\d\d))(?![\d年]|[-/.]\d)
    | (?<!\d)(?P<all_y>{_YEAR})(?P<all_m>\d\d)(?P<all_d>\d\d)(?!\d)
    | (?<=[〔\[［【〖])(?P<box_y>{_YEAR})(?=[〕\]］】〗])
    | (?P<num_y>[一二][〇○零OoＯΟО◯0一二三四五六七八九]{{3}})\s{{0,2}}年
      (?:\s{{0,2}}(?P<num_m>[元正一二三四五六七八九十]{{1,2}})\s{{0,2}}月
        (?:\s{{0,2}}(?P<num_d>[一二三四五六七八九十廿卅]{{1,3}})\s{{0,2}}[日号])?)?
    """,
    re.VERBOSE,
)
_OPENING = " \t\r\n\u3000〔[［【(（"
# What may follow a date in a field that holds nothing else: a closing bracket, a time, a weekday.
_REST = re.compile(r"[〕\]］】)）\s]{0,4}[T\s]{0,3}[\d:._,\s+\-Z时分秒点上下午星期周一二三四五六日天()（）]{0,40}")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day. Sorts by time; a coarser date comes before the finer ones it holds."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for what no calendar has."""
        if not EARLIEST <= self.year <= LATEST:
            raise ValueError(f"no year of a document: {self.year}")
        if self.month:
            datetime.date(self.year, self.month, self.day or 1)
        elif self.day:
            raise ValueError("a day needs its month")

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the date that `text` consists of (a time of day may follow), or None."""
        stripped = text.strip(_OPENING).translate(_FULL_WIDTH)
        if re.fullmatch(_YEAR, stripped.rstrip("〕]］】)）年 ")):
            return cls(int(stripped[:4]))
        if month := re.fullmatch(rf"({_YEAR})\.(\d)", stripped):
            return cls._checked(int(month[1]), int(month[2]), 0)
        match = _FIND.match(stripped)
        if match is None or not _REST.fullmatch(stripped, match.end()):
            return None
        return cls._read(match)

    @classmethod
    def find(cls, text: str) -> list[tuple[Self, int, int]]:
        """Return the dates in running text with their offsets, in the order of the text.

        An impossible date (2023-02-30) is left out as a whole, not read as the month it begins with.
        """
        dates = ((cls._read(match), match) for match in _FIND.finditer(text.translate(_FULL_WIDTH)))
        return [(date, *match.span()) for date, match in dates if date is not None]

    @classmethod
    def from_epoch(cls, value: float) -> Self | None:
        """Return the day in Asia/Shanghai of epoch seconds or (from 10^11 on) milliseconds, or None."""
        seconds = value / 1000 if abs(value) >= 1e11 else value
        try:
            moment = datetime.datetime.fromtimestamp(seconds, SHANGHAI)
        except (OverflowError, ValueError, OSError):
            return None
        return cls._checked(moment.year, moment.month, moment.day)

    @classmethod
    def _checked(cls, year: int, month: int, day: int) -> Self | None:
        try:
            return cls(year, month, day)
        except ValueError:
            return None

    @classmethod
    def _read(cls, match: re.Match[str]) -> Self | None:
        found = {name: text for name, text in match.groupdict().items() if text and name != "sep"}
        if "num_y" in found:
            year = int("".join(str(_DIGITS[digit]) for digit in found["num_y"]))
            parts = [_numeral(found[name]) if name in found else 0 for name in ("num_m", "num_d")]
            if any(name in found and not part for name, part in zip(("num_m", "num_d"), parts, strict=True)):
                return None
            return cls._checked(year, *parts)
        numbers = [int(text) for text in found.values()]
        if 0 in numbers[1:]:
            return None
        return cls._checked(*[*numbers, 0, 0][:3])

    @property
    def precision(self) -> Precision:
        """How much was printed."""
        return "day" if self.day else "month" if self.month else "year"

    def __str__(self) -> str:
        """Return ISO 8601 at the precision that is known: 2023-10-16, 2023-10 or 2023."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def first_day(self) -> datetime.date:
        """Return the first day that the date can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> datetime.date:
        """Return the last day that the date can mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def at(self, precision: Precision) -> "PartialDate":
        """Return the date no finer than `precision`."""
        if precision == "year":
            return PartialDate(self.year)
        return PartialDate(self.year, self.month) if precision == "month" else self


def _numeral(text: str) -> int:
    """Return 1-39 written as 六, 十五, 二十三, 廿三 or 元 (the first month); 0 if it is no such number."""
    if text in ("元", "正"):
        return 1
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or any(part and part not in _DIGITS for part in (tens, ones)):
        return 0
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS[ones] if ones else 0)
