"""Companies and investors: full names by the rules of registered names, and what people make of them."""

import random
from collections.abc import Iterator

from sandbox.namepairs.words import (
    DIFFERENT,
    NUMBERS,
    RELATED,
    SAME,
    TRADES,
    Pair,
    brand,
    city,
    drawn,
    near_brand,
    other,
)

_FORMS = ("有限公司", "股份有限公司", "有限责任公司")
_UNITS = ("分公司", "分行", "研究院", "研究所", "事业部", "研发中心", "办事处", "技术中心", "大学", "科技园")
_MONEY = ("投资管理", "创业投资", "股权投资", "资产管理", "私募基金管理", "投资")
_SHORT_MONEY = ("资本", "创投", "投资", "基金", "")


def enterprises(chance: random.Random) -> Iterator[Pair]:
    """Yield one pair of each label, of companies."""
    place, name, trade, form = city(chance), brand(chance), chance.choice(TRADES), chance.choice(_FORMS)
    full = _full(chance, place, name, trade, form)
    if chance.random() < 0.12:
        yield from _national(chance)
        return
    for label, make in ((SAME, _same), (RELATED, _related), (DIFFERENT, _different)):
        left, right = make(chance, full, place, name, trade, form)
        yield Pair(left, right, "enterprise", label)


def _national(chance: random.Random) -> Iterator[Pair]:
    """Yield one pair of each label, of companies without a brand: 中国 (or a place), a trade and a form."""
    place, trade, deal = chance.choice(("中国", city(chance))), *chance.sample(TRADES, 2)
    form = chance.choice(("集团有限公司", "集团公司", "总公司", "股份有限公司", "有限责任公司", "控股有限公司"))
    full, there, where = f"{place}{trade}{form}", *chance.sample([city(chance) for _ in range(20)], 2)
    if chance.random() < 0.4:
        yield from _networks(chance, there, where)
        return
    short = chance.choice(
        (
            place[0] + trade[0],
            place[0] + trade[:2],
            f"{place}{trade}",
            f"{place[0]}{trade}",
            place[0] + trade[0] + "集团",
        )
    )
    yield Pair(full, short, "enterprise", SAME)
    yield Pair(
        chance.choice((full, short)),
        chance.choice(
            (
                f"{full}{there}分公司",
                f"{short}{deal}",
                f"{short}{there}公司",
                f"{place}{trade}集团{there}有限公司",
                f"{short}{deal}股份有限公司",
            )
        ),
        "enterprise",
        RELATED,
    )
    yield Pair(
        chance.choice((full, short)),
        chance.choice((f"{place}{deal}{form}", f"{there}{trade}{form}", f"{there}{deal}{form}")),
        "enterprise",
        DIFFERENT,
    )


def _networks(chance: random.Random, there: str, where: str) -> Iterator[Pair]:
    """Yield one pair of each label, of a nation-wide company and its companies in the provinces."""
    name, trade = (
        brand(chance, 2),
        chance.choice(("网络通信", "电信", "电网", "铁塔", "石油", "邮政", "银行", "人寿保险")),
    )
    full = f"中国{name}{trade}{chance.choice(('股份有限公司', '有限公司', '集团有限公司'))}"
    short = name + chance.choice(("", trade[:1], trade[-1:]))

    def part(place: str) -> tuple[str, ...]:
        group = f"中国{name}{trade}集团{place}有限公司"
        return f"{full}{place}分公司", f"{full}{place}市分公司", group, f"{place}{short}", f"中国{short}{place}公司"

    one, another = chance.sample(part(there), 2)
    yield Pair(one, another, "enterprise", SAME)
    yield Pair(chance.choice((full, full, f"中国{short}")), chance.choice(part(there)), "enterprise", RELATED)
    yield Pair(chance.choice(part(there)), chance.choice(part(where)), "enterprise", DIFFERENT)


def _full(chance: random.Random, place: str, name: str, trade: str, form: str) -> str:
    return chance.choices(
        (
            f"{place}{name}{trade}{form}",
            f"{place}市{name}{trade}{form}",
            f"{name}{trade}({place}){form}",
            f"{name}({place}){trade}{form}",
            f"{name}{trade}{form}",
            f"{name}{trade}集团{form}",
            f"{place}{name}集团{form}",
            f"{name}集团有限公司",
            f"{name}控股{form}",
        ),
        (34, 6, 10, 8, 14, 6, 6, 10, 6),
    )[0]


def _same(chance: random.Random, full: str, place: str, name: str, trade: str, form: str) -> tuple[str, str]:
    kin: tuple[str, ...] = (
        name,
        f"{name}{trade}",
        f"{name}{trade[:2]}",
        f"{name}股份",
        f"{place}{name}",
        f"{name[:2]}{trade[-2:]}",
        f"{name}{trade[0]}",
        f"{place}{name}{trade}",
        f"{name}集团",
    )
    kin = kin if trade in full else (name, f"{name}股份", f"{place}{name}", f"{name}集团", name)
    short = chance.choice((name, name, *kin, f"{name}{trade[:2]}" if trade in full else name))
    way = chance.random()
    if way < 0.65:
        return (full, short) if way < 0.55 else (short, chance.choice(kin))
    if way < 0.72:  # made into a joint stock company, or called a group
        return full, full.replace(form, chance.choice(("有限公司", "股份有限公司", "集团股份有限公司")))
    if way < 0.8:  # with and without the place, or the place elsewhere in the name
        return full, chance.choice(
            (f"{name}{trade}{form}", f"{place}市{name}{trade}{form}", f"{name}({place}){trade}{form}")
        )
    if way < 0.85:  # a brand of which people leave the end out
        return f"{place}{name}{brand(chance, 2)}{trade}{form}", chance.choice(
            (name, f"{name}{trade}", f"{name}{trade[:2]}")
        )
    if way < 0.89:  # another trade, the same brand and place, in the course of time
        return f"{place}{name}{trade}{form}", f"{place}{name}{chance.choice(TRADES[:14])}{chance.choice(_FORMS)}"
    return full, full.replace("(", "（").replace(")", "）").replace("公司", "公司 ")


def _related(chance: random.Random, full: str, place: str, name: str, trade: str, form: str) -> tuple[str, str]:
    there, more = other(chance, city, place), brand(chance, 2)
    way = chance.random()
    if way < 0.3:  # a branch or another unit, of the full or the short name
        whole = chance.choice((full, full, name, f"{name}{trade}", f"{name}集团"))
        return chance.choice((full, name, f"{name}{trade}")), whole + chance.choice(("", there)) + chance.choice(_UNITS)
    if way < 0.55:  # a group and a company of it
        group = chance.choice(
            (
                f"{name}集团有限公司",
                f"{name}集团",
                f"{place}{name}集团有限公司",
                f"{name}控股有限公司",
                f"中国{name}集团有限公司",
            )
        )
        sub = chance.choice(
            (
                f"{name}{trade}股份有限公司",
                f"{name}{trade}有限公司",
                f"{there}{name}{trade}有限公司",
                f"{name}({there}){trade}有限公司",
            )
        )
        return group, sub
    if way < 0.75:
        return _in_a_city(chance, full, place, name, trade)
    if way < 0.83:  # a group or a company without a trade, and a company of it that names one
        return chance.choice(
            (f"{name}股份有限公司", f"{name}集团", f"{name}集团有限公司", f"{name}控股有限公司", name)
        ), chance.choice(
            (f"{name}{trade}", f"{name}{trade}有限公司", f"{name}{trade}股份有限公司", f"{there}{name}{trade}有限公司")
        )
    if way < 0.93:  # the brand and a further one
        return chance.choice((full, name, f"{name}集团")), chance.choice(
            (
                f"{name}{more}",
                f"{name}{more}",
                f"{name}{chance.choice(TRADES)}",
                f"{name}{more}{chance.choice(TRADES)}有限公司",
            )
        )
    deal = chance.choice([each for each in TRADES if each != trade])
    return f"{place}{name}{trade}{form}", f"{place}{name}{trade}{there}{deal}有限公司"


def _in_a_city(chance: random.Random, full: str, place: str, name: str, trade: str) -> tuple[str, str]:
    """Return a company and one of it in a city, or a group and the company of it that is listed."""
    if place not in full:  # of two that name a city each, neither is the whole
        return full, _elsewhere(chance, other(chance, city, place), name, trade)
    whole = chance.choice((f"{name}{trade}", name, f"中国{name}{trade}", f"{place}{name}"))
    return f"{whole}集团有限公司", f"{whole}{chance.choice(('股份有限公司', '有限公司'))}"


def _elsewhere(chance: random.Random, there: str, name: str, trade: str) -> str:
    """Return the name of a brand's company in another city."""
    return chance.choice(
        (
            f"{name}({there}){trade}有限公司",
            f"{there}{name}{trade}有限公司",
            f"{name}{trade}({there})有限公司",
            f"{name}{trade}{there}有限公司",
        )
    )


def _different(chance: random.Random, full: str, place: str, name: str, trade: str, form: str) -> tuple[str, str]:
    there, them, deal = other(chance, city, place), brand(chance), chance.choice(TRADES)
    near = near_brand(chance, name)
    way = chance.random()
    if way < 0.45:
        where, does = (place, trade) if way < 0.3 else (there, chance.choice((trade, deal)))
        return full, _full(chance, where, chance.choice((near, them)), does, form)
    if way < 0.6:
        return full, chance.choice(
            (near, them, f"{near}{trade}", f"{them}{trade}", f"{place}{them}", f"{them}股份", f"{near}{trade[:2]}")
        )
    if way < 0.7:  # the same brand elsewhere
        return f"{place}{name}{trade}{form}", _elsewhere(chance, there, name, chance.choice((trade, deal)))
    if way < 0.8:  # two companies of a group, two branches
        return f"{name}{trade}{form}{place}分公司", f"{name}{trade}{form}{there}分公司"
    if way < 0.9:
        return chance.choice((name, f"{name}{trade}")), chance.choice((near, them, f"{near}{trade}", f"{them}{trade}"))
    one, two = chance.sample(NUMBERS, 2)
    return f"{place}第{one}{trade}{form}", f"{place}第{two}{trade}{form}"


def investors(chance: random.Random) -> Iterator[Pair]:
    """Yield one pair of each label, of investors and their funds."""
    place, name, money = city(chance), brand(chance, chance.choice((2, 2, 3))), chance.choice(_MONEY)
    full = chance.choice(
        (
            f"{place}{name}{money}有限公司",
            f"{name}({place}){money}有限公司",
            f"{name}{money}有限公司",
            f"{place}{name}{money}合伙企业(有限合伙)",
        )
    )
    short = name + chance.choice(_SHORT_MONEY)
    one, two = chance.sample(NUMBERS, 2)
    fund = f"{place}{name}{{}}期{chance.choice(('创业投资', '股权投资', '产业投资'))}基金(有限合伙)"
    near, there = near_brand(chance, name), other(chance, city, place)
    yield drawn(
        chance,
        "investor",
        SAME,
        (full, short),
        (full, short),
        (full, full.replace("(", "（").replace(")", "）")),
        (full, f"{place}{name}{money}"),
        (short, name),
    )
    yield Pair(
        chance.choice((full, short)),
        chance.choice((fund.format(one), fund.format(two), f"{there}{name}{money}有限公司")),
        "investor",
        RELATED,
    )
    yield drawn(
        chance,
        "investor",
        DIFFERENT,
        (full, full.replace(name, near)),
        (full, near + chance.choice(_SHORT_MONEY)),
        (short, near + chance.choice(_SHORT_MONEY)),
        (fund.format(one), fund.format(two)),
        (short, brand(chance) + chance.choice(_SHORT_MONEY)),
        (full, f"{place}{brand(chance)}{money}有限公司"),
    )
