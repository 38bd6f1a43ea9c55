"""Parks and development zones: catalogues with their files, a park's profile, its approval, news of its building."""

import re
from collections.abc import Mapping

from crawlers.fields import (
    pairs,
    park_area,
    park_industries,
    park_level,
    park_list,
    park_name,
    park_parties,
    park_place,
    park_state,
)
from crawlers.fields.further_hints import HINTS
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Reading

FILES = True  # most catalogues are files on a notice
VERSION = 7  # raise it whenever the same page gives other values; then `samplebase reparse`

_ABOUT = re.compile(
    r"规划面积|占地|主导产业|平方公里|公顷|亩|位于|管委会|管理委员会|设立|奠基|开工|开园|批复|批准|运营|入驻|园区"
)


def extract(
    view: View, row: Mapping[str, Reading] | None = None, files: Mapping[str, View] | None = None
) -> Extraction | list[Extraction]:
    """Return the parks that a page and its files list, each with its item key, or the one that the page is about.

    `row` are readings of the list row that led to the page. `area_km2` is a number, `established` a partial ISO
    date; province, city and county are official names. Properties that the page does not state are left out.
    Raises NotARecord for other pages, and for lists of what was revoked.
    """
    register = park_list.register_of(view, files)
    return park_list.read(view, register) or _profile(register.labelled[0], row)


def _profile(stated: Statements, row: Mapping[str, Reading] | None) -> Extraction:
    sheet = stated.sheet
    pairs.supplement(stated, HINTS["park"])
    fields: dict[str, list[Reading]] = {}
    name = park_name.name(sheet, stated, row or {})
    if name is None:
        raise NotARecord("no park is named in the title or the text")
    fields["name"] = [name]
    park_area.area(fields, sheet, stated)
    park_industries.industries(fields, sheet, stated)
    park_parties.parties(fields, sheet, stated, name)
    park_state.established(fields, sheet, stated, name)
    park_state.state(fields, sheet, stated, name)
    told = set(fields) - {"name"}
    park_level.level(fields, sheet, stated, name)
    park_place.place(fields, sheet, stated, name)
    if not told and not _is_about(sheet, name):
        raise NotARecord("nothing is said of the park that is named")
    extraction = Extraction("park", fields)
    extraction.warnings = [("unknown_label", label) for label in stated.unknown]
    return extraction


def _is_about(sheet: Sheet, name: Reading) -> bool:
    text = "".join(sheet.view.text[slice(*span)] for span in sheet.prose)
    return str(name.value) in text and len(_ABOUT.findall(text)) >= 2
