"""Names in lines of text: 1. 某某研究院（合肥市）; 合肥市：甲院、乙院; 甲院　乙院; 1.甲院；2.乙院."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from crawlers.fields import headings, places
from schema.evidence import Span

LONGEST = 100  # characters of a name; those of documents are long
_SIGN = "\\u2190-\\u2bff\\ufe0f\\u20e3\\U0001f000-\\U0001faff"  # arrows, shapes, signs and emoji before an item
_NUMBER = (
    r"(?:[（(][一二三四五六七八九十]{1,3}[)）][、.．]?|[一二三四五六七八九十]{1,3}、|[（(\[【]\s?\d{1,4}\s?[)）\]】][.．、]?|\d{1,3}\ufe0f?\u20e3"
    r"|\d{1,4}\s{0,2}(?:、|[.．）)](?!\d)|[:：])|(?<!\d)\d{1,4}(?=[\s\u3000\t])|[①-⑳㉑-㉟])"
)
_BEGIN = re.compile(
    rf"^[\s\u3000·•●■◆▲★☆※►▪○◎☉√>»*\-—–{_SIGN}]*(?:{_NUMBER})?[\s\u3000·•●■◆►▪>»{_SIGN}]*(?:(?:NO|TOP)\.?\s?\d{{1,4}}[\s.、:：]{{0,3}})?",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    rf"(?:(?<=^)|(?<=[\s\u3000；;，,。、]))(?:{_NUMBER}|[（(][一二三四五六七八九十]{{1,3}}[)）])\s{{0,2}}(?=[\u4e00-\u9fffA-Za-z“])"
)
_REMARK = re.compile(r"\s{0,2}[（(\[【]\s?([^（()）\[\]【】]{1,60})\s?[)）\]】]$")
_TAIL = re.compile(
    r"(?:等|共|\d+|[一二两三四五六七八九十]+)\s{0,2}(?:\d+|[一二三四五六七八九十]+)?\s{0,2}[家所个项].*$|等[\u4e00-\u9fff]{0,12}$|(?:获批|入选|成功|上榜|在列|榜上有名|通过|位列|为[省市]|被|新增|获得).*$"
)
_LEAD = re.compile(
    r"(?:包括|分别[为是]|认定|同意|批准|其中|确定|备案|即|有|授予|命名|名单为|为|是|将|公布|入选|组建|新建|建设|设立|新增|支持|获悉|显示|(?:我|全)[省市区县州](?:的)?|推荐的|申报的|培育的)(?=[\u4e00-\u9fff])"
)
_PAIR_OF = re.compile(
    r"[和与及].{4,40}?(?:等)?\s?(?:[两二2]|双)\s?[家个所]|[和与及].{4,40}?(?:双双|均|同时|一起)(?:入选|上榜|获批|在列|获评)"
)
_GROUP = re.compile(
    r"的?(?:单位|机构|企业|高校|院校|学校|大学|专业的?|项目)?(?:有|为|是|包括|包含)(?=[\u4e00-\u9fff]{4})"
)
_SHARED = re.compile(r"专业|^(?:人工智能|智能科学)")  # what the names behind a colon share, like a region
_ADDED = re.compile(
    r"(?:(?:于|在|自)?\s?(?:19|20)\d\d\s?年度?(?:起|，)?)?(?:成功|首次|正式|拟)?(?:新增|增设|新设|开设|设立|设有|获批|获准开设|备案)"
    r"(?=[^。，]{0,24}(?:专业|[工理管]学))"
)
_OPEN, _CLOSE = "（([【《“", "）)]】》”"
_EDGE = " \t\u3000。；;，,、.:："
IsName = Callable[[str], bool]


@dataclass(slots=True)
class Item:
    """A name in a line, what stands in brackets behind it, what follows, and the words before the names' colon."""

    name: Span
    remark: Span | None = None
    details: list[Span] = field(default_factory=list)
    lead: Span | None = None


def read(text: str, line: Span, is_name: IsName) -> list[Item]:
    """Return the names that a line lists; none where it is a sentence, a heading or anything else."""
    start, end = line
    marks = [start + match.start() for match in _RUN_IN.finditer(text[start:end])]
    if len(marks) >= 2 and not text[start : marks[0]].strip(_EDGE + "：:"):
        pieces = list(zip(marks, [*marks[1:], end], strict=True))
        found = [item for piece in pieces for item in _one(text, piece, is_name)]
        return found if len(found) * 5 >= len(pieces) * 4 else []
    return _one(text, line, is_name)


def in_sentence(text: str, span: Span, is_name: IsName) -> list[Item]:
    """Return the names that running text lists (认定甲院、乙院和丙院等3家机构): two and more, one beside the other."""
    found: list[Item] = []
    for clause in re.finditer(r"[^，。；：:;！？\n]+", text[slice(*span)]):
        start, end = span[0] + clause.start(), span[0] + clause.end()
        parts = list(_parts(text, start, end, "、"))
        # 新增甲专业的有丙大学、丁大学；新增乙专业的有戊大学: a further group may be of one.
        further = bool(found) and "；" in text[found[-1].name[1] : start] and bool(_GROUP.search(text[start:end]))
        if len(parts) < 2 and not further and not (parts and _PAIR_OF.search(text[slice(*parts[0])])):
            continue
        last = parts.pop()
        if not parts:
            first_name = re.split("[和与及]", text[slice(*last)])[0]
            leads = [match.end() for match in _LEAD.finditer(first_name + "院")]
            last = (last[0] + max(leads, default=0), last[1])  # 我市的甲院和乙院两家机构
        for match in [*re.finditer(r"[和及与]|以及", text[slice(*last)])]:
            left, right = (last[0], last[0] + match.start()), (last[0] + match.end(), last[1])
            if is_name(text[slice(*left)]) and is_name(_TAIL.sub("", text[slice(*right)])):
                parts.append(left)
                last = right
                break
        cut = _TAIL.search(text[slice(*last)])
        parts.append((last[0], last[0] + cut.start()) if cut else last)
        first = parts[0]
        cuts = [0, *[match.end() for match in _LEAD.finditer(text[slice(*first)])]]
        rests = [(first[0] + cut, first[1]) for cut in cuts if not _LEAD.match(text, first[0] + cut)]
        parts[0] = next((rest for rest in rests if is_name(text[slice(*rest)])), first)
        named = [item for part in parts if (item := _named(text, part, is_name)) is not None]
        if (len(named) >= 2 or further) and len(named) == len(parts):
            found += named
    return found


def _one(text: str, span: Span, is_name: IsName) -> list[Item]:
    start, end = _trim(text, *span)
    if begin := _BEGIN.match(text[start:end]):
        start += begin.end()
    if end - start < 2 or "。" in text[start:end]:
        return []
    lead: Span | None = None
    colon = re.match(r"[^：:，。（(]{1,30}(?:[（(][^（）()]{1,8}[)）])?[：:](?=.)", text[start:end])
    if colon and not is_name(text[start : start + colon.end() - 1].strip()):
        lead = (start, start + colon.end() - 1)
        if headings.section_region(text[slice(*lead)]) is None and not _SHARED.search(text[slice(*lead)]):
            return []  # a label with its value
        start += colon.end()
    return _behind(text, start, end, lead, is_name)


def _behind(text: str, start: int, end: int, lead: Span | None, is_name: IsName) -> list[Item]:
    """Return the names of a line behind its number and lead: several, or one with what is said of it."""
    said = set(text[start:end])
    for marks in ("\t", "；;", "、", "，,", "\u3000", " "):
        parts = list(_parts(text, start, end, marks)) if said & set(marks) else []
        named = [_named(text, part, is_name) for part in parts] if len(parts) > 1 else []
        if named and all(named):
            return [Item(one.name, one.remark, one.details, lead) for one in named if one is not None]
    whole = _named(text, (start, end), is_name)
    if whole is not None:
        whole.lead = lead
        return [whole]
    for marks in ("\t", "|｜", "；;", "，,", "：:", "\u3000", " ", "—–", "、"):
        parts = list(_parts(text, start, end, marks)) if said & set(marks) else []
        if len(parts) > 1 and (first := _named(text, parts[0], is_name)) is not None:
            first.details, first.lead = parts[1:], lead
            return [first]
    granted = _ADDED.search(text, start, end)
    if granted and (first := _named(text, (start, granted.start()), is_name)) is not None:
        first.details, first.lead = [(granted.end(), end)], lead
        return [first]
    return []


def _named(text: str, span: Span, is_name: IsName) -> Item | None:
    """Return the name that a whole piece is, with the remark in brackets behind it."""
    start, end = _trim(text, *span)
    if begin := _BEGIN.match(text[start:end]):
        start += begin.end()
    said = text[start:end]
    if len(said) > LONGEST + 60:
        return None
    if (remark := _REMARK.search(said)) and is_name(said[: remark.start()].strip()):
        name = _trim(text, start, start + remark.start())
        return Item(name, (start + remark.start(1), start + remark.end(1)))
    return Item((start, end)) if len(said) <= LONGEST and is_name(said) else None


def _parts(text: str, start: int, end: int, marks: str) -> Iterator[Span]:
    depth, at = 0, start
    for index in range(start, end):
        char = text[index]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in marks and not depth:
            if text[at:index].strip():
                yield _trim(text, at, index)
            at = index + 1
    if text[at:end].strip():
        yield _trim(text, at, end)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t\u3000":
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def is_place(text: str) -> bool:
    """Tell whether a text is a region and nothing else (合肥, 安徽省合肥市)."""
    found = places.at_start(text.strip())
    return found is not None and not text.strip()[found.end :].strip()


def is_full_place(text: str) -> bool:
    """Tell whether a text is a region with its 省, 市 or 区 printed."""
    return is_place(text) and bool(re.search(r"[省市区县州盟旗]$", text.strip()))
