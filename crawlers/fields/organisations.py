"""What sentences say of organisations: names in headings, founding days, numbers of members, and their level."""

import re

from crawlers.fields import periods, places, relative_days
from schema.evidence import Span
from schema.types.chinese_number import parse_number
from schema.types.partial_date import PartialDate

_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6}|[一二两三四五六七八九十百千]{1,6})"
_COUNTS = (
    re.compile(
        rf"(?:会员|成员)(?:单位|企业|机构)?(?:数量|总数|数)?(?:也|已)?[由从][^，。；]{{2,16}}?(?:到|至|为)[^，。；\d]{{0,6}}?{_NUMBER}\s?[余多]?\s?(?:家|个|名)"
    ),
    re.compile(
        rf"(?:会员|成员)(?:单位|企业|机构)?(?:包括|涵盖|有|含|囊括)[^。；]{{2,80}}?(?:等|共计?|合计|总计)\s?{_NUMBER}\s?[余多]?\s?(?:家|个)"
    ),
    re.compile(
        rf"(?:会员|成员)(?:单位|企业|机构)?(?:总数|数量|数)?(?:已?达到?|已|目前|包括|涵盖|有|共有?|共计|现有|总计|增至|增加到|增加至|扩大到|扩大至|增长到|增长至|扩充到|扩充至|壮大到|壮大至|发展到|发展至|超|突破|为|超过|已有|已经?达到?|近|约|已超过?|逾|[:：])+\s?{_NUMBER}\s?[余多]?\s?(?:家|个|名)?"
    ),
    re.compile(rf"{_NUMBER}\s?[余多]?\s?(?:家|个|名)\s?(?:单位|企业|机构)?(?:会员|成员)(?:单位|企业|机构)?"),
    re.compile(
        rf"(?:拥有|汇聚|吸纳|凝聚|现有|汇集|共有|发展)[^，。；]{{0,12}}?(?:会员|成员)(?:单位|企业|机构)?[^，。；\d]{{0,6}}?{_NUMBER}\s?[余多]?\s?(?:家|个|名)"
    ),
    re.compile(rf"(?:会员|成员)(?:单位|企业|机构)?\s?{_NUMBER}\s?[余多]?\s?(?:家|个(?!月|工作))"),
    re.compile(
        rf"(?:首批|共有|汇聚|吸引|联合|由|等|涵盖|包括)[^，。；\d]{{0,30}}?{_NUMBER}\s?[余多]?\s?(?:家|个)(?:单位|企业|机构|企事业单位|[^，。；]{{0,14}}?(?:单位|企业|机构))[^，。；]{{0,16}}?(?:加入|组成|加盟|入盟|成为(?:首批)?(?:成员|会员))"
    ),
)
# 成员规模已达312家, 规模扩大到97家单位; of figures one above its name: 136 | 成员单位.
_SIZES = (
    re.compile(
        rf"(?:会员|成员|联盟|协会)(?:单位|企业|机构)?(?:的)?(?:规模|队伍|家数|总量|大家庭)[^，。；\d]{{0,8}}?{_NUMBER}\s?[余多]?\s?(?:家|个)"
    ),
    re.compile(
        rf"(?:汇聚|吸纳|吸引|凝聚|集聚|汇集|联合|团结|拥有)(?:了)?[^，。；\d]{{0,16}}?{_NUMBER}\s?[余多]?\s?(?:家|个)[^，。；]{{0,14}}?(?:单位|企业|机构|院所|高校)(?:加入|加盟|入会|入盟)"
    ),
)
_GATHERED = (
    re.compile(
        rf"(?:会员|成员)(?:单位|企业|机构)?[^。；\d]{{0,24}}?，(?:总数|总量|数量|规模)(?:已|也)?(?:达到?|为|有|超过|突破|增至|升至)\s?{_NUMBER}\s?[余多]?\s?[家个]"
    ),
    re.compile(
        rf"(?:汇聚|汇集|集聚|凝聚|联合|吸引|囊括|集结|吸纳)(?:了)?(?:来自[^，。；]{{0,12}})?{_NUMBER}\s?[余多]?\s?家"
        rf"(?:[^，。；]{{0,10}})?(?:企业|高校|科研|单位|院所|机构)"
    ),
    re.compile(
        rf"(?:加入|加盟|入会)(?:了)?(?:的|联盟|协会|本会|学会)*(?:单位"
        rf"|企业|机构|成员)(?:已|共|总数)?(?:有|达|为|是)?(?:到)?\s?{_NUMBER}\s?[余多]?\s?[家个]"
    ),
    re.compile(
        rf"(?:朋友圈|大家庭|阵营|队伍|版图)[”」]?(?:已|也)?(?:扩大|扩容"
        rf"|壮大|扩充|增加?|拓展|发展)(?:到|至|为)\s?{_NUMBER}\s?[余多]?\s?[家个]"
    ),
    re.compile(rf"(?:会员|成员)(?:单位|企业|机构)?(?:总数|总量|数量|数)\s?{_NUMBER}\s?[余多]?\s?[家个]"),
    re.compile(rf"{_NUMBER}\s?[余多]?\s?[家个][^，。；]{{0,14}}?(?:入盟|入会|加盟|加入其中|携手入盟)"),
)
_ONCE = re.compile(
    r"(?:最初|起初|彼时|当时|那时|成立之初|初创时|创立时|起步时|刚成立)\D{0,10}$"
)  # what was is not what is
_PRESENT = re.compile(r"[^，。；]{0,6}(?:参会|参加|出席|代表|到会|与会|到场)")  # who came is not how many there are
_JOINED = re.compile(
    rf"{_NUMBER}\s?[余多]?\s?(?:家|个)[^，。；]{{0,16}}?(?:成为|加入|入选|当选|作为|签约成为)(?:了)?(?:联盟|协会)?(?:的)?(?:首批|第一批|创始)?(?:成员|会员|联盟|协会|其中)"
)
_TILE = re.compile(
    rf"^\s*{_NUMBER}\s?[+＋]?\s?[余多]?\s?[家个]?[+＋]?\s*(?:联盟|协会|现有|累计)?(?:会员|成员)(?:单位|企业|机构)?(?:数量|总数|数)?(?:[（(][家个][)）])?\s*$"
)
_FOUNDED_AFTER = re.compile(
    r"^[^。；]{0,60}?(?:成立|揭牌|组建|创立|获批设立|批准设立|(?<=正式)挂牌|发起(?=[，。；]|$))(?!以来|后|之初|于|\d)"
)
_FOUNDED_BEFORE = re.compile(
    r"(?:成立|诞生|肇始|创立|创建|组建|创办|始建|发起|设立|筹建)(?:于|时间[为是:：]|日期[为是:：]|时间|日期)\s?$"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年(?!\s?\d)")
_LEVELS = (
    ("national", re.compile(r"国家级|全国性|国家一级|全国(?=行业)")),
    ("provincial", re.compile(r"省级|全省性|省一级|自治区级|全区性|直辖市级")),
    ("municipal", re.compile(r"(?<!直辖)市级|全市性|地市级")),
    ("industry", re.compile(r"行业性|行业级|行业类")),
)


def level(text: str) -> tuple[str, int, int] | None:
    """Return the level that a text states first, national / provincial / municipal before industry; with its place."""
    found = [(match.start(), match.end(), name) for name, pattern in _LEVELS for match in pattern.finditer(text)]
    ranked = sorted(found, key=lambda one: (one[2] == "industry", one[0]))
    return (ranked[0][2], *ranked[0][:2]) if ranked else None


def level_of_name(name: str) -> tuple[str, int, int] | None:
    """Return the level that a name's first words say (中国, a province, a city), with their place."""
    if match := re.match(r"中国(?!（)|全国|国家", name):
        return ("national", *match.span())
    place = places.at_start(name)
    if place is None or place.start:
        return None
    if place.code.level == "province":
        return ("provincial", place.start, place.end)
    return ("municipal", place.start, place.end) if place.code.level == "prefecture" else None


def count(text: str) -> tuple[int, int, int] | None:
    """Return the number of members that a text states, with the place of the words; 200余家 is 200."""
    for pattern in (*_COUNTS, *_SIZES, _JOINED, *_GATHERED):
        for match in pattern.finditer(text):
            number = parse_number(match["n"])
            if (
                number
                and number >= 2
                and not re.search("新增|副", match.group())
                and not _ONCE.search(text[: match.start("n")])
                and not _PRESENT.match(text, match.end())
            ):
                return (int(number), *match.span("n"))
    return None


def tile(text: str) -> tuple[int, int, int] | None:
    """Return the number of members of a figure with its name below it (136 | 成员单位), with its place."""
    match = _TILE.match(text)
    number = parse_number(match["n"]) if match else None
    return (int(number), *match.span("n")) if match and number else None


def founding(text: str, published: PartialDate | None) -> tuple[str, Span] | None:
    """Return the day of founding that a sentence says, as ISO, with its place; `published` dates what says 今天."""
    told = relative_days.find(text, published)
    # 去年11月8日 is none of this year's days; what is said in full goes before 昨天.
    days = [
        (str(one.first), (one.start, one.end))
        for one in periods.find(text, published.year if published else None)
        if not any(start < one.end and one.start < end for _, start, end in told)
    ]
    days += [(value, (start, end)) for value, start, end in told]
    days += [(match[1], match.span()) for match in _YEAR.finditer(text)]
    for value, (start, end) in days:
        if _FOUNDED_BEFORE.search(text[max(0, start - 10) : start]):
            return value, (start, end)
    for value, (start, end) in days:
        since = re.search(r"[自从]\s?$", text[:start]) and re.match(
            r"[^，。；]{0,6}(?:成立|组建|创立|创建)", text[end:]
        )
        if _FOUNDED_AFTER.match(text[end:]) or since:
            return value, (start, end)
    return None
