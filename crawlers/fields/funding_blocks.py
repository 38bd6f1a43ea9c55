"""Digests of financing: items under headings that name a company.

A heading is told by repetition: lines of one look, each followed by words on a round.
"""

import re

from crawlers.fields import blocks, funding_round, investee, legal_names
from crawlers.fields.sheet import Sheet
from schema.evidence import Span

FEWEST = 3  # items of a digest
HEADING = 44
_MARK = re.compile(
    r"^[\s\u3000]*(?:(?P<number>[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?[)）.．、:：]|(?:NO|TOP)\.?\s?\d{1,3}|0\d(?=\D)|[①-⑳]|第[一二三四五六七八九十\d]{1,3}[家条、:：])|(?P<sign>[◆●■▶►▪•·★☆◇○□▲✦※\-—>»|｜\U0001f300-\U0001faff]+))?[\s\u3000]*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[｜|丨/／:：,，（(【\t]|\s[—–-]+\s|——|[—–]| {2,}|\u3000|\s(?=[\u4e00-\u9fff])")
_QUOTED = re.compile(r"^[「“『【《]([^」”』】》]{2,24})[」”』】》]")
_HEADED = re.compile(r"(?P<who>[^：:，。｜|\n]{2,24})\s?[：:｜|]")
_BY = re.compile("由|来自|领投|跟投|投资方|获悉|[、和与]$")
_EVENT = re.compile(r"融资|募资|[A-H]\d?[+＋]*轮|天使|种子轮|战略")
_SENTENCE = re.compile(r"[。；;！？]")
_NAMELESS = re.compile(r"^(?:[\d\s.:：/年月日-]+|未披露|不详|详情|查看.*|更多|\d+|.*[。！？].*)$")


def headings(sheet: Sheet) -> dict[int, Span]:
    """Return, by the start of the line that heads it, the place of the company of every item of a digest."""
    lines = [line.span for line in sheet.lines]
    looks: dict[tuple[str, str], list[int]] = {}
    for number, span in enumerate(lines):
        if (look := _look(sheet, span)) is not None:
            looks.setdefault(look, []).append(number)
    best: dict[int, Span] = {}
    for numbers in looks.values():
        if len(numbers) < FEWEST:
            continue
        found = {}
        for at, number in enumerate(numbers):
            stop = numbers[at + 1] if at + 1 < len(numbers) else min(number + 8, len(lines))
            under = " ".join(sheet.view.text[slice(*span)] for span in lines[number + 1 : stop])
            name = _name(sheet.view.text, lines[number])
            if name is not None and funding_round.find(under):
                found[lines[number][0]] = name
        if len(found) * 4 >= len(numbers) * 3 and len(found) > max(len(best), FEWEST - 1):
            best = found
    return best


def paragraphs(sheet: Sheet) -> dict[int, Span]:
    """Return, by the start of the paragraph that tells of it, the place of the company of every item of a digest.

    The paragraphs begin with their companies, or print their legal names in the first words.
    """
    text = sheet.view.text

    def named(span: Span) -> Span | None:
        headed = _HEADED.match(text, *span)
        if headed and _name(text, headed.span("who")) is not None:
            return investee.cleaned(text, *headed.span("who"))
        return next((one for one in legal_names.find(text, span) if not _BY.search(text[span[0] : one[0]])), None)

    found = blocks.told(sheet, legal_names.is_whole, named)
    told = [one for one in found if funding_round.find(text[slice(*one[1])])]
    return {place[0]: name for name, place in told} if len(told) * 4 >= len(found) * 3 else {}


def _look(sheet: Sheet, span: Span) -> tuple[str, str] | None:
    """Return what a short line looks like: its elements and its mark; None for sentences and what tells an event."""
    text = sheet.view.text[slice(*span)]
    mark = _MARK.match(text)
    rest = text[mark.end() :] if mark else text
    if (
        not 2 <= len(rest) <= HEADING
        or _SENTENCE.search(rest)
        or _EVENT.search(rest)
        or re.match(r"[^：:]{2,5}[：:]", rest)
    ):
        return None
    kind = "" if mark is None else "number" if mark["number"] else "sign" if mark["sign"] else ""
    return ">".join(sheet.looks(span)), kind


def _name(text: str, span: Span) -> Span | None:
    start, end = span
    if mark := _MARK.match(text[start:end]):
        start += mark.end()
    if quoted := _QUOTED.match(text[start:end]):
        start, end = start + quoted.start(1), start + quoted.end(1)
    elif parted := _PARTS.search(text, start + 1, end):
        end = parted.start()
    said = text[start:end].strip()
    if not 2 <= len(said) <= 24 or _NAMELESS.match(said) or not re.search(r"[\u4e00-\u9fffA-Za-z]{2}", said):
        return None
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return start, start + len(said)
