"""One row of a list, and what stands behind a name in its line."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from crawlers.fields import lineitems, names
from crawlers.fields.lineitems import Item
from schema.evidence import Reading, Span


@dataclass(slots=True)
class Entry:
    """One row of a list: its cells by property, and the headings above it, the nearest first."""

    cells: dict[str, Reading]
    above: list[Reading] = field(default_factory=list)
    in_table: bool = True
    heads: dict[str, str] = field(default_factory=dict)  # the text above each property's column
    details: list[Reading] = field(default_factory=list)  # what a line prints behind the name
    under: list[Reading] = field(default_factory=list)  # the short lines between the name and the next one


def pieces(text: str, span: Span) -> list[Span]:
    """Return what a remark prints side by side: （某某有限公司，佛山市） says two things."""
    found, at = [], span[0]
    for match in [*re.finditer(r"[，,；;｜|\t/／]|\u3000|、(?=[^，；]{2,10}[市州盟区县]$)", text[slice(*span)]), None]:
        stop = span[0] + match.start() if match else span[1]
        said = text[at:stop]
        if said.strip():
            start = at + len(said) - len(said.lstrip())
            found.append((start, start + len(said.strip())))
        at = span[0] + match.end() if match else stop
    return found


def role(said: str, properties: Collection[str]) -> str | None:
    """Return the property of an organisation that stands beside a name in its line, by what it is; else None."""
    if not names.is_organisation(said) or len(said) > names.LONGEST or re.search("[：:]", said):
        return None
    ranked = (
        ("authority", r"(?:管委会|管理委员会|管理局)$"),
        ("parent", r"(?:[厅局委部署院]|委员会|人民政府)$"),
        ("operator", r"(?:公司|大学|学院|集团|研究院|研究所|中心)$"),
        ("parent", r"."),
    )
    return next((name for name, ends in ranked if name in properties and re.search(ends, said)), None)


def is_remark(said: str) -> bool:
    """Tell whether what stands in brackets behind a name is said of it, and no part of it."""
    return bool(
        re.search(r"[:：，,、；;]|撤销|取消|\d{4}\s?年|排名|简称|筹建|更名|专业$", said)
        or re.fullmatch(
            r"[工理文法医农]学(?:学士)?|管理学|经济学|教育学|艺术学|本科|专科|高职|公办|民办|新增|备案|审批|[省部市]属|国家级|省级|市级|第[一二三四五六七八九十\d]+批",
            said,
        )
    ) or lineitems.is_full_place(said)


def without_tail(said: str) -> str:
    """Return a value without what ends it inside its line: ；, a closing bracket of no opening one, a comma."""
    depth, end = 0, len(said)
    for index, char in enumerate(said):
        depth += char in "（(【["
        depth -= char in "）)】]"
        if depth < 0 or (char in "；;" and not depth):
            end = index
            break
    return said[:end].rstrip(" \t\u3000，,、。；;|｜/（(【[")


def place_remarks(text: str, items: list[Item]) -> bool:
    """Tell whether brackets behind the names of a list hold places; else 中国石油大学（北京） is a name as it is."""
    remarks = [text[slice(*item.remark)] for item in items if item.remark]
    return sum(map(lineitems.is_place, remarks)) * 2 > len(items)
