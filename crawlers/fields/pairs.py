"""Labels with values by layout alone, whatever the label: for what no list of labels knows.

Pairs stand in the cells of a row, in elements side by side, in a line with one mark between, under short lines of one
look, and in chronicles (2016.07.28　注册成立: there the day is the value and the event its label). What a pair is
about is told by hints in the label together with what the value holds.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from crawlers.fields import figures
from crawlers.fields.labels import Label
from crawlers.fields.pair import DAY, LABEL, Pair, make, squeezed
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Stated, Statements
from schema.evidence import Span

MORE = 12  # lines under one label
LATE = 99  # the rank of a label that nobody taught
_MARK = re.compile(
    r"^[\s\u3000]*(?:[（(]?\d{1,2}\s?[)）.．、](?!\d)|[①-⑳]|[◆●■▶►▪•·★☆◇○□▲✦※>»\-—\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]+)?[\s\u3000]*"
)
_PAIR = re.compile(
    r"(?P<label>[^\s｜|：:丨\t，。；、]{1,6}(?:[ \u3000]?[^\s｜|：:丨\t，。；、]){0,6})"
    r"\s{0,3}(?:[｜|：:丨\t]|——|—)\s{0,3}(?P<value>\S.{0,159})$"
)
_EVENT = re.compile(rf"(?P<day>{DAY})[\s\u3000：:，,—–\-|｜·]{{0,4}}(?P<event>[^\d\s][^。；]{{1,60}})[。；]?$")
_BOX = re.compile(r"^[\s\u3000]*[【〖\[「『《#]\s?(?P<inside>[^】〗\]」』》#]{1,12})\s?[】〗\]」』》#]?[\s\u3000]*$")
_CELLS = re.compile(r"\t|\u3000{1,}| {2,}|[；;]")


_NUMBERED = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十①-⑳])[)）]?$")
_FIGURE = re.compile(r"[约近超]?\d[\d.,]*\s?[+＋]?(?:[A-Za-z㎡²]{1,4}2?|[\u4e00-\u9fff]{1,5})[+＋]?")  # with its unit
_OTHERS = re.compile(
    r"报名|交通(?!运输|大学|委|厅|局)|日程|议程|怎么|如何|费用|联系|注册|嘉宾|门票|咨询|电话|备注|亮点|须知"
)


@dataclass(frozen=True, slots=True)
class Hint:
    """What tells a property: words of the label, words that it must not have, and what the value must be."""

    label: re.Pattern[str]
    sound: Callable[[str], bool]
    unless: re.Pattern[str] | None = None

    def fits(self, label: str) -> bool:
        """Tell whether a label may be one of the property."""
        return bool(self.label.search(label)) and not (self.unless and self.unless.search(label))

    def heads(self, line: str) -> bool:
        """Tell whether a line may begin what is said of the property: it has words of its labels and is no value."""
        return bool(self.label.search(line)) and not self.sound(line)


def fill(sheet: Sheet, hints: Mapping[str, Hint]) -> dict[str, Span]:
    """Return the places of the values by property, of each the first pair that a hint fits."""
    text = sheet.view.text
    found: dict[str, Span] = {}
    for pair in read(sheet):
        for name, hint in hints.items():
            if name in found or not hint.fits(pair.label):
                continue
            if hint.sound(text[slice(*pair.value)]):
                found[name] = pair.value
                break
    return found


def supplement(stated: Statements, hints: Mapping[str, Hint], unless: Mapping[str, str] | None = None) -> None:
    """Add to what a page states under known labels what it states under others, for the properties that lack.

    `unless` names, by property, the one whose known label says the same (when_where for dates).
    """
    text = stated.text
    told = {one.label.property for one in stated.all if one.lines}
    lacking = {name: hint for name, hint in hints.items() if name not in told and (unless or {}).get(name) not in told}
    if not lacking:
        return
    taken = {one.first for one in stated.all if one.label.property}
    found = read(stated.sheet)
    # Where the next label begins, what stands under a known one ends.
    heads = {
        pair.place[0]
        for pair in found
        if pair.headed and (_OTHERS.search(pair.label) or any(hint.heads(pair.label) for hint in hints.values()))
    }
    for one in stated.all:
        if not one.column and one.label.property:
            stop = next((at for at, line in enumerate(one.more) if line[0] in heads and at), len(one.more))
            one.more = one.more[:stop]
    numbered: dict[str, str] = {}
    for pair in found:
        for name, hint in lacking.items():
            if not hint.fits(pair.label):
                continue
            again = numbered.get(name) == _NUMBERED.sub("", pair.label) != pair.label  # 主导产业1, 主导产业2
            if (name not in told or again) and hint.sound(text[slice(*pair.value)]) and pair.value not in taken:
                stated.all.append(Stated(Label(pair.label, name, LATE), pair.place, pair.value, list(pair.more)))
                told.add(name)
                numbered.setdefault(name, _NUMBERED.sub("", pair.label))
                break
    stated.all.sort(key=lambda one: one.place)


def read(sheet: Sheet) -> list[Pair]:
    """Return the pairs of a page, in its order; read once for each content."""
    return sheet.once("pairs", lambda: _read(sheet))


def _read(sheet: Sheet) -> list[Pair]:
    text = sheet.view.text
    lines = [line.span for line in sheet.lines]
    found = list(_rows(sheet))
    edges = sheet.edges
    own = [(span, _of_line(text, span, edges)) for span in lines]
    found += [pair for _, inside in own for pair in inside]
    # A line that holds a label with its value is no label of the next line.
    full = {span for span, inside in own if inside}
    found += [pair for pair in _headed(sheet, lines) if pair.place not in full]
    found += figures.events(sheet)
    found += figures.tiles(sheet)
    return sorted((pair for pair in found if pair is not None), key=lambda pair: pair.value)


def _rows(sheet: Sheet) -> Iterator[Pair]:
    """Yield the pairs of tables' rows and of lists of terms; a value of several lines, or of several cells, is one."""
    text = sheet.view.text
    for element in sheet.elements:
        if element.tag == "tr":
            cells = [sheet.view.span(cell) for cell in element if cell.tag in ("td", "th")]
            beside = [(label, [value]) for label, value in zip(cells[::2], cells[1::2], strict=False)]
        elif element.tag == "dl":
            beside = []
            for child in element.iter("dt", "dd"):
                if child.tag == "dt":
                    beside.append((sheet.view.span(child), []))
                elif beside:
                    beside[-1][1].append(sheet.view.span(child))
        else:
            continue
        for label, values in beside:
            first, *more = sheet.view.lines_of(values) or [label]
            if (pair := make(text, text[slice(*label)], *first)) is not None and first != label:
                yield Pair(pair.label, pair.value, tuple(more[:MORE]), label)


def _of_line(text: str, span: Span, edges: list[int]) -> list[Pair]:
    start, end = span
    if end - start > 240:
        return []
    said = text[start:end]
    begin = start + (mark.end() if (mark := _MARK.match(said)) else 0)
    if event := _EVENT.match(text[begin:end]):
        return [Pair(squeezed(event["event"]), (begin + event.start("day"), begin + event.end("day")))]
    cells = list(_cells(text, begin, end))
    matches = [(low, _PAIR.match(text[low:high])) for low, high in cells]
    if matches and all(match for _, match in matches):
        pairs = [make(text, m["label"], low + m.start("value"), low + m.end("value")) for low, m in matches if m]
        return [pair for pair in pairs if pair is not None]
    if (match := _PAIR.match(text[begin:end])) and (
        pair := make(text, match["label"], begin + match.start("value"), begin + match.end("value"))
    ):
        return [pair]
    inner = [at for at in edges[bisect_left(edges, begin) : bisect_left(edges, end)] if at > begin]
    if inner and not re.search("[，。；]", text[begin : inner[0]]):
        first, second = text[begin : inner[0]], text[inner[0] : end]
        if _FIGURE.fullmatch(first.strip()) and not re.search(r"[\d:：，。]", second):
            pair = make(text, second, begin, inner[0])  # 3.4km² | 规划面积: the figure stands before its name
        else:
            pair = make(text, first, inner[0], end)
        return [pair] if pair is not None else []
    return []


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for match in _CELLS.finditer(text, start, end):
        if text[at : match.start()].strip():
            yield at, match.start()
        at = match.end()
    if text[at:end].strip():
        yield at, end


def _headed(sheet: Sheet, lines: list[Span]) -> Iterator[Pair]:
    """Yield short lines of one look with the line under each: the labels are printed otherwise than the values."""
    text = sheet.view.text
    looks: dict[str, list[int]] = {}
    for number, span in enumerate(lines[:-1]):
        said = text[slice(*span)]
        mark = _MARK.match(said)
        rest = said[mark.end() :] if mark else said
        if (
            len(squeezed(rest)) <= LABEL
            and "\t" not in rest
            and not re.search(r"[，。；！？]|[:：].", rest)
            and re.search("[\u4e00-\u9fff]", rest)
        ):
            kind = _kind(said, mark, rest)
            looks.setdefault(f"{'>'.join(sheet.looks(span))} {kind}", []).append(number)
    for look, numbers in looks.items():
        for at, number in enumerate(numbers):
            stop = min(numbers[at + 1] if at + 1 < len(numbers) else number + 2, number + MORE)
            under = f"{'>'.join(sheet.looks(lines[number + 1]))} "
            if (len(numbers) < 2 and look.endswith(" ")) or under == look:
                continue
            said = text[slice(*lines[number])]
            box = _BOX.match(said)
            if (pair := make(text, box["inside"] if box else said, *lines[number + 1])) is not None:
                yield Pair(pair.label, pair.value, tuple(lines[number + 2 : stop]), lines[number], True)


def _kind(said: str, mark: re.Match[str] | None, rest: str) -> str:
    if _BOX.match(said):
        return "box"
    if mark and mark.group().strip():
        return "mark"
    return "colon" if rest.rstrip().endswith(("：", ":")) else ""
