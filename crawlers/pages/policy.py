"""A policy page: title, number, agencies, dates, type, validity, relations, attachments, text.

Order of trust, field by field: the list row, the metadata table, meta tags, the address, the note under the
title, the signature. What the losing places say is kept as conflicts.
"""

from collections.abc import Mapping
from dataclasses import replace

from crawlers.fields import (
    attachments,
    body,
    gathering,
    inner_title,
    issuers,
    metadata,
    policy_list,
    policy_type,
    relations,
    title,
    validity,
)
from crawlers.fields.gathering import Readings
from crawlers.fields.labels import labels
from crawlers.pages import NotARecord, refusal
from crawlers.relevance import relevance
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading, Span, quote
from schema.types.region_code import RegionCode

FILES = True  # its attachments are read with it: the plan's own text is often there
VERSION = 9  # raise it whenever the same page gives other values; then `samplebase reparse`


def extract(
    view: View, row: Mapping[str, Reading] | None = None, files: Mapping[str, View] | None = None
) -> Extraction | list[Extraction]:
    """Return what the page says of one policy, or those that a compilation lists, each with its item key.

    `row` are readings of the list row that led to the page.

    `files` are its attachments by address: their texts follow the page's own in `text`, one value each.

    Dates are ISO strings at the precision printed, `issuers` as printed, `doc_number` in canonical form,
    `relation` a mapping of type to target, each attachment {name, url}. Properties that the page does not
    state are left out. Raises NotARecord for other lists, shells, error texts and plain news.
    """
    try:
        one = _single(view, row, files)
    except NotARecord as refused:
        if not refused.is_gone and (rows := policy_list.read(view, files)):
            return rows
        raise
    heading = one.fields["title"][0]
    is_one = refusal.is_named(heading) and not policy_list.is_catalogue(str(heading.value))
    return one if is_one else policy_list.read(view, files) or one


def _single(view: View, row: Mapping[str, Reading] | None, files: Mapping[str, View] | None) -> Extraction:
    found = body.read(view, containers=True)
    blocks = metadata.blocks(view, found.span if found.spans else (view.body[1], view.body[1]))
    table = any(block.is_table for block in blocks)
    spans = _without_tables(found.spans, blocks)
    readings = Readings()
    for name, reading in (row or {}).items():
        readings.add(name, issuers.parts(reading) if name == "issuers" else [reading])
    gathering.from_blocks(view, blocks, readings)
    text = gathering.from_data(view, readings)
    gathering.from_meta(view, readings)
    own = readings.own("title") or title.on_page(view, spans[0][0] if spans else view.body[1])
    heading = readings.first("title") or own
    if heading is None or not heading.value:
        raise NotARecord("no title")
    heading = _document(view, heading, spans, readings)
    readings.add("title", [heading])
    if own is not None and title.squeezed(own.value) == title.squeezed(heading.value):
        heading = own  # what is read out of the title is shown on the page, not in the list that led to it
    gathering.from_text(view, heading, spans, readings)
    refusal.check(view, heading, found, readings, table=table, text=text)

    extraction = Extraction("policy", readings.winners(), readings.conflicts())
    extraction.warnings = [("unknown_label", label) for label in metadata.unknown(view, blocks)]
    fields = extraction.fields
    if spans or text is not None:
        said = quote(view.text, spans)
        fields["text"] = [Reading(said, said, Origin.BODY, spans)] if spans and text is None else [text or heading]
    source = fields.pop("source", [None])[0]
    if source is not None and "issuers" not in fields and issuers.is_organ(str(source.value)):
        # 信息来源 is the one that put the document on the web: named where nobody else is.
        fields["issuers"] = [source]
    fields["policy_type"] = [policy_type.read(heading)]
    if (state := _validity(readings.first("validity"), heading)) is not None:
        fields["validity"] = [state]
    else:
        fields.pop("validity", None)
    area = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    site = next((content for name, content, _ in view.meta if name == "sitename"), "")
    if (relation := relations.read(view, heading, area, source, site)) is not None:
        fields["relation"] = [relation]
    if linked := attachments.read(view, lambda span: area[0] <= span[0] and span[1] <= area[1]):
        fields["attachments"] = linked
        texts, warnings = attachments.texts(linked, files or {})
        extraction.warnings += warnings
        if texts and "text" in fields:
            fields["text"] += texts
    scored = relevance(view.text, str(heading.value), spans or (text.spans if text else ()))
    # That nothing speaks of AI is read from the whole page; its title stands for it.
    fields["ai_relevance"] = [scored if scored.spans else replace(heading, value=scored.value)]
    if fields.get("issuers") and (place := RegionCode.find_prefix(str(fields["issuers"][0].value))) is not None:
        fields["region"] = [replace(fields["issuers"][0], value=place[0].value)]
    return extraction


def _document(view: View, heading: Reading, spans: tuple[Span, ...], readings: Readings) -> Reading:
    """Return the document's own title, where a heading is that of news which prints it or has a column's name."""
    found = inner_title.trimmed(heading)
    said = str(found.value)
    if not refusal.is_named(found) or not inner_title.is_document(said) or inner_title.is_headline(said):
        found = inner_title.above_number(view, spans) or inner_title.in_headings(view) or found
    if found is not heading:
        readings.prefer("title", [found])
    return found


def is_policy(view: View) -> bool:
    """Tell whether a page is a policy (an explanation or a draft of one is)."""
    try:
        extract(view)
    except NotARecord:
        return False
    return True


def _without_tables(spans: tuple[Span, ...], blocks: list[metadata.Block]) -> tuple[Span, ...]:
    """Return the spans of the text without the metadata table that some sites keep inside."""
    found = list(spans)
    for block in blocks:
        low, high = block.span
        if block.is_table and spans and low < spans[0][0] + metadata.HEAD and high > spans[0][0]:
            found = [(max(start, high), end) for start, end in found if end > high]
    return tuple(found)


def _validity(said: Reading | None, heading: Reading) -> Reading | None:
    if draft := relations.draft_words(heading.value):
        return policy_type.words("draft", heading, draft.span())
    if said is None:
        return None
    if said.origin is Origin.LIST_ROW and said.value in labels().validity:
        return said  # a flag of the list (is_abolished: 1) was read where its meaning is known
    return validity.state(said) or replace(said, value="unknown")
