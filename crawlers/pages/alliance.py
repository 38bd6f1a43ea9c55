"""Alliances, associations and societies: registers with their files, a profile, charter, member list, news."""

import re
from collections.abc import Mapping

from crawlers.fields import alliance_list, alliance_name, alliance_profile, pairs
from crawlers.fields.further_hints import HINTS
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Reading

FILES = True  # many registers are files on a notice
VERSION = 9  # raise it whenever the same page gives other values; then `samplebase reparse`


def extract(
    view: View, row: Mapping[str, Reading] | None = None, files: Mapping[str, View] | None = None
) -> Extraction | list[Extraction]:
    """Return the alliances that a page and its files list, each with its item key, or the one that the page is about.

    `row` are readings of the list row that led to the page. `founded` is a partial ISO date, `region` a GB/T
    2260 code, `member_count` a number; the organisations are named as printed. Properties that the page does not
    state are left out. Raises NotARecord for other pages, and for lists of what was revoked.
    """
    register = alliance_list.register_of(view, files)
    return alliance_list.read(view, register) or _profile(register.labelled[0], row)


def _profile(stated: Statements, row: Mapping[str, Reading] | None) -> Extraction:
    sheet = stated.sheet
    pairs.supplement(stated, HINTS["alliance"])
    name = alliance_name.name(sheet, stated, row or {})
    if name is None:
        raise NotARecord("no alliance is named in the title or the text")
    one = alliance_profile.read(sheet, stated, name)
    if not set(one.fields) - {"name", "level", "region", "short_name"} and not _is_about(sheet, name):
        raise NotARecord("nothing is said of the alliance that is named")
    return one


def _is_about(sheet: Sheet, name: Reading) -> bool:
    """Tell whether the text says what the alliance is: 是…组织, 以下简称, 宗旨."""
    text = "".join(sheet.view.text[slice(*span)] for span in sheet.prose)
    return str(name.value) in text and bool(re.search(r"宗旨|社会团体|社会组织|非营利|简称|自愿组成|章程", text))
