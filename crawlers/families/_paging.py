"""What list families share about pages: which one a request asks for, the request for another one."""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from crawlers.families import MAX_LIST_PAGES, Ask, ListError
from crawlers.sourcefile import Channel
from schema.errors import InputError


def _places(name: str) -> re.Pattern[str]:
    """Return the pattern of a parameter: in a query, a form, a JSON body, or JSON that is written into a query."""
    is_ = r"=|\"\s{0,3}:\s{0,3}\"?|%22%3[Aa](?:%20|\+)?(?:%22)?"
    return re.compile(rf"((?:(?<=%22)|(?<!\w)){re.escape(name)}(?:{is_}))(-?\d*)")


def page_of(ask: Ask, name: str, first: int = 1) -> int:
    """Return the number of the page that a request asks for; `first` where it names none."""
    found = _places(name).search(ask.url) or _places(name).search(ask.body)
    return int(found[2]) if found and found[2].lstrip("-") else first


def at_page(ask: Ask, name: str, number: int) -> Ask:
    """Return the request with the page's number, wherever it stands; all else stays as it is written."""
    pattern, put = _places(name), rf"\g<1>{number}"
    url, in_url = pattern.subn(put, ask.url)
    body, in_body = pattern.subn(put, ask.body)
    if not in_url and not in_body:
        url = completed(url, {name: str(number)})
    return replace(ask, url=url, body=body)


def completed(url: str, query: Mapping[str, str]) -> str:
    """Return the address with the query values that it does not have already."""
    for name, value in query.items():
        if not re.search(rf"[?&]{re.escape(name)}=", url):
            url += f"{'&' if '?' in url else '?'}{name}={quote(value)}"
    return url


def pages(total: int, per_page: int) -> int:
    """Return how many pages hold `total` rows, at most as many as are believed."""
    return min(-(-total // max(per_page, 1)), MAX_LIST_PAGES)


def rest(ask: Ask, name: str, count: int, first: int = 1) -> list[Ask]:
    """Return the requests for all pages but the first, when this is the first one; `count` pages in all."""
    if page_of(ask, name, first) != first:
        return []
    return [at_page(ask, name, number) for number in range(first + 1, first + min(count, MAX_LIST_PAGES))]


def check_answers(asked: int, answered: int | None) -> None:
    """Raise ListError when an answer says that it is another page than the one asked for."""
    if answered is not None and answered != asked:
        raise ListError(f"page {asked} was asked for and page {answered} came: the site ignores the page's number")


def whole(channel: Channel, name: str, default: int) -> int:
    """Return an option that is a whole number. Raises InputError."""
    text = channel.options.get(name, str(default))
    if not re.fullmatch(r"\d{1,6}", text):
        raise InputError(f"options.{name} is {text!r}", where=f"channel {channel.id}", remedy="write a whole number")
    return int(text)
