"""One university that a page is about: its profile, its label table, or news of the programmes that it was granted."""

import re
from collections.abc import Iterator, Mapping, Sequence

from crawlers.fields import campus_said, headings, leadins, listed, names, places, programmes, registers, whereabouts
from crawlers.fields.registers import Entry, Register
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading, Span

_END = (
    r"(?:大学|学院|专科学校|职业技术学校|高等专科学校)(?:[（(][\u4e00-\u9fff]{2,4}[)）])?"
    r"(?:[\u4e00-\u9fff]{2,4}(?:分校|校区))?"
)
_PART = re.compile(
    r"^(?:计算机|信息|人工智能|软件|数学|自动化|电子|电气|机械|马克思|继续教育|国际|外国语|外语|经济管理|管理|经济|物理|化学|材料|土木|通信|网络|大数据|智能|数据|理|工|文|法|商|医|艺术|体育|教育|创新创业|研究生|二级|该|我|本|各|新|全国|多所|所|相关|普通|开设|建设|高等|民办|独立|\d|与|和|及|由|在|对|等)"
    r"|(?:科学与|与技术|与工程|学部)[\u4e00-\u9fff]{0,6}学院$"
)
_CUT = re.compile(
    r"^.*?(?:祝贺|喜报|获悉|关于|同意|批准|记者从|近日|日前|其中|包括|分别是|分别为|走[进近]|来到|报考|了解|认识|探访|高校|院校|的|和|及|为|是|，|：|:|！|!|“)"
)
_SITS = re.compile(
    r"地处|位于|坐落|座落|始建|创建|创办|创立|建校|是一所|是(?:国家|教育部|[\u4e00-\u9fff]{2,6}(?:重点|直属))|前身"
)
_OURS = re.compile(r"我校|学校|我院|我校|本校")
_PROFILE = re.compile(r"简介|概况|介绍|学校信息|基本信息")
_SITE = re.compile(
    r"(?:版权所有|主办单位|主办|copyright|©|来源|本文来源)[\s:：©\d\-—–all]{0,12}([\u4e00-\u9fff]{4,16}(?:大学|学院|学校)(?:[（(][\u4e00-\u9fff]{2,4}[)）])?)",
    re.IGNORECASE,
)


def is_name(text: str) -> bool:
    """Tell whether a text is a university's name, not that of a school inside one."""
    said = text.strip()
    return bool(
        4 <= len(said) <= 30
        and re.fullmatch(r"[\u4e00-\u9fff（）()·]+", said)
        and re.search(rf"{_END}$", said)
        and not re.search(r"(?:科学|研究|工程|设计)院$", said)
        and not (_PART.search(said) and places.at_start(said) is None)
        and not re.search(
            r"[的等]|(?:大学|学院)[和与及]|大学[\u4e00-\u9fff]{3,12}学院$(?<!大学[\u4e00-\u9fff]{3}学院)(?<!大学[\u4e00-\u9fff]{4}学院)|^(?:独立|高等|普通|本科|民办|成人|职业)?(?:学院|大学|院校)",
            said,
        )
    )


def read(view: View, row: Mapping[str, Reading] | None, register: Register) -> Extraction | None:
    """Return what a page says of one university, or None where it is about none.

    The year of its programmes is that of the ministry's decision (2019年度), else that of the sentence.
    """
    sheet = Sheet(view)
    stated = register.labelled[0]
    text = view.text

    def label(prop: str) -> Reading | None:
        for one in stated.of(prop):
            start, end = one.first
            raw = registers.without_tail(text[start:end])
            if not one.column and raw and raw not in ("-", "—", "无", "/"):
                return Reading(raw, raw, Origin.TABLE, ((start, start + len(raw)),))
        return None

    titles = [*register.titles[:4], *([row["title"]] if row and "title" in row else [])]
    sentences = list(campus_said.sentences(sheet))
    granted = list(_granted(titles, sentences))
    name = listed.name(under) if (under := label("name")) is not None else _named(sheet, titles, sentences)
    if name is None or not re.search(r"大学|学院|学校|分校", str(name.value)):
        return None
    one = Extraction("university", {"name": [name]})
    code = label("code") or campus_said.first(
        sentences,
        r"(?:学校|院校|招生|国标|高校)?(?:标识码|(?<!专业)(?:代码|代号))(?:为|是|[:：])?\s?(?P<it>\d{5,10})(?![\dA-Z])",
    )
    authority = label("authority") or campus_said.authority(sentences)
    if code is not None and (digits := re.search(r"\d{5,10}", code.raw)):
        one.fields["code"] = [headings.part(code, digits.span(), digits.group())]
    if authority is not None:
        one.fields["authority"] = [authority]
    cells = {prop: found for prop in ("province", "city", "place", "address") if (found := label(prop)) is not None}
    if not cells:
        where = campus_said.first(
            sentences,
            r"(?:位于|坐落于|坐落在|地处|座落于|扎根|学校(?:就)?(?:位于|在|地处)|校址[在为:：]|校区(?:设)?在|办学地点?[在为:：]|坐标)(?P<it>[^，。；]{2,40})",
        )
        if where is not None and places.at_start(where.raw) is not None:
            cells["place"] = where
    if not cells and (region := _region_before(sentences, str(name.value))) is not None:
        cells["place"] = region
    placed, warnings = whereabouts.locate(cells, [])
    one.fields |= listed.fields_of(placed)
    one.warnings = [*warnings, *(("unknown_label", unknown) for unknown in stated.unknown)]
    one.fields["programmes"] = list(_columns(register, titles, sentences, sheet))
    own = _labelled(stated) or granted
    if not own and not one.fields["programmes"]:
        one.fields["programmes"] = list(_headed(stated))
        own = _lines(sheet)
    if own and not one.fields["programmes"]:
        degree = label("degree")
        year = listed.year(label("year")) or _year_of_label(stated) or campus_said.year(titles, sentences, sheet)
        awarded = programmes.degree(str(degree.value)) if degree else None
        beside = [listed.reading(view, span) for span in _beside(stated)]
        awarded = awarded or next((d for said in [*sentences, *beside] if (d := programmes.degree_in(said.raw))), None)
        if (title := headings.is_proposed(str(heading.raw) for heading in titles[:2])) is not None:
            one.warnings.append(("proposed", title))
            year = None
        one.fields["programmes"] = _whole(text, own, awarded, int(year.value) if year else None)
    one.fields["programmes"] = one.fields["programmes"] or list(_headed(stated))
    one.fields = {prop: said for prop, said in one.fields.items() if said}
    # Any news may say where a university lies: only a profile is about the university itself.
    profile = label("name") is not None or any(_PROFILE.search(title.raw) for title in titles)
    own_title = any(listed.key(str(name.value)) == listed.key(title.raw) for title in titles)
    told = {"programmes", "code", "authority"} & set(one.fields) or profile or own_title
    return one if len(one.fields) >= 2 and told else None


def _whole(text: str, own: Sequence[Reading], degree: str | None, year: int | None) -> list[Reading]:
    """Return the programmes each with its own degree and year, else with those that are said of all."""
    granted = [programmes.beside(text, each) for each in own]
    return [programmes.whole(one.programme, one.degree or degree, (year and one.year) or year) for one in granted]


def _beside(stated: Statements) -> list[Span]:
    """Return what stands under labels of programmes, in full."""
    return [span for one in stated.of("programme") if not one.column for span in one.lines]


def _labelled(stated: Statements) -> list[Reading]:
    """Return the programmes under all labels of programmes."""
    found: dict[str, Reading] = {}
    for span in _beside(stated):
        said = listed.reading(stated.sheet.view, span)
        place = programmes.alone(stated.text, span)
        for one in programmes.of_cell(said) or ([listed.reading(stated.sheet.view, place)] if place else []):
            found.setdefault(str(one.value), one)
    return list(found.values())


def _year_of_label(stated: Statements) -> Reading | None:
    """Return the year that a label of programmes begins with: 2023年度新增本科专业."""
    labels = [listed.reading(stated.sheet.view, one.place) for one in stated.of("programme")]
    return headings.first_year(labels)


def _lines(sheet: Sheet) -> list[Reading]:
    """Return the programmes that are lines of their own, of a page that speaks of programmes."""
    text = sheet.view.text
    if not re.search("专业|学位", text[slice(*sheet.view.body)]):
        return []
    spans = [place for line in sheet.lines if not line.linked and (place := programmes.alone(text, line.span))]
    found = [listed.reading(sheet.view, span, Origin.BODY) for span in spans]
    return list({str(one.value): one for one in found}.values())


def _granted(titles: Sequence[Reading], sentences: Sequence[Reading]) -> Iterator[Reading]:
    """Yield the programmes that sentences, else headings, say were granted, each once."""
    seen: set[str] = set()
    for group in (sentences, titles):
        for said in group if not seen else ():
            if not campus_said.GRANTED.search(said.raw):
                continue
            for programme in programmes.in_text(said):
                if str(programme.value) not in seen:
                    seen.add(str(programme.value))
                    yield programme


def _headed(stated: Statements) -> Iterator[Reading]:
    """Yield the programmes that head labels of their own: ✦ 人工智能, and under it 学位门类：工学."""
    text = stated.text
    heads: list[Reading] = []
    for line in stated.sheet.lines:
        place = names.trim(text, *_unboxed(text, line.span))
        if place is not None and not line.linked and programmes.is_programme(text[slice(*place)]):
            raw = text[slice(*place)]
            heads.append(Reading(raw.removesuffix("专业"), raw, Origin.BODY, (place,)))
    for number, head in enumerate(heads):
        low = head.spans[0][1]
        high = heads[number + 1].spans[0][0] if number + 1 < len(heads) else len(text)
        under = {one.label.property: one.first for one in stated.all if low <= one.place[0] < high and one.lines}
        said = {prop: Reading(text[slice(*at)], text[slice(*at)], Origin.TABLE, (at,)) for prop, at in under.items()}
        if {"degree", "year", "code"} & set(said):
            degree, year = said.get("degree"), listed.year(said.get("year"))
            awarded = programmes.degree(str(degree.value)) if degree is not None else None
            yield programmes.whole(head, awarded, int(year.value) if year else None)


def _unboxed(text: str, line: Span) -> Span:
    """Return a line without the box around all of it: 【人工智能】."""
    match = re.fullmatch(r"\s*[【〖\[「『](?P<it>[^】〗\]」』]+)[】〗\]」』]\s*", text[slice(*line)])
    return (line[0] + match.start("it"), line[0] + match.end("it")) if match else line


def _columns(
    register: Register, titles: Sequence[Reading], sentences: Sequence[Reading], sheet: Sheet
) -> Iterator[Reading]:
    """Yield the programmes of a table without universities: a school's own news (我校新增专业)."""

    def is_own(entry: Entry) -> bool:
        return entry.in_table and "name" not in entry.cells and "programme" in entry.cells

    for entry in filter(is_own, register.entries):
        status, degree = entry.cells.get("status"), entry.cells.get("degree")
        if (status is not None and headings.is_revocation(str(status.value))) or headings.is_revoked(
            str(heading.raw) for heading in entry.above
        ):
            continue
        year = listed.year(entry.cells.get("year")) or campus_said.year(titles, sentences, sheet)
        if headings.is_proposed(str(heading.raw) for heading in entry.above) is not None:
            year = None
        awarded = programmes.degree(str(degree.value)) if degree is not None else None
        for programme in programmes.of_cell(entry.cells["programme"]):
            yield programmes.whole(programme, awarded, int(year.value) if year else None)


def _region_before(sentences: Sequence[Reading], name: str) -> Reading | None:
    """Return the region that a sentence prints before a university's name: 山西省高校晋阳科技学院."""
    for said in sentences:
        match = re.search(
            rf"(?P<it>[\u4e00-\u9fff]{{2,8}}?)(?:省属|市属|区属|属|地方|本地|某)?(?:重点|民办|公办|普通|本科|高职)*(?:高校|院校|大学)的?[“]?{re.escape(name)}"
            rf"|(?P<full>[\u4e00-\u9fff]{{2,7}}?(?:省|自治区|[^城都]市)){re.escape(name)}",
            said.raw,
        )
        if match is not None and match["full"]:
            for at in range(*match.span("full")):
                found = places.at_start(said.raw[at : match.end("full")])
                if found is not None and at + found.end == match.end("full"):
                    return headings.part(said, (at, match.end("full")), said.raw[at : match.end("full")])
            continue
        for at in range(match.start("it"), match.end("it")) if match else ():
            found = places.at_start(said.raw[at : match.end("it")]) if match else None
            if found is not None and match is not None and at + found.end == match.end("it"):
                return headings.part(said, (at, match.end("it")), said.raw[at : match.end("it")])
    return None


def _named(sheet: Sheet, titles: Sequence[Reading], sentences: Sequence[Reading]) -> Reading | None:
    """Return the university of a page: in its heading, in its text, in the site's name."""
    for title in titles[:3]:
        for match in re.finditer(r"[^\s_|｜丨—–\-，,：:！!“”《》【】·]+", title.raw):
            said = re.sub(r"(?:简介|概况|介绍|学校简介|学校概况|基本情况)$", "", match.group())
            lead = leadins.end(said)
            said = _without_school(said[lead:])
            span = match.start() + lead, match.start() + lead + len(said)
            if is_name(said):
                return headings.part(title, span, said)
    lines = [line.span for line in sheet.lines if not line.linked][:30]
    rest = [Reading(sheet.view.text[slice(*s)], sheet.view.text[slice(*s)], Origin.BODY, (s,)) for s in lines]
    for one in [*titles[:2], *sentences[:6], *rest]:
        if (found := _first(one)) is not None:
            return found
    view = sheet.view
    for match in _SITE.finditer(view.text, *view.body):
        if is_name(match[1]):
            return Reading(match[1], match[1], Origin.BODY, (match.span(1),))
    head: list[Span] = [view.title, *view.lines[:8], *view.lines[-8:]]
    for start, end in head:
        for piece in re.finditer(r"[\u4e00-\u9fff（）()]+", view.text[start:end]):
            said_ = re.sub(
                r"(?:新闻网|教务处|招生网|新闻中心|本科生院|官网|欢迎您|主页|党委宣传部|宣传部)+$", "", piece.group()
            )
            if is_name(said_):
                begin = start + piece.start()
                return Reading(said_, said_, Origin.BODY, ((begin, begin + len(said_)),))
    return None


def _without_school(said: str) -> str:
    """Return a university's name without that of a school inside it: 某某师范学院|数学与计算科学学院."""
    for match in re.finditer("大学|学院", said):
        rest = said[match.end() :]
        if (
            re.search(r"(?:学院|学部|系|研究院|招生办|招办|教务处)$", rest)
            and len(rest) > 2
            and is_name(said[: match.end()])
            and (match.group() == "学院" or _PART.search(rest) or len(rest) > 4)
            and places.at_start(rest) is None
        ):
            return said[: match.end()]
    return said


def _first(said: Reading) -> Reading | None:
    for match in re.finditer(rf"[\u4e00-\u9fff]{{2,24}}?{_END}", said.raw):
        start, end = match.span()
        start += leadins.end(said.raw[start:end])
        while (cut := _CUT.match(said.raw[start:end])) and cut.end() < end - start - 3:
            start += cut.end()
        name = said.raw[start:end]
        longer = re.match(r"[\u4e00-\u9fff]{0,8}?(?:大学|职业技术学院|技术大学|职业大学)", said.raw[end:])
        if longer and is_name(name + longer.group()) and name.endswith("学院") is False:
            end += longer.end() if not re.search("获|新|成|增|的", longer.group()) else 0
            name = said.raw[start:end]
        granted = bool(campus_said.GRANTED.match(said.raw[end:])) and (not start or start > match.start())
        granted = granted or (start == 0 and _SITS.match(said.raw[end:]) is not None)
        if is_name(name) and (granted or name.endswith("大学") or places.at_start(name) is not None):
            return headings.part(said, (start, end), name)
    return None
