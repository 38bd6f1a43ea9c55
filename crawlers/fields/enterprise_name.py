"""Which company a page is about, and what else it is called."""

import re
from collections.abc import Mapping

from crawlers.fields import enterprise_facts, headline, legal_names, listing, names
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Origin, Reading, Span
from schema.types.region_code import RegionCode

_COMPANY = re.compile(
    r"(?:公司|集团|厂|合伙|合作社|研究院|设计院|事务所|Ltd\.?|Inc\.?|Limited|LLC|Corporation|Corp\.?|GmbH|院|所|中心)[)）]?$"
)
_SHORT = re.compile(
    r"(?:以下|下|对外|公司|中文)?(?:统?简称|下称|又称|也称|俗称)(?:为|是)?[:：]?\s{0,2}(?P<all>[“「\"『][^”」\"』]{2,20}[”」\"』](?:\s?[或、和及/]\s?[“「\"『][^”」\"』]{2,20}[”」\"』])*|[\u4e00-\u9fffA-Za-z0-9]{2,12}(?=[）)，,；。\n]|$))"
)
_QUOTED = re.compile(r"[“「\"『](?P<name>[^”」\"』]{2,20})[”」\"』]|^(?P<bare>[\u4e00-\u9fffA-Za-z0-9]{2,12})$")
# What others call it: 大家都叫它“X”, 圈内人称“X”, “X”这个名字.
_CALLED = re.compile(
    r"(?:叫|称|唤|喊|管)(?:它|其|他们|这家公司|这家企业|公司)?(?:为|作|做|叫)?[“「\"『](?P<a>[^”」\"』]{2,12})[”」\"』]"
    r"|[“「\"『](?P<b>[^”」\"』]{2,12})[”」\"』](?:这个|这一|的)(?:名字|名号|招牌|称呼|简称|品牌)"
)
# A name with its stock code: 云视科技（688123.SH）, 某某股份（证券代码：300123）.
_CODE = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,12})\s?[（(](?:(?:股票"
    r"|证券)?(?:代码|简称)?[:：]?\s?)?(?:(?:SH|SZ|BJ|HK)\s?[:：.]?)?(?:[034689]\d{5}"
    r"|\d{4,5}(?=\.?HK))(?:\.[A-Z]{2})?[)）]"
)
_EXPLAINED = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,10})[”」\"]?\s?(?:[（(]\s?(?:公司"
    r"|企业|工商)?(?:全称|全名|名称|注册名)[:：为是]?\s?|[，,]\s?(?:即"
    r"|也就是|全称(?:为|是)?|全名)\s?|[（(])[“「\"]?$"
)
_HEADED = re.compile(
    r"(?:[^：:｜|丨]{1,8}[：:｜|丨])?\s?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,10}?)"
    r"(?=发布|披露|公布|公告|晒出|交出|预计|预告|拟|完成|获|宣布"
    r"|实现|营收|净利|业绩|[:：，]|(?:20\d\d)|年报|上半年|前三季度"
    r"|一季度|三季度|的)"
)
_GENERIC = frozenset({"公司", "本公司", "该公司", "企业", "集团", "我司", "本企业", "本集团", "发行人", "上市公司"})
_ABOUT = re.compile(r"^[\s【\[▍■●◆|]*(?:关于|About\s)\s?(?P<who>[^】\]:：，。我们]{2,30}?)[】\]\s]*(?:[:：]|$)")
_TITLE = re.compile(
    r"^(?P<who>.{2,40}?)\s?[-_|—·:：]*\s?(?:简介|公司简介|企业简介|介绍|企业介绍|公司介绍|概况|公司概况|企业概况|基本信息|工商信息|企业信息|基本情况|详情|企业详情|公司信息|企业档案|(?:主要)?(?:财务|经营)(?:数据|指标|信息|摘要|情况|业绩)|(?:20\d\d年?)?(?:年度)?(?:年报|报告|业绩)(?:摘要|公告)?|企业风采|企业画像|信息公示|名片|官网|关于我们|主页|百科|资料|公司资料|企业资料)?$"
)
_SUBJECT = re.compile(
    r"^(?P<who>[\u4e00-\u9fffA-Za-z0-9·]{2,20}?)(?:[（(][^（）()]{0,60}[)）])?[，,]?\s?(?:正式)?(?:成立于|创立于|创办于|创建于|始建于|诞生于|组建于|始创于|是一家|是国内|是中国|是全球|总部位于|自(?:19|20)\d\d年)"
)


_LED_TO = re.compile(
    r"(?:——|—|(?:公司|企业|主角|厂商)[是为：:“「]{1,2}|走[进近访]了?|探访|调研|来到|位于[^，。；]{2,12}的|名为|名叫|叫做|就是|推荐的|落户[^，。；]{0,8}的|记者从|了解|专访|对话)[“「]?$"
)
_ANAPHOR = re.compile(
    r"(?:^|[，。；\s])(?:目前，?|如今，?|近年来，?|据悉，?|据介绍，?|去年，?)?(?:该|这家|这个|此)?(?:公司|企业)(?:有|现|目前|成立|创立|创办|位于|总部|是|主营|现有|已|拥有|专注|致力|的|所属|属于|实现|员工|营业|营收|自|于|先后|累计|坐落|主要|从事|获|产值|产品|员工|旗下|研发|年)|这家[^，。；]{2,30}(?:公司|企业)"
)


def is_company(name: str) -> bool:
    """Tell whether a name ends as those of enterprises do."""
    return bool(_COMPANY.search(name.strip()))


_IN_LATIN = re.compile(r"[（(][^（）()\u4e00-\u9fff]{8,}[)）]")


def name(sheet: Sheet, stated: Statements, row: Mapping[str, Reading]) -> tuple[Reading, bool] | None:
    """Return the company's fullest name and whether it is a legal one; None where the page is about none."""
    text = sheet.view.text
    for one in stated.of("legal_name"):
        if one.column and len(one.more) > 1:
            continue
        place = names.trim(text, *one.first)
        if place and is_company(
            re.sub(r"[（(](?:简称|以下简称|曾用名|[A-Z0-9.:]+)[^（）()]*[)）]$", "", text[slice(*place)])
        ):
            raw = text[slice(*place)]
            if cut := re.search(r"\s*[（(](?:简称|以下简称|曾用名|原名|[A-Z0-9.:]+)[^（）()]*[)）]$", raw):
                place, raw = (place[0], place[0] + cut.start()), raw[: cut.start()]
            return Reading(listing.value(raw), raw, Origin.TABLE, (place,)), True
    return _told(sheet, row)


def _told(sheet: Sheet, row: Mapping[str, Reading]) -> tuple[Reading, bool] | None:
    text = sheet.view.text
    titles = [*([row["title"]] if "title" in row else []), *headline.candidates(sheet)]
    heads = "".join(str(one.value) for one in titles)
    scored: list[tuple[int, int, Span]] = []
    about = _about(sheet)
    found = {span: legal_names.find(text, span) for span in sorted({*sheet.prose[:60], *_alone(sheet)})}
    only, anaphor = _only(sheet, found)
    for span, named in found.items():
        for place in named:
            said = text[slice(*place)]
            after = text[place[1] : place[1] + 60]
            score = 0
            score += 4 * (said in heads)
            score += 3 * bool(re.match(r"\s?[（(][^（）()]{0,80}简称", after)) + 3 * bool(
                re.match(
                    r"(?:[（(][^（）()]*[)）])?[，,]?\s?(?:正式)?(?:成立于|创立于|创办于|创建于|始建于|注册于|诞生于|始创于|是|总部|位于|坐落|地处|自?(?:19|20)\d\d年"
                    r"|(?:在[^，。；]{2,16}?)?(?:正式|注册|登记|宣告|应运)*(?:成立|而生)(?![了的]))",
                    after,
                )
            )
            score += 3 * any(short in said for _, short in about)
            score += 1 * (place[0] == span[0] or text[span[0] : place[0]].isspace())
            # 有一家公司——某某有限公司; 走进某某有限公司; nobody else is named.
            score += 3 * bool(_LED_TO.search(text, max(span[0], place[0] - 16), place[0]))
            score += 2 * (said == only) + 1 * (said == only and bool(anaphor))
            # The heading calls it by its short name: 澄眸视觉披露2020年业绩.
            score += 3 * _is_headed(said, titles)
            # An imprint: the name alone, its address or telephone under it.
            score += 3 * bool(re.match(r"\n(?:公司|总部|办公|联系|注册)?(?:地址|电话|总机|邮编)\s?[:：]", after))
            if score >= 3:
                scored.append((-score, place[0], place))
    if scored:
        place = min(scored)[2]
        return Reading(text[slice(*place)], text[slice(*place)], Origin.BODY, (place,)), True
    for title in titles:
        match = _TITLE.match(str(title.raw).strip())
        if (
            match
            and title.spans
            and not title.document
            and is_company(match["who"])
            and legal_names.find(match["who"], (0, len(match["who"])))
        ):
            at = text.index(match["who"], title.spans[0][0])
            return Reading(match["who"], match["who"], Origin.TITLE, ((at, at + len(match["who"])),)), True
    short = about[0][0] if about else _subject(sheet)
    if short is None:
        return None
    said = text[slice(*short)]
    for start, end in sheet.view.lines[-8:]:
        for place in legal_names.find(text, (start, end)):
            if said in text[slice(*place)]:
                return Reading(text[slice(*place)], text[slice(*place)], Origin.BODY, (place,)), True
    return Reading(said, said, Origin.BODY, (short,)), is_company(said)


def _only(sheet: Sheet, found: Mapping[Span, list[Span]]) -> tuple[str | None, bool]:
    """Return the one company that the text names, and whether sentences go on about it without its name."""
    text = sheet.view.text
    lines = sheet.prose[:40]
    named = {text[slice(*place)] for span in lines for place in found[span]}
    if len(named) != 1:
        return None, False
    return named.pop(), any(_ANAPHOR.search(text, *span) for span in lines)


def _is_headed(legal: str, titles: list[Reading]) -> bool:
    """Tell whether a part of a heading begins with the short form of a legal name (语墨智能)."""
    for title in titles:
        for piece in re.split(r"[\s|｜_丨—:：【】「」『』“”，,！!？?-]+", str(title.value)):
            if len(piece) < 3 or RegionCode.find_prefix(piece):
                continue
            core, _, rest = legal.partition(piece[:2])
            apart = len(piece) > 3 and piece[2] in rest and piece[3] in rest[rest.index(piece[2]) :]
            if core != legal and (apart or piece[:3] in legal):
                return True
    return False


def _alone(sheet: Sheet) -> list[Span]:
    """Return the lines that are nothing but a legal name, with its short name in brackets at most."""
    text = sheet.view.text
    found = []
    for line in sheet.lines:
        start, end = line.span
        if not line.linked and end - start <= 80 and (place := next(iter(legal_names.find(text, line.span)), None)):
            rest = text[place[1] : end].strip()
            if place[0] == start and re.fullmatch(r"(?:[（(][^（）()]*[)）])?", rest):
                found.append(line.span)
    return found


def _about(sheet: Sheet) -> list[tuple[Span, str]]:
    """Return the names behind 关于 that head a paragraph on a company."""
    text = sheet.view.text
    found = []
    for line in sheet.lines:
        match = _ABOUT.match(text[slice(*line.span)])
        if match and not re.search(r"我们|通知|公告|印发|开展|公布|公示|认定|举办|召开|征求|的", match["who"]):
            place = line.span[0] + match.start("who"), line.span[0] + match.end("who")
            found.append((place, match["who"]))
    return found


def _subject(sheet: Sheet) -> Span | None:
    """Return the name with which a sentence begins that says when a company was founded or where it sits."""
    text = sheet.view.text
    for (start, _), said in enterprise_facts.sentences(text, sheet.prose[:12]):
        match = _SUBJECT.match(said)
        if match and not re.search(
            r"公司$|企业$|联盟|协会|大学|学会|园区|开发区|研究院|园$|基地$|中心$|实验室|^(?:我|本|该|其|自|作为)|大会|论坛|政府|[省市区县]$",
            match["who"],
        ):
            return start + match.start("who"), start + match.end("who")
    return None


def short_names(sheet: Sheet, stated: Statements, own: Reading) -> list[Reading]:
    """Return the short names that the page gives, labels first, then 以下简称 behind the company's name."""
    text = sheet.view.text
    spans: list[Span] = []
    origin = Origin.TABLE
    for one in stated.of("short_names"):
        spans += names.split(text, one.first)
    if not spans:
        origin = Origin.BODY
        for span in [own.spans[0]] if own.spans and not own.document else []:
            line = text[span[1] : span[1] + 120].split("\n")[0]
            if (match := _SHORT.match(line.lstrip("（( "))) or (
                match := re.match(r"[（(][^（）()]{0,80}?" + _SHORT.pattern, line)
            ):
                at = span[1] + line.find(match["all"])
                spans += _parts(text, at, at + len(match["all"]))
        for span in sheet.prose[:60] if not spans else []:
            said = text[slice(*span)]
            for match in _SHORT.finditer(said):
                # An English name in brackets between the two may be of any length.
                before = _IN_LATIN.sub("", said[: match.start()])
                if str(own.value) in before[-len(str(own.value)) - 60 :]:
                    spans += _parts(text, span[0] + match.start("all"), span[0] + match.end("all"))
        if not spans and (place := _before_full(text, own)) is not None:
            spans.append(place)
        for span in sheet.prose[:60] if not spans else []:
            for match in _CALLED.finditer(text, *span):
                place = match.span("a") if match["a"] else match.span("b")
                if _is_short(text[slice(*place)], str(own.value)):
                    spans.append(place)
    spans = spans or _with_code(sheet, str(own.value)) or _heading_short(sheet, str(own.value))
    kept = [place for place in spans if text[slice(*place)] not in _GENERIC and text[slice(*place)] != str(own.value)]
    return names.readings(text, kept, origin)


def _before_full(text: str, own: Reading) -> Span | None:
    """Return the short name that the legal one explains: 云视科技（全称：某某公司）, 云视科技，即某某公司."""
    start = own.spans[0][0] if own.spans and not own.document else 0
    line = text.rfind("\n", 0, start) + 1
    match = _EXPLAINED.search(text[line:start])
    if match is None or not _is_short(match["name"], str(own.value)):
        return None
    return line + match.start("name"), line + match.end("name")


def _with_code(sheet: Sheet, legal: str) -> list[Span]:
    """Return the short name that stands before a stock code: 云视科技（688123）."""
    text = sheet.view.text
    for span in sheet.prose[:40]:
        for match in _CODE.finditer(text, *span):
            for start in range(*match.span("name")):
                place = start, match.end("name")
                if place[1] - place[0] >= 2 and _is_part(text[slice(*place)], legal):
                    return [place]
    return []


def _heading_short(sheet: Sheet, legal: str) -> list[Span]:
    """Return the short form of a legal name with which a heading begins, if the text says it too."""
    text = sheet.view.text
    for title in [one for one in headline.candidates(sheet) if one.spans and not one.document][:2]:
        match = _HEADED.match(title.raw)
        name = match["name"] if match else ""
        if len(name) < 3 or not _is_part(name, legal) or RegionCode.find_prefix(name) == name:
            continue
        for span in sheet.prose[:40]:
            at = text.find(name, *span)
            if at >= 0 and not legal.startswith(text[at : at + len(name) + 1]):
                return [(at, at + len(name))]
    return []


def _is_part(short: str, legal: str) -> bool:
    """Tell whether all characters of a name stand in a legal one, in this order, and the legal one is longer."""
    at = 0
    for char in short:
        at = legal.find(char, at) + 1
        if not at:
            return False
    return len(short) * 3 <= len(legal) * 2


def _is_short(short: str, legal: str) -> bool:
    """Tell whether a name may be the short form of a legal one: most of its characters stand there in this order."""
    at, held = 0, 0
    for char in short:
        found = legal.find(char, at)
        at, held = (found + 1, held + 1) if found >= 0 else (at, held)
    return held * 3 >= len(short) * 2 and held >= 2


def _parts(text: str, start: int, end: int) -> list[Span]:
    found = []
    for match in _QUOTED.finditer(text[start:end]):
        group = "name" if match["name"] else "bare"
        found.append((start + match.start(group), start + match.end(group)))
    return found
