"""Messages in Chinese and English: code speaks English, a catalogue of templates turns it into Chinese."""

import json
import os
import re
from functools import lru_cache
from pathlib import Path

LOCALES = Path(__file__).parent / "locales"
_HOLE = "{}"


def language() -> str:
    """Return `zh` or `en`: SAMPLEBASE_LANG, else the terminal's locale, else English."""
    asked = os.environ.get("SAMPLEBASE_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if asked.lower().startswith("zh") else "en"


def say(text: str, lang: str | None = None) -> str:
    """Return a message in the user's language; one that the catalogue lacks stays English.

    A template's holes `{}` stand for what a message fills in (a name, a figure), and are filled alike.
    """
    if (lang or language()) != "zh" or not text:
        return text
    exact, templates = catalogue()
    if text in exact:
        return exact[text]
    for pattern, chinese in templates:
        found = pattern.fullmatch(text)
        if found:
            parts = chinese.split(_HOLE)
            return "".join(part + value for part, value in zip(parts, (*found.groups(), ""), strict=True))
    return text


@lru_cache(maxsize=1)
def catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Return the Chinese catalogue: whole messages, and templates with holes, the most specific first."""
    entries: dict[str, str] = json.loads((LOCALES / "zh.json").read_text(encoding="utf-8"))
    exact = {english: chinese for english, chinese in entries.items() if _HOLE not in english}
    holes = sorted((e for e in entries if _HOLE in e), key=lambda e: (-len(e.replace(_HOLE, "")), e))
    templates = [
        (re.compile("(.*?)".join(map(re.escape, english.split(_HOLE))), re.DOTALL), entries[english])
        for english in holes
    ]
    return exact, templates
