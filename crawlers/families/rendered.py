"""Lists that only scripts draw: read by structure out of what a browser shows (option `next`: its 下一页 button)."""

import re
from urllib.parse import urldefrag

from crawlers.families import Ask, Listing, generic
from crawlers.sourcefile import Channel
from crawlers.view import Element, View

MAX_PAGES = 20  # each page is turned to from the first: more would be a burden to the site
NEXT = "text=/^(下一?页|后一?页|next|›|>|»)$/i"  # the default of the option, as Playwright reads it
_NEXT = re.compile(r"下一?页|后一?页|next|[›>»]", re.IGNORECASE)
_PAGE = re.compile(r"#page=(\d{1,4})$")
_OFF = re.compile(r"disabled|disable|forbid|unable|is-last|nomore", re.IGNORECASE)


def requests(channel: Channel) -> list[Ask]:
    """Return the request for the list's first page."""
    return [Ask(channel.url)]


def read(view: View, ask: Ask, channel: Channel) -> Listing:
    """Return the rows that the browser shows, and the request for the next page where its button can be pressed.

    A further page has no address of its own: it is written as `#page=N` behind the list's. Raises ListError for a
    page that shows no list and does not say that it is empty.
    """
    listing = generic.read(view, ask, channel)
    number = page_number(ask.url)
    if not listing.rows or number >= MAX_PAGES or not any(map(_can_be_pressed, _buttons(view))):
        return Listing(listing.rows)
    return Listing(listing.rows, [Ask(f"{urldefrag(ask.url).url}#page={number + 1}")])


def page_number(url: str) -> int:
    """Return the page that an address of a rendered list means, counted from 1."""
    found = _PAGE.search(url)
    return int(found[1]) if found else 1


def _buttons(view: View) -> list[Element]:
    """Return the elements that read 下一页: the innermost ones."""
    if view.tree is None:
        return []
    return [
        element
        for element in view.tree.iter("a", "button", "li", "span", "div")
        if _NEXT.fullmatch(view.said(element).strip())
        and not any(_NEXT.fullmatch(view.said(e).strip()) for e in element)
    ]


def _can_be_pressed(button: Element) -> bool:
    for element in (button, button.getparent()):
        if element is None:
            continue
        if element.get("disabled") is not None or element.get("aria-disabled") == "true":
            return False
        if _OFF.search(element.get("class") or ""):
            return False
    return True
