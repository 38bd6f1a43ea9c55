"""The main list of a page of which nothing is known: the links of one form, most of them with a title and a day."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawlers.addresses import absolute, host_of
from crawlers.families import Ask, ListError, Row, generic
from crawlers.likeness import form, pattern_of
from crawlers.sourcefile import Channel
from crawlers.view import View

_SECOND = frozenset({"com", "edu", "gov", "net", "org", "ac"})  # .gov.cn and its likes: a site's name has three parts
_TRIED = 12  # forms of addresses that are looked at, the most frequent first
_FILES = (".doc", ".docx", ".pdf", ".xls", ".xlsx", ".zip", ".rar", ".jpg", ".png")


@dataclass(frozen=True, slots=True)
class Found:
    """A list: its rows, and the regular expression of their addresses."""

    rows: list[Row]
    article: str


def main_list(view: View, url: str) -> Found | None:
    """Return the page's main list, or None where nothing is repeated with days."""
    forms: dict[str, list[str]] = defaultdict(list)
    for link in [] if view.tree is None else view.tree.iter("a"):
        found = absolute(url, link.get("href") or "")
        if found is not None and found != url and site_of(found) == site_of(url):
            path = urlsplit(found).path.lower()
            if path.strip("/") and not path.endswith(_FILES):
                forms[form(found)].append(found)
    tried = sorted(forms.values(), key=len, reverse=True)[:_TRIED]
    lists = [(rows, urls) for urls in tried if (rows := _rows(view, url, urls))]
    if not lists:
        return None
    rows, urls = max(lists, key=lambda each: len(each[0]))
    for _, others in lists:
        # Rows of other forms that stand in the same list belong to it.
        if others is not urls and len(more := _rows(view, url, [*urls, *others])) > len(rows) and _adds(rows, more):
            rows, urls = more, [*urls, *others]
    return Found(rows, pattern_of([row.url for row in rows], url))


def site_of(url: str) -> str:
    """Return the name of the site that a host belongs to: `xxgk.hefei.gov.cn` is of `hefei.gov.cn`."""
    labels = host_of(url).split(".")
    count = 3 if len(labels) > 2 and labels[-2] in _SECOND else 2
    return ".".join(labels[-count:])


def _rows(view: View, url: str, urls: list[str]) -> list[Row]:
    channel = Channel(id="c", name="c", kind="policy", family="generic", url=url, article=pattern_of(urls, url))
    try:
        return generic.read(view, Ask(url), channel).rows
    except ListError:
        return []


def _adds(rows: list[Row], more: list[Row]) -> bool:
    """Tell whether a longer list holds the shorter one, and each row of it still says its day."""
    days = sum("published_date" in row.readings for row in more)
    return {row.url for row in rows} <= {row.url for row in more} and days >= len(more) - 1
