"""The labels under which pages state the properties of a kind of record, as data/labels/<kind>.yaml lists them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from crawlers.fields.labels import Label
from schema.errors import InputError
from schema.settings import settings

PATTERN = "~"  # what begins a pattern among the words of a property
LEAST_LEADING = 3  # characters of a label that stands before its value without a mark
MOST_LIKE = 16  # characters of a label that is known by its pattern only
LONGEST = 40  # characters of a printed label with its spaces, number and remark
_NUMBER = re.compile(r"^[\s（(【\[]{0,3}(?:[一二三四五六七八九十]{1,3}[、.．)）]|\d{1,2}[、.．)）]|[①-⑳])")
MARKED = re.compile(r"[:：|｜丨【\[（(〖]|——")  # what a line with a label in it has
_REMARK = re.compile(r"[（(][^（）()]{0,20}[)）]\s*[:：]?\s*$")
_BILINGUAL = re.compile(
    r"\s*(?P<han>[^A-Za-z\n]*[\u4e00-\u9fff][^A-Za-z\n]*?)\s*(?P<mark>[/／|｜]?)"
    r"\s*(?P<latin>[A-Za-z][A-Za-z &'’/-]{2,30})\s*[:：]?\s*$"
)
_LATIN_FIRST = re.compile(
    r"^\s*(?P<latin>[A-Za-z][A-Za-z &'’/-]{1,30}?)(?:\s+|\s*[/／|｜·]\s*)(?P<han>[\u4e00-\u9fff][^A-Za-z\n]*)$"
)
_DATED = re.compile(r"^\s*(?:19|20)\d\d\s?(?:学?年度?|级|届)")
_BESIDE = re.compile(r"\s*[/／|｜、与和及]\s*")
_WHERE = frozenset({"province", "city", "place"})
# The same label in English, before its colon.
_LATIN = r"(?:\s{0,2}[/／|｜·]?\s{0,2}(?!https?|www|ftp)[A-Za-z][A-Za-z &'’-]{2,30})?"
_DECORATION = re.compile(r"[\W_]+")
# What may stand around a label without changing it, in bare form.
_CORE = re.compile(
    r"^(?:本|该|我们?|其|此|现有|目前|当前|具体|本次)?(?:联盟|协会"
    r"|学会|园区|企业|公司|机构|单位|研究[院所]|会议|大会|项目)?的?(?=.{2})"
    r"|(?:名单)?(?:分别|主要|具体)?(?:是|为|有|如下|包括|包含|有哪些|是谁|是什么|见下|一览)+$"
)
REMARK = r"(?:\s{0,2}[（(][^（）()\n]{1,20}[)）])?"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The label file of a kind: its labels by their bare form, and the pattern of `label：` inside a line."""

    labels: dict[str, Label]
    inline: re.Pattern[str]
    patterns: tuple[tuple[re.Pattern[str], str, int], ...] = ()
    names: frozenset[str] = frozenset()  # of the properties
    ends: frozenset[str] = frozenset()  # the last characters of labels: what is like one ends so

    def get(self, text: str) -> Label | None:
        """Return the label that a whole text is; number, remark, spaces, brackets and colons aside."""
        if not 2 <= len(text) <= LONGEST:
            return None
        # 中文（English）: the remark may be the label in another language.
        form = bare(_REMARK.sub("", text) if text[-1] in "）):： " else text)
        found = self.labels.get(form) or self.labels.get(bare(text))
        if found is None and (match := _BILINGUAL.match(text)):
            # 中文 / English; without a mark between them both are labels (品牌 OpenAI is a label and its value).
            english = self.labels.get(bare(match["latin"]))
            found = (self.labels.get(bare(match["han"])) or english) if match["mark"] or english else None
        if found is None and (match := _LATIN_FIRST.match(text)):
            found = self.labels.get(bare(match["han"])) or self._like(bare(match["han"]))  # Affiliation 隶属单位
        return found or self._like(form) or self._of_parts(text)

    def _of_parts(self, text: str) -> Label | None:
        """Return the label of a year (2023年度新增专业), and of what two labels say in one (省份 / 城市)."""
        if (dated := _DATED.match(text)) is not None:
            return self.labels.get(bare(text[dated.end() :]))
        parts = [self.labels.get(bare(part)) for part in _BESIDE.split(text)]
        said = {part.property for part in parts if part is not None}
        if len(parts) < 2 or None in parts:
            return None
        if len(said) == 1:
            return parts[0]
        return Label(bare(text), "place", 0) if said <= _WHERE and "place" in self.names else None

    def leading(self, text: str) -> tuple[Label, int] | None:
        """Return the label that a text begins with though no colon parts it from its value, and its length."""
        for length in range(min(MOST_LIKE, len(text) - 2), LEAST_LEADING - 1, -1):
            found = self.labels.get(text[:length])
            if found is not None and found.property:
                return found, length
        return None

    def _like(self, form: str) -> Label | None:
        """Return the label that a text is by its pattern: 拟认定新型研发机构名称 ends as names of names do."""
        if (core := _CORE.sub("", form)) != form and (label := self.labels.get(core)) is not None:
            return Label(form, label.property, label.rank)  # 联盟的发起单位是
        if not 3 <= len(form) <= MOST_LIKE or form[-1] not in self.ends:
            return None
        return next((Label(form, prop, rank) for one, prop, rank in self.patterns if one.fullmatch(form)), None)


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """Return a label without number, spaces, brackets and colons, in half-width small letters."""
    return _DECORATION.sub("", unicodedata.normalize("NFKC", _NUMBER.sub("", text))).casefold()


@lru_cache(maxsize=16)
def label_file(path: Path) -> Any:
    """Return what a file of labels holds, read once."""
    return YAML(typ="safe").load(path)


@lru_cache(maxsize=16)
def vocabulary(kind: str) -> Vocabulary:
    """Return the labels of a kind, read once. Raises InputError if the file is not as described in its head."""
    path = settings().data / "labels" / f"{kind}.yaml"
    try:
        raw = label_file(path)
        names = [
            (str(name), Label(bare(str(name)), prop, rank))
            for prop, words in raw["properties"].items()
            for rank, name in enumerate(words)
        ]
        like = [(name[1:], label) for name, label in names if name.startswith(PATTERN)]
        names = [one for one in names if not one[0].startswith(PATTERN)]
        names += [(str(name), Label(bare(str(name)), "", 0)) for name in raw["others"]]
    except (OSError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"not a file of labels ({error!r})", where=str(path), remedy="keep the sections that its head describes"
        ) from error
    spaced = [r"\s{0,6}".join(map(re.escape, "".join(name.split()))) for name, _ in names]
    spaced.sort(key=len, reverse=True)
    spaced += [pattern for pattern, _ in like]
    pattern = (
        rf"(?<![\u4e00-\u9fffA-Za-z])(?:[【\[（(〖]\s{{0,2}}(?P<boxed>{'|'.join(spaced)})\s{{0,2}}[】\])）〗]\s{{0,4}}[:：]?"
        rf"|(?P<plain>{'|'.join(spaced)})(?:{REMARK}\s{{0,6}}(?:[:：|｜丨]|——)|{_LATIN}\s{{0,2}}[:：]))"
    )
    patterns = tuple((re.compile(one), label.property, label.rank) for one, label in like)
    found = {label.name: label for _, label in reversed(names)}
    ends = frozenset(name[-1] for name in found if name)
    return Vocabulary(found, re.compile(pattern, re.IGNORECASE), patterns, frozenset(raw["properties"]), ends)


@lru_cache(maxsize=16)
def columns(kind: str) -> dict[str, frozenset[str]]:
    """Return the heads of columns of a kind's lists by their use, in bare form. Raises OSError without a label file."""
    raw = label_file(settings().data / "labels" / f"{kind}.yaml")
    return {use: frozenset(bare(str(word)) for word in words) for use, words in raw["columns"].items()}


@lru_cache(maxsize=128)
def section(kind: str, name: str) -> Any:
    """Return a further section of a kind's label file as it stands there. Raises OSError or KeyError without it."""
    return label_file(settings().data / "labels" / f"{kind}.yaml")[name]
