"""The numbers that Word prints before paragraphs without writing them: 1. 一、 （一） (ECMA-376 part 1, 17.9)."""

import re
from dataclasses import dataclass

from crawlers.attachments.limits import AttachmentError
from crawlers.attachments.packages import Package, attribute, local, named, parse
from crawlers.lineartext import Element

_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"})


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it prints, such as `（%1）`."""

    start: int
    kind: str
    text: str


class Numbering:
    """Counts a document's numbered lists, paragraph by paragraph."""

    def __init__(self, package: Package) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        for style in named(_part(package, "word/styles.xml"), "style"):
            if found := _numbered(style):
                self._styles[attribute(style, "styleId") or ""] = found
        root = _part(package, "word/numbering.xml")
        plans = {attribute(plan, "abstractNumId"): _levels(plan) for plan in named(root, "abstractNum")}
        for number in named(root, "num"):
            plan = next((attribute(c, "val") for c in number if local(c) == "abstractNumId"), None)
            self._levels[attribute(number, "numId") or ""] = plans.get(plan, {})

    def next(self, paragraph: Element) -> str:
        """Return what is printed before a paragraph, "" if it is in no numbered list."""
        found = self._list_of(paragraph)
        level = self._levels.get(found[0], {}).get(found[1]) if found else None
        if found is None or level is None or level.kind in ("bullet", "none"):
            return ""
        key, depth = found
        counts = self._counts.setdefault(key, [None] * 10)
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        counts[depth + 1 :] = [None] * (len(counts) - depth - 1)
        levels = self._levels[key]

        def printed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            there = levels.get(at, level)
            return _printed(counts[at] or there.start, there.kind)

        return re.sub(r"%([1-9])", printed, level.text)

    def _list_of(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the list and level that a paragraph names itself, else that of its style."""
        if found := _numbered(paragraph):
            return found if found[0] != "0" else None
        styles = (p for group in paragraph if local(group) == "pPr" for p in group if local(p) == "pStyle")
        found = next((self._styles.get(attribute(style, "val") or "") for style in styles), None)
        return found if found and found[0] != "0" else None


def _part(package: Package, name: str) -> Element:
    """Return a part's root; an empty element for one that is missing or broken, since the text can do without."""
    try:
        return package.xml(name) if package.has(name) else parse(b"<none/>")
    except AttachmentError as error:
        if error.code != "damaged":
            raise
        return parse(b"<none/>")


def _levels(plan: Element) -> dict[int, Level]:
    found = {}
    for level in named(plan, "lvl"):
        at = attribute(level, "ilvl") or "0"
        values = {local(child): attribute(child, "val") or "" for child in level}
        start = values.get("start", "1")
        if at.isdigit() and int(at) < 9:
            number = int(start) if start.isdigit() and len(start) < 9 else 1
            found[int(at)] = Level(number, values.get("numFmt", "decimal"), values.get("lvlText", ""))
    return found


def _numbered(element: Element) -> tuple[str, int] | None:
    """Return the list's number and level in the properties of a paragraph or style."""
    for properties in element:
        if local(properties) == "pPr":
            values = {local(c): attribute(c, "val") or "0" for p in properties if local(p) == "numPr" for c in p}
            level = values.get("ilvl", "0")
            if "numId" in values and level.isdigit() and int(level) < 9:
                return values["numId"], int(level)
    return None


def _printed(number: int, kind: str) -> str:
    if kind in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
        return f"{lead}{_DIGITS[ones] if ones else ''}"
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    return str(number)
