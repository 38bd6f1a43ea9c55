"""Conferences with their editions, and policies with their notices, drafts and explanations."""

import random
from collections.abc import Iterator

from sandbox.namepairs.words import (
    DIFFERENT,
    FIELDS,
    NUMBERS,
    RELATED,
    SAME,
    Pair,
    abbreviated,
    city,
    drawn,
    other,
    province,
)

_MEETINGS = (
    "大会",
    "峰会",
    "论坛",
    "博览会",
    "高峰论坛",
    "创新大会",
    "开发者大会",
    "产业大会",
    "应用展",
    "创新创业大赛",
    "交易会",
)
_PAPERS = (
    "发展规划",
    "行动计划",
    "实施方案",
    "管理办法",
    "若干措施",
    "指导意见",
    "实施意见",
    "发展行动方案",
    "若干政策",
    "条例",
    "专项规划",
)


def conferences(chance: random.Random) -> Iterator[Pair]:
    """Yield one pair of each label, of conferences."""
    scope = chance.choice(("世界", "中国", "全球", "国际", "中国国际", city(chance), f"中国({city(chance)})国际"))
    field, meeting = chance.choice(FIELDS), chance.choice(_MEETINGS)
    study, gathering = (
        chance.choice([f for f in FIELDS if f != field]),
        chance.choice([m for m in _MEETINGS if m != meeting]),
    )
    name, place = f"{scope}{field}{meeting}", city(chance)
    one, two = chance.sample(NUMBERS, 2)
    year = chance.randrange(2012, 2026)
    brief = abbreviated(chance, scope if len(scope) < 5 else "", field, meeting)
    later = year + chance.randrange(1, 4)
    yield drawn(
        chance,
        "conference",
        SAME,
        (f"第{one}届{name}", f"{name}(第{one}届)"),
        (f"{year}{name}", f"{year}年{name}"),
        (f"{year}{name}", f"{name}{year}"),
        (name, f"{scope}{field[:2]}{meeting}"),
        (f"{year}第{one}届{name}", f"第{one}届{name}"),
        (f"{year}年{name}", f"{year}{name}·{place}"),
        (name, f"{field}{meeting}"),
        (name, brief),
        (name, brief),
        (f"第{one}届{name}", f"第{one}届{brief}"),
        (f"{year}{name}", f"{brief}{year}"),
    )
    yield drawn(
        chance,
        "conference",
        RELATED,
        (f"第{one}届{name}", f"第{two}届{name}"),
        (f"{year}{name}", f"{later}{name}"),
        (name, f"第{one}届{name}"),
        (name, f"{year}{name}"),
        (name, f"{year}年{name}"),
        (f"{year}{name}", f"{year}{name}{study}分论坛"),
        (name, f"{name}{study}论坛"),
        (f"第{one}届{name}", f"{year}第{two}届{name}"),
        (f"{year}年{name}", f"第{one}届{name}组委会"),
        (brief, f"第{one}届{name}"),
        (brief, f"{year}年{name}"),
        (f"{year}{brief}", f"{later}年{brief}"),
    )
    yield drawn(
        chance,
        "conference",
        DIFFERENT,
        (name, f"{scope}{study}{meeting}"),
        (f"{year}{name}", f"{year}{scope}{study}{meeting}"),
        (name, f"{other(chance, city, scope)}{field}{meeting}"),
        (f"{year}{name}", f"{year}{scope}{field}{gathering}"),
        (f"第{one}届{name}", f"第{one}届{other(chance, city, scope)}{study}{meeting}"),
        (name, f"{scope}{study}{gathering}"),
        (brief, f"{scope}{study}{meeting}"),
        (brief, f"{other(chance, city, scope)}{study}{meeting}"),
        (name, f"{scope}{field}{gathering}"),
    )


def policies(chance: random.Random) -> Iterator[Pair]:
    """Yield one pair of each label, of policies and what is published around them."""
    region = province(chance)
    place = chance.choice((region.zh, region.zh, city(chance) + "市", "国家", ""))
    field, paper = chance.choice(FIELDS) + chance.choice(("", "产业", "创新")), chance.choice(_PAPERS)
    name = f"{place}{field}{paper}"
    there = other(chance, lambda c: province(c).zh, place)
    one, two = chance.sample(("十二五", "十三五", "十四五"), 2)
    year = chance.randrange(2014, 2024)
    issuer = (
        f"{place or '国务院'}{chance.choice(('人民政府办公厅', '科学技术厅', '人民政府', '工业和信息化厅'))}"
        if place
        else "国务院"
    )
    stamp = chance.choice(("", f"({year}-{year + 3}年)", "(试行)"))
    study = chance.choice([f for f in FIELDS if f not in field])
    yield drawn(
        chance,
        "policy",
        SAME,
        (f"{issuer}关于印发{name}{stamp}的通知", f"{name}{stamp}"),
        (f"关于印发《{name}{stamp}》的通知", f"《{name}{stamp}》"),
        (f"{name}{stamp}", f"《{name}》"),
        (f"关于印发《{name}》的通知", f"{issuer}关于印发《{name}》的通知"),
        (f"{issuer}关于转发《{name}》的通知", name),
        (f"{issuer}关于促进{field}发展的{paper}", f"关于促进{field}发展的{paper}"),
    )
    yield drawn(
        chance,
        "policy",
        RELATED,
        (name, f"{name}(征求意见稿)"),
        (f"关于印发《{name}》的通知", f"《{name}》政策解读"),
        (name, f"《{name}》解读"),
        (name, f"一图读懂《{name}》"),
        (name, f"关于公开征求《{name}(征求意见稿)》意见的公告"),
        (name, f"《{name}》起草说明"),
        (name, f"关于《{name}》的解读"),
        (name, f"{name}实施细则"),
        (f"关于印发{name}的通知", f"{name}政策问答"),
        (f"{place}{field}建设指南({year}年版)", f"{place}{field}建设指南({year + 2}版)"),
        (f"{place}{field}指导目录({year}年本)", f"{place}{field}指导目录({year + 3}年本)"),
    )
    yield drawn(
        chance,
        "policy",
        DIFFERENT,
        (name, f"{there}{field}{paper}"),
        (f"关于印发《{name}》的通知", f"关于印发《{there}{field}{paper}》的通知"),
        (name, f"{place}{study}{paper}"),
        (f"{place}“{one}”{field}发展规划", f"{place}“{two}”{field}发展规划"),
        (f"{name}({year}-{year + 2}年)", f"{name}({year + 3}-{year + 5}年)"),
        (f"{place}“十四五”{field}发展规划", f"{place}{field}发展规划(2016-2020年)"),
        (name, f"{place}{study}{chance.choice(_PAPERS)}"),
        (name, f"{place}{field}{chance.choice([p for p in _PAPERS if p != paper])}"),
        (f"{issuer}关于印发《{name}》的通知", f"{issuer}关于印发《{place}{study}{paper}》的通知"),
    )
