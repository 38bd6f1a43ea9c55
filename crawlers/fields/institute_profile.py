"""One institute that a page is about: its labels, then the sentences of its profile or of news on it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawlers.fields import (
    blocks,
    institute_name,
    lineitems,
    listed,
    subject,
    whereabouts,
)
from crawlers.fields import institute_words as words
from crawlers.fields.institute_document import Profile
from crawlers.fields.institute_pairs import HINTS
from crawlers.fields.registers import Register
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading, Span

IsName = Callable[[str], bool]
MOST_CARD = 60  # characters of a line of a card
FEWEST = 2  # paragraphs with a name each that make a directory
MOST_NAME = 14  # characters of a line that says no more than a name
RICH = 6  # properties that say what an institute is where no word does
MOST_BARE = 2  # properties that are too few, with the name, where the text alone names the institute
_BEHIND = re.compile(r"\s?[（(\[【]\s?(?P<where>[^（）()【】\[\]]{2,20}?)\s?[)）\]】]")  # 某研究所（昆明）
_TELLING = frozenset({"founded", "recognised_year", "operator", "parent", "field"})


def read(
    kind: str, view: View, row: Mapping[str, Reading] | None, register: Register, is_name: IsName
) -> Extraction | None:
    """Return what a page says of the one institute that it is about, or None where it is about none."""
    stated = register.labelled[0]
    sheet = stated.sheet
    profile = Profile(kind, sheet, stated)
    name = institute_name.read(stated, register.titles, (row or {}).get("title"), profile.prose, is_name)
    if name is None and len(register.labelled) == 2:
        # The page leads to its file, which holds the profile.
        stated = register.labelled[1]
        profile = Profile(kind, sheet, stated)
        name = institute_name.read(stated, [], None, profile.prose, is_name)
        if name is not None:
            name = replace(name, document=profile.document)
    weighed = name is None
    if name is None:
        name = subject.read(sheet, register.titles, institute_name.ENDS, is_name)
    labelled = {one.label.property for one in stated.all if one.lines and not one.column} - {"", "name"}
    if name is None and max(len(profile.beside), len(labelled)) >= MOST_BARE:
        name = _alone(sheet, is_name)
    if name is None:
        return None
    one = profile.extraction(name, register.titles)
    if weighed and not (set(one.fields) & _TELLING and len(one.fields) > MOST_BARE):
        return None
    about = words.KIND_WORDS[kind].search(view.text[slice(*view.body)])
    return one if len(one.fields) >= 2 and (about or len(one.fields) >= RICH) else None


def _alone(sheet: Sheet, is_name: IsName) -> Reading | None:
    """Return the name that one line of a page of labels consists of, where no other line does."""
    text = sheet.view.text
    lines = [line.span for line in sheet.lines if is_name(text[slice(*line.span)].strip())]
    if len({text[slice(*span)].strip() for span in lines}) != 1:
        return None
    raw = text[slice(*lines[0])]
    return Reading(raw.strip(), raw, Origin.TITLE, (lines[0],))


def directory(kind: str, sheet: Sheet, stated: Statements, is_name: IsName) -> list[Extraction]:
    """Return the institutes of which a page has a paragraph each, two and more, that begins with the name."""
    found: dict[str, Extraction] = {}
    lines = [line.span for line in sheet.lines if not line.linked and line.span[1] - line.span[0] > MOST_NAME]
    for span in lines:
        name = institute_name.opening(sheet.view.text, span, is_name)
        if name is None or name.value in found:
            continue
        profile = Profile(kind, sheet, stated)
        profile.prose, profile.labels = [span], False
        one = profile.extraction(name, [])
        behind = _BEHIND.match(sheet.view.text, name.spans[0][1])
        if "city" not in one.fields and behind and lineitems.is_place(behind["where"]):
            place = listed.reading(sheet.view, behind.span("where"))
            one.fields |= listed.fields_of(whereabouts.locate({"place": place}, [])[0])
        if len(one.fields) >= 2:
            found[str(name.value)] = one
    several = len(found) >= FEWEST and len(found) * 2 > len(sheet.prose)
    return list(found.values()) if several else []


def several(kind: str, stated: Statements, is_name: IsName) -> list[Extraction]:
    """Return the institutes of a page that has a block each, which says more of it than its name."""

    def named(span: Span) -> Span | None:
        return next(iter(subject.named(stated.text, span, institute_name.ENDS, is_name)), None)

    found = []
    for name, whole in blocks.read(stated, is_name, HINTS[kind]) or blocks.told(stated.sheet, is_name, named):
        inner = stated.part(whole)
        said = stated.text[slice(*name)]
        reading = Reading(said, said, Origin.BODY, (name,), getattr(stated.sheet.view, "document", None))
        one = Profile(kind, inner.sheet, inner).extraction(reading, [])
        if "city" not in one.fields and (lead := blocks.place_before(stated.text, name)) is not None:
            said = stated.text[slice(*lead)]
            place = Reading(said, said, Origin.BODY, (lead,), reading.document)
            one.fields |= listed.fields_of(whereabouts.locate({"place": place}, [])[0])
        if "city" not in one.fields and (tag := _tagged(inner.sheet)) is not None:
            one.fields |= listed.fields_of(
                whereabouts.locate({"place": replace(tag, document=reading.document)}, [])[0]
            )
        if len(one.fields) >= 2:
            found.append(one)
    return found if len(found) >= 2 else []


def _tagged(sheet: Sheet) -> Reading | None:
    """Return the place that is a piece of its own in the short lines of a card: 1986年 · 海口市 · 采收机器人."""
    text = sheet.view.text
    for line in sheet.lines:
        for piece in re.finditer(r"[^·|｜丨/／\s\u3000]+", text[slice(*line.span)]):
            if line.span[1] - line.span[0] <= MOST_CARD and lineitems.is_full_place(piece.group()):
                at = line.span[0] + piece.start(), line.span[0] + piece.end()
                return Reading(piece.group(), piece.group(), Origin.BODY, (at,))
    return None


def complete(kind: str, stated: Statements, found: Sequence[Extraction]) -> None:
    """Add to the rows of a page's table what a column of it says in sentences (概况: 2018年成立，位于…)."""
    named = [one.fields["name"][0] for one in found]
    starts = sorted(said.spans[0][0] for said in named if said.spans and not said.document)
    for one, said in zip(found, named, strict=True):
        if not said.spans or said.document:
            continue
        start = said.spans[0][0]
        end = next((at for at in starts if at > start), stated.sheet.view.body[1])
        line_end = stated.text.find("\n", start)
        row = stated.sheet.part((start, min(end, line_end if line_end >= 0 else end)))
        cells = [span for line in stated.sheet.view.lines_of([(start, end)])[:4] for span in _cells(stated.text, line)]
        told = [span for span in cells if words.FACTUAL.search(stated.text[slice(*span)])]
        if told:
            profile = Profile(kind, row, stated)
            profile.prose, profile.labels = told, False
            for prop, readings in profile.extraction(said, []).fields.items():
                one.fields.setdefault(prop, readings)


def _cells(text: str, line: Span) -> Iterator[Span]:
    """Yield the cells of a table's row."""
    at = line[0]
    for cell in text[slice(*line)].split("\t"):
        yield at, at + len(cell)
        at += len(cell) + 1
