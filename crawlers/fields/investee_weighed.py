"""Companies that a page on financing speaks of, told by their contexts: no verb of getting money need be known.

Titles and sentences are cut at words that no company's name holds; what is left over is weighed by what stands
before and behind it each time that it comes. A trade (主打视觉检测的X) and an investor (由X、Y出资) stand elsewhere
than the company does.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from crawlers.fields import funding_round, values
from crawlers.fields.vocabulary import section
from crawlers.view import View
from schema.evidence import Span

ENOUGH = 4  # weight at which a name is taken for a company's
MOST_TIMES = 6  # occurrences of one name that are weighed
LINES = 60
_MONEY = (
    r"(?:近|超过?|逾|约|达|共计?|一共|合计|总额)?(?:人民币)?(?:数[十百千]*[万亿]|[\d.,]+[十百千]*[万亿]"
    r"|[一二两三四五六七八九十百千]+[万亿]|[近超逾过上][百千]?[万亿])[余多]?(?:级|元|美元|美金|港元|欧元"
    r"|人民币)*"
)
_DAY = (
    r"(?:(?:19|20)\d\d\s?[年./-])?\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?[日号]?(?:这天|当天)?|(?:19|20)\d\d年"
    r"|\d{1,2}月份?|近日|日前|今[日天早]|昨[日天晚]|近期|最近|刚刚|上周|本周|本月|上月|年[内底初]"
)
_SINGLE = (
    r"[的于由向及被拟已获称做从又是了也还就得让把钱以]|传(?![感媒统输奇动])|在(?!线)|[和与](?![平谐玉])"
    r"|对(?!话)|将(?!来)|正(?![大泰])|再(?!生)|有(?!限)|给(?!力)|其(?!他)|为(?![好明])"
)
_BEFORE = re.compile(
    r"(?:^|[\s，。；：:！？!?（(“「《【｜|◆●■▶、，]|的|公司|企业|平台|厂商|商|创企|独角兽|团队|品牌|记者从|针对|关于|日|天|悉|讯|一家|投资了?|给|向|与|和|称)$"
)
_BEHIND = re.compile(
    r"[」”》】）)]?(?:[（(][^（）()]{1,30}[)）])?(?:宣布|官宣|完成|获(?!得者)|已|近日|日前|今[日天]|昨[日天]|正|对外|披露|于(?=\d)|在(?=\d)|回应|发布|表示|称|拟|计划|将|否认|辟谣|澄清|打算|的(?:[^，。]{0,6}负责人|创始|[A-HP天种战新本]|首轮)|创始人|董事长|成立|是一家|始终|自(?:成立|创立)|融资|新一轮|又|再|拿|敲定|顺利|成功|日后|随后|[A-HP天种战]|从|方面|公司|了解|签|筹|寻|启动|募|有意|收|迎|入账|斩|喜|引入|宣|[，,]\s?(?:\d{4}|近日|日前|昨|今|已|成立|总部|主|专注|是))"
)
_NOT_BEFORE = re.compile(
    r"(?:主打|专注于?|从事|深耕|做|聚焦|致力于?|提供|由|、|布局|面向|来自于?|用于|包括|方为?|方[:：]|创始人|董事长|总经理|CEO|校友|创办人|记者)$"
)
_NOT_BEHIND = re.compile(
    r"(?:领投|跟投|参投|等|、|出资|领衔|独家投|担任|参与|为独家|作为|企业|公司[\u4e00-\u9fff]|领域|赛道|行业|市场|产业|研发商|厂商|平台|的(?!创始|[A-HP]|负责|天使|战略|种子|新一|财务)|技术|服务|助力|协助|代表|护航|陪伴|律师|校友|先生|女士|同学|博士|教授|于\d{4}年?毕业|毕业于)"
)
_CALLED = re.compile(r"(?:我司|公司|本公司|企业|简称)[（(“「]{1,2}$")
_BACKER = re.compile(
    r"(?:资本|天使|创投|投资|基金|产投|国投|风投|证券|银行|控股集团|律师事务所|Capital|Ventures?|Partners|Funds?|Investments?|VC)$"
)
_NO_NAME = re.compile(
    r"^(?:[万亿]元.*|[\d.+%-]+[个家起笔万亿元条]*|[一二三四五六七八九十两几数]+[个家起笔条位]|[A-Za-z]{1,2}|.|来源|日期|作者|浏览|编辑|发布|时间|轮|公司|资讯|一家|关注|感谢|多[家名位].*|数家.*|机构|股东|业内.*|财务|消息|我们|他们|大家|市场|行业|科技|智能|人工智能|客户|国内|全国|今年|去年|目前|未来|[上下]半年.*|.{0,2}季度.*|相关|有关|读者|年内|本文|智能科技|半导体|机器人|数据.*|楼主.*|通知|动态|新闻.*|.*频道)$"
)
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,3}(?:·[\u4e00-\u9fff]{1,8})?")
# What stands right before and behind a person's name.
_OFFICE = (
    r"(?:创始人|联创|董事长|总经理|总裁|首席[\u4e00-\u9fff]{1,4}官|C[ETFOM]O|合伙人|负责人|对话|专访|访谈|采访|主人公"
    r"|嘉宾|掌门人?)[\s:：“、，]{0,2}"
)
_ADDRESS = r"(?:先生|女士|博士|教授|[^，。；\n]{0,4}毕业于|介绍说?[，：:]|表示[，：:]|说[，：:]|告诉|回忆|坦言)"
_COUNTED = re.compile(r"\d[起笔]|占比|同比|环比|据[^，。]{0,6}统计|单笔")
_EVENT = re.compile(r"融资|募资|轮|投资|获投|注资|入股")


@lru_cache(maxsize=1)
def _edge() -> re.Pattern[str]:
    words = "|".join(map(re.escape, section("funding", "not_in_names")))
    return re.compile(
        rf"(?:{_DAY})|(?:{_MONEY})|{words}|出资方?|公司(?!$)|自(?=成立|创立|创办|从|\d)|{_SINGLE}|[^\u4e00-\u9fffA-Za-z0-9·.+&\s-]+|(?<![A-Za-z.&])\s+|\s+(?![A-Za-z&])|(?:Pre\s?-?)?\s?[A-H]\d?[+＋]{{0,2}}\s?轮|(?:天使|种子|战略)\+?(?:轮|(?=融资|投资))|[首新一二三两]轮"
    )


def names(view: View, titles: Iterable[str], spans: Sequence[Span]) -> dict[str, int]:
    """Return the companies that the lines `spans` and the titles speak of, with their weights, the heaviest first."""
    lines = [view.text[slice(*span)] for span in spans[:LINES]]
    near = {at + step for at, line in enumerate(lines) if _EVENT.search(line) for step in (-1, 0, 1)}
    told = [line for at, line in enumerate(lines) if at in near and not _COUNTED.search(line)]
    heads = list(titles)
    found: dict[str, int] = {}
    under = "\n".join(line for line in lines if line not in heads)  # a name in the title alone is any word
    said = "\n".join(dict.fromkeys([*heads, *lines]))
    for piece in dict.fromkeys(each for text in (*heads, *told) for each in pieces(text)):
        weight = _weight(piece, said) + (2 if any(piece in head for head in heads) else 0)
        weight += 1 if said.count(piece) > 1 else 0
        if weight >= ENOUGH and piece in under:
            found[piece] = weight
    short = [one for one in found if any(one != other and one in other and _near(found, one, other) for other in found)]
    for one in short:
        del found[one]
    return dict(sorted(found.items(), key=lambda one: (-one[1], -len(one[0]))))


def _near(found: dict[str, int], one: str, other: str) -> bool:
    return found[one] <= found[other] + 2


def pieces(text: str) -> list[str]:
    """Return what a text holds between words that no name of a company does."""
    found, at = [], 0
    for match in [*_edge().finditer(text), None]:
        piece = text[at : match.start() if match else len(text)].strip(" .-")
        if 2 <= len(piece) <= 20 and not _NO_NAME.match(piece) and not funding_round.find(piece):
            found.append(piece)
        if match:
            at = match.end()
    return found


def _weight(piece: str, said: str) -> int:
    weight = 0
    for at in islice(values.occurrences(said, piece), MOST_TIMES):
        end = at + len(piece)
        before = said[max(0, at - 12) : at].rpartition("\n")[2]
        behind = said[end : end + 24].partition("\n")[0]
        weight += 2 * bool(_BEHIND.match(behind)) + bool(_BEFORE.search(before)) + 2 * bool(_CALLED.search(before))
        weight -= 3 * bool(_NOT_BEFORE.search(before)) + 2 * bool(_NOT_BEHIND.match(behind))
    return weight - 5 * bool(_BACKER.search(piece))


def is_person(name: str, text: str) -> bool:
    """Tell whether a text speaks of a short name as of a person: 创始人苏念青, 苏念青博士, 苏念青：…."""
    if not _PERSON.fullmatch(name):
        return False
    said = re.escape(name)
    spoken = len(re.findall(rf"(?m)^{said}[:：]", text)) > 1
    return spoken or bool(re.search(rf"{_OFFICE}{said}|{said}{_ADDRESS}", text))


def find(text: str, span: Span, known: Iterable[str]) -> Span | None:
    """Return the place in `text[span]` of the first of the names `known` that stands there."""
    for name in known:
        if (at := text.find(name, *span)) >= 0:
            return at, at + len(name)
    return None


def is_more(said: str, name: str) -> bool:
    """Tell whether a text holds, beside a company's name, words that no name does."""
    before, _, after = said.partition(name)
    if re.match(r"(?:科技|智能|集团|股份|有限|信息|技术|[（(])", after) or re.search(r"(?:[省市区]|[）)])$", before):
        return False
    return bool(_edge().search(before) or _edge().search(after))


def holds_more(said: str) -> bool:
    """Tell whether a text holds words that no company's name does."""
    return bool(_edge().search(said))


def is_none(said: str) -> bool:
    """Tell whether a text is a day, a count or another word, and no name."""
    return not pieces(said)
