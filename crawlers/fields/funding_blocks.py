"""Digests of financing: items under headings that name a company.

A heading is told by repetition: lines of one look, each followed by words on a round.
"""

import re

from crawlers.fields import blocks, funding_round, investee, legal_names, places
from crawlers.fields.sheet import Sheet
from schema.evidence import Span

FEWEST = 3  # items of a digest
HEADING = 44
_MARK = re.compile(
    r"^[\s\u3000]*(?:(?P<number>[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?[)）.．、:：]|(?:NO|TOP)\.?\s?\d{1,3}|0\d(?=\D)|[①-⑳]|第[一二三四五六七八九十\d]{1,3}[家条、:：])|(?P<sign>[◆●■▶►▪•·★☆◇○□▲✦※\-—>»|｜\U0001f300-\U0001faff]+))?[\s\u3000]*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[｜|丨/／:：,，（(【\t]|\s[—–-]+\s|——|[—–]| {2,}|\u3000|\s(?=[\u4e00-\u9fff])")
_RUBRIC = re.compile(
    r"[\s｜|丨/／·]*(?:(?P<who>[^｜|丨/／·:：「“『【《]{1,12}?)\s?[｜|丨/／·]|[【《\[](?P<quoted>[^】》\]]{1,12})[】》\]])\s?(?=\S)"
)
_NO_COMPANY = re.compile(
    r"[\d\s.:：/年月日号-]+|[\d.近超数余约百千]+[万亿].{0,4}|海外|国内|国外|全国|其他|其它|亿元级|千万级"
)
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
            name = _name(sheet.view.text, lines[number], under)
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


def _name(text: str, span: Span, under: str = "") -> Span | None:
    """Return the place of the company that a heading names; a part that the text `under` it says wins over others."""
    start, end = span
    if mark := _MARK.match(text[start:end]):
        start += mark.end()
    while lead := _RUBRIC.match(text[start:end]):
        # 01｜长沙｜某某智算：…, 【医疗】某某科技: a place or a rubric, unless the text speaks of it as of a company.
        named = lead["who"] or lead["quoted"]
        if not _is_rubric(named) and (named in under or not _is_said(text[start + lead.end() : end], under)):
            break
        start += lead.end()
    if quoted := _QUOTED.match(text[start:end]):
        start, end = start + quoted.start(1), start + quoted.end(1)
    elif parted := _PARTS.search(text, start + 1, end):
        end = parted.start()
    said = text[start:end].strip()
    if not 2 <= len(said) <= 24 or _NAMELESS.match(said) or not re.search(r"[\u4e00-\u9fffA-Za-z]{2}", said):
        return None
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return start, start + len(said)


def _is_rubric(said: str) -> bool:
    """Tell whether a part of a heading is a place, a round, a sum or a day, and no company."""
    place = places.at_start(said)
    whole = place is not None and (place.end == len(said) or said[place.end :] in "省市区县")
    return whole or bool(_NO_COMPANY.fullmatch(said) or funding_round.of_cell(said))


def _is_said(rest: str, under: str) -> bool:
    """Tell whether the text under a heading says the next part of it."""
    part = _PARTS.split(rest.strip("「」“”『』【】《》 "))[0].strip("」”』】》 ")
    return len(part) > 1 and part in under
