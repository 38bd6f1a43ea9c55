"""Files that hang on pages, made of plain text: workbooks, Word files, PDFs and archives with tables.

A file `x.xlsx.csv` (also .xls, .docx, .pdf, .zip) of a shape becomes `x.xlsx`. Each of its lines is a row with cells
parted by `|`, where `^` goes on with the cell above and `<` with the cell on the left; a line `# text` is a
paragraph, `## name` begins a sheet. An archive holds the workbook and nothing else.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from importlib import import_module
from typing import Any

_DATE = (2020, 1, 1, 0, 0, 0)
_NOW = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_FONT = "STSong-Light"
Rows = list[list[str]]
Part = tuple[str, Rows]  # a paragraph with no rows, or a table (of a sheet)


def made(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files by path, those that are plain text for a maker made, under the path without `.csv`."""
    found = {}
    for path, body in files.items():
        kind = path.removesuffix(".csv").rpartition(".")[2]
        if path.endswith(".csv") and kind in _MAKERS:
            found[path.removesuffix(".csv")] = _MAKERS[kind](_parts(body.decode()))
        else:
            found[path] = body
    return found


def _parts(text: str) -> list[Part]:
    found: list[Part] = []
    for line in text.splitlines():
        if line.startswith("#"):
            found.append((line, []))
        elif line.strip():
            if not found or not found[-1][1]:
                found.append(("", []))
            found[-1][1].append([cell.strip() for cell in line.split("|")])
    return found


def _merged(rows: Rows) -> list[tuple[int, int, int, int]]:
    """Return the merged cells as (first row, first column, last row, last column)."""
    found = []
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text in ("^", "<"):
                continue
            right, low = column, at
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while low + 1 < len(rows) and column < len(rows[low + 1]) and rows[low + 1][column] == "^":
                low += 1
            if (low, right) != (at, column):
                found.append((at, column, low, right))
    return found


def _said(text: str) -> str:
    return "" if text in ("^", "<") else text


def _sheets(parts: list[Part]) -> list[tuple[str, Rows]]:
    sheets: list[tuple[str, Rows]] = []
    for said, rows in parts:
        if said.startswith("##"):
            sheets.append((said[2:].strip(), []))
            continue
        if not sheets:
            sheets.append(("Sheet1", []))
        sheets[-1][1].extend(rows or [[said[1:].strip()]])
    return sheets


def _xlsx(parts: list[Part]) -> bytes:
    book: Any = import_module("openpyxl").Workbook()
    book.remove(book.active)
    for name, rows in _sheets(parts):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([int(t) if t.isdigit() and len(t) < 9 else _said(t) or None for t in row])
        for first, left, last, right in _merged(rows):
            sheet.merge_cells(start_row=first + 1, start_column=left + 1, end_row=last + 1, end_column=right + 1)
    return _saved(book)


def _xls(parts: list[Part]) -> bytes:
    book: Any = import_module("xlwt").Workbook(encoding="utf-8")
    for name, rows in _sheets(parts):
        sheet = book.add_sheet(name)
        merged = {(first, left): (last, right) for first, left, last, right in _merged(rows)}
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if (at, column) in merged:
                    sheet.write_merge(at, merged[at, column][0], column, merged[at, column][1], text)
                elif _said(text):
                    sheet.write(at, column, text)
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def _docx(parts: list[Part]) -> bytes:
    document: Any = import_module("docx").Document()
    for said, rows in parts:
        if not rows:
            document.add_paragraph(said.lstrip("# "))
            continue
        table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(at, column).text = _said(text)
        for first, left, last, right in _merged(rows):
            table.cell(first, left).merge(table.cell(last, right)).text = rows[first][left]
    return _saved(document)


def _pdf(parts: list[Part]) -> bytes:
    metrics, fonts = import_module("reportlab.pdfbase.pdfmetrics"), import_module("reportlab.pdfbase.cidfonts")
    platypus, styles = import_module("reportlab.platypus"), import_module("reportlab.lib.styles")
    metrics.registerFont(fonts.UnicodeCIDFont(_FONT))
    body = styles.ParagraphStyle("body", fontName=_FONT, fontSize=14, leading=24, wordWrap="CJK")
    cell = styles.ParagraphStyle("cell", fontName=_FONT, fontSize=9, leading=12, wordWrap="CJK")
    story: list[Any] = []
    for said, rows in parts:
        if not rows:
            story.append(platypus.Paragraph(said.lstrip("# "), body))
            continue
        width = 480 / max(map(len, rows))
        lines = [[_broken(platypus.Paragraph, _said(text), cell, width - 12) for text in row] for row in rows]
        table = platypus.Table(lines, colWidths=[width] * max(map(len, rows)))
        spans = [("SPAN", (left, first), (right, last)) for first, left, last, right in _merged(rows)]
        table.setStyle(platypus.TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), *spans]))
        story.append(table)
    found = io.BytesIO()
    platypus.SimpleDocTemplate(found, invariant=1).build(story)
    return found.getvalue()


def _broken(paragraph: Any, text: str, style: Any, width: float) -> Any:
    """Return a cell's paragraph with two characters and more on its last line.

    The font is not embedded, so PDFium knows no width of a character alone on its line and leaves it out.
    """
    made_ = paragraph(text, style)
    made_.wrap(width, 800)
    alone = len(text) > 2 and len("".join(made_.blPara.lines[-1][1])) == 1
    return paragraph(f"{text[:-2]}<br/>{text[-2:]}", style) if alone else made_


def _zip(parts: list[Part]) -> bytes:
    return _packed({"名单.xlsx": _xlsx(parts)})


def _saved(thing: Any) -> bytes:
    found = io.BytesIO()
    thing.save(found)
    with zipfile.ZipFile(found) as archive:
        return _packed(
            {name: _NOW.sub(rb"\g<1>2020-01-01T00:00:00Z", archive.read(name)) for name in archive.namelist()}
        )


def _packed(members: Mapping[str, bytes]) -> bytes:
    """Return an archive that is the same for the same members: with a fixed date and without compression."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=_DATE), content)
    return found.getvalue()


_MAKERS = {"xlsx": _xlsx, "xls": _xls, "docx": _docx, "pdf": _pdf, "zip": _zip}
