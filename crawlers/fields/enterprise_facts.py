"""What labels and sentences say of an enterprise: its founding, seat, layer, industry, code, site and platform."""

import re
from collections.abc import Iterator

from crawlers.fields import periods, places, roles
from schema.evidence import Origin, Reading, Span
from schema.types.credit_code import CreditCode
from schema.types.partial_date import PartialDate
from schema.types.region_code import RegionCode

LAYERS = {"基础": "foundation", "技术": "technology", "应用": "application"}
_LAYER = re.compile(r"(基础|技术|应用)(?:支撑)?层")
_NOT_OWN = re.compile(
    r"子公司|分公司|母公司|前身|旗下|研究院|实验室|基金|联盟|协会|工会|党支部|党委|事业部|股东|投资方|客户|合资|研究所|办事处|中心(?:成立|位于)|基地|工厂|竞争对手|门店"
)
_FOUNDED = (
    re.compile(r"(?:成立|创立|创建|创办|始建|始创|初创|组建|设立|诞生|注册|起步)于\s?$"),
    re.compile(
        r"(?:成立|创立|创建|创办|注册|诞生|组建|设立|起步)(?:成立|登记|设立)?的?(?:时间|日期|年份|日子|那年|时候)?(?:则|就)?(?:[^，。；\d]{0,8}——|为|是|在|[:：])?\s?$"
    ),
)
_FOUNDED_AFTER = re.compile(
    r"^\s?(?:成立|创立|创办|创建)(?:以来|至今)|^[，,]?[^，。；]{0,50}?(?:成立|创立|创建|创办|设立|诞生|组建|拿到(?:了)?营业执照|领到(?:了)?营业执照|注册|开张|起步|启航|白手起家)(?!了|\d|[一二三四五六七八九十]+周年|周年|以来|之际|大会|仪式|[^，。；]{0,24}(?:子公司|分公司|研究院|中心|实验室|基金|联盟|办事处|事业部|院士|工作站|基地|工厂|部门|团队|委员会))"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年?(?!\s?\d)")
_SEAT = (
    re.compile(
        r"总部(?:现|目前)?(?:位于|设在|设于|坐落于|坐落在|座落于|地处|在|落户|落户于|为|所在地为|地点为|[:：])\s?(?P<where>[^，。；]{2,30})"
    ),
    re.compile(
        r"(?:公司|企业)?(?:现)?(?:位于|坐落于|坐落在|座落于|地处|落户于?|扎根|立足|落址于?)(?P<where>[^，。；]{2,30})"
    ),
    re.compile(r"(?P<where>[\u4e00-\u9fff]{2,12}?)(?:设立|设有|拥有|为)?(?:公司)?总部"),
    re.compile(
        r"(?:(?:注册地(?:址|点)?|办公地(?:点|址)?|公司地址|所在地|总部地址|住所地?|公司坐标)(?:为|位于|在|是|[:：])?|注册[于在]|(?:成立|创立|创办|始创|创建|诞生)于(?:(?:19|20)\d\d年[\d月日]*，?)?(?:在|于)?)(?P<where>(?!注册地|总部|办公|是|由|现)[\u4e00-\u9fff][^，。；]{1,30})"
    ),
    re.compile(r"在(?P<where>[^，。；]{2,20}?)(?:注册|登记)?(?:成立|创立|创办|创建)"),
)
_FOUNDED_IN = 4  # the pattern of 在某市成立
_BRANCH = re.compile(
    r"(?:了|的|其)?[^，。；]{0,10}(?:研究院|子公司|分公司|中心|基地|办事处|公司|工厂|实验室|联盟|基金|总部|事业部)"
)
_SITE = re.compile(
    r"(?:https?://|www\.)[A-Za-z0-9][A-Za-z0-9.\-]*\.[A-Za-z]{2,}(?::\d+)?(?:/[A-Za-z0-9_\-./?=&%#]*)?", re.IGNORECASE
)
_BARE_SITE = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9\-]*(?:\.[A-Za-z0-9\-]+)*\.(?:com|cn|net|org|ai|tech|io|test|example|top|co)(?:\.cn)?(?:/[A-Za-z0-9_\-./?=&%#]*)?",
    re.IGNORECASE,
)
_INDUSTRY = re.compile(
    r"(?:所属行业|行业分类|国民经济行业(?:分类)?|行业类别|所处行业|所属的?行业)(?:为|是|属于?|[:：])\s?[“「]?(?P<a>[^，。；“”」]{2,40})|(?:公司|企业)?属于?(?P<b>[^，。；的]{2,24}(?<![企产])业)(?:（|\(|，|。|$|领域|企业)|归属于?(?P<c>[^，。；的]{2,24}(?<![企产])业)"
)
_PLATFORM = re.compile(r"(?<!非)(?:平台型?企业|平台类企业)")
_ENGLISH = re.compile(
    r"(?:英文名称?|英文全称|外文名称?|英文)(?:为|是|[:：])?\s?[“「]?(?P<a>[A-Z][A-Za-z0-9 .,&()’'\-]{3,80})|"
    r"[（(](?:英文名称?[:：为]?|英文[:：])?\s?(?P<b>[A-Z][A-Za-z0-9 .,&’'\-]{2,70}?(?:Ltd|Inc|Limited|Corporation|"
    r"Corp|LLC|Group|Company|Technology|Technologies|Holdings)\.?)\s?[,，;；、）)（(]"
)


def founded(said: str, known: set[str]) -> tuple[str, int, int] | None:
    """Return the day on which a sentence says that its company was founded, with its place; `known` are its names."""
    dates = [(str(one.first), one.start, one.end) for one in periods.find(said)]
    dates += [(match[1], *match.span()) for match in _YEAR.finditer(said)]
    for value, start, end in dates:
        clause = re.split("[，。；,;]", said[:start])[-1]
        before, after = said[:start].rstrip(" （("), said[end:]
        founding = any(pattern.search(before) for pattern in _FOUNDED)
        follows = _FOUNDED_AFTER.match(after)
        if not founding and follows is None:
            continue
        rest = follows.group() if follows and not founding else re.split("[，。；,;]", after)[0]
        if _is_own(said, clause + rest, known):
            return value, start, end
    return None


def is_founding(said: str, end: int, known: set[str]) -> bool:
    """Tell whether a sentence goes on behind its day, which ends at `end`, to say that its company was founded."""
    follows = _FOUNDED_AFTER.match(said[end:])
    return follows is not None and _is_own(said, follows.group(), known)


def _is_own(said: str, clause: str, known: set[str]) -> bool:
    """Tell whether a clause speaks of the company: it names it, says 公司, or has no subject."""
    if any(name in clause for name in known):
        return not re.search(r"前身|母公司|子公司|旗下", clause)
    other = re.search(
        r"[\u4e00-\u9fffA-Za-z]{2,}(?:集团|资本|基金|大学|研究院|协会|联盟|学会|银行|中心|实验室)", clause
    )
    return not _NOT_OWN.search(clause) and not other and not re.search("前身|母公司", said[: said.find(clause)][-12:])


def seat(said: str, known: set[str]) -> tuple[RegionCode, int, int, int] | None:
    """Return the region where a sentence says that its company sits, its place, and how weak the words are."""
    for weakness, pattern in enumerate(_SEAT):
        for match in pattern.finditer(said):
            clause = re.split("[，。；,;]", said[: match.start()])[-1]
            if weakness and not _is_own(said, clause + match.group(), known):
                continue
            if re.search(
                r"研发总部|区域总部|第二总部|[东南西北中]部总部|国际总部|海外总部|分部|营销总部",
                said[max(0, match.start() - 4) : match.end() + 2],
            ):
                continue
            if weakness == _FOUNDED_IN and _BRANCH.match(said[match.end() :]):
                continue  # 在北京成立研究院
            where = match["where"]
            start = match.start("where")
            place = places.at_start(where) or (places.first(where) if weakness == 2 else None)
            if place is None and (
                nested := re.match(
                    r"(?:了)?(?:我国|中国|美丽的|风景秀丽的|素有[^，]*之称的|[“「][^”」]*[”」](?:之称)?的?|国家[^，。]{0,10}——)",
                    where,
                )
            ):
                start += nested.end()
                place = places.at_start(where[nested.end() :])
            if place is None and weakness != 2:
                start += (behind := places.epithet(where))
                place = places.at_start(where[behind:]) if behind else None
            if place is not None:
                return place.code, start + place.start, start + place.end, weakness
    return None


def located(code: RegionCode, raw: str, origin: Origin, at: Span, document: str | None = None) -> dict[str, Reading]:
    """Return province and city of a region as readings."""
    found = {"province": Reading(code.province.name, raw, origin, (at,), document)}
    deeper = code.level != "province" or code.value in places.MUNICIPALITIES
    if deeper and (name := places.city(code, raw)):
        found["city"] = Reading(name, raw, origin, (at,), document)
    return found


def layer(said: str, *, label: bool = False) -> tuple[str, int, int] | None:
    """Return the one layer that a text states, with its place; None where it names several or none."""
    found = list(_LAYER.finditer(said))
    if label and not found and (match := re.fullmatch(r"\s*(基础|技术|应用)(?:类|支撑|型)?\s*", said)):
        found = [match]
    if len({match[1] for match in found}) != 1:
        return None
    return LAYERS[found[0][1]], *found[0].span()


def website(said: str, *, label: bool = False) -> Span | None:
    """Return the place of the address of a site, as printed."""
    match = _SITE.search(said) or (_BARE_SITE.search(said) if label or re.search("官网|网址|网站", said) else None)
    if match is None:
        return None
    return match.start(), match.start() + len(
        match.group().rstrip("./?") if not match.group().endswith("/") else match.group()
    )


def industry(said: str) -> Span | None:
    """Return the place of the industry that a sentence states in words (所属行业为…)."""
    match = _INDUSTRY.search(said)
    if match is None:
        return None
    group = next(name for name, part in match.groupdict().items() if part)
    return match.span(group)


def english_name(said: str) -> Span | None:
    """Return the place of the English name that a sentence gives in brackets or behind 英文名."""
    match = _ENGLISH.search(said)
    if match is None:
        return None
    group = "a" if match["a"] else "b"
    start, end = match.span(group)
    raw = said[start:end].rstrip(" ,(（-")
    if raw.count("(") > raw.count(")"):
        raw = raw[: raw.rindex("(")].rstrip()
    elif raw.count(")") > raw.count("("):
        raw = raw[: raw.rindex(")")].rstrip()
    return start, start + len(raw)


def is_platform(said: str, *, label: bool = False) -> tuple[bool, int, int] | None:
    """Return whether a text says that its company is a platform, with the place of the words; None if it does not."""
    if label:
        match = re.match(r"\s*(是|否|非|不是|√|Y|N)", said)
        return (match[1] in ("是", "√", "Y"), *match.span(1)) if match else None
    match = _PLATFORM.search(said)
    if match is None or re.search(
        r"平台(?:型)?企业(?:合作|客户|[、和等])|服务于|为[^，。]{0,10}平台(?:型)?企业|与[^，。]{0,12}平台", said
    ):
        return None
    return True, *match.span()


def code(said: str) -> tuple[str, int, int] | None:
    """Return the first code of a text whose check digit is right, with its place."""
    found = CreditCode.find(said)
    return (str(found[0][0]), *found[0][1]) if found else None


def day(said: str) -> tuple[str, int, int] | None:
    """Return the day, month or year of a field that holds a date, with its place."""
    if found := periods.find(said, label=True):
        return str(found[0].first), found[0].start, found[0].end
    if date := PartialDate.parse(said):
        return str(date), 0, len(said)
    for date, start, end in PartialDate.find(said):
        return str(date), start, end
    match = _YEAR.search(said)
    return (match[1], *match.span()) if match else None


def sentences(text: str, spans: list[Span]) -> Iterator[tuple[Span, str]]:
    """Yield the sentences of some lines with what they say."""
    for span in spans:
        for sentence in roles.sentences(text, span):
            yield sentence, text[slice(*sentence)]
