"""One label with its value, whatever the layout."""

import re
from dataclasses import dataclass

from schema.evidence import Span

LABEL = 12  # characters of the longest label
VALUE = 160
DAY = (
    r"(?:(?:19|20)\d\d\s?(?:年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?|[./-]\d{1,2}(?:[./-]\d{1,2})?)"
    r"|(?:19|20)\d\d(?=[\s：:]))"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """What a label says, without white space, and where its value stands."""

    label: str
    value: Span
    more: tuple[Span, ...] = ()  # the lines under the value, up to the next label of this look
    place: Span = (0, 0)
    headed: bool = False  # a line of its own above the value


def make(text: str, label: str, start: int, end: int) -> Pair | None:
    """Return a label with the value in `text[start:end]`; None where one of them is none."""
    plain = re.sub(r"^\W+|\W+$", "", squeezed(label))
    # Of a label in both languages the Chinese half is looked at: Affiliation 隶属单位.
    plain = re.sub(r"^[A-Za-z&'’/-]{2,30}(?=[\u4e00-\u9fff]{2})|(?<=[\u4e00-\u9fff]{2})[A-Za-z&'’/-]{3,30}$", "", plain)
    while start < end and text[start] in " \t\n\u3000：:｜|":
        start += 1
    while end > start and text[end - 1] in " \t\n\u3000。；;，,":
        end -= 1
    if (
        not 1 < len(plain) <= LABEL
        or plain.isdecimal()
        or not 0 < end - start <= VALUE
        or "\n" in text[start:end].strip()
    ):
        return None
    return Pair(plain, (start, end), (), (max(start - 1, 0), start))


def squeezed(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())
