"""Policies as compilations and catalogues list them, with number, agency and day: one extraction per row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from crawlers.fields import headings, issuers, listed, policy_type, renamed, validity
from crawlers.fields.labels import labels
from crawlers.fields.pairs import Hint
from crawlers.fields.registers import Entry
from crawlers.view import View
from schema.evidence import Extraction, Reading
from schema.types.document_number import DocumentNumber
from schema.types.partial_date import PartialDate
from schema.types.region_code import RegionCode

_TITLE = re.compile(
    r"(?:通知|意见|办法|规定|规划|方案|条例|决定|公告|通告|批复|行动计划|计划|纲要|细则|措施|规则|指引|指南|决议|政策|要点|法|若干条|条)[》”]?\s*(?:[（(][^（）()]{1,30}[)）])?[》”]?$"
)
_REMARK = re.compile(
    r"\s*[（(](?!\d{4}\s?年?\s?[-—–~至到]+\s?\d{4}\s?年?[)）])(?:[^（）()]*(?:号|\d{4}年[^（）()]*|有效|修订))[)）]\s*$"
)
_CATALOGUE = re.compile(r"(?:政策|文件|法规|规章)(?:措施|制度)?(?:清单|目录|汇编|选编|一览表?|汇总表?|清理结果)")
_DATES = ("written_date", "published_date", "effective_date", "expiry_date")
_FLAG = re.compile(
    "已(?:被)?(?:废止|失效|停止执行)|现行有效|继续有效|仍然有效|(?:^|[，,；;（(])(?:有效|失效|废止)(?:$|[，,；;）)])"
)
_DAYS = (
    ("effective_date", re.compile(r"施行|生效|实施|执行|起效|Effective", re.IGNORECASE)),
    ("expiry_date", re.compile(r"失效|废止|有效期|截止|届满|Expir", re.IGNORECASE)),
    ("published_date", re.compile(r"发布|公开|公布|上网|刊登|收录|上线|Publi", re.IGNORECASE)),
)
_GONE = re.compile(r"废止|失效|作废|修改|清理|宣布")


def _is_day(text: str) -> bool:
    return len(text) <= LONGEST_DAY and PartialDate.parse(text) is not None


def _are_organs(text: str) -> bool:
    return len(text) <= LONGEST_ORGANS and all(
        issuers.is_organ(part) for part in re.split(r"[、，,；;\s]+", text) if part
    )


LONGEST_DAY, LONGEST_ORGANS = 16, 80
HINTS = {
    "issuers": Hint(re.compile("发|机关|单位|部门|机构|出台|制定|署名"), _are_organs, re.compile("日期|时间|文号")),
    "effective_date": Hint(re.compile("施行|生效|实施|执行|起效"), _is_day),
    "expiry_date": Hint(re.compile("失效|废止|到期|截止"), _is_day),
    "published_date": Hint(re.compile("发布|公布|公开|上网"), _is_day),
    "written_date": Hint(re.compile("签|成文|印发|落款|制发|日期|时间|哪天|何时"), _is_day),
    "validity": Hint(
        re.compile("效|状态|管用|是否"),
        lambda text: any(word in text for words in labels().validity.values() for word in words),
    ),
}


def read(view: View, files: Mapping[str, View] | None) -> list[Extraction]:
    """Return the policies that a page and its files list with number or agency, two and more, with item keys."""
    register = renamed.read("policy", view, files, is_title, ("issuers",), hints=HINTS)
    rows = [row for entry in register.entries if (row := _read(entry)) is not None]
    if len(rows) < 2 or len(rows) * 2 < len(register.entries):
        return []
    if any(_GONE.search(title.raw) for title in register.titles[:2]) and not all(map(_is_in_force, rows)):
        return []
    return listed.with_titles(rows, ("doc_number", "published_date"))


def _is_in_force(row: Extraction) -> bool:
    """Tell whether a row says that its document stays in force, as what a review of documents keeps."""
    return "validity" in row.fields and row.fields["validity"][0].value == "in_force"


def is_catalogue(title: str) -> bool:
    """Tell whether a title is that of a list of documents: 关于公布惠企政策清单的公告."""
    return bool(_CATALOGUE.search(title))


def is_title(text: str) -> bool:
    """Tell whether a text is the title of a document."""
    said = text.strip()
    return 8 <= len(said) <= 120 and bool(_TITLE.search(said)) and "。" not in said


def _read(entry: Entry) -> Extraction | None:
    cells = entry.cells
    name = cells.get("name")
    if name is None or not is_title(str(name.value)):
        return None
    one = Extraction("policy", {"title": [_bare(name)]})
    beside = [*entry.details, *entry.under]
    for said in [*([cells["doc_number"]] if "doc_number" in cells else []), *beside, name]:
        found = DocumentNumber.find(said.raw)
        if found and "doc_number" not in one.fields:
            number, low, high = found[0]
            one.fields["doc_number"] = [headings.part(said, (low, high), str(number))]
    if "issuers" in cells:
        signed = _without_day(cells["issuers"])
        # Agencies in lines of their own are several: the line breaks of the cell count.
        one.fields["issuers"] = issuers.parts(replace(signed, value=signed.raw))
    elif signers := next((by for said in beside if (by := _signers(said))), None):
        one.fields["issuers"] = signers
    elif by := issuers.in_title(one.fields["title"][0]):
        one.fields["issuers"] = by
    one.fields |= listed.fields_of({prop: listed.date(cells.get(prop)) for prop in _DATES})
    for said in beside:
        for prop, day in _days(said):
            if prop not in one.fields:
                one.fields[prop] = [day]
    one.fields["policy_type"] = [policy_type.read(one.fields["title"][0])]
    flags = (cells.get("validity"), cells.get("status"), *(said for said in beside if _FLAG.search(said.raw)))
    if state := next((state for flag in flags if flag is not None and (state := validity.state(flag))), None):
        one.fields["validity"] = [state]
    if not {"doc_number"} & set(one.fields) and not ({"issuers"} & set(cells) and set(_DATES) & set(one.fields)):
        return None
    if one.fields.get("issuers") and (place := RegionCode.find_prefix(str(one.fields["issuers"][0].value))) is not None:
        one.fields["region"] = [replace(one.fields["issuers"][0], value=place[0].value)]
    return one


def _days(said: Reading) -> Iterator[tuple[str, Reading]]:
    """Yield the days that a line beside a title prints, each by the words before and behind it."""
    for date, start, end in PartialDate.find(said.raw):
        # What is said of a day stands in its own clause: 9月3日印发，已废止.
        before = re.split("[，,；;）)]", said.raw[max(0, start - 10) : start])[-1]
        behind = re.split("[，,；;）)\\s]", said.raw[end : end + 8])[0]
        if not date.day or re.search("[《》]", said.raw[end:]):
            continue
        prop = next((prop for prop, words in _DAYS if words.search(f"{before}|{behind}")), "written_date")
        yield prop, headings.part(said, (start, end), str(date))


def _without_day(said: Reading) -> Reading:
    """Return the agencies of a signature without its day: 某某厅，2023年5月25日."""
    dates = PartialDate.find(said.raw)
    if not dates:
        return said
    rest = said.raw[: dates[0][1]].rstrip(" \u3000，,、；;（(|｜")
    return headings.part(said, (0, len(rest)), rest) if rest else said


def _signers(said: Reading) -> list[Reading]:
    """Return the agencies that a line consists of, day and number aside; none of other lines."""
    plain = _without_day(said)
    found = issuers.parts(plain) if plain is not said else []
    return found if found and all(issuers.is_organ(str(one.value)) for one in found) else []


def _bare(name: Reading) -> Reading:
    """Return a title without the number in brackets behind it, and without the marks around all of it."""
    raw = name.raw.rstrip()
    start, end = 0, len(raw)
    while (remark := _REMARK.search(raw, 0, end)) is not None:
        end = remark.start()
    inner = raw[:end].strip()
    if inner.startswith("《") and inner.endswith("》") and _is_one(inner):
        start, end = raw.index("《") + 1, raw.rindex("》", 0, end)
    said = raw[start:end].strip()
    return headings.part(name, (raw.index(said, start), raw.index(said, start) + len(said)), said)


def _is_one(said: str) -> bool:
    """Tell whether the mark that opens a text closes at its end (《关于印发《甲》的通知》)."""
    depth = 0
    for index, char in enumerate(said):
        depth += (char == "《") - (char == "》")
        if not depth:
            return index == len(said) - 1
    return False
