"""Lines of a page that are not its text, as data/labels/noise.yaml lists them."""

import re
from functools import lru_cache

from ruamel.yaml import YAML

from schema.settings import settings

# A day and a time in a short line: the head or foot of an article, of a post, of an answer.
_POSTED = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s{0,3}\d{1,2}:\d\d")
_BRACKETS = re.compile(r"^[\s【\[（(|·>»*●■◆▲－—-]{0,12}")


@lru_cache(maxsize=1)
def noise() -> dict[str, re.Pattern[str]]:
    """Return the patterns of data/labels/noise.yaml by kind."""
    path = settings().data / "labels" / "noise.yaml"
    patterns = YAML(typ="safe").load(path)
    joined = {kind: "|".join(f"(?:{line})" for line in patterns[kind]) for kind in patterns}
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in joined.items()}


def kind_of(text: str) -> str:
    """Return which kind of noise a line is (tools, info, ends, comments, posted), or an empty string."""
    head = _BRACKETS.sub("", text[:100])
    for kind in ("comments", "ends", "tools", "info"):
        if (len(text) <= 60 or kind == "ends") and noise()[kind].match(head):
            return kind
    return "posted" if len(text) <= 60 and _POSTED.search(text) else ""
