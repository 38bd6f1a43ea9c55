"""Who backs a round, as a field says it: names with their parts in brackets, behind them, under words or alone."""

import re

from crawlers.fields import investors
from schema.evidence import Span

_LABELLED = re.compile(r"(?P<role>领投|跟投|参投|老股东)(?:方|机构)?\s?[:：]|$")
_SAID = re.compile(r"领投(?![)）])|跟投(?![)）])|主投(?![)）])|参投(?![)）])")
_PIECE = re.compile(r"[^、，,；;\n|｜/／]+")
_ROLE = re.compile(
    r"\s*[·|（(]?\s?(?:为|是|系)?(?:本轮|联合|共同|独家|战略|持续|继续|追加)*(?:(?P<lead>领投|主投|牵头)|跟投|参投|加码|加注)(?:方|机构|人)?\s?[)）]?$"
)
_VERB = re.compile("领投|跟投|参投|主投|牵头|加码|加注|由")
_ENDS = "，,；;\n"


def of_field(text: str, span: Span) -> tuple[list[Span], list[Span]]:
    """Return leaders and others of a field: A（领投）、B; 领投：A；跟投：B; A领投，B跟投; or names alone."""
    said = text[slice(*span)]
    labelled = any(match["role"] for match in _LABELLED.finditer(said))
    if _SAID.search(said) and not labelled:
        lead, follow = _marked(text, span) or investors.told(text, span)
        if lead or follow:
            return lead, follow
    lead, follow = [], []
    at = span[0]
    leading = False
    for match in _LABELLED.finditer(said):
        piece = at, span[0] + match.start()
        (lead if leading else follow).extend(investors.split(text, piece) if piece[1] > piece[0] else [])
        at, leading = span[0] + match.end(), match["role"] == "领投"
    marked = [one for one in follow if re.match(r"\s?[（(](?:联合)?领投", text[one[1] : one[1] + 6])]
    return [*lead, *marked], [one for one in follow if one not in marked]


def _marked(text: str, span: Span) -> tuple[list[Span], list[Span]] | None:
    """Return leaders and others of names each followed by its part or by none; None where a sentence tells it.

    What A、B领投 says holds for both, what stands on a line or behind a comma without a part follows.
    """
    lead: list[Span] = []
    follow: list[Span] = []
    open_: list[Span] = []
    for piece in _PIECE.finditer(text, *span):
        role = _ROLE.search(piece.group())
        names = piece.group()[: role.start()] if role else piece.group()
        if _VERB.search(names):
            return None
        open_ += investors.split(text, (piece.start(), piece.start() + len(names)))
        if role or text[piece.end() : piece.end() + 1] in _ENDS:
            (lead if role and role["lead"] else follow).extend(open_)
            open_ = []
    return lead, [*follow, *open_]
