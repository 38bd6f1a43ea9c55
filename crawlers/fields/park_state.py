"""Of what level a park is, when it was established, and whether it is planned, being built or built."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from crawlers.fields import headline, periods, relative_days, roles, taglines
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.fields.vocabulary import section
from schema.evidence import Origin, Reading, Span
from schema.types.partial_date import PartialDate

_ESTABLISHED = re.compile(
    r"^[^。；]{0,40}?(?:成立|设立|获批|始建|创建|组建|挂牌|批准建设|批复(?:同意)?|批准(?:成为)?|奠基(?=设立))(?!以来|后|于|\d)"
    r"|^[^，。；\d]{0,6}(?:成立|设立|获批|建园|建区|开园|挂牌|创建|组建)(?:以来|之初)|^[^，。；\d]{0,4}"
    r"(?:建园|建区|问世|诞生|立园|开园(?!以来|后))"
)
_ESTABLISHED_BEFORE = re.compile(
    r"(?:成立|设立|始建|创建|创办|组建|创立|获批|建立|建区|建园|挂牌|批准|诞生|肇始|起步|发轫)"
    r"(?:于|时间[为是:：]|日期[为是:：])\s?$"
)
_LEVELS = (
    ("national", re.compile(r"国家级|国家(?=高新|经济|经开|农业|综合|自主|新区|大学|自创|级)|^\s*国家\s*$|全国性")),
    ("provincial", re.compile(r"省级|自治区级|直辖市级|省一级|^\s*省\s*$")),
    ("municipal", re.compile(r"(?<!直辖)市级|地级(?!市)|州级|盟级")),
    ("county", re.compile(r"县级(?!市)|(?<!治)区级|县市级|镇级|乡镇级")),
)
_APPROVERS = (
    ("national", re.compile(r"国务院|国家|科技部|商务部")),
    ("provincial", re.compile(r"[省]|自治区|(?:北京|天津|上海|重庆)市?(?:人民)?政府")),
    ("municipal", re.compile(r"[市州盟](?:人民)?政府|市委")),
    ("county", re.compile(r"[县区旗](?:人民)?政府")),
)
_GIVEN_LEVEL = re.compile(
    r"(?:级别|层级|等级)(?:核定|确定|认定|明确)?(?:为|是|定为|列为)\s?[“”]?(?P<level>国家级|省级|自治区级|市级|县级|区级)"
)
_NO_STATE = re.compile("面积|用地|范围|图|时间|日期|企业|单位|公司")  # 规划面积 is no state
LONGEST_TAG = 8  # characters of a tag that says a state or a level
_UPGRADED = re.compile(r"升级|升格|晋升|更名|扩区|转型")


def established(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    """Add when the park was established; an upgrade is no establishment."""
    text = sheet.view.text
    for one in stated.of("established"):
        said = text[slice(*one.first)]
        if day := first_day(said):
            value, start, end = day
            place = one.first[0] + start, one.first[0] + end
            fields["established"] = [Reading(value, text[slice(*place)], Origin.TABLE, (place,))]
            return
    published = headline.published(sheet)
    for span in sheet.prose[:60]:
        for sentence in roles.sentences(text, span):
            said = text[slice(*sentence)]
            if found := _founding(said, published, str(name.value)):
                value, start, end = found
                place = sentence[0] + start, sentence[0] + end
                fields["established"] = [Reading(value, text[slice(*place)], Origin.BODY, (place,))]
                return
    if tag := taglines.first(sheet, _day_tag):
        fields["established"] = [tag]


def _day_tag(said: str) -> str | None:
    """Return the day of a tag such as 2012年成立."""
    match = re.fullmatch(
        r"((?:19|20)\d\d年(?:\d{1,2}月)?)(?:正式|获批|批准)?(?:成立"
        r"|设立|建园|建区|获批|创建|始建)",
        said,
    )
    day = first_day(match[1]) if match else None
    return day[0] if day else None


def first_day(said: str) -> tuple[str, int, int] | None:
    """Return the first day of a value, as a partial ISO date, with its place."""
    if found := periods.find(said, label=True):
        return str(found[0].first), found[0].start, found[0].end
    if match := re.match(r"\s*(?P<y>(?:19|20)\d\d)(?:[-/.](?P<m>\d{1,2})(?![\d.]))?\s?年?", said):
        month = match["m"]
        return (
            (f"{match['y']}-{int(month):02d}" if month else match["y"]),
            match.start("y"),
            match.end("m") if month else match.end("y"),
        )
    return None


def _founding(said: str, published: PartialDate | None, park: str) -> tuple[str, int, int] | None:
    year = published.year if published else None
    told = relative_days.find(said, published)
    days = [(str(one.first), one.start, one.end) for one in periods.find(said, year) if one.stated or one.first.day]
    days = [one for one in days if not any(low < one[2] and one[1] < high for _, low, high in told)] + told
    days += [(m[1], m.start(1), m.end(1)) for m in re.finditer(r"(?<!\d)((?:19|20)\d\d)\s?年(?!\s?\d)", said)]
    for value, start, end in sorted(days, key=lambda day: day[1]):
        if _ESTABLISHED_BEFORE.search(said[max(0, start - 10) : start]):
            return value, start, end
    for value, start, end in sorted(days, key=lambda day: day[1]):
        match = _ESTABLISHED.match(said[end:])
        between = match.group() if match else ""
        if (
            match
            and not _UPGRADED.search(between)
            and not re.search(r"拟|计划|力争|将|企业|公司|联盟|实验室|力求|目标", between.replace(park, ""))
        ):
            return value, start, end
    return None


def state(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    """Add whether the park is planned, being built or built, as a label, the heading or a sentence on it says."""
    text = sheet.view.text
    for one in stated.of("status"):
        if found := status_of(text[slice(*one.first)]):
            place = one.first[0] + found[1][0], one.first[0] + found[1][1]
            fields["status"] = [Reading(found[0], text[slice(*place)], Origin.TABLE, (place,))]
            return
    if tag := taglines.first(sheet, _state_tag):
        fields["status"] = [tag]
        return
    heads = [span for one in headline.candidates(sheet) for span in one.spans if one.document is None]
    for span in [*heads[:1], *sheet.prose[:12]]:
        said = text[slice(*span)]
        known = (
            span in heads or str(name.value) in said or re.search("园区|项目|开发区|产业园|基地|科技城|高新区", said)
        )
        if not known:
            continue
        for status, pattern in _told_states():
            match = pattern.search(said)
            if (
                match is None
                or re.search(r"(?:预计|计划|将于|力争|有望|目标|尚未|未(?!来))[^，。；]{0,14}$", said[: match.start()])
                or re.match(r"[^，。；]{0,3}面积", said[match.end() :])
            ):
                continue
            place = span[0] + match.start(), span[0] + match.end()
            fields["status"] = [Reading(status, text[slice(*place)], Origin.BODY, (place,))]
            return


@lru_cache(maxsize=1)
def _told_states() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What sentences say of each state, what is built first: 一期已投用，二期在建 is in use."""
    return tuple((status, re.compile("|".join(said))) for status, said in section("park", "told_status").items())


def _state_tag(said: str) -> str | None:
    found = status_of(said) if len(said) <= LONGEST_TAG and not _NO_STATE.search(said) else None
    return found[0] if found else None


def _level_tag(said: str) -> str | None:
    found = level_of(said) if len(said) <= LONGEST_TAG else None
    return found[0] if found else None


def status_of(said: str) -> tuple[str, Span] | None:
    """Return the state that a cell or a label's value says, with the place of the word."""
    for status, words in section("park", "status").items():
        if word := next((w for w in words if w in said), None):
            return status, (said.find(word), said.find(word) + len(word))
    return None


def levels(said: str) -> Iterator[tuple[str, Span]]:
    """Yield the levels that a text names (国家级, 省级, 市级, 县级), with their places."""
    for value, pattern in _LEVELS:
        yield from ((value, match.span()) for match in pattern.finditer(said))


def level_of(said: str, *, approver: bool = False) -> tuple[str, Span] | None:
    """Return the level that a text names first; of an `approver` that of the government (国务院, 省政府)."""
    found = list(levels(said))
    if approver and not found:
        found = [(value, match.span()) for value, pattern in _APPROVERS if (match := pattern.search(said))][:1]
    return min(found, key=lambda one: one[1], default=None)


def _given_level(fields: dict[str, list[Reading]], sheet: Sheet) -> bool:
    """Add the level that a sentence or a tag gives in so many words: 级别为国家级."""
    text = sheet.view.text
    for span in sheet.prose[:20]:
        match = _GIVEN_LEVEL.search(text[slice(*span)])
        if match is not None and (found := level_of(match["level"])) is not None:
            place = span[0] + match.start("level"), span[0] + match.end("level")
            fields["level"] = [Reading(found[0], text[slice(*place)], Origin.BODY, (place,))]
            return True
    if tag := taglines.first(sheet, _level_tag):
        fields["level"] = [tag]
    return tag is not None


def level(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    """Add the level: under a label, of who approved it, as the text or the name says."""
    text = sheet.view.text
    for one in stated.of("level"):
        if found := level_of(text[slice(*one.first)]):
            place = one.first[0] + found[1][0], one.first[0] + found[1][1]
            fields["level"] = [Reading(found[0], text[slice(*place)], Origin.TABLE, (place,))]
            return
    if _given_level(fields, sheet):
        return
    by = (
        (
            "national",
            (
                r"国务院|国家级(?=[^，。；]{0,12}(?:开发区|高新|园区|产业园|经开|新区|基地|示范|园))|国家(?=高新技术产业开发区|经济技术开发区|高新区)"
            ),
        ),
        (
            "provincial",
            (
                r"(?<!向)(?:省|自治区)(?:人民)?政府(?=[^，。；]{0,16}(?:批|同意"
                r"|设立|认定))|(?:省|自治区)级(?=[^，。；]{0,12}(?:开发区|高新"
                r"|园区|产业园|经开|新区|基地|示范|园))"
            ),
        ),
        (
            "municipal",
            (
                r"市(?:人民)?政府(?=[^，。；]{0,16}(?:批|同意|设立|认定))|市级(?=[^，。；]{0,12}(?:开发区|高新|园区|产业园|新区|基地|示范|园))"
            ),
        ),
        (
            "county",
            (
                r"(?:县|(?<!自治)区)(?:人民)?政府(?=[^，。；]{0,16}(?:批准|同意"
                r"|批复))|(?:县|(?<!自治)区)级(?=[^，。；]{0,12}(?:开发区|高新"
                r"|园区|产业园|基地|示范|园))"
            ),
        ),
    )
    for head in headline.candidates(sheet):
        approved = re.match(
            r"(?P<who>国务院|[^，。：]{2,12}?(?:省|自治区|市|县|区)(?:人民)?政府)(?:办公厅|办公室)?关于(?:原则)?(?:同意|批准)",
            head.raw,
        )
        if approved and head.document is None and len(head.spans) == 1:
            who = approved["who"].replace("人民政府", "").replace("政府", "")
            ends = {
                "院": "national",
                "省": "provincial",
                "治区": "provincial",
                "市": "municipal",
                "县": "county",
                "区": "county",
            }
            value = next(level for end, level in ends.items() if who.endswith(end))
            if value == "municipal" and who[:2] in ("北京", "天津", "上海", "重庆"):
                value = "provincial"
            at = head.spans[0][0]
            fields["level"] = [replace(head, value=value, raw=approved["who"], spans=((at, at + approved.end("who")),))]
            return
    spans = [*(one.first for one in stated.of("approved_by")), *sheet.prose[:20]]
    for span in spans:
        said = text[slice(*span)]
        labelled = span not in sheet.prose
        for level, pattern in by:
            for match in re.finditer(pattern.split("(?=")[0] if labelled and level != "national" else pattern, said):
                sentence = said[said.rfind("。", 0, match.start()) + 1 : match.end() + 40]
                if not labelled and (
                    re.search(
                        r"实验室|创建$|争创|申报|申请|力争|冲刺|孵化器|工程技术|周边|距",
                        sentence[: sentence.find(match.group()) + 30].split("，")[-1],
                    )
                ):
                    continue
                if not labelled and match.group() == "国务院" and not re.search("批|同意|升级|设立|认定", sentence):
                    continue
                place = span[0] + match.start(), span[0] + match.end()
                fields["level"] = [Reading(level, text[slice(*place)], Origin.BODY, (place,))]
                return
    if "国家" in str(name.raw) and len(name.spans) == 1 and not name.document:
        at = name.raw.find("国家")
        place = name.spans[0][0] + at, name.spans[0][0] + at + 2
        fields["level"] = [replace(name, value="national", raw="国家", spans=(place,))]
