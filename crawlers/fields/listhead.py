"""The head of a list table: which rows it takes, and which property each column holds."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from crawlers.grids import Cell, Grid

Vocabulary = Mapping[str, Sequence[str]]  # a property and the words that head its column
Row = Sequence[Cell | None]

DEEPEST = 3  # rows that a head may take
PATTERN = "~"  # what begins a pattern among the words of a label file
LONGEST = 20  # characters of a head; a longer text is none
NUMBERS = frozenset({"序号", "编号", "序", "号", "no", "no.", "排序", "项次"})
_UNIT = re.compile(r"[/、](?:万?平方公里|平方千米|km2|万?公顷|万?亩|万?平方米|家|个)$")
_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")


class Words(dict[str, tuple[str, int]]):
    """The words of a vocabulary with property and rank, and below them the patterns (~…) of words like them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        said = [(word, name, rank) for name, heads in vocabulary.items() for rank, word in enumerate(heads)]
        super().__init__({_taught(word): (name, rank) for word, name, rank in said if not word.startswith(PATTERN)})
        self.patterns = [(_compiled(word[1:]), name, rank) for word, name, rank in said if word.startswith(PATTERN)]
        self.ends = {form[-1] for form in self if form}  # what is like a word ends as one does

    def with_more(self, heads: Mapping[str, tuple[str, int]]) -> "Words":
        """Return the words with the heads of one table besides."""
        found = Words({})
        found.update(self)
        found.update(heads)
        found.patterns, found.ends = self.patterns, self.ends
        return found

    def like(self, form: str) -> tuple[str, int] | None:
        """Return what a word is of which the vocabulary has only the pattern."""
        if not self.patterns or not 3 <= len(form) <= LONGEST or form[-1] not in self.ends:
            return None
        return next(((name, rank) for one, name, rank in self.patterns if one.fullmatch(form)), None)


@lru_cache(maxsize=16_384)
def _taught(word: str) -> str:
    """Return the plain form of a word of a label file."""
    return plain(word)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(slots=True)
class Block:
    """One half of a table whose list goes on beside itself; most tables have a single block."""

    columns: dict[str, list[int]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Head:
    """A head's rows (first and last, inclusive), the printed text of each column, and what the columns hold."""

    first: int
    last: int
    texts: list[str]
    blocks: list[Block]
    unknown: list[str]


def plain(text: str) -> str:
    """Return a text as heads are compared: half-width, small letters, no white space, no star or colon at its end."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower().strip("*:")


def find_head(grid: Grid, at: int, vocabulary: Vocabulary | Words, *, first: bool) -> Head | None:
    """Return the head that begins at row `at` or, of the `first` one, the next that there is.

    A head has two known columns and more; the first one may have a single one if all its texts are short.
    """
    words = vocabulary if isinstance(vocabulary, Words) else Words(vocabulary)
    weak: Head | None = None
    for row in range(at, len(grid.rows) if first else min(at + 1, len(grid.rows))):
        if not _score(grid.rows[row], words) and not _begins_two_rows(grid, row, words):
            continue
        head = _head(grid, row, _last(grid, row, words), words)
        known = {name for block in head.blocks for name in block.columns}
        if known and len(known) + any(block.numbers for block in head.blocks) >= 2:
            return head
        if known and first and weak is None and _all_short(grid.rows[row]) and not _is_pair(grid.rows[row]):
            weak = head
    return weak


def is_label_table(grid: Grid, vocabulary: Vocabulary | Words) -> bool:
    """Tell whether a table holds one thing: labels in its first column, and in every second one, values beside them."""
    words = vocabulary if isinstance(vocabulary, Words) else Words(vocabulary)
    rows = [row for row in grid.rows if not _whole(row)]
    if grid.labelled:
        return True
    if len(rows) < 2 or _score(rows[0], words) > (len(rows[0]) + 1) // 2:
        return False
    labels = [known_head(row[0].text, words) for row in rows if row[0]]
    distinct = {label[0] for label in labels if label}
    beside = [known_head(row[1].text, words) for row in rows if row[1] and row[1] is not row[0]]
    return len(distinct) >= 2 and len(distinct) * 2 >= len(rows) and sum(map(bool, beside)) <= 1


def _score(row: Row, words: Words) -> int:
    found = {known_head(cell.text, words) for cell in row if cell} - {None}
    return len(found)


def known_head(text: str, words: Words) -> tuple[str, int] | None:
    """Return the property that a head's text names: whole, without its brackets, or each part beside a /.

    Of a head that names two (主管部门、学校名称) it is the name: the other stands in rows of its own. A unit beside a
    / (规划面积/公顷) is none.
    """
    for form in (plain(text), plain(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))):
        if form in words:
            return words[form]
        parts = [words[part] for part in re.split(r"[/、]", form) if part in words]
        if len(parts) > 1 and len({name for name, _ in parts}) == 1:
            return parts[0]
        if (named := next((part for part in parts if part[0] == "name"), None)) is not None and len(parts) > 1:
            return named
        if parts and _UNIT.search(form):
            return parts[0]
    return words.like(form)


def _is_number(text: str) -> bool:
    return plain(text) in NUMBERS


def _begins_two_rows(grid: Grid, row: int, words: Words) -> bool:
    """Return whether a row is tied to a head below it by a merged cell (序号 above 省 and 市)."""
    if row + 1 >= len(grid.rows) or _whole(grid.rows[row]):
        return False
    tied = any(a and a is b for a, b in zip(grid.rows[row], grid.rows[row + 1], strict=True))
    return tied and _score(grid.rows[row + 1], words) >= 2 and _all_short(grid.rows[row])


def _whole(row: Row) -> bool:
    return len({cell for cell in row if cell}) <= 1


def _is_pair(row: Row) -> bool:
    """Tell whether a row is a label with a value merged over all other columns: 单位名称 | 某某研究所."""
    cells = [cell for cell in row if cell]
    return len(row) > 2 and len(set(cells)) == 2 and len(cells) == len(row) and row[0] is not row[1]


def _all_short(row: Row) -> bool:
    texts = [plain(cell.text) for cell in row if cell]
    return len(set(texts)) > 1 and all(len(text) <= LONGEST and not text.isdigit() for text in texts)


def _last(grid: Grid, first: int, words: Words) -> int:
    last = first
    while last + 1 < len(grid.rows) and last - first + 1 < DEEPEST:
        upper, lower = grid.rows[last], grid.rows[last + 1]
        tied = any(a and a is b for a, b in zip(upper, lower, strict=True))
        wide = {at for at, (a, b) in enumerate(pairwise(upper)) if a and a is b}
        below = {at for at, cell in enumerate(lower) if cell and upper[at] is not cell}
        # Without merged cells a second row is known by standing only under the wide cells of the first.
        under = bool(below) and all(at in wide or at - 1 in wide for at in below)
        if not below or not _all_heads(lower, below, words) or not (tied or under):
            break
        last += 1
    return last


def _all_heads(row: Row, places: set[int], words: Words) -> bool:
    texts = [cell.text for at in places if (cell := row[at])]
    known = any(known_head(text, words) or _is_number(text) for text in texts)
    return all(len(plain(text)) <= LONGEST and not plain(text).isdigit() for text in texts) and known


def _head(grid: Grid, first: int, last: int, words: Words) -> Head:
    wide = len(grid.rows[first])
    stacks = [list(dict.fromkeys(c for r in range(first, last + 1) if (c := grid.rows[r][at]))) for at in range(wide)]
    texts = ["".join(plain(cell.text) for cell in stack) for stack in stacks]
    found = [_of_column([cell.text for cell in stack], words) for stack in stacks]
    blocks, unknown = _blocks(stacks, found)
    _name_number_columns(grid, last, stacks, blocks)
    return Head(first, last, texts, blocks, unknown)


def _of_column(texts: list[str], words: Words) -> tuple[str, int] | None:
    """Return what a column holds, told by all its texts (学校 above 名称), else the lowest, else the uppermost."""
    forms = ["".join(texts), *reversed(texts)] if texts else []
    if any(_is_number(text) for text in forms):
        return ("", 0)
    return next((known for text in forms if (known := known_head(text, words))), None)


def _blocks(stacks: Sequence[Sequence[Cell]], found: Sequence[tuple[str, int] | None]) -> tuple[list[Block], list[str]]:
    """Return the columns in blocks: a new one begins where the head begins again from its first column."""
    sides = [Block()]
    start: str | None = None
    ranks: dict[str, int] = {}
    unknown: list[str] = []
    for at, (stack, known) in enumerate(zip(stacks, found, strict=True)):
        block = sides[-1]
        if known is None:
            block.others.append(at)
            text = "".join(cell.text for cell in stack)
            if text and text not in unknown:
                unknown.append(text)
            continue
        name, rank = known
        same = at > 0 and bool(stack) and list(stacks[at - 1]) == list(stack)
        if name == start and not same and _again(stacks, at, block, name):
            block, ranks = Block(), {}
            sides.append(block)
        start = name if start is None else start
        if not name:
            block.numbers.append(at)
        elif name not in ranks or rank < ranks[name]:
            ranks[name] = rank
            block.columns[name] = [at]
        elif same:
            block.columns[name].append(at)
        else:
            block.others.append(at)
            unknown.append("".join(cell.text for cell in stack))
    return [block for block in sides if block.columns] or sides[:1], unknown


def _again(stacks: Sequence[Sequence[Cell]], at: int, block: Block, name: str) -> bool:
    """Return whether a column repeats, word for word, the one that holds the same property before it."""
    columns = block.columns.get(name, []) if name else block.numbers
    before = stacks[columns[0]] if columns else []
    return [plain(cell.text) for cell in before] == [plain(cell.text) for cell in stacks[at]]


def _name_number_columns(grid: Grid, last: int, stacks: Sequence[Sequence[Cell]], blocks: Sequence[Block]) -> None:
    """Take a column without a head that counts 1, 2, 3 for the numbers."""
    for block in blocks:
        for at in [at for at in block.others if not stacks[at]]:
            texts = [cell.text for row in grid.rows[last + 1 : last + 30] if (cell := row[at])]
            if not block.numbers and texts and all(plain(text).rstrip(".、").isdigit() for text in texts):
                block.numbers.append(at)
                block.others.remove(at)
