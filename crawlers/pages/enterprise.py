"""A page on enterprises: a list of recognised ones (in tables, lines or files), or the profile of one."""

import re
from collections.abc import Iterator, Mapping

from crawlers.fields import (
    blocks,
    enterprise_lines,
    enterprise_list,
    enterprise_name,
    enterprise_profile,
    headline,
    legal_names,
    pairs,
)
from crawlers.fields.further_hints import HINTS
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.fields.vocabulary import vocabulary
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading

VERSION = 8  # raise it whenever the same page gives other values; then `samplebase reparse`
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
    if len(listed) > 1 and not files and all(len(one.fields) == 1 for one in listed):
        # Names alone in lines: what is said of each may stand in sentences below it.
        listed = _blocks(Statements(sheet, vocabulary("enterprise"))) or listed
    if listed:
        if title is not None and _PROPOSED.search(heading):
            warnings.append(("proposed", heading))
        return _many(listed, warnings)
    stated = Statements(sheet, vocabulary("enterprise"))
    if blocks_ := _blocks(stated):
        return _many(blocks_, [])
    if _NOTICE.search(heading) and not _is_recruiting(heading):
        raise NotARecord("a notice on a company, not its profile")
    if _is_recruiting(heading) and not any(_ABOUT_US.match(text) for text in _lines(sheet)):
        raise NotARecord("a notice on a company, not its profile")
    if _LIST.search(heading) and _REVOKED.search(heading):
        raise NotARecord("a notice on a company, not its profile")
    return _one(stated, row or {})


def _is_recruiting(heading: str) -> bool:
    """Tell whether a heading looks for staff: such pages often introduce their company."""
    return "招聘" in heading and not _NOTICE.search(heading.replace("招聘", ""))


def _lines(sheet: Sheet) -> Iterator[str]:
    return (sheet.view.text[slice(*line.span)] for line in sheet.lines)


def _blocks(stated: Statements) -> list[enterprise_list.Listed]:
    """Return the enterprises of a page that has a block each: a name, and what is said of it below."""
    found = []
    for name, whole in blocks.read(stated, legal_names.is_whole, HINTS["enterprise"]):
        inner = stated.part(whole)
        said = stated.text[slice(*name)]
        one = enterprise_list.Listed({"legal_name": [Reading(said, said, Origin.BODY, (name,))]})
        pairs.supplement(inner, HINTS["enterprise"])
        enterprise_profile.read(one.fields, inner.sheet, inner, {said}, one.warnings)
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


def _one(stated: Statements, row: Mapping[str, Reading]) -> Extraction:
    sheet = stated.sheet
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
    enterprise_profile.read(fields, sheet, stated, known, warnings)
    if not _PROPERTIES & set(fields) and "website" not in fields:
        raise NotARecord("nothing is said of the company that is named")
    enterprise_profile.elsewhere(fields, sheet, str(own.value))
    extraction = Extraction("enterprise", fields)
    extraction.warnings = [*warnings, *(("unknown_label", label) for label in stated.unknown)]
    return extraction
