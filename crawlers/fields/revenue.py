"""Revenue by year: under labels, in tables of years, and in sentences; only sums that are exact."""

import re

from crawlers.fields import funding_amount
from crawlers.fields.enterprise_facts import sentences
from crawlers.fields.stated import Statements
from crawlers.grids import Grid, grids
from crawlers.view import View
from schema.evidence import Origin, Reading, Span, quote
from schema.types.money import CURRENCIES, Money

_WORD = r"(?:营业总?收入|营收|主营业务收入|销售收入|年?营业额|总收入)"
_SPLIT = re.compile(r"净利|利润|研发|纳税|税收|订单|产值|出口|估值|融资")
_YEARS = re.compile(r"(?<!\d)(20\d\d)\s?(?:财)?年?(?:度|全年)?")
_COMPARED = re.compile(
    r"(?:(?P<year>20\d\d)\s?年(?:度|全年)?(?:同期)?|上一?年(?:度|同期)?|去年(?:同期)?|前一年(?:度)?|此前一年)"
    r"(?:的)?(?:这一|该|此|同一)?(?:数字|数据|指标|数值|金额|收入|营收)?(?:则|同期)?(?:为|是|达到?|录得|只有|仅为)(?P<sum>[^，。；]{3,16})"
)
_UNIT = re.compile(r"(?P<unit>[十百千]?[万亿]?)(?P<currency>元|美元|港元|人民币)")
HEAD = re.compile(rf"^(?P<year>20\d\d)年?度?(?:{_WORD})(?:[（(]\s?(?:单位[:：])?(?P<unit>[^（）()]*)[)）])?$")


def sum_of(said: str, unit: str) -> Money | None:
    """Return the sum of a cell whose unit may stand in its head."""
    plain = re.sub(r"\s+", "", said)
    if (money := Money.parse(plain)) is not None:
        return money
    match = _UNIT.search(unit or "")
    if match is None or not re.fullmatch(r"[\d,]+(?:\.\d+)?", plain):
        return None
    currency = match["currency"] if match["currency"] in CURRENCIES else "元"
    return Money.parse(f"{plain}{match['unit']}{currency}")


def reading(
    year: int, money: Money | None, raw: str, spans: tuple[Span, ...], origin: Origin, document: str | None = None
) -> Reading | None:
    """Return a year's revenue; None for a sum that is not exact."""
    if money is None or not money.exact:
        return None
    value = {"year": year, "amount": funding_amount.number(money.low), "currency": money.currency}
    return Reading(value, raw, origin, spans, document)


def read(view: View, stated: Statements, prose: list[Span]) -> list[Reading]:
    """Return the revenue of each year that the page states; tables and labels first."""
    found: dict[int, Reading] = {}
    for one in [*_labelled(view, stated), *_tables(view), *_told(view, prose)]:
        found.setdefault(one.value["year"], one)
    return [found[year] for year in sorted(found)]


def _labelled(view: View, stated: Statements) -> list[Reading]:
    """Return what stands behind 2022年营业收入：, a label with its year."""
    found = []
    pattern = re.compile(
        rf"(?<!\d)(20\d\d)[ ]?年?度?[ ]?{_WORD}(?:[（(](?P<unit>[^（）()]*)[)）])?\s?[:：\t\n]\s?"
        rf"(?P<sum>[^\s，。；:：]{{1,24}})"
    )
    for match in pattern.finditer(view.text, *view.body):
        money = sum_of(match["sum"], match["unit"] or "")
        found.append(reading(int(match[1]), money, match["sum"], (match.span("sum"),), Origin.TABLE))
    for one in stated.of("revenue"):
        said = view.text[slice(*one.first)]
        if one.column:
            continue
        for match in re.finditer(
            r"(20\d\d)\s?年?度?[:：]?\s?(?P<sum>[\d,.]+\s?[万亿]?\s?[元美港]+)|(?P<sum2>[\d,.]+\s?[万亿]?\s?[元美港]+)[（(](?P<y>20\d\d)年?度?[)）]",
            said,
        ):
            group = "sum" if match["sum"] else "sum2"
            at = one.first[0] + match.start(group), one.first[0] + match.end(group)
            found.append(
                reading(int(match[1] or match["y"]), sum_of(match[group], ""), match[group], (at,), Origin.TABLE)
            )
    return [one for one in found if one is not None]


def _tables(view: View) -> list[Reading]:
    """Return the revenue of tables with years down or across."""
    found: list[Reading] = []
    for grid in grids(view):
        found += _down(view, grid) or _across(grid)
    return found


def _down(view: View, grid: Grid) -> list[Reading]:
    head = [cell.text if cell else "" for cell in grid.rows[0]]
    at = next((n for n, text in enumerate(head) if re.match(rf"\s*{_WORD}", text)), None)
    years = next(
        (n for n, text in enumerate(head) if re.match(r"\s*(?:年份|年度|财年|会计年度|报告期|时间)", text)), None
    )
    if at is None or years is None:
        return []
    found = []
    for row in grid.rows[1:]:
        year, cell = row[years], row[at]
        match = _YEARS.search(year.text) if year else None
        if match and cell:
            one = reading(
                int(match[1]),
                sum_of(cell.text, head[at] + grid.name),
                quote(view.text, (cell.span,)),
                (cell.span,),
                Origin.TABLE,
            )
            found += [one] if one else []
    return found


def _across(grid: Grid) -> list[Reading]:
    head = [cell.text if cell else "" for cell in grid.rows[0]]
    years = {n: int(m[1]) for n, text in enumerate(head) if (m := re.match(r"\s*(20\d\d)\s?年?度?\s*$", text))}
    found = []
    for row in grid.rows[1:]:
        first = row[0].text if row and row[0] else ""
        if not re.match(rf"\s*{_WORD}", first):
            continue
        for n, year in years.items():
            if cell := row[n]:
                one = reading(
                    year, sum_of(cell.text, first + head[0] + grid.name), cell.text, (cell.span,), Origin.TABLE
                )
                found += [one] if one else []
    return found


def _told(view: View, prose: list[Span]) -> list[Reading]:
    """Return what sentences say: 2022年营业收入12亿元; 2021年、2022年营业收入分别为3亿元、5亿元."""
    found: list[Reading] = []
    for (base, _), said in sentences(view.text, prose):
        for word in re.finditer(_WORD, said):
            before, after = said[: word.start()], said[word.end() :]
            if re.search(r"(?:预计|目标|力争|计划|累计)[^，。；]*$", before) or re.match(
                r"(?:预计|目标|增长|同比|增速|规模|占)", after
            ):
                continue
            low = max(before.rfind(mark) for mark in "；;") + 1
            years = [int(m[1]) for m in _YEARS.finditer(before[low:])]
            if re.search(r"20\d\d年?(?:至|到|-|—|–)20\d\d年", before[low:]) and len(years) == 2:
                years = list(range(years[0], years[1] + 1))
            rest = after[: m.start()] if (m := _SPLIT.search(after)) else after
            sums = list(funding_amount.find(rest))
            if not years or not sums:
                continue
            several = len(years) == len(sums) > 1 and re.search("[、和及]20\\d\\d", before[low:])
            if several or re.match(r"[^\d]{0,8}分别", rest):
                pairs = list(zip(years, sums, strict=False)) if len(sums) >= len(years) else []
            else:
                pairs = [(years[-1], sums[0])] if sums[0][1] <= 12 else []
            for year, (money, start, end) in pairs:
                at = base + word.end() + start, base + word.end() + end
                one = reading(year, money, view.text[slice(*at)], (at,), Origin.BODY)
                found += [one] if one else []
        found += _compared(view, base, said)
    return found


def _compared(view: View, base: int, said: str) -> list[Reading]:
    """Return what a sentence on revenue compares a year with: …，2021年这一数字为2.8亿元; …，上年同期为2.8亿元."""
    word = re.search(_WORD, said)
    if word is None:
        return []
    years = [int(match[1]) for match in _YEARS.finditer(said, 0, word.end() + 12)]
    found = []
    for match in _COMPARED.finditer(said, word.end()) if years else ():
        year = int(match["year"]) if match["year"] else years[-1] - 1
        sums = funding_amount.find(match["sum"])
        if len(sums) == 1 and sums[0][1] <= 1 and not _SPLIT.search(said, word.end(), match.start()):
            at = base + match.start("sum") + sums[0][1], base + match.start("sum") + sums[0][2]
            one = reading(year, sums[0][0], view.text[slice(*at)], (at,), Origin.BODY)
            found += [one] if one else []
    return found
