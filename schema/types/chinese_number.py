"""Numbers as Chinese text writes them: 1.2亿, 3,000万, 两千五百万, 十, 二〇二三."""

import re
from decimal import Decimal
from itertools import pairwise

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE_UNITS = {"万": 10**4, "亿": 10**8}

# What may be a number at all; `parse_number` decides.
PATTERN = r"(?:(?:\d+(?:,\d{3})*(?:\.\d+)?[十百千万亿]*)+|[零〇○一二三四五六七八九两十百千万亿]+)"

_ARABIC = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)([十百千万亿]*)")
_ARABIC_CHAIN = re.compile(rf"(?:{_ARABIC.pattern})(?:(?<=[十百千万亿]){_ARABIC.pattern})*")


def parse_number(text: str) -> Decimal | None:
    """Return the number that the whole text is (half-width digits), or None.

    A row of digits is read digit by digit (二〇二三 is 2023); units multiply (1.2万亿) and add up (1亿2千万).
    """
    if _ARABIC_CHAIN.fullmatch(text):
        parts = [(Decimal(digits.replace(",", "")), unit_value(unit)) for digits, unit in _ARABIC.findall(text)]
        units = [unit for _, unit in parts]
        descending = all(upper > lower for upper, lower in pairwise(units))
        return sum((value * unit for value, unit in parts), Decimal(0)) if descending else None
    if text and all(char in DIGITS for char in text):
        return Decimal("".join(str(DIGITS[char]) for char in text))
    return _positional(text)


def unit_value(units: str) -> int:
    """Return the product of unit characters: 千万 is 10,000,000, the empty string 1."""
    product = 1
    for unit in units:
        product *= SMALL_UNITS.get(unit) or LARGE_UNITS[unit]
    return product


def _positional(text: str) -> Decimal | None:
    """Return the value of 一千二百万, 十二亿, 三万五 (35,000); None where the order of units is broken."""
    total, section, digit = 0, 0, None
    lowest = 10**13  # the last unit seen, to refuse 百千 and to read 三万五
    for char in text:
        if char in DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = DIGITS[char]
        elif char in SMALL_UNITS:
            section += (1 if digit is None else digit) * SMALL_UNITS[char]
            digit, lowest = None, SMALL_UNITS[char]
        elif char in LARGE_UNITS:
            unit = LARGE_UNITS[char]
            section += digit or 0
            if section == 0 and total == 0:
                section = 1
            if unit == LARGE_UNITS["亿"] or not total:
                total = (total + section) * unit
            else:
                total += section * unit
            section, digit, lowest = 0, None, unit
        else:
            return None
    if digit:
        follows_unit = len(text) > 1 and text[-2] in (SMALL_UNITS | LARGE_UNITS)
        section += digit * (lowest // 10 if follows_unit and lowest > 10 else 1)
    return Decimal(total + section) if text else None
