"""Names of conferences in titles and sentences, and the edition, year and series in them."""

import re

from crawlers.fields.noise import kind_of
from schema.evidence import Span
from schema.types.chinese_number import parse_number

SHORTEST, LONGEST = 5, 70
_KIND = (
    r"(?:学术大会|学术年会|学术会议|高峰论坛|高端论坛|峰会论坛|大会|年会|峰会|论坛|会议|研讨会|博览会|展览会|交易会|洽谈会|对接会|交流会|展会|博会|嘉年华|创新节|科技节|学术周|科技周|产业周|大赛"
    r"|供需会|高交会|投资促进会|路演|沙龙|座谈|主题展)"
)
_AFTER_KIND = r"(?!堂|厅|战|师|晚报|员|费|期|代表|室|中心|组|场|主席|筹|纪要|精神)"
_ACRONYM = r"(?:\s?[（(]\s?[A-Za-z][A-Za-z0-9 &'’·.\-]{1,40}[)）])?"
_NAME_END = re.compile(rf"{_KIND}{_AFTER_KIND}{_ACRONYM}")
_N = r"[一二三四五六七八九十百零〇\d０-９]{1,4}"
_EDITION = re.compile(
    rf"第\s{{0,2}}(?P<n>{_N})\s{{0,2}}(?:届|次|期)|(?P<first>首届|首次)|\b(?P<en>\d{{1,3}})\s?(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<!\d)(?P<y>20\d\d|19\d\d)(?!\d)\s{0,2}(?:年度?(?!\s?\d{1,2}\s?月)|(?!年|[-./]\d))|(?P<han>二[〇○零][一二三四五六七八九〇○零]{2})年?"
)
_MARK = re.compile(
    rf"第\s{{0,2}}{_N}\s{{0,2}}(?:届|次)|首届|(?<!\d)20\d\d\s?(?:年度?(?!\s?\d{{1,2}}\s?月)|(?=[^\d年\-./月]))"
)
_EDGE = re.compile(
    r"[，。；：！？!?;,“”\"《》『』「」【】|｜、\n\t…]|由|举办|召开|举行|出席|参加|参会|参与(?!式)|参展(?!商)|受邀|应邀|承办|主办|协办|奔赴|登陆|关于|聚焦|亮相|迎接|直击|走进|助力|来自|迎来|即将|喜迎|的(?=[\d第首中全国世])|(?<=[办举])的|作为|欢迎|暨(?=$)"
    r"|(?<=[\u4e00-\u9fff])[\s\u3000](?=[\u4e00-\u9fff])|日[在于]?(?=第|20|中国|首届|全|世)|本届|此次|本次"
)
_NOT = re.compile(
    r"工作会议|常务会议|常委会|全体会议|党组|电视电话|专题会议|股东大会|代表大会|党代会|调度会|推进会议|动员大会|表彰大会|总结大会|民主生活|新闻发布|联席会议|成立大会|办公会|主席会议|务虚会|座谈会|会员大会|换届|理事会|董事会|监事会|中心组|学习会|集体学习|部署会|述职|职代会|教代会|团代会|工代会|股东会|评审会|听证会|业主大会|党委会?(?!书记)|支委会|班子会|例会|碰头会|人大常委|政协|第[^，。\s]{1,4}届[^，。\s]{2,14}第[^，。\s]{1,4}次[^，。\s]{0,4}会议"
)
_NOTICE = re.compile(
    r"^(?:【[^】]{1,12}】|\[[^\]]{1,12}\])?\s{0,2}(?:(?:[^，。]{0,20})?关于)?(?:预?通知[:：]?)?(?:(?:联合|成功|正式|拟|组织|邀请|诚邀)?(?:举办|召开|参加|申办|承办|组织参加|邀请参加|出席|征集|做好)+)?"
    r"(?P<name>.+?)(?:的?(?:(?:第[一二三四五]轮|首轮|会议|参会|报名|征文|征稿|论文征集|补充|正式|预备?|邀请|展览|参展|更新|最终)*(?:通知|公告|通告|启事|邀请函|邀请|函|须知|指南|预告|预通知|报名|征文|征稿|征稿启事|论文征集|来了|日程|议程|简介|介绍|概况)))+(?:\s{0,2}[（(][^（）()]{1,12}[)）]|\s?[—-]{0,2}第[一二三四五]轮.{0,4})?$"
)
_BRACKETS = re.compile(r"\s{0,2}[（(](?:第[一二三四五]轮|[^（）()]{0,6}轮|线上|更新|延期|\d+号)[^（）()]{0,8}[)）]\s*$")
HELD = re.compile(
    r"举行|举办|召开|开幕|闭幕|落幕|启幕|拉开帷幕|落下了?帷幕|落帷|谢幕|(?:圆满|胜利|顺利)结束|画上.{0,4}句号|收官|开启|圆满|揭幕|启动|开展|亮相|落户|登场|与[^，。；]{2,8}见面|如期而至|如约而至"
)
OTHER_TIME = re.compile(
    r"上届|往届|上一届|首届.{0,12}(?:以来|至今)|截止|截至|报名|投稿|注册|录用|提交|报到|曾|回顾|下届|下一届|将于明年"
)


def unwrapped(heading: str) -> Span | None:
    """Return the place of the conference's name in the heading of a notice (关于举办…的通知), or None."""
    match = _NOTICE.match(heading)
    if match is None:
        return None
    start, end = match.span("name")
    while end > start and (bracket := _BRACKETS.search(heading[start:end])):
        end = start + bracket.start()
    if end - start > 4 and heading[start] in "“《" and heading[end - 1] in "”》":
        start, end = start + 1, end - 1
    name = heading[start:end]
    return (start, end) if is_name(name) else None


def is_name(text: str) -> bool:
    """Tell whether a whole text is the name of one conference."""
    if not SHORTEST <= len(text) <= LONGEST + 30 or re.search(r"[。！？!?；;]", text) or kind_of(text):
        return False
    ends = [match.end() for match in _NAME_END.finditer(text)]
    if re.search(r"conference|forum|summit|congress|symposium|workshop", text, re.IGNORECASE) and not ends:
        return len(text.split()) >= 3 and text.isascii()
    tail = bool(ends) and ends[-1] >= len(text.rstrip(" ）)”"))
    return tail and not _NOT.search(text) and _has_core(text)


def _has_core(name: str) -> bool:
    """Tell whether a name says what the conference is about, and not only 第三届大会."""
    core = re.sub(r"[\s（）()“”·]", "", _YEAR.sub("", _EDITION.sub("", name)))
    return len(re.sub(rf"{_KIND}$", "", core)) >= (1 if core.endswith("博会") else 2)


def find(text: str) -> list[Span]:
    """Return the places of conference names in running text."""
    found: list[Span] = []
    for match in _NAME_END.finditer(text):
        low = found[-1][1] if found and found[-1][1] <= match.start() else 0
        if found and match.start() < found[-1][1]:
            continue
        start = _begin(text, max(low, match.start() - LONGEST), match.start())
        end = _extended(text, match.end())
        if end - start >= SHORTEST and _has_core(text[start:end]) and not _NOT.search(text[start : end + 2]):
            if found and text[found[-1][1] : start] == "" and found[-1][1] == start:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return found


def _begin(text: str, low: int, end: int) -> int:
    """Return where a name that ends at `end` begins: at its edition or year, else behind the last edge."""
    start = low
    for edge in _EDGE.finditer(text, low, end):
        if edge.end() <= end:
            start = edge.end()
    quoted = text.rfind("”", low, end)
    opening = text.rfind("“", low, quoted) if quoted >= 0 else -1
    if (
        opening >= 0
        and quoted + 1 == start
        and (before := _MARK.search(text, low, opening))
        and opening - before.end() <= 6
    ):
        start = before.start()  # 第三届“智汇江淮”人工智能大会
    elif mark := _MARK.search(text, start, end):
        start = mark.start()
        # 中国·合肥第三届…: what stands before the edition is place or date more often than name.
    else:
        for word in ("在", "于", "是", "为", "了", "和", "与", "对", "办", "将"):
            at = text.rfind(word, start, end)
            if at >= 0 and word in ("在", "于", "了", "将", "是") and end - at > 4:
                start = max(start, at + 1)
    while start < end and text[start] in " \u3000·-—:：）)":
        start += 1
    return start


def _extended(text: str, end: int) -> int:
    """Return the end of a name with a second one joined by 暨, or a following kind (大会高峰论坛)."""
    while match := re.compile(
        rf"(?:\s?暨\s?[^，。；！？“”]{{2,50}}?|[^，。；！？“”\s在于开举将圆成正的]{{0,6}}?){_KIND}{_AFTER_KIND}{_ACRONYM}"
    ).match(text, end):
        if "暨" not in match.group() and not re.fullmatch(rf"(?:{_KIND})+{_ACRONYM}", match.group()):
            break
        end = match.end()
    return end


def edition(text: str) -> tuple[int, int, int] | None:
    """Return the edition in a name (第十五届, 首届, the 5th) with the place of its words, or None."""
    match = _EDITION.search(text)
    if match is None:
        return None
    if match["first"]:
        return (1, *match.span())
    digits = (match["n"] or match["en"]).translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    number = parse_number(digits)
    return (int(number), *match.span()) if number and number > 0 else None


def year(text: str) -> tuple[int, int, int] | None:
    """Return the year in a name (2023世界…, 二〇二三年…) with its place, or None."""
    match = _YEAR.search(text)
    if match is None:
        return None
    if match["y"]:
        return (int(match["y"]), match.start("y"), match.end("y"))
    number = parse_number(match["han"].replace("○", "〇"))
    return (int(number), match.start("han"), match.end("han")) if number else None


def series(name: str) -> str:
    """Return a name without edition and year: 2023（第五届）世界…大会 is 世界…大会."""
    text = re.sub(
        r"[（(]\s*(?:第\s*[^（）()]{1,6}届|20\d\d年?|[A-Za-z’'&\- ]{2,20}\s?['’]?(?:20)?\d\d)\s*[)）]", "", name
    )
    text = re.sub(r"\b(?:the\s+)?\d{1,3}(?:st|nd|rd|th)\s+(?:annual\s+)?", "", text, flags=re.IGNORECASE)
    text = _YEAR.sub("", _EDITION.sub("", text))
    text = re.sub(r"[（(]\s*[)）]", "", text)
    return re.sub(r"\s{2,}", " ", text).strip(" \u3000·—-–:：,，")
