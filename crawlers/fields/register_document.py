"""The rows that one document lists: from its tables, else from its lines, each with the headings above it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import pairwise

from crawlers.attachments import FileView
from crawlers.fields import entries, headings, lineitems, names, places
from crawlers.fields.entries import Entry
from crawlers.fields.lineitems import IsName, Item
from crawlers.fields.listing import NO_HEAD, UNKNOWN_HEAD, ListRow, read_listing, value
from crawlers.fields.pairs import Hint
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Stated, Statements
from crawlers.fields.vocabulary import Vocabulary
from crawlers.view import View
from schema.evidence import Origin, Reading, Span

MOST_UNDER = 6  # lines that belong to the name above them
LONGEST_UNDER = 120
HEADING = 70  # characters; a longer line is text
_NOT_HEADING = re.compile(
    r"[。；;，,、]$|。.|^(?:注|备注|说明|单位|来源|信息来源|文章来源|作者|发布|时间|日期|浏览|点击|字号|联系|电话|地址|责任编辑|打印|分享|索引号|当前位置|您的位置)"
    r"|\t|^\d+$|^[\s（(]*(?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}[^，。]{0,4}[\s)）].*(?:点击|浏览|阅读|来源|作者|字号)|^\s*[\d〇○零一二三四五六七八九]{4}\s?[年./-]\s?[\d一二三四五六七八九十]{1,3}\s?[月./-]\s?[\d一二三四五六七八九十]{1,3}\s?日?\s*$|^附件\s{0,2}[:：]?\s{0,2}\d\s{0,2}[.．、]"
)
_HEADS_LIST = re.compile(
    r"名单|名录|如下|包括|单位[:：]|机构[:：]|院所|成员|学校|高校|院校|专业|[省市区州县盟]\s?[:：]|公司|企业|联盟|协会|园区|批[:：]"
)
# What an organisation is divided into; such parts have short names without a region.
_PARTS = re.compile("[内下]设(?:有|立)?了?|(?<!建)设有了?|(?<!组)建有|下辖")
LONGEST_PART = 14
_ATTACHED = re.compile(r"^\s{0,4}\d{1,2}\s{0,2}[.．、]")
_LEVEL = re.compile(r"(?:国家|省|自治区|地?市|州|盟|县市|区县|县区|县|区|县（[^（）]{1,6}）|乡?镇)级(?:园区|开发区)?")
_LEVELS = (
    re.compile(r"^附[件表]"),
    re.compile(r"^[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^[（(]?\d{1,2}[.．、)）]"),
)


class Document:
    """Reads one document from top to bottom, keeping the headings that stand above each row."""

    def __init__(
        self,
        view: View,
        sheet: Sheet,
        titles: list[Reading],
        words: Vocabulary,
        heads: Mapping[str, list[str]],
        is_name: IsName,
        downward: tuple[str, ...],
        hints: Mapping[str, Hint] | None = None,
    ) -> None:
        self.view, self.sheet, self.titles, self.words, self.is_name = view, sheet, titles, words, is_name
        self.document = getattr(view, "document", None)
        self.stated = Statements(sheet, words)
        self.stack: list[tuple[int, Reading]] = []
        self.passed = False  # whether rows stood between the last heading and here
        listing = read_listing(view, heads, downward, hints)
        self.warnings = [one for one in listing.warnings if self._is_worth(*one)]
        self.entries = self._tables(listing.rows) if listing.rows else self._lines()

    def _is_worth(self, code: str, detail: str) -> bool:
        """Tell whether a warning is one: heads that are known and not kept are none, nor tables that only lay out."""
        if code == UNKNOWN_HEAD:
            return self.words.get(detail) is None and bool(re.search(r"[\u4e00-\u9fff]", detail))
        return code != NO_HEAD or self.view.tree is None

    def _tables(self, rows: list[ListRow]) -> list[Entry]:
        grids: dict[int, list[ListRow]] = {}
        for row in rows:
            grids.setdefault(row.grid, []).append(row)
        lines = iter(self._heading_lines())
        waiting = next(lines, None)
        found = []
        for group in grids.values():
            places = [span for row in group for cell in row.cells.values() for span in cell.spans]
            first, last = min(start for start, _ in places), max(end for _, end in places)
            while waiting is not None and waiting[0] < first:
                self._heading(waiting)
                waiting = next(lines, None)
            while waiting is not None and waiting[0] < last:
                waiting = next(lines, None)
            self.passed = True
            above = self._above()
            named = self._grid_name(group[0])
            around = [*above, *named, *self.titles]
            for row in group:
                over = [*reversed(row.sections), *around]
                found += [Entry(cells, over, heads=row.heads) for cells in self._parted(row.cells)]
        return found

    def _parted(self, cells: dict[str, Reading]) -> list[dict[str, Reading]]:
        """Return a row once for each name of its cell, where that lists several: 人工智能 | 甲大学、乙大学."""
        name = cells.get("name")
        if name is None or len(name.spans) != 1 or not re.search(r"[、，,；;\n]", name.raw):
            return [cells]
        parts = names.split(self.view.text, name.spans[0])
        if len(parts) < 2 or not all(self.is_name(self.view.text[slice(*part)]) for part in parts):
            return [cells]
        base, text = name.spans[0][0], self.view.text
        return [
            cells | {"name": headings.part(name, (start - base, end - base), value(text[start:end]))}
            for start, end in parts
        ]

    def _grid_name(self, row: ListRow) -> list[Reading]:
        """Return the name of a row's sheet, and of its member of an archive: they stand nowhere in the text."""
        name = self.view.grids[row.grid].name if isinstance(self.view, FileView) else ""
        parts = [headings.plain_name(part) for part in reversed(name.split("/")) if part]
        return [Reading(part, part, Origin.ATTACHMENT, (), self.document) for part in parts]

    def _lines(self) -> list[Entry]:
        named = [one for one in self.stated.all if one.label.property == "name" and one.lines and not one.column]
        starts: list[tuple[int, Item]] = [(one.place[0], Item(self._cut(one.first))) for one in named]
        items = [] if len(named) >= 2 else list(self._items())
        if len(named) >= 2:
            items = starts
        if len(items) < 2:
            items = list(self._in_sentences())
        if len(items) < 2:
            return []
        places = entries.place_remarks(self.view.text, [item for _, item in items])
        stated = [one for one in self.stated.all if one.label.property not in ("", "name") and one.lines]
        at = [one.place[0] for one in stated]
        taken = sorted(
            [item.name[0] for _, item in items] + [one.first[0] for one in self.stated.all if one.label.property]
        )
        lines = [(a, b) for a, b in self._heading_lines() if bisect_left(taken, a) == bisect_left(taken, b)]
        found, line = [], 0
        for number, (start, item) in enumerate(items):
            while line < len(lines) and lines[line][0] < start:
                self._heading(lines[line])
                line += 1
            self.passed = True
            stop = items[number + 1][0] if number + 1 < len(items) else len(self.view.text)
            own = stated[bisect_left(at, start) : bisect_left(at, stop)]
            above = self._above()
            if item.lead:
                above = [*self._group(item), self._said(item.lead), *above]
            said = [self._said(span) for span in [*([item.remark] if item.remark else []), *item.details]]
            cells = self._cells(item, own, places)
            lines_under = [one.span for one in self.sheet.lines if item.name[1] <= one.span[0] < stop][:MOST_UNDER]
            under = [self._said(span) for span in lines_under if span[1] - span[0] <= LONGEST_UNDER]
            found.append(Entry(cells, [*above, *self.titles], in_table=False, details=said, under=under))
        return found

    def _items(self) -> Iterator[tuple[int, Item]]:
        labels = {one.place[0] for one in self.stated.all}
        titles = {title.raw.strip() for title in self.titles}
        # Under a heading such as 研究机构 the first line is one of many; beside a label a value stands alone.
        heads = ("name", "programme")
        values = [
            one.first for one in self.stated.all if one.label.property not in heads or one.value[1] > one.value[0]
        ]
        before = ""
        for line in self.sheet.lines:
            label, before = before, self.view.text[slice(*line.span)].strip()
            if (not line.linked and before in titles) or self.sheet.is_site(line.span):
                continue
            # What stands under a label that nobody taught (主管：) is its value, no row of a list.
            if label.endswith(("：", ":")) and len(label) <= 8 and not _HEADS_LIST.search(label):
                continue
            if line.span[0] in labels or any(start <= line.span[0] < end for start, end in values):
                continue
            found = lineitems.read(self.view.text, line.span, self.is_name) or self._beside(line.span)
            for item in found:
                yield item.name[0] if item.lead is None else line.span[0], item

    def _in_sentences(self) -> Iterator[tuple[int, Item]]:
        for span in self.sheet.prose:
            for item in lineitems.in_sentence(self.view.text, span, self.is_name):
                if self._is_department(span, item.name):
                    continue
                item.lead = span  # the sentence says of which year they are
                yield item.name[0], item

    def _group(self, item: Item) -> list[Reading]:
        """Return the part of a sentence between semicolons that names one of several groups: …；新增甲专业的有…."""
        if item.lead is None or not item.lead[0] <= item.name[0] < item.lead[1]:
            return []
        text = self.view.text
        begin = max(item.lead[0], max(text.rfind(mark, item.lead[0], item.name[0]) for mark in "；。") + 1)
        return [self._said((begin, item.name[0]))] if begin > item.lead[0] or "；" in text[slice(*item.lead)] else []

    def _is_department(self, sentence: Span, name: Span) -> bool:
        """Tell whether a sentence names a part of what it speaks of: 设有光电成像研究室、激光探测研究室等部门."""
        text = self.view.text
        begin = max(text.rfind(mark, sentence[0], name[0]) for mark in "，。；") + 1
        clause = text[max(begin, sentence[0]) : name[1]]
        said = _PARTS.sub("", text[slice(*name)])
        return bool(_PARTS.search(clause)) and len(said) <= LONGEST_PART and places.at_start(said) is None

    def _beside(self, line: Span) -> list[Item]:
        """Return the name in a line of several inline elements (a link and a place) that nothing printed parts."""
        inside = self.sheet.edges
        low, high = bisect_left(inside, line[0]), bisect_left(inside, line[1])
        edges = [line[0], *[at for at in inside[low:high] if at > line[0]], line[1]]
        pieces = [piece for piece in pairwise(edges) if self.view.text[slice(*piece)].strip(" .、\t\u3000·|｜（）()-—")]
        while len(pieces) > 1 and re.fullmatch(r"[\d\s.、]+", self.view.text[slice(*pieces[0])]):
            pieces = pieces[1:]
        if len(pieces) < 2:
            return []
        items = lineitems.read(self.view.text, pieces[0], self.is_name)
        if len(items) != 1 or re.match(r"[^\s|｜（(·—-]{0,1}[的了等]", self.view.text[pieces[0][1] :]):
            return []
        items[0].details += pieces[1:]
        return items

    def _cells(self, item: Item, stated: list[Stated], places: bool) -> dict[str, Reading]:
        text = self.view.text
        cells: dict[str, Reading] = {}
        name = item.name
        if item.remark is not None and not places and not entries.is_remark(text[slice(*item.remark)]):
            name = (name[0], item.remark[1] + 1)
        cells["name"] = self._said(name)
        for one in stated:
            if self._cut(one.first)[1] > one.first[0]:
                cells.setdefault(one.label.property, self._said(self._cut(one.first)))
        beside = [*([item.remark] if item.remark else []), *item.details]
        for span in [piece for one in beside if one[0] >= name[1] for piece in entries.pieces(text, one)]:
            said = text[slice(*span)]
            led = self.words.leading(said)
            if led is not None and led[0].property != "name" and said[led[1]] not in "（(":
                lead = re.match(r"[为是系][:：]?", said[led[1] :])
                start = span[0] + led[1] + (lead.end() if lead else 0)
                cells.setdefault(led[0].property, self._said(self._cut((start, span[1]))))
            elif lineitems.is_place(said):
                cells.setdefault("place", self._said(span))
            elif "level" in self.words.names and _LEVEL.fullmatch(said):
                cells.setdefault("level", self._said(span))
            elif (role := entries.role(said, self.words.names)) is not None:
                cells.setdefault(role, self._said(span))
            elif headings.is_revocation(said):
                cells.setdefault("status", self._said(span))
            elif (year := headings.year(self._said(span))) and re.fullmatch(
                r"\d{4}\s?年?度?(?:认定|备案|批准|获批|入选)?", said
            ):
                cells.setdefault("recognised_year", year)
        return cells

    def _cut(self, span: Span) -> Span:
        """Return a value without what ends it inside its line: ；, a closing bracket of no opening one, a comma."""
        said = entries.without_tail(self.view.text[slice(*span)])
        behind = re.search(r"[，,；;]\s?(?P<rest>[^，,；;]{2,12})$", said)
        if behind and lineitems.is_place(behind["rest"]) and names.is_organisation(said[: behind.start()]):
            said = said[: behind.start()]  # 依托单位：某某公司，佛山市
        return span[0], span[0] + len(said)

    def _heading_lines(self) -> list[Span]:
        found, attached = [], False
        for line in self.sheet.lines:
            said = self.view.text[slice(*line.span)].strip()
            attached = bool(re.match(r"^附件\s{0,2}[:：]?\s{0,2}\d\s{0,2}[.．、]", said)) or (
                attached and bool(_ATTACHED.match(said))
            )
            if not line.linked and not attached and 1 < len(said) <= HEADING and not _NOT_HEADING.search(said):
                found.append(line.span)
        return found

    def _heading(self, span: Span) -> None:
        reading = self._said(span)
        if self.words.get(reading.raw) is not None:
            return
        level = next((n for n, pattern in enumerate(_LEVELS) if pattern.match(reading.raw)), len(_LEVELS))
        if level == len(_LEVELS) and headings.section_region(reading.raw) is not None:
            level += 1
        same = next((at for at, (one, _) in enumerate(self.stack) if one == level), None)
        if level < len(_LEVELS) and same is not None:
            self.stack = self.stack[:same]  # what stood above the first section stands above the next one too
        elif level < len(_LEVELS):
            self.stack = [one for one in self.stack if one[0] < level or (one[0] == len(_LEVELS) and not self.passed)]
        elif self.passed:
            self.stack = [one for one in self.stack if one[0] < level]
        self.passed = False
        self.stack.append((level, reading))

    def _above(self) -> list[Reading]:
        return [reading for _, reading in reversed(self.stack)][:12]

    def _said(self, span: Span) -> Reading:
        raw = self.view.text[slice(*span)]
        return Reading(value(raw), raw, Origin.BODY, (span,), self.document)
