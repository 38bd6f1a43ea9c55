"""The heading of a page whose tags do not mark it: the line that stands above who published the page and when."""

import re

from crawlers.fields import noise
from crawlers.view import View
from schema.evidence import Span

SHORTEST, LONGEST = 6, 120
LINES = 3  # between the heading and the line on its publication: a subtitle, a number
_CRUMB = re.compile(
    r"^\s*(?:(?:你|您)?(?:当前|现在|所在)?(?:的)?位置\s{0,3}[:：]?\s{0,3})?(?:网站|本站)?(?:首页|主页|home)\s{0,3}[→>»›＞/／|｜\\-]",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:来源|作者|发布者?|发布时间|发布日期|更新时间|更新日期|发表时间|日期|时间|人气|浏览|点击|阅读|录入|编辑)\S{0,4}[:：].{0,80}(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}"
    r"|^\W{0,4}(?:发布|更新|发表)(?:时间|日期|于)?\s{0,2}[:：]?\s{0,2}(?:19|20)\d\d"
)
_SITE = re.compile(
    r"(?:网|网站|平台|门户|门户网|频道|之窗|在线|信息港|官网|主页|首页|欢迎您?|数据库|公众号|中心|局|厅|委|委员会|政府)\s*$"
)
_NO_HEADING = re.compile(
    r"[。；;]$|^[【\[（(]?(?:来源|作者|发布|时间|日期|打印|关闭|字号|分享|索引号|主题分类)|^[\d\s\-/:年月日.]+$"
)


def is_crumb(text: str) -> bool:
    """Tell whether a line says where in its site a page stands (首页 > 政策 > 正文)."""
    return bool(_CRUMB.match(text))


def is_site(text: str) -> bool:
    """Tell whether a title tag says nothing but the name of a site."""
    return len(text.strip()) <= 24 and (not text.strip() or bool(_SITE.search(text.strip())))


def read(view: View, before: int) -> Span | None:
    """Return the line above the first line that says when the page was published; None where no such pair stands.

    `before` is where the text begins; a text that was taken to begin too early may hold the heading itself.
    """
    lines = [span for span in view.lines if span[0] >= view.body[0]]
    at = next((n for n, span in enumerate(lines) if _is_published(view.text[slice(*span)])), None)
    if at is None or (lines[at][0] > before + 600 and at > 40):
        return None
    links = [view.span(element) for element in view.elements if element.tag == "a"]
    best: Span | None = None
    for start, end in reversed(lines[max(0, at - LINES) : at]):
        said = view.text[start:end].strip()
        if is_crumb(said) or any(low < end and start < high and high - low >= len(said) - 2 for low, high in links):
            break
        if SHORTEST <= len(said) <= LONGEST and not _NO_HEADING.search(said) and noise.kind_of(said) != "tools":
            best = (start, end) if best is None or len(said) > best[1] - best[0] else best
    return best


def _is_published(line: str) -> bool:
    return len(line) <= 120 and bool(_PUBLISHED.search(line))
