"""How the shapes print dates, periods and numbers."""

from collections.abc import Callable
from typing import Any

_DIGITS = "零一二三四五六七八九"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _parts(day: str) -> list[int]:
    return [int(part) for part in str(day).split("-")]


def cn(day: str) -> str:
    """Return 2023-10-06 as 2023年10月6日, 2023-10 as 2023年10月, 2023 as 2023年."""
    return "".join(f"{part}{unit}" for part, unit in zip(_parts(day), "年月日", strict=False))


def md(day: str) -> str:
    """Return 2023-10-06 as 10月6日."""
    _, month, number = _parts(day)
    return f"{month}月{number}日"


def dots(day: str) -> str:
    """Return 2023-10-06 as 2023.10.06."""
    return str(day).replace("-", ".")


def period(fact: dict[str, Any], dash: str = "—") -> str:
    """Return the days of an event: 2023年7月6日—8日, 2023年6月30日—7月2日, or one day."""
    first, last = _parts(fact["start_date"]), _parts(fact["end_date"])
    if first == last:
        return cn(fact["start_date"])
    if first[:2] == last[:2]:
        return f"{first[0]}年{first[1]}月{first[2]}日{dash}{last[2]}日"
    return f"{first[0]}年{first[1]}月{first[2]}日{dash}{last[1]}月{last[2]}日"


def period_md(fact: dict[str, Any], dash: str = "至") -> str:
    """Return the days of an event without the year: 7月6日至8日."""
    return period(fact, dash).partition("年")[2]


def period_dots(fact: dict[str, Any]) -> str:
    """Return the days of an event as 2023.07.06-07.08."""
    if fact["start_date"] == fact["end_date"]:
        return dots(fact["start_date"])
    return f"{dots(fact['start_date'])}-{dots(fact['end_date'])[5:]}"


def period_en(fact: dict[str, Any]) -> str:
    """Return the days of an event in English: July 6-8, 2023."""
    first, last = _parts(fact["start_date"]), _parts(fact["end_date"])
    if first == last:
        return f"{_MONTHS[first[1] - 1]} {first[2]}, {first[0]}"
    if first[1] == last[1]:
        return f"{_MONTHS[first[1] - 1]} {first[2]}-{last[2]}, {first[0]}"
    return f"{_MONTHS[first[1] - 1]} {first[2]} - {_MONTHS[last[1] - 1]} {last[2]}, {first[0]}"


def han(number: int) -> str:
    """Return 1-99 in Chinese digits."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def lasting(fact: dict[str, Any]) -> str:
    """Return how many days an event lasts, in Chinese digits."""
    return han(_parts(fact["end_date"])[2] - _parts(fact["start_date"])[2] + 1)


def short_city(name: str) -> str:
    """Return a city without 市."""
    return name.removesuffix("市")


FILTERS: dict[str, Callable[..., str]] = {
    "cn": cn,
    "md": md,
    "dots": dots,
    "period": period,
    "period_md": period_md,
    "period_dots": period_dots,
    "period_en": period_en,
    "han": han,
    "lasting": lasting,
    "short_city": short_city,
}
