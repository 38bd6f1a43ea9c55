"""JSON read with places: every string and number knows where it stands in the text."""

import re
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]  # documented by use, missing in the stubs
from typing import Any

from schema.evidence import Span

_SPACE = re.compile(r"[ \t\r\n]*")
_UNFIT = re.compile("[\x00\ud800-\udfff]")  # what no database and no UTF-8 file can hold
_SCALAR = re.compile(r"-?\d[\d.eE+-]*|true|false|null")
_PIECE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
MAX_DEPTH = 60
_decoder = JSONDecoder()


@dataclass(frozen=True, slots=True)
class Placed:
    """A scalar and its span; of a string, the span within its quotation marks (escapes as printed)."""

    value: Any
    span: Span


def parse(text: str, at: int = 0) -> Any:
    """Return the JSON value that begins at `at`: dicts and lists whose leaves are Placed.

    Raises ValueError for text that is no JSON, or is nested deeper than 60 levels.
    """
    value, _ = _value(text, _skip(text, at), 0)
    return value


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int, depth: int) -> tuple[Any, int]:
    if depth > MAX_DEPTH:
        raise ValueError(f"JSON nested deeper than {MAX_DEPTH} levels")
    mark = text[at : at + 1]
    if mark == '"':
        value, end = scanstring(text, at + 1, False)
        return Placed(_UNFIT.sub("\ufffd", value), (at + 1, end - 1)), end
    if mark in ("{", "["):
        return _container(text, at, depth, closing="}" if mark == "{" else "]")
    scalar = _SCALAR.match(text, at)
    if not scalar:
        raise JSONDecodeError("no JSON value", text, at)
    value, end = _decoder.raw_decode(scalar.group())
    return Placed(value, (at, at + end)), at + end


def _container(text: str, at: int, depth: int, *, closing: str) -> tuple[Any, int]:
    items: dict[str, Any] | list[Any] = {} if closing == "}" else []
    at = _skip(text, at + 1)
    if text[at : at + 1] == closing:
        return items, at + 1
    while True:
        if isinstance(items, dict):
            if text[at : at + 1] != '"':
                raise JSONDecodeError("a key must be a string", text, at)
            key, at = scanstring(text, at + 1, False)
            at = _skip(text, at)
            if text[at : at + 1] != ":":
                raise JSONDecodeError("a colon is missing", text, at)
            items[key], at = _value(text, _skip(text, at + 1), depth + 1)
        else:
            item, at = _value(text, at, depth + 1)
            items.append(item)
        at = _skip(text, at)
        mark = text[at : at + 1]
        if mark == closing:
            return items, at + 1
        if mark != ",":
            raise JSONDecodeError("a comma is missing", text, at)
        at = _skip(text, at + 1)


def offsets(text: str, span: Span) -> list[int]:
    """Return where each character of a string's value stands in the text, and where the string ends."""
    return [*(match.start() for match in _PIECE.finditer(text, *span)), span[1]]
