"""Lists of organisations and the like: the rows of tables with a known head, and numbered lines of text."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawlers.fields import hintedheads, places
from crawlers.fields.listhead import Head, Vocabulary, Words, find_head, is_label_table, plain
from crawlers.fields.pairs import Hint
from crawlers.grids import Cell, Grid, grids
from crawlers.view import View
from schema.evidence import Origin, Reading, Span, quote
from schema.types.region_code import RegionCode

NO_HEAD = "table_without_head"
UNKNOWN_HEAD = "unknown_head"
NOTE_LENGTH = 40  # characters; a longer row of a single cell is a remark on the table

_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "null"})
_SAME = frozenset({"同上", "〃", "″", "同前"})
_TOTAL = re.compile(r"(?:合|总|小|共)计|总数|合计数")
_NOTE = re.compile(r"(?:备?注|说明|填表说明|数据来源|填报单位|填报人|联系人|联系电话|制表|审核)\d?[:：]")
_SECTION = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．\s]|第[一二三四五六七八九十]{1,3}[批类部]|.*[（(]共?\s*\d+\s*[家个项][)）]$"
)
_NUMBER = re.compile(r"\d{1,5}")
_HAN = "[\u2e80-\u9fff\uf900-\ufaff（）《》、，。：；“”]"
_BROKEN = re.compile(rf"(?<={_HAN})[\s\u3000]+(?={_HAN})")


@dataclass(slots=True)
class ListRow:
    """One row of a list: its cells by property, its printed number, and the section that it stands in.

    `group` is the section row above it (一、国家级), else an untaught column merged down beside it, else the table's
    name. `unknown` holds the heads that the vocabulary lacks. `grid` and `row` count from 0; of a numbered list
    `grid` is -1 and `row` counts its items. `sections` are all section rows above it in its table, the nearest last;
    `nothing` names the properties for which a dash or 无 is printed, `heads` the text above each property's column.
    """

    cells: dict[str, Reading]
    number: str | None = None
    group: str = ""
    unknown: list[str] = field(default_factory=list)
    grid: int = -1
    row: int = 0
    sections: list[Reading] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Listing:
    """All rows of a document's tables, and (code, detail) pairs on what was not understood."""

    rows: list[ListRow] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)


def read_rows(view: View, vocabulary: Vocabulary) -> list[ListRow]:
    """Return the rows of all tables with a head; the vocabulary has each property's heads, the first preferred."""
    return read_listing(view, vocabulary).rows


def read_listing(
    view: View, vocabulary: Vocabulary, downward: Collection[str] = (), hints: Mapping[str, Hint] | None = None
) -> Listing:
    """Return the rows, with a warning for every table without a head and every head that nobody taught.

    `downward` are properties whose value is printed once for the rows below it, merged or not: an empty cell of
    such a column takes the value above it where most of the column's cells are empty. 同上 is the value above it
    in every column. `hints` tell what a column holds whose head nobody taught, by words of the head and by what most
    of its cells are. A table of labels and values (one thing, not many) gives no rows and no warning.
    """
    found = Listing()
    document = getattr(view, "document", None)
    tables = grids(view)
    words = Words(vocabulary if tables else {})
    for at, grid in enumerate(tables):
        if is_label_table(grid, words):
            continue
        table = _Table(view, grid, at, hintedheads.taught(grid, words, hints or {}), document)
        rows = table.read()
        _fill_down(rows, downward)
        found.rows += rows
        found.warnings += [(UNKNOWN_HEAD, head) for head in table.unknown if (UNKNOWN_HEAD, head) not in found.warnings]
        if not table.headed:
            found.warnings.append((NO_HEAD, grid.name or f"table {at + 1}"))
    return found


def _fill_down(rows: Sequence[ListRow], downward: Collection[str]) -> None:
    for name in sorted({name for row in rows for name in row.cells}):
        sparse = sum(name in row.cells for row in rows) * 2 <= len(rows) + 1
        above: Reading | None = None
        section: list[Reading] = []
        for row in rows:
            if row.sections != section:
                above, section = None, row.sections
            said = row.cells.get(name)
            empty = said is None and sparse and name in downward and name not in row.nothing
            if above and (empty or (said is not None and said.value in _SAME)):
                row.cells[name] = above
            above = row.cells.get(name, above)


def value(text: str) -> str:
    """Return a cell's text as a value: no white space between Chinese characters, none doubled elsewhere.

    A region in lines of its own under a name (砚池智能 | 上海) is no part of the name.
    """
    lines = text.strip().splitlines()
    while len(lines) > 1 and _is_region(lines[-1]) and not _is_region(lines[0]):
        lines.pop()
    return " ".join(_BROKEN.sub("", "\n".join(lines)).split())


def _is_region(line: str) -> bool:
    said = line.strip(" \u3000·,，")
    place = places.at_start(said) if 2 <= len(said) <= 12 else None
    return place is not None and place.end == len(said)


class _Table:
    """Reads one grid from top to bottom; a head may be repeated or change on the way."""

    def __init__(self, view: View, grid: Grid, at: int, vocabulary: Words, document: str | None) -> None:
        self.view = view
        self.grid = grid
        self.at = at
        self.vocabulary = vocabulary
        self.document = document
        self.section = ""
        self.sections: list[Reading] = []
        self.unknown: list[str] = []
        self.headed = False

    def read(self) -> list[ListRow]:
        """Return the rows, of a table in two halves those of the left half first."""
        head = find_head(self.grid, 0, self.vocabulary, first=True)
        done: list[ListRow] = []
        if head is None:
            return done
        self.headed = True
        blocks = self._begin(head)
        at = head.last + 1
        while at < len(self.grid.rows):
            new = find_head(self.grid, at, self.vocabulary, first=False)
            if new is None:
                self._row(at, head, blocks)
                at += 1
                continue
            if new.texts != head.texts:  # another list in the same table
                done += [row for block in blocks for row in block]
                head, blocks = new, self._begin(new)
            at = new.last + 1
        return done + [row for block in blocks for row in block]

    def _begin(self, head: Head) -> list[list[ListRow]]:
        self.unknown += [text for text in head.unknown if text not in self.unknown]
        return [[] for _ in head.blocks]

    def _row(self, at: int, head: Head, blocks: list[list[ListRow]]) -> None:
        row = self.grid.rows[at]
        distinct = list(dict.fromkeys(cell for cell in row if cell))
        if not distinct or _is_total(distinct) or _NOTE.match(plain(distinct[0].text)):
            return
        if len(distinct) == 1 and self._is_section(row, distinct[0], head):
            if len(distinct[0].text) <= NOTE_LENGTH:
                self.section = value(distinct[0].text)
                self.sections = [*self.sections, self._whole(distinct[0])]
            return
        for block, rows in zip(head.blocks, blocks, strict=True):
            cells = {name: reading for name, at_ in block.columns.items() if (reading := self._reading(row, at_))}
            if not cells:
                continue
            number = next((row[c] for c in block.numbers if row[c]), None)
            said = value(number.text).rstrip(".．、") if number else None
            beside = self._beside(at, block.others)
            group = self.section or (value(beside.text) if beside else "") or self.grid.name
            sections = [*self.sections, self._whole(beside)] if beside else self.sections
            nothing = [name for name, at_ in block.columns.items() if name not in cells and any(row[c] for c in at_)]
            heads = {name: head.texts[at_[0]] for name, at_ in block.columns.items()}
            rows.append(ListRow(cells, said or None, group, list(head.unknown), self.at, at, sections, nothing, heads))

    def _is_section(self, row: Sequence[Cell | None], cell: Cell, head: Head) -> bool:
        """Return whether a row's only cell heads what follows, rather than being a row with one value."""
        places = [at for at, each in enumerate(row) if each is cell]
        if len(places) > 1 and len(places) * 2 > len(row):
            return True
        block = next((b for b in head.blocks if any(places[0] in columns for columns in b.columns.values())), None)
        if block is None:  # in the column of numbers, or beside all that is known
            return not _NUMBER.fullmatch(plain(cell.text))
        return bool(_SECTION.match(cell.text)) or cell.text.endswith(("：", ":")) or _is_place(value(cell.text))

    def _whole(self, cell: Cell) -> Reading:
        return Reading(value(cell.text), cell.text, Origin.TABLE, (cell.span,), self.document)

    def _reading(self, row: Sequence[Cell | None], columns: Iterable[int]) -> Reading | None:
        cells = list(dict.fromkeys(cell for c in columns if (cell := row[c]) and value(cell.text) not in _NOTHING))
        if not cells:
            return None
        spans: tuple[Span, ...] = tuple(cell.span for cell in cells)
        said = value(" ".join(cell.text for cell in cells))
        return Reading(said, quote(self.view.text, spans), Origin.TABLE, spans, self.document)

    def _beside(self, at: int, columns: Sequence[int]) -> Cell | None:
        """Return the cell of an untaught column that is merged down over this row and a neighbour."""
        for column in columns:
            cell = self.grid.rows[at][column]
            near = [self.grid.rows[n][column] for n in (at - 1, at + 1) if 0 <= n < len(self.grid.rows)]
            if cell and any(each is cell for each in near) and not _NUMBER.fullmatch(plain(cell.text)):
                return cell
        return None


def _is_place(text: str) -> bool:
    """Tell whether a text is a region's name and nothing else."""
    found = RegionCode.find_prefix(text)
    return found is not None and found[1] == len(text)


def _is_total(cells: Sequence[Cell]) -> bool:
    return any(_TOTAL.match(plain(cell.text)) and len(plain(cell.text)) <= 12 for cell in cells[:2])


_ITEM = re.compile(r"[ \u3000]*(?:[（(](\d{1,4})[）)]|(\d{1,4})[ \u3000]?(?:[.．、](?!\d)|[)）]))[ \u3000]*(\S.*)")
_REMARK = re.compile(r"(.+?)[ \u3000]*[（(]([^（()）]{1,60})[）)]$")
_PART_OF_NAME = re.compile(r"(?:有限|普通|特殊普通|特殊的普通)合伙|集团|筹|股份|中国|[^，,；]{0,6}分(?:公司|院|所)")
_SENTENCE = re.compile("[，。；：！？:;!?]")
ITEM_LENGTH = 80


def read_numbered(view: View, span: Span | None = None) -> list[ListRow]:
    """Return the items of plain numbered lists (1. 某某公司; （2）某某公司（地址）) as rows with the cell `name`.

    Only lines of `span` (else of the body) count. A list counts from 1 without a gap, has two items and more, and
    four of five of them look like names. What stands in brackets behind a name is the cell `remark`; `group` is
    the line above the list.
    """
    found: list[ListRow] = []
    run: list[tuple[int, Span, str]] = []
    above = group = ""
    for start, end in view.lines_of([span or view.body]):
        line = view.text[start:end]
        item = _ITEM.fullmatch(line)
        number = int(item[1] or item[2]) if item else 0
        if item and number == (run[-1][0] + 1 if run else 1):
            group = group if run else above
            run.append((number, _place(item, start), group))
            continue
        found += _items(view, run)
        group = above
        run = [(1, _place(item, start), group)] if item and number == 1 else []
        above = above if item else line.strip()
    return found + _items(view, run)


def _place(item: re.Match[str], start: int) -> Span:
    return start + item.start(3), start + item.end(3)


def _items(view: View, run: Sequence[tuple[int, Span, str]]) -> list[ListRow]:
    document = getattr(view, "document", None)
    rows = []
    for at, (number, (start, end), group) in enumerate(run):
        text = view.text[start:end].rstrip("；;。，, \u3000")
        remark = _REMARK.fullmatch(text)
        if remark and _PART_OF_NAME.fullmatch(remark[2]):
            remark = None
        name = remark[1] if remark else text
        if not name or len(name) > ITEM_LENGTH or _SENTENCE.search(name):
            continue
        cells = {"name": _said(view, (start, start + len(name)), document)}
        if remark:
            cells["remark"] = _said(view, (start + remark.start(2), start + remark.end(2)), document)
        rows.append(ListRow(cells, str(number), group, row=at))
    return rows if len(run) >= 2 and len(rows) >= 0.8 * len(run) else []


def _said(view: View, span: Span, document: str | None) -> Reading:
    raw = view.text[slice(*span)]
    return Reading(value(raw), raw, Origin.BODY, (span,), document)
