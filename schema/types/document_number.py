"""Document numbers (发文字号) such as 国发〔2017〕35号, orders (国务院令第722号) and announcements.

The written form follows GB/T 9704-2012 (党政机关公文格式) 7.2.5: agency code, year in six-cornered
brackets, number without leading zeros and without 第.
"""

import re
from dataclasses import dataclass
from typing import Self

# One character for one character, so that offsets stay those of the printed text.
_WIDTH = str.maketrans("０１２３４５６７８９　", "0123456789 ")
_OPEN, _CLOSE = "〔\\[［【(（〈<〖﹝《「", "〕\\]］】)）〉>〗﹞》」"
_HAN = "\u4e00-\u9fff"
_YEAR = r"(?:19|20)\s?\d\s?\d"
_NUMERAL = "〇零一二三四五六七八九十百"

_CODE = rf"(?P<code>[{_HAN}A-Z]{{1,20}})\s{{0,3}}"
_BRACKETED = (
    rf"{_CODE}[{_OPEN}]\s{{0,2}}(?P<year>{_YEAR})\s{{0,2}}年?[{_CLOSE}]\s{{0,2}}第?\s{{0,2}}(?P<number>\d{{1,5}})"
)
_ORDER = (
    rf"(?P<order>[{_HAN}]{{0,24}}(?:令|公告|通告))\s{{0,3}}[(（]?\s?(?:(?P<order_year>{_YEAR})\s?年?\s{{0,2}})?"
    rf"第\s{{0,2}}(?P<order_number>\d{{1,5}}|[{_NUMERAL}]{{1,6}})\s{{0,2}}号"
)
_ISSUE = rf"(?<!\d)(?P<issue_year>{_YEAR})\s?年\s{{0,2}}第\s{{0,2}}(?P<issue_number>\d{{1,5}})\s{{0,2}}号"

_FIND = re.compile(rf"{_BRACKETED}\s{{0,2}}号|{_ORDER}")
_BARE = re.compile(rf"{_BRACKETED}\s{{0,2}}号?")
_ISSUE_ONLY = re.compile(_ISSUE)
_REVERSED = re.compile(
    rf"第\s{{0,2}}(?P<order_number>\d{{1,5}}|[{_NUMERAL}]{{1,6}})\s{{0,2}}号\s?(?P<order>[{_HAN}]{{0,24}}令)"
)
# Without brackets the year and the number must stand apart: 国发201735号 could be read in two ways.
_LOOSE = re.compile(rf"{_CODE}(?P<year>{_YEAR})(?:\s{{1,3}}|\s?年\s?)第?\s?(?P<number>\d{{1,5}})\s?号")

# 示 政 发〔2020〕1号: letters set apart, not two words.
_SPREAD = re.compile(rf"(?<=[{_HAN}])\s(?=[{_HAN}](?:\s|[{_OPEN}]))")

# Words of the running text that touch an agency code from the left.
_LEAD = re.compile(
    r".*(?:根据|按照|依据|依照|参照|遵照|关于|印发|转发|下发|发布|公布|文件|贯彻|落实|执行|通知|以及|废止|替代|同时|文号|字号"
    r"|编号|号文|意见|办法|规定|方案|决定|^日)"
)
_JOINER = re.compile(r".+[的和及与]")  # inside 工业和信息化部 it joins nothing: for codes only
_ANNOUNCED = ("令", "公告", "通告")


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """An agency's code, the year (None for an order numbered through) and the number.

    `agency` is printed before the year: 国发, 粤府办, 沪府规, or for orders and announcements the words up
    to 令 or 公告 (国务院令); it is empty for an announcement that only says 2023年第5号.
    """

    agency: str
    year: int | None
    number: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the number that `text` consists of, in any brackets, width and spacing, or None."""
        stripped = text.strip().strip("。；;，,").translate(_WIDTH).strip()
        if stripped.startswith(("(", "（")) and stripped.endswith((")", "）")):
            stripped = stripped[1:-1].strip()
        stripped = _SPREAD.sub("", stripped)
        for pattern in (_FIND, _BARE, _LOOSE, _REVERSED, _ISSUE_ONLY):
            if match := pattern.fullmatch(stripped.rstrip(")）") if pattern is _FIND else stripped):
                return cls._read(match)
        return None

    @classmethod
    def find(cls, text: str) -> list[tuple[Self, int, int]]:
        """Return the document numbers in running text with their offsets, in the order of the text."""
        found: list[tuple[Self, int, int]] = []
        for match in _FIND.finditer(text.translate(_WIDTH)):
            name = "order" if match["order"] is not None else "code"
            start = match.start() + _lead(match[name], joined=name == "code")
            printed = text[start : match.end()]
            if (number := cls.parse(printed)) is not None:
                found.append((number, start, match.end()))
        return found

    @classmethod
    def _read(cls, match: re.Match[str]) -> Self | None:
        found = {name: part for name, part in match.groupdict().items() if part is not None}
        agency = re.sub(r"\s", "", found.get("code") or found.get("order") or "")
        if agency.endswith(_ANNOUNCED):
            agency = agency.removeprefix("中华人民共和国")
        year = found.get("year") or found.get("order_year") or found.get("issue_year")
        number = found.get("number") or found.get("order_number") or found.get("issue_number") or ""
        value = int(number) if number.isdecimal() else _numeral(number)
        if not value:
            return None
        return cls(agency, int(re.sub(r"\s", "", year)) if year else None, value)

    def __str__(self) -> str:
        """Return the canonical form: 国发〔2017〕35号, 国务院令第722号, 工业和信息化部公告2023年第5号."""
        if self.year is None:
            return f"{self.agency}第{self.number}号"
        if not self.agency or self.agency.endswith(_ANNOUNCED):
            return f"{self.agency}{self.year}年第{self.number}号"
        return f"{self.agency}〔{self.year}〕{self.number}号"


def _lead(agency: str, *, joined: bool) -> int:
    """Return how many characters in front of an agency belong to the sentence."""
    end = 0
    for pattern in (_LEAD, _JOINER) if joined else (_LEAD,):
        if (match := pattern.match(agency)) and match.end() < len(agency):
            end = max(end, match.end())
    return end


def _numeral(text: str) -> int:
    """Return 1-999 written in Chinese numerals (四十七, 一百零二), or 0."""
    total = last = 0
    for character in text:
        if character in "十百":
            total += (last or 1) * (10 if character == "十" else 100)
            last = 0
        else:
            last = "零一二三四五六七八九".find(character.replace("〇", "零"))
    return total + last
