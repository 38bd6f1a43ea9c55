"""Who operates a park and who administers it: under labels, as sentences say it, or by who stands nearest."""

import re
from collections.abc import Sequence

from crawlers.fields import mentions, names, nearest, roles
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Origin, Reading, Span

_OPERATOR = (
    re.compile(
        r"由(?P<who>[^，。；、由]{4,40}?)(?:具体|全面|统一|全权)?(?:负责)?(?:园区|整体|的)*(?:投资"
        r"|开发|建设|规划|、|和|及|并|管理|招商|负责)*运营(?!有限|公司|集团|管理有限|服务有限|发展"
        r"|管理公司)"
    ),
    re.compile(r"(?:运营)(?:公司|单位|主体|方|商|机构)(?:为|是)(?P<who>[^，。；、]{4,40})"),
    re.compile(
        r"(?P<who>[^，。；、由]{4,40}?)(?:作为|是|为)(?:园区|开发区|该园区)?(?:的)?(?:开发)?运营"
        r"(?:公司|单位|主体|方|商|机构)"
    ),
    re.compile(
        r"(?P<who>[^，。；、由]{4,40}?(?:公司|集团))(?:具体)?负责(?:园区)?(?:的)?(?:日常|开发|建设|投资|、|和|及)*运营"
    ),
    re.compile(
        r"(?:开发|建设|经营|运营|企业服务)[^，。；由]{0,12}(?<!管理)由(?P<who>[^，。；、由]{4,40}?(?:公司|集团))(?:承担|负责|实施|牵头)"
    ),
)
_AUTHORITY = (
    re.compile(
        r"由(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?)(?:统一|全面|具体|负责|代为)*(?:行使"
        r"|履行|承担|负责|实施)[^，。；]{0,6}(?:管理|行政|管辖)"
    ),
    re.compile(
        r"(?:日常)?(?:管理|行政管理|管理职能|管理工作|管理职责)(?:工作|职能)?(?:由|归)(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?)"
        r"(?:承担|负责|行使|履行|实施)"
    ),
    re.compile(r"(?:设立|成立|组建|由)(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{2,40}?(?:管理委员会|管委会))"),
    re.compile(r"(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?(?:管理委员会|管委会))"),
    re.compile(
        r"(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?[园区城镇地谷港基]"
        r"(?:建设|管理|服务|发展|开发|运行)+(?:办公室|局|服务中心|中心|服务局|办|委员会))(?:则|主要|全面"
        r"|具体|统一)?(?:负责|承担|履行|行使|主管|统筹)(?:对|园区|全园|开发区|辖区|区内)*(?:的)?[^，。；]{0,6}"
        r"(?:规划|建设|管理|招商|开发|服务|职责|职能|审批)"
    ),
    re.compile(
        r"(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?[园区城镇地谷港基]"
        r"(?:建设|管理|服务|发展|开发|运行|推进)+(?:办公室|局|服务中心|中心|服务局|办|委员会))"
        r"(?=(?:正式)?(?:揭牌|挂牌|成立|设立|组建|获批|运行|办公)|是园区的?管理|作为园区)"
    ),
    re.compile(r"管理机构[为是](?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?(?:办公室|局|中心|委员会))(?=[，。；]|$)"),
    re.compile(
        r"(?:设立|成立|组建|由|机构[为是])(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?[园区城镇地谷港]"
        r"(?:建设)?(?:管理|服务|发展)+(?:办公室|局|服务中心|中心|服务局|办))(?=[，。；负作]|$)"
    ),
)
_OPERATES = re.compile(
    r"(?<!投入)(?<!建成)(?<!正式)(?<!自主)(?<!试)(?:开发|建设|投资|招商|[、和及与])*(?:运营"
    r"|运维)(?:管理|服务|招商)?(?:方|商|单位|主体|机构|公司|者|团队|平台|企业)?"
    r"(?!良好|以来|情况|成本|模式|收入|效率|状态|有限|集团)|开发(?:主体|商|方)|平台公司|操盘(?:手|方|者)?|打理|托管"
)
_COMPANY = re.compile(r"(?:公司|集团)(?:（有限合伙）)?$")
# 某某园管理中心（园区管理机构）
_BRACKETED = re.compile(
    r"(?:^|[，。；：:\s])(?P<who>[^，。；：:\s（）()]{4,40})\s?[（(](?:该|本)?(?:园区|开发区)?的?(?:行政|日常)?(?:管理|主管)(?:机构|单位|部门|主体|方)[)）]"
)
# What a text says of an administration or a company right behind its name.
_SAID_OF = re.compile(
    r"(?:共|现|内|下)?设(?:有|置|立)?|下辖|内设|核定|加挂|挂牌|系|是|为|全面|统一|具体|主要|负责|承担|行使|履行|实施|成立于|位于|实行"
    r"|隶属|作为|受|对|依法|代管|与|（|\(|\s"
)
# 该公司负责园区的投资建设和日常运营, 作为园区的运营方，公司…
_BACK = re.compile(
    r"(?:(?:该|这家|此)(?:公司|企业|集团|国企|平台)|(?<=[。；”])(?:公司|集团|企业|其)|后者)(?:主要|全面|具体|统一|目前|现|正|也|就)*"
    r"(?:负责|承担|主导|专门|从事|是|作为|受托|牵头)(?:[^，。；]{0,16})(?:运营|运维|操盘|开发建设|打理)"
)
_CONTACT = re.compile(r"(?:联系单位|招商单位|单位)[:：]\s?(?P<who>[^，。；\s]{4,40}管(?:理委员|委)会)")
_OFFICE = re.compile(r"(?:办公室|筹备处|筹建处|指挥部|筹备组|专班|服务局|发展局)$")
_GENERIC = frozenset({"管委会", "管理委员会", "园区管委会", "开发区管委会", "高新区管委会", "该管委会", "区管委会"})


def parties(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    """Add who operates the park, and its administrative committee."""
    text = sheet.view.text
    for prop in ("operator", "authority"):
        for one in stated.of(prop):
            parts = [_bare(text, part) for part in names.split(text, one.first)]
            found = [part for part in parts if names.is_organisation(text[slice(*part)])]
            if found and text[slice(*found[0])] not in _GENERIC:
                fields[prop] = names.readings(text, found[:1], Origin.TABLE)
                break
    for prop, patterns in (("operator", _OPERATOR), ("authority", _AUTHORITY)):
        for span in sheet.prose[:60] if prop not in fields else ():
            for sentence in roles.sentences(text, span):
                who = _who(text, sentence, patterns, str(name.value))
                if who is not None:
                    fields.setdefault(prop, names.readings(text, [who], Origin.BODY))
    if "operator" not in fields:
        said = nearest.sentences(text, sheet.prose[:60])
        place = nearest.bearer(text, said, _OPERATES, lambda who: bool(_COMPANY.search(who)))
        if place is not None:
            fields["operator"] = names.readings(text, [place], Origin.BODY)
    if "operator" not in fields and (place := _meant(text, sheet.prose[:60])) is not None:
        fields["operator"] = names.readings(text, [place], Origin.BODY)
    if "authority" not in fields and (place := _beside(sheet)) is not None:
        fields["authority"] = names.readings(text, [place], Origin.BODY)


def _beside(sheet: Sheet) -> Span | None:
    """Return the administration that a line of contacts or a remark in brackets names."""
    for line in sheet.lines:
        said = sheet.view.text[slice(*line.span)]
        if match := _CONTACT.search(said) or _BRACKETED.search(said):
            return line.span[0] + match.start("who"), line.span[0] + match.end("who")
    return None


def _meant(text: str, prose: Sequence[Span]) -> Span | None:
    """Return the company that a sentence such as 该公司负责园区运营 means: the last one named before it."""
    for span in prose:
        for match in _BACK.finditer(text, *span):
            before = [
                one for one in mentions.find(text, (span[0], match.start())) if _COMPANY.search(text[slice(*one)])
            ]
            if before:
                return before[-1]
    return None


def _bare(text: str, value: Span) -> Span:
    """Return where a value names an organisation, without what it goes on to say of it: 某某管委会下设综合办."""
    for match in _SAID_OF.finditer(text, *value):
        if names.is_organisation(text[value[0] : match.start()]):
            return value[0], match.start()
    return value


def _who(text: str, sentence: Span, patterns: tuple[re.Pattern[str], ...], park: str) -> Span | None:
    said = text[slice(*sentence)]
    for pattern in patterns:
        for match in pattern.finditer(said):
            start, end = sentence[0] + match.start("who"), sentence[0] + match.end("who")
            for edge in re.finditer(
                r"(?:专访|采访|访问|走访|访谈|拜访|对话|约访|连线|邀请)到?了?(?=.{6})|(?:管理|主管|运营|派出)(?:机构|主体|单位|部门)[为是]?(?=.{6})|引入|引进|委托|交给了?|园区由"
                r"|机构为|机构是|由|设立|成立|组建|同意|现由|目前|记者从|据|在|与|和|向|对|介绍|日|，|现场",
                text[start:end],
            ):
                # Inside the park's own name nothing is an edge.
                if (
                    start + edge.end() < end
                    and names.is_organisation(text[start + edge.end() : end])
                    and edge.group() not in park
                ):
                    start = start + edge.end() if edge.end() <= end - start else start
                    break
            found = names.trim(text, start, end)
            if found is None or text[slice(*found)] in _GENERIC or found[1] - found[0] < 5:
                continue
            if names.is_organisation(text[slice(*found)]) or _OFFICE.search(text[slice(*found)]):
                return found
    return None
