"""The elements in which content-management systems keep the text of a page."""

from crawlers.view import Element, View

CONTAINERS = (
    "#UCAP-CONTENT",
    ".trs_editor_view .TRS_UEDITOR .TRS_Editor .Custom_UnionStyle .TRS_PreAppend",
    "#zoom #Zoom .zoom",
    "#ivs_content .Article_content",
    ".article-content .article_content",
    ".j-fontContent .gzk-article",
    ".zc_article_con .bt_content .wip_art_con",
    "#mainText .view-content",
    ".pages_content",
    "#detailCont",
)
SMALL = 40  # characters below which a container is an empty frame


def container(view: View) -> Element | None:
    """Return the element that a content-management system keeps the text in, in the order of CONTAINERS."""
    named: dict[str, list[Element]] = {}
    for element in view.elements:
        for token in (element.get("class") or "").split():
            named.setdefault(f".{token}", []).append(element)
        if identifier := (element.get("id") or "").strip():
            named.setdefault(f"#{identifier}", []).append(element)
    for group in CONTAINERS:
        found = [element for token in group.split() for element in named.get(token, ())]
        if found:
            best = max(found, key=lambda element: view.span(element)[1] - view.span(element)[0])
            if view.span(best)[1] - view.span(best)[0] >= SMALL:
                return best
    return None
