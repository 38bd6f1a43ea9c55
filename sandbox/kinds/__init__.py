"""Pages of every kind of record, made of facts and shapes: who adds a group or a kind adds a folder.

`<group>/<kind>/facts.yaml` holds invented facts, `<group>/<kind>/NN_name.html` the shapes: Jinja templates whose
first line says in a comment what they print: `{# prints: [title, edition]; encoding: gbk #}`. Further keys:
`kind: none` (a page to be refused), `many: true` (one page on all facts; `expected` is then a list), `title`
(the title in the list, where it is not the fact's). Files of a page stand in `NN_name.files/`; a text file is
a template too, and `x.docx.txt` is served as `x.docx`. Values under a fact's `also` are printed, but are no truth.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from ruamel.yaml import YAML

from sandbox.docx import docx
from sandbox.kinds.files import made
from sandbox.kinds.filters import FILTERS
from sandbox.site import DOCX, Page, Request, Site
from schema.errors import InputError

ROOT = Path(__file__).parent
PER_PAGE = 20
FACTS_A_SHAPE = 4
_HEAD = re.compile(r"\{#\s*(.*?)\s*#\}")
_KEYS = frozenset({"prints", "encoding", "kind", "many", "title", "charset"})

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(ROOT), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters.update(FILTERS)


@dataclass(frozen=True, slots=True)
class KindPage:
    """A page with what is true of it: a mapping of properties, or a list of them for a page of many records.

    `kind` is "none" for a page to be refused; `channel` is the kind of the list that it stands in.
    """

    url: str
    kind: str
    body: bytes
    media_type: str
    expected: dict[str, Any] | list[dict[str, Any]]
    title: str
    published: str
    channel: str
    shape: str
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """A template and the head that says what it prints."""

    path: Path
    prints: tuple[str, ...]
    encoding: str
    kind: str
    many: bool
    title: str | None


def groups() -> list[str]:
    """Return the groups of pages, which are folders."""
    return sorted({path.parent.parent.name for path in ROOT.glob("*/*/facts.yaml")})


def kinds(group: str) -> list[str]:
    """Return the kinds that a group has pages of. Raises InputError for a group that is not there."""
    found = sorted(path.parent.name for path in ROOT.glob(f"{group}/*/facts.yaml"))
    if not found:
        raise InputError(f"no group {group!r}", where=str(ROOT), remedy=f"one of {', '.join(groups())}")
    return found


def pages(kind: str, group: str = "a") -> list[KindPage]:
    """Return every shape of a kind with several facts each, those to be refused too.

    Raises InputError for a kind that the group does not have, and for a shape without a head.
    """
    return list(_pages(kind, group))


@lru_cache(maxsize=64)
def _pages(kind: str, group: str) -> tuple[KindPage, ...]:
    if kind not in kinds(group):
        raise InputError(f"no kind {kind!r}", where=str(ROOT / group), remedy=f"one of {', '.join(kinds(group))}")
    facts = YAML(typ="safe").load(ROOT / group / kind / "facts.yaml")["facts"]
    found: list[KindPage] = []
    for number, path in enumerate(sorted((ROOT / group / kind).glob("*.html"))):
        shape = _shape(path, kind)
        if shape.many:
            found.append(_page(shape, facts, 0, kind, group))
            continue
        usable = [n for n, fact in enumerate(facts) if set(shape.prints) <= set(fact)]
        if len(usable) < 3:
            raise InputError("fewer than three facts have what it prints", where=str(path), remedy="add facts")
        turned = [usable[(number + step) % len(usable)] for step in range(len(usable))]
        found += [_page(shape, facts, index, kind, group) for index in turned[:FACTS_A_SHAPE]]
    return tuple(found)


def site(group: str) -> Site:
    """Return the site that serves a group's pages, with a list of rows per kind. Raises InputError as `pages` does."""
    built = Site(f"kinds_{group}", f"{group}.kinds.sandbox.test", f"样本沙盒{group.upper()}", None, ())
    built.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private/\n", "text/plain")
    for kind in kinds(group):
        rows = sorted(pages(kind, group), key=lambda page: page.published, reverse=True)
        for page in rows:
            built.pages[_path(page.url)] = Page(page.body, page.media_type)
            for path, body in page.files.items():
                built.pages[path] = Page(body, DOCX if path.endswith(".docx") else "application/octet-stream")
        count = -(-len(rows) // PER_PAGE)
        for number in range(count):
            path = f"/{kind}/index{f'_{number}' if number else ''}.html"
            part = rows[number * PER_PAGE : (number + 1) * PER_PAGE]
            text = _ENVIRONMENT.get_template("list.html").render(
                site=built, rows=part, count=count, number=number, kind=kind, path=_path
            )
            built.pages[path] = Page(text.encode(), built.html_type)
            built.lists.append(Request("GET", built.url(path)))
    return built


def sources(group: str) -> dict[str, Any]:
    """Return the source file of a group's site: a channel per kind, read by the family trs_static."""
    host = f"http://{group}.kinds.sandbox.test"
    return {
        "id": f"kinds_{group}",
        "name": f"样本沙盒{group.upper()}",
        "url": host,
        "level": "other",
        "status": {"state": "verified", "reason": "served by the sandbox on loopback", "since": "2026-11-22"},
        "politeness": {"delay": 0},
        "channels": [
            {
                "id": kind,
                "name": kind,
                "kind": kind,
                "family": "trs_static",
                "url": f"{host}/{kind}/index.html",
                "article": rf"/{kind}/\d{{6}}/t\d{{8}}_\d+\.html$",
            }
            for kind in kinds(group)
        ],
    }


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def _shape(path: Path, kind: str) -> Shape:
    match = _HEAD.match(path.read_text(encoding="utf-8"))
    head = YAML(typ="safe").load(match[1].replace(";", "\n").replace("\n ", "\n")) if match else None
    if not isinstance(head, dict) or set(head) - _KEYS:
        raise InputError(
            "no head that says what the shape prints", where=f"{path}:1", remedy="begin with {# prints: [title] #}"
        )
    return Shape(
        path,
        tuple(head.get("prints") or ()),
        str(head.get("encoding") or "utf-8"),
        str(head.get("kind") or kind),
        bool(head.get("many")),
        head.get("title"),
    )


def _page(shape: Shape, facts: list[dict[str, Any]], index: int, kind: str, group: str) -> KindPage:
    fact = facts[index]
    published = str(fact.get("also", {}).get("published", "2023-01-01"))
    number = int(shape.path.name.partition("_")[0]) * 100 + index
    folder = f"/{kind}/{published[:4]}{published[5:7]}"
    values = {"fact": fact, "also": fact.get("also", {}), "facts": facts, "published": published, "shape": shape}
    name = shape.path.relative_to(ROOT).as_posix()
    body = _ENVIRONMENT.get_template(name).render(**values, encoding=shape.encoding).lstrip()
    truths = [{name: one[name] for name in shape.prints if name in one} for one in facts]
    host = f"http://{group}.kinds.sandbox.test"
    title = shape.title or fact.get("title") or fact.get("name")
    return KindPage(
        url=f"{host}{folder}/t{published.replace('-', '')}_{number}.html",
        kind=shape.kind,
        body=body.encode(shape.encoding, errors="xmlcharrefreplace"),
        media_type="text/html",
        expected=[] if shape.kind == "none" and shape.many else truths if shape.many else truths[index],
        title=str(title),
        published=published,
        channel=kind,
        shape=shape.path.stem,
        files=made(_files(shape.path.with_suffix(".files"), folder, values)),
    )


def _files(folder: Path, base: str, values: dict[str, Any]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in sorted(folder.glob("*")):
        if path.suffix in (".txt", ".csv", ".html", ".json"):
            text = _ENVIRONMENT.get_template(path.relative_to(ROOT).as_posix()).render(**values)
            if path.name.endswith(".docx.txt"):
                found[f"{base}/{path.name.removesuffix('.txt')}"] = docx(text.splitlines())
            else:
                found[f"{base}/{path.name}"] = text.encode()
        else:
            found[f"{base}/{path.name}"] = path.read_bytes()
    return found
