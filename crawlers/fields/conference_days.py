"""The first and the last day of a conference: under labels, in sentences, in the banner of a home page."""

import datetime
import re

from crawlers.fields import events, headline, periods, roles
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Stated, Statements
from schema.evidence import Origin, Reading, Span
from schema.types.partial_date import PartialDate

_DAYS = ("start_date", "end_date")
_A_DAY = len("2023-07-12")
_CLOSED = re.compile(r"闭幕|落幕|收官|落下帷幕|落下了帷幕|谢幕|圆满结束|胜利结束|顺利结束|画上.{0,4}句号|落帷")
_LASTS = re.compile(r"(?:持续|延续|进行|举行|举办|展出|开放)(?:到|至|到了)(?=\s?(?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}日)")
_OPENED = re.compile(r"开幕|启幕|开启|拉开帷幕|举行|举办|召开|启动|揭幕|开展")


def days(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, year: int | None) -> None:
    """Add the first and the last day, and their year where the name has none."""
    text = sheet.view.text
    for prop in _DAYS:
        for one in stated.of(prop):
            if found := periods.find(text[slice(*one.first)], year, label=True):
                _add_day(fields, prop, text, one.first[0], found[0], Origin.TABLE)
                break
    for one in [*stated.of("dates"), *stated.of("when_where")]:
        if "start_date" in fields:
            break
        if _is_info(text, one, stated):
            continue
        for span in one.lines[:2]:
            if found := periods.find(text[slice(*span)], year, label=True):
                _add_day(fields, "start_date", text, span[0], found[0], Origin.TABLE)
                _add_last(fields, text, span, found)
                break
    if "start_date" not in fields:
        _told_days(fields, sheet, year)
    shown: dict[str, list[Reading]] = {}
    if not any(len(str(reading.value)) == _A_DAY for name in _DAYS for reading in fields.get(name, ())):
        _bare_days(shown, sheet, year)
    fields.update(shown)


def _is_info(text: str, one: Stated, stated: Statements) -> bool:
    """Tell whether 时间 stands in the line on the article itself (来源：… 时间：2023-07-08 10:20)."""
    if one.label.name not in ("时间", "日期", "date"):
        return False
    near = any(
        other.label.property and other is not one and other.lines and abs(other.place[0] - one.place[0]) < 160
        for other in stated.all
    )
    if not near and re.fullmatch(r"\s*20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*", text[slice(*one.first)]):
        return True  # alone on the page, it is the day of the news
    start, end = text.rfind("\n", 0, one.place[0]) + 1, text.find("\n", one.place[1])
    line = text[start : end if end >= 0 else len(text)]
    if re.search(r"来源|作者|浏览|点击|阅读|编辑|字号|发布", line):
        return True
    return bool(
        re.match(r"\s*20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?\s*$", text[slice(*one.first)])
    ) and (":" in text[slice(*one.first)])


_CLOSES = re.compile(r"(?<![\d月./-])(?P<d>\d{1,2})[日号][^，。；\d]{0,8}(?:闭幕|落幕|结束|收官|圆满落下)")


def _add_day(
    fields: dict[str, list[Reading]], prop: str, text: str, base: int, found: periods.Period, origin: Origin
) -> None:
    place = base + found.start, base + found.end
    raw = text[slice(*place)]
    last = found.last or found.first
    fields.setdefault(prop, [Reading(str(found.first if prop == "start_date" else last), raw, origin, (place,))])


def _add_last(fields: dict[str, list[Reading]], text: str, span: Span, found: list[periods.Period]) -> None:
    """Add the last day: the end of the period; or of days apart (7月6日、7月8日) the last; or start plus 为期三天."""
    period = found[0]
    if (
        period.last is None
        and len(found) > 1
        and re.fullmatch(
            r"\s*(?:[（(].{1,8}[)）])?\s*(?:[-—–~～至到、]+)\s*", text[span[0] + period.end : span[0] + found[1].start]
        )
    ):
        _add_day(fields, "end_date", text, span[0], found[1], Origin.TABLE)
    elif period.last is not None or period.first.precision == "day":
        lasts = periods.days(text[slice(*span)])
        if period.last is None and lasts is not None:
            _add_lasting(fields, text, span, period, lasts)
        else:
            _add_day(fields, "end_date", text, span[0], period, Origin.TABLE)


def _add_lasting(
    fields: dict[str, list[Reading]], text: str, span: Span, period: periods.Period, lasts: tuple[int, int, int]
) -> None:
    last = period.first.first_day() + datetime.timedelta(days=lasts[0] - 1)
    places = ((span[0] + period.start, span[0] + period.end), (span[0] + lasts[1], span[0] + lasts[2]))
    raw = "\n".join(text[slice(*place)] for place in places)
    fields.setdefault("end_date", [Reading(last.isoformat(), raw, Origin.BODY, places)])


def _told_days(fields: dict[str, list[Reading]], sheet: Sheet, year: int | None) -> None:
    """Add the days of the first sentence that says when the conference is held, opens or closes."""
    text = sheet.view.text
    lasting: tuple[Span, tuple[int, int, int]] | None = None
    opened: tuple[Span, periods.Period] | None = None
    for span in sheet.prose[:40]:
        for sentence in roles.sentences(text, span):
            said = text[slice(*sentence)]
            if lasting is None and (lasts := periods.days(said)):
                lasting = (sentence, lasts)
            if opened or not events.HELD.search(said) or events.OTHER_TIME.search(said):
                continue
            period = _held_then(said, year)
            if period is None:
                continue
            if _CLOSED.search(said) and not _OPENED.search(_CLOSED.sub("", said)) and period.last is None:
                _add_day(fields, "end_date", text, sentence[0], period, Origin.BODY)
                continue
            opened = (sentence, period)
    if opened is None and lasting is not None and "end_date" in fields:
        _add_begin(fields, text, lasting)
    if opened is not None:
        _add_told(fields, sheet, opened, lasting, year)


def _add_told(
    fields: dict[str, list[Reading]],
    sheet: Sheet,
    opened: tuple[Span, periods.Period],
    lasting: tuple[Span, tuple[int, int, int]] | None,
    year: int | None,
) -> None:
    """Add the days of the sentence that says when the conference is held, and until when as any other says."""
    text = sheet.view.text
    if opened[1].last is None and opened[1].first.precision == "day":
        opened = _whole(text, sheet, opened, year)
    sentence, period = opened
    said = text[slice(*sentence)]
    _add_day(fields, "start_date", text, sentence[0], period, Origin.BODY)
    if period.last is not None:
        _add_day(fields, "end_date", text, sentence[0], period, Origin.BODY)
    elif (until := _until(text, sheet, period)) is not None:
        _add_day(fields, "end_date", text, *until, Origin.BODY)
    elif lasting is not None and period.first.day:
        _add_end(fields, text, opened, lasting)
    elif not re.search("开幕|启幕|拉开帷幕|启动|揭幕|首日|第一天", said) and period.first.precision == "day":
        _add_day(fields, "end_date", text, sentence[0], period, Origin.BODY)


def _add_begin(fields: dict[str, list[Reading]], text: str, lasting: tuple[Span, tuple[int, int, int]]) -> None:
    """Add the first day of a conference of which only the end is said, and how long it lasted: 为期三天的…闭幕."""
    last, (sentence, lasts) = fields["end_date"][0], lasting
    ended = PartialDate.parse(str(last.value))
    if ended is not None and ended.day:
        first = ended.first_day() - datetime.timedelta(days=lasts[0] - 1)
        spans = tuple(sorted([*last.spans, (sentence[0] + lasts[1], sentence[0] + lasts[2])]))
        raw = "\n".join(text[slice(*place)] for place in spans)
        fields.setdefault("start_date", [Reading(first.isoformat(), raw, Origin.BODY, spans)])


def _until(text: str, sheet: Sheet, period: periods.Period) -> tuple[int, periods.Period] | None:
    """Return the day until which a conference goes on that opened on another: 论坛将持续到11月13日."""
    for span in sheet.prose[:40]:
        for match in _LASTS.finditer(text, *span):
            found = periods.find(text[match.end() : span[1]], period.first.year, label=True)
            if found and found[0].start <= 1 and found[0].first.day:
                return match.end(), found[0]
        # 6月8日开幕，9日闭幕: the month is that of the opening.
        for match in _CLOSES.finditer(text, *span):
            last = PartialDate.parse(f"{period.first.year}-{period.first.month:02d}-{int(match['d']):02d}")
            if last is not None and period.first <= last:
                low, high = match.start("d") - span[0], match.end("d") + 1 - span[0]
                return span[0], periods.Period(last, None, low, high, stated=False)
    return None


def _whole(
    text: str, sheet: Sheet, opened: tuple[Span, periods.Period], year: int | None
) -> tuple[Span, periods.Period]:
    """Return the sentence that says of an opening day until when the conference goes on: 会期自7月6日起至8日止."""
    for span in sheet.prose[:40]:
        for sentence in roles.sentences(text, span):
            if events.OTHER_TIME.search(text[slice(*sentence)]):
                continue
            for period in periods.find(text[slice(*sentence)], year):
                if period.last is not None and period.first == opened[1].first:
                    return sentence, period
    return opened


def _add_end(
    fields: dict[str, list[Reading]],
    text: str,
    opened: tuple[Span, periods.Period],
    lasting: tuple[Span, tuple[int, int, int]],
) -> None:
    (sentence, period), (other, lasts) = opened, lasting
    last = period.first.first_day() + datetime.timedelta(days=lasts[0] - 1)
    spans = sorted([(sentence[0] + period.start, sentence[0] + period.end), (other[0] + lasts[1], other[0] + lasts[2])])
    raw = "\n".join(text[slice(*place)] for place in spans)
    fields.setdefault("end_date", [Reading(last.isoformat(), raw, Origin.BODY, tuple(spans))])


def _held_then(said: str, year: int | None) -> periods.Period | None:
    """Return the period that a sentence says the conference is held: behind 将于, of several days, or the first."""
    found = [one for one in periods.find(_undated(said), year) if one.first.precision == "day"]
    found = found or periods.find(said, year)
    planned = [one for one in found if re.search(r"(?:将|定|拟)?于\s?$", said[max(0, one.start - 4) : one.start])]
    several = [one for one in found if one.last is not None]
    return next(iter(planned or several or found), None)


def _undated(said: str) -> str:
    """Return a sentence with the dateline (本报合肥7月6日电) blanked: that is the day of the news."""
    return re.sub(r"\d{1,2}月\d{1,2}日\s{0,2}(?=电|讯|消息)", lambda match: "＿" * len(match.group()), said)


def _bare_days(fields: dict[str, list[Reading]], sheet: Sheet, year: int | None) -> None:
    """Add a period that stands in a short line of its own, as the banner of a home page has it."""
    text = sheet.view.text
    for line in sheet.lines:
        start, end = line.span
        said = text[start:end]
        if end - start > 60 or line.linked or events.OTHER_TIME.search(said) or headline.PUBLISHED.search(said):
            continue
        for period in periods.find(said, year, label=True):
            if period.last is not None and period.first.day:
                _add_day(fields, "start_date", text, start, period, Origin.BODY)
                _add_day(fields, "end_date", text, start, period, Origin.BODY)
                return
    before = sheet.prose[0][0] if sheet.prose else len(text)
    for line in sheet.lines:
        start, end = line.span
        if start >= before or end - start > 40 or line.linked or headline.PUBLISHED.search(text[start:end]):
            continue
        for period in periods.find(text[start:end], label=True):
            if period.stated and period.first.day and re.search(r"年|20\d\d\.\d{1,2}\.\d", text[start:end]):
                _add_day(fields, "start_date", text, start, period, Origin.BODY)
                _add_day(fields, "end_date", text, start, period, Origin.BODY)
                return
