"""Parks and development zones: catalogues with their files, a park's profile, its approval, news of its building."""

import re
from collections.abc import Mapping
from itertools import islice

from crawlers.fields import (
    headline,
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
VERSION = 9  # raise it whenever the same page gives other values; then `samplebase reparse`

_ABOUT = re.compile(
    r"规划面积|占地|主导产业|平方公里|公顷|亩|位于|管委会|管理委员会|设立|奠基|开工|开园|批复|批准|运营|入驻|园区"
)

# What a park's office asks people for once: the notice names the park, and is no record of it.
_ERRAND = re.compile(
    r"招聘(?!会|季)|招录|招考|选聘|选调|拟聘|拟录用|聘用人员|(?:面试|笔试|体检|考察|资格复审|考试)(?:人员|成绩|名单|公告|通知)|(?:综合|总)成绩"
    r"|(?:招标|中标|成交|采购|询价|磋商|比选|流标|废标|遴选)[^，。]{0,12}(?:公告|公示|结果|候选人|邀请)|放假|值班安排|停[水电气][^，。]{0,6}(?:通知|公告)"
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
    if any(_ERRAND.search(head.raw) for head in islice(headline.candidates(sheet), 2)):
        raise NotARecord("a notice of an errand: recruiting, a purchase")
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
