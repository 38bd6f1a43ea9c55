"""Of what level a park is: under a label, in a tag, of who approved it, as the text or the name says."""

import re
from collections.abc import Iterator
from dataclasses import replace

from crawlers.fields import headline, taglines
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Origin, Reading, Span

_LEVELS = (
    ("national", re.compile(r"国家级|国家(?=高新|经济|经开|农业|综合|自主|新区|大学|自创|级)|^\s*国家\s*$|全国性")),
    ("provincial", re.compile(r"省级|自治区级|直辖市级|省一级|^\s*省\s*$")),
    ("municipal", re.compile(r"(?<!直辖)市级|地级(?!市)|州级|盟级")),
    (
        "county",
        re.compile(
            r"县级(?!市)|(?<!治)区级|县市级|县\s?[（(][^（）()]{1,6}[)）]\s?级|区\s?[（(][^（）()]{1,6}[)）]\s?级|镇级|乡镇级"
        ),
    ),
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
LONGEST_TAG = 8  # characters of a tag that says a level


def _level_tag(said: str) -> str | None:
    found = level_of(said) if len(said) <= LONGEST_TAG else None
    return found[0] if found else None


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
                r"|批复))|(?:县|(?<!自治)区)(?:[（(][^（）()]{1,6}[)）])?级(?=[^，。；]{0,12}(?:开发区|高新"
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
                # The clause that says it: 距 and 申报 in the next ones tell of something else.
                clause = (
                    re.split("[，。；]", said[: match.start()])[-1] + re.split("[，。；]", said[match.start() :])[0]
                )
                sentence = said[said.rfind("。", 0, match.start()) + 1 : match.end() + 40]
                if not labelled and (
                    re.search(
                        r"实验室|创建$|争创|申报|申请|力争|冲刺|孵化器|工程技术|周边|距",
                        clause,
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
