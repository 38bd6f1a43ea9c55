"""The legal names of companies in running text: where such a name begins and ends."""

import re

from schema.evidence import Span
from schema.types.region_code import RegionCode

FORM = r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|总公司|合伙企业（有限合伙）|（有限合伙）)"
_ENDS = ("公司", "有限合伙）")
_RUN = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9·&\-（）()]{{2,45}}?{FORM}")
_LEAD = re.compile(
    r".*(?:公司是|公司为|主体(?:为|是)?|全称(?:为|是)?|名称(?:为|是|由)?|简称|记者从|近日|日前|今日|其中|以及|由|[为是叫对向与和在及从]|[年月日号])(?=.)"
)
_OF = re.compile(
    r".*(?:[省市区县州镇国]|[企行产]业|总部|旗下|领先|知名|著名)的(?=[\u4e00-\u9fff（(A-Za-z]{4})"
)  # 位于苏州市的苏州…
_DESCRIBED = re.compile(
    r".*(?:企业|服务商|厂商|提供商|供应商|开发商|研发商|运营商|平台公司|独角兽|制造商|集成商|解决方案商|领军者|公司)(?=[\u4e00-\u9fff（(A-Za-z]{4,})"
)


def find(text: str, span: Span) -> list[Span]:
    """Return the places of the legal names in `text[span]`, in order."""
    found = []
    for match in _RUN.finditer(text, *span):
        run = match.group()
        at = begin(run, len(run))
        if len(run) - at >= 6:
            found.append((match.start() + at, match.end()))
    return found


def is_whole(text: str) -> bool:
    """Tell whether a text is a company's legal name and nothing else."""
    return text.endswith(_ENDS) and find(text, (0, len(text))) == [(0, len(text))]


def begin(run: str, core: int) -> int:
    """Return where a legal name begins in a run of text that ends with it; `core` is where its known part stands."""
    low = 0
    depth = 0
    for index, char in enumerate(run):
        if char in "（(":
            depth += 1
            # A bracket that holds a place is a part of the name: 云析（杭州）科技.
            if index < core and not re.match(r"[（(][\u4e00-\u9fffA-Za-z]{1,8}[)）]", run[index:]):
                low = index + 1
        elif char in ")）":
            if depth == 0 and index < core:
                low = index + 1
            depth = max(0, depth - 1)
    if of := _OF.match(run[low : min(core, len(run) - 6)]):
        low += of.end()
    # 杭州三维标注公司杭州某图科技有限公司: the second place begins the name.
    if (said := _DESCRIBED.match(run[low : max(core, 0) + 5])) and RegionCode.find_prefix(run[low + said.end() :]):
        low += said.end() if low + said.end() <= min(core, len(run) - 6) else 0
    for index in range(low, min(core + 1, len(run) - 5)):
        place = RegionCode.find_prefix(run[index:])
        if place is not None and place[1] <= 12 and (index == low or run[index - 1] not in "东西南北新（("):
            return index
    for pattern in (_LEAD, _DESCRIBED):
        match = pattern.match(run[low : min(core + 5, len(run))])
        if match and low + match.end() <= min(core, len(run) - 6):
            low += match.end()
    return low
