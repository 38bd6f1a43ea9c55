"""The area of a park: the planned total first, then the total, then what is built, so that parks compare."""

import re
from collections.abc import Sequence

from crawlers.fields import areas, roles, taglines, weighed
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Origin, Reading, Span

_PLANNED = re.compile(
    r"(?:规划|核准|批准)(?:总|控制|用地|占地|范围|建设)?(?:面积|用地)[^，。；\d]{0,8}|总体规划[^，。；\d]{0,6}"
    r"|规划[^，。；\d面]{0,4}$|核准面积$"
)
_TOTAL = re.compile(
    r"(?:(?:园区|控制|管辖|四至)(?:总|的)?(?:范围|规模)|总面积|占地|总占地|总用地|园区面积|管辖面积"
    r"|辖区面积|面积)[^，。；\d]{0,8}$"
)
_BUILT = re.compile(r"(?:建成|开发)[^，。；\d]{0,10}$")
# The number may stand before its noun: 7.9平方公里的规划范围, 这片7.9平方公里的园区.
_AFTER = re.compile(
    r"[^，。；的]{0,4}的[^，。；]{0,6}(?:规划|控制|范围|面积|土地|热土|园区|开发区|产业园|版图"
    r"|空间|用地|新城|区域|地块|片区|园子|载体|地界|平台)|范围|左右的园"
)
_NOT_AFTER = re.compile(r"的?[^，。；]{0,4}(?:厂房|建筑|绿地|展厅|车间|楼|水面|办公|场馆)")
_NOT_AREA = re.compile(
    r"(?:建筑|厂房|绿化|水域|建面|楼宇|展厅|车间|一期|二期|三期|启动区|首期)[^，。；\d]{0,10}$|新增[^，。；\d]{0,8}$"
)
_NOTHING_ELSE = re.compile(r"(?:[\W_]|总|规划|控制|占地|用地|面积|园区|约|为)*")
MOST_PROSE = 60  # paragraphs that are read
ENOUGH = 3  # weight at which an area is the park's


def area(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements) -> None:
    """Add the area: the planned total first, then the total, then what is built; labels before sentences."""
    text = sheet.view.text
    found: list[tuple[int, Reading]] = []
    for rank, prop in enumerate(("area_planned", "area_total", "area_built")):
        for one in stated.of(prop):
            said = text[slice(*one.first)]
            if (area := areas.under(said, text[slice(*one.place)])) is not None:
                found.append((rank, _reading(text, one.first[0], area, Origin.TABLE)))
    for span in sheet.prose[:MOST_PROSE]:
        said = text[slice(*span)]
        for area in areas.find(said):
            before = said[max(0, area.start - 20) : area.start]
            before = re.split(r"[，。；、]", before)[-1]
            after = re.split("[，。；、]", said[area.end : area.end + 16])[0]
            if _NOT_AREA.search(before) or _NOT_AFTER.match(after):
                continue
            rank = 0 if _PLANNED.search(before) else 2 if _BUILT.search(before) else 1 if _TOTAL.search(before) else 9
            if rank == 9 and _AFTER.match(after):
                rank = 0 if "规划" in after else 2
            if rank < 9:
                found.append((rank + 3, _reading(text, span[0], area, Origin.BODY)))
    if not found and (tag := taglines.first(sheet, _tag)) is not None:
        fields["area_km2"] = [tag]
        return
    if not found:
        found = _weighed(text, sheet.prose[:MOST_PROSE])
    if found:
        fields["area_km2"] = [min(found, key=lambda one: one[0])[1]]


def _weighed(text: str, prose: Sequence[Span]) -> list[tuple[int, Reading]]:
    """Return the area for which most words speak, where none says outright that it is the park's."""
    clauses = [one for span in prose for one in roles.sentences(text, span)]
    told = weighed.signals("park", "area")
    best = weighed.best(
        text, clauses, lambda clause: [(_place(clause, a), 0) for a in _all(text, clause)], told, ENOUGH
    )
    if best is None:
        return []
    area = next(one for one in _all(text, best[1]) if _place(best[1], one) == best[0])
    return [(0, _reading(text, best[1][0], area, Origin.BODY))]


def _all(text: str, clause: Span) -> list[areas.Area]:
    return areas.find(text[slice(*clause)])


def _place(clause: Span, area: areas.Area) -> Span:
    return clause[0] + area.start, clause[0] + area.end


def _tag(said: str) -> float | None:
    """Return the area that a tag is and nothing else: 9.5平方公里, 规划约9.5平方公里 behind a mark."""
    found = areas.find(said)
    if len(found) != 1:
        return None
    around = said[: found[0].start] + said[found[0].end :]
    return found[0].km2 if _NOTHING_ELSE.fullmatch(around) else None


def _reading(text: str, base: int, area: areas.Area, origin: Origin) -> Reading:
    place = base + area.start, base + area.end
    return Reading(area.km2, text[slice(*place)], origin, (place,))
