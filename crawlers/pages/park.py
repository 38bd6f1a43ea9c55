"""Parks and development zones: catalogues with their files, a park's profile, its approval, news of its building.

Of several areas the planned total is taken first, then the total, then what is built: so that parks compare.
"""

import re
from collections.abc import Mapping

from crawlers.fields import (
    areas,
    names,
    pairs,
    park_industries,
    park_list,
    park_name,
    park_place,
    park_state,
    roles,
)
from crawlers.fields.further_hints import HINTS
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.fields.vocabulary import vocabulary
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading, Span

FILES = True  # most catalogues are files on a notice
VERSION = 5  # raise it whenever the same page gives other values; then `samplebase reparse`

_ABOUT = re.compile(
    r"规划面积|占地|主导产业|平方公里|公顷|亩|位于|管委会|管理委员会|设立|奠基|开工|开园|批复|批准|运营|入驻|园区"
)
_PLANNED = re.compile(
    r"(?:规划|核准|批准)(?:总|控制|用地|占地|范围|建设)?(?:面积|用地)[^，。；\d]{0,8}|总体规划[^，。；\d]{0,6}|规划[^，。；\d面]{0,4}$|核准面积$"
)
_TOTAL = re.compile(r"(?:总面积|占地|总占地|总用地|园区面积|管辖面积|辖区面积|面积)[^，。；\d]{0,8}$")
_BUILT = re.compile(r"(?:建成|开发)[^，。；\d]{0,10}$")
_NOT_AREA = re.compile(
    r"(?:建筑|厂房|绿化|水域|建面|楼宇|展厅|车间|一期|二期|三期|启动区|首期)[^，。；\d]{0,10}$|新增[^，。；\d]{0,8}$"
)
_OPERATOR = (
    re.compile(
        r"由(?P<who>[^，。；、由]{4,40}?)(?:具体|全面|统一|全权)?(?:负责)?(?:园区|整体|的)*(?:投资|开发|建设|规划|、|和|及|并|管理|招商|负责)*运营(?!有限|公司|集团|管理有限|服务有限|发展|管理公司)"
    ),
    re.compile(r"(?:运营)(?:公司|单位|主体|方|商|机构)(?:为|是)(?P<who>[^，。；、]{4,40})"),
    re.compile(
        r"(?P<who>[^，。；、由]{4,40}?)(?:作为|是|为)(?:园区|开发区|该园区)?(?:的)?(?:开发)?运营(?:公司|单位|主体|方|商|机构)"
    ),
    re.compile(
        r"(?P<who>[^，。；、由]{4,40}?(?:公司|集团))(?:具体)?负责(?:园区)?(?:的)?(?:日常|开发|建设|投资|、|和|及)*运营"
    ),
)
_AUTHORITY = (
    re.compile(
        r"由(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?)(?:统一|全面|具体|负责|代为)*(?:行使|履行|承担|负责|实施)[^，。；]{0,6}(?:管理|行政|管辖)"
    ),
    re.compile(
        r"(?:日常)?(?:管理|行政管理|管理职能|管理工作|管理职责)(?:工作|职能)?(?:由|归)(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?)(?:承担|负责|行使|履行|实施)"
    ),
    re.compile(r"(?:设立|成立|组建|由)(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{2,40}?(?:管理委员会|管委会))"),
    re.compile(r"(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?(?:管理委员会|管委会))"),
    re.compile(
        r"(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?[园区城镇地谷港基]"
        r"(?:建设|管理|服务|发展|开发|运行)+(?:办公室|局|服务中心|中心|服务局|办|委员会))(?:全面|具体|统一)?(?:负责|承担|履行|行使|主管|统筹)(?:对|园区|全园|开发区|辖区|区内)*(?:的)?[^，。；]{0,6}(?:规划|建设|管理|招商|开发|服务|职责|职能)"
    ),
    re.compile(
        r"(?:设立|成立|组建|由|机构[为是])(?P<who>[\u4e00-\u9fffA-Za-z0-9（）()·]{4,40}?[园区城镇地谷港]"
        r"(?:建设)?(?:管理|服务|发展)+(?:办公室|局|服务中心|中心|服务局|办))(?=[，。；负作]|$)"
    ),
)
_OFFICE = re.compile(r"(?:办公室|筹备处|筹建处|指挥部|筹备组|专班|服务局|发展局)$")
_GENERIC = frozenset({"管委会", "管理委员会", "园区管委会", "开发区管委会", "高新区管委会", "该管委会", "区管委会"})


def extract(
    view: View, row: Mapping[str, Reading] | None = None, files: Mapping[str, View] | None = None
) -> Extraction | list[Extraction]:
    """Return the parks that a page and its files list, each with its item key, or the one that the page is about.

    `row` are readings of the list row that led to the page. `area_km2` is a number, `established` a partial ISO
    date; province, city and county are official names. Properties that the page does not state are left out.
    Raises NotARecord for other pages, and for lists of what was revoked.
    """
    return park_list.read(view, files) or _profile(view, row)


def _profile(view: View, row: Mapping[str, Reading] | None) -> Extraction:
    sheet = Sheet(view)
    stated = Statements(sheet, vocabulary("park"))
    pairs.supplement(stated, HINTS["park"])
    fields: dict[str, list[Reading]] = {}
    name = park_name.name(sheet, stated, row or {})
    if name is None:
        raise NotARecord("no park is named in the title or the text")
    fields["name"] = [name]
    _area(fields, sheet, stated)
    park_industries.industries(fields, sheet, stated)
    _parties(fields, sheet, stated, name)
    park_state.established(fields, sheet, stated, name)
    park_state.state(fields, sheet, stated, name)
    told = set(fields) - {"name"}
    park_state.level(fields, sheet, stated, name)
    park_place.place(fields, sheet, stated, name)
    if not told and not _is_about(sheet, name):
        raise NotARecord("nothing is said of the park that is named")
    extraction = Extraction("park", fields)
    extraction.warnings = [("unknown_label", label) for label in stated.unknown]
    return extraction


def _is_about(sheet: Sheet, name: Reading) -> bool:
    text = "".join(sheet.view.text[slice(*span)] for span in sheet.prose)
    return str(name.value) in text and len(_ABOUT.findall(text)) >= 2


def _area(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements) -> None:
    """Add the area: the planned total first, then the total, then what is built; labels before sentences."""
    text = sheet.view.text
    found: list[tuple[int, Reading]] = []
    for rank, prop in enumerate(("area_planned", "area_total", "area_built")):
        for one in stated.of(prop):
            said = text[slice(*one.first)]
            if (area := areas.under(said, text[slice(*one.place)])) is not None:
                found.append((rank, _reading(text, one.first[0], area, Origin.TABLE)))
    for span in sheet.prose[:60]:
        said = text[slice(*span)]
        for area in areas.find(said):
            before = said[max(0, area.start - 20) : area.start]
            before = re.split(r"[，。；、]", before)[-1]
            if _NOT_AREA.search(before):
                continue
            rank = 0 if _PLANNED.search(before) else 2 if _BUILT.search(before) else 1 if _TOTAL.search(before) else 9
            if rank < 9:
                found.append((rank + 3, _reading(text, span[0], area, Origin.BODY)))
    if found:
        fields["area_km2"] = [min(found, key=lambda one: one[0])[1]]


def _reading(text: str, base: int, area: areas.Area, origin: Origin) -> Reading:
    place = base + area.start, base + area.end
    return Reading(area.km2, text[slice(*place)], origin, (place,))


def _parties(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    """Add who operates the park, and its administrative committee."""
    text = sheet.view.text
    for prop in ("operator", "authority"):
        for one in stated.of(prop):
            found = [s for s in names.split(text, one.first) if names.is_organisation(text[slice(*s)])]
            if found and text[slice(*found[0])] not in _GENERIC:
                fields[prop] = names.readings(text, found[:1], Origin.TABLE)
                break
    for prop, patterns in (("operator", _OPERATOR), ("authority", _AUTHORITY)):
        for span in sheet.prose[:60] if prop not in fields else ():
            for sentence in roles.sentences(text, span):
                who = _who(text, sentence, patterns, str(name.value))
                if who is not None:
                    fields.setdefault(prop, names.readings(text, [who], Origin.BODY))
    if "authority" not in fields:
        for line in sheet.lines:
            match = re.search(
                r"(?:联系单位|招商单位|单位)[:：]\s?(?P<who>[^，。；\s]{4,40}管(?:理委员|委)会)",
                text[slice(*line.span)],
            )
            if match:
                place = line.span[0] + match.start("who"), line.span[0] + match.end("who")
                fields["authority"] = names.readings(text, [place], Origin.BODY)
                break


def _who(text: str, sentence: Span, patterns: tuple[re.Pattern[str], ...], park: str) -> Span | None:
    said = text[slice(*sentence)]
    for pattern in patterns:
        for match in pattern.finditer(said):
            start, end = sentence[0] + match.start("who"), sentence[0] + match.end("who")
            for edge in re.finditer(
                r"园区由|机构为|机构是|由|设立|成立|组建|同意|现由|目前|记者从|据|在|与|和|向|对|介绍|日|，|现场",
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
