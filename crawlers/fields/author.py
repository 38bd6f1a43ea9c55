"""Who wrote an article: what the page says under 作者, 记者 or 编辑, or in a line of its own (byline)."""

import re

from crawlers.fields.body import Line
from crawlers.view import View
from schema.evidence import Origin, Reading, Span

AROUND = 300  # characters before and after the text in which its author is named
BYLINES = 4  # first lines of a text, and last lines before it, that can be a byline
LONGEST_BYLINE = 24

# The 200 most frequent surnames by the police's count of 2020 (七普 and 全国姓名报告), and usual double ones.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高梁郑罗宋谢唐韩曹许邓萧萧冯曾程蔡彭潘袁於董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯"
    "雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲欧靳祁路涂兰甘裴"
    "梅童翁霍游阮尤岳柯牟滕谷舒卜成饶宁凌盛查单冉鲍华包屈房喻解蒲卫简时连车项闵邬吉党阳司费蒙席晏隋古强穆姬宫景米麦谌肖付代闫冼惠桂佟郎敖卓楼应奚晋苟展"
)
_PERSON = rf"(?:欧阳|司马|上官|诸葛|[{_SURNAMES}])[\u4e00-\u9fff·]{{1,2}}"
_JOINED = rf"{_PERSON}(?:[ 、，/\u3000]{{1,3}}{_PERSON}(?![\u4e00-\u9fff])){{0,8}}"
_NOT_NAMES = "阅读|来源|编辑|张贴|时间|浏览|发布|点击|摄影|报道|人气|日期|评论|查看|回复|更新|出处|字体|文章|发表|本站"

_LABELLED = re.compile(
    rf"(?:作\s{{0,4}}者|撰文|执笔人?|撰稿)\s?[:：]\s{{0,3}}(?P<name>{_JOINED}(?=[\s)）\]】]|$)"
    rf"|(?:(?!{_NOT_NAMES})[\w\u4e00-\u9fff·.]){{2,24}})"
)
_REPORTER = re.compile(
    rf"(?:记者|通讯员|特约撰稿人?|实习生)[:：\s]{{0,3}}(?P<name>{_JOINED})(?=[\s）)】\]/，,。:：]|$|摄|文/|报道|综合|电|/)"
)
_REPORTED = re.compile(rf"[（(](?P<name>{_JOINED})\s[\u4e00-\u9fff]{{2,6}}(?:报道|摄)[)）]")
_EDITOR = re.compile(rf"(?:责任编辑|责编|编辑)\s?[:：]\s{{0,3}}(?P<name>{_JOINED})(?![\u4e00-\u9fff])")
_POSTED = re.compile(
    rf"(?:\bby|由|楼主[:：]?|发布者[:：]|博主[:：]?)\s{{0,3}}(?P<name>(?:(?!{_NOT_NAMES})[\w\u4e00-\u9fff]){{2,20}})(?=\s|张贴|发表|发布)",
    re.IGNORECASE,
)
_BYLINE = re.compile(rf"\s{{0,9}}(?:[文◎■●□]\s?[/:：]?\s?)?(?P<name>{_JOINED})\s{{0,9}}")


def read(view: View, page: list[Line], run: tuple[int, int], title: str) -> Reading | None:
    """Return who wrote the article whose lines are `run` of `page`, or None.

    Trusted in this order: 作者, a reporter's line, a byline, the meta tag, 编辑, the name of who posted it.
    """
    if run[0] == run[1]:
        return _meta(view)
    start, end = page[run[0]].start, page[run[1] - 1].end
    low, high = max(view.body[0], start - AROUND), min(view.body[1], end + AROUND)
    edges = ((low, min(start + AROUND, high)), (max(end - AROUND, low), high))
    for patterns in ((_LABELLED,), (_REPORTER, _REPORTED)):
        if found := _search(view, patterns, edges):
            return found
    for line in page[max(0, run[0] - BYLINES) : run[0] + BYLINES]:
        match = _BYLINE.fullmatch(view.text, line.start, line.end) if line.size <= LONGEST_BYLINE else None
        if match and not line.linked and match["name"] not in title:
            return _reading(view, match.span("name"))
    return _meta(view) or _search(view, (_EDITOR, _POSTED), edges)


def _search(view: View, patterns: tuple[re.Pattern[str], ...], places: tuple[Span, ...]) -> Reading | None:
    for pattern in patterns:
        for low, high in places:
            if match := pattern.search(view.text, low, high):
                return _reading(view, match.span("name"))
    return None


def _meta(view: View) -> Reading | None:
    for name, content, place in view.meta:
        if name in ("author", "article:author") and 2 <= len(content) <= 30 and "=" not in content:
            return Reading(content, content, Origin.META, (place,))
    return None


def _reading(view: View, span: Span) -> Reading:
    raw = view.text[slice(*span)]
    return Reading(" ".join(raw.split()), raw, Origin.BODY, (span,))
