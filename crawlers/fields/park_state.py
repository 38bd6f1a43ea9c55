"""When a park was established, and whether it is planned, being built or built."""

import re
from functools import lru_cache

from crawlers.fields import chronicles, headline, periods, relative_days, roles, taglines, weighed
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
_NO_STATE = re.compile("面积|用地|范围|图|时间|日期|企业|单位|公司")  # 规划面积 is no state
_NAMES_ONE = re.compile("园区|项目|开发区|产业园|基地|科技城|高新区")
LONGEST_TAG = 8  # characters of a tag that says a state or a level
_OTHERS = re.compile("拟|计划|力争|将|企业|公司|联盟|实验室|力求|目标|管委会|委员会|服务中心|办公室|协会")
_UPGRADED = re.compile(r"升级|升格|晋升|更名|扩区|转型")


def established(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading) -> None:
    """Add when the park was established; an upgrade is no establishment."""
    text = sheet.view.text
    for value, place, event in chronicles.events(sheet):
        if _founds(text[slice(*event)], str(name.value)):
            fields["established"] = [Reading(value, text[slice(*place)], Origin.BODY, (place,))]
            return
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
    return next((day for day in sorted(days, key=lambda day: day[1]) if _founds(said[day[2] :], park)), None)


def _founds(said: str, park: str) -> bool:
    """Tell whether what stands behind a day says that the park was established then."""
    match = _ESTABLISHED.match(said)
    between = match.group() if match else ""
    return bool(between) and not _UPGRADED.search(between) and not _OTHERS.search(between.replace(park, ""))


def state(
    fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, name: Reading, *, own: bool = False
) -> None:
    """Add whether the park is planned, being built or built, as a label, the heading or a sentence on it says.

    `own` tells that every sentence is on the park; else it must name one, or answer a question on its state.
    """
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
    asked = weighed.signals("park", "state")
    answers = [pair for pair in weighed.asked(sheet) if weighed.weight(text, pair, (pair[0], pair[0]), asked) > 0]
    for span in [*heads[:1], *sheet.prose[:12]]:
        said = text[slice(*span)]
        known = own or span in heads or str(name.value) in said or _NAMES_ONE.search(said)
        if not known and not any(low < span[0] < high for low, high in answers):
            continue
        for status, pattern in _told_states():
            match = pattern.search(said)
            if (
                match is None
                or re.search(
                    r"(?:预计|计划|将于|力争|有望|目标|尚未|还没|没有?|未(?!来))[^，。；]{0,14}$", said[: match.start()]
                )
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


def status_of(said: str) -> tuple[str, Span] | None:
    """Return the state that a cell or a label's value says, with the place of the word."""
    for status, words in section("park", "status").items():
        if word := next((w for w in words if w in said), None):
            return status, (said.find(word), said.find(word) + len(word))
    return None
