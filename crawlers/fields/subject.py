"""Whom a page is about, where no label and no heading says it: names in the text, weighed by where they stand.

A name counts more in a heading, in bold type of its own, as the page's account, before what only its own page says
(成立于, 位于, 是…机构) or behind what happened to it (认定…为, 走进), and each time that it comes again.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crawlers.fields import names
from crawlers.fields.sheet import Sheet
from schema.evidence import Origin, Reading, Span

LINES = 40  # of a page's text that are looked at
ENOUGH = 4  # weight at which a name is the page's subject
_CLAUSE = re.compile(r"[^，,。；;：:！!？?、“”\"《》『』「」【】\[\]\s—…|｜丨~～/]+")
_EDGE = re.compile(
    r"认定|批准|同意|授予|确认|确定|命名|公布|公示|获悉|了解到|据悉|近日|日前|今天|今日|昨日|祝贺|调研组到?|考察组到?|一行到?|走进|来到|走访|探访|参观|考察|调研|这里是|这就是|坐落|位于|名叫|名为|叫做|称为|[提说谈聊]起|[提说谈]到|专访|采访|对话(?=[\u4e00-\u9fff]{2,24}(?:院长|所长|主任|负责人))"
    r"|支持|依托|牵头|推荐|入选|其中|包括|分别是|以及|关于|隶属于|组建|成立了|设立了|建设了|打造|揭牌|签约|入驻|前往|赴|向|为|是|由|与|和|及|在|对|到|的|日|让|把|将|给|从|(?<!回)归(?![国侨])|看(?!守)|有|等|[（(](?![^（）()]{1,8}[)）])"
)
_SOFT = frozenset("和与及的日有到看对")
_BEHIND = re.compile(
    r"[”》】]?\s?(?:[（(][^（）()]{1,40}[)）])?\s?(?:成立|始建|创建|组建|创立|创办|位于|地处|坐落|坐落于|是(?!否)|系(?!统)|隶属|由[^，。]{2,40}(?:建设|组建|运营|发起|创办|举办|设立|牵头)|注册|落户|于\s?(?:19|20)\d\d|自(?:19|20)\d\d"
    r"|(?:的)?(?:主要)?(?:负责人|院长|所长|主任|创始人|掌门人|掌舵人)|的?前身|现有|拥有|聚焦|主攻|获批|获评|被(?:认定|评为|授予|批准)|获(?:得)?认定|(?:成功|顺利|正式|首批|再次|双双)?(?:入选|上榜|在列|榜上有名|通过认定|获得认定|名列其中|位列其中)|依托|致力|围绕|面向|(?:正式)?揭牌|，\s?(?:成立|是|位于|始建|隶属|由|于\s?(?:19|20)\d\d))"
)
_BEFORE = re.compile(
    r"(?:(?:成立|设立|组建|创办|建立|诞生|注册)了(?:一家)?|名字[^，。；]{0,8}[:：]|认定|批准|同意|授予|确认|命名|走进|走访|探访|来到|祝贺|(?:推荐|申报|培育|组织申报|打造)的|叫|叫做|主角[是——]*|成员[是——]*|位于[^，。；]{2,12}的|[市省区县州]的|地处[^，。；]{2,12}的|这里是|这就是|名叫|名为|挂着“?|推荐|介绍|带您|了解|[—:：]{1,2}|机构|平台|单位)[“《\s]*$"
)


_BORN = re.compile(r"(?:成立|设立|组建|创办|创建|建立|诞生|注册)了(?:一家)?[“《\s]*$")  # the page tells of its origin
# What goes on about the one named last: 该院地处…, 这家单位的…, 它归…管.
_GOES_ON = re.compile(
    r"(?:该|这[家所个座]|本|此)(?:[^，。；“”]{0,8}?(?:机构|单位|平台|科研)|[院所中心室]{1,2}(?!长|士))|(?:^|[，。；])(?:它|其)(?!他|中|实|次|余)|贵(?:院|所|单位|中心)"
    r"|这里|我们(?:院|所|中心|单位|实验室)?(?:是|的生日|成立|隶属|主攻)"
)
_RELATED = re.compile(
    r"(?:隶属于?|主管部门[是为]|主管单位[是为]|上级单位[是为]|依托|由|归|属|挂靠|这里是|来自|有人在|内设|下设|设有|建有|拥有|团队在|里的|联合|□[^，。]{0,12})$"
)
_OVER = re.compile(r"[（(]?(?:直属|下属|所属|属下|主管|的?下属|举办|牵头|投资|运营|承担|负责(?!人)|合作|共建|联合|等)")
_ANAPHOR = re.compile(
    r"(?:该|这[家所个座]|本|我)(?:[^，。；]{0,24}(?:机构|院所|单位|平台))?[院所中心室]{0,2}[^，。；]{0,20}?(?:成立|建立|创建|组建|设立|始建|建于|诞生|隶属|注册|举办单位|依托单位|运营|建设单位|主管|由)|这里是|研究院[^，。；]{0,6}(?:成立|建立|由)|(?:^|[，。“\s])(?:研究[院所]|实验室|中心)(?:于|自|在)?(?:(?:19|20)\d\d年)?[^，。；]{0,10}(?:成立|建立|由|创建|组建|设立|诞生|始建)"
    r"|(?:它|其)(?:隶属|直属|归属|坐落|位于|始建|诞生|成立|建立|创建|组建|的(?:“?东家|上级|主业))|位于[^，。；]{2,10}的"
)


@dataclass(slots=True)
class _Candidate:
    weight: int = 0
    times: int = 0
    places: list[Span] = field(default_factory=list)


def read(
    sheet: Sheet, titles: Sequence[Reading], ends: re.Pattern[str], is_name: Callable[[str], bool]
) -> Reading | None:
    """Return the name that most speaks for being the page's subject, or None where none does or two do alike."""
    text = sheet.view.text
    found: dict[str, _Candidate] = {}
    for span in _told(sheet):
        for place in named(text, span, ends, is_name):
            one = found.setdefault(text[slice(*place)], _Candidate())
            one.places.append(place)
            one.times += 1
            one.weight += 2 * bool(_BEHIND.match(text, place[1])) + 2 * bool(_BEFORE.search(text, 0, place[0]))
            one.weight += 2 * bool(_BORN.search(text, 0, place[0]))
    for place in _alone(sheet, is_name):
        one = found.setdefault(text[slice(*place)], _Candidate())
        one.places.append(place)
        one.weight += 2
    for name in _gone_on(sheet, found):
        found[name].weight += 3
    others = {name for name in found if _is_related(text, found[name].places)}
    found = {name: one for name, one in found.items() if name not in others} or found
    if len({name for name, one in found.items() if one.times}) == 1:
        name, one = next((name, one) for name, one in found.items() if one.times)
        if _is_told(sheet):
            return Reading(name, name, Origin.BODY, (min(one.places),))
    if len(found) == 1:
        name, one = next(iter(found.items()))
        if one.times:  # nobody else is named: 有一家科研单位——某研究所
            return Reading(name, name, Origin.BODY, (min(one.places),))
    ranked = sorted(
        (((_weight(name, one, titles), one.times), name) for name, one in found.items()),
        key=lambda each: (-each[0][0], -each[0][1], -len(each[1])),
    )
    if not ranked or ranked[0][0][0] < ENOUGH or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    name = ranked[0][1]
    place = min(found[name].places)
    return Reading(name, name, Origin.BODY, (place,))


def _told(sheet: Sheet) -> list[Span]:
    """Return the lines of text, and those that introduce somebody: 嘉宾：某人（某研究所所长）."""
    said = sheet.view.text
    lines = [line.span for line in sheet.lines if not line.linked and re.search("[：:（(]", said[slice(*line.span)])]
    return sorted({*sheet.prose[:LINES], *lines[:LINES]})


def _gone_on(sheet: Sheet, found: dict[str, _Candidate]) -> Iterator[str]:
    """Yield, for each sentence that goes on about one named before it, the name that stands nearest before it."""
    named_at = sorted((place[0], name) for name, one in found.items() for place in one.places)
    for span in sheet.prose[:LINES]:
        for match in _GOES_ON.finditer(sheet.view.text, *span):
            before = [name for at, name in named_at if at < match.start()]
            if before:
                yield before[-1]


def _is_related(text: str, places: Sequence[Span]) -> bool:
    """Tell whether a name stands only where those do that another is founded, run or led by."""
    return all(_RELATED.search(text, max(0, start - 12), start) or _OVER.match(text, end) for start, end in places)


def _is_told(sheet: Sheet) -> bool:
    """Tell whether a sentence goes on about a subject without its name: 该院成立于…, 这家…机构, 这里是…"""
    return any(_ANAPHOR.search(sheet.view.text, *span) for span in sheet.prose[:LINES])


def _weight(name: str, one: _Candidate, titles: Iterable[Reading]) -> int:
    in_title = any(name in title.raw for title in titles)
    return min(one.weight, 6) + min(one.times, 3) + 3 * in_title if one.times else 0


def _alone(sheet: Sheet, is_name: Callable[[str], bool]) -> Iterator[Span]:
    """Yield the names that bold type, or the account of the page, consists of."""
    text = sheet.view.text
    for element in sheet.elements:
        if element.tag in ("b", "strong", "a", "h1", "h2", "h3", "h4"):
            start, end = sheet.view.span(element)
            raw = text[start:end]
            if element.tag == "a" and not re.search("name|author|account", str(element.get("id") or "")):
                continue
            if 4 <= len(raw) <= 50 and is_name(raw.strip()):
                start += len(raw) - len(raw.lstrip())
                yield start, start + len(raw.strip())


def named(text: str, span: Span, ends: re.Pattern[str], is_name: Callable[[str], bool]) -> Iterator[Span]:
    """Yield the places of names in running text: each ends as names do, and begins at a clause or behind an edge."""
    for clause in _CLAUSE.finditer(text, *span):
        start, stop = clause.span()
        for match in ends.finditer(text, start, stop):
            longer = ends.search(text, match.end(), stop)  # 中国科学院 begins the name of its institutes
            if longer and longer.end() - match.end() <= 20 and not _EDGE.search(text, match.end(), longer.end()):
                continue
            if re.match(
                r"(?:院|所)?(?:长|内|里|外|士|级|校|企|区|友|落|庆|名(?!列|为|叫|称))",
                text[match.end() : match.end() + 2],
            ):
                continue
            begin = _begin(text, start, match.end(), is_name)
            if begin is None:
                continue
            yield begin, match.end()
            start = match.end()


def _placed(edge: str, before: str) -> bool:
    """Tell whether an edge stands behind a place: 佛山市的某研究院."""
    return edge == "的" and bool(re.search("[省市区县州盟]$", before))


def _begin(text: str, start: int, end: int, is_name: Callable[[str], bool]) -> int | None:
    """Return where a name that ends at `end` begins: behind the last edge that is none inside a name.

    和, 与 and the like stand in names (自动化与智能系统研究所): edges only behind an organisation.
    """
    begin = start
    for edge in _EDGE.finditer(text, start, end):
        before = text[begin : edge.start()]
        soft = edge.group() in _SOFT and not (names.is_organisation(before) or _placed(edge.group(), before))
        if (not soft or edge.start() == begin) and edge.end() < end and is_name(text[edge.end() : end]):
            begin = edge.end()
    if is_name(text[begin:end]):
        return begin
    later = (edge.end() for edge in _EDGE.finditer(text, begin, end))
    return next((at for at in later if is_name(text[at:end])), None)
