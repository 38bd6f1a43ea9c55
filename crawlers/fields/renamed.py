"""Lists of documents and events: their rows, as the registers of organisations are read."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from crawlers.fields import registers
from crawlers.fields.lineitems import IsName
from crawlers.fields.pairs import Hint
from crawlers.fields.registers import Register
from crawlers.fields.sheet import Sheet
from crawlers.fields.vocabulary import Vocabulary, section, vocabulary
from crawlers.view import View

_ALSO = {
    "policy": {"name": ["文件", "政策", "政策文件", "法规名称", "文件题名", "题名", "政策标题", "文件（政策）名称"]},
    "conference": {"name": ["会议", "大会", "论坛", "活动", "赛会名称", "会议（活动）名称", "展会"]},
}


@lru_cache(maxsize=4)
def _words(kind: str) -> Vocabulary:
    """Return the labels of a kind, its title being the name of a row."""
    own = vocabulary(kind)
    labels = {
        text: replace(label, property="name") if label.property == "title" else label
        for text, label in own.labels.items()
    }
    patterns = tuple((one, "name" if prop == "title" else prop, rank) for one, prop, rank in own.patterns)
    names = frozenset("name" if prop == "title" else prop for prop in own.names)
    return Vocabulary(labels, own.inline, patterns, names, own.ends)


@lru_cache(maxsize=4)
def _heads(kind: str) -> dict[str, list[str]]:
    found = {
        "name" if prop == "title" else prop: [str(word) for word in words]
        for prop, words in section(kind, "properties").items()
    }
    for prop, words in _ALSO[kind].items():
        found[prop] += words
    return found


def read(
    kind: str,
    view: View,
    files: Mapping[str, View] | None,
    is_name: IsName,
    downward: tuple[str, ...],
    sheet: Sheet | None = None,
    hints: Mapping[str, Hint] | None = None,
) -> Register:
    """Return what a page and its files list of a kind whose records have a title and no name."""
    return registers.read(view, files, _words(kind), _heads(kind), is_name, downward, sheet, hints)
