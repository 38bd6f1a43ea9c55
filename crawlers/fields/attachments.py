"""The files that hang on a document: name and absolute address."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urljoin, urlsplit

from crawlers.attachments import FileView
from crawlers.view import View
from schema.evidence import Origin, Reading, Span

EXTENSIONS = "pdf|docx|doc|wps|ofd|xlsx|xls|et|csv|zip|rar|ceb|7z"
_FILE = re.compile(rf"\.(?:{EXTENSIONS})(?=$|[?#&'\")\s;,])", re.IGNORECASE)
_SCRIPTED = re.compile(rf"[\"']([^\"'\s]{{3,500}}\.(?:{EXTENSIONS})(?:\?[^\"']{{0,300}})?)[\"']", re.IGNORECASE)
_SAID = re.compile(r"附件|附表|下载")
_APP = re.compile(r"客户端|app|浏览器|阅读器|插件|控件|软件|播放器", re.IGNORECASE)


def read(view: View, within: Callable[[Span], bool]) -> list[Reading]:
    """Return the attachments in the order of the page, each address once.

    A link counts if its address ends, or its query holds, the extension of a document, or if it is `within`
    the text and says 附件 or 下载. The raw string is the link's text.
    """
    found: dict[str, Reading] = {}
    for element in view.elements:
        if element.tag != "a":
            continue
        href, span = (element.get("href") or "").strip(), view.span(element)
        raw = view.text[slice(*span)]
        target = _target(href, element.get("onclick") or "")
        if target is None and within(span) and _SAID.search(raw) and href and not href.startswith(("#", "javascript")):
            target = href
        if target is None or (_APP.search(raw) and not within(span)):
            continue
        try:
            url = urljoin(view.url, target)
            named = unquote(urlsplit(url).path.rpartition("/")[2])
        except ValueError:  # an address that is none, such as http://[
            continue
        name = " ".join((raw or element.get("title") or element.get("download") or named).split())
        if url not in found:
            found[url] = Reading({"name": name, "url": url}, raw, Origin.BODY, (span,))
    return list(found.values())


def texts(linked: list[Reading], files: Mapping[str, View]) -> tuple[list[Reading], list[tuple[str, str]]]:
    """Return the texts of the linked files that were read, in order, and warnings of those that were not whole."""
    found, warnings = [], []
    for link in linked:
        url = link.value["url"]
        file = files.get(url)
        if not isinstance(file, FileView):
            continue
        if file.text_layer != "full":
            warnings.append((f"text_layer_{file.text_layer}", url))
        if file.text.strip():
            whole = ((0, len(file.text)),)
            found.append(Reading(file.text, file.text, Origin.ATTACHMENT, whole, file.document))
    return found, warnings


def _target(href: str, script: str) -> str | None:
    """Return the address of a document, also from the script call that opens it."""
    if href.lower().startswith("javascript") or not href or href == "#":
        match = _SCRIPTED.search(href) or _SCRIPTED.search(script)
        return match[1] if match else None
    return href if len(href) < 3000 and _FILE.search(href) else None
