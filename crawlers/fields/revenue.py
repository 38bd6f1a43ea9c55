"""Revenue by year: under labels, in tables of years, and in sentences; only sums that are exact."""

import re

from crawlers.fields import chronicles, funding_amount
from crawlers.fields.enterprise_facts import sentences
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.grids import Grid, grids
from crawlers.view import View
from schema.evidence import Origin, Reading, Span, quote
from schema.types.money import CURRENCIES, Money

_WORD = (
    r"(?:营业总?收入|营收|主营业务收入|主营收入|销售总?收入|年?营业额|总收入|年收入|年销售额"
    r"|(?:(?<=实现)|(?<=完成)|(?<=\d年)|(?<=年度)|(?<=全年)|(?<=去年)|(?<=期内))(?:收入|销售额))"
)
_SPLIT = re.compile(r"净利|利润|研发|纳税|税收|订单|产值|出口|估值|融资")
_YEARS = re.compile(r"(?<!\d)(20\d\d)\s?(?:财)?年?(?:度|全年)?")
_COMPARED = re.compile(
    r"(?:(?P<year>20\d\d)\s?年(?:度|全年)?(?:同期)?|上一?年(?:度|同期)?|去年(?:同期)?|前一年(?:度)?|此前一年)"
    r"(?:的)?(?:这一|该|此|同一)?(?:数字|数据|指标|数值|金额|收入|营收)?(?:则|同期)?(?:为|是|达到?|录得|只有|仅为)(?P<sum>[^，。；]{3,16})"
)
# The year of which a page tells: 发布2023年年度报告, 2023年度业绩公布.
_REPORT = re.compile(
    r"(20\d\d)\s?(?:财)?年?(?:年度|年|度|全年)?(?:的)?(?:经审计的?)?(?:报告|年报|业绩|财报|财务(?:报告|数据)|经营(?:业绩|数据|情况)|营收|成绩单|答卷)"
)
_LAST_YEAR = re.compile(r"去年|上一?年度?(?!同期)|过去(?:的)?一年|前一年")
_PART = re.compile(
    r"季度|半年|月份?|单季|[一二三四]季|Q\d|\d+天|当日|每[年月日]|累计|近[三两二五]年|预计|目标|力争|计划|有望|将(?=突破|达|超)"
)
_COMPARED_TO = re.compile(r"(?:较|比|相比于?|对比)(?P<year>20\d\d)\s?年(?:度)?的?(?P<sum>[^，。；增下提]{3,16})")
_MARK = re.compile(r"(?:人民币)?(?:的)?(?:大关|关口|门槛|关卡|这道坎|里程碑)")
MOST_BETWEEN = 22  # characters between a word of revenue and its sum
_NEXT = re.compile(
    r"[，,、；;和及]\s?(?P<year>20\d\d)\s?年(?:度|全年)?(?:[^，。；\d]{0,8}，)?(?:则|又|已|更)?(?:录得|收于|为|是|达到?|增至|增长到|增长至|升至|上升到|突破|跃升至|提升至|攀升至|实现)?(?:了)?(?P<sum>\d[\d.,]*\s?[百千]?[万亿]元?)"
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


def read(view: View, stated: Statements, prose: list[Span], published: int | None = None) -> list[Reading]:
    """Return the revenue of each year that the page states; tables and labels first.

    `published` is the year of the page, for sentences on the year before it (去年).
    """
    found: dict[int, Reading] = {}
    for one in [*_labelled(view, stated), *_tables(view), *_told(stated.sheet, prose, published)]:
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
        found += _of_value(said, one.label.name, one.first[0])
    return [one for one in found if one is not None]


def _of_value(said: str, label: str, base: int) -> list[Reading | None]:
    """Return the sums of a value, each with its year: 2023年：1.2亿元；1.5亿元（2024年）; the label may hold it."""
    found = []
    for part in re.finditer(r"[^；;、\n]+", said):
        years = [int(match[1]) for match in _YEARS.finditer(part.group())] or [
            int(match[1]) for match in _YEARS.finditer(label)
        ]
        sums = funding_amount.find(part.group())
        if not years or _PART.search(part.group()):
            continue
        for year, (money, start, end) in zip(years, sums, strict=False):
            at = base + part.start() + start, base + part.start() + end
            found.append(reading(year, money, part.group()[start:end], (at,), Origin.TABLE))
    return found


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


def _told(sheet: Sheet, prose: list[Span], published: int | None) -> list[Reading]:
    """Return what sentences say: 2022年营业收入12亿元; 2021年、2022年营业收入分别为3亿元、5亿元; 去年营收5亿元."""
    found: list[Reading] = []
    view = sheet.view
    whole = _of_page(view, prose)
    for (base, _), said in sentences(view.text, prose):
        of_page = chronicles.year_above(sheet, base) or whole
        for word in re.finditer(_WORD, said):
            before, after = said[: word.start()], said[word.end() :]
            if re.search(r"(?:预计|目标|力争|计划|累计)[^，。；]*$", before) or re.match(
                r"(?:预计|目标|增长|同比|增速|规模|占)", after
            ):
                continue
            low = max(before.rfind(mark) for mark in "；;") + 1
            years = _years(before[low:], published)
            if re.search(r"20\d\d年?(?:至|到|-|—|–)20\d\d年", before[low:]) and len(years) == 2:
                years = list(range(years[0], years[1] + 1))
            rest = after[: m.start()] if (m := _SPLIT.search(after)) else after
            sums = list(funding_amount.find(rest))
            own = bool(years)
            if own and _PART.search(re.split(r"20\d\d|去年|上年", before)[-1] + after[: sums[0][1] if sums else 0]):
                continue  # 2024年上半年营收3亿元
            if (
                not own
                and of_page
                and not _PART.search(re.split("[，。；]", before)[-1] + after[: sums[0][1] if sums else 0])
            ):
                years = [of_page]
            if not years or not sums:
                continue
            # 首次迈过10亿元大关，达到10.4亿元
            sums = [one for one in sums if not _MARK.match(rest, one[2])] or sums
            several = len(years) == len(sums) > 1 and re.search("[、和及]20\\d\\d", before[low:])
            if several or re.match(r"[^\d]{0,8}分别", rest):
                pairs = list(zip(years, sums, strict=False)) if len(sums) >= len(years) else []
            else:
                pairs = [(years[-1], sums[0])] if sums[0][1] <= MOST_BETWEEN else []
            for year, (money, start, end) in pairs:
                at = base + word.end() + start, base + word.end() + end
                one = reading(year, money, view.text[slice(*at)], (at,), Origin.BODY)
                found += [one] if one else []
            found += _chain(base + word.end(), after)
        found += _compared(view, base, said)
    return found


def _chain(base: int, after: str) -> list[Reading]:
    """Return the years that follow the first one: 2021年营收1.8亿元，2022年2.6亿元，2023年达到3.5亿元."""
    found = []
    for match in _NEXT.finditer(after):
        if _SPLIT.search(after, 0, match.start()):
            break
        at = base + match.start("sum"), base + match.end("sum")
        one = reading(int(match["year"]), sum_of(match["sum"], ""), match["sum"], (at,), Origin.BODY)
        found += [one] if one else []
    return found


def _of_page(view: View, prose: list[Span]) -> int | None:
    """Return the year whose results a page reports, as its title or its first lines say."""
    for span in [view.title, *prose[:3]]:
        if match := _REPORT.search(view.text, *span):
            return int(match[1])
    return None


def _years(said: str, published: int | None) -> list[int]:
    """Return the years that stand before a word of revenue; 去年 behind them is the one that counts."""
    found = [
        (match.start(), int(match[1]))
        for match in _YEARS.finditer(said)
        if not re.match(r"\s?年?\s?\d{1,2}\s?月(?!份?\s?[-—至到]\s?12)", said[match.start() + 4 :])
    ]
    last = [match.start() for match in _LAST_YEAR.finditer(said)] if published else []
    if published and last and (not found or last[-1] > found[-1][0]):
        return [published - 1]
    return [year for _, year in found]


def _compared(view: View, base: int, said: str) -> list[Reading]:
    """Return what a sentence on revenue compares a year with: …，2021年这一数字为2.8亿元; …，上年同期为2.8亿元."""
    word = re.search(_WORD, said)
    if word is None:
        return []
    years = [int(match[1]) for match in _YEARS.finditer(said, 0, word.end() + 12)]
    found = []
    matches = [*(_COMPARED.finditer(said, word.end()) if years else ()), *_COMPARED_TO.finditer(said, word.end())]
    for match in matches:
        year = int(match["year"]) if match["year"] else years[-1] - 1
        sums = funding_amount.find(match["sum"])
        if len(sums) == 1 and sums[0][1] <= 1 and not _SPLIT.search(said, word.end(), match.start()):
            at = base + match.start("sum") + sums[0][1], base + match.start("sum") + sums[0][2]
            one = reading(year, sums[0][0], view.text[slice(*at)], (at,), Origin.BODY)
            found += [one] if one else []
    return found
