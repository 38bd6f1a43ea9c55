"""Bodies as they went over the wire, and what is in them: content encodings, chunks, bombs."""

import zlib

MAX_BODY = 64 * 1024 * 1024  # a body that expands further is a bomb, not a page


class BodyTooLargeError(ValueError):
    """A body that expands to more than it may."""


def decompress(body: bytes, encoding: str, most: int | None = None) -> bytes:
    """Return a body without its content encoding (gzip, deflate); one that does not decode is returned as it is.

    Raises BodyTooLargeError for one that expands to more than `most` bytes, by default MAX_BODY.
    """
    most = MAX_BODY if most is None else most
    coding = encoding.strip().lower()
    if coding in {"gzip", "x-gzip"}:
        return _inflate(body, 31, most, members=True)
    if coding == "deflate":
        # Some servers send the zlib format that the standard asks for, some the bare one.
        content = _inflate(body, 15, most)
        return content if content is not body else _inflate(body, -15, most)
    return body


def _inflate(body: bytes, window: int, most: int, *, members: bool = False) -> bytes:
    """Return what is compressed in a body; of a body cut short what there is; of anything else the body itself."""
    parts: list[bytes] = []
    size, rest = 0, body
    while rest:
        engine = zlib.decompressobj(window)
        try:
            parts.append(engine.decompress(rest, most + 1 - size))
        except zlib.error:
            break
        size += len(parts[-1])
        if size > most:
            raise BodyTooLargeError(f"the body expands to more than {most} bytes")
        if not engine.eof and (window < 0 or not parts[-1]):
            return body  # without a header or a byte of content only a clean end tells that it was compressed
        rest = engine.unused_data if members else b""
    return b"".join(parts) if parts else body


def unchunk(body: bytes) -> bytes:
    """Return a body without its chunks, as other tools keep them; one that is in no chunks is returned as it is."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at)
        size = body[at:end].split(b";")[0].strip()
        if end < 0 or not size or len(size) > 8 or size.strip(b"0123456789abcdefABCDEF"):
            return body
        length = int(size, 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
