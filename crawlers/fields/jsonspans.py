"""JSON with places: the objects of a document's data, each value with where it stands in the text."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crawlers.view import View
from schema.evidence import Span

MOST = 200_000  # characters of one script that are walked
DEPTH = 40
_TOKEN = re.compile(
    r'[\s,:]*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<open>[{\[])|(?P<close>[}\]])|(?P<other>[^\s,:{}\[\]"]+))'
)


@dataclass(slots=True)
class Value:
    """A value of JSON: `data` is a string, a number, a list of values or a mapping of keys to values."""

    data: Any
    span: Span

    @property
    def text(self) -> str:
        """The value in words; empty for objects and lists."""
        return str(self.data) if isinstance(self.data, str | int | float) else ""

    def leaves(self) -> Iterator["Value"]:
        """Yield the strings and numbers in a value, in order."""
        if isinstance(self.data, list):
            for one in self.data:
                yield from one.leaves()
        elif isinstance(self.data, dict):
            for one in self.data.values():
                yield from one.leaves()
        else:
            yield self


def objects(view: View) -> Iterator[dict[str, Value]]:
    """Yield the objects in the data of a document, the outer ones first."""
    for start, end in view.data:
        try:
            value, _ = _read(view.text, start, min(end, start + MOST), 0)
        except ValueError:
            continue
        yield from _objects(value)


def _objects(value: Value) -> Iterator[dict[str, Value]]:
    if isinstance(value.data, dict):
        yield value.data
    inner = value.data.values() if isinstance(value.data, dict) else value.data if isinstance(value.data, list) else ()
    for one in inner:
        yield from _objects(one)


def _read(text: str, at: int, end: int, depth: int) -> tuple[Value, int]:
    match = _TOKEN.match(text, at, end)
    if match is None or depth > DEPTH or match["close"]:
        raise ValueError("no value of JSON")
    if match["string"]:
        start, stop = match.span("string")
        return Value(json.loads(match["string"], strict=False), (start + 1, stop - 1)), stop
    if match["other"]:
        said = match["other"]
        return Value(float(said) if re.fullmatch(r"-?\d+\.\d+", said) else said, match.span("other")), match.end()
    start, at = match.start("open"), match.end()
    keyed = match["open"] == "{"
    found: dict[str, Value] = {}
    listed: list[Value] = []
    while (token := _TOKEN.match(text, at, end)) is not None:
        if token["close"]:
            return Value(found if keyed else listed, (start, token.end())), token.end()
        if keyed:
            key, at = _read(text, at, end, depth + 1)
            value, at = _read(text, at, end, depth + 1)
            found.setdefault(key.text, value)
        else:
            value, at = _read(text, at, end, depth + 1)
            listed.append(value)
    raise ValueError("JSON without an end")
