"""The theme of a conference that is printed as a slogan, without a word that says so: the line under its name."""

import re
from itertools import pairwise

from crawlers.fields import events, names, places
from crawlers.fields.sheet import Sheet
from schema.evidence import Reading, Span

SHORTEST, LONGEST = 5, 30
_FRAME = '“”"「」『』《》—–-·｜|　 \t'
# What else stands under a name: a day, a label with its value, the kind of the page, what to do.
_OTHER = re.compile(
    r"\d|[。：:；;？?@【】\[\]]|通知|指南|邀请|日程|议程|报名|须知|公告|手册|预告|简介|介绍|原创|来源|作者|发布|编辑|主办|承办|协办|支持|单位|组委会"
    r"|点击|关注|扫码|阅读|首页|返回|会议|大会|论坛|峰会|年会|博览会|新闻|公众号|倒计时|现场|图文|信息|动态|联系|专题"
)


def find(sheet: Sheet, name: Reading) -> Span | None:
    """Return the slogan right under a line that is nothing but the conference's name; None where none stands there."""
    text = sheet.view.text
    lines = [line for line in sheet.lines if line.span[1] > line.span[0]]
    for line, below in pairwise(lines):
        if line.linked or below.linked or _plain(text[slice(*line.span)]) != _plain(str(name.value)):
            continue
        said = text[slice(*below.span)]
        start = below.span[0] + len(said) - len(said.lstrip(_FRAME))
        end = below.span[0] + len(said.rstrip(_FRAME))
        if SHORTEST <= end - start <= LONGEST and _is_slogan(text[start:end]):
            return start, end
    return None


def _plain(text: str) -> str:
    return re.sub(r"[\s“”\"《》]", "", text)


def _is_slogan(said: str) -> bool:
    place = places.at_start(said)
    return not (
        _OTHER.search(said)
        or names.is_organisation(said)
        or events.is_name(said)
        or (place is not None and place.start == 0)
    )
