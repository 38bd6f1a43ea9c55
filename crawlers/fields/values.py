"""Where the value of a label begins and ends."""

import re
from collections.abc import Iterator

from schema.evidence import Span

EDGE = " \t\n\u3000:：丨|｜-—>»"
_BOTH = re.compile(r"(.*[\u4e00-\u9fff）)”\d日].*?)\s*[/／|｜]\s*[A-Za-z][^\u4e00-\u9fff]*$")


def native(text: str, label: Span, value: Span) -> Span:
    """Return the Chinese part of a value that both languages state, as its label does (主办 / Host)."""
    printed, said = text[slice(*label)], text[slice(*value)]
    if not re.search("[A-Za-z]{3}", printed) or not re.search("[\u4e00-\u9fff]", printed):
        return value
    match = _BOTH.match(said)
    return (value[0], value[0] + match.end(1)) if match else value


def closing(text: str, label: int, start: int, end: int) -> int | None:
    """Return where the bracket closes that opens before a label in its line: X公司（代码：300，简称：X）成立于…"""
    line = text[text.rfind("\n", 0, label) + 1 : label]
    depth = sum(line.count(mark) for mark in "（(") - sum(line.count(mark) for mark in "）)")
    if depth < 1:
        return None
    for index in range(start, end):
        depth += (text[index] in "（(") - (text[index] in "）)")
        if not depth:
            return index
    return None


def occurrences(text: str, word: str) -> Iterator[int]:
    """Yield where a word stands in a text, each time after the last one's end."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + max(len(word), 1))


def trim(text: str, start: int, end: int) -> Span:
    """Return a place without the white space and marks at its ends."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in " \t\n\u3000|｜":
        end -= 1
    return start, end
