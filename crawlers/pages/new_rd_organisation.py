"""New-type R&D organisations (新型研发机构): the provinces' lists with their files, and single profiles."""

from collections.abc import Mapping

from crawlers.fields import institutes
from crawlers.view import View
from schema.evidence import Extraction, Reading

FILES = True  # most lists are files on a notice
VERSION = 9  # raise it whenever the same page gives other values; then `samplebase reparse`


def extract(
    view: View, row: Mapping[str, Reading] | None = None, files: Mapping[str, View] | None = None
) -> Extraction | list[Extraction]:
    """Return the organisations that a page and its files list, each with its item key, or the one it is about.

    `recognised_year` is the year of the row, of its batch's heading or of the list's title (2022年度), else that of
    the notice itself; a list of proposals (公示, 拟认定) gives none, and the warning `proposed` with the heading that
    says so. Rows of what was revoked are no records. Raises NotARecord for other pages.
    """
    return institutes.extract("new_rd_organisation", view, row, files)
