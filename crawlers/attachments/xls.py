"""XLS workbooks (BIFF), which WPS also writes as ET."""

import io

import xlrd

from crawlers.attachments import sheets
from crawlers.attachments.draft import Draft
from crawlers.attachments.limits import AttachmentError
from crawlers.attachments.packages import Budget


def read(content: bytes, draft: Draft, budget: Budget) -> None:
    """Write the sheets in the workbook's order, hidden ones with a warning. Raises AttachmentError."""
    del budget
    try:
        # The formats tell dates and merged cells.
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except MemoryError:
        raise
    except Exception as error:  # xlrd meets broken files with many kinds of errors
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise AttachmentError("encrypted", "the file is locked by a password") from error
        raise AttachmentError("damaged", "the workbook cannot be read") from error
    for sheet in book.sheets():
        if sheet.visibility:
            draft.warn("hidden_sheet", sheet.name)
        cells = {
            (row, column): _value(book, sheet.cell(row, column))
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
            if sheet.cell_type(row, column) not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
        }
        merged = [(top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells]
        draft.above = ""
        draft.table(sheets.table(cells, merged, draft), sheet.name)


def _value(book: xlrd.book.Book, cell: xlrd.sheet.Cell) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    if cell.ctype == xlrd.XL_CELL_DATE:
        key = book.xf_list[cell.xf_index].format_key
        code = book.format_map[key].format_str if key in book.format_map else ""
        shown = sheets.date_format(key, code) or "ymd"
        return sheets.date(cell.value, shown, from_1904=bool(book.datemode))
    return sheets.number(cell.value)
