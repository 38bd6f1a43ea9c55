"""A page on enterprises: a list of recognised ones (in tables, lines or files), or the profile of one."""

import re
from collections.abc import Callable, Iterator, Mapping

from crawlers.fields import enterprise_facts as facts
from crawlers.fields import (
    blocks,
    enterprise_lines,
    enterprise_list,
    enterprise_name,
    headline,
    legal_names,
    pairs,
    places,
    revenue,
)
from crawlers.fields.further_hints import HINTS
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.fields.vocabulary import vocabulary
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading, Span

VERSION = 4  # raise it whenever the same page gives other values; then `samplebase reparse`
FILES = True  # lists hang on pages as files

_LIST = re.compile(
    r"名单|公示|名录|目录|入选|独角兽|小巨人|揭榜|骨干企业|高新技术企业|百强|榜单|\d+强|一览|认定|备案|瞪羚|入库|榜|企业汇总|清单|龙头企业|企业库|入围|培育企业|单项冠军"
)
_REVOKED = re.compile(
    r"取消|撤销|摘牌|移出|除名|注销|失效|退出|终止.{0,6}资格|不予|未通过|不通过|失信|经营异常|黑名单|吊销|整改|淘汰|不合格"
)
_PROPOSED = re.compile(
    r"公示|拟认定|拟入选|拟推荐|拟定|拟命名|拟备案|拟列入|拟授予|拟支持|拟确定|拟公布|候选|初审|推荐名单|征求意见|初选|拟入库|拟通过|拟纳入|拟立项"
)
_NOTICE = re.compile(
    r"中标|招标|采购|成交公告|处罚|失信|经营异常|吊销|破产|裁定|判决|拍卖|招聘|注销|清算|行政许可|环评|环境影响|欠税|执行人|终止上市|解散"
)
_ABOUT_US = re.compile(
    r"^[\W\d_一二三四五六七八九十]{0,6}(?:公司|企业|单位|关于)?(?:简介|介绍|概况|我们|是谁|基本情况)"
)
_CITY = re.compile(
    r"(?:在|位于|来到|[，。\s“（(的]|^)(?P<where>[\u4e00-\u9fff]{2,12}?[市州盟])(?!场|民|面|值|委|级|政府)",
    re.MULTILINE,
)
_ABROAD = re.compile("客户|子公司|分公司|办事处|基地|销往|出口|项目|展会|工厂|签约|本报|电$")
_PROPERTIES = frozenset(
    {"credit_code", "founded", "province", "city", "industry", "layer", "revenue", "is_platform", "english_name"}
)


def extract(
    view: View, row: Mapping[str, Reading] | None = None, files: Mapping[str, View] | None = None
) -> Extraction | list[Extraction]:
    """Return one record per enterprise of a list, or the one that a profile is about.

    `row` are readings of the list row that led to the page, `files` its files by address. What is not stated is
    left out. Raises NotARecord for lists of revoked titles, notices of other things and pages about no company.
    """
    sheet = Sheet(view)
    title = next(headline.candidates(sheet), None) or (row or {}).get("title")
    heading = str(title.value) if title else ""
    listed, warnings = _listed(sheet, heading, files or {})
    if listed and _REVOKED.search(heading):
        raise NotARecord("a list of revoked titles")
    if listed:
        if title is not None and _PROPOSED.search(heading):
            warnings.append(("proposed", heading))
        return _many(listed, warnings)
    if blocks_ := _blocks(sheet):
        return _many(blocks_, [])
    if _NOTICE.search(heading) and not _is_recruiting(heading):
        raise NotARecord("a notice on a company, not its profile")
    if _is_recruiting(heading) and not any(_ABOUT_US.match(text) for text in _lines(sheet)):
        raise NotARecord("a notice on a company, not its profile")
    if _LIST.search(heading) and _REVOKED.search(heading):
        raise NotARecord("a notice on a company, not its profile")
    return _one(sheet, row or {})


def _is_recruiting(heading: str) -> bool:
    """Tell whether a heading looks for staff: such pages often introduce their company."""
    return "招聘" in heading and not _NOTICE.search(heading.replace("招聘", ""))


def _lines(sheet: Sheet) -> Iterator[str]:
    return (sheet.view.text[slice(*line.span)] for line in sheet.lines)


def _blocks(sheet: Sheet) -> list[enterprise_list.Listed]:
    """Return the enterprises of a page that has a block each: a name, and what is said of it below."""
    stated = Statements(sheet, vocabulary("enterprise"))
    found = []
    for name, whole in blocks.read(stated, legal_names.is_whole, HINTS["enterprise"]):
        inner = stated.part(whole)
        said = sheet.view.text[slice(*name)]
        one = enterprise_list.Listed({"legal_name": [Reading(said, said, Origin.BODY, (name,))]})
        pairs.supplement(inner, HINTS["enterprise"])
        _facts(one.fields, inner.sheet, inner, {said}, one.warnings)
        if len(one.fields) > 1:
            found.append(one)
    return found if len(found) > 1 else []


def _listed(
    sheet: Sheet, heading: str, files: Mapping[str, View]
) -> tuple[list[enterprise_list.Listed], list[tuple[str, str]]]:
    """Return what the page and its files list: tables, then lines; of the files those that the page does not name."""
    is_list = bool(_LIST.search(heading))
    listed, warnings = enterprise_list.of_tables(sheet.view)
    listed = [one for one in listed if not sheet.is_out(one.fields["legal_name"][0].spans[0][0])]
    if len(listed) < 2 and not is_list:
        listed = []
    if not listed:
        lines = [line.span for line in sheet.lines if not (line.linked and not is_list)]
        found = enterprise_lines.of_lines(sheet.view, lines)
        listed = found if len(found) >= (2 if is_list else 4) else []
    for file in files.values():
        seen = {one.fields["legal_name"][0].value for one in listed}
        found, said = enterprise_list.of_tables(file)
        if not found and (is_list or listed):
            found = enterprise_lines.of_lines(file, file.lines)
        new = [one for one in found if one.fields["legal_name"][0].value not in seen]
        listed += new
        warnings += [one for one in said if one not in warnings]
    return listed, warnings


def _many(listed: list[enterprise_list.Listed], warnings: list[tuple[str, str]]) -> list[Extraction]:
    found = []
    counts: dict[str, int] = {}
    for one in listed:
        key = "".join(str(one.fields["legal_name"][0].value).split())
        counts[key] = counts.get(key, 0) + 1
        extraction = Extraction("enterprise", one.fields)
        extraction.item = key if counts[key] == 1 else f"{key}|{counts[key]}"
        extraction.warnings = [*warnings, *one.warnings]
        found.append(extraction)
    return found


def _one(sheet: Sheet, row: Mapping[str, Reading]) -> Extraction:
    stated = Statements(sheet, vocabulary("enterprise"))
    pairs.supplement(stated, HINTS["enterprise"])
    named = enterprise_name.name(sheet, stated, row)
    if named is None:
        raise NotARecord("no company is named in the labels, the title or the text")
    own, is_legal = named
    fields: dict[str, list[Reading]] = {"legal_name": [own]}
    warnings: list[tuple[str, str]] = [] if is_legal else [("short_name", str(own.value))]
    if shorts := enterprise_name.short_names(sheet, stated, own):
        fields["short_names"] = shorts
    elif not is_legal:
        fields["short_names"] = [own]
    known = {str(own.value), *(str(one.value) for one in shorts)}
    _facts(fields, sheet, stated, known, warnings)
    if not _PROPERTIES & set(fields) and "website" not in fields:
        raise NotARecord("nothing is said of the company that is named")
    _elsewhere(fields, sheet, str(own.value))
    extraction = Extraction("enterprise", fields)
    extraction.warnings = [*warnings, *(("unknown_label", label) for label in stated.unknown)]
    return extraction


def _facts(
    fields: dict[str, list[Reading]],
    sheet: Sheet,
    stated: Statements,
    known: set[str],
    warnings: list[tuple[str, str]],
) -> None:
    """Add what labels say, then what sentences do, then the revenue."""
    _labelled(fields, sheet, stated, warnings)
    _told(fields, sheet, known)
    published = headline.published(sheet)
    if sums := revenue.read(sheet.view, stated, sheet.prose, published.year if published else None):
        fields["revenue"] = sums


def _labelled(
    fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements, warnings: list[tuple[str, str]]
) -> None:
    """Add what stands under labels."""
    text = sheet.view.text
    parsers: dict[str, Callable[[str], tuple[object, int, int] | None]] = {
        "founded": facts.day,
        "credit_code": facts.code,
        "layer": lambda said: facts.layer(said, label=True),
        "is_platform": lambda said: facts.is_platform(said, label=True),
    }
    for prop, parse in parsers.items():
        for one in stated.of(prop):
            said = text[slice(*one.first)]
            if prop not in fields and (found := parse(said)):
                value, start, end = found
                at = one.first[0] + start, one.first[0] + end
                fields[prop] = [Reading(value, text[slice(*at)], Origin.TABLE, (at,))]
            elif prop == "credit_code" and prop not in fields and said:
                warnings.append(("bad_credit_code", said))
    for prop in ("english_name", "industry"):
        for one in stated.of(prop)[:1]:
            raw = text[slice(*one.first)].strip(" ；;。")
            at = one.first[0], one.first[0] + len(raw)
            if len(raw) <= 100 and not (prop == "english_name" and not raw.isascii()):
                fields[prop] = [Reading(text[slice(*at)], text[slice(*at)], Origin.TABLE, (at,))]
    for one in stated.of("website"):
        if "website" not in fields and (site := facts.website(text[slice(*one.first)], label=True)):
            at = one.first[0] + site[0], one.first[0] + site[1]
            fields["website"] = [Reading(text[slice(*at)], text[slice(*at)], Origin.TABLE, (at,))]
    _places(fields, sheet, stated)


def _places(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements) -> None:
    text = sheet.view.text
    context = ""
    for prop in ("province", "city", "county", "place", "registered"):
        for one in stated.of(prop)[:1]:
            said = text[slice(*one.first)]
            place = places.at_start(context + said) if prop != "registered" else None
            place = place or places.at_start(said)
            if place is None or (prop == "registered" and "province" in fields and not context):
                continue
            if "province" in fields and fields["province"][0].value != place.code.province.name:
                continue
            if prop in ("province", "city", "county"):
                context += said
            for name, found in facts.located(place.code, said, Origin.TABLE, one.first).items():
                fields.setdefault(name, [found])


def _told(fields: dict[str, list[Reading]], sheet: Sheet, known: set[str]) -> None:
    """Add what sentences say, where no label did."""
    text = sheet.view.text
    seats: list[tuple[int, int, dict[str, Reading]]] = []
    events = [pair.place for pair in pairs.events(sheet)]
    for (base, _), said in facts.sentences(text, [*sheet.prose[:80], *events]):

        def add(prop: str, value: object, start: int, end: int, base: int = base) -> None:
            at = base + start, base + end
            fields.setdefault(prop, [Reading(value, text[slice(*at)], Origin.BODY, (at,))])

        if "founded" not in fields and (day := facts.founded(said, known)):
            add("founded", *day)
        if (seat := facts.seat(said, known)) is not None:
            code, start, end, weakness = seat
            at = base + start, base + end
            seats.append((weakness, base, facts.located(code, text[slice(*at)], Origin.BODY, at)))
        if "credit_code" not in fields and "信用代码" in said and (found := facts.code(said)):
            add("credit_code", *found)
        if "layer" not in fields and (layer := facts.layer(said)) and not re.search("三个层|分为|包括", said):
            add("layer", *layer)
        if "is_platform" not in fields and (platform := facts.is_platform(said)):
            add("is_platform", *platform)
        for prop, finder in (("industry", facts.industry), ("english_name", facts.english_name), ("website", _site)):
            if prop not in fields and (place := finder(said)):
                add(prop, said[slice(*place)], *place)
    if seats and "province" not in fields:
        for prop, reading in min(seats, key=lambda one: one[:2])[2].items():
            fields.setdefault(prop, [reading])


def _elsewhere(fields: dict[str, list[Reading]], sheet: Sheet, legal: str) -> None:
    """Add what no sentence says of the company: an address of the web in any line, the one city of the text."""
    text = sheet.view.text
    for line in sheet.lines if "website" not in fields else ():
        if "website" not in fields and (site := _site(text[slice(*line.span)])) is not None:
            at = line.span[0] + site[0], line.span[0] + site[1]
            fields["website"] = [Reading(text[slice(*at)], text[slice(*at)], Origin.BODY, (at,))]
    # The site of the company itself prints its address at its foot.
    own = {legal, *(str(one.value) for one in fields.get("short_names", ()))}
    if "website" not in fields and any(name in text[slice(*sheet.view.title)] for name in own):
        for start, end in sheet.view.lines[-8:]:
            if "website" not in fields and (site := _site(text[start:end])) is not None:
                at = start + site[0], start + site[1]
                fields["website"] = [Reading(text[slice(*at)], text[slice(*at)], Origin.BODY, (at,))]
    if "city" in fields or "province" in fields:
        return
    seen: dict[str, tuple[places.Place, int]] = {}
    for start, end in sheet.prose[:40]:
        for match in _CITY.finditer(text, start, end):
            place = places.at_start(match["where"])
            if place is not None and not _ABROAD.search(text, max(start, match.start() - 6), match.end() + 6):
                code = place.code.prefecture or place.code
                seen.setdefault(code.value, (place, match.start("where")))
    at_name = places.at_start(legal)
    fitting = [
        one
        for one in seen.values()
        if at_name is None or at_name.code.contains(one[0].code) or at_name.code == one[0].code
    ]
    if not seen and at_name is not None and not at_name.start and at_name.code.level != "province":
        # The law has a company's name begin with where it is registered.
        start, end = text.find(legal), at_name.end
        if start >= 0:
            at = start, start + end
            for prop, reading in facts.located(at_name.code, text[slice(*at)], Origin.BODY, at).items():
                fields.setdefault(prop, [reading])
        return
    if len(fitting) == 1 and (at_name is not None or len(seen) == 1):
        place, start = fitting[0]
        at = start + place.start, start + place.end
        for prop, reading in facts.located(place.code, text[slice(*at)], Origin.BODY, at).items():
            fields.setdefault(prop, [reading])


def _site(said: str) -> Span | None:
    return facts.website(said) if re.search("官网|网址|网站|访问|登录|登陆", said) else None
