"""Golden pages, changed as sites change them: what a redesign does, and what happens every day."""

import random
import re
from collections.abc import Callable, Iterator

from lxml import html
from lxml.html import HtmlElement

Mutation = Callable[[HtmlElement], None]
_LABEL = re.compile(r"^\s*([\u4e00-\u9fff][\u4e00-\u9fff\s　]{1,9})\s*[:：]")


def parsed(body: bytes, encoding: str) -> HtmlElement:
    return html.document_fromstring(body.decode(encoding, errors="replace"))


def written(tree: HtmlElement) -> bytes:
    for tag in tree.xpath("//meta[@charset]"):
        tag.set("charset", "utf-8")
    for tag in tree.xpath("//meta[contains(translate(@http-equiv,'CT','ct'),'content-type')]"):
        tag.getparent().remove(tag)
    return b"<!DOCTYPE html>" + html.tostring(tree, encoding="utf-8")


def labels(tree: HtmlElement) -> list[str]:
    """Return the words that stand before a colon, or alone in a th, dt or strong: what names a value."""
    found: dict[str, None] = {}
    for element in tree.iter("td", "th", "dt", "strong", "b", "p", "li", "span", "label", "div"):
        if (match := _LABEL.match(element.text or "")) and not list(element.iterancestors("script")):
            found[match[1].strip()] = None
        elif element.tag in {"th", "dt"} and 1 < len((element.text or "").strip()) < 9:
            found[(element.text or "").strip()] = None
    return list(found)


def _each_text(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str, str]]:
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in {"script", "style", "title"}:
            yield element, "text", element.text or ""
            yield element, "tail", element.tail or ""


def replace_label(label: str, other: str) -> Mutation:
    def change(tree: HtmlElement) -> None:
        for element, place, text in _each_text(tree):
            if text.strip().startswith(label):
                setattr(element, place, text.replace(label, other, 1))

    return change


def drop_label(label: str) -> Mutation:
    def change(tree: HtmlElement) -> None:
        for element, place, text in _each_text(tree):
            if text.strip().startswith(label):
                setattr(element, place, re.sub(rf"{re.escape(label)}\s*[:：]?", "", text, count=1))

    return change


def rename_classes(tree: HtmlElement) -> None:
    for element in tree.iter():
        for name in ("class", "id"):
            if isinstance(element.tag, str) and element.get(name):
                element.set(name, f"x{abs(hash((name, element.get(name)))) % 10_000}")


def drop_classes(tree: HtmlElement) -> None:
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)


def move_tables(tree: HtmlElement) -> None:
    """Put every table behind the page's text."""
    body = tree.find("body")
    for table in list(tree.iter("table")):
        if not list(table.iterancestors("table")) and body is not None:
            table.drop_tree()
            body.append(table)


def tables_to_blocks(tree: HtmlElement) -> None:
    for element in tree.iter("table", "tbody", "tr", "td", "th"):
        element.tag = {"td": "span", "th": "span"}.get(element.tag, "div")


def drop_meta(tree: HtmlElement) -> None:
    for tag in tree.xpath("//meta[@name]"):
        tag.getparent().remove(tag)


def drop_headings(tree: HtmlElement) -> None:
    for tag in list(tree.iter("h1", "h2", "h3", "title")):
        tag.drop_tree()


def site_title_everywhere(tree: HtmlElement) -> None:
    """Show the site's name where the page's title stood."""
    for tag in tree.iter("h1", "h2", "title"):
        for child in list(tag):
            child.drop_tree()
        tag.text = "某某人民政府门户网站"


def drawn_by_script(tree: HtmlElement) -> None:
    body = tree.find("body")
    if body is not None:
        for child in list(body):
            child.drop_tree()
        body.text = None
        body.append(html.fromstring("<div id='app'></div>"))


def everyday(chance: random.Random) -> Mutation:
    """Return what changes from day to day: counters, links beside the text, an advertisement, white space."""

    def change(tree: HtmlElement) -> None:
        body = tree.find("body")
        if body is None:
            return
        links = "".join(f"<li><a href='/n/{n}.html'>今日要闻第{n}条</a></li>" for n in chance.sample(range(999), 3))
        body.append(
            html.fromstring(f"<div class='side'><ul>{links}</ul><p>访问量：{chance.randrange(10**6)}</p></div>")
        )
        if chance.random() < 0.5:
            body.insert(0, html.fromstring("<div class='banner'>学习宣传贯彻会议精神专题</div>"))

    return change


STRUCTURAL: dict[str, Mutation] = {
    "rename_classes": rename_classes,
    "drop_classes": drop_classes,
    "move_tables": move_tables,
    "tables_to_blocks": tables_to_blocks,
    "drop_meta": drop_meta,
    "drop_headings": drop_headings,
    "site_title_everywhere": site_title_everywhere,
    "drawn_by_script": drawn_by_script,
}
