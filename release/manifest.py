"""The manifest: what a release is, what it holds, and how a reader checks that it is whole."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from release.checks import Checked
from release.columns import TABLES
from release.workbook import Workbook

NAME = "manifest.json"
LICENCE = {
    "data": "facts gathered from public pages; each row names its source",
    "code": "Apache-2.0",
}


def manifest(
    folder: Path,
    files: Iterable[str],
    workbook: Workbook,
    *,
    about: Mapping[str, str],
    sources: list[dict[str, Any]],
    checks: Iterable[Checked],
) -> dict[str, Any]:
    """Return the manifest of the files in a folder. It holds no moment of building: equal inputs, equal bytes."""
    return {
        **about,
        "counts": {table.name: workbook.count(table) for table in TABLES},
        "files": [_file(folder, name) for name in sorted(files)],
        "tables": [
            {
                "name": table.name,
                "zh": table.zh,
                "en": table.en,
                "key": list(table.key),
                "columns": [{"name": c.name, "type": c.type, "zh": c.zh, "en": c.en} for c in table.columns],
            }
            for table in TABLES
        ],
        "licences": LICENCE,
        "provenance": sources,
        "checks": [
            {"name": c.name, "figure": c.figure, "bound": c.bound, "passed": c.passed, "severity": c.severity}
            for c in checks
        ],
    }


def save(folder: Path, content: Mapping[str, Any]) -> None:
    """Write the manifest into the release's folder."""
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8")


def verify(folder: Path) -> list[str]:
    """Return the names of files that are missing or differ from the manifest; none when the release is whole."""
    content = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return [
        f["name"]
        for f in content["files"]
        if not (folder / f["name"]).is_file() or _file(folder, f["name"])["sha256"] != f["sha256"]
    ]


def _file(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"name": name, "bytes": path.stat().st_size, "sha256": digest}
