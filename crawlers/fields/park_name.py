"""The name of a park: under a label, in the heading, in the text."""

import re
from collections.abc import Iterable, Mapping

from crawlers.fields import headings, headline, names, places
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.fields.vocabulary import section
from schema.evidence import Origin, Reading

_KIND = (
    r"(?:高新技术产业开发区|经济技术开发区|高新技术产业园区|高新技术产业园|经济开发区|工业园区|产业园区|产业开发区|开发区|高新区|经开区|自主创新示范区|科技园区|科技园|软件园|产业园|工业园"
    r"|科技城|科学城|产业基地|创新园|智造园|示范园区?|示范区|产业城"
    r"|智慧园|创业园|物流园|保税区|信息港|数字港|产业新城|产业港"
    r"|大学科技园|创新港|创意园|硅谷|小镇|科创园|科技创新园|创智园"
    r"|众创园|孵化园|智能制造园|制造园|光电园|医药园|生物园|装备园"
    r"|信息园|数字园|材料园|机器人园|软件谷|科创城|科创谷|未来城"
    r"|智能谷|创新谷|试验区|先导区|合作区|集中区|示范基地|制造基地"
    r"|产业社区|航空城|汽车城|产业集聚区|集聚区|园区|新区|谷)"
)
_NAME = re.compile(
    rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9（）()·]{{2,30}}?{_KIND}(?:[（(][\u4e00-\u9fff]{{2,8}}"
    rf"(?:园|区|片区|基地)[)）])?)(?!管委会主任|委员|招商引资|企业|域|位(?!于|居|处)|网(?!络"
    rf"|红|格)|官微|公众号|发布(?=$|[\s_|·—-])|块|间|划)"
)
_EDGE = re.compile(
    r"[，。；：！？!?;,“”\"《》『』「」【】|｜丨\s]|关于|同意|批准|批复|设立|建设|走进|位于"
    r"|打造|举行|推进|加快|投资|入驻|参观|调研|来到|聚焦|今日|规划|近日|总投资|的|是|为|由|在"
    r"(?!线)|(?P<and>与(?!信)|和(?!信|平|田|县|龙|静|布|硕|顺|谐))|全称|名为|名叫|叫做|日(?!照"
    r"|喀|土)|名称|升级|申报|创建|认定|成为"
    r"|探访|走近|探秘|探营|解码|直击|实地|看懂|揭秘|带你|聚力|赋能|做强|培育|招商|推介|欢迎来|记者从|深入|看(?!守)|赴|感受|漫步|打卡|提起|说起|谈起|聊起|讲起|提到|说到|谈到|聊到|喜讯|祝贺|考察|视察|督导|观摩|签约|落户|开发(?!区)|选址|筹建|新建|拟建|扩建|建成|助力|服务(?!外包|业|贸易|产业|创新|园|区|型|示范|科技|基地)"
)
# What stands before 园区 and names none: 如今园区已全面建成, 整个产业园.
_GENERIC = re.compile(
    r"(?:如今|目前|现在|今天|今日|当前|眼下|当下|近年|近年来|多年来|此后|随后|同时|未来|下一步|明年|去年|今年|截至目前|当时|此前|据悉|据了解|其中|因此|所以|但是|不过|而且|至此|届时|日前"
    r"|这个|那个|这座|这片|这里|整个|整座|全部|所有|每个|各个|各|全|新|老|本|该|此|我们|我|他们|咱们|咱|你|您|大家|自己|周边|附近|隔壁|邻近|其他|其它|另外|同类|相关|有关|传统|智慧|标准"
    r"|随着|通过|围绕|针对|关于|支持|推动|促进|让|使|把|将|对|从|到|在|于|与|和|及|等|而|又|也|还|已|正|就|一个|一座|一片|首个|首座|市里|县里|区里|省里|外地|当地|本地)+"
    r"(?:高新技术|高新|经济技术|经济|工业|产业|科技)?"
)
_OF_COMPANY = re.compile(
    r"(?:(?!入驻|签约|落户|引进|举行|获|与|和|在|的|携手|牵手|迎来|引入|管委会)[\u4e00-\u9fff]){0,8}(?:有限公司|有限责任公司|股份公司|集团公司|集团$)"
)
# What a text on a park says of it; so many of these words make one that names it once.
_TELLS = re.compile("园区|平方公里|公顷|亩|规划|主导|运营|管委会|招商|奠基|开园|入驻|入园|签约|产业")
ENOUGH = 5
_TWICE = re.compile(r"(?:[\u4e00-\u9fff]{2,7}(?:省|自治区))?(?P<city>[\u4e00-\u9fff]{2,4})市(?=(?P=city)(?!市))")


def name(sheet: Sheet, stated: Statements, row: Mapping[str, Reading]) -> Reading | None:
    """Return the name: under a label, in the heading, in the text; the fuller of the last two."""
    text = sheet.view.text
    for one in stated.of("name"):
        span = names.trim(text, *one.first)
        if span and not one.column and (match := _NAME.fullmatch(text[slice(*span)])):
            return Reading(match["name"], match["name"], Origin.TABLE, (span,))
    heads = {head.raw.strip() for head in headline.candidates(sheet)}
    prose = [span for span in sheet.prose[:30] if text[slice(*span)].strip() not in heads]
    told = [other for span in prose for other in _names(Reading("", text[slice(*span)], Origin.BODY, (span,)))]
    for head in [*headline.candidates(sheet), *([row["title"]] if "title" in row else [])]:
        known = {str(one.value) for one in told}
        named = min(_names(head), key=lambda one: str(one.value) not in known, default=None)
        if named is not None:
            return named if str(named.value) in known else _fuller(text, named, told)
    often = [other for other in told if sum(same.value == other.value for same in told) > 1 or _is_subject(text, other)]
    return next(iter(often), None) or _only(sheet, told)


def _fuller(text: str, named: Reading, told: list[Reading]) -> Reading:
    """Return what the text calls the park that a heading names otherwise; the heading's own name where it does not."""
    short = str(named.value)
    fuller = next((one for one in told if str(one.value).endswith(short) and len(one.value) > len(short)), None)
    placed = [one for one in told if _is_placed(one)]
    # 探访某某开发区: what the text names again and again, and begins with a place, is the name.
    bare = next((one for one in placed if short.endswith(str(one.value)) and one.value != short), None)
    if bare is not None and not _is_placed(named):
        at = len(named.raw) - len(str(bare.value))
        return headings.part(named, (at, len(named.raw)), bare.value)
    if fuller is not None:
        return fuller if places.at_start(short) is None else named
    if (longer := next((one for one in placed if _is_short(short, str(one.value))), None)) is not None:
        return longer
    subject = next((one for one in placed if _is_subject(text, one)), None)
    # The site is called otherwise than its park, or the heading only plays with words (从荒滩到智谷).
    is_other = subject is not None and (str(subject.value)[:2] == short[:2] or not _is_placed(named))
    return subject if subject is not None and is_other else named


def _region_before(name: str) -> int:
    """Return how long a region in full is that stands before a name which begins with a region of its own."""
    place = places.at_start(name)
    if place is None or place.start or name[place.end - 1] not in "省市区县旗":
        return 0
    within = places.at_start(name[place.end :])
    return place.end if within is not None and within.code.province == place.code.province else 0


def _is_short(short: str, full: str) -> bool:
    """Tell whether a name shortens another one: its characters stand in the other in their order (玉东智造园)."""
    rest = iter(full)
    return len(short) < len(full) and all(char in rest for char in short.removesuffix("区"))


def _only(sheet: Sheet, told: list[Reading]) -> Reading | None:
    """Return the one park that a text on a park names, where it says much of it."""
    placed = [one for one in told if _is_placed(one)]
    text = "".join(sheet.view.text[slice(*span)] for span in sheet.prose[:30])
    if len({str(one.value) for one in placed}) != 1 or len(set(_TELLS.findall(text))) < ENOUGH:
        return None
    return placed[0]


def _is_inside(before: str, after: str) -> bool:
    """Tell whether 与 or 和 stands inside a name: 泸州长江人工智能与白酒智造产业园, 新材料和智能制造产业园."""
    if places.at_start(after) is not None:
        return False
    place = places.at_start(before)
    if before.endswith(tuple(section("park", "topics"))):
        return True
    return place is not None and len(before) >= place.end + 2 and not names.is_organisation(before)


def _is_placed(one: Reading) -> bool:
    return places.at_start(str(one.value)) is not None


def is_name(text: str) -> bool:
    """Tell whether a text is the name of a park and nothing else."""
    found = _names(Reading("", text.strip(), Origin.BODY, ((0, len(text.strip())),)))
    return len(found) == 1 and found[0].raw == text.strip()


def in_heading(heads: Iterable[Reading]) -> Reading | None:
    """Return the first park that headings name."""
    return next((one for head in heads for one in _names(head)), None)


def _is_subject(text: str, one: Reading) -> bool:
    after = text[one.spans[0][1] : one.spans[0][1] + 40]
    before = text[max(0, one.spans[0][0] - 16) : one.spans[0][0]]
    return bool(
        re.match(
            r"[”》]?(?:（[^）]{0,20}）)?[^，。]{0,10}(?:位于|地处|坐落|始建|建于|创建|创立|设立|组建|于(?:19|20)|规划|占地|成立|是|奠基|开工|开园|启动|项目|建成|正式)",
            after,
        )
        or re.search(
            "(?:全称|就|正|便|[这那]里|它|[这那]儿)[为是]“?$|全称“?$|名[为叫]“?$|叫做“?$|设立“?$|认定“?$|(?:走进|探访|走近|来到|步入|地处"
            "|坐落于?|坐落在|位于)(?:位于)?(?:[\u4e00-\u9fff]{2,10}[省市区县旗]的?)?$",
            before,
        )
    )


def _names(heading: Reading) -> list[Reading]:
    """Return the parks that a heading or a sentence names."""
    found: list[Reading] = []
    text = heading.raw
    at = 0
    while match := _NAME.search(text, at):
        start, end = match.span("name")
        # The longest kind: 高新技术产业开发区, not what it begins with.
        while longer := re.compile(rf"[\u4e00-\u9fffA-Za-z]{{0,8}}?{_KIND}").match(text, end):
            if _EDGE.search(longer.group()) or re.search(r"管委|招商|企业", longer.group()):
                break
            end = longer.end()
        at = end
        for edge in _EDGE.finditer(text, start, end):
            if edge.end() < end and not (
                edge["and"] and _is_inside(text[start : edge.start()], text[edge.end() : end])
            ):
                start = edge.end()
        if twice := _TWICE.match(text[start:end]):
            start += twice.end()  # 襄阳市|襄阳高新区
        start += _region_before(text[start:end])
        name = text[start:end]
        if name.count("（") + name.count("(") != name.count("）") + name.count(")"):
            start += max(name.rfind("（"), name.rfind("("), name.rfind("）"), name.rfind(")")) + 1
            name = text[start:end]
        core = re.sub(rf"{_KIND}$", "", name)
        if _OF_COMPANY.match(text, end) or (text.startswith("内", end) and places.at_start(name) is None):
            continue
        if (
            re.match(
                r"(?:(?!由|是|为|与|和|在|隶属|依托)[\u4e00-\u9fff]{0,12}(?:有限|公司|集团)|管委|管理(?:委"
                r"|办|局|处|服务|中心)|投资|发展(?!态|势))",
                text[end : end + 18],
            )
            and heading.origin is Origin.BODY
        ):
            continue
        if (
            len(core) < 2
            or len(heading.spans) > 1
            or re.search(
                r"招聘|宣讲|[会动务商]进园区$|^(?:国家级|省级|市级|县级|全国|全省|全市|各类?|该|本|我[市省区]|一[个批流座片方处家]|[哪那这某什几]|[三四五六七八九十百\d]+[个家大]|你们|我们|多个|两个|现代|特色|专业)",
                name,
            )
        ):
            continue
        if _GENERIC.fullmatch(core):
            continue
        if re.fullmatch(
            r"(?:国家|国家级|省级|市级)?(?:高新技术|高新|经济技术|经济|工业|产业|科技|软件|现代|化工|综合)+", core
        ):
            continue
        spans = tuple((base + start, base + end) for base, _ in heading.spans)
        found.append(
            Reading(name, name, heading.origin, heading.spans if heading.document else spans, heading.document)
        )
    return found
