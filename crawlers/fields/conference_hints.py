"""What labels that nobody taught say of a conference: told by words in the label and by what the value is."""

import re

from crawlers.fields import events, names, periods, places
from crawlers.fields.pairs import Hint

_APPLYING = re.compile(
    "重要|论文|截|录用|报名|注册|截止|投稿|报到|发布|参会|缴费|交通|布展|撤展|媒体|来源|咨询|往届|上届"
)
_WHEN_NOT = re.compile(_APPLYING.pattern + "|^(?:日期|时间)$")  # alone, of the page itself
_BUILDING = re.compile(r"中心|馆|酒店|宾馆|大厦|会堂|广场|礼堂|剧院|学院|大学|园|厅|基地|小镇|楼")


def _is_when(text: str) -> bool:
    return (
        len(text) <= 60
        and not re.search("截止|报名|提交|投稿|[：:]$", text)
        and bool(periods.find(text, 2000, label=True))
    )


def _is_where(text: str) -> bool:
    return len(text) <= 60 and (places.at_start(text) is not None or bool(_BUILDING.search(text)))


def _is_bodies(text: str) -> bool:
    parts = [text[slice(*part)] for part in names.split(text, (0, len(text)))]
    return bool(parts) and all(names.is_organisation(part) for part in parts)


def _is_theme(text: str) -> bool:
    return 3 <= len(text) <= 50 and not re.search(r"[。：:]|\d{4}年", text) and not _is_bodies(text)


def _role(words: str) -> Hint:
    return Hint(re.compile(words), _is_bodies, re.compile("媒体|网站|本站"))


HINTS = {
    "title": Hint(
        re.compile("活动|会议|大会|论坛|展会|名称|全称|会名"), events.is_name, re.compile("上届|往届|同期|平行|分论坛")
    ),
    "dates": Hint(
        re.compile("时间|日期|什么时候|何时|哪天|几号|会期|档期|展期|开幕|日程|when", re.IGNORECASE),
        _is_when,
        _WHEN_NOT,
    ),
    "venue": Hint(
        re.compile("地点|地址|哪里|哪儿|在哪|会场|会址|场馆|展馆|场地|举办地|where|venue", re.IGNORECASE),
        _is_where,
        _APPLYING,
    ),
    "hosts": _role("主办"),
    "organisers": _role("承办|执行单位|执行方"),
    "co_organisers": _role("协办|联办"),
    "supporters": _role("支持|指导"),
    "themes": Hint(
        re.compile("主题|口号|slogan|聊什么|关键词", re.IGNORECASE), _is_theme, re.compile("分论坛|征文|投稿")
    ),
}
