"""Metadata in JSON: a reply of a list interface, or data in a script of the page."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from crawlers.fields.labels import Label, labels
from crawlers.view import View
from schema.evidence import Span

MOST = 400  # values that are looked at in one document
_DECODER = json.JSONDecoder()


@lru_cache(maxsize=1)
def _keys() -> re.Pattern[str]:
    names = sorted(labels().json, key=len, reverse=True)
    return re.compile(rf'"({"|".join(map(re.escape, names))})"\s{{0,9}}:\s{{0,9}}', re.IGNORECASE)


def values(view: View) -> Iterator[tuple[Label, Any, Span]]:
    """Yield (label, value, span of the value as printed) of the known keys, in the order of the text."""
    for start, end in view.data:
        matches = _keys().finditer(view.text, start, end)
        for _, match in zip(range(MOST), matches, strict=False):
            try:
                value, stop = _DECODER.raw_decode(view.text, match.end())
            except (ValueError, RecursionError):
                continue
            if value in (None, "") or isinstance(value, dict | list | bool) or stop > end:
                continue
            quoted = isinstance(value, str)
            yield labels().json[match[1].lower()], value, (match.end() + quoted, stop - quoted)
