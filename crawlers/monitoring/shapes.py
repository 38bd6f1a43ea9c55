"""The form of a list or a page, as a short fingerprint: the tags and classes around what is read."""

from itertools import islice

from crawlers.addresses import absolute
from crawlers.view import Element, View
from schema.ids import content_id

LEVELS = 4  # of the surroundings
MARKED = 40  # classes and ids of a page that count


def list_shape(view: View, urls: list[str]) -> str:
    """Return the fingerprint of what surrounds a list's links; of JSON, of its kind alone."""
    if view.tree is None:
        return f"list {view.media}"
    wanted = set(urls)
    places = {_place(link) for link in view.tree.iter("a") if absolute(view.url, link.get("href") or "") in wanted}
    return f"list {content_id('shape', *sorted(places))[:8]}"


def page_shape(view: View) -> str:
    """Return the fingerprint of a page's frame: the classes and ids of its outermost blocks."""
    if view.tree is None:
        return f"page {view.media}"
    marked = (
        f"{element.tag!r}.{element.get('class') or ''}#{element.get('id') or ''}"
        for element in view.tree.iter("div", "table", "section", "article", "main", "ul")
        if (element.get("class") or element.get("id")) and sum(1 for _ in element.iterancestors()) <= LEVELS
    )
    return f"page {content_id('shape', *sorted(set(islice(marked, MARKED))))[:8]}"


def _place(element: Element) -> str:
    around = islice(element.iterancestors(), LEVELS)
    return " ".join(f"{up.tag!r}.{up.get('class') or ''}" for up in around)
