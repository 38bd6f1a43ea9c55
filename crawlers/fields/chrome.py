"""What of a page is no content: menus, side columns, lists of related things, the site's imprint."""

import re
from bisect import bisect_right

from crawlers.fields.noise import kind_of
from crawlers.view import Element, View
from schema.evidence import Span

_TAGS = frozenset({"nav", "footer", "aside", "select", "button"})
_NAMES = re.compile(
    r"^(?:(?:site|top|main|sub|page|left|right|bottom|g|m|w)?(?:nav|navbar|navi|menu|foot|footer|copyright|crumb|crumbs|breadcrumb"
    r"|breadcrumbs|sidebar|aside|pager|pagination|toolbar|topbar|share|comments|friendlink|friendlinks|flink)s?"
    r"|side|related|relate|relates|recommend|recommended|hot|hotnews|rank|ranking|latest|links|prevnext|position|ads?)$"
)
_ENDS = re.compile(
    r"^[\s【\[|·>»●■◆▲－—-]{0,6}(?:相关|延伸|推荐|更多|热门|热点|最新|往届|历届|往期|近期|其他|其它|友情|同类|猜你|点击排行|阅读排行)"
    r"(?:阅读|新闻|链接|文章|报道|专题|推荐|内容|资讯|会议|大会|活动|回顾|动态|通知|公告|园区|联盟|协会|组织|排行|喜欢|展会|论坛|信息|热点|招商)?"
    r"(?:推荐|列表|回顾|动态|新闻|信息)?[】\]]?[\s:：>»]{0,4}(?:更多|more)?[\s>»]{0,4}$|^(?:上|下)一(?:篇|条|页)",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"版权所有|版權所有|copyright|all\s{1,3}rights\s{1,3}reserved|©|icp备|icp证|网安备|网站标识码|技术支持[:：]|网站(?:地图|主办|维护|声明)"
    r"|第\s?[\d,]+\s?位(?:访客|访问者|浏览者|来访者)|(?:累计|总|今日|本站|页面)访问(?:人数|人次|量|次数)?[:：\s]|访问统计|站长统计|网站管理[:：]|最佳浏览|中文域名[:：]"
    r"|(?:本站|网站)(?:已)?支持ipv6|举报(?:电话|邮箱|热线)[:：]|政务服务热线|版权归[^，。]{2,20}所有|未经[^，。]{0,8}(?:书面)?授权|公网安备|备案序号|经营许可证(?:编号)?[:：]"
    r"|powered\s{1,2}by|archiver\s{0,2}[|｜]|互联网新闻信息服务许可|增值电信业务|建议使用.{0,20}(?:浏览器|分辨率)|政府网站找错|不良信息举报",
    re.IGNORECASE,
)
_FOOT_LABEL = re.compile(
    r"^[\s|]{0,3}(?:主办|承办|主管|协办|运维|制作|维护|地址|电话|联系|传真|邮编|邮箱|e-?mail|技术支持|备案|关于我们|网站|版权|您是第|访问量)",
    re.IGNORECASE,
)
_FOOT_LONGEST = 400
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")


def outside(view: View) -> list[Span]:
    """Return the places of a page that are no content, in order, none in another."""
    return _merged([*_chrome(view), *_tails(view), *_foot(view)])


def _chrome(view: View) -> list[Span]:
    """Return the places of elements that are called menus, side columns, footers …, unless they hold the page."""
    found = []
    whole = max(view.body[1] - view.body[0], 1)
    for element in view.elements:
        start, end = view.span(element)
        if end <= start or element.tag in ("html", "body", "title"):
            continue
        if element.tag in _TAGS or _is_named(element):
            if (end - start) * 2 > whole and element.tag not in ("footer", "nav"):
                continue
            if next(element.iter("h1"), None) is not None and element.tag not in ("footer", "nav", "aside"):
                continue
            found.append((start, end))
    return found


def _is_named(element: Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    for name in names.split():
        parts = [part.lower() for part in _CAMEL.split(name) if part]
        if any(_NAMES.match(part) for part in (*parts, "".join(parts))):
            return True
    return False


def widest(view: View, element: Element) -> Element:
    """Return the outermost element that holds nothing but the text of this one."""
    span = view.span(element)
    while (parent := element.getparent()) is not None and view.span(parent) == span and parent.tag != "body":
        element = parent
    return element


def _tails(view: View) -> list[Span]:
    """Return, for each heading of related or earlier things, the place up to the end of its element's parent."""
    found = []
    for element in view.elements:
        start, end = view.span(element)
        if not 2 <= end - start <= 40 or element.tag in ("a", "title", "li", "td"):
            continue
        said = view.text[start:end]
        if _ENDS.match(said) or (element.tag in ("h2", "h3", "h4") and kind_of(said) in ("ends", "comments")):
            outer = widest(view, element)
            parent = outer.getparent()
            found.append((start, view.span(parent)[1] if parent is not None else end))
    return [(start, end) for start, end in found if (end - start) * 2 < view.body[1] - view.body[0]]


def _foot(view: View) -> list[Span]:
    """Return the place of the site's own imprint: its marks, the element around them, the short lines before."""
    lines = view.lines
    marks = [n for n, (start, end) in enumerate(lines) if end - start < 200 and _FOOT.search(view.text[start:end])]
    marks = [n for n in marks if n > len(lines) // 3]
    if not marks:
        return []
    found = []
    for number in marks:
        start, end = lines[number]
        found.append(_frame(view, start, end))
    first = min(start for start, _ in found)
    number = bisect_right(lines, (first, 0)) - 1
    while number > 0 and lines[number][0] >= first:
        number -= 1
    while number > 0 and _FOOT_LABEL.match(view.text[slice(*lines[number])]) and _parted(view, lines, number, first):
        found.append(lines[number])
        number -= 1
    return found


def _frame(view: View, start: int, end: int) -> Span:
    """Return the place of the largest element around a line of the imprint that is still nothing but imprint."""
    best = (start, end)
    holder = _holder(view, best)
    while holder is not None and holder.tag not in ("body", "html"):
        low, high = view.span(holder)
        said = view.text[low:high]
        heads = any(child.tag in ("h1", "h2", "h3", "article", "main") for child in holder.iter())
        if high - low > min(_FOOT_LONGEST, (view.body[1] - view.body[0]) * 0.4) or "。" in said or heads:
            break
        best = (low, high)
        holder = holder.getparent()
    return best


def _holder(view: View, span: Span) -> Element | None:
    best: Element | None = None
    for element in view.elements:
        start, end = view.span(element)
        if start <= span[0] and span[1] <= end and element.tag != "title":
            best = element  # document order: the last that covers it is the innermost
    return best


def _parted(view: View, lines: list[Span], number: int, foot: int) -> bool:
    """Tell whether a line stands nearer, in the tree, to the imprint after it than to the line before it."""
    line = _holder(view, lines[number])
    before, after = _holder(view, lines[number - 1]), _holder(view, (foot, foot + 1))
    if line is None or before is None or after is None:
        return False
    return _shared(line, after) >= _shared(line, before) and before is not line


def _shared(one: Element, other: Element) -> int:
    """Return how deep the last common ancestor of two elements lies."""
    mine = [one, *one.iterancestors()][::-1]
    yours = [other, *other.iterancestors()][::-1]
    return sum(a is b for a, b in zip(mine, yours, strict=False))


def _merged(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
