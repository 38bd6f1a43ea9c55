"""What labels that nobody taught say of parks, enterprises, alliances and universities."""

import re

from crawlers.fields import campus, institute_pairs, names, park_level, park_state, programmes
from crawlers.fields.institute_pairs import is_body, is_where
from crawlers.fields.pairs import Hint

_SITE = re.compile(r"^(?:https?://|www\.)[\w.\-/?=&%#:]+$|^[a-z0-9\-]+(?:\.[a-z0-9\-]+){1,4}/?$", re.IGNORECASE)


def _is_level(text: str) -> bool:
    return len(text) <= 12 and park_level.level_of(text) is not None


def _is_status(text: str) -> bool:
    return len(text) <= 16 and park_state.status_of(text) is not None


def _are_industries(text: str) -> bool:
    return 2 <= len(text) <= 80 and not re.search(r"[。！？：:]|\d|公司|负责", text) and not is_where(text)


def _is_company(text: str) -> bool:
    return len(text) <= 40 and bool(re.search("(?:公司|集团|厂)$", text))


def _is_city(text: str) -> bool:
    return len(text) <= 24 and is_where(text)


def _is_area(text: str) -> bool:
    return len(text) <= 30 and bool(
        re.match(r"[约近超]?\d[\d,.]*\s?(?:万?平方公里|km|公顷|万?亩|㎡)", text, re.IGNORECASE)
    )


def _is_one_body(text: str) -> bool:
    return is_body(text) and len(names.split(text, (0, len(text)))) == 1


def _is_count(text: str) -> bool:
    return bool(re.fullmatch(r"[约近超逾]?\s?\d[\d,]*\s?[余多+]?\s?[家个名]?(?:单位)?", text))


_FOUNDED = institute_pairs.HINTS["research_institute"]["founded"]
_OF_ANOTHER = "子公司|分公司|研究院|实验室|中心|事业部|工厂|工作站|党|联盟|基金|海外|商标|专利"
_FOUNDED_FIRM = Hint(
    _FOUNDED.label,
    _FOUNDED.sound,
    re.compile(f"{_FOUNDED.unless.pattern if _FOUNDED.unless else '^$'}|{_OF_ANOTHER}"),
)
_PLACE = Hint(
    re.compile("城市|所在|属地|驻地|坐落|位置|哪里|哪儿|在哪|总部|注册地|地区|区域|落户|落址"),
    is_where,
    re.compile("会议|出生"),
)
_WHERE = Hint(_PLACE.label, _is_city, _PLACE.unless)
HINTS = {
    "park": {
        "level": Hint(re.compile("级别|等级|层级|级次|性质|类别|类型"), _is_level),
        "place": _PLACE,
        "established": _FOUNDED,
        "leading_industries": Hint(
            re.compile("产业|招商|方向|赛道|定位|业态|行业|(?:做|干|发展|搞|主打)(?:什么|啥)"),
            _are_industries,
            re.compile("产值|企业|政策|联系|电话|面积|园"),
        ),
        "status": Hint(re.compile("状态|进度|进展|阶段|情况|建设"), _is_status),
        "operator": Hint(re.compile("运营|开发(?:商|主体|单位|企业)|运作|物业|经营"), _is_company),
        "authority": Hint(re.compile("管理|主管|管委|归口|谁管|归谁"), _is_one_body, re.compile("运营|物业")),
        "area_total": Hint(
            re.compile("面积|占地|规模|多大|用地|体量|地盘"), _is_area, re.compile("租|建筑|厂房|可|绿化")
        ),
    },
    "enterprise": {
        "founded": _FOUNDED_FIRM,
        "place": _WHERE,
        "website": Hint(re.compile("网|主页|链接|域名"), lambda text: bool(_SITE.match(text))),
        "legal_name": Hint(
            re.compile("全名|全称|名称|名字|主体|注册名"), _is_company, re.compile("客户|投资|股东|母公司|曾用")
        ),
    },
    "alliance": {
        "founded": _FOUNDED,
        "chair_organisation": Hint(
            re.compile("理事长|会长|主席|牵头|轮值|挂帅|领衔|盟主|掌舵|Chair|President", re.IGNORECASE),
            _is_one_body,
            re.compile("副|秘书|常务|名誉"),
        ),
        "secretariat": Hint(re.compile("秘书"), _is_one_body, re.compile("秘书长(?!单位)")),
        "initiators": Hint(re.compile("发起|倡议|创始|首倡"), is_body, re.compile("时间|日期|几|人$")),
        "member_count": Hint(re.compile("成员|会员|加盟|规模|家数"), _is_count, re.compile("发起|名单|新增|理事")),
        "place": _PLACE,
    },
    "university": {
        "name": Hint(re.compile("校|高校|大学|学院"), campus.is_name, re.compile("主管|举办|校址|代码")),
        "authority": Hint(
            re.compile("主管|归谁|隶属|归属|举办|上级"), lambda text: is_where(text) or is_body(text), re.compile("地")
        ),
        "founded": _FOUNDED,
        "place": _PLACE,
        "programme": Hint(re.compile("专业|方向|学科"), programmes.is_programme, re.compile("代码|撤销|停招|数")),
        "degree": Hint(re.compile("学位|门类|授予"), lambda text: programmes.awarded(text) is not None),
        "code": Hint(
            re.compile("代码|码|编号"), lambda text: bool(re.fullmatch(r"\d{5}|\d{10}", text)), re.compile("专业")
        ),
    },
}
