"""Ids made from content, so that doing a thing twice gives the same row."""

import hashlib
import json
from typing import Any

_TEXT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode
_DIGITS = "abcdefghijklmnopqrstuvwxyz234567"  # base 32 of RFC 4648, small letters
_PAIRS = [one + other for one in _DIGITS for other in _DIGITS]
_BYTES = 10  # 80 bits: a thousand million rows meet a collision with a chance of 4 in 10 million


def content_id(*parts: Any) -> str:
    """Return the 16-character id of a row that is determined by `parts` (anything JSON can hold)."""
    number = int.from_bytes(hashlib.blake2b(_TEXT(parts).encode(), digest_size=_BYTES).digest())
    # Ten bits at a time: many ids are made of every page, and the library's way costs as much as the hash.
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(70, -1, -10)])


def canonical_json(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, characters as they are."""
    return _TEXT(value)
