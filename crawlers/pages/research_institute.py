"""Research institutes outside universities: an academy's directory, an institute's profile, lists of laboratories."""

from collections.abc import Mapping

from crawlers.fields import institutes
from crawlers.view import View
from schema.evidence import Extraction, Reading

FILES = True  # lists of laboratories hang on their notices
VERSION = 9  # raise it whenever the same page gives other values; then `samplebase reparse`


def extract(
    view: View, row: Mapping[str, Reading] | None = None, files: Mapping[str, View] | None = None
) -> Extraction | list[Extraction]:
    """Return the institute that a page is about, or those that it and its files list, each with its item key.

    `founded` is a partial ISO date, `recognised_year` a number (of laboratories: of their approval), province and
    city official names. Laboratories' 依托单位 are operators, their 主管部门 parents; what the page does not state
    is left out. Raises NotARecord for other pages, and for lists of what was revoked.
    """
    return institutes.extract("research_institute", view, row, files)
