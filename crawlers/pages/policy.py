"""A policy page: title, number, agencies, dates, type, validity, relations, attachments, text.

Order of trust, field by field: the list row, the metadata table, meta tags, the address, the note under the
title, the signature. What the losing places say is kept as conflicts.
"""

import re
from collections.abc import Iterable, Mapping

from crawlers.fields import (
    attachments,
    body,
    dates,
    embedded,
    issuers,
    metadata,
    note,
    numbers,
    relations,
    signature,
    title,
)
from crawlers.fields.labels import labels
from crawlers.pages import NotARecord
from crawlers.relevance import relevance
from crawlers.view import View
from schema.evidence import Conflict, Extraction, Origin, Reading, Span, quote
from schema.types.partial_date import PartialDate

DATES = ("written_date", "published_date", "effective_date", "expiry_date")
SHELL = 60  # characters of text below which a page without metadata is a shell
HEAD_LINES = 12

_TYPES = (
    ("implementation_opinion", re.compile(r"实施意见")),
    ("action_plan", re.compile(r"行动计划")),
    ("plan", re.compile(r"规划(?!局|委|院|处|设计|和自然|与自然|部门|管理|建设|展览|馆|师)")),
)
_GONE = re.compile(
    r"404|not found|(?:页面|信息|文章)不存在|页面未找到|找不到(?:该|您|页面)|已被删除|系统(?:提示|错误)|访问受限|无权限"
    r"|您(?:访问|查看|请求|浏览)的(?:页面|信息|文章|内容).{0,12}(?:不存在|删除|过期|找不到)",
    re.IGNORECASE,
)
_END = r"(?:》|”|\"|）|\)|\s|[（(【\[〔].{0,40}$|[一二三四五六七八九十]{0,3}$)"
# Words that end the title of a document; the second kind also ends that of news, and needs more.
_POLICY = re.compile(
    r"(?:通知|意见|办法|规定|规划|方案|条例|决定|公告|通告|批复|复函|行动计划|纲要|细则|措施|决议|规则|章程|指引|预案|征求意见稿|草案|暂行|试行|若干条)"
    + _END
)
_MAYBE = re.compile(
    r"(?:函|令|计划|指南|目录|名单|答复|通报|报告|清单|要点|公示|标准|制度|命令|准则|规范|政策|白皮书|请示|条款)" + _END
)


def extract(view: View, row: Mapping[str, Reading] | None = None, *, region: str | None = None) -> Extraction:
    """Return what the page says of one policy; `row` are readings of the list row that led to it.

    Dates are ISO strings at the precision printed, `issuers` as printed, `doc_number` in canonical form,
    `relation` a mapping of type to target, each attachment {name, url}. Properties that the page does not
    state are left out. Raises NotARecord for lists, shells, error texts and plain news.
    """
    found = body.read(view, containers=True)
    blocks = metadata.blocks(view, found.span if found.spans else (view.body[1], view.body[1]))
    table = any(block.is_table for block in blocks)
    spans = _without_tables(found.spans, blocks)
    readings = _Readings()
    for name, reading in (row or {}).items():
        readings.add(name, [reading])
    _from_blocks(view, blocks, readings)
    text = _from_data(view, readings)
    _from_meta(view, readings)
    heading = readings.first("title") or title.on_page(view, spans[0][0] if spans else view.body[1])
    if heading is None or not heading.value:
        raise NotARecord("no title")
    readings.add("title", [heading])
    _from_text(view, heading, spans, readings)
    _reject(view, heading, found, readings, table=table, text=text)

    extraction = Extraction("policy", readings.winners(), readings.conflicts())
    extraction.warnings = [("unknown_label", label) for label in metadata.unknown(view, blocks)]
    fields = extraction.fields
    if spans or text is not None:
        said = quote(view.text, spans)
        fields["text"] = [Reading(said, said, Origin.BODY, spans)] if spans and text is None else [text or heading]
    source = fields.pop("source", [None])[0]
    fields["policy_type"] = [_type(heading)]
    if (validity := _validity(readings.first("validity"), heading)) is not None:
        fields["validity"] = [validity]
    else:
        fields.pop("validity", None)
    area = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    site = next((content for name, content, _ in view.meta if name == "sitename"), "")
    if (relation := relations.read(view, heading, area, source, site)) is not None:
        fields["relation"] = [relation]
    if files := attachments.read(view, lambda span: area[0] <= span[0] and span[1] <= area[1]):
        fields["attachments"] = files
    fields["ai_relevance"] = [relevance(view.text, str(heading.value), spans or (text.spans if text else ()))]
    if region is not None:
        fields["region"] = [Reading(region, region, Origin.LIST_ROW)]
    return extraction


def is_policy(view: View) -> bool:
    """Tell whether a page is a policy (an explanation or a draft of one is)."""
    try:
        extract(view)
    except NotARecord:
        return False
    return True


class _Readings:
    """The readings of each property, in the order of trust; the first wins."""

    def __init__(self) -> None:
        self._found: dict[str, list[list[Reading]]] = {}

    def add(self, name: str, values: list[Reading]) -> None:
        """Add what one place says, unless it says nothing."""
        if values:
            self._found.setdefault(name, []).append(values)

    def first(self, name: str) -> Reading | None:
        """Return the winning reading of a property so far."""
        return self._found[name][0][0] if name in self._found else None

    def winners(self) -> dict[str, list[Reading]]:
        """Return what the most trusted place says of each property."""
        return {name: places[0] for name, places in self._found.items()}

    def conflicts(self) -> list[Conflict]:
        """Return the places that contradict the winner; a coarser date or a longer name does not."""
        return [
            Conflict(name, places[0][0], place[0])
            for name, places in self._found.items()
            if name != "source"
            for place in places[1:]
            if not _agree(name, places[0], place)
        ]


def _agree(name: str, winner: list[Reading], loser: list[Reading]) -> bool:
    left, right = str(winner[0].value), str(loser[0].value)
    if name in DATES:
        return left.startswith(right) or right.startswith(left)
    if name in ("title", "issuers"):
        one, other = title.squeezed(left), title.squeezed(right)
        return one in other or other in one
    return title.squeezed(left) == title.squeezed(right)


def _from_blocks(view: View, blocks: Iterable[metadata.Block], readings: _Readings) -> None:
    """Add the values of the metadata tables: whole tables first, then by the order of the labels."""
    ranked: list[tuple[bool, int, int, metadata.Pair]] = []
    for block in blocks:
        alone = not block.is_table
        ranked += [(alone, pair.label.rank, pair.span[0], pair) for pair in block.pairs]
    for _, _, _, pair in sorted(ranked, key=lambda item: item[:3]):
        if pair.label.property and pair.value:
            readings.add(pair.label.property, _values(view, pair.label.property, pair.span, Origin.TABLE))


def _values(view: View, name: str, span: Span, origin: Origin) -> list[Reading]:
    """Return the readings of a property's field: a date, a number, agencies, or the string as printed."""
    if name in DATES:
        date = dates.reading(view, span, origin)
        return [date] if date else []
    if name == "doc_number" and (number := numbers.reading(view, span, origin)):
        return [number]
    if name == "issuers":
        return issuers.split(view, span, origin)
    raw = view.text[slice(*span)]
    if name in ("doc_number", "index_number") and not re.search(r"\d", raw):
        return []  # 字号：[大] [中] [小] is the size of the letters
    if not re.search(r"\w", raw) or (name == "title" and len(raw) < 4):
        return []
    return [Reading(re.sub(r"[\n\t]+", "", raw).strip(), raw, origin, (span,))]


def _from_data(view: View, readings: _Readings) -> Reading | None:
    """Add the values of JSON; return the text if it is in there. A list of documents is no record."""
    if not view.data:
        return None
    found = list(embedded.values(view))
    names = {label.property for label, _, _ in found}
    if len(names) < 3 or not names & {"doc_number", "index_number", "issuers", "written_date"}:
        return None
    titles = {value for label, value, _ in found if label.property == "title"}
    if len(titles) > 1 and view.media == "json":
        raise NotARecord(f"a list of {len(titles)} documents")
    if len(titles) > 1:
        return None
    text: Reading | None = None
    for label, value, span in sorted(found, key=lambda item: item[0].rank):
        raw = view.text[slice(*span)]
        name = label.property
        if name == "text":
            said = "\n".join(View.of(str(value).encode(), "", "text/html; charset=utf-8").text.split("\n"))
            text = text or Reading(said, raw, Origin.BODY, (span,))
        elif name in DATES:
            date = PartialDate.from_epoch(value) if isinstance(value, int | float) else _date(str(value))
            readings.add(name, [Reading(str(date), raw, Origin.TABLE, (span,))] if date else [])
        elif "\\" not in raw:
            readings.add(name, _values(view, name, span, Origin.TABLE))
        else:
            readings.add(name, [Reading(value, raw, Origin.TABLE, (span,))])
    return text


def _date(text: str) -> PartialDate | None:
    if text.isdecimal() and len(text) in (10, 13):
        return PartialDate.from_epoch(int(text))
    return PartialDate.parse(text)


def _from_meta(view: View, readings: _Readings) -> None:
    if (heading := title.in_meta(view)) is not None:
        readings.add("title", [heading])
    readings.add("published_date", dates.in_meta(view, "published_date")[:1])
    if (day := dates.in_url(view.url)) is not None:
        readings.add("published_date", [day])
    for name, content, span in view.meta:
        if name in labels().meta["issuers"] and issuers.is_organ(content):
            readings.add("issuers", issuers.split(view, span, Origin.META))
        if name in labels().meta["source"]:
            readings.add("source", [Reading(content, content, Origin.META, (span,))])


def _from_text(view: View, heading: Reading, spans: tuple[Span, ...], readings: _Readings) -> None:
    """Add what the title, the note under it, the closing clauses and the signature say."""
    lines = view.lines_of(spans)
    for name, reading in note.in_note(view, lines).items():
        readings.add(name, [reading])
    for number in (numbers.under_title(view, lines[:HEAD_LINES]), numbers.in_title(heading)):
        readings.add("doc_number", [number] if number else [])
    names, day = signature.read(view, lines)
    if not relations.is_explanation(heading.value):
        readings.add("issuers", names)
        readings.add("issuers", issuers.in_title(view, heading))
        readings.add("written_date", [day] if day else [])
        if spans:
            area = spans[0][0], spans[-1][1]
            for name, reading in note.in_clauses(view, area, readings.first("published_date")).items():
                readings.add(name, [reading])


def _without_tables(spans: tuple[Span, ...], blocks: list[metadata.Block]) -> tuple[Span, ...]:
    """Return the spans of the text without the metadata table that some sites keep inside."""
    found = list(spans)
    for block in blocks:
        low, high = block.span
        if block.is_table and spans and low < spans[0][0] + metadata.HEAD and high > spans[0][0]:
            found = [(max(start, high), end) for start, end in found if end > high]
    return tuple(found)


def _type(heading: Reading) -> Reading:
    """Return the type that the title's last deciding word says."""
    best: tuple[int, int, str] | None = None
    for kind, pattern in _TYPES:
        for match in pattern.finditer(heading.value):
            if best is None or match.start() > best[0]:
                best = (*match.span(), kind)
    if best is None:
        return Reading("other", heading.raw, Origin.TITLE, heading.spans)
    start, end, kind = best
    if heading.raw != heading.value or len(heading.spans) != 1:
        return Reading(kind, heading.raw, Origin.TITLE, heading.spans)
    base = heading.spans[0][0]
    return Reading(kind, heading.raw[start:end], Origin.TITLE, ((base + start, base + end),))


def _validity(said: Reading | None, heading: Reading) -> Reading | None:
    if draft := relations.draft_words(heading.value):
        return Reading("draft", draft.group() if len(heading.spans) == 1 else heading.raw, Origin.TITLE, heading.spans)
    if said is None:
        return None
    for state, words in labels().validity.items():
        if any(word in said.raw for word in words):
            return Reading(state, said.raw, said.origin, said.spans)
    return Reading("unknown", said.raw, said.origin, said.spans)


def _reject(
    view: View, heading: Reading, found: body.Body, readings: _Readings, *, table: bool, text: Reading | None
) -> None:
    """Raise NotARecord for a page that is no policy."""
    length = sum(end - start for start, end in found.spans)
    identified = table or readings.first("doc_number") is not None or readings.first("index_number") is not None
    named = _is_named(heading)
    if not identified and _GONE.search(heading.value):
        raise NotARecord(f"an error text: {heading.value[:40]}")
    if not identified and length < 300 and _GONE.search(view.text[slice(*view.body)][:1000]):
        raise NotARecord("an error text answered as a page")
    if text is None and length < SHELL and not (identified and (length or table)):
        files = attachments.read(view, lambda _: False)
        if not (named and files):
            raise NotARecord(f"a shell: {length} characters of text")
    if not found.known and not identified and length and _is_list(found):
        raise NotARecord("a list of links")
    if not identified and not named:
        raise NotARecord("no document number, no metadata table, and no policy in the title")


def _is_named(heading: Reading) -> bool:
    """Tell whether the title is that of a document, of its explanation or of its draft."""
    words = str(heading.value)
    if relations.is_explanation(words) or relations.draft_words(words) or _POLICY.search(words):
        return True
    return bool(_MAYBE.search(words)) and ("关于" in words or "《" in words or "印发" in words)


def _is_list(found: body.Body) -> bool:
    linked = sum(line.linked for line in found.page)
    size = sum(line.size for line in found.page)
    plain = sum(end - start for start, end in found.spans)
    return linked * 2 > size and plain * 5 < size
