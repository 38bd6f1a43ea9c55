"""Rounds of financing in tables and under labels."""

import re
from collections.abc import Mapping
from dataclasses import replace

from crawlers.fields import (
    funding_amount,
    funding_backers,
    funding_cells,
    funding_data,
    funding_round,
    investee,
    investors,
    listing,
    names,
    pairs,
    periods,
)
from crawlers.fields.funding_hints import HINTS
from crawlers.fields.funding_story import Round
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Stated, Statements
from crawlers.fields.vocabulary import bare, section
from crawlers.grids import grids
from crawlers.view import View
from schema.evidence import Origin, Reading, Span
from schema.types.partial_date import PartialDate

_INVESTORS = ("lead", "follow", "investors")
_UNSAID = re.compile(r"^(?:未披露|未公开|未透露|不详|未知|保密|-+|—+|/|无|暂无)$")
_PROPERTIES = ("investee_full", "investee", "round", "amount", "date", "lead", "follow", "investors", "status")
_STATED_IN = ("round", "amount", "date", "status")
_STATES = (
    ("denied", re.compile("终止|取消|失败|否认|辟谣|不实|不属实|不符|澄清|谣|中止|撤回|告吹|放弃|未达成|未能")),
    (
        "planned",
        re.compile(
            "拟(?!人|合)|计划|意向|洽谈|进行中|筹划|预计|待交割|推进中|寻求|接洽|未完成|筹备|打算|待|商谈|磋商|意向|谈判|启动|酝酿"
        ),
    ),
)


def of_tables(view: View, year: int | None = None) -> tuple[list[Round], list[tuple[str, str]]]:
    """Return the rounds in tables whose head names two properties of a round, and warnings on unknown heads."""
    found: list[Round] = []
    heads = _heads()
    known = {bare(word) for words in heads.values() for word in words}
    listed = listing.read_listing(view, heads, hints=HINTS)
    by_content = {(grid, at): spans for grid, at, spans in funding_cells.table_rows(view)}
    unnamed = len(listed.rows) >= funding_cells.FEWEST and not any(
        {"investee", "investee_full"} & set(row.cells) for row in listed.rows
    )
    for row in listed.rows:
        spans = by_content.pop((row.grid, row.row), {}) | {
            name: reading.spans[0] for name, reading in row.cells.items() if reading.spans
        }
        if any(bare(str(reading.value)) in known for reading in row.cells.values()):
            continue  # a table of labels and values
        if unnamed and "round" in spans and (named := _names_in(view, row.grid, row.row, spans)):
            spans["investee"] = named
        told = set(spans) - {"investee", "investee_full", "date", "status"}
        if told and (len(spans) >= 2):
            found.append(_round(view.text, spans, year))
    for (grid, at), spans in by_content.items():
        named = _names_in(view, grid, at, spans)
        if named and len(by_content) >= funding_cells.FEWEST:
            found.append(_round(view.text, {"investee": named} | spans, year))
    warnings = [one for one in listed.warnings if found and one[0] == listing.UNKNOWN_HEAD]
    return found, warnings


def _names_in(view: View, grid: int, at: int, spans: Mapping[str, Span]) -> Span | None:
    """Return the cell of a row under unknown heads that names its company: the first that is no number."""
    for cell in grids(view)[grid].rows[at]:
        if cell is not None and cell.span == spans["round"]:
            return None
        if cell and cell.span not in spans.values() and re.search(r"[\u4e00-\u9fffA-Za-z]{2}", cell.text):
            return cell.span if len(cell.text) <= 40 else None
    return None


def of_rows(sheet: Sheet, year: int | None = None) -> list[Round]:
    """Return the rounds of lists without a head: lines of parted cells, boxes alike."""
    found = []
    for row in funding_cells.rows(sheet) or funding_data.rows(sheet.view):
        one = _round(sheet.view.text, row.cells, year)
        for span in row.backers:
            _investors(one, sheet.view.text, {"investors": span})
        found.append(one)
    return found


def of_files(files: Mapping[str, View], year: int | None = None) -> list[Round]:
    """Return the rounds in the tables of a page's files, every reading with its document."""
    found = []
    for view in files.values():
        for one in of_tables(view, year)[0]:
            _placed(one, getattr(view, "document", None))
            found.append(one)
    return found


def _placed(one: Round, document: str | None) -> None:
    for name in ("who", "full", "round", "amount", "date", "said"):
        if (reading := getattr(one, name)) is not None:
            setattr(one, name, replace(reading, document=document))
    for kept in (one.lead, one.follow):
        kept[:] = [replace(reading, document=document) for reading in kept]


def _heads() -> Mapping[str, list[str]]:
    heads: dict[str, list[str]] = dict(section("funding", "properties"))
    # 融资情况 is no label of a value, but heads a column of rounds with their sums.
    heads["unused"] = [word for word in section("funding", "others") if not word.startswith("融资")]
    return heads


def of_labels(sheet: Sheet, stated: Statements, year: int | None = None) -> list[Round]:
    """Return the rounds stated under labels; a label that comes again begins another one.

    What a single round lacks is read under labels that nobody taught.
    """
    found = _blocks(stated)
    if len(found) == 1:
        pairs.supplement(stated, HINTS, {"investors": "lead"})
        found = _blocks(stated)
    text = sheet.view.text
    rounds = []
    for block in found:
        spans = {name: _whole(text, one) if name in _INVESTORS else one.first for name, one in block.items()}
        if {"round", "amount", "investors", "lead"} & set(spans) and len(spans) >= 2:
            one_round = _round(text, spans, year)
            _glued(one_round, sheet, block)
            if len(found) > 1 and one_round.who is None and one_round.full is None:
                one_round.who = _heading(sheet, min(one.place[0] for one in block.values()))
            rounds.append(one_round)
    return rounds


def _blocks(stated: Statements) -> list[dict[str, Stated]]:
    """Return what is stated under labels by property, round by round."""
    found: list[dict[str, Stated]] = []
    for one in stated.all:
        name = one.label.property
        if name not in _PROPERTIES or not one.lines or one.column:
            continue
        if not found or (name in found[-1] and _begins(name, found[-1])):
            found.append({})
        found[-1].setdefault(name, one)
    return found


def _glued(one: Round, sheet: Sheet, block: Mapping[str, Stated]) -> None:
    """Part investors that stand in elements side by side, with nothing printed between them."""
    text = sheet.view.text
    for name, kept in (("lead", one.lead), ("follow", one.follow), ("investors", one.follow)):
        pieces = sheet.pieces(block[name].first) if name in block else []
        if len(pieces) > 1:
            whole = text[slice(*block[name].first)]
            kept[:] = [reading for reading in kept if reading.raw not in whole]
            kept.extend(names.readings(text, pieces, Origin.TABLE))


def _whole(text: str, one: Stated) -> Span:
    """Return a value with the lines under it that go on naming investors."""
    start, end = one.first
    for line in one.lines[1:]:
        said = text[slice(*line)]
        if "、" in text[start:end] and text[end - 1] not in "、，,；;":
            break  # the list is whole: what follows heads the next block
        if line[0] < end or len(said) > 40 or re.search("[:：。]", said) or not investors.ends_as_one(said):
            break
        end = line[1]
    return start, end


def _begins(name: str, block: Mapping[str, Stated]) -> bool:
    return name in ("investee", "investee_full", "round", "date") or len(block) > 2


def _heading(sheet: Sheet, at: int) -> Reading | None:
    """Return the company that the line above a block of labels names."""
    text = sheet.view.text
    above = [line.span for line in sheet.lines if line.span[1] <= at][-1:]
    for start, end in above:
        place = investee.cleaned(text, start, end) if end - start <= 30 else None
        if place is not None:
            raw = text[slice(*place)]
            return Reading(raw, raw, Origin.TABLE, (place,))
    return None


def _round(text: str, spans: Mapping[str, Span], year: int | None) -> Round:
    one = Round(min(start for start, _ in spans.values()), listed=True)
    for name, target in (("investee", "who"), ("investee_full", "full")):
        if name in spans and (place := names.trim(text, *spans[name])) is not None:
            raw = text[slice(*place)]
            if not _UNSAID.match(raw):
                setattr(one, target, Reading(listing.value(raw), raw, Origin.TABLE, (place,)))
    if "round" in spans and (at := funding_round.of_cell(text[slice(*spans["round"])])):
        place = spans["round"][0] + at[0], spans["round"][0] + at[1]
        one.round = Reading(funding_round.normal(text[slice(*place)]), text[slice(*place)], Origin.TABLE, (place,))
    spans = _parted(text, spans)
    if "amount" in spans:
        raw = text[slice(*spans["amount"])]
        if (money := funding_amount.of_cell(raw)) is not None:
            one.amount = Reading(funding_amount.as_json(money), raw, Origin.TABLE, (spans["amount"],))
    if "date" in spans:
        one.date = _date(text, spans["date"], year)
    _investors(one, text, spans)
    _state(one, text, spans)
    return one


def _parted(text: str, spans: Mapping[str, Span]) -> Mapping[str, Span]:
    """Return the cells with the sum that stands in the cell of the round (轮次 / 金额), and the reverse."""
    if "amount" not in spans and "round" in spans:
        start, end = spans["round"]
        if sums := funding_amount.find(text[start:end]):
            return {**spans, "amount": (start + sums[0][1], start + sums[0][2])}
    return spans


def _investors(one: Round, text: str, spans: Mapping[str, Span]) -> None:
    for name, kept in (("lead", one.lead), ("follow", one.follow), ("investors", one.follow)):
        if name not in spans or _UNSAID.match(text[slice(*spans[name])].strip()):
            continue
        lead, follow = funding_backers.of_field(text, spans[name])
        for places, into in ((lead, one.lead), (follow, kept)):
            for start, end in places:
                raw = text[start:end]
                if raw not in {str(reading.value) for reading in (*one.lead, *one.follow)}:
                    into.append(Reading(listing.value(raw), raw, Origin.TABLE, ((start, end),)))


def _state(one: Round, text: str, spans: Mapping[str, Span]) -> None:
    """Say that a round is planned or denied where its cells do."""
    state = " ".join(text[slice(*spans[name])] for name in _STATED_IN if name in spans)
    for word, pattern in _STATES:
        if match := pattern.search(state):
            one.certainty = word
            at_ = next(spans[n] for n in _STATED_IN if n in spans and match.group() in text[slice(*spans[n])])
            start = text.index(match.group(), *at_)
            one.said = Reading(word, match.group(), Origin.TABLE, ((start, start + len(match.group())),))
            break


def _date(text: str, span: Span, year: int | None) -> Reading | None:
    said = text[slice(*span)]
    if found := periods.find(said, year, label=True):
        at = span[0] + found[0].start, span[0] + found[0].end
        return Reading(str(found[0].first), text[slice(*at)], Origin.TABLE, (at,))
    date = PartialDate.parse(said)
    return Reading(str(date), said, Origin.TABLE, (span,)) if date else None
