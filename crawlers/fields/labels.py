"""The labels before the metadata of a document (索引号, 发文机关 …), as data/labels/policy.yaml lists them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML

from schema.errors import InputError
from schema.settings import settings

LONGEST = 30  # characters of a printed label with its spaces
_DECORATION = re.compile(r"[\s:：·•*【】\[\]()（）|]+")


@dataclass(frozen=True, slots=True)
class Label:
    """What a label stands for. `rank` orders the labels of a property; `property` is empty for the others."""

    name: str
    property: str
    rank: int


@dataclass(frozen=True, slots=True)
class Labels:
    """The label file: labels by name, JSON keys and meta names by property, and the words of validity."""

    labels: dict[str, Label]
    json: dict[str, Label]
    meta: dict[str, list[str]]
    validity: dict[str, list[str]]
    inline: re.Pattern[str]

    def get(self, text: str) -> Label | None:
        """Return the label that `text` is, spaces, brackets and colons aside."""
        return self.labels.get(bare(text)) if len(text) <= LONGEST else None


def bare(text: str) -> str:
    """Return a label without spaces, brackets and colons."""
    return _DECORATION.sub("", text)


@lru_cache(maxsize=1)
def labels() -> Labels:
    """Return the labels, read once. Raises InputError if the file is not as described in its head."""
    path = settings().data / "labels" / "policy.yaml"
    try:
        raw = YAML(typ="safe").load(path)
        found = _numbered(raw["properties"])
        found |= {name: Label(name, "", 0) for name in raw["others"]}
        keys = _numbered(raw["json"])
        meta = {prop: list(names) for prop, names in raw["meta"].items()}
        return Labels(found, keys, meta, dict(raw["validity"]), _inline(found))
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"not a file of labels ({error!r})", where=str(path), remedy="keep the sections that its head describes"
        ) from error


def _numbered(sections: dict[str, list[str]]) -> dict[str, Label]:
    return {name: Label(name, prop, rank) for prop, names in sections.items() for rank, name in enumerate(names)}


def _inline(names: dict[str, Label]) -> re.Pattern[str]:
    """Return the pattern of a label with its colon, or in its box (【文号】), inside a line; longer labels first."""
    spaced = [r"\s{0,6}".join(map(re.escape, name)) for name in sorted(names, key=len, reverse=True)]
    label = rf"(?P<label>{'|'.join(spaced)})"
    ends = r"(?(box)\s{0,4}】\s{0,4}[:：]?|\s{0,4}[\])）]?\s{0,4}[:：])"
    return re.compile(rf"(?<![\u4e00-\u9fff])(?:(?P<box>【)|[\[(（])?\s{{0,2}}{label}{ends}")
