"""Pages as one text: page numbers dropped, broken lines and paragraphs joined, tables that run on put together."""

import re
from collections import Counter
from itertools import takewhile

from crawlers.attachments.draft import Box, Draft, Table
from crawlers.attachments.layout import Line, Page, Ruled, items, joined

MARGIN = 0.12  # share of a page's height in which page numbers and running heads stand
_NUMBER = re.compile(
    r"[\s\-—–－_·.]*(?:\d{1,4}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})[\s\-—–－_·.]*"
)
_BEGINS = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,5}[条章节编]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,3}[.．、](?!\d)|附\s*件|[①-⑳●■◆★]"
)
_CONTINUED = re.compile(r"[（(]?续\s*(?:上\s*)?表[）)]?\s*\d{0,3}")


def write(pages: list[Page], draft: Draft) -> None:
    """Write the pages' paragraphs and tables into the draft. Raises AttachmentError `too_large`."""
    shown = [items(page) for page in pages]
    heads = _running(pages, shown)
    kept = [[i for i in found if not _is_margin(i, page, heads)] for page, found in zip(pages, shown, strict=True)]
    flow = _Flow(draft)
    for found in kept:
        flow.page(found)
    flow.flush()
    flow.close()


class _Flow:
    """Holds the paragraph and the table that the next page may go on with."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.waiting: list[Line] = []
        self.table: Ruled | None = None

    def page(self, found: list[Line | Ruled]) -> None:
        left, right = _sides(found)
        for at, item in enumerate(found):
            if isinstance(item, Line):
                if self.table and at == 0 and _CONTINUED.fullmatch(item.text.strip()):
                    continue
                self.close()
                if not (self.waiting and _runs_on(self.waiting[-1], item, left, right, same_page=at > 0)):
                    self.flush()
                self.waiting.append(item)
            elif self.table and _same_columns(self.table, item) and all(map(_said_again, found[:at])):
                _append(self.table.rows, item.rows)
            else:
                self.flush()
                self.close()
                self.table = item

    def flush(self) -> None:
        """Write the paragraph that waits."""
        if self.waiting:
            self.draft.paragraph(joined([line.text for line in self.waiting]))
            self.waiting.clear()

    def close(self) -> None:
        """Write the table that waits."""
        if self.table:
            self.draft.table(self.table.rows)
            self.table = None


def _said_again(item: Line | Ruled) -> bool:
    return isinstance(item, Line) and bool(_CONTINUED.fullmatch(item.text.strip()))


def _running(pages: list[Page], shown: list[list[Line | Ruled]]) -> set[str]:
    """Return the running heads: lines in the margins that most of three and more pages repeat."""
    if len(pages) < 3:
        return set()
    seen: Counter[str] = Counter()
    for page, found in zip(pages, shown, strict=True):
        seen.update({_plain(i.text) for i in found if isinstance(i, Line) and _in_margin(i, page)})
    return {text for text, count in seen.items() if text and count > max(2, len(pages) / 2)}


def _is_margin(item: Line | Ruled, page: Page, heads: set[str]) -> bool:
    if not isinstance(item, Line) or not _in_margin(item, page):
        return False
    return bool(_NUMBER.fullmatch(item.text)) or _plain(item.text) in heads


def _in_margin(line: Line, page: Page) -> bool:
    return line.top < MARGIN * page.height or line.bottom > (1 - MARGIN) * page.height


def _plain(text: str) -> str:
    return re.sub(r"\d+", "#", text).strip()


def _sides(found: list[Line | Ruled]) -> tuple[float, float]:
    texts = [item for item in found if isinstance(item, Line)]
    return min((line.left for line in texts), default=0.0), max((line.right for line in texts), default=0.0)


def _runs_on(before: Line, line: Line, left: float, right: float, *, same_page: bool) -> bool:
    """Return whether a line goes on where the one before ended for lack of room."""
    size = before.size
    full = before.right >= right - 1.6 * size
    flush = line.left <= left + 0.8 * size and before.right - before.left > 10 * size
    alike = abs(line.size - size) <= 0.15 * size
    close = not same_page or line.top - before.top <= 2.6 * size
    return full and flush and alike and close and not _BEGINS.match(line.text)


def _same_columns(table: Ruled, item: Ruled) -> bool:
    pairs = list(zip(table.columns, item.columns, strict=False))
    shift = item.columns[0] - table.columns[0]  # odd and even pages may have different margins
    return len(table.columns) == len(item.columns) and all(abs(b - a - shift) <= 6 for a, b in pairs)


def _append(rows: Table, more: Table) -> None:
    """Add the rows of the next page: without the repeated head, and a broken row put together."""
    repeated = len(list(takewhile(lambda pair: _texts(pair[0]) == _texts(pair[1]), zip(rows, more, strict=False))))
    more = more[repeated if repeated < len(more) and any(_texts(rows[0])) else 0 :]
    numbers = [_text(row[0]) for row in rows]
    numbered = sum(number.isdigit() for number in numbers) >= max(2, len(rows) // 2)
    if numbered and more and not _text(more[0][0]) and len({id(box) for box in more[0]}) > 1:
        for last, box in zip(rows[-1], more[0], strict=True):
            if last and box and box.text:
                last.text = joined([last.text, box.text])
                box.text = ""
        more = more[1:]
    for column in range(len(rows[-1])):
        _go_on(rows, more, column)
    rows.extend(more)


def _go_on(rows: Table, more: Table, column: int) -> None:
    """Let a merged cell that the page broke cover the rows of both pages."""
    last = rows[-1][column]
    spans = len(rows) > 1 and rows[-2][column] is last
    first = more[0][column] if more else None
    if not (spans and last and last.text and first and not first.text):
        return
    for row in takewhile(lambda row: row[column] is first, more):
        row[column] = last


def _texts(row: list[Box | None]) -> list[str]:
    return ["".join(_text(box).split()) for box in row]


def _text(box: Box | None) -> str:
    return box.text.strip() if box else ""
