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
# What an office asks or tells people to do once: a notice of it is no policy, unless it bears a document number.
_ERRAND = re.compile(
    r"报名|(?:举办|组织|参加|开展|召开|举行|邀请)[^《》]{0,60}(?:培训班?|讲座|研修班?|沙龙|对接会|报告会|座谈会|推介会|宣讲会|例会|年会|会议|大会|峰会|论坛|博览会"
    r"|展览会|展会|研讨会|洽谈会|交流会|活动)[”》]?(?:[^，。]{0,10}事[项宜])?的?(?:预备?|补充|延期|第[一二三]轮)?(?:通知|公告|邀请|函)"
    r"|(?:联盟|协会|学会|促进会|联合会|研究会|联合体|商会)章程|邀请函"
    r"|(?:公开)?(?:招聘|招录|招考|遴选工作人员|选聘|选调)(?!制度|办法|管理|规定)|(?:面试|笔试|体检|资格复审|考试成绩)"
    r"|放假|调休|值班安排|停[水电气热](?!管理)|系统(?:维护|升级)|(?:招标|中标|成交|磋商|询价|比选|流标|采购(?:项目|结果|意向|需求)?)(?:结果)?(?:公告|公示)"
    r"|(?:来信|来电|咨询|留言|信访|投诉|网友|网民|群众)[^《》]{0,12}(?:答复|回复|办理情况)|(?:来信|留言)(?:选登|摘编|公开)"
    r"|征订|缴费|领取|订阅|参观|观摩|体验|志愿者|问卷"
)

# What leaders and offices did, as news has it; such pages bear a metadata table on many sites.
_NEWS = re.compile(
    r"调研|考察|视察|走访|会见|看望|慰问|座谈|来访|到访|赴.{2,20}(?:学习|对接|交流)|督[导查]|检查指导|揭牌|开幕|闭幕|落幕|启动仪式|签约|强调|出席|率队|带队|主持召开"
    r"|(?:顺利|圆满|成功|隆重|胜利)?(?:召开|举行|举办)(?:$|[^《》的]{0,30}(?:会议?|大会|仪式|活动|论坛|班)$)|圆满|亮相|专访|侧记|纪实|综述|快讯|巡礼"
)


def check(
    view: View, heading: Reading, found: body.Body, readings: Readings, *, table: bool, text: Reading | None
) -> None:
    """Raise NotARecord for a page that is no policy."""
    length = sum(end - start for start, end in found.spans)
    identified = table or readings.first("doc_number") is not None or readings.first("index_number") is not None
    named = is_named(heading)
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
    # Sites print their metadata table above every notice: only a number tells a document from an errand.
    if readings.first("doc_number") is None and _ERRAND.search(heading.value):
        raise NotARecord("a notice of an errand: training, recruiting, an event, a purchase")
    if readings.first("doc_number") is None and not named and _NEWS.search(heading.value):
        raise NotARecord("news of what somebody did")
    if not identified and not named:
        raise NotARecord("no document number, no metadata table, and no policy in the title")


def is_named(heading: Reading) -> bool:
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
