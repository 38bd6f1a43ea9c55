"""The company that a sentence says was financed, and the fullest name that a page prints of it."""

import re

from crawlers.fields import investee_weighed, legal_names, names
from schema.evidence import Span

_VERB = re.compile(
    r"(?:正式|已|刚刚|连续|再度|再次|顺利|成功|率先|官方|对外|独家|共|累计|又|先后|目前|近期|曾|均|接连|即将)*"
    r"(?:宣布|官宣|完成|获得|获投|获(?![悉取奖批准评益知客授])(?=[\u4e00-\u9fffA-Z\d「“])|斩获"
    r"|拿下|收获|喜获|揽获|再获|连获|签署|引入|迎来|敲定|达成|公告|披露|寻求|筹划|推进|拟|计划"
    r"|将于|将(?=完成|获|引|开|启)|终止|取消|否认|正在|启动|收到|被曝|回应|有意|考虑|筹备|开启"
    r"|停止|放弃|搁置|撤回|澄清|辟谣|证实|确认|宣告|透露|表示|预计|有望|继续|公布|发布公告|发布声明"
    r"|登陆|拿到|拿了|喜提|揽下|入账|融了|融到|融得|闭环|推动|挂牌)"
)
_TIME = (
    r"(?:(?:19|20)\d\d\s?年)?\s?(?:\d{1,2}\s?月)?\s?(?:\d{1,2}\s?[日号])?(?:至今|初|底|中旬|上旬|下旬|末|前后)?|近日|日前|今日|今天|昨日|昨天"
    r"|本周[一二三四五六日]?|上周[一二三四五六日]?|近期|最近|刚刚|今年|去年|前年|当日|当天|早间|上午|下午"
    r"|月初|月底|年初|年底|年中|岁末|[春夏秋冬][天季]|周[一二三四五六日]|当地时间|北京时间|同年|同月|次年|随后|目前|此前|日晚间?"
)
_LEAD = re.compile(
    rf"^(?:[\s\u3000，,、：:；;·•。—-]|[（(]?\d{{1,2}}[)）.．、]|\d{{1,2}}\s(?=\S)|[①-⑳]|[一二三四五六七八九十]{{1,2}}、|"
    rf"(?:{_TIME})(?=.)|于(?={_TIME or ''})|据(?:悉|了解|介绍|报道|公告|[^，。：]{{1,14}}(?:获悉|消息|报道|公告|披露"
    rf"|显示|了解到?|介绍|称))|[^，。\s]{{0,12}}(?:获悉|讯|消息|首发|独家|快讯|报道)[：:，,|｜丨\s]|[^，。]{{0,10}}获悉|消息|其中|另外|此外|同时"
    rf"|而|记者|又|讯|电|"
    rf"在(?={_TIME})|继[^，。]{{0,20}}后|由于|并|也|公司宣布|企业宣布|关于|针对|对于|就|网传|回应|[^，。]{{2,12}}显示[，,]?)+"
)
_TRAIL = re.compile(
    rf"(?:[\s\u3000，,、：:；;]|{_TIME}|于|在|正式|已|已经|成功|顺利|再度|再次|连续|先后|曾经?|对外|官方|官方消息|方面|率先|又|也|还|均|其|就|等(?:多家|\d+家)(?:公司|企业)?|的|共|累计|刚刚|独家|宣布|完成|已于|即将|即|将|自|最早|首次|第二次|一次性|短短|以来|接连|悄然|则)+$"
)
_DESCRIBED = re.compile(
    r"(?:公司|企业|平台|厂商|制造商|服务商|提供商|供应商|开发商|研发商|运营商|生产商|解决方案商|集成商|方案商|独角兽|新锐|团队|初创|品牌|项目|机构|先行者|领军者|创企|新秀|科创|玩家|新势力|龙头|头部|引领者|实验室|服务机构|解决方案提供方|提供方|黑马|芯片商|赋能者|小巨人|领跑者|探索者|工厂|社区|研究机构|系统商|部件商|设备商|软件商)[\s·•——-]?(?=[\u4e00-\u9fffA-Za-z「“\"]{2,})"
)
_TALK = re.compile(
    r"(?:独家|本报|高端|深度|人物|创始人|创业者)*(?:对话|专访|访谈|对谈|访问|采访|面对面)[\s:：|｜]*(?!智能|科技|机器人|式)"
    r"[\u4e00-\u9fff·]{2,4}$"
)
_QUOTED = re.compile(r"[「“\"『【](?P<name>[^「」“”\"『』【】]{2,24})[」”\"』】]\s*(?:[（(][^（）()]*[)）])?$")
_REMARK = re.compile(r"\s*[（(](?P<inside>[^（）()]*)[)）]?\s*$")
_NOT_A_NAME = re.compile(
    r"^(?:该|本|此|其|我|他|她|它|针?对|关于)?(?:公司|企业|集团|本轮|此次|这|双方|项目|们|投资方"
    r"|投资|融资|资金|机构|业内|市场|目前|团队|方|轮|次|人|平台|客户|校友|被投|郑重声明|严正声明|声明|用途|规模|金额|方面|消息|独家|首发|快讯|后)*$"
)
_SPOKEN = re.compile(
    r"致力|专注|成立|推出|表示|认为|希望|用于|资金|融资|投资|领投|跟投|轮|市场|行业内|我们|是一|作为|自研|拥有|覆盖|累计|发布|来自|加速|计划|显示|提升|布局|主要|估值|股东|本次|这是|之一|历史|成为|历程|回顾|亿元|万元|创始人|董事长|[?？!！]|年内|个月|完成|没有|不[会存]|发生|变更|新增|公告|消息|关于|传闻|报道|的$|^[这那]|[它他她]$|距离|^(?:用途|规模|金额)"
)
_HEARD = re.compile(
    r"(?:记者|小编|笔者)(?:近日|日前|今日|获悉)?从(?P<who>[^，。]{2,20}?)(?:公司)?(?:方面|处)?(?:获悉|了解到?|得知)$"
)
_SPOKESMAN = re.compile(
    r"(?:的)?(?:相关|有关|公司|企业|一位)*(?:负责人|发言人|有关人士|相关人士|工作人员|内部人士|董秘|证券部|董事会秘书|首席[^，。]{1,4}官|CEO|总经理|总裁)|在?接受[^，。；]{0,16}(?:采访|专访|访谈)|在[^，。；]{2,20}(?:发布会|说明会|公告|声明|互动平台)[中上里]"
)
_LEGAL = r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团)"
_RUN = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9·（）()]{{2,40}}?{_LEGAL}")
_OPENED = re.compile(r"[」”\"]?\s?[（(](?:[^（）()]{0,8}[:：为])?$")  # 简称（公司全称：
_SUFFIX = re.compile(r"(?:科技|智能|集团|机器人|技术|人工智能|股份|控股|数科|信息|电子|半导体|医疗|生物|AI)$")


# A law firm, an adviser or a school that speaks of the company: 某律师事务所助力某科技完成….
_HELPED = re.compile(
    r".*(?:助力|协助|帮助|代表|陪伴|见证|祝贺|恭喜|护航)(?:被投|客户|校友|孵化|园区)?(?:企业|公司)?(?=.{2})"
)


def subject(text: str, span: Span) -> Span | None:
    """Return the place of the company that the sentence `text[span]` says gets money, or None where it says none."""
    start, end = span
    for verb in _VERB.finditer(text, start, end):
        bounds = [start, *(m.end() for m in re.finditer(r"[，；;。]|(?<=\D),|[|｜丨]", text[start : verb.start()]))]
        bounds = [b if b == start else start + b for b in bounds]
        for number in range(len(bounds) - 1, -1, -1):
            low = bounds[number]
            high = verb.start() if number == len(bounds) - 1 else bounds[number + 1] - 1
            if (found := cleaned(text, low, high)) is not None:
                return found
    return None


def cleaned(text: str, start: int, end: int) -> Span | None:
    """Return the place of the company's name in what stands before a verb, or None where that is no name."""
    if (
        match := re.match(r"[^「“]*(?:[】｜丨|›»>]|[\[［][^\]］]{1,10}[\]］])", text[start:end])
    ) and not _TRAIL.fullmatch(text[start + match.end() : end] or "于"):
        start += match.end()
    start, end = _reported(text, start, end)
    for pattern in (_HELPED, _LEAD):
        match = pattern.match(text[start:end])
        start += match.end() if match else 0
    end = _trailed(text, start, end)
    said = text[start:end]
    if (opened := max(said.rfind("“"), said.rfind("「"))) >= 0 and not re.search("[”」]", said[opened:]):
        start += opened + 1
        said = text[start:end]
    if quoted := _QUOTED.search(said):
        found: Span = start + quoted.start("name"), start + quoted.end("name")
        return found if not _NOT_A_NAME.match(quoted["name"]) else None
    for match in reversed(list(_DESCRIBED.finditer(said))):
        rest = said[match.end() :]
        if said[: match.end()].endswith(("有限公司", "责任公司")):
            break  # a legal name ends here, what stands before it is no description
        if len(rest) >= 2 and not re.match(rf"^(?:有限|股份|集团|智能$|科技$|{_LEGAL})", rest):
            start += match.end()
            break
    if match := _LEAD.match(text[start:end]):
        start += match.end()
    if match := re.match(r"[「“\"『](?P<name>[^「」“”\"『』]{2,24})[」”\"』]$", text[start:end]):
        start, end = start + match.start("name"), start + match.end("name")
    if match := _TALK.match(text[start:end]):
        return None  # 对话苏念青：…: who is talked to is a person
    said = text[start:end]
    if (legal := _legal(said)) is not None:
        return start + legal[0], start + legal[1]
    if not 2 <= len(said) <= 40 or _NOT_A_NAME.match(said) or _SPOKEN.search(said):
        return None
    return names.trim(text, start, end)


def _legal(said: str) -> Span | None:
    """Return the legal name that a text begins with, or that it ends with behind words that are no part of a name."""
    found = legal_names.find(said, (0, len(said)))
    if found and found[0][0] == 0 and found[0][1] < len(said):
        return found[0]
    # 校友某人创办的X有限公司, 协助X有限公司
    return (
        found[-1] if found and found[-1][1] == len(said) and investee_weighed.holds_more(said[: found[-1][0]]) else None
    )


def before_round(text: str, at: int) -> Span | None:
    """Return the company right before a round that stands at `at`, with no verb between: 某某智能的B轮融资落定."""
    low = max(text.rfind(mark, 0, at) for mark in "，。；：:！") + 1
    said = re.sub(r"(?:的|(?<!有限)(?<!责任)公司|企业|方面)+$", "", text[low:at])
    said = _REMARK.sub("", said)
    if legal := legal_names.find(text, (low, low + len(said))):
        return legal[-1] if legal[-1][1] == low + len(said) else None
    found = cleaned(text, low, low + len(said)) if 3 <= len(said) <= 20 else None
    return (
        found
        if found
        and not re.search(
            "^(?:针?对|关于)|[本此该这]|[、和与]|资本$|基金$|投资$|创投$|融资|为$|是$", text[slice(*found)]
        )
        else None
    )


def _reported(text: str, start: int, end: int) -> Span:
    """Return the place of who is reported on: 记者从X获悉 and X负责人 are X; nothing of 记者从某局获悉."""
    if match := _HEARD.match(text[start:end]):
        start, end = start + match.start("who"), start + match.end("who")
        if re.search(r"[局会部办厅网府报社院]$", text[start:end]):
            return start, start
    match = _SPOKESMAN.search(text, start + 2, end)
    return start, match.start() if match else end


def _trailed(text: str, start: int, end: int) -> int:
    """Return where a name ends, without days, adverbs and brackets behind it."""
    while True:
        before = end
        if match := _TRAIL.search(text[start:end]):
            end = start + match.start()
        if match := _REMARK.search(text[start:end]):
            if re.match(r"(?:中国|北京|上海|深圳|广州|杭州|[\u4e00-\u9fff]{2,3})$", match["inside"]) and _LEGAL in text:
                break
            end = start + match.start()
        if end == before:
            break
    return end


def invested_in(text: str, span: Span) -> Span | None:
    """Return the company in sentences that the investor begins: A资本领投B公司数千万元A轮融资."""
    toward = re.search(
        r"(?:[向给]|(?:完成|达成|敲定|进行|宣布|实现|落实)了?对)(?P<who>[^，。；、向给]{2,24}?)(?:公司)?(?:的[^，。；、]{0,16}?)?(?:投资|注资|投入|追加投资|投出|增资|提供)"
        r"(?!者|方|人|机构)",
        text[slice(*span)],
    )
    if toward is not None:
        return cleaned(text, span[0] + toward.start("who"), span[0] + toward.end("who"))
    match = re.search(
        r"(?P<verb>领投|跟投|参投|独家投资|战略投资|投资|参与|加注|押注|注资|入股|出手)了?(?P<who>(?!方|者|人|机构)[^，。；的]{2,24}?)(?:的)?(?:数|近|超|逾|过|约|[\d]|新一轮|天使轮|种子轮|Pre-|[A-H][+\d]*轮|[一二两三四五六七八九十百千]+[万亿]|战略融资|亿|千万)",
        text[slice(*span)],
    )
    if match is None:
        return None
    # A资本宣布已投资B: 投资 alone is said of an investor only.
    if match["verb"] == "投资" and not re.search(
        r"(?:资本|创投|基金|投资|天使|集团|产投)[^，。]{0,8}$", text[span[0] : span[0] + match.start()]
    ):
        return None
    return cleaned(text, span[0] + match.start("who"), span[0] + match.end("who"))


def fullest(text: str, short: str, spans: list[Span]) -> Span | None:
    """Return the place of the legal name of a company that a page calls `short`, or None where it prints none."""
    if re.search(rf"{_LEGAL}$", short) and short[-2:] == "公司":
        return None
    squeezed = "".join(short.split())
    core = _SUFFIX.sub("", squeezed) if len(_SUFFIX.sub("", squeezed)) >= 2 else squeezed
    for start, end in spans:
        for match in _RUN.finditer(text, start, end):
            if not match.group().endswith("公司"):
                continue
            run = match.group()
            link = text[match.end() : match.end() + 30]
            if (at := run.rfind(squeezed)) < 0:
                at = run.rfind(core)
            if at < 0:
                tied = re.match(
                    r"\s?[（(，,]?\s?(?:以下|下)?(?:简称|称)[为是:：]?\s?[“「\"]?(.{2,24}?)[”」\")）]", link
                )
                before = text[max(0, match.start() - 40) : match.start()]
                opened = _OPENED.search(before)
                is_opened = opened is not None and before[: opened.start()].endswith(short)
                if not (tied and tied[1].strip('“”「」"') == squeezed) and not is_opened:
                    continue
                return _place(match, len(run) - 6)
            return _place(match, at)
    return None


def _place(match: re.Match[str], core: int) -> Span:
    return match.start() + legal_names.begin(match.group(), core), match.end()
