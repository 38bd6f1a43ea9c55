"""The name of the institute that a page is about: under a label, as its heading, in the heading, in the text."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from crawlers.fields import blocks, headings, leadins, listed
from crawlers.fields.stated import Statements
from schema.evidence import Extraction, Origin, Reading, Span

IsName = Callable[[str], bool]
_TITLE_TAIL = re.compile(
    r"[\s\-_|—–·:：>»]*(?:机构|单位|研究所|研究院|实验室|中心|基本|本所|本院|所|院)?(?:简介|概况|介绍|概览|情况|简况|首页|主页|官网|官方网站|信息|详情|基本信息|百科|欢迎您|所况|院况|概述|档案)+$|\s*(?:欢迎您|首页)$"
)
_TITLE_HEAD = re.compile(
    r"^(?:(?:机构|单位|研究所|研究院|实验室|科研机构|中心|[本我][所院室]|[本我](?:中心|单位)|关于[本我][所院])?(?:简介|概况|介绍|概览|首页|关于我们|历史沿革|发展历程|发展沿革|沿革|所史|院史|组织机构|机构设置|大事记|领导致辞|所长致辞|院长致辞|基本情况|联系我们|详情|走进|探访|信息|基本信息|所况|院况|所况简介|院况简介|本所简介|本院简介|档案|名片|人物|聚焦|专访|特写|观察|一线)|机构|新型研发机构(?:风采|展示|巡礼|介绍|简介|名片)?|重点实验室(?:展示|风采|介绍|简介)?|欢迎访问|喜报|祝贺|热烈祝贺|重磅|今天|\d{1,2}月\d{1,2}日)[\s\-_|—–·:：>»！!，,丨]+|^(?:走进|探访|认识|访|热烈祝贺|探秘|解码|揭秘|一文(?:了解|读懂|看懂)|[带让][您你](?:一起)?(?:了解|走进|认识|看懂|看|探访)|记)"
)
_EVENT = re.compile(
    r"(?:在.{2,8})?(?:正式|顺利|今日|今天|隆重|在|获|通过|入选|揭|成立|启动|落|签约|启用|获批|亮相|被|喜获|荣获|举行|挂牌|建成|投入|召开|成功|完成|迎来|简介|概况|建设|创|以|聚焦|推进|诚聘|招聘|诚招|招收|招贤|招生|面向|20\d\d年|怎么样|怎样|如何|好不好|待遇|发布|开放|召)"
)
ENDS = re.compile(
    r"(?:研究总院|研究院|研究所|实验室|研究中心|科学院|创新中心|工程中心|设计院|工程院|创新院|分院|总院|中心)"
    r"(?:股份有限公司|有限责任公司|有限公司|集团)?(?:[（(][\u4e00-\u9fff]{2,6}[)）])?"
)
_OTHER = re.compile(
    r"(?:公司|集团|大学|(?<!科)学院|学校|联盟|协会|学会|促进会|联合体|开发区|园区|产业园|大会|论坛|博览会)\s*(?:[（(][^（）()]*[)）])?\s*$"
)
_SENTENCE = re.compile(r"[，。；]|(?:19|20)\d\d\s?年")  # 机构 may head a chapter, not a name
_NAMING = re.compile(r"[^\s级类批]\S{3}")  # 省级 under 新型研发机构 is no name
_PIECE = re.compile(r"[^\s|｜丨:：_]+(?:\s[^\s|｜丨:：_]+)*")
_FINER = re.compile(r"[^\s|｜丨:：_·•—–【】〖〗\[\]［］「」『』①-⑳-]+")
# Who leads an institute speaks of it: ——对话某研究院院长刘某.
_LED = re.compile(
    r"(?:^|[—”》\]】]|对话|专访|访谈?|采访|走[近进]|记)(?P<name>[^—“”《》\[\]【】对访]{4,30}?)(?=(?:常务|执行)?副?(?:院长|所长|主任|台长|党委书记|首席|负责人))"
)
_LIST = re.compile(r"名单|一览|通知|公示|目录|名录|办法|意见|列表")
_FOUNDING = re.compile(
    r"(?:[（(][^（）()]{0,60}[)）])?\s?(?:成立|始建|创建|组建|建于"
    r"|创立|诞生|(?:19|20)\d\d年[^，。]{0,8}(?:建所|建院|成立|组建"
    r"|创建)|[^，。]{0,4}隶属|是[^，。]{2,24}(?:直属|下属|所属))"
)
_OF = re.compile("[的和与及、]|负责人|院长|所长|主任|[是为系](?:其|它|该|本)")
# 研究所隶属某某科学院 begins with whom the page is about, not with a name.
_RUNNING = re.compile(
    r"(?:该|本|这家|这个)?(?:研究[所院]|实验室|中心|[所院])[^，。]{0,6}?(?:隶属|直属|归|系|由|在|划|挂|是|为|与|以)"
)
_OPENING = re.compile(
    rf"{blocks.LEAD}(?P<name>[^，。；：（(《“”\s\u3000]{{4,46}})(?:[（(][^（）()]{{0,60}}[)）])?[\s\u3000]{{0,2}}"
    r"(?:[:：—]{1,2}\s?|成立|始建|创建|组建|建于|创立|诞生|位于|坐落|地处|是|系|隶属|于|，|由|。|(?:19|20)\d\d年|[\s\u3000|｜丨])"
)


def is_subject(titles: Sequence[Reading], single: Extraction) -> bool:
    """Tell whether a page's heading is the institute's own name, and the page says more of it than the name."""
    said = listed.key(str(single.value("name")))
    own = any(listed.key(_stripped(str(title.value))[0]) == said for title in titles[:3])
    return own and len(single.fields) >= 3


def _stripped(title: str) -> tuple[str, int]:
    """Return a title without what profiles put around the name, and where the rest begins."""
    lead = _TITLE_HEAD.match(title)
    start = lead.end() if lead else leadins.end(title)
    rest = _TITLE_TAIL.sub("", title[start:]).strip()
    return rest.strip(' “”"《》'), title.find(rest, start)


def read(
    stated: Statements, titles: Sequence[Reading], row: Reading | None, prose: Sequence[Span], is_name: IsName
) -> Reading | None:
    """Return the institute's name, or None where the page names none, or several under labels.

    `row` is the title in the list that led to the page, `prose` are the lines of its text.
    """
    labelled = [one for one in stated.of("name") if not one.column]
    sound = [one for one in labelled if is_name(stated.text[slice(*one.first)])]
    # A name that ends as those of other things do is one of another kind: this is no page on an institute.
    labelled = sound or [
        one
        for one in labelled
        if _NAMING.search(said := stated.text[slice(*one.first)])
        and not _OTHER.search(said)
        and not _SENTENCE.search(said)
    ]
    if labelled:
        best = [stated.text[slice(*one.first)] for one in labelled if one.label.rank == labelled[0].label.rank]
        several = len(set(map(listed.key, best))) > 1
        return None if several else listed.name(_reading(stated.text, labelled[0].first, Origin.TABLE))
    found = next(_headed(titles, row, is_name), None)
    if found is not None or (titles and _LIST.search(titles[0].raw)) or not prose:
        return found
    if (found := next(_quoted(stated.text, prose[:3], is_name), None)) is not None:
        return found
    return opening(stated.text, prose[0], is_name) or next(_later(stated.text, prose[1:4], is_name), None)


def _later(text: str, prose: Sequence[Span], is_name: IsName) -> Iterator[Reading]:
    """Yield the institutes with whose name and founding a later line begins: news on a visit says so behind."""
    for span in prose:
        if (found := opening(text, span, is_name)) is not None and _FOUNDING.match(text, found.spans[0][1]):
            yield found


def opening(text: str, span: Span, is_name: IsName) -> Reading | None:
    """Return the institute whose name begins a line that goes on to say when, where or by whom it was founded."""
    start, end = span
    match = _OPENING.match(text[start:end])
    if match is None or _RUNNING.match(match["name"]):
        return None
    said, begin = match["name"], start + match.start("name")
    ends = [len(said), *reversed([held.end() for held in ENDS.finditer(said)])]
    # 某中心的主业是 begins no sentence on its founding.
    places = ((begin, begin + stop) for stop in ends if is_name(said[:stop]) and not _OF.match(said[stop:]))
    return next((_reading(text, place, Origin.BODY) for place in places), None)


def _headed(titles: Sequence[Reading], row: Reading | None, is_name: IsName) -> Iterator[Reading]:
    """Yield the names in headings: a whole one, one in quotation marks, one at the beginning of what happened."""
    for title in titles[:6]:
        said, at = _stripped(title.raw)
        if is_name(said) and not re.search(r"、|等", said) and not _is_joined(said, is_name):
            yield headings.part(title, (at, at + len(said)), said)
            continue
        for piece in [*_PIECE.finditer(title.raw), *_FINER.finditer(title.raw)]:  # a column's name | the institute
            own, lead = _stripped(piece.group())
            if len(own) < len(title.raw) and is_name(own) and not re.search("、|等", own):
                begin = piece.start() + lead
                yield headings.part(title, (begin, begin + len(own)), own)
    for title in [*titles[:3], *([row] if row else [])]:
        for match in re.finditer(r"“([^”]{4,40})”", title.raw):
            if is_name(match[1]):
                yield headings.part(title, match.span(1), match[1])
        for piece in re.finditer(r"[^\s，,！!：:；;|｜丨]+", title.raw):
            said = piece.group()
            if piece.start() and is_name(said) and re.match(r"\s(?:怎|如何|好|待遇|有)", title.raw[piece.end() :]):
                yield headings.part(title, piece.span(), said)
            if (led := _LED.search(said)) is not None and is_name(led["name"]):
                begin = piece.start() + led.start("name")
                yield headings.part(title, (begin, piece.start() + led.end("name")), led["name"])
            for end in _before_events(said):
                if is_name(said[:end]):
                    yield headings.part(title, (piece.start(), piece.start() + end), said[:end])


def _is_joined(said: str, is_name: IsName) -> bool:
    """Tell whether a title joins a heading and the institute's name: 院情总览-某研究院."""
    parts = re.split(r"\s?[-–]+\s?", said)
    return len(parts) > 1 and len(parts[0]) <= 8 and not is_name(parts[0]) and is_name(parts[-1])


def _quoted(text: str, prose: Sequence[Span], is_name: IsName) -> Iterator[Reading]:
    """Yield the laboratories that the first lines name in quotation marks, or at the beginning of what happened."""
    for start, end in prose:
        for match in re.finditer(r"“([^”]{6,50}实验室)”", text[start:end]):
            if is_name(match[1]):
                yield _reading(text, (start + match.start(1), start + match.end(1)), Origin.BODY)
    for start, end in prose[:1]:
        for clause in re.finditer(r"[^，。；]+", text[start:end]):
            for stop in _before_events(clause.group()):
                if is_name(clause.group()[:stop]) and clause.group()[:stop].endswith("实验室"):
                    begin = start + clause.start()
                    yield _reading(text, (begin, begin + stop), Origin.BODY)


def _before_events(said: str) -> Iterable[int]:
    """Return where names may end before what is said to have happened, the longest first."""
    return reversed([match.end() for match in ENDS.finditer(said) if _EVENT.match(said, match.end())])


def _reading(text: str, span: Span, origin: Origin) -> Reading:
    raw = text[slice(*span)]
    return Reading(re.sub(r"\s*\n\s*", "", raw).strip(), raw, origin, (span,))
