"""Universities and institutes: names by place and subject, their schools, hospitals, campuses and laboratories."""

import random
from collections.abc import Iterator

from sandbox.namepairs.words import (
    DIFFERENT,
    FIELDS,
    NUMBERS,
    RELATED,
    SAME,
    SUBJECTS,
    Pair,
    abbreviated,
    city,
    drawn,
    other,
    province,
)

_ACADEMIES = (
    ("中国科学院", "中科院"),
    ("中国农业科学院", "中国农科院"),
    ("中国医学科学院", "医科院"),
    ("中国社会科学院", "社科院"),
)
_KINDS = ("研究所", "研究院", "研究中心", "实验室", "创新中心", "重点实验室", "工程研究中心", "产业技术研究院")


def universities(chance: random.Random) -> Iterator[Pair]:
    """Yield one pair of each label, of universities and their units."""
    place, subject = city(chance), chance.choice(SUBJECTS)
    name = chance.choice((f"{place}{subject}大学", f"{place}{subject}大学", f"{place}大学", f"{place}{subject}学院"))
    if chance.random() < 0.12:
        name, place = f"{subject}{chance.choice(SUBJECTS)}大学", subject
    says = subject in name
    shorts = [
        place[0] + subject[0] + name[-2],
        f"{place}{subject}" if says else place[0] + "大",
        place[0] + (subject if says else "大"),
        place + subject[0] + name[-2] if says else place[0] + "大",
        place[0] + name[-2] if not says else place + subject,
    ]
    short = chance.choice(shorts)
    yield _same_university(chance, name, short, says)
    yield _related_university(chance, name, short, place)
    yield _different_university(chance, name, short, place, subject)


def _same_university(chance: random.Random, name: str, short: str, says: bool) -> Pair:
    way = chance.random()
    number = chance.choice(NUMBERS)
    if way < 0.5:
        return Pair(name, short, "university", SAME)
    if way < 0.7 and says:  # a college that became a university
        one, two = chance.sample(
            [name[:-2] + end for end in ("大学", "学院", "专科学校", "职业技术学院", "学校", "职业大学")], 2
        )
        return Pair(one, two, "university", SAME)
    if way < 0.85:
        return drawn(
            chance,
            "university",
            SAME,
            (f"{name}附属第{number}医院", f"{name}第{number}附属医院"),
            (f"{name}附属第{number}医院", f"{short}附{number}院"),
            (f"{name}第{number}附属医院", f"{short}{number}院"),
            (f"{name}研究生院", f"{short}研究生院"),
            (f"{name}人工智能学院", f"{short}人工智能学院"),
            *((f"{name}({there})", f"{short}{there}") for there in [city(chance)]),
            *((f"{name}{there}校区", f"{short}{there}") for there in [city(chance)]),
        )
    return Pair(
        name,
        chance.choice((f"{name}（本部）", name.replace("大学", "大學").replace("学院", "學院"), f"{name} ")),
        "university",
        SAME,
    )


def _units(chance: random.Random, place: str) -> str:
    there, field, number = other(chance, city, place), chance.choice(FIELDS), chance.choice(NUMBERS)
    return chance.choice(
        (
            f"{there}研究院",
            f"({there})",
            there,
            f"{there}校区",
            f"{there}分校",
            "研究生院",
            f"{there}研究生院",
            f"第{number}附属医院",
            f"附属第{number}医院",
            "附属医院",
            f"附属{there}医院",
            f"{field}学院",
            "医学院",
            "计算机学院",
            "附属中学",
            f"{field}研究院",
            f"{field}研究所",
            f"{field}国家重点实验室",
            f"{there}{field}研究院",
            "科技园",
            "国家大学科技园",
            "出版社",
            "软件学院",
            f"{there}学院",
            f"{there}医院",
            "继续教育学院",
            f"{field}研究中心",
            f"{number}院",
        )
    )


def _related_university(chance: random.Random, name: str, short: str, place: str) -> Pair:
    unit = _units(chance, place)
    return Pair(chance.choice((name, name, short)), chance.choice((name, name, short)) + unit, "university", RELATED)


def _different_university(chance: random.Random, name: str, short: str, place: str, subject: str) -> Pair:
    there, study = other(chance, city, place), chance.choice([s for s in SUBJECTS if s != subject])
    one, two = chance.sample(NUMBERS, 2)
    unit, further = _units(chance, place), _units(chance, place)
    return drawn(
        chance,
        "university",
        DIFFERENT,
        (name, f"{there}{subject}大学"),
        (name, f"{place}{study}大学"),
        (name, f"{there}{study}大学"),
        (short, f"{there}{subject}大学"),
        (short, f"{place}{study}大学"),
        (f"{place}大学", f"{place}{study}大学"),
        (f"{place}大学", f"{place}{subject}大学"),
        (f"{place}{subject}大学", f"{place}{study}{subject}大学"),
        (f"{place}大学", f"{place}{subject}学院"),
        (name, f"{there}大学"),
        (f"{name}第{one}附属医院", f"{name}第{two}附属医院"),
        (f"{name}附属第{one}医院", f"{name}附属第{two}医院"),
        (name + unit, name + further),
        (name + unit, f"{there}{study}大学{unit}"),
        (f"{place}市第{one}人民医院", f"{place}市第{two}人民医院"),
        (f"{place}大学", f"{there}大学"),
        (name, f"{there}{study}大学{unit}"),
        (f"{subject}大学", f"{place}{subject}大学"),
        (f"{subject}{study}大学", f"{there}{subject}{study}大学"),
        (f"中国{subject}大学", f"{place}{subject}大学"),
        (f"{chance.choice('东西')}南{subject}大学", f"{chance.choice('东西')}北{subject}大学"),
        (f"{name}({there})", f"{short}{city(chance)}"),
    )


def institutes(chance: random.Random) -> Iterator[Pair]:
    """Yield one pair of each label, of research institutes."""
    place, field, kind = city(chance), chance.choice(FIELDS), chance.choice(_KINDS)
    whole, short = chance.choice(_ACADEMIES)
    study, there = chance.choice([f for f in FIELDS if f != field]), other(chance, city, place)
    own = f"{place}{field}{kind}"
    region = province(chance)
    lab = f"{region.short_zh or region.zh}省{field}重点实验室"
    one, two = chance.sample(range(2, 60), 2)
    brief = abbreviated(chance, place, field, kind)
    yield drawn(
        chance,
        "institute",
        SAME,
        (f"{whole}{field}研究所", f"{short}{field}研究所"),
        (f"{whole}{field}研究所", f"{short}{field}所"),
        (f"{whole}{field}研究所", f"{field}研究所"),
        (f"{whole}{place}分院", f"{short}{place}分院"),
        (whole, short),
        (own, own.replace("研究", "") if "研究" in own else own + " "),
        (own, f"{place}{field[:2]}院" if "院" in own else f"{place}市{field}{kind}"),
        (lab, lab.replace("省", "")),
        (own, f"{place}市{field}{kind}"),
        (f"{field}国家重点实验室", f"国家{field}重点实验室"),
        (f"{field}国家重点实验室", f"{field}全国重点实验室"),  # since the reform of 2022
        (f"{place}{one}所", f"{place}第{one}研究所"),
        (own, brief),
        (own, brief),
        (own, brief),
    )
    yield drawn(
        chance,
        "institute",
        RELATED,
        (whole, f"{whole}{field}研究所"),
        (short, f"{whole}{field}研究所"),
        (whole, f"{short}{field}所"),
        (whole, f"{whole}{place}分院"),
        (own, f"{own}{there}分院"),
        (own, f"{own}{there}分中心"),
        (f"{whole}{field}研究所", f"{whole}{field}研究所{there}分所"),
        (f"{whole}{field}研究所", f"{whole}{field}研究所{study}实验室"),
        (own, f"{own}{study}实验室"),
        (f"{whole}大学", whole),
        (own, f"{own}{study}研究中心"),
    )
    yield drawn(
        chance,
        "institute",
        DIFFERENT,
        (f"{whole}{field}研究所", f"{whole}{study}研究所"),
        (f"{short}{field}所", f"{whole}{study}研究所"),
        (own, f"{there}{field}{kind}"),
        (own, f"{place}{study}{kind}"),
        (own, f"{place}{study}{chance.choice(_KINDS)}"),
        (lab, lab.replace(field, study)),
        (f"{place}{one}所", f"{place}第{two}研究所"),
        (f"{whole}{field}研究所", f"{place}{field}研究所"),
        (f"{whole}第{one}研究所", f"{whole}第{two}研究所"),
        (own, f"{there}{study}{kind}"),
        (brief, f"{there}{field}{kind}"),
        (brief, f"{place}{study}{kind}"),
        (brief, f"{there}{study}{kind}"),
        (f"{field}国家重点实验室", f"{study}国家重点实验室"),
        (own, f"{place}{field}{chance.choice([k for k in _KINDS if k != kind])}"),
    )
