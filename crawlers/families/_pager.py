"""What HTML lists share about their pagers: what they tell of pages and rows, and which pages they link to."""

import re
from dataclasses import dataclass

from crawlers.addresses import absolute
from crawlers.families import MAX_LIST_PAGES, Ask, ListError, Row
from crawlers.view import View

_COUNTS = re.compile(
    r"共\s{0,3}(\d{1,9})\s{0,3}页|\d\s{0,3}/\s{0,3}(\d{1,9})\s{0,3}页"
    r"|\b(?:page_?count|total_?pages?|count_?page|max_?page)\b[\"']?\s{0,3}[:=]\s{0,3}[\"']?(\d{1,9})",
    re.IGNORECASE,
)
_TOTALS = re.compile(
    r"共\s{0,3}(?:有|计)?\s{0,3}(\d{1,9})\s{0,3}(?:条|篇|件|个|项)"
    r"|\b(?:total|total_?(?:records?|rows?|count)|record_?count)\b[\"']?\s{0,3}[:=]\s{0,3}[\"']?(\d{1,9})",
    re.IGNORECASE,
)
_NONE = re.compile(r"(?:暂无|没有|未找到|无)(?:相关|符合|任何)?\S{0,6}(?:信息|数据|记录|内容|文件|结果)")
_NEXT = re.compile(r"(?:下一?页|后一?页|下页|next|[>›»]{1,2})[\s>›»]{0,3}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}")


def scripts(view: View) -> str:
    """Return the text of the page's scripts."""
    return "\n".join([] if view.tree is None else [script.text or "" for script in view.tree.iter("script")])


def told(view: View) -> tuple[int | None, int | None]:
    """Return how many pages and how many rows an HTML answer tells, in its text (共 3 页) or in its scripts."""
    found: list[int | None] = []
    for pattern in (_COUNTS, _TOTALS):
        # A title may have such words too; the pager stands behind the list.
        matches = [*pattern.finditer(view.text), *pattern.finditer(scripts(view))]
        found.append(int(next(group for group in matches[-1].groups() if group)) if matches else None)
    return found[0], found[1]


def must_be_list(view: View, rows: list[Row], what: str) -> None:
    """Raise ListError when an HTML answer shows no row and does not say either that there is none."""
    if view.tree is None:
        raise ListError(f"{what}: the answer is no HTML")
    if not rows and not _NONE.search(view.text) and 0 not in told(view):
        raise ListError(f"{what}: no link to an article, and no word that there is none")


@dataclass(frozen=True, slots=True)
class Pager:
    """The page's links to other pages: their address with `{}` for the number, and what it adds to the page's own."""

    template: str
    offset: int
    last: int

    def asks(self, first: int, last: int | None = None) -> list[Ask]:
        """Return the requests for the pages from `first` to the last one, counted from 1."""
        end = min(last or self.last, MAX_LIST_PAGES)
        return [Ask(self.template.format(page + self.offset)) for page in range(first, end + 1)]


def pager(view: View, base: str, pattern: str) -> Pager | None:
    """Return the pager whose addresses match a pattern with one group, the number; None where there is none.

    What is printed on a link (2, 3, 下一页 on the first page) tells how its number relates to the page's.
    """
    links: list[tuple[str, re.Match[str], str]] = []
    for link in [] if view.tree is None else view.tree.iter("a"):
        url = absolute(base, link.get("href") or "")
        if url is not None and (found := re.search(pattern, url)):
            links.append((url, found, view.said(link).strip()))
    if not links:
        return None
    numbers = [int(found[1]) for _, found, _ in links]
    shown = [int(found[1]) - int(text) for _, found, text in links if _NUMBER.fullmatch(text)]
    after = [int(found[1]) - 2 for _, found, text in links if _NEXT.fullmatch(text)]
    offset = next(iter(shown or after), 0)
    url, found, _ = links[0]
    head, tail = url[: found.start(1)], url[found.end(1) :]
    return Pager(f"{_braced(head)}{{}}{_braced(tail)}", offset, max(numbers) - offset)


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def following(view: View, ask: Ask) -> list[Ask]:
    """Return the requests for the pages behind this one that the page links to, by number or as 下一页.

    Only addresses that differ from the page's in a number, and in a greater one, are followed; so a site that
    answers its first page for every page is not asked for ever.
    """
    found: dict[str, None] = {}
    for link in [] if view.tree is None else view.tree.iter("a"):
        text = view.said(link).strip()
        url = absolute(ask.url, link.get("href") or "")
        if url is not None and (_NUMBER.fullmatch(text) or _NEXT.fullmatch(text)) and _is_later(ask.url, url):
            found[url] = None
    return [Ask(url) for url in found]


def _is_later(here: str, there: str) -> bool:
    """Tell whether two addresses differ in a number only, and it is greater there; a first page may have none."""
    for match in re.finditer(r"(?<!\d)\d{1,4}(?!\d)", there):
        head, tail = there[: match.start()], there[match.end() :]
        ours = re.fullmatch(rf"{re.escape(head)}(\d{{1,4}}){re.escape(tail)}", here)
        if ours is not None:
            return int(ours[1]) < int(match[0]) <= MAX_LIST_PAGES
        bare = (re.sub(r"(?:[_-]|[?&][\w.]+=)$", "", head) + tail, re.sub(r"(?:index|list)[_-]$", "", head))
        if here in bare:
            return int(match[0]) <= MAX_LIST_PAGES
    return False
