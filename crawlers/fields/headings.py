"""What the headings of a list say of all that stands below them: a year, a region, proposed, revoked.

Headings come the nearest first; the first that speaks of a question decides it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawlers.fields import places
from schema.evidence import Reading, Span
from schema.types.partial_date import PartialDate

_FULL_WIDTH = str.maketrans("０１２３４５６７８９（）", "0123456789()")
_YEARS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)\s{0,2}(?:学?年度)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)\s{0,2}年(?!以来|来|底|末|前)"),
    re.compile(r"(?:〔|\[|【|\()\s?((?:19|20)\d\d)\s?(?:〕|\]|】|\))"),
    re.compile(r"(?<![\d.\-/])((?:19|20)\d\d)(?=[\u4e00-\u9fff_\-\s]|$)(?![\-—–~]\d)"),
)
_UNTIL = re.compile(r"(?:截至|截止|截止到|自|从|到|至|起草|\d\s{0,2}年?\s{0,2}[-—–~－])\s{0,2}$")
_RANGE = re.compile(r"^\s{0,2}年?\s{0,2}(?:[—–~至到－]|-{1,2})\s{0,2}(?:19|20)\d\d")
_REVOKED = re.compile(
    r"撤销|撤消|取消|摘牌|注销|终止|不予|不再|未通过|不通过|不合格|退出|清退|除名|移出|停招|停止招生|暂停招生|撤并|淘汰|未获"
)
_GRANTED = re.compile(r"新增|备案|审批|认定|批准|(?<!不)合格|(?<![未不])通过|入选|获批|增设|保留|优秀|良好|入库|增补")
_PROPOSED = re.compile(
    r"拟(?!态|人|合|南)[^，。；]{1,6}|(?<!公告)(?<!通知)(?<!社会)(?<!网上)(?<!经)公示(?!公告|通知|后|无异议|期满|等程序|程序|结束|环节|等环节)|推荐名单|建议名单|候选|申报(?!公布|结果|[^，。；]{0,16}(?:获批|获准|通过|批准|入选))|初审|征求意见"
)
_FINAL = re.compile(
    r"(?:公布|认定|批准|命名|备案|确认|确定|授予|发布|印发|同意)[^。]*(?:通知|通告|公告|决定|通报|批复)|公布|(?:被|予以|正式|准予)(?:认定|备案|批准)|出炉|揭晓"
)
_LEAD = re.compile(
    r"^(?:附件?表?\s{0,2}[\d一二三四五六七八九十]{0,2}\s{0,2}[:：.．、]?|关于|公布|印发|认定|批准|发布|转发|下达|开展|同意|(?:(?:19|20)\d\d\s{0,2}年?度?)"
    r"|[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]|第[一二三四五六七八九十\d]{1,3}批|(?:首|新)批|全国|[\s《“【\[—-])+"
)
_BEFORE_PLACE = re.compile(r"(?:公布|认定|关于|印发|发布|批准|年度?|度|批|同意|转发|下达|[^\u4e00-\u9fff])$")
_FULL_PLACE = re.compile(r"[省市区州]$")
_FILE_NAME = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|zip|rar|csv|txt)$", re.IGNORECASE)


def year(heading: Reading) -> Reading | None:
    """Return the year that a heading speaks of (2022年度 before 2022年), not of an end (截至2022年)."""
    said = heading.raw.translate(_FULL_WIDTH)
    for pattern in _YEARS:
        for match in pattern.finditer(said):
            rest = said[match.end(1) :]
            if _UNTIL.search(said[: match.start(1)]) or _RANGE.match(rest):
                continue
            return part(heading, match.span(1), int(match[1]))
    for date, start, end in PartialDate.find(heading.raw):  # 二〇二二年度
        if not _UNTIL.search(said[:start]) and "年" in heading.raw[start:end] and not date.month:
            return part(heading, (start, end), date.year)
    return None


def part(heading: Reading, place: Span, value: object) -> Reading:
    """Return a reading of a piece of a heading's raw string; the whole heading where it stands in several places."""
    if len(heading.spans) != 1:
        return replace(heading, value=value)
    base = heading.spans[0][0]
    span = base + place[0], base + place[1]
    return replace(heading, value=value, raw=heading.raw[slice(*place)], spans=(span,))


def first_year(headings: Iterable[Reading]) -> Reading | None:
    """Return the year that the nearest heading with one says."""
    return next((found for heading in headings if (found := year(heading)) is not None), None)


def is_revoked(texts: Iterable[str]) -> bool:
    """Tell whether what the headings head has been revoked; a heading that names both kinds decides nothing."""
    for text in texts:
        revoked, granted = _REVOKED.search(text), _GRANTED.search(text)
        if revoked and (
            not granted or granted.start() > revoked.end() or text[revoked.end() :][:2] in ("备案", "认定")
        ):
            both = re.search(r"[和及与、]", text[revoked.end() : granted.start()]) if granted else None
            if not both or granted is None:
                return True
        if granted and not revoked:
            return False
    return False


def is_revocation(text: str) -> bool:
    """Tell whether a cell (撤销; 取消资格; 不合格) says that its row does not hold."""
    return bool(_REVOKED.search(text)) and not re.search(
        r"原|恢复|撤销后|(?:取消|撤销)[^，。]{0,12}(?:更名|改为)", text
    )


def is_proposed(texts: Iterable[str]) -> str | None:
    """Return the nearest heading that says what it heads is only proposed (公示, 拟认定), or None."""
    for text in texts:
        if _PROPOSED.search(text) and not re.search(r"公示(?:结果|情况)|公布.{0,40}通知$", text):
            return text
        if _FINAL.search(text):
            return None
    return None


def region(heading: str) -> places.Place | None:
    """Return the region that a heading is about: at its beginning, behind 公布 and the like, or printed in full."""
    lead = _LEAD.match(heading)
    start = lead.end() if lead else 0
    if (found := places.at_start(heading[start:])) is not None:
        return places.Place(found.code, start + found.start, start + found.end)
    for at in range(start, len(heading)):
        if not "\u4e00" <= heading[at] <= "\u9fff" or not _BEFORE_PLACE.search(heading[:at]):
            continue
        if (found := places.at_start(heading[at:])) is not None and found.start == 0:
            return places.Place(found.code, at, at + found.end)
    return None


def plain_name(text: str) -> str:
    """Return the name of a file or sheet without its extension."""
    return _FILE_NAME.sub("", text.strip())


def section_region(text: str) -> tuple[places.Place, int] | None:
    """Return the region that a section heading (一、合肥市（3家）) consists of, and where it begins in the text."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    found = places.at_start(text[start:])
    if found is None or not re.fullmatch(
        r"(?:地区|市|省|片区|区域|分院|所属|省属|市属)?(?:高校|院校|学校|单位|机构|院所|研究所)?\s{0,4}"
        r"(?:[（(：:]?\s{0,2}共?计?\s{0,2}\d{1,4}\s{0,2}[家个所项]?\s{0,2}[)）]?)?\s{0,2}[:：》】\]]?",
        text[start + found.end :],
    ):
        return None
    return found, start


def regions(headings: Iterable[Reading]) -> Iterator[tuple[Reading, places.Place]]:
    """Yield the headings that are a region and nothing else, with that region."""
    for heading in headings:
        # In a PDF the section may follow the title in one line: …名单长沙市（1家）.
        glued = re.search(r"(?:名单|名录|目录|一览表)(?=[\u4e00-\u9fff]{2,12}(?:[（(]|$))", heading.raw)
        for base in (0, glued.end() if glued else 0):
            if (found := section_region(heading.raw[base:])) is not None:
                place, lead = found
                start = base + lead + place.start
                yield heading, places.Place(place.code, start, base + lead + place.end)
                break
