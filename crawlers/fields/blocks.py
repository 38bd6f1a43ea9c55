"""Pages of many records, each a block: a line that is its name, and under it what is said of it, in any layout.

Cards, rows of a table under a row that names them, small tables one below the other, chapters of a digest: all have in
common that names stand alone and that what follows each says the same things again.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from crawlers.fields import pairs, places
from crawlers.fields.pair import Pair
from crawlers.fields.pairs import Hint
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Span

Block = tuple[Span, Span]  # where the name stands, and all that belongs to it
FEWEST = 2
_MARKING = ("b", "strong", "em", "a", "font", "span")
LEAST_TOLD = 3  # paragraphs with a name each that make a page of many
MOST_LEAD = 48  # characters of a paragraph in which it says of whom it tells
LONGEST = 60  # characters of a line that is a name
_BACK = re.compile("[该本此][所院室中机单]")  # 与该所共建的联合实验室 goes on about the one before
# What stands before a name that begins a line: a number, marks, 样本一　.
LEAD = (
    r"[\s\u3000]*(?:(?:No|NO|TOP)\.?\s?\d{1,3}|[（(【\[]?\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?[)）】\]]?\s?[.．、:：|｜\s\u3000]|\d{2,4}(?=[\u4e00-\u9fff])"
    r"|[（(【\[]\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?[)）】\]]|[①-⑳]|[\W_]{1,3}"
    # 样本一　, 第3站：, 案例2 |, 之五：
    r"|[\u4e00-\u9fff]{0,4}(?:之|第)?\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?[\u4e00-\u9fff]{0,2}[\s\u3000:：|｜丨·.．、—-]+)*[\s\u3000]*"
)
_LEAD = re.compile(f"^{LEAD}")
# A paragraph under a name that says when, where, by whom or for what it was founded.
_TOLD = re.compile(
    r"成立|创建|组建|创办|创立|设立|始建|位于|坐落|地处|总部|隶属|主管|下属|直属|由[^，。]{4,30}(?:建设|运营|举办|发起)|主攻|聚焦|专注|研究方向|主营|从事|旗下|举办|诞生|建立|归.{2,20}管|婆家|研究"
)
_PLACE = re.compile(r"(?P<where>[\u4e00-\u9fff]{2,8})\s?[:：·|｜丨—]{1,2}\s?")
_TAIL = re.compile(r"[\s\u3000】\]」』》:：。；;]+$")


def read(stated: Statements, is_name: Callable[[str], bool], hints: Mapping[str, Hint]) -> list[Block]:
    """Return the blocks of a page, in its order; none where names do not come with what is said of each."""
    text = stated.text
    lines = list(_alone(stated, is_name))
    if len(lines) < FEWEST:
        return []
    beside = pairs.read(stated.sheet)
    found = _names(stated, lines, beside)
    if len(found) < FEWEST:
        return []
    ends = [start for start, _ in found[1:]] + [stated.sheet.view.body[1]]
    blocks = [(name, (name[0], end)) for name, end in zip(found, ends, strict=True)]
    known = [(one.place[0], one.label.property) for one in stated.all if one.label.property not in ("", "name")]
    for pair in beside:
        for prop, hint in hints.items():
            if hint.label.search(pair.label) and hint.sound(text[slice(*pair.value)]):
                known.append((pair.value[0], prop))
    known += [(span[0], "told") for span in stated.sheet.prose if _TOLD.search(text[slice(*span)])]
    told = [{prop for at, prop in known if name[1] <= at < end} for name, (_, end) in blocks]
    again = Counter(prop for props in told for prop in props)
    kept = [block for block, props in zip(blocks, told, strict=True) if any(again[prop] > 1 for prop in props)]
    return kept if len(kept) >= FEWEST and len(kept) * 2 > len(blocks) else []


def told(sheet: Sheet, is_name: Callable[[str], bool], named: Callable[[Span], Span | None]) -> list[Block]:
    """Return the paragraphs of a page that tell of another one each, with the lines under them, in its order.

    `named` returns the name in the beginning of a paragraph, where no element of its own holds it. Most paragraphs
    must name one, and no two the same.
    """
    lines = [line.span for line in sheet.lines if not line.linked and line.span in set(sheet.prose)]
    starts: list[tuple[Span, Span]] = []
    inner = (sheet.view.span(element) for element in sheet.elements if element.tag in _MARKING)
    own = {at[0]: at for at in inner if at[1] - at[0] <= LONGEST and is_name(sheet.view.text[slice(*at)])}
    for span in lines:
        lead = _LEAD.match(sheet.view.text[slice(*span)])
        begin = span[0] + (lead.end() if lead else 0)
        end = min(span[1], begin + MOST_LEAD)
        place = own.get(next((at for at in sorted(own) if begin <= at < end), -1)) or named((begin, end))
        if place is not None and not _BACK.search(sheet.view.text[begin : place[1]]):
            starts.append((place, span))
    said = {sheet.view.text[slice(*place)] for place, _ in starts}
    view = sheet.view
    heads = "\n".join(view.text[slice(*span)] for span in (view.title, *sheet.heads[:2]))
    if any(name in heads for name in said):
        return []  # the page is about the one that its heading names
    if len(said) < LEAST_TOLD or len(said) < len(starts) or len(starts) * 2 < len(lines):
        return []
    ends = [span[0] for _, span in starts[1:]] + [starts[-1][1][1]]
    return [(place, (span[0], end)) for (place, span), end in zip(starts, ends, strict=True)]


def _alone(stated: Statements, is_name: Callable[[str], bool]) -> Iterator[tuple[Span, int]]:
    """Yield the lines that are nothing but a name, with number and marks around it, and where each line begins."""
    text = stated.text
    for line in stated.sheet.lines:
        start, end = line.span
        first = text.find("\t", start, end)
        start, end = _bare(text, start, end if first < 0 else first)
        if 4 <= end - start <= LONGEST and is_name(text[start:end]):
            yield (start, end), line.span[0]


def _names(stated: Statements, lines: Sequence[tuple[Span, int]], beside: Sequence[Pair]) -> list[Span]:
    """Return the names of lines, each once, that are no value of a label."""
    text = stated.text
    values = {one.first[0] for one in stated.all if one.label.property not in ("", "name")}
    values |= {one.value[0] for one in beside}
    seen: dict[str, Span] = {}
    for (start, end), line in lines:
        own = start not in values or place_before(text, (start, end)) is not None  # 太原：某某研究院
        if own and line not in values:
            seen.setdefault(text[start:end], (start, end))
    return list(seen.values())


def place_before(text: str, name: Span) -> Span | None:
    """Return the region that a line prints before its name: 太原：某某研究院."""
    start = text.rfind("\n", 0, name[0]) + 1
    match = _PLACE.search(text[start : name[0]])
    if match is None or places.at_start(match["where"]) is None:
        return None
    return start + match.start("where"), start + match.end("where")


def _bare(text: str, start: int, end: int) -> Span:
    lead = _LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    where = _PLACE.match(text[start:end])
    if where and places.at_start(where["where"]) is not None:
        start += where.end()
    tail = _TAIL.search(text[start:end])
    return start, start + tail.start() if tail else end
