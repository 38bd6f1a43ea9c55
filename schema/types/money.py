"""A sum of money as a text states it: exact, or the range that a vague word (近, 超, 数, 余) stands for."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from schema.types.chinese_number import PATTERN, parse_number, unit_value

DEFAULT_CURRENCY = "CNY"

# Longest first where one is the end of another (美元 ends in 元).
CURRENCIES = {
    "人民币": "CNY", "元人民币": "CNY", "RMB": "CNY", "CNY": "CNY", "¥": "CNY", "元": "CNY",
    "美元": "USD", "美金": "USD", "USD": "USD", "US$": "USD", "$": "USD",
    "港元": "HKD", "港币": "HKD", "HKD": "HKD", "HK$": "HKD",
    "欧元": "EUR", "EUR": "EUR", "€": "EUR",
    "日元": "JPY", "日圆": "JPY", "JPY": "JPY",
    "英镑": "GBP", "GBP": "GBP", "£": "GBP",
    "韩元": "KRW", "新加坡元": "SGD", "新元": "SGD", "新台币": "TWD", "澳元": "AUD", "加元": "CAD",
    "瑞士法郎": "CHF", "卢布": "RUB", "卢比": "INR", "澳门元": "MOP",
}  # fmt: skip

_CURRENCY = "|".join(re.escape(name) for name in sorted(CURRENCIES, key=len, reverse=True))
_ABOVE_BEFORE = "超过|超|逾|突破|高于|不低于|不少于|至少|过|(?<!以)上"
_BELOW_BEFORE = "将近|接近|近"
_AT_MOST = "不超过|不高于|最高|最多|至多"
_ABOUT = "大约|约|合计|总计|共计|共|达到|达"

_AMOUNT = re.compile(
    rf"""(?P<before>(?:{_ABOUT})?(?:{_AT_MOST}|{_BELOW_BEFORE}|{_ABOVE_BEFORE})?(?:{_ABOUT})?)
    (?P<prefix>{_CURRENCY})?(?P<inner>{_BELOW_BEFORE}|{_ABOVE_BEFORE})?
    (?:(?P<several>数(?P<several_units>[十百千万亿]+))
      |(?P<number>{PATTERN})
        (?:(?:{_CURRENCY})?(?:-|~|—|–|至|到)(?P<upper>{PATTERN}))?)
    (?P<more>[余多](?P<more_units>[十百千万亿]*))?
    (?P<level>级)?(?P<suffix>{_CURRENCY})?(?P<level_after>级)?(?:人民币)?(?P<above>以上)?""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Money:
    """The closed range [low, high] in units of a currency (ISO 4217), and the words that said so.

    Conventions of the database: 近X is [0.8X, X], 超X and X余 are [X, 2X], 数X is [X, 10X], X级 likewise;
    不超过X is [0, X]; 约X is taken as X. An exact sum has low = high.
    """

    low: Decimal
    high: Decimal
    currency: str
    raw: str

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError(f"[{self.low}, {self.high}] is not a range of money")

    @property
    def exact(self) -> bool:
        """Whether the text gave one figure."""
        return self.low == self.high

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the sum that the whole text is, or None (未披露, 若干, a bare number)."""
        plain = _plain(text)
        match = _AMOUNT.fullmatch(plain)
        return cls._of(match, text.strip()) if match else None

    @classmethod
    def find(cls, text: str) -> list[tuple[Self, tuple[int, int]]]:
        """Return the sums in a running text, each with its span; here a currency must be named."""
        found = []
        # NFKC may lengthen a text; only what stays one character is replaced, so that spans hold.
        plain = "".join(half if len(half := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)
        for match in _AMOUNT.finditer(plain):
            if not re.search(r"[\d十百千万亿]", match.group()) or not (match["prefix"] or match["suffix"]):
                continue  # 二元 and 一元 are words
            start, end = match.span()
            money = cls._of(match, text[start:end])
            if money is not None:
                found.append((money, (start, end)))
        return found

    @classmethod
    def _of(cls, match: re.Match[str], raw: str) -> Self | None:
        spread = _spread(match)
        named = [CURRENCIES[name] for name in (match["suffix"], match["prefix"]) if name]
        counted = re.search("[万亿]", match.group())
        if spread is None or (not named and not counted):
            return None
        low, high = (value.to_integral_value() if value % 1 == 0 else value for value in spread)
        return cls(low, high, named[0] if named else DEFAULT_CURRENCY, raw)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("～", "~")
    return re.sub(r"\s+", "", plain)


def _spread(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """Return low and high of a matched expression."""
    if match["several"]:
        value = Decimal(unit_value(match["several_units"]))
        return value, 10 * value
    value_or_none = parse_number(match["number"])
    if value_or_none is None:
        return None
    value = value_or_none * unit_value(match["more_units"] or "")
    if match["upper"]:
        return _between(match["number"], match["upper"])
    return _vague(value, match)


def _vague(value: Decimal, match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """Return the range that the words around an amount make of it."""
    words = match["before"] + (match["inner"] or "")
    if re.search(_AT_MOST, words):
        return Decimal(0), value
    if re.search(_BELOW_BEFORE, words):
        return value * Decimal("0.8"), value
    if match["level"] or match["level_after"]:
        return value, 10 * value
    if match["more"] or match["above"] or re.search(_ABOVE_BEFORE, words):
        return value, 2 * value
    if len(match["number"]) == 1 and not match["number"].isdigit() and match["number"] in "十百千万亿":
        return None  # 万元 and 亿元 are units, not sums
    return value, value


def _between(lower: str, upper: str) -> tuple[Decimal, Decimal] | None:
    """Return both ends of 5000万至1亿; in 1-2亿 the lower end borrows the upper's unit."""
    if not re.search("[十百千万亿]", lower):
        lower += (re.search("[千百十]?[万亿]+$", upper) or [""])[0]
    low, high = parse_number(lower), parse_number(upper)
    return (low, high) if low is not None and high is not None and low <= high else None
