"""A register of invented companies of any size, skewed as a real one is: few brands are many companies'.

Names follow the rules of registered names (place, brand, trade, legal form); brands are drawn by a power law from
all pairs and triples of characters that brands like, so that homonyms and near-homonyms are as common as they are.
"""

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, product

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from schema.taxonomies import regions

_LIKED = (
    "华中天金海明新国安东信科大德宏远达盛兴瑞联创博泰恒宇星云智源力"
    "光通正和嘉润方健隆凯美龙康丰百思同亚锐腾佳飞晟景航诚鼎"
)
_TRADES = (
    "科技", "信息技术", "智能科技", "网络科技", "软件", "电子", "新能源", "生物科技", "医药", "新材料", "机械",
    "机器人", "数据服务", "文化传媒", "环保科技", "建设工程", "物流", "供应链管理", "投资管理", "贸易", "食品",
    "汽车零部件", "半导体", "自动化设备", "通信技术", "教育科技", "医疗器械", "航空科技", "光电", "精密制造",
)  # fmt: skip
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲建国志海波斌宇浩凯鑫鹏飞雪梅琳晨阳晓东春红英华玉兰峰龙云"
_FORMS = ("有限公司",) * 8 + ("股份有限公司", "有限责任公司", "集团有限公司")
SKEW = 0.9  # exponent of the power law of the brands of names
BRAND_SKEW = 0.55  # and of records: 30 million pairs of one brand in a million of them


def names(count: int, seed: int = 20261122) -> Iterator[str]:
    """Yield `count` different names; the same for the same count and seed."""
    chance = random.Random(seed)  # noqa: S311  (invented names, no secret)
    places = sorted({r.short_zh or r.zh for r in regions().values() if r.level != "county" and r.alone}) + [""] * 40
    brands = _brands(count // 4, seed)
    shares = list(accumulate((rank + 1) ** -SKEW for rank in range(len(brands))))
    seen: set[str] = set()
    while len(seen) < count:
        for brand in chance.choices(brands, cum_weights=shares, k=min(10_000, count)):
            name = chance.choice(places) + brand + chance.choice(_TRADES) + chance.choice(_FORMS)
            if name not in seen and len(seen) < count:
                seen.add(name)
                yield name


def short(name: str, chance: random.Random) -> str:
    """Return a short form that people would use: without the legal form, mostly without the place."""
    for form in ("股份有限公司", "有限责任公司", "集团有限公司", "有限公司"):
        name = name.removesuffix(form)
    place = next((p for p in _places() if name.startswith(p)), "")
    return name.removeprefix(place) if chance.random() < 0.7 else name


def records(count: int, seed: int = 20261127) -> pa.Table:
    """Return `count` records of companies as several sources would give them: about 1.4 for each company.

    Columns: `cluster` (the truth), `name`, `brand`, `place`, `trade`, `founded` (year), `person` (who represents it)
    and `code`. Later records of a company leave things out, mistype a character, or say something else.
    """
    chance = np.random.default_rng(seed)
    cluster = np.sort(chance.integers(0, int(count * 0.72), count))
    first = np.concatenate([[True], cluster[1:] != cluster[:-1]])

    def drawn(size: int, skew: float) -> NDArray[np.int64]:
        """Return a number below `size` for each company, by a power law, told to each of its records."""
        shares = np.cumsum((np.arange(size) + 1.0) ** -skew)
        return np.searchsorted(shares / shares[-1], chance.random(int(count * 0.72)))[cluster]

    def some(share: float) -> NDArray[np.bool_]:
        return ~first & (chance.random(count) < share)

    names = _brands(0, seed) if count < 80_000 else _brands(count // 16, seed)[: count // 16]
    brand, place, trade = drawn(len(names), BRAND_SKEW), drawn(len(_places()), 0.8), drawn(len(_TRADES), 0.5)
    person = drawn(len(_SURNAMES) * len(_GIVEN) ** 2, 0.3)
    founded, form = chance.integers(1985, 2024, len(cluster))[cluster], drawn(len(_FORMS), 0.0)
    form = np.where(some(0.15), chance.integers(0, len(_FORMS), count), form)
    person = np.where(some(0.05), chance.integers(0, len(_SURNAMES) * len(_GIVEN) ** 2, count), person)
    founded = np.where(some(0.05), founded + 1, founded)
    mistyped, slip = some(0.05), chance.integers(0, len(_LIKED), count)
    no_place, no_trade = some(0.2), some(0.1)
    columns = (brand, np.where(no_place, -1, place), np.where(no_trade, -1, trade), form, np.where(mistyped, slip, -1))
    places = _places()
    brands: list[str] = []
    said: list[str] = []
    for b, p, t, f, letter in zip(*(column.tolist() for column in columns), strict=True):
        word = names[b] if letter < 0 else names[b][:-1] + _LIKED[letter]
        brands.append(word)
        said.append(f"{places[p] if p >= 0 else ''}{word}{_TRADES[t] if t >= 0 else ''}{_FORMS[f]}")
    people = [
        _SURNAMES[n // len(_GIVEN) ** 2] + _GIVEN[n // len(_GIVEN) % len(_GIVEN)] + _GIVEN[n % len(_GIVEN)]
        for n in person.tolist()
    ]
    return pa.table(
        {
            "cluster": cluster,
            "name": said,
            "brand": brands,
            "place": pa.array([places[p] for p in place.tolist()], mask=no_place),
            "trade": pa.array([_TRADES[t] for t in trade.tolist()], mask=no_trade),
            "founded": pa.array([str(year) for year in founded.tolist()], mask=some(0.2)),
            "person": pa.array(people, mask=some(0.3)),
            "code": pa.array([f"91{n:016d}" for n in cluster.tolist()], mask=some(0.6) | (chance.random(count) < 0.3)),
        }
    )


def _brands(more: int, seed: int) -> list[str]:
    """Return brands of two characters and `more` of three, the commonest first."""
    chance = random.Random(seed)  # noqa: S311  (invented names, no secret)
    brands = ["".join(pair) for pair in product(_LIKED, repeat=2)]
    brands += ["".join(chance.choices(_LIKED, k=3)) for _ in range(more)]
    chance.shuffle(brands)
    return brands


@lru_cache(maxsize=1)
def _places() -> list[str]:
    return sorted({r.short_zh for r in regions().values() if r.short_zh}, key=lambda place: (-len(place), place))
