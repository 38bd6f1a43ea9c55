"""A register of invented organisations of any size, skewed as a real one is: few brands are many companies'.

Names follow the rules of registered names (place, brand, trade, legal form); brands are drawn by a power law from
all pairs and triples of characters that brands like, so that homonyms and near-homonyms are as common as they are.
"""

import random
from collections.abc import Iterator
from itertools import accumulate, product

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
_FORMS = ("有限公司",) * 8 + ("股份有限公司", "有限责任公司", "集团有限公司")
SKEW = 0.9  # exponent of the power law of brands


def names(count: int, seed: int = 20261122) -> Iterator[str]:
    """Yield `count` different names; the same for the same count and seed."""
    chance = random.Random(seed)  # noqa: S311  (invented names, no secret)
    places = sorted({r.short_zh or r.zh for r in regions().values() if r.level != "county" and r.alone}) + [""] * 40
    brands = ["".join(pair) for pair in product(_LIKED, repeat=2)]
    brands += ["".join(chance.choices(_LIKED, k=3)) for _ in range(count // 4)]
    chance.shuffle(brands)
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


def _places() -> list[str]:
    return sorted({r.short_zh for r in regions().values() if r.short_zh}, key=len, reverse=True)
