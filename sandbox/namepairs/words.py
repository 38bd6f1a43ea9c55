"""What invented names are made of: real places, invented brands, words of trades and subjects."""

import random
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from schema.taxonomies import Region, regions
from schema.types.region_code import RegionCode

SAME, RELATED, DIFFERENT = "same", "related", "different"
_LIKED = (
    "华中天金海明新国安东信科大德宏远达盛兴瑞联创博泰恒宇星云智源力光通正和嘉润方健隆凯美龙康丰百思同亚锐腾佳飞晟景航诚鼎"
    "鹏翔启元宝利万顺益民高长江南北西山水木石林森青蓝红紫白玉珠晶维纳米迪奥诺赛蒂拓卓越微芯图灵象限格物知行慧眸声寻影深澜"
    "旷视商汤云从依图寒武第四范式明略思必驰出门问极智鲸鲲鹰隼雁鹤麒麟蜂鸟蚂蚁松鼠"
)
TRADES = (
    "科技",
    "信息技术",
    "智能科技",
    "网络科技",
    "软件",
    "电子",
    "新能源",
    "生物科技",
    "医药",
    "新材料",
    "机械",
    "机器人",
    "数据服务",
    "文化传媒",
    "环保科技",
    "建设工程",
    "物流",
    "供应链管理",
    "贸易",
    "食品",
    "汽车零部件",
    "半导体",
    "通信技术",
    "教育科技",
    "医疗器械",
    "航空科技",
    "光电",
    "精密制造",
    "人工智能",
    "大数据",
    "云计算",
    "信息科技",
    "计算机系统",
    "智能装备",
    "汽车",
    "水泥",
    "化工",
    "电力",
    "纺织",
    "钢铁",
    "证券",
    "保险",
    "房地产",
    "旅游",
    "农业",
    "酒业",
    "乳业",
    "传动",
    "动力",
)
SUBJECTS = (
    "理工",
    "师范",
    "工业",
    "农业",
    "医科",
    "财经",
    "交通",
    "科技",
    "工商",
    "外国语",
    "政法",
    "林业",
    "海洋",
    "石油",
    "矿业",
    "邮电",
    "电力",
    "民族",
    "体育",
    "艺术",
    "音乐",
    "中医药",
    "建筑",
    "航空航天",
    "信息工程",
    "电子科技",
    "传媒",
    "美术",
)
FIELDS = (
    "人工智能",
    "大数据",
    "机器人",
    "智能制造",
    "集成电路",
    "物联网",
    "云计算",
    "区块链",
    "量子信息",
    "网络安全",
    "自动驾驶",
    "智能网联汽车",
    "工业互联网",
    "数字经济",
    "脑科学",
    "生物医药",
    "新能源",
    "新材料",
    "计算机视觉",
    "语音",
    "智慧城市",
    "智慧医疗",
    "虚拟现实",
    "卫星应用",
    "无人机",
    "自动化",
    "计算技术",
    "软件",
    "微电子",
    "光电技术",
    "信息工程",
    "半导体",
)
NUMBERS = "一二三四五六七八九十"


class Pair(NamedTuple):
    """Two names of a kind ("" where they are of two), and same, related or different."""

    left: str
    right: str
    kind: str
    label: str


def drawn(chance: random.Random, kind: str, label: str, *ways: tuple[str, str]) -> Pair:
    """Return the pair of one of several ways for two names to be the same, related or different."""
    return Pair(*chance.choice(ways), kind, label)


@lru_cache(maxsize=2)
def _regions(level: str) -> list[Region]:
    return [r for r in regions().values() if r.level == level and r.alone]


def city(chance: random.Random) -> str:
    """Return a city or a province's name in short: 杭州, 广东."""
    found = chance.choice(_regions("prefecture" if chance.random() < 0.75 else "province"))
    return found.short_zh or found.zh


def province(chance: random.Random) -> Region:
    """Return a province (or a city of that rank)."""
    return chance.choice(_regions("province"))


def province_of(place: str) -> str:
    """Return the province, in short, that a city's short name lies in; "" for a province itself."""
    found = RegionCode.find_prefix(place)
    if found is None or found[0].level == "province":
        return ""
    return found[0].province.region.short_zh or ""


def prefecture(chance: random.Random) -> Region:
    """Return a city."""
    return chance.choice(_regions("prefecture"))


def other(chance: random.Random, draw: Callable[[random.Random], str], than: str) -> str:
    """Return something else than `than`."""
    for _ in range(20):
        found = draw(chance)
        if found != than:
            return found
    return draw(chance)


def brand(chance: random.Random, size: int = 0) -> str:
    """Return an invented 字号 of two to four characters."""
    size = size or chance.choices((2, 3, 4), (70, 18, 12))[0]
    return "".join(chance.choice(_LIKED) for _ in range(size))


def near_brand(chance: random.Random, of: str) -> str:
    """Return a brand that has a character in common with another."""
    at = chance.randrange(len(of))
    return of[:at] + chance.choice([c for c in _LIKED if c != of[at]]) + of[at + 1 :]


def abbreviated(chance: random.Random, place: str, field: str, kind: str) -> str:
    """Return a short form as people make them: a character of each word (中国|人工|智能|学会: 中智学会, 中人智学)."""
    heads = [field[at] for at in range(0, len(field) - 1, 2)] or [field[0]]
    where = chance.choice((place[0], place, "") if place else ("",))
    what = chance.choice(("".join(heads), heads[0], heads[-1], field[:2]))
    end = chance.choice((kind[-1], kind[0] + kind[-1], kind[-2:], kind[0], kind[-1]))
    return where + what + end
