"""Pages that are no policy: error texts, shells, lists, plain news."""

import re

from crawlers.fields import attachments, body, relations
from crawlers.fields.gathering import Readings
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Reading

SHELL = 60  # characters of text below which a page without metadata is a shell

_GONE = re.compile(
    r"404|not found|(?:页面|信息|文章)不存在|页面未找到|找不到(?:该|您|页面)|已被删除|系统(?:提示|错误)|访问受限|无权限"
    r"|您(?:访问|查看|请求|浏览)的(?:页面|信息|文章|内容).{0,12}(?:不存在|删除|过期|找不到)",
    re.IGNORECASE,
)
_END = r"(?:》|”|\"|）|\)|\s|[（(【\[〔].{0,40}$|[一二三四五六七八九十]{0,3}$)"
# Words that end the title of a document; the second kind also ends that of news, and needs more.
_POLICY = re.compile(
    r"(?:通知|意见|办法|规定|规划|方案|条例|决定|公告|通告|批复|复函|行动计划|纲要|细则|措施|决议|规则|章程|指引|预案|征求意见稿|草案|暂行|试行|若干条)"
    + _END
)
_MAYBE = re.compile(
    r"(?:函|令|计划|指南|目录|名单|答复|通报|报告|清单|要点|公示|标准|制度|命令|准则|规范|政策|白皮书|请示|条款)" + _END
)


def check(
    view: View, heading: Reading, found: body.Body, readings: Readings, *, table: bool, text: Reading | None
) -> None:
    """Raise NotARecord for a page that is no policy."""
    length = sum(end - start for start, end in found.spans)
    identified = table or readings.first("doc_number") is not None or readings.first("index_number") is not None
    named = _is_named(heading)
    if not identified and _GONE.search(heading.value):
        raise NotARecord(f"an error text: {heading.value[:40]}", is_gone=True)
    if not identified and length < 300 and _GONE.search(view.text[slice(*view.body)][:1000]):
        raise NotARecord("an error text answered as a page", is_gone=True)
    if text is None and length < SHELL and not (identified and (length or table)):
        files = attachments.read(view, lambda _: False)
        if not (named and files):
            raise NotARecord(f"a shell: {length} characters of text")
    if not found.known and not identified and length and _is_list(found):
        raise NotARecord("a list of links")
    if not identified and not named:
        raise NotARecord("no document number, no metadata table, and no policy in the title")


def _is_named(heading: Reading) -> bool:
    """Tell whether the title is that of a document, of its explanation or of its draft."""
    words = str(heading.value)
    if relations.is_explanation(words) or relations.draft_words(words) or _POLICY.search(words):
        return True
    return bool(_MAYBE.search(words)) and ("关于" in words or "《" in words or "印发" in words)


def _is_list(found: body.Body) -> bool:
    linked = sum(line.linked for line in found.page)
    size = sum(line.size for line in found.page)
    plain = sum(end - start for start, end in found.spans)
    return linked * 2 > size and plain * 5 < size
