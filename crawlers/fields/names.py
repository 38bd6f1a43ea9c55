"""Lists of names: where one name stops and the next begins (A、B和C; A，B; one a line; 1. A 2. B)."""

import re
from collections.abc import Iterable
from functools import lru_cache

from ruamel.yaml import YAML

from schema.evidence import Origin, Reading, Span
from schema.settings import settings

LONGEST = 60
_OPEN, _CLOSE = "（([【「『《“", "）)]】」』》”"
_HARD = "、；;，,\n\t|｜•●■◆▲★◎※"
_AND = re.compile(r"以及|[和及与]")
_JOINED = re.compile(r"联合|携手|会同|协同")
_BEFORE = re.compile(
    r"^(?:[\s\u3000:：·．.、，,。*>—–\-●•■◆◇○★☆▲△▶►▪□✦※»›✔✅\u2190-\u21ff\u25a0-\u27bf\ufe0f\U0001f000-\U0001faff]+"
    r"|[（(]?\d{1,3}[)）.．、]\s*|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|[①-⑳]\s*|[一二三四五六七八九十]{1,2}、)+"
)
_AFTER = re.compile(
    r"(?:\s*等\s*(?:(?:近|超|约|逾)?(?:\d+|[一二三四五六七八九十百千]+|数十|多|若干)\s*[余多]?\s*)?(?:家|个|所)?\s*(?:单位|机构|企业|高校|院所|部门|组织|公司|媒体|[^，。、]{0,8}(?:企业|单位|机构|院所|高校))?"
    r"|\s*(?:[\d两二三四五六七八九十]+|多)\s?[家方](?:单位|机构|企业|高校|院所|公司|组织)?|\s*[（(](?:排名|排序|按|以|不分|名单|拟|待定|顺序|筹|独家)[^（）()]*[)）]|\s*(?:共同|联合|牵头|负责|具体|独家)|[\s\u3000。.；;，,、：:]+)$"
)
_LTD = re.compile(r",?\s*(?:Ltd|Inc|LLC|Limited|Corp|GmbH)\b", re.IGNORECASE)
_COUNTER = re.compile(r"[（(]\d{1,2}[)）]|[①-⑳]|(?<=[\u4e00-\u9fff）\s])\d{1,2}[.．](?=\s{0,2}[\u4e00-\u9fff《])")
_WIDE = re.compile(r"[\u3000\s]+")


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    raw = YAML(typ="safe").load(settings().data / "labels" / "organisations.yaml")
    return tuple(map(str, raw["endings"])), tuple(map(str, raw["not_endings"]))


def is_organisation(text: str) -> bool:
    """Tell whether a name ends as names of organisations do; a bracket at its end is not looked at."""
    name = re.sub(r"\s*[（(][^（）()]{0,30}[)）]\s*$", "", text.strip()) or text.strip()
    return len(name) >= 2 and name.rstrip(".").endswith(_endings()[0])


def _stops(text: str) -> bool:
    """Tell whether a name may stop here, before 和 or a space."""
    return is_organisation(text) and not text.endswith(_endings()[1])


def split(text: str, span: Span, *, joined: bool = False) -> list[Span]:
    """Return the places of the names in `text[span]`, in order; `joined` parts A联合B too.

    A comma, 、, a line break and the like part names outside brackets; 和, 及, 与 and a space only behind the
    end of an organisation's name (工业和信息化部 stays whole).
    """
    found: list[Span] = []
    for start, end in _parts(text, *span):
        pieces = _at_and(text, start, end)
        if joined:
            pieces = [piece for one in pieces for piece in _at_joined(text, *one)]
        found += [trimmed for piece in pieces if (trimmed := trim(text, *piece)) is not None]
    return found


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the place of a name without number, 等 and remarks around it; None where no name is left."""
    if match := _BEFORE.match(text[start:end]):
        start += match.end()
    while match := _AFTER.search(text[start:end]):
        if not match.group():
            break
        end = start + match.start()
    for left, right in ("“”", "《》", "「」", '""'):
        if end - start > 2 and text[start] == left and text[end - 1] == right and text.count(left, start, end) == 1:
            start, end = start + 1, end - 1
    while start < end and text[start] in " \u3000":
        start += 1
    return (start, end) if end - start >= 2 and re.search(r"[^\W\d_]", text[start:end]) else None


def readings(text: str, spans: Iterable[Span], origin: Origin) -> list[Reading]:
    """Return the names as readings, each name once."""
    found: dict[str, Reading] = {}
    for start, end in spans:
        raw = text[start:end]
        value = re.sub(r"\s*\n\s*", "", raw).strip()
        found.setdefault(value, Reading(value, raw, origin, ((start, end),)))
    return list(found.values())


def lines(text: str, spans: list[Span]) -> list[Span]:
    """Return the names in lines under a label: the first line, and those after it that go on naming.

    A later line goes on while all its names end as organisations do, or the line before ended with a separator.
    """
    found: list[Span] = []
    for number, span in enumerate(spans):
        said = text[slice(*span)]
        parts = split(text, span)
        if re.search("[。！？]", said.rstrip("。 ")) or (number and len(said) > 400):
            break
        if number and not _goes_on(text, spans[number - 1], parts):
            break
        found += parts
    return found


def _goes_on(text: str, before: Span, parts: list[Span]) -> bool:
    if not parts:
        return False
    if text[slice(*before)].rstrip()[-1:] in ("、", "，", ","):
        return True
    return all(is_organisation(text[slice(*part)]) and part[1] - part[0] <= LONGEST for part in parts)


def _parts(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    depth, at = 0, start
    for index in range(start, end):
        char = text[index]
        if not depth and index > at and _COUNTER.match(text, index, end):
            found.append((at, index))
            at = index
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif (
            (char in _HARD and not (char == "," and _LTD.match(text, index)))
            or (char in "/／" and _is_han(text[at:index].rstrip()[-1:]) and _is_han(text[index + 1 : end].lstrip()[:1]))
            or (char in " \u3000" and _parts_here(text, at, index, end))
        ):
            found.append((at, index))
            at = index + 1
    found.append((at, end))
    return found


def _is_han(char: str) -> bool:
    return bool(char) and "\u4e00" <= char <= "\u9fff"


def _parts_here(text: str, start: int, index: int, end: int) -> bool:
    """Tell whether the space at `index` parts two names."""
    gap = _WIDE.match(text, index)
    after = text[gap.end() if gap else index + 1 : end]
    wide = bool(gap and (len(gap.group()) > 1 or "\u3000" in gap.group()))
    before = _BEFORE.sub("", text[start:index])
    if not before.strip() or not after:
        return False
    if not (_is_han(before[-1]) or before[-1] in "）)"):
        return wide and not before.isascii()
    # 1. 甲 2. 乙
    return (_is_han(after[0]) and (wide or is_organisation(before))) or bool(
        re.match(r"\d{1,2}[.．、)）]|[①-⑳（(]\d", after)
    )


def _at_and(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    for match in _AND.finditer(text, start, end):
        left, right = text[at : match.start()], _AFTER.sub("", text[match.end() : end])
        if left.count("（") + left.count("(") > left.count("）") + left.count(")"):
            continue
        if not left.strip():
            at = match.end()
        elif _stops(left) and is_organisation(right) and len(left.strip()) > 2:
            found.append((at, match.start()))
            at = match.end()
    found.append((at, end))
    return found


def _at_joined(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    for match in _JOINED.finditer(text, start, end):
        if not text[at : match.start()].strip() and text[match.end() : match.end() + 1] not in (
            "会",
            "体",
            "国",
            "大",
            "",
        ):
            at = match.end()
        elif is_organisation(text[at : match.start()]) and text[match.end() : match.end() + 1] not in (
            "会",
            "体",
            "国",
            "",
        ):
            found.append((at, match.start()))
            at = match.end()
    found.append((at, end))
    return found
