"""One regular expression for many addresses: what differs between them, and every number, becomes a class."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WORD = re.compile(r"[0-9A-Za-z]+")
_PART = re.compile(r"([/?&=;])")
_LEAST = 16  # characters of a run of hexadecimal digits that may be without a decimal one
_CLASSES = (r"\d", "[0-9a-f]", "[0-9A-Fa-f]", "[0-9A-Za-z]")
_HASHES = frozenset({32, 40, 64})
_DAY = re.compile(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?", re.ASCII)
_HEAD = 6  # letters before a number that are a word of their own: t20240102, post_, c100014


def pattern_of(urls: Iterable[str], own: str = "") -> str:
    """Return an anchored regular expression that matches all the addresses, and not the address `own`.

    Numbers, days, hashes and UUIDs become classes; where more than three forms of addresses stand side by side,
    words in the same place do too. Raises ValueError for no address.
    """
    wanted = list(dict.fromkeys(urls))
    if not wanted:
        raise ValueError("no address to generalise")
    hosts = sorted({urlsplit(url).netloc for url in wanted})
    forms: dict[str, list[str]] = defaultdict(list)
    for url in wanted:
        forms[form(url)].append(_rest(url))
    bodies = sorted({_alike(rests) for rests in forms.values()})
    if len(bodies) > 3:
        loose: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for rests in forms.values():
            loose[tuple(_PART.findall(rests[0]))] += rests
        bodies = sorted({_alike(rests, words=True) for rests in loose.values()})
    found = f"^https?://{_either([_plain(host) for host in hosts])}{_either(bodies)}$"
    if own and re.search(found, own):
        found = f"^(?!https?{_plain(own[own.index('://') :])}$){found[1:]}"
    return found


def form(url: str) -> str:
    """Return what addresses of one kind share: host and words, each number or code a `#`."""
    masked = _UUID.sub("#", _rest(url))
    return urlsplit(url).netloc + _WORD.sub(lambda match: "#" if _is_code(match[0]) else match[0], masked)


def _is_code(word: str) -> bool:
    return any(c.isdigit() for c in word) or (len(word) >= _LEAST and re.fullmatch(r"[0-9a-fA-F]+", word) is not None)


def _rest(url: str) -> str:
    return url[url.index("://") + 3 + len(urlsplit(url).netloc) :]


def _plain(text: str) -> str:
    """Return the pattern of a text as it is; a hyphen needs no escape outside of a class."""
    return re.escape(text).replace(r"\-", "-")


def _either(options: Sequence[str]) -> str:
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


def _alike(rests: Sequence[str], *, words: bool = False) -> str:
    """Return the pattern of addresses of one form, piece by piece."""
    split = [_PART.split(rest) for rest in rests]
    return "".join(_piece(list(dict.fromkeys(column)), words=words) for column in zip(*split, strict=True))


def _piece(column: list[str], *, words: bool) -> str:
    """Return the pattern of what stands at one place."""
    if all(_UUID.search(text) for text in column):
        parts = [_UUID.split(text) for text in column]
        if len({len(part) for part in parts}) == 1:
            around = [_piece(list(dict.fromkeys(texts)), words=words) for texts in zip(*parts, strict=True)]
            return "[0-9a-fA-F-]{36}".join(around)
    tokens = [re.split(r"([0-9A-Za-z]+)", text) for text in column]
    if len({tuple(token[::2]) for token in tokens}) > 1:
        return r"[^/?&=;]+" if all(column) else r"[^/?&=;]*"
    found = []
    for number, texts in enumerate(zip(*tokens, strict=True)):
        found.append(_plain(texts[0]) if number % 2 == 0 else _word(list(dict.fromkeys(texts)), words=words))
    return "".join(found)


def _word(texts: list[str], *, words: bool) -> str:
    """Return the pattern of one word or code at one place of the addresses."""
    heads = {m[1] for text in texts if (m := re.fullmatch(rf"([A-Za-z]{{1,{_HEAD}}})\d+", text))}
    if len(heads) == 1 and all(re.fullmatch(rf"{next(iter(heads))}\d+", text) for text in texts):
        head = next(iter(heads))
        return head + _class([text[len(head) :] for text in texts])
    if not any(map(_is_code, texts)):
        return texts[0] if len(texts) == 1 and not words else r"[\w-]+" if len(texts) > 1 else _plain(texts[0])
    return _class(texts)


def _class(texts: list[str]) -> str:
    """Return the class of codes; their length counts where it means something: days, months, hashes."""
    one = next((one for one in _CLASSES if all(re.fullmatch(f"{one}+", text) for text in texts)), r"\w")
    lengths = {len(text) for text in texts}
    is_kept = len(lengths) == 1 and (lengths <= _HASHES or all(_DAY.fullmatch(text) for text in texts))
    return f"{one}{{{lengths.pop()}}}" if is_kept else f"{one}+"
