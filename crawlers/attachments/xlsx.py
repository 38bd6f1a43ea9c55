"""XLSX workbooks: every sheet as a table, values as they were last computed.

Read from the XML itself (ECMA-376 part 1, 18.3): what WPS and Java libraries write is often refused by readers that
insist on styles, and a sheet read as a stream needs a fraction of the memory.
"""

import io
import posixpath
import re

from lxml import etree

from crawlers.attachments import sheets
from crawlers.attachments.draft import Draft
from crawlers.attachments.limits import AttachmentError
from crawlers.attachments.packages import Budget, Package, attribute, local, named, refuse_entities
from crawlers.lineartext import Element

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def read(content: bytes, draft: Draft, budget: Budget) -> None:
    """Write the sheets in the workbook's order, hidden ones with a warning. Raises AttachmentError."""
    package = Package(content, budget)
    workbook = package.xml("xl/workbook.xml")
    targets = {}
    if package.has("xl/_rels/workbook.xml.rels"):
        for relation in named(package.xml("xl/_rels/workbook.xml.rels"), "Relationship"):
            targets[relation.get("Id")] = posixpath.normpath(posixpath.join("/xl", relation.get("Target") or ""))
    strings = _strings(package)
    formats = _formats(package)
    from_1904 = any(p.get("date1904") in ("1", "true") for p in named(workbook, "workbookPr"))
    for at, sheet in enumerate(named(workbook, "sheet"), 1):
        name = sheet.get("name") or f"Sheet{at}"
        target = targets.get(attribute(sheet, "id"), f"/xl/worksheets/sheet{at}.xml")
        if not package.has(target) or "chartsheet" in target:
            continue
        if sheet.get("state") in ("hidden", "veryHidden"):
            draft.warn("hidden_sheet", name)
        cells, merged = _sheet(package.read(target), strings, formats, from_1904, draft)
        draft.above = ""
        draft.table(sheets.table(cells, merged, draft), name)


def _sheet(
    content: bytes, strings: list[str], formats: list[str], from_1904: bool, draft: Draft
) -> tuple[dict[tuple[int, int], str], list[sheets.Range]]:
    """Return a sheet's values by row and column from 0, and its merged ranges."""
    refuse_entities(content)
    cells: dict[tuple[int, int], str] = {}
    merged: list[sheets.Range] = []
    row = column = -1
    try:
        events = etree.iterparse(io.BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True)
        for event, element in events:
            name = local(element)
            if event == "start":
                if name == "row":
                    said = element.get("r") or ""
                    row, column = (int(said) - 1 if said.isdigit() else row + 1), -1
                continue
            if name == "c":
                at = _place(element.get("r") or "") or (row, column + 1)
                column = at[1]
                if (text := _value(element, strings, formats, from_1904)).strip():
                    cells[at] = text
            elif name == "row":
                element.clear()
                if len(cells) > draft.limits.cells:
                    raise AttachmentError("too_large", "the file holds more text or table cells than are read")
            elif name == "mergeCell":
                first, _, last = (element.get("ref") or "").partition(":")
                start, end = _place(first), _place(last or first)
                if start and end:
                    merged.append((start[0], end[0], start[1], end[1]))
    except (etree.LxmlError, ValueError) as error:
        raise AttachmentError("damaged", "the file's XML is broken") from error
    return cells, merged


def _value(cell: Element, strings: list[str], formats: list[str], from_1904: bool) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return _text(cell)
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "s":
        at = int(value) if value.strip().isdigit() else -1
        return strings[at] if 0 <= at < len(strings) else ""
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    if kind != "n":
        return value  # a computed string, an ISO date, or an error such as #N/A
    try:
        figure = float(value)
    except ValueError:
        return value
    style = cell.get("s") or "0"
    shown = formats[int(style)] if style.isdigit() and int(style) < len(formats) else ""
    return sheets.date(figure, shown, from_1904=from_1904) if shown and figure >= 0 else sheets.number(figure)


def _strings(package: Package) -> list[str]:
    if not package.has("xl/sharedStrings.xml"):
        return []
    return [_text(item) for item in named(package.xml("xl/sharedStrings.xml"), "si")]


def _text(item: Element) -> str:
    """Return a string item's text: its runs, without the readings (rPh) above Chinese characters."""
    parts = []
    for element in named(item, "t"):
        parent = element.getparent()
        if parent is None or local(parent) != "rPh":
            parts.append(element.text or "")
    return "".join(parts)


def _formats(package: Package) -> list[str]:
    """Return for each cell style which parts of a date it shows."""
    if not package.has("xl/styles.xml"):
        return []
    root = package.xml("xl/styles.xml")
    codes = {f.get("numFmtId"): f.get("formatCode") or "" for f in named(root, "numFmt")}
    styles = [xf for group in named(root, "cellXfs") for xf in group]
    identifiers = [xf.get("numFmtId") or "0" for xf in styles]
    return [sheets.date_format(int(i) if i.isdigit() else 0, codes.get(i, "")) for i in identifiers]


def _place(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
