"""A conference page: its name, edition, days, place, and who hosts, organises, helps and supports it.

What stands under a label comes first, then the heading, then what the text says in sentences. Home pages,
notices and news of an opening are all read so; of news the conference's name is the title, not the headline.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from crawlers.fields import (
    conference_days,
    conference_list,
    conference_name,
    conference_place,
    conference_slogan,
    events,
    headline,
    mentions,
    names,
    pairs,
    roles,
)
from crawlers.fields.conference_hints import HINTS
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Stated, Statements
from crawlers.fields.vocabulary import vocabulary
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading, Span

FILES = True  # plans and calendars are often files on a notice
VERSION = 9  # raise it whenever the same page gives other values; then `samplebase reparse`

ROLES = ("hosts", "organisers", "co_organisers", "supporters")
_VERBS = {"主办": "hosts", "承办": "organisers", "协办": "co_organisers", "支持": "supporters", "指导": "supporters"}
_PLANNED_OFF = re.compile(r"取消|停办|不再举办|终止举办")
_CALLS = re.compile(r"(?:现|兹|决)?(?:定于|拟于|将于|决定|计划|拟定于|拟)[^。；]{0,40}?(?:举办|召开|举行|组织|主办)")
_THEME = re.compile(
    r"以[“\"「](?P<a>[^”\"」\n]{2,60})[”\"」]为(?:大会|会议|年度|本届)?主题|主题(?:为|是|确定为|定为|:|：)\s{0,2}[“\"「](?P<b>[^”\"」\n]{2,60})[”\"」]"
    r"|以(?P<c>[^“”，。\n]{2,40})为(?:大会|会议|年度|本届)?主题|围绕[“\"「](?P<d>[^”\"」\n]{2,60})[”\"」](?:这一|的|为)?主题|[“\"「](?P<e>[^”\"」\n]{2,60})[”\"」](?:这一|的)主题"
)


def extract(
    view: View, row: Mapping[str, Reading] | None = None, files: Mapping[str, View] | None = None
) -> Extraction | list[Extraction]:
    """Return what the page says of one conference, or those that it and its files list, each with its item key.

    `row` are readings of the list row that led to it.
    `edition` and `year` are numbers, dates ISO strings, the roles and `themes` lists of names as printed.
    Properties that the page does not state are left out. Raises NotARecord for lists, shells and other news.
    """
    sheet = Sheet(view)
    return conference_list.read(sheet, files) or _single(sheet, row)


def _single(sheet: Sheet, row: Mapping[str, Reading] | None) -> Extraction:
    view = sheet.view
    stated = Statements(sheet, vocabulary("conference"))
    pairs.supplement(stated, HINTS, {"dates": "when_where", "venue": "when_where"})
    fields: dict[str, list[Reading]] = {}
    name = conference_name.title(sheet, stated, row or {})
    if name is None:
        raise NotARecord("no conference is named in the title or the text")
    _check(sheet, stated, name)
    fields["title"] = [name]
    _named(fields, name, stated, view)
    year = fields["year"][0].value if "year" in fields else None
    published = headline.published(sheet)
    conference_days.days(fields, sheet, stated, year or (published.year if published else None))
    conference_place.place(fields, sheet, stated, name)
    _roles(fields, sheet, stated)
    _themes(fields, sheet, stated)
    if "themes" not in fields and (slogan := conference_slogan.find(sheet, name)) is not None:
        fields["themes"] = names.readings(view.text, [slogan], Origin.BODY)
    days = fields.get("start_date") or fields.get("end_date")
    if "year" not in fields and days:
        first = days[0]
        fields["year"] = [replace(first, value=int(first.value[:4]))]
    extraction = Extraction("conference", fields)
    extraction.warnings = [("unknown_label", label) for label in stated.unknown]
    return extraction


def _check(sheet: Sheet, stated: Statements, name: Reading) -> None:
    """Raise NotARecord for a page that says nothing of the conference, or lists many."""
    properties = {one.label.property for one in stated.all if one.lines}
    known = properties & {*ROLES, "dates", "venue", "when_where", "city", "start_date"}
    linked = [line.span for line in sheet.lines if line.linked]
    listed = {sheet.view.text[slice(*span)] for span in linked if events.find(sheet.view.text[slice(*span)])}
    if not known and not sheet.prose:
        raise NotARecord("a shell or a list: no labels and no text")
    if not known and len(listed) >= 4 and len(listed) > len(sheet.prose):
        raise NotARecord("a list of conferences")
    squeezed = "".join(sheet.view.text[slice(*span)] for span in sheet.prose)
    said = events.HELD.search(squeezed) or re.search("主办|承办", squeezed)
    if not known and not said and len(squeezed) < 200:
        raise NotARecord("nothing is said of when, where or by whom")
    if _PLANNED_OFF.search(name.raw):
        raise NotARecord("the conference is cancelled")


def _named(fields: dict[str, list[Reading]], name: Reading, stated: Statements, view: View) -> None:
    """Add edition, year and series, which the name says."""
    if found := events.edition(name.raw):
        fields["edition"] = [_words(name, found)]
    for one in stated.of("edition"):
        said = view.text[slice(*one.first)]
        number = events.edition(said) or ((int(said), 0, len(said)) if said.isdecimal() else None)
        if number and "edition" not in fields:
            place = one.first[0] + number[1], one.first[0] + number[2]
            fields["edition"] = [Reading(number[0], view.text[slice(*place)], Origin.TABLE, (place,))]
    if found := events.year(name.raw):
        fields["year"] = [_words(name, found)]
    if (series := events.series(str(name.value))) and len(series) >= 3:
        fields["series"] = [replace(name, value=series)]


def _words(name: Reading, found: tuple[int, int, int]) -> Reading:
    value, start, end = found
    if len(name.spans) != 1 or name.document:
        return replace(name, value=value)
    at = name.spans[0][0]
    return replace(name, value=value, raw=name.raw[start:end], spans=((at + start, at + end),))


def _roles(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements) -> None:
    """Add hosts, organisers, co-organisers and supporters; labels first, sentences where there are none."""
    text = sheet.view.text
    for prop in ROLES:
        spans: list[Span] = []
        for one in stated.of(prop):
            spans += names.lines(text, [piece for line in one.lines for piece in sheet.pieces(line)])
        if found := names.readings(text, spans, Origin.TABLE):
            fields[prop] = found
    told = roles.read(text, sheet.prose, _VERBS)
    if "hosts" not in fields and "hosts" not in told and (host := _calling(text, sheet.prose[:12])):
        told["hosts"] = host
    for prop, spans in told.items():
        if prop not in fields and (found := names.readings(text, spans, Origin.BODY)):
            fields[prop] = found


def _calling(text: str, prose: list[Span]) -> list[Span]:
    """Return who calls a conference together where nobody is said to host it: 某学会定于10月在大连举办…."""
    for span in prose:
        for sentence in roles.sentences(text, span):
            found = mentions.find(text, sentence)
            for number, (_, end) in enumerate(found):
                if _CALLS.match(text, end, sentence[1]):
                    return mentions.run(text, found, number, back=True)
    return []


def _themes(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements) -> None:
    text = sheet.view.text
    spans: list[Span] = []
    for one in stated.of("themes"):
        if one.column and _in_agenda(one, stated):
            continue
        lines = one.lines[:1] if one.value[1] > one.value[0] and not one.column else one.lines
        for number, span in enumerate(lines):
            said = text[slice(*span)]
            if len(said) > 200 or (number and ("。" in said or len(said) > 60)):
                break
            spans += _topics(text, span)
    if not spans:
        for span in sheet.prose[:40]:
            match = _THEME.search(text[slice(*span)])
            if match and not events.OTHER_TIME.search(
                text[max(span[0], span[0] + match.start() - 30) : span[0] + match.start()]
            ):
                group = next(name for name, part in match.groupdict().items() if part)
                spans = _topics(text, (span[0] + match.start(group), span[0] + match.end(group)))
                break
    if found := names.readings(text, spans, Origin.TABLE):
        fields["themes"] = found


def _in_agenda(one: Stated, stated: Statements) -> bool:
    """Tell whether a column of topics stands beside hours or speakers: the rows of a programme are no themes."""
    return any(
        other.column
        and other is not one
        and abs(other.place[0] - one.place[0]) <= 60
        and (other.label.property == "dates" or re.search("嘉宾|主讲|主持|报告人|演讲|发言", other.label.name))
        for other in stated.all
    )


def _in_round(text: str) -> bool:
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def _topics(text: str, span: Span) -> list[Span]:
    """Return the topics of a line: parted by 、 or semicolons ; a slogan with a comma stays whole."""
    start, end = span
    found, at, depth = [], start, 0
    for index in range(start, end):
        depth += (text[index] in "“「《（(") - (text[index] in "”」》）)")
        if (text[index] in "；;|｜\t" and depth <= 0) or (text[index] == "、" and not _in_round(text[start:index])):
            found.append((at, index))
            at = index + 1
        elif text[index] == "“" and index > at and depth == 1 and text[index - 1] == "”":
            found.append((at, index))
            at = index
    found.append((at, end))
    trimmed = [names.trim(text, *one) for one in found]
    return [one for one in trimmed if one is not None]
