"""Organisations that running text names, whatever the sentence: where each begins and ends, and which go together.

What an organisation is in a sentence is told by the word of its role (理事长单位, 下属, 秘书处) and by who stands
nearest to it, so that no pattern is needed for every order in which a sentence may say it.
"""

import re
from collections.abc import Iterator

from crawlers.fields import names
from schema.evidence import Span

LONGEST = 40
_CLAUSE = re.compile(r"[^，,。；;：:！!？?、“”\"《》『』「」【】\[\]\s—…|｜丨~～/]+")
ENDS = re.compile(
    r"(?:有限责任公司|有限公司|集团公司|总公司|分公司|公司|集团|大学|学院|学校|研究总院|研究院|研究所|科学院|工程院|设计院|创新院|科技院|规划院"
    r"|总院|分院|医院|中心|委员会|管委会|办公室|政府|协会|学会|联合会|商会|促进会|研究会|联盟|联合体|基金会|实验室|银行|出版社"
    r"|孵化器|(?<=[\u4e00-\u9fff]{3})(?:局|[厅部署](?!门|分|长|署|队)|[厂所站](?!在|有|以|谓"
    r"|属|得|式)))(?:（有限合伙）)?"
)
_ON = re.compile(
    r"(?:院|所)?(?:[长内里外士级校企区友落庆名城]|旗(?!下)|下(?![属设辖])|[县市省]级)"
)  # what goes on behind an ending: 公司内, 学院长
_HARD = (
    r"认定|批准|同意|授予|获悉|了解到|据悉|近日|日前|今天|今日|昨日|走进|来到|走访|参观|考察|调研|[提说谈聊]起|[提说谈]到|专访|采访|位于|坐落|名为|支持|依托|牵头|推荐|入选|其中|包括|分别是|以及|关于"
    r"|隶属于?|组建|成立了|设立了|打造|揭牌|签约|入驻|前往|选举|推选|推举|选定|选出|产生|当选|担任|继任|继续|现任|新任|首任|首届|上届|原任|新一届|第[一二三四五六七八九十\d]{1,2}届|会上|会议(?!中心)|大会(?!堂)"
    r"|通过|(?<!神)经(?!济|贸|营|开|纬|信|委|管|典|纪)|并(?!联)|成立|引入|引进|委托|聘请|交给了?|交由"
    r"|设在|设于|常驻|挂靠在?|挂靠于|落户|落在|秘书处|单位|带领|指导下?|发起|倡议|旗下|目前|现(?![代场])"
    r"|直属|下属|所属|归属|归口|一直归|(?<![接承遭享感])受(?=[\u4e00-\u9fff]{4})"
    r"|(?<!回)归(?![国侨])|主管|举办方?|主办|承办|协办|出资|全资|控股的"
    r"|(?<![华有])为|是|(?<!自)由|在(?!线)|让|把|将(?!军)|给|从(?!化)|(?<!方)向(?![量阳日])|赴|的|(?<![高平])等(?!离子|级)|[（(]|[)）]|日，?|(?<=[\d一二两三四五六七八九十百多这])家"
)
_SOFT = "联合(?!会)|携手|会同|协同|和|与|及|有(?!限)|对|到|看|以|系(?!统)"
_EDGE = re.compile(f"(?P<hard>{_HARD})|(?P<soft>{_SOFT})")
_GENERIC = re.compile(
    r"^(?:[本该我各其某]|这[家个所]|[一两三四五六七八九十\d]+[家个所]|多家|有关|相关|其他|国内|省内|市内|全国|知名|重点|上市|股份|龙头|合作|下属|高等|科研)?"
    r"(?:公司|集团|大学|学院|学校|院校|院所|科研院所|研究院|研究所|中心|协会|学会|联盟|联合体|实验室|政府|委员会|医院|银行|局|厅|部|厂|站|所|企业公司|有限公司|专家委员会|理事会|办公室)$"
)
_POINTED = re.compile("[这那][个家所座些]|一[家所座]")  # 他受命筹建这个所 names nobody
_BETWEEN = re.compile(r"\s?(?:、|，|,|和|与|及|以及|联合|携手|会同|同|协同|并|[（(][^（）()]{1,20}[)）])+\s?")


def is_named(text: str) -> bool:
    """Tell whether a text is an organisation's name, and no common word for one."""
    core = re.sub(r"[（(][^（）()]*[)）]", "", text)
    return (
        4 <= len(core) <= LONGEST
        and names.is_organisation(text)
        and not _GENERIC.match(text)
        and not _POINTED.search(text)
    )


def is_generic(text: str) -> bool:
    """Tell whether a text is a common word for an organisation (研究所, 该公司, 高等院校)."""
    return bool(_GENERIC.match(text))


def find(text: str, span: Span) -> list[Span]:
    """Return the places of the organisations that `text[span]` names, in order."""
    return list(_find(text, span))


def _find(text: str, span: Span) -> Iterator[Span]:
    for clause in _CLAUSE.finditer(text, *span):
        start, stop = clause.span()
        for match in ENDS.finditer(text, start, stop):
            if match.start() < start:
                continue
            end = match.end()
            if _goes_on(text, end, stop) or _ON.match(text, end, stop):
                continue
            begin = _begin(text, start, end)
            if begin is not None:
                yield begin, end
                start = end


def _goes_on(text: str, end: int, stop: int) -> bool:
    """Tell whether a name ends later: 中国科学院|自动化研究所, 某市|科学技术局."""
    later = ENDS.search(text, end, min(stop, end + 22))
    if later is not None and text.endswith("有限公司", 0, end) and re.search("[了着过起将把]", text[end : later.end()]):
        return False
    return later is not None and _EDGE.search(text, end, later.end()) is None


def _begin(text: str, start: int, end: int) -> int | None:
    begin = start
    for edge in _EDGE.finditer(text, start, end):
        if edge.end() >= end - 2:
            break
        if text[edge.start()] in "（(" and re.match(r"[（(][\u4e00-\u9fff]{2,6}[)）]", text[edge.start() : end]):
            continue  # 云析（杭州）科技
        if text[edge.start()] in "）)" and "（" in text[begin : edge.start()].replace("(", "（"):
            continue
        if edge["soft"] and not names.is_organisation(text[begin : edge.start()]):
            if edge.start() == begin:
                begin = edge.end()
            continue
        begin = edge.end()
    return begin if is_named(text[begin:end]) else None


def run(text: str, found: list[Span], at: int, *, back: bool) -> list[Span]:
    """Return the mentions that are listed together with the one at an index, before it or behind it."""
    step = -1 if back else 1
    kept = [found[at]]
    number = at + step
    while 0 <= number < len(found):
        left, right = (found[number], kept[-1]) if back else (kept[-1], found[number])
        if not _BETWEEN.fullmatch(text[left[1] : right[0]]):
            break
        kept.append(found[number])
        number += step
    return sorted(kept)


def behind(text: str, found: list[Span], end: int, link: re.Pattern[str]) -> list[Span]:
    """Return the mentions behind a word of a role that ends at `end`, where nothing but `link` stands between."""
    at = next((n for n, one in enumerate(found) if one[0] >= end), None)
    if at is None or not link.fullmatch(text[end : found[at][0]]):
        return []
    return run(text, found, at, back=False)


def before(text: str, found: list[Span], start: int, gap: re.Pattern[str]) -> list[Span]:
    """Return the mentions before a word of a role, where nothing but `gap` stands between."""
    at = next((n for n in reversed(range(len(found))) if found[n][1] <= start), None)
    if at is None or not gap.fullmatch(text[found[at][1] : start]):
        return []
    return run(text, found, at, back=True)
