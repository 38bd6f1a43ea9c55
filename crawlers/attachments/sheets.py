"""What the two Excel formats share: numbers and dates as text, and a sheet's cells as a table."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from crawlers.attachments.draft import Box, Draft, Table
from crawlers.attachments.limits import AttachmentError

Range = tuple[int, int, int, int]  # first row, last row, first column, last column, counted from 0, inclusive

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_TIME_IDS = frozenset({*range(18, 22), *range(45, 48), 32, 33, 34, 35, 55, 56})
_TIME_ONLY = _TIME_IDS - {22}


def number(value: float) -> str:
    """Return a number as a reader writes it: no exponent, no `.0`, 15 digits as Excel keeps them."""
    try:
        return format(Decimal(f"{value:.15g}").normalize(), "f")
    except (ArithmeticError, ValueError):
        return str(value)


def date_format(identifier: int, code: str) -> str:
    """Return which parts of a date a number format shows, such as `ymd`, `ym`, `ymdh`; "" if it is no date."""
    plain = _QUOTED.sub("", code.partition(";")[0]).lower()
    if plain and plain != "general":
        if not re.search(r"[ydh]|m(?!ain)|年|月|日", plain) or re.search(r"[0#?]", plain.replace("0.0", "")):
            return ""
        shown = "".join(part for part in "ymdh" if part in plain)
        return shown.replace("m", "") if "h" in shown and not set("yd") & set(shown) else shown
    if identifier not in _DATE_IDS:
        return ""
    return "h" if identifier in _TIME_ONLY else "ymdh" if identifier == 22 else "ymd"


def date(serial: float, shown: str, *, from_1904: bool = False) -> str:
    """Return an ISO date, as much of it as is `shown` (`2023-10` of year and month), with the time if there is one."""
    # Excel's 1900 counts a day that never was; dates before March 1900 are not met.
    base = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 no zone in a sheet
    try:
        moment = base + timedelta(seconds=round(serial * 86_400))
    except (OverflowError, ValueError):
        return number(serial)
    if shown == "h":
        return moment.strftime("%H:%M:%S") if 0 <= serial < 1 else moment.strftime("%Y-%m-%d %H:%M:%S")
    if "d" in shown or "y" not in shown:
        day = moment.date().isoformat()
        return f"{day} {moment:%H:%M}" if "h" in shown and serial % 1 else day
    return f"{moment.year:04}-{moment.month:02}" if "m" in shown else f"{moment.year:04}"


def table(cells: dict[tuple[int, int], str], merged: Iterable[Range], draft: Draft) -> Table:
    """Return the rows and columns that hold text, merged cells repeated. Raises AttachmentError `too_large`."""
    boxes: dict[tuple[int, int], Box | None] = {at: Box(text) for at, text in cells.items() if text.strip()}
    rows = sorted({row for row, _ in boxes})
    columns = sorted({column for _, column in boxes})
    if len(rows) * len(columns) > draft.limits.cells:
        raise AttachmentError("too_large", "the file holds more text or table cells than are read")
    work = 0
    for top, bottom, left, right in merged:
        box = boxes.get((top, left))
        across = [column for column in columns if left <= column <= right]
        down = [row for row in rows if top <= row <= bottom]
        work += len(across) * len(down) + len(rows) + len(columns)
        if work > 20 * draft.limits.cells:
            raise AttachmentError("too_large", "the file holds more text or table cells than are read")
        for row in down if box else ():
            boxes.update(((row, column), box) for column in across)
    return [[boxes.get((row, column)) for column in columns] for row in rows]
