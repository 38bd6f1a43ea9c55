"""What sentences that no pattern knows say of an institute: dates, owners, places and subjects, each weighed."""

import re
from collections.abc import Iterator
from dataclasses import replace

from crawlers.fields import mentions, places, weighed
from crawlers.fields.institute_told import Told
from schema.evidence import Origin, Reading, Span
from schema.types.partial_date import PartialDate

ENOUGH = 3
_ENDING = re.compile(
    r"(?:研究总院|研究院|研究所|实验室|研究中心|科学院|创新中心|工程中心|设计院|总院|中心|院|所)(?:股份)?(?:有限(?:责任)?公司)?$"
)
# Where a subject of research begins and ends in a clause; 和 and 与 stand inside one (语音识别与合成).
_CUT = re.compile(
    r"[，,。；;：:！？!?“”\"（）()《》【】\s\u3000—…]+|主要|长期|长年|一直|专门|主攻|专攻|从事|(?<![基础应用])研究(?=[^院所总中生，。；]{2})|研发(?=[^，。；中]{3})|深耕于?|聚焦于?|专注于?|致力于?|围绕|瞄准|面向|开展|承担|擅长|精于|钻研"
    r"|(?:看家)?本[领事]|说到|提到|绕不开|这家|那家|扎根|只做了?|(?<![制操工合写])做|搞|干(?![旱细部])|就是|是|为(?!主)|以(?!太)|在(?!线)|将|把|对(?!接|流|抗|话)|的|了(?!解)|等(?!离子)|方面|领域|方向|不止|包括|来自|针对|立足|攻关|集中[在于]|锁定|[放落]在|题目|及其|以及"
)
_TAIL = re.compile(
    r"(?:(?:相关|关键|核心|共性|前沿|基础|应用|等)?(?:技术|理论)?(?:研究|研发|开发|攻关|工作|起家|见长|为主|为特色|这件事|这一块|这条路|这一行|这个))+$"
)
_NO_TOPIC = re.compile(
    r"简称|单位|机构|我们|本院|本所|人员|职工|项目|万元|\d|[年月日]|成立|合作|国家|上级|部门|主管|管理|服务$|推广|平均|团队|成果|经费|科技奖|论文|任务|公司|大学"
)


def founded(told: Told) -> Reading | None:
    """Return the day on which sentences say that the institute came to be."""

    def candidates(clause: Span) -> Iterator[tuple[Span, int]]:
        said = told.text[slice(*clause)]
        for _, start, end in PartialDate.find(said):
            if "年" in said[start:end] or re.search(r"[./-]", said[start:end]):
                yield (clause[0] + start, clause[0] + end), 2 * (told.own in said)

    found = weighed.best(told.text, told.everything(), candidates, weighed.signals("institute", "founded"), ENOUGH)
    if found is None:
        return None
    reading = told.reading(found[0], Origin.BODY)
    date = PartialDate.parse(reading.raw) or next((one for one, _, _ in PartialDate.find(reading.raw)), None)
    return replace(reading, value=str(date)) if date else None


def recognised(told: Told) -> Reading | None:
    """Return the year in which sentences say that the institute was recognised."""

    def candidates(clause: Span) -> Iterator[tuple[Span, int]]:
        for match in re.finditer(r"(?<!\d)(?:19|20)\d\d(?=\s?年)", told.text[slice(*clause)]):
            yield (clause[0] + match.start(), clause[0] + match.end()), told.own in told.text[slice(*clause)]

    found = weighed.best(told.text, told.everything(), candidates, weighed.signals("institute", "recognised"), ENOUGH)
    if found is None:
        return None
    reading = told.reading(found[0], Origin.BODY)
    return replace(reading, value=int(reading.raw))


def body(told: Told, prop: str) -> list[Reading]:
    """Return the organisation that sentences say the institute belongs to (`parent`) or is run by (`operator`)."""

    def candidates(clause: Span) -> Iterator[tuple[Span, int]]:
        for span in _others(told, clause):
            yield span, 0

    found = weighed.best(told.text, told.everything(), candidates, weighed.signals("institute", prop), ENOUGH)
    if found is None:
        return []
    listed = mentions.find(told.text, found[1])
    if found[0] not in listed:
        return [told.reading(found[0], Origin.BODY)]
    run = mentions.run(told.text, listed, listed.index(found[0]), back=prop == "operator")
    return [told.reading(one, Origin.BODY) for one in run if one == found[0] or told.is_other(one)]


def place(told: Told) -> Reading | None:
    """Return the region that sentences say the institute sits in: one that is no part of a name."""

    def candidates(clause: Span) -> Iterator[tuple[Span, int]]:
        inside = mentions.find(told.text, clause)
        at = clause[0]
        while at < clause[1]:
            found = places.at_start(told.text[at : clause[1]]) if "\u4e00" <= told.text[at] <= "\u9fff" else None
            if found is None or found.start:
                at += 1
                continue
            span = at, at + found.end
            at = span[1]
            full = told.text[span[1] - 1] in "市州盟区县省"
            if not any(low <= span[0] < high for low, high in inside) and (full or found.code.level != "county"):
                named = told.own.startswith(told.text[span[0] : span[0] + 2])
                yield span, full + named - 2 * (found.code.level == "province")

    found = weighed.best(told.text, told.everything(), candidates, weighed.signals("institute", "place"), ENOUGH)
    return told.reading(found[0], Origin.BODY) if found else None


def field(told: Told) -> Reading | None:
    """Return the subject that sentences say is studied: what shares words with the name speaks for itself."""
    core = _ENDING.sub("", told.own)

    def candidates(clause: Span) -> Iterator[tuple[Span, int]]:
        inside = [*mentions.find(told.text, clause), *_own(told, clause)]
        at = clause[0]
        for cut in [*_CUT.finditer(told.text, *clause), None]:
            span = at, cut.start() if cut else clause[1]
            at = cut.end() if cut else clause[1]
            tail = _TAIL.search(told.text[slice(*span)])
            span = (span[0], span[0] + tail.start()) if tail else span
            said = told.text[slice(*span)].strip("、")
            if (
                not 3 <= len(said) <= 24
                or _NO_TOPIC.search(said)
                or any(a < span[1] and span[0] < b for a, b in inside)
            ):
                continue
            yield span, 2 * min(2, sum(said[n : n + 2] in core for n in range(len(said) - 1)))

    found = weighed.best(told.text, told.everything(), candidates, weighed.signals("institute", "field"), ENOUGH + 1)
    return told.reading(found[0], Origin.BODY) if found else None


def _others(told: Told, clause: Span) -> Iterator[Span]:
    for span in mentions.find(told.text, clause):
        if told.is_other(span) and told.own not in told.text[slice(*span)]:
            yield span


def _own(told: Told, clause: Span) -> Iterator[Span]:
    for match in re.finditer(re.escape(told.own), told.text[slice(*clause)]):
        yield clause[0] + match.start(), clause[0] + match.end()
