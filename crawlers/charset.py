"""Bytes to text: the charset that a page really has, whatever it says."""

import codecs
import re
from collections.abc import Iterator

UNKNOWN = "unknown-8bit"  # RFC 1428: the charset of bytes that fit none of those tried
HEAD = 4096  # bytes in which a meta charset is looked for; HTML asks for 1024, templates put more before it

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(r"^\s{0,99}<\?xml[^>]{0,99}?encoding\s{0,3}=\s{0,3}[\"']([\w.:-]{2,40})", re.IGNORECASE)
# GB2312 and GBK are subsets of GB18030, and pages labelled with them hold characters beyond.
_WIDENED = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "hz", "cp936": "gb18030", "x-gbk": "gb18030"}
# UTF-8 text read as GBK is full of these rare characters (浣犲ソ, 鐨勪腑), which real text hardly has.
_MOJIBAKE = re.compile("[鐨勪簡鍦鏄锛銆鍜鏈浜涓浠鎴愬杩紝€�]")
_COMMON = re.compile("[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出会年，。、]")


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """Return the text of `body` and the name of its charset.

    Tried in order: byte order mark, HTTP header, meta, UTF-8, GB18030, Big5. A decoding that is full of
    U+FFFD, or is UTF-8 read as GBK, is refused and the next one tried. Never raises: bytes that fit
    nothing are read as UTF-8 with replacements and named `unknown-8bit`.
    """
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(charset, errors="replace"), charset
    fair: tuple[str, str] | None = None
    tried: set[str] = set()
    for charset in _candidates(body, content_type):
        if charset in tried:
            continue
        tried.add(charset)
        text = body.decode(charset, errors="replace")
        if _clean(text, charset):
            return text, charset
        if fair is None and _damage(text) < 0.02:
            fair = text, charset
    return fair or (body.decode("utf-8", errors="replace"), UNKNOWN)


def _candidates(body: bytes, content_type: str | None) -> Iterator[str]:
    head = body[:HEAD].decode("latin-1")
    for declared in (_DECLARED.search(content_type or ""), _XML.search(head), _DECLARED.search(head)):
        if declared and (charset := _known(declared[1])):
            yield charset
    yield from ("utf-8", "gb18030", "big5")


def _known(name: str) -> str | None:
    try:
        charset = codecs.lookup(name).name
        "".encode(charset)
        b"".decode(charset)
    except (LookupError, ValueError):
        return None
    # A page that calls itself Latin-1 did not think about it: the declaration says nothing.
    return None if charset in ("iso8859-1", "ascii", "cp1252") else _WIDENED.get(charset, charset)


def _damage(text: str) -> float:
    """Return the share of replacement characters among the characters beyond ASCII."""
    broken = text.count("\ufffd")
    return broken / (broken + sum(character > "\x7f" for character in text)) if broken else 0.0


def _clean(text: str, charset: str) -> bool:
    if "\ufffd" in text and _damage(text) > (0.002 if charset == "utf-8" else 0.0005):
        return False
    if charset != "gb18030":
        return True
    sample = text[:200_000]
    odd = len(_MOJIBAKE.findall(sample))
    return odd < 8 or odd < len(_COMMON.findall(sample))
