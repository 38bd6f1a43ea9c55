"""Writing source files: one that exists is changed with its comments kept, a new one is laid out for people."""

import difflib
import io
import re
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from crawlers.sourcecheck import check_sources
from crawlers.sourcefile import Channel
from schema.errors import InputError


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4_096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def changed(path: Path, change: Callable[[Any], None]) -> str:
    """Return a source file's text after a change to what it holds; comments, order and quotes stay."""
    yaml = _yaml()
    data = yaml.load(path.read_text(encoding="utf-8"))
    change(data)
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def with_status(state: str, reason: str, since: date, channels: Mapping[str, Channel]) -> Callable[[Any], None]:
    """Return the change that gives a source a status, and some of its columns (by id) another reading."""

    def change(data: Any) -> None:
        data["status"].update({"state": state, "reason": reason, "since": since})
        for channel in data["channels"]:
            if (new := channels.get(channel["id"])) is not None:
                channel.update({"family": new.family, "url": new.url, "article": new.article})
                channel.pop("options", None)
                if new.options:
                    channel["options"] = _flow(new.options)

    return change


def diff(path: Path, text: str) -> str:
    """Return how a text differs from a file, as a unified diff; "" when it does not."""
    before = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(difflib.unified_diff(before, text.splitlines(keepends=True), str(path), str(path)))


def new_file(values: Mapping[str, Any]) -> str:
    """Return the text of a new source file out of its values, in the order of the keys."""
    data = CommentedMap(values)
    if data.get("region"):
        data["region"] = DoubleQuotedScalarString(data["region"])
    channels = []
    for each in values["channels"]:
        channel = CommentedMap(each)
        for name in ("options", "expect"):
            if name in channel:
                channel[name] = _flow(channel[name])
        channels.append(channel)
    data["channels"] = channels
    out = io.StringIO()
    _yaml().dump(data, out)
    return out.getvalue()


def must_be_valid(name: str, text: str) -> None:
    """Raise the first mistake that `samplebase sources check` would find in a source file of this name and text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        mistakes = check_sources(Path(folder)).mistakes
    if mistakes:
        where = re.sub(re.escape(str(path)), name, mistakes[0].where)
        raise InputError(mistakes[0].what, where=where, remedy=mistakes[0].remedy)


def _flow(values: Mapping[str, Any]) -> CommentedMap:
    """Return a mapping that is written on one line, in braces."""
    found = CommentedMap(
        {k: DoubleQuotedScalarString(v) if isinstance(v, str) and v.isdecimal() else v for k, v in values.items()}
    )
    found.fa.set_flow_style()
    return found
