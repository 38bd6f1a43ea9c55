"""The normal form of a name: what two spellings of one name have in common."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from opencc import OpenCC

from resolution.names.vocabulary import table

_BRACKETS = str.maketrans(
    {"（": "(", "）": ")", "〔": "(", "〕": ")", "【": "(", "】": ")", "［": "(", "］": ")", "[": "(", "]": ")"}
)
_MARKED = re.compile("[À-ÖØ-öø-ÿĀ-ſƀ-ɏḀ-ỿ]")  # a letter without marks of its own, such as ø or ß, stays
_UNFIT = re.compile("[\ud800-\udfff]")
MOST_STEPS = 8
_LATIN = re.compile(r"[0-9a-zà-öø-ÿ]+(?:['&][0-9a-z]+)*")
_DROPPED = re.compile(r"[\s·•・,，.。、;；:：\"'“”‘’「」《》〈〉<>\-—–_*]+")
_SEPARATOR = re.compile(r"[\s.,;:_\-–—]+")


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    # t2s and not tw2sp, which rewrites words (軟件, 資訊 …) and so the name itself.
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Return the text with traditional characters as simplified ones (opencc t2s); words are not rewritten."""
    return text if text.isascii() else str(_simplifier().convert(_UNFIT.sub("", text)))


def plain(name: str) -> str:
    """Return a name in NFKC, simplified characters and one kind of brackets, white space folded; case is kept."""
    text = unicodedata.normalize("NFKC", name).translate(_BRACKETS)
    return " ".join(simplify(text).split())


def unmarked(text: str) -> str:
    """Return a text of the same length whose letters have no marks: Nánchāng Dàxué is Nanchang Daxue to most."""
    return text if text.isascii() else _MARKED.sub(lambda m: unicodedata.normalize("NFD", m[0])[0], text)


def normal_form(name: str) -> str:
    """Return what spellings of one name share; "" for a name without letters or characters.

    NFKC, traditional to simplified, lower case, no marks on letters, one kind of brackets, no punctuation; white space
    is dropped but between Latin words; spellings of a legal form become one (有限责任公司 = 有限公司).
    Idempotent. It never drops a part of the name: 华为 and 华为技术有限公司 stay two.
    """
    return _settled(_once, name)


def _settled(step: Callable[[str], str], text: str) -> str:
    """Return what a step makes of a text when it makes nothing new of it (a dropped mark brings letters together)."""
    for _ in range(MOST_STEPS):
        after = step(text)
        if after == text:
            break
        text = after
    return text


def _once(name: str) -> str:
    text = unmarked(plain(name).lower())
    words = _SEPARATOR.sub(" ", text)
    parts: list[str] = []
    end = 0
    for match in _LATIN.finditer(words):
        between = words[end : match.start()]
        if parts and between.strip() == "" and between:
            parts.append(" ")
        else:
            parts.append(_DROPPED.sub("", between))
        parts.append(match.group())
        end = match.end()
    parts.append(_DROPPED.sub("", words[end:]))
    return _legal_form("".join(parts).strip())


def _legal_form(text: str) -> str:
    for variant, canonical in _legal_forms():
        if text.endswith(variant):
            # 股份有限公司 ends in 有限公司 too: the longest spelling decides, and only once.
            return text[: -len(variant)] + canonical
    return text


@lru_cache(maxsize=1)
def _legal_forms() -> tuple[tuple[str, str], ...]:
    return tuple(
        (variant, canonical)
        for variant, canonical in sorted(table("legal_forms", ("variant", "canonical")), key=lambda r: -len(r[0]))
    )
