"""Plain text and comma-separated values."""

import csv
import io

from crawlers.attachments.draft import Box, Draft
from crawlers.attachments.packages import Budget
from crawlers.charset import decode


def read_text(content: bytes, draft: Draft, budget: Budget) -> None:
    """Write the lines of a text file. Raises AttachmentError `too_large`."""
    del budget
    text, draft.charset = decode(content)
    draft.paragraph(text)


def read_csv(content: bytes, draft: Draft, budget: Budget) -> None:
    """Write a CSV file as one table; the delimiter is the commonest of comma, tab and semicolon in its first line."""
    del budget
    text, draft.charset = decode(content)
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    csv.field_size_limit(1_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        draft.warn("damaged", "the rows of the CSV file cannot be told apart")
        draft.paragraph(text)
        return
    draft.table([[Box(value) if value.strip() else None for value in row] for row in rows])
