"""What is true about the sandbox's pages, for whoever measures what was read from them."""

import argparse
import base64
import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sandbox.facts import Fact
from sandbox.site import Request, Site
from sandbox.sites import sites

_FIELDS = (
    "title",
    "doc_number",
    "index_number",
    "written_date",
    "published_date",
    "effective_date",
    "expiry_date",
    "subject",
    "policy_type",
    "validity",
)


def policies() -> list[dict[str, Any]]:
    """Return one row per listed page, news and galleries (kind `none`) too.

    A row has `url`, `site`, `region` (the site's own: no page prints it), `kind` (policy or none),
    `smart_economy`, `same_as` (the address of the page that this one reposts, or None) and `expected`:
    property → value as the page says it, without the properties on which it is silent.
    `expected["text"]` is the body, one paragraph a line.
    """
    return [_row(site, fact) for site in sites().values() for fact in site.facts]


def urls() -> list[Request]:
    """Return every request (method, url, body) that a crawler of all four sites needs.

    robots.txt, lists, JSON pages, articles and attachments; the data proxy's posts in two page sizes.
    """
    return [request for site in sites().values() for request in site.requests()]


def _row(site: Site, fact: Fact) -> dict[str, Any]:
    expected: dict[str, Any] = {name: value for name in _FIELDS if (value := getattr(fact, name)) is not None}
    files = [{"name": file.name, "url": site.url(file.path)} for file in fact.attachments]
    lists = {"issuers": fact.issuers, "attachments": files, "relation": fact.relation}
    expected |= {name: value for name, value in lists.items() if value}
    return {
        "url": site.url(fact.path),
        "site": site.key,
        "region": site.region,
        "kind": fact.kind,
        "smart_economy": fact.smart_economy,
        "same_as": fact.same_as,
        "expected": expected | {"text": fact.text},
    }


def write_pages(out: Path) -> int:
    """Write every policy page with its truth as a JSONL file for `samplebase evaluate`, and return how many."""
    lines = []
    for row in policies():
        if row["kind"] == "policy":
            site = sites()[urlsplit(row["url"]).netloc]
            body = site.answer("GET", urlsplit(row["url"]).path).body
            lines.append(json.dumps(row | {"html_base64": base64.b64encode(body).decode()}, ensure_ascii=False))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def main(arguments: list[str] | None = None) -> int:
    """Write the policy pages and what is true about them as JSONL."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.truth", description=main.__doc__)
    parser.add_argument("out", type=Path, metavar="OUT.jsonl")
    options = parser.parse_args(arguments)
    try:
        count = write_pages(options.out)
    except OSError as error:
        print(f"{options.out}: {error.strerror} → choose a place that can be written", file=sys.stderr)
        return 1
    print(f"{options.out}: {count} policy pages")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
