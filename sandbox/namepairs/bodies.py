"""Alliances, parks and governments with their departments."""

import random
from collections.abc import Iterator

from sandbox.namepairs.words import (
    DIFFERENT,
    FIELDS,
    RELATED,
    SAME,
    Pair,
    abbreviated,
    city,
    drawn,
    other,
    prefecture,
    province,
    province_of,
)

_UNIONS = (
    "产业联盟",
    "产业技术创新战略联盟",
    "联盟",
    "协会",
    "学会",
    "行业协会",
    "产业协会",
    "商会",
    "促进会",
    "产业发展联盟",
    "创新联盟",
)
_DEPARTMENTS = (
    ("科学技术", "科技"),
    ("工业和信息化", "工信"),
    ("发展和改革委员会", "发改委"),
    ("教育", "教育"),
    ("财政", "财政"),
    ("人力资源和社会保障", "人社"),
    ("卫生健康委员会", "卫健委"),
    ("农业农村", "农业农村"),
    ("交通运输", "交通"),
    ("市场监督管理", "市场监管"),
    ("生态环境", "环保"),
    ("经济和信息化", "经信"),
    ("住房和城乡建设", "住建"),
    ("商务", "商务"),
    ("大数据管理", "大数据"),
    ("自然资源", "自然资源"),
    ("文化和旅游", "文旅"),
)
_ZONES = (
    ("高新技术产业开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("保税区", "保税区"),
    ("综合保税区", "综保区"),
    ("工业园区", "工业园"),
    ("软件园", "软件园"),
    ("科技园", "科技园"),
    ("人工智能产业园", "AI产业园"),
    ("生物医药产业园", "生物园"),
    ("新区", "新区"),
)


def alliances(chance: random.Random) -> Iterator[Pair]:
    """Yield one pair of each label, of alliances and societies."""
    place, field, union = (
        chance.choice(("中国", city(chance), city(chance))),
        chance.choice(FIELDS),
        chance.choice(_UNIONS),
    )
    name, there = f"{place}{field}{union}", other(chance, city, place)
    study = chance.choice([f for f in FIELDS if f != field])
    long_ = {"中国": "全国"}.get(place, place + "市")
    short = abbreviated(chance, place, field, union[-3:])
    yield drawn(
        chance,
        "alliance",
        SAME,
        (name, f"{long_}{field}{union}"),
        (name, f"{place}{field}{union[-2:]}"),
        (name, f"{field}{union}"),
        (name, name.replace("产业", "")),
        (name, f"{place}{field[:2]}{union[-2:]}"),
        (name, f"{place[0]}{field[:2]}{union[-1]}"),
        (name, short),
        (name, short),
        (name, short),
        (name, f"{name} "),
    )
    yield drawn(
        chance,
        "alliance",
        RELATED,
        (name, f"{name}{study}专业委员会"),
        (name, f"{name}{study}专委会"),
        (name, f"{name}{there}分会"),
        (name, f"{name}{study}工作委员会"),
        (name, f"{name}秘书处"),
        (name, f"{name}{study}工作组"),
        (name, f"{name}年会"),
        (name, f"第三届{name}大会"),
        (name, f"{place}{field}大会"),
        (short, f"{name}{study}专委会"),
    )
    yield drawn(
        chance,
        "alliance",
        DIFFERENT,
        (name, f"{there}{field}{union}"),
        (name, f"{place}{study}{union}"),
        (name, f"{there}{study}{union}"),
        (short, f"{place}{study}{union}"),
        (short, f"{there}{study}{union}"),
        (short, f"{there}{field}{union}"),
        (f"{name}{study}专委会", f"{name}{chance.choice(FIELDS)}分会"),
        (name, f"{place}{field}{study}{union}"),
        (name, f"{place}{study}{field}{union}"),
        (name, f"{place}{field}{chance.choice([u for u in _UNIONS if u[-2:] != union[-2:]])}"),
        (name, f"{there}{study}{chance.choice(_UNIONS)}"),
    )


def parks(chance: random.Random) -> Iterator[Pair]:
    """Yield one pair of each label, of zones and parks."""
    place, (zone, short), field = city(chance), chance.choice(_ZONES), chance.choice(FIELDS)
    there, further = other(chance, city, place), chance.choice([each for each, _ in _ZONES if each != zone])
    name = f"{place}{zone}"
    yield drawn(
        chance,
        "park",
        SAME,
        (name, f"{place}{short}"),
        (name, f"{place}市{zone}"),
        (name, f"{place}国家{zone}"),
        (f"{place}国家级{zone}", f"{place}{short}"),
        (f"国家{name}", name),
        (name, f"{province_of(place)}{name}"),
        (f"{place}{short}", f"{province_of(place)}{place}{short}"),
    )
    yield drawn(
        chance,
        "park",
        RELATED,
        (name, f"{name}{field}产业园"),
        (name, f"{name}管理委员会"),
        (name, f"{place}{short}管委会"),
        (name, f"{name}{there}园"),
        (f"{place}{short}", f"{name}{field}产业基地"),
        (name, f"{name}东区"),
        (name, f"{place}{short}{field}小镇"),
        (name, f"{name}投资发展有限公司"),
    )
    yield drawn(
        chance,
        "park",
        DIFFERENT,
        (name, f"{there}{zone}"),
        (name, f"{there}{short}"),
        (f"{place}{short}", f"{there}{short}"),
        (name, f"{there}{further}"),
        (name, f"{place}{further}"),
        (f"{place}{short}", f"{place}{further}"),
        (f"{name}{field}产业园", f"{there}{field}产业园"),
    )


def governments(chance: random.Random) -> Iterator[Pair]:
    """Yield one pair of each label, of governments and departments."""
    place = chance.choice((province, prefecture))(chance)
    there = chance.choice((province, prefecture))(chance)
    (long_, short), (duty, brief) = chance.sample(_DEPARTMENTS, 2)
    end = "" if long_.endswith("委员会") else "厅" if place.level == "province" and place.zh.endswith("省") else "局"
    end2 = "" if duty.endswith("委员会") else end or "局"
    name, said = f"{place.zh}{long_}{end}", f"{place.short_zh or place.zh}{short}{end}"
    yield drawn(
        chance,
        "government",
        SAME,
        (name, f"{place.zh}{short}{end}"),
        (name, said),
        (f"{place.zh}人民政府", f"{place.zh}政府"),
        (f"{place.zh}人民政府办公厅", f"{place.zh}政府办公厅"),
        (f"{place.zh}人民政府", f"{place.short_zh or place.zh}政府"),
        *((f"{place.zh}{long_}委员会", each) for each in (name, said) if end),  # before the reform
    )
    yield drawn(
        chance,
        "government",
        RELATED,
        (name, f"{place.zh}人民政府"),
        (said, f"{place.zh}政府"),
        (f"{place.zh}人民政府", f"{place.zh}人民政府办公厅"),
        (name, f"{name}{chance.choice(('信息中心', '直属机关党委', '机关服务中心', '规划处', '高新技术处'))}"),
    )
    yield drawn(
        chance,
        "government",
        DIFFERENT,
        (name, f"{there.zh}{long_}{end}"),
        (said, f"{there.short_zh or there.zh}{short}{end}"),
        (name, f"{place.zh}{duty}{end2}"),
        (said, f"{place.zh}{brief}{end2}"),
        (name, f"{there.zh}{duty}{end2}"),
        (f"{place.zh}人民政府", f"{there.zh}人民政府"),
        (name, f"{there.zh}人民政府"),
    )
