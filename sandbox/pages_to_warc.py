"""Saved pages in a JSONL file, turned into a WARC file that the crawler replays."""

import argparse
import base64
import binascii
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sandbox.capture import a_date
from sandbox.warc import Headers, warc
from schema.errors import InputError, SamplebaseError

# Pages whose date of fetching nobody wrote down all get this one, which claims nothing about freshness.
UNDATED = datetime(2020, 1, 1, tzinfo=UTC)


def pages_to_warc(pages: Path, out: Path, when: datetime | None = None) -> int:
    """Write a response record (status 200) for every line of `pages`, and return how many.

    A line is an object with `url` and either `html` (text, served as UTF-8) or `html_base64` (the bytes as
    they were, served without a charset), and maybe `fetched` (ISO). The records' date is `when`, else the
    line's `fetched`, else 1 January 2020 UTC. Raises InputError with file and line; then nothing is written.
    """
    lines = list(_read(pages))
    dates = {line: when or (a_date(str(page["fetched"])) if page.get("fetched") else UNDATED) for line, page in lines}
    with warc(out) as file:
        for line, page in lines:
            headers, body = _answer(page, f"{pages}:{line}")
            file.response(page["url"], ("200 OK", headers, body), dates[line])
    return len(lines)


def _read(pages: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = pages.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(pages), remedy="give a JSONL file in UTF-8") from error
    # Not splitlines: it breaks at U+2028 too, which JSON strings may hold.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            page = json.loads(line)
        except ValueError as error:
            raise InputError(f"no JSON: {error}", where=f"{pages}:{number}", remedy="mend the line") from error
        if not isinstance(page, dict) or not str(page.get("url", "")).startswith(("http://", "https://")):
            raise InputError("the line has no url", where=f"{pages}:{number}", remedy="add an absolute `url`")
        yield number, page


def _answer(page: dict[str, Any], where: str) -> tuple[Headers, bytes]:
    if isinstance(page.get("html"), str):
        kind, body = "text/html; charset=utf-8", page["html"].encode()
    elif isinstance(page.get("html_base64"), str):
        try:
            kind, body = "text/html", base64.b64decode(page["html_base64"], validate=True)
        except binascii.Error as error:
            raise InputError(f"html_base64: {error}", where=where, remedy="encode the bytes again") from error
    else:
        raise InputError("the line has no page", where=where, remedy="add `html` or `html_base64`")
    return [("Content-Type", kind), ("Content-Length", str(len(body)))], body


def main(arguments: list[str] | None = None) -> int:
    """Turn a JSONL file of saved pages into a WARC file."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.pages_to_warc", description=main.__doc__)
    parser.add_argument("pages", type=Path, metavar="PAGES.jsonl")
    parser.add_argument("out", type=Path, metavar="OUT.warc.gz")
    parser.add_argument("--date", help="the records' date (ISO); else each line's `fetched`, else 2020-01-01")
    options = parser.parse_args(arguments)
    try:
        count = pages_to_warc(options.pages, options.out, a_date(options.date) if options.date else None)
    except SamplebaseError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"{options.out}: {count} responses")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
