"""The sum of a round: which of a sentence's sums of money it is, as the range that the words stand for."""

import re
from decimal import Decimal
from typing import Any

from schema.types.money import Money

# A sum without its currency counts only right before what it is the sum of, or behind 融资.
_BARE = re.compile(
    r"(?:近|超过|超|逾|过|上|约)?(?:\d[\d,]*(?:\.\d+)?[十百千]*[万亿]|数[十百千]*[万亿]|[两一二三四五六七八九十百千]{1,4}[万亿]|亿)[余多]?级?别?"
    r"(?=(?:人民币)?(?:规模)?的?(?:[A-H]|Pre|天使|种子|战略|股权|融资|投资|首轮|新一轮)|[，。；、,）)！\s]|$)"
)
_NOT_BEFORE = re.compile(
    r"(?:估值|市值|营收|收入|累计|订单|注册资本|资金规模|管理规模|基金规模|补贴|销售额|净利|亏损|产值|市场|利润|合同额|历史融资|贷款|授信|规模达到?)[^，。；]{0,14}$"
)
_NOT_AFTER = re.compile(
    r"^(?:人民币)?[^，。；轮融]{0,4}(?:估值|营收|订单|注册资本|产值|市场|收入|利润|贷款|授信|补贴|级市场|规模的市场)"
)
_TOTAL = re.compile(r"(?:总计|交易总额|融资总额|总融资|总额)[^，。；]{0,8}$")
_ELSE = re.compile(r"规模(?!为|约|[\d近超数]|$)|行业|市场|年|突破|客户|合作|项目|销售|成本|价值|补助|奖|资产")
_SUM = re.compile(r"账上|账户|到账|进账|入账|多了|到手|拿到|拿了|融资|募资|募集|金额|投资|注资|轮|资金|获|入股")


def as_json(money: Money) -> dict[str, Any]:
    """Return a sum as {low, high, currency}."""
    return {"low": number(money.low), "high": number(money.high), "currency": money.currency}


def number(value: Decimal) -> int | float:
    """Return a decimal as the number that JSON holds."""
    return int(value) if value == value.to_integral_value() else float(value)


def of_cell(text: str) -> Money | None:
    """Return the sum that a field holds; None for 未披露 and the like."""
    text = re.sub(r"\s+", "", text).rstrip("。；;，,")
    text = re.sub(r"级别$", "级", re.sub(r"[（(][^（）()]*[)）]$", "", text))
    if (money := Money.parse(text)) is not None:
        return money
    found = find(text)
    return found[0][0] if found else None


def find(text: str) -> list[tuple[Money, int, int]]:
    """Return the sums of a running text with their places; white space inside a sum does not matter."""
    kept = [index for index, char in enumerate(text) if not char.isspace()]
    plain = "".join(text[index] for index in kept)
    found = [(money, *span) for money, span in Money.find(plain)]
    for match in _BARE.finditer(plain):
        # 别 is no part of the sum: 千万级别.
        if not any(start < match.end() and match.start() < end for _, start, end in found):
            money = Money.parse(match.group().removesuffix("别"))
            if money is not None:
                found.append((money, *match.span()))
    return [(money, kept[start], kept[end - 1] + 1) for money, start, end in sorted(found, key=lambda one: one[1])]


def of_round(text: str, *, told: bool = False) -> tuple[Money, int, int] | None:
    """Return the sum that a sentence says of a round: no valuation, turnover or total of all rounds.

    With `told`, the sentence speaks of a round anyway: where no clause says so of a sum, the first one is taken.
    """
    others = []
    for money, start, end in find(text):
        clause = re.split("[，。；,;]", text[:start])[-1]
        rest = re.split("[，。；,;]", text[end:])[0]
        if _NOT_BEFORE.search(clause) or _NOT_AFTER.match(rest):
            continue
        if _SUM.search(clause + rest) and not _TOTAL.search(clause):
            return money, start, end
        if not _ELSE.search(clause + rest):
            others.append((money, start, end))
    return others[0] if told and others else None
