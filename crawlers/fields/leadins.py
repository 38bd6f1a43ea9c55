"""Words with which headings lead to the name of what they are about: 带你走进|某某大学."""

import re
from functools import lru_cache

from ruamel.yaml import YAML

from schema.settings import settings


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    raw = YAML(typ="safe").load(settings().data / "labels" / "leadins.yaml")
    return re.compile(f"(?:(?:{'|'.join(map(str, raw['leadins']))})[·：:！!，,]?)+")


def end(text: str) -> int:
    """Return where what leads to a name ends at the beginning of a text; 0 where nothing does."""
    match = _pattern().match(text)
    return match.end() if match else 0
