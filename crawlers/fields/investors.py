"""Who invests: lists of investors (A资本、B创投和C), and what sentences say of leaders and followers."""

import re

from crawlers.fields import names
from schema.evidence import Span

_HARD = "、，,；;\n\t|｜/／"
_OPEN, _CLOSE = "（(“「《", "）)”」》"
_AND = re.compile(r"以及|[和与及]|联合|携手|并由")
_GENERIC_TAIL = re.compile(r"^(?:资本|投资|基金|创投|资管|集团|控股|产业|领投|跟投|会|体|信|国际)")
_LEAD = re.compile(
    r"^(?:[\s\u3000，,、；;：:。的—-]|本轮|本次|此次|该轮|此轮|这轮|在(?!线)|融资|投资|[（(]?(?:联合)?(?:领"
    r"|跟|参)投(?:方|机构|人)?[)）]?[:：为是]?|投资方|投资机构|投资者|资方|阵容|股东|战略投资方"
    r"|财务投资方|产业投资方|新投资方"
    r"|分别|主要|均|由|获得?了?|得到|来自于?|引入了?|引进|包括了?|包含|涵盖|囊括|有|为|是|系|老股东|原股东|原有股东|现有股东|既有股东|新老股东|新股东|原投资方|早期投资方|早期股东|天使投资方|产业方|产业资本|产业投资人|知名投资机构|知名机构|知名投资人|国内外|头部机构|头部|一线|一众|多家|顶级|机构|其中|以及|并由|同时|另有|此外|还有|而|则|其他|其它|新增|国资平台|上市公司|国有资本|地方国资|美元基金|人民币基金|共同|参与方|也|包括|A轮|B轮|方(?=[为是包有：:]))+"
)
_TAIL = re.compile(
    r"(?:[\s\u3000，,、；;：:。]|等(?:\s?(?:多家|数家|[\d一二三四五六七八九十]+\s?(?:家|位)|知名|国内外|头部|一线|产业|投资|机构|老股东|新老股东|股东|资本|方|基金|国资|产业方|战略|财务|明星|专业)*)?|共同|联合|独家|持续|继续|追加|超额|战略|参与|参投|跟进|的|(?:进行|担任)了?|悉数|均|也|分别|全额|大比例|积极|再次|再度|多轮|连续|加码|跟投|领投|为|作为|主导|方|旗下$|一致|近[日期]|日前|刚刚|最近|签署|签订|签约|坚定|重点|本轮|此轮|全部)+$"
)
_BRACKET = re.compile(
    r"\s*[（(](?:(?:联合|战略)?(?:领投|跟投|参投|独投)(?:方|机构|人)?|独家|老股东|原股东|[^（）()]{0,8}股东|财务投资方?|产业投资方?|排名不分先后|[^（）()]{0,12}代码[^（）()]*|[A-Z0-9.:：]{4,12})[)）]\s*$"
)
_ENDING = re.compile(
    r"(?:资本|创投|投资|基金|公司|集团|中国|控股|产投|国投|风投|银行|证券|之星|工场|大学|资管|合伙\)?|（有限合伙）|\(有限合伙\)|科投|城投|Capital|Ventures?|Partners|金控|母基金|股权|创新|科技|国资|引导基金|VC|PE|LP|Fund|亚洲|传媒|汽车|电子|能源|实业|保险|信托|国际|加速器|孵化器|交投|高投|汇投|领航|谷|种子|智能|研究院|中心|平台|基石|控制|时代)$"
)
_NOBODY = re.compile(
    r"^(?:近日|日前|近期|今[日天]|昨[日天]|目前|[本上]周|[引募融筹]资|等|未披露|未公开|未透露|不详|未知|个人|个人投资者|创始人|创始团队|管理团队|员工持股平台|多家机构|多家投资机构|知名机构|投资机构|投资方|投资人|机构|产业方|老股东|新老股东|原股东|股东|其他|其它|公司|该公司|若干|某.{0,6}|多方|各方|双方|无|—+|-+|/|[它他她]们?|其|[就只]?有?(?:这|那)?[几一二两三四五六七八九十\d]+[家位]|(?:就|只|总共|一共|全是)?有?[这那它他]些?一?家?|我们|资本|财团)$"
)
_SUM = re.compile(r"(?:人民币)?(?:近|超过?|数|约|逾|过|上)?[\d.,]*[十百千]*[万亿]+余?(?:元|美元|人民币|美金|级)*$")
_DESCRIBED = re.compile(
    r"^[\u4e00-\u9fff]{0,8}(?:主权基金|投资机构|投资巨头|巨头|风投|产业基金|产业方|投资人|创投机构|上市公司|投资公司)(?=[A-Za-z「“\u4e00-\u9fff]{2,})(?!管理|有限|合伙)"
)
_NO_NAME = re.compile(
    r"^(?:Pre|Series)?\s?[-－–—]?\s?[A-H]?[+＋]*\s?[-－–—]?$|完成|宣布|融资|披露|金额|(?:19|20)\d\d年|\d月|估值|用于|^(?:人民币)?(?:数|近|超过?|逾|过|约|上|总额)*[\d.,]*[十百千万亿两一二三四五六七八九]*(?:[元级]|美元|人民币|美金)*$"
)
_ROLE = re.compile(
    r"(?P<lead>(?:联合|共同|战略|独家|联席|担纲)*(?:领投|领衔(?:投资)?|牵头(?:投资)?|主投))"
    r"|(?P<follow>(?:持续|继续|超额|追加|再次|同步|共同|联合|联席|参与|参与了|一同|一并|协同"
    r"|跟进)*(?:跟投|参投|入局|加注|跟进(?:投资)?|增资|押注|下注|入场|加盟|(?:参与|追加|继续"
    r"|持续|再次|再度)(?:了)?(?:本轮|此轮|本次|此次|了|的)*(?:跟投|投资|加码|支持|增持|加持"
    r"|追投|注资|参与)|(?:持续|继续|再次|再度|超额|全额)(?:加码|加注|增持|支持)|追投|加码|超额认购|(?:出手|加持|下场|入股|买单|追加|跟)了?(?=[，。；]|$)))"
    r"|(?P<sole>(?:独家|联合|共同|战略|独立|全额|单独|全资)+(?:投资|出资|注资|完成|认购|入股|参与)(?!方|者|人|机构|部|协议|合作|款))"
)
# Whoever has a part in a round, and whoever is said to have one: 独家投资方, 本轮领投机构; X担任领投方, Y为跟投方.
_PARTY = r"(?:领投|跟投|参投|出资|认购|注资|主投|投资)(?:方|人|者|机构|主体|阵容|股东)|资方|投资阵容"
_AS = re.compile(
    rf"(?:分别|共同|联合|则|均|也|将)?(?:担任|作为|出任|充当|成为|任|为|是|系)(?:了)?(?:本轮|此轮|本次|此次|该轮|融资|的)*(?:独家|唯一|联合|共同|主要|全部|战略|财务|产业|新增?)*(?P<kind>{_PARTY})"
)
# 作为领投方，某资本在尽调中…
_AS_ONE = re.compile(
    r"作为(?:本轮|此轮|本次|此次|该轮|融资|的)*(?:独家|唯一|联合"
    r"|共同|主要|战略)*(?P<kind>领投|跟投|参投|主投)(?:方|机构|人)"
    r"，(?P<who>[^，。；、]{2,16}?)(?=在|将|已|曾|认为|看好|表示"
    r"|合伙人|创始|董事|投资|负责|，)"
)
_INTO = re.compile(
    r"(?P<who>[^。；;：:]{2,200}?)(?:共同|联合|一起|一道)?(?:向|给|与|和|同)[^，。；、的\d]{2,30}?(?:公司)?(?:投出"
    r"|投入|注资|注入|投资|提供|出资|拿出|签署|签订|签约|达成|完成签约)(?!方|者|人|机构)"
)
_PASSIVE = re.compile(
    rf"(?P<kind>{_PARTY}|(?:领投|跟投|参投|投|出资|投资|注资|出钱)的(?:人|机构|还)?|(?:参与|参投|跟投|投资|其他)(?:方|者|机构|人)还|(?:参与|参投|跟投|加入|入局|投资|加持|支持)(?:了)?(?:本轮|此轮|本次|此次|这轮|这一轮)(?:融资|投资)?的(?:机构|投资方|投资人|投资者|资方|股东)?(?:还|也|则|就)?|(?:投资|资金|融资|轮|款项?|钱)(?=(?:全部|均|主要|全数)?来自))(?:分别|主要|还|共|全部|均|全数)?(?:包括了?|为|是|有|系|包含|涵盖|囊括|阵容包括|来自于?|[:：])\s?(?P<who>[^。；;]{{2,300}})"
)
_GOT = re.compile(
    r"(?:获得?|得到|收到|引入|迎来|拿到|接受|斩获|收获)了?(?:来自于?)?(?P<who>[^，。；由]{2,120}?)(?:(?:等[^，。；的]{0,12})?的?(?:独家|联合|共同|战略|领投|追加|数|近|超|逾|过|约|上|[\d.]|天使(?!基金|投资人|湾|汇|会|创投)|种子(?!基金|资本|投资)|Pre|[A-H]\d?[+＋]*轮|[一二两三四五六七八九十百千万亿]+[元美]|人民币|新一轮|股权|首轮|投资(?!等|[、和与及]|管理|有限|公司|集团|控股|基金|中心)|注资|融资|入股)|等[^，。；]{0,10}(?:投资|融资|注资|入股))"
)
_FROM = re.compile(
    r"(?:由|来自于?)(?P<who>[^，。；由]{2,200}?)(?:(?:分别|共同|联合|合力|一起|各自|全额|独家)*(?:投入|注入|认缴|拿下|解囊)|投资(?!分别|共同|联合|投入|出资)|出资|注资|认购|入股|完成|主导|提供|包揽|买单|投出|拿出|全投|出(?:钱|手)?(?=[，。；]|$))(?!方|者|人|机构|部|公司|有限|控股|管理|集团|基金|[、和与及])"
)
# 感谢A、B对我们的认可 thanks investors; for 服务 and the like advisers are thanked.
_THANKED = re.compile(
    r"(?:感谢|致谢|鸣谢|感恩|谢谢)(?P<who>[^。；]{2,200}?)(?:对(?:我们|公司|本公司|[^，。；、]{2,12}?)(?:一直以来|长期以来)?的?|(?:一直以来|长期以来|多年来|一路|始终)?的)(?:一贯|持续|长期|充分|高度|大力|鼎力|坚定)*(?:认可|信任|支持|加持|厚爱|青睐|看好|肯定|陪伴|选择)"
)

_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{3,12}(?:[（(][^（）()]{1,8}[)）])?")
_GOTTEN = re.compile(r".{2,}(?:获得?了?来自于?|获得了?|得到了?|引入了?|来自于?)(?=[^，]{3,}$)")
_CLAUSE = re.compile(r"了|体现|认可|表示|将|标志|显示|彰显|意味|此[前次]|目前|公司|[是为](?=[^，]{4})|的")
_BACKING = re.compile(r"(?:天使|创业|成长|价值|产业|引导)$")


def split(text: str, span: Span) -> list[Span]:
    """Return the places of the investors' names in a list; roles in brackets, 等 and remarks are left out."""
    start, end = span
    cuts: list[Span] = []
    depth, at = 0, start
    for index in range(start, end):
        depth = max(0, depth + (text[index] in _OPEN) - (text[index] in _CLOSE))
        if not depth and (text[index] in _HARD or _parts_at(text, at, index, end)):
            cuts.append((at, index))
            at = index + 1
    cuts.append((at, end))
    found = []
    for piece in cuts:
        found += [one for part in _at_and(text, *piece) if (one := _trim(text, *part)) is not None]
    return found


def _parts_at(text: str, start: int, index: int, end: int) -> bool:
    """Tell whether the white space at `index` parts two names."""
    after = text[index:end].lstrip()
    if not text[index].isspace() or not "\u4e00" <= after[:1] <= "\u9fff":
        return False
    pieces = text[start:end].split()
    return ends_as_one(text[start:index]) or all(_HAN_NAME.fullmatch(piece) for piece in pieces)


def _at_and(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    for match in _AND.finditer(text, start, end):
        left = _LEAD.sub("", text[at : match.start()]).strip()
        right = text[match.end() : end].strip()
        in_bracket = sum(text.count(c, at, match.start()) for c in _OPEN) > sum(
            text.count(c, at, match.start()) for c in _CLOSE
        )
        if not left and match.group() in ("联合", "携手", "和", "与"):
            continue  # 和玉资本
        if in_bracket or len(right) < 2 or _GENERIC_TAIL.match(right):
            continue
        if not left or len(left) >= 3 or (left and (_ENDING.search(left) or len(left) == 2)):
            found.append((at, match.start()))
            at = match.end()
    found.append((at, end))
    return found


def _trim(text: str, start: int, end: int) -> Span | None:
    while True:
        before = start, end
        if match := _LEAD.match(text[start:end]):
            # 国际 or 有 may begin a name (有限): what is left must still be one.
            if match.end() < end - start and len(text[start + match.end() : end].strip()) >= 2:
                start += match.end()
            elif match.end() == end - start:
                return None
        if match := _GOTTEN.match(text[start:end]):
            start += match.end()
        if match := _DESCRIBED.match(text[start:end]):
            start += match.end()
        if (
            (match := _BRACKET.search(text[start:end]))
            or (match := _TAIL.search(text[start:end]))
            or (match := _SUM.search(text[start:end]))
        ):
            end = start + match.start()
        if (start, end) == before:
            break
    for left, right in ("“”", "「」", "《》", '""'):
        if end - start > 2 and text[start] == left and text[end - 1] == right:
            start, end = start + 1, end - 1
    found = names.trim(text, start, end)
    if found is None or found[1] - found[0] > names.LONGEST:
        return None
    return None if _NOBODY.match(text[slice(*found)]) or _NO_NAME.search(text[slice(*found)]) else found


def is_list(text: str) -> bool:
    """Tell whether a text looks like names only: no verbs, no numbers of money."""
    return bool(text.strip()) and not re.search(
        r"融资|完成|宣布|表示|用于|\d+[万亿]|成立|致力|公司是|本轮|轮次|此前|资金|近日|顾问|其中", text
    )


def ends_as_one(text: str) -> bool:
    """Tell whether a text ends as names of investors do."""
    return bool(_ENDING.search(_TAIL.sub("", _BRACKET.sub("", text.strip()))) or _BRACKET.search(text.strip()))


def told(text: str, span: Span) -> tuple[list[Span], list[Span]]:
    """Return the leaders and the followers that a sentence or a part of it names, in its order."""
    first = _PASSIVE.search(text, *span)
    cut = text.rfind("，", span[0], first.start()) if first else -1
    if cut < 0 or not _ROLE.search(text, span[0], cut):
        return _of_clauses(text, span)
    # A领投…，同轮投资方还有B
    before, behind = _of_clauses(text, (span[0], cut)), _of_clauses(text, (cut + 1, span[1]))
    said = {text[slice(*one)] for part in before for one in part}
    lead, follow = ([one for one in part if text[slice(*one)] not in said] for part in behind)
    return [*before[0], *lead], [*before[1], *follow]


def _of_clauses(text: str, span: Span) -> tuple[list[Span], list[Span]]:
    start, end = span
    lead: list[Span] = []
    follow: list[Span] = []
    at = start
    while match := _PASSIVE.search(text, at, end):
        who = match.span("who")
        stop = re.search(
            r"[，,、]?(?:领投方|跟投方|跟投机构|参投方|财务顾问|(?:所)?(?:融|筹|募)?资金|本轮|资金|由)|[，,](?:其中|将|并将|用于|用途|规模|金额|总额|估值|共计|合计)",
            text[slice(*who)],
        )
        who = who[0], who[0] + stop.start() if stop else who[1]
        who = who[0], who[0] + _names_only(text[slice(*who)])
        if verbs := list(_ROLE.finditer(text, who[0], who[1])):
            # 投资方包括A、B，由A领投
            cut = text.rfind("，", who[0], verbs[0].start())
            who = (who[0], cut) if cut > 0 else who
        (lead if match["kind"].startswith("领投") else follow).extend(split(text, who))
        at = max(match.start("who"), who[1])
    for match in _AS_ONE.finditer(text, start, end):
        (lead if match["kind"] in ("领投", "主投") else follow).extend(split(text, match.span("who")))
    at = _as_parties(text, at, end, lead, follow)
    for match in _ROLE.finditer(text, start, end):
        if match.start() < at:
            continue
        if re.match(r"方|机构|人|者", text[match.end() : match.end() + 2]):
            continue
        group = match.lastgroup
        low = _subject(text, at, match.start())
        found = split(text, (low, match.start()))
        if (
            not found
            and group != "follow"
            and (after := re.match(r"(?:的|了)?(?:机构|方)?(?:为|是)", text[match.end() : end]))
        ):
            found = split(text, (match.end() + after.end(), end))
        (lead if group == "lead" else follow).extend(found)
        at = match.end()
    if not lead and not follow:
        follow = _givers(text, span)
    return lead, [one for one in follow if text[slice(*one)] not in {text[slice(*other)] for other in lead}]


def _givers(text: str, span: Span) -> list[Span]:
    """Return the names of whom a text says the money to come from, or whom it thanks, by the first words that do."""
    for pattern in (_FROM, _THANKED, _INTO, _GOT):
        found: list[Span] = []
        for match in pattern.finditer(text, *span):
            sure = pattern in (_FROM, _GOT) or _are_backers(text, match.span("who"))
            if sure and not re.search(r"融资|\d+(?:\.\d+)?[万亿]|轮|认可|关注|支持|青睐", match["who"]):
                found += split(text, match.span("who"))
        if found:
            return found
    return []


def _names_only(said: str) -> int:
    """Return where a list of names ends before a clause that says something else: …和某基金，充分体现了…."""
    at = said.find("，")
    while at >= 0:
        clause = re.split("[，,]", said[at + 1 :])[0]
        if _CLAUSE.search(clause) and not ends_as_one(clause):
            return at
        at = said.find("，", at + 1)
    return len(said)


def _as_parties(text: str, start: int, end: int, lead: list[Span], follow: list[Span]) -> int:
    """Add the names that a text says to be a party of the round (X担任领投方, Y为独家投资方); return where they end."""
    at = start
    for match in _AS.finditer(text, start, end):
        found = split(text, (_subject(text, at, match.start()), match.start()))
        found = [
            one
            for one in found
            if not re.search("公司$|企业$|我们", text[slice(*one)]) or ends_as_one(text[slice(*one)])
        ]
        if found:
            (lead if match["kind"].startswith(("领投", "主投")) else follow).extend(found)
            at = match.end()
    return at


def _are_backers(text: str, span: Span) -> bool:
    """Tell whether the names in front of 向X投出 are investors: most of them end as such do, or are several."""
    found = split(text, span)
    ending = sum(ends_as_one(text[slice(*one)]) or bool(_BACKING.search(text[slice(*one)])) for one in found)
    return bool(found) and ending * 2 >= len(found)


def _subject(text: str, start: int, end: int) -> int:
    """Return where the names before a role's verb begin: behind 由, else the parts that are names only."""
    said = text[start:end]
    by = [
        m.end()
        for m in re.finditer(r"(?<![自理缘经])由(?!于)|(?:获得?|得到|引入)(?:了)?(?:来自)?(?=[^，。；]*$)", said)
    ]
    if by:
        return start + by[-1]
    if started := re.search(r".*(?:融资|投资方?|轮|金额[^，]*|披露|宣布|领投|悉)[，,：:]", said):
        said_after = said[started.end() :]
        if is_list(said_after) or not said_after:
            return start + started.end()
    parts = re.split("[，,；;：:]", said)
    low = len(said) - len(parts[-1])
    for part in reversed(parts[:-1]):
        if not is_list(part) or not _ENDING.search(part.strip()):
            break
        low -= len(part) + 1
    return start + max(low, 0)
