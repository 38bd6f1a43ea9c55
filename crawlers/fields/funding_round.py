"""Rounds of financing as texts print them: 天使轮, Pre-A轮, A+轮, B2轮, 战略投资, Pre-IPO, IPO."""

import re
import unicodedata

_LETTERED = re.compile(
    r"(?<![A-Za-z0-9])Pre\s?[-－–—]?\s?IPO(?:\s?轮)?"
    r"|(?<![A-Za-z0-9])Pre\s?[-－–—]?\s?(?:[A-H](?:[-－]?\d)?\s?[+＋]{0,3}|天使)\s?轮"
    r"|(?<![A-Za-z0-9])[A-HＡ-Ｈ](?:[-－]?\d)?\s?[+＋]{0,3}\s?轮"
    r"|(?:超级)?(?:种子|天使)\s?[+＋]{0,2}\s?轮"
    r"|(?<![A-Za-z])Series\s[A-H](?:\d|[+＋]{0,3})(?![A-Za-z])"
    r"|(?:(?<=轮次为)|(?<=轮次是)|(?<=阶段为)|(?<=阶段是))(?:Pre\s?[-－–—]?\s?)?[A-H]\d?[+＋]{0,3}(?![A-Za-z])"
    r"|(?<![A-Za-z0-9])Pre\s?[-－–—]?\s?[A-H][+＋]{0,3}(?=融资)",
    re.IGNORECASE,
)
_STRATEGIC = re.compile(r"战略(?:融资|轮|投资(?!方|者|人|机构|部|协议|合作|基金|人士|并购|型|[了入]|总监|官))")
_IPO = re.compile(
    r"(?<![A-Za-z-])IPO(?!申请|辅导|计划|进程|前|受理|审核|筹备|材料|招股|事宜|排队|之路|注册|上会|[A-Za-z])"
)
_WENT_PUBLIC = re.compile(r"完成|实现|登陆|挂牌上市|成功上市|募资|募集|敲钟")
_CELL = re.compile(
    r"(?:Pre\s?[-－–—]?\s?)?(?:[A-HＡ-Ｈ](?:[-－]?\d)?\s?[+＋]{0,3}|种子|天使|IPO)(?:\s?轮)?|战略(?:融资|投资|轮)|股权(?:融资|投资|转让)"
    r"|定向增发|定增|(?:新三板|科创板|创业板|主板|港股|北交所)?(?:IPO|上市|挂牌|定增)(?:上市|轮)?|并购|收购|Series\s[A-H]\+?|债权融资|(?:超级)?天使\+?轮",
    re.IGNORECASE,
)
_UNSAID = re.compile(r"未披露|未公开|不详|未知|不明确|-+|—+|/")


def normal(text: str) -> str:
    """Return a round as printed, without white space and in half-width letters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def find(text: str) -> list[tuple[int, int]]:
    """Return the places of the rounds in a running text; 战略投资 and IPO only where no letter is printed."""
    found = [match.span() for match in _LETTERED.finditer(text)]
    if not found:
        found = [match.span() for match in _STRATEGIC.finditer(text)][:1]
    if not found and _WENT_PUBLIC.search(text):
        found = [match.span() for match in _IPO.finditer(text)][:1]
    return found


def of_cell(text: str) -> tuple[int, int] | None:
    """Return the place of the round in a field that holds nothing else, or None where it says none."""
    if _UNSAID.fullmatch(text.strip()):
        return None
    if found := find(text):
        return found[0]
    match = _CELL.match(text.strip())
    if match is None:
        return None
    start = len(text) - len(text.lstrip()) + match.start()
    return start, start + len(match.group())
