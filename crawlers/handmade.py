"""Files that a person fetched by hand, as answers of the web: WARC files, and pages with an address each."""

import json
import mimetypes
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawlers.addresses import absolute
from crawlers.answers import Answer
from crawlers.replay import Replay
from schema.errors import InputError

_WARC = (".warc", ".warc.gz")
_MHTML = (".mht", ".mhtml")
_SIDECARS = frozenset({".url", ".json"})
_SAVED = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)  # as browsers write it
_SHORTCUT = re.compile(r"^\s*(?:URL=)?(https?://\S+)\s*$", re.MULTILINE | re.IGNORECASE)
_HEAD = 4_096  # bytes in which a browser's comment stands
_TYPES = {".html": "text/html", ".htm": "text/html", ".shtml": "text/html", ".json": "application/json"}


def answers(paths: Sequence[Path], url: str | None = None) -> Iterator[Answer]:
    """Yield the answers that files hold; of a folder, all files in it. `url` is the address of a single file.

    The moment is the sidecar's, else when the file was saved. Raises InputError for a file that is missing, has no
    address, or is of a form that is not read (MHTML).
    """
    files = [each for path in paths for each in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    wanted = [path for path in files if not path.is_dir() and not _is_sidecar(path)]
    if url is not None and (len(wanted) != 1 or wanted[0].name.endswith(_WARC)):
        raise InputError("--url is the address of one page", where=url, remedy="give one HTML or PDF file with it")
    if not wanted:
        raise InputError("there is no file to import", where=", ".join(map(str, paths)), remedy="check the path")
    for path in wanted:
        if path.name.endswith(_WARC):
            archive = Replay.of(path)
            yield from (answer for each in archive.urls() if (answer := archive.get(each)) is not None)
        else:
            yield _page(path, url)


def _is_sidecar(path: Path) -> bool:
    """Tell whether a file only says where another one comes from: `page.html.url`, `page.json` beside `page.html`."""
    if path.suffix not in _SIDECARS:
        return False
    twins = [path.with_suffix(""), *path.parent.glob(f"{path.stem}.*")]
    return any(twin.is_file() and twin.suffix not in _SIDECARS for twin in twins)


def _page(path: Path, url: str | None) -> Answer:
    if path.suffix.lower() in _MHTML:
        raise InputError("MHTML is not read", where=str(path), remedy="save the page as HTML only, or as a WARC")
    try:
        body, saved = path.read_bytes(), datetime.fromtimestamp(int(path.stat().st_mtime), tz=UTC)
    except OSError:
        raise InputError("there is no such file", where=str(path), remedy="check the path") from None
    said = _sidecar(path)
    comment = _SAVED.search(body[:_HEAD])
    address = url or said.get("url") or (comment[1].decode("ascii", "replace") if comment else None)
    if not isinstance(address, str) or absolute(address, address) is None:
        raise InputError(
            "the file does not say where it comes from",
            where=str(path),
            remedy="put its address into a file of the same name and .url, or give --url",
        )
    kind = said.get("content_type") or _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]
    moment = _moment(said.get("fetched_at"), path) or saved
    return Answer(address, 200, [("Content-Type", str(kind or "application/octet-stream"))], body, moment)


def _sidecar(path: Path) -> dict[str, Any]:
    """Return what the file beside a page says of it."""
    for each in (path.with_name(f"{path.name}.json"), path.with_suffix(".json")):
        if each.is_file() and each != path:
            try:
                found = json.loads(each.read_text(encoding="utf-8"))
            except (ValueError, OSError) as error:
                raise InputError(f"no JSON: {error}", where=str(each), remedy="mend the file") from error
            if isinstance(found, dict):
                return found
    for each in (path.with_name(f"{path.name}.url"), path.with_suffix(".url")):
        if each.is_file() and (address := _SHORTCUT.search(each.read_text(encoding="utf-8", errors="replace"))):
            return {"url": address[1]}
    return {}


def _moment(text: Any, path: Path) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        raise InputError(f"`fetched_at` is {text!r}", where=str(path), remedy="write 2026-11-22T08:00:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
