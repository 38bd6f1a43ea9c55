"""What labels that nobody taught say of an institute: told by words in the label and by what the value is."""

import re

from crawlers.fields import names, places
from crawlers.fields.pairs import Hint
from schema.types.partial_date import PartialDate

_NOT_FOUNDED = re.compile(
    "发布|更新|认定|认证|备案|评|报名|公示|截止|点击|获批|批准为|入选|浏览|来源|授予|项目|基地|平台|小组|课题组|工作站|分[院所]|分中心|公司$|联盟|党[委总支]|工会|研究室$|车间|试验场"
)


def is_day(text: str) -> bool:
    """Tell whether a text is a day, a month or a year and nothing else."""
    plain = re.sub(r"^(?:正式|自|于)|(?:正式)?(?:成立|建立|注册|创立|创建|揭牌|建所|建院)$", "", "".join(text.split()))
    return len(plain) <= 16 and bool(re.search(r"\d|〇|零", plain)) and PartialDate.parse(plain) is not None


def is_body(text: str) -> bool:
    """Tell whether a text is names of organisations and nothing else."""
    parts = [text[slice(*part)] for part in names.split(text, (0, len(text)))]
    return bool(parts) and all(names.is_organisation(part) and len(part) <= 40 for part in parts)


def is_where(text: str) -> bool:
    """Tell whether a text begins with a region."""
    return len(text) <= 60 and places.at_start(text) is not None


def _is_subject(text: str) -> bool:
    return (
        2 <= len(text) <= 60
        and not re.search(r"[。！？:：]|\d{4}|^\d|\d\s?[人名家项个]|(?:(?<!器)人|[名家项个])$", text)
        and not is_where(text)
    )


_FOUNDED = Hint(
    re.compile(
        "成立|建立|创建|创立|始建|组建|设立|注册|登记|创建|诞生|出生|生日|建所|建院|揭牌|挂牌|哪年|何时|开办|起步|^时间$"
    ),
    is_day,
    _NOT_FOUNDED,
)
_RECOGNISED = Hint(
    re.compile("认定|备案|获批|获评|评为|入选|授牌|命名|认证|确认"), is_day, re.compile("成立|注册|登记")
)
_PLACE = Hint(
    re.compile("城市|坐标|所在|属地|驻地|坐落|地点|位置|哪里|在哪|总部|注册地|地区|区域|落户|地址|落址|^地$"),
    is_where,
    re.compile("会议|考试|报名|出生"),
)
_FIELD = Hint(
    re.compile(
        "方向|领域|专注|主攻|专攻|研究什么|赛道|学科|专长|专业|擅长|主业|特长|强项|绝活|看家|拿手|本[领事]|忙什么|干什么|做什么|聚焦|主题|主研|课题|^主[做攻]"
    ),
    _is_subject,
    re.compile("团队|人员|成果|队伍|学位|招生|专业技术|专业人"),
)
_PARENT = Hint(
    re.compile("主管|上级|隶属|归属|归口|归谁|东家|直属|管理部门|主办|举办|婆家|娘家"),
    is_body,
    re.compile("网站|承办|本站"),
)
_OPERATOR = Hint(
    re.compile(
        "运营|依托|建设|承建|牵头|运作|出资|投资|举办|管理单位|管理方|主体|支撑|发起|背靠|谁[建办投管]|谁出资|谁牵头|创办"
    ),
    is_body,
    re.compile("网站|主管|技术"),
)
HINTS = {
    "new_rd_organisation": {
        "founded": _FOUNDED,
        "recognised_year": _RECOGNISED,
        "place": _PLACE,
        "operator": _OPERATOR,
        "field": _FIELD,
    },
    "research_institute": {
        "founded": _FOUNDED,
        "recognised_year": _RECOGNISED,
        "place": _PLACE,
        "parent": _PARENT,
        "operator": _OPERATOR,
        "field": _FIELD,
    },
}
