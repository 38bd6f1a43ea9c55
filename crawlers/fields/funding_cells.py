"""Rounds in cells without known labels: what a cell holds tells what it is (a round, a sum, a day, investors).

The cells are those of a table's row, of a line of parted words, of a box among its like, of labels with values, or
of an object of JSON. A layout counts where several rows of it hold a round, or one holds a sum and a day beside it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crawlers.fields import funding_amount, funding_round, investors
from crawlers.fields.sheet import Sheet
from crawlers.grids import grids
from crawlers.view import Element, View
from schema.evidence import Span
from schema.types.partial_date import PartialDate

FEWEST = 3  # rows that make a list
MOST_CELLS = 14
LONGEST = 400  # characters of a box
_MARK = re.compile(
    r"^[\s\u3000]*(?:[（(]?\d{1,3}\s?[)）.．、]|(?:NO|TOP)\.?\s?\d{1,3}|[①-⑳]|[◆●■▶►▪•·★☆◇○□▲✦※>»\-—]+)?[\s\u3000]*",
    re.IGNORECASE,
)
_SEPARATORS = ("\t", "｜", "|", "丨", "／", "/", "；", ";", "，", ",", "·", "\u3000", " - ", "—", "、", " ")
_NAMELESS = re.compile(r"^(?:[\d\s.:：/年月日-]+|未披露|不详|详情|查看.*|更多|已完成|.*[。！？].*|融资.{0,6})$")
_NOTHING = re.compile(r"^(?:[-—/\s]*|未披露|未公开|不详|无|未知)$")
_ROUND = re.compile(r"轮|战略|天使|种子|IPO|Series")
_DAY = re.compile(r"\d{1,2}\s?月\s?\d{1,2}\s?[日号]")  # the year is the page's
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,8}[省市区]$")
_PAIR = re.compile(r"^(?P<label>[^\s｜|：:丨\t]{1,10})\s?[｜|：:丨\t]\s?(?P<value>\S.{0,120})$")
_POSTED = re.compile(r"收录|更新|发布时间|发布日期|录入|成立|创立|注册|浏览")
_BACKERS = re.compile(r"资方|投资|机构|领投|跟投|出资|股东")


@dataclass(slots=True)
class Row:
    """The cells of a round by property, and those that name its investors."""

    cells: dict[str, Span]
    backers: list[Span] = field(default_factory=list)


def rows(sheet: Sheet) -> list[Row]:
    """Return the rows of a page, their cells by property: of lines, of boxes, else of labels."""
    return _lines(sheet) or _boxes(sheet) or _pairs(sheet)


def kind(said: str) -> str | None:
    """Return what a cell is that holds nothing else: a round, a date or an amount."""
    plain = "".join(said.split())
    if not 1 < len(plain) <= 30:
        return None
    at = funding_round.of_cell(said)
    if at is not None and not re.sub(r"^轮?(?:融资)?$", "", (said[: at[0]] + said[at[1] :]).strip()):
        return "round"
    if _DAY.fullmatch(plain) or (re.search(r"\d", plain) and PartialDate.parse(plain) is not None):
        return "date"
    sums = funding_amount.find(plain)
    return "amount" if len(sums) == 1 and sums[0][2] - sums[0][1] >= len(plain) - 4 else None


def row(text: str, cells: Sequence[Span], labels: Mapping[Span, str] | None = None) -> Row | None:
    """Return cells by property where one is a round, and a sum, a day or a name stand beside it."""
    if not 2 <= len(cells) <= MOST_CELLS:
        return None
    found: dict[str, Span] = {}
    rest: list[Span] = []
    for cell in cells:
        name = kind(text[slice(*cell)])
        label = (labels or {}).get(cell, "")
        if name is None or name in found or _POSTED.search(label):
            rest.append(cell)
        else:
            found[name] = cell
    if "round" not in found:
        return None
    named = None if labels else next((cell for cell in rest if _is_name(text[slice(*cell)])), None)
    if named is not None:
        found["investee"] = named
        rest.remove(named)
    backers = [
        cell
        for cell in rest
        if (_BACKERS.search(labels.get(cell, "")) if labels else _are_investors(text[slice(*cell)]))
    ]
    return Row(found, backers) if len(found) + len(backers) >= 2 else None


def _is_name(said: str) -> bool:
    return 2 <= len(said) <= 30 and "、" not in said and not _NAMELESS.match(said) and kind(said) is None


def _are_investors(said: str) -> bool:
    return investors.is_list(said) and investors.ends_as_one(said.partition("、")[0]) and not _PLACE.match(said)


def _enough(read: Iterable[Row], among: int = 0) -> list[Row]:
    """Return rows that are a list: several with companies, or any with a sum and a day."""
    found = list(read)
    listed = [one for one in found if "investee" in one.cells and {"amount", "date"} & set(one.cells)]
    if len(listed) >= FEWEST and len(listed) * 3 >= among * 2:
        return listed
    return [one for one in found if {"amount", "date"} <= set(one.cells)]


def _lines(sheet: Sheet) -> list[Row]:
    text, best = sheet.view.text, list[Row]()
    spans = [line.span for line in sheet.lines if funding_round.find(text[slice(*line.span)])]
    for separator in _SEPARATORS:
        read = (one for span in spans if (one := row(text, _parted(text, span, separator))) is not None)
        if len(found := _enough(read)) > len(best):
            best = found
    return best


def _parted(text: str, span: Span, separator: str) -> list[Span]:
    found, at = [], span[0]
    if mark := _MARK.match(text[slice(*span)]):
        at += mark.end()
    while at <= span[1]:
        stop = text.find(separator, at, span[1])
        stop = span[1] if stop < 0 else stop
        if said := text[at:stop].strip():
            start = at + text[at:stop].index(said)
            found.append((start, start + len(said)))
        at = stop + len(separator)
    return found


def _boxes(sheet: Sheet) -> list[Row]:
    """Return the rows of the element among whose children most hold a round."""
    text, best = sheet.view.text, list[Row]()
    for parent in sheet.elements:
        if parent.tag in ("table", "tr", "tbody", "thead", "body", "html", "p", "span"):
            continue
        alike = [child for child in parent if isinstance(child.tag, str) and child.tag not in ("p", "br", "a")]
        if len(alike) < max(len(best), 1) or len(alike) > LONGEST or not _ROUND.search(sheet.view.said(parent)):
            continue
        read = (one for child in alike if (one := row(text, _leaves(sheet, child))) is not None)
        found = _enough(read, len(alike))
        if found and len(found) >= len(best):  # of equals the innermost
            best = found
    return best


def _leaves(sheet: Sheet, element: Element) -> list[Span]:
    """Return the places of the innermost texts in an element; of one with words of its own, its lines."""
    span = sheet.view.span(element)
    if span[1] <= span[0] or span[1] - span[0] > LONGEST:
        return []
    inner = [child for child in element if isinstance(child.tag, str) and sheet.view.said(child)]
    own = (element.text or "").strip() or any((child.tail or "").strip(" \t\r\n/｜|·\u3000") for child in inner)
    if not inner or own:
        return sheet.view.lines_of([span])
    return [leaf for child in inner for leaf in _leaves(sheet, child)]


def _pairs(sheet: Sheet) -> list[Row]:
    """Return the rounds under labels that nobody taught; a kind of value that comes again begins one."""
    text = sheet.view.text
    found: list[tuple[list[Span], dict[Span, str]]] = []
    kinds: set[str] = set()
    for line in sheet.lines:
        start = line.span[0] + len((_MARK.match(text[slice(*line.span)]) or [""])[0])
        match = _PAIR.match(text[start : line.span[1]])
        if match is None:
            continue
        cell = start + match.start("value"), start + match.end("value")
        this = kind(match["value"]) or ""
        if not found or (this and this in kinds and not _POSTED.search(match["label"])):
            found.append(([], {}))
            kinds = set()
        kinds |= {this}
        found[-1][0].append(cell)
        found[-1][1][cell] = match["label"]
    read = (row(text, cells[:MOST_CELLS], labels) for cells, labels in found)
    return [one for one in read if one is not None and {"amount", "date"} & set(one.cells)]


def table_rows(view: View) -> Iterator[tuple[int, int, dict[str, Span]]]:
    """Yield the rows of a document's tables by what their columns hold, with the numbers of table and row."""
    for number, grid in enumerate(grids(view)):
        columns = list(zip(*grid.rows, strict=False))
        kinds = [
            _most(kind(cell.text) for cell in column[1:] if cell and not _NOTHING.match(cell.text))
            for column in columns
        ]
        if "round" not in kinds:
            continue
        for at, line in enumerate(grid.rows):
            cells = {name: line[c] for c, name in reversed(list(enumerate(kinds))) if name}
            spans = {name: cell.span for name, cell in cells.items() if cell and kind(cell.text) == name}
            if "round" in spans:
                yield number, at, spans


def _most(kinds: Iterable[str | None]) -> str | None:
    said = list(kinds)
    named = [one for one in said if one]
    best = max(named, key=named.count, default=None)
    return best if best and named.count(best) * 5 >= len(said) * 3 else None
