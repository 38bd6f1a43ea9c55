"""One institute that a page is about: its labels, then the sentences of its profile or of news on it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawlers.fields import (
    blocks,
    headings,
    institute_name,
    institute_where,
    listed,
    pairs,
    subject,
    whereabouts,
)
from crawlers.fields import institute_words as words
from crawlers.fields.headline import published
from crawlers.fields.institute_pairs import HINTS
from crawlers.fields.institute_told import Told
from crawlers.fields.registers import Register
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading, Span
from schema.types.partial_date import PartialDate

IsName = Callable[[str], bool]
RICH = 6  # properties that say what an institute is where no word does
MOST_BARE = 2  # properties that are too few, with the name, where the text alone names the institute
_TELLING = frozenset({"founded", "recognised_year", "operator", "parent", "field"})


def read(
    kind: str, view: View, row: Mapping[str, Reading] | None, register: Register, is_name: IsName
) -> Extraction | None:
    """Return what a page says of the one institute that it is about, or None where it is about none."""
    sheet = Sheet(view)
    stated = register.labelled[0] if register.labelled else None
    if stated is None:
        return None
    profile = _Profile(kind, sheet, stated)
    name = institute_name.read(stated, register.titles, (row or {}).get("title"), profile.prose, is_name)
    if name is None and len(register.labelled) == 2:
        # The page leads to its file, which holds the profile.
        stated = register.labelled[1]
        profile = _Profile(kind, stated.sheet, stated)
        name = institute_name.read(stated, [], None, profile.prose, is_name)
        if name is not None:
            name = replace(name, document=profile.document)
    weighed = name is None
    if name is None:
        name = subject.read(sheet, register.titles, institute_name.ENDS, is_name)
    if name is None and len(profile.beside) > MOST_BARE - 1:
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
    """Return the institutes of which a page has a paragraph each, three and more, that begins with the name."""
    found: dict[str, Extraction] = {}
    for span in sheet.prose:
        name = institute_name.opening(sheet.view.text, span, is_name)
        if name is None or name.value in found:
            continue
        profile = _Profile(kind, sheet, stated)
        profile.prose, profile.labels = [span], False
        one = profile.extraction(name, [])
        if len(one.fields) >= 2:
            found[str(name.value)] = one
    return list(found.values()) if len(found) >= 3 and len(found) * 2 > len(sheet.prose) else []


def several(kind: str, stated: Statements, is_name: IsName) -> list[Extraction]:
    """Return the institutes of a page that has a block each, which says more of it than its name."""
    found = []
    for name, whole in blocks.read(stated, is_name, HINTS[kind]):
        inner = stated.part(whole)
        said = stated.text[slice(*name)]
        reading = Reading(said, said, Origin.BODY, (name,), getattr(stated.sheet.view, "document", None))
        one = _Profile(kind, inner.sheet, inner).extraction(reading, [])
        if "city" not in one.fields and (lead := blocks.place_before(stated.text, name)) is not None:
            said = stated.text[slice(*lead)]
            place = Reading(said, said, Origin.BODY, (lead,), reading.document)
            one.fields |= listed.fields_of(whereabouts.locate({"place": place}, [])[0])
        if len(one.fields) >= 2:
            found.append(one)
    return found if len(found) >= 2 else []


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
            profile = _Profile(kind, row, stated)
            profile.prose, profile.labels = told, False
            for prop, readings in profile.extraction(said, []).fields.items():
                one.fields.setdefault(prop, readings)


def _cells(text: str, line: Span) -> Iterator[Span]:
    """Yield the cells of a table's row."""
    at = line[0]
    for cell in text[slice(*line)].split("\t"):
        yield at, at + len(cell)
        at += len(cell) + 1


class _Profile(Told):
    """Reads one document about one institute."""

    def __init__(self, kind: str, sheet: Sheet, stated: Statements) -> None:
        super().__init__(sheet)
        self.kind, self.stated = kind, stated
        self.labels = True  # whether the page's labels speak of this institute
        table = [span for one in stated.all for span in one.lines if not words.TELLS.search(self.text[slice(*span)])]
        self.prose = [span for span in sheet.prose if span not in table]
        self.beside = pairs.fill(sheet, HINTS[kind])

    def extraction(self, name: Reading, titles: Sequence[Reading]) -> Extraction:
        """Return all that the document states of it."""
        one = Extraction(self.kind, {"name": [name]})
        self.own = str(name.value)
        found: dict[str, Reading | None] = {
            "founded": listed.date(self._label("founded")) or listed.date(self._pair("founded")) or self._founded(),
            "recognised_year": listed.year(self._label("recognised_year"))
            or listed.year(self._pair("recognised_year"))
            or self._recognised(titles),
            "field": self._label("field") or self._pair("field") or self._field(),
        }
        one.fields |= listed.fields_of(found)
        for prop, patterns in (("parent", words.PARENT), ("operator", words.OPERATOR)):
            label = self._label(prop) or self._pair(prop)
            who = listed.organisations(label) if label else self.who(patterns) or self.near(prop)
            if who:
                one.fields[prop] = who
        if one.value("operator") == one.value("parent") and "operator" in one.fields and not self._label("operator"):
            one.fields.pop("operator")
        cells = {
            prop: said for prop in ("province", "city", "place", "address") if (said := self._label(prop)) is not None
        }
        if not cells and (where := self._pair("place")) is not None:
            cells["place"] = where
        if not cells and (where := institute_where.read(self, name)) is not None:
            cells["place"] = where
        placed, warnings = whereabouts.locate(cells, [])
        one.fields |= listed.fields_of(placed)
        one.warnings = [*warnings, *(("unknown_label", label) for label in self.stated.unknown)]
        return one

    def _label(self, prop: str) -> Reading | None:
        for one in self.stated.of(prop) if self.labels else ():
            start, end = one.first
            said = re.match(r"[是为系]\s?(?=\S)", self.text[start:end])  # 其（上级单位）是某科学院，…
            if said:
                start += said.end()
                end = start + len(re.split("[，。；]", self.text[start:end])[0])
            raw = self.text[start:end].rstrip(" ；;。，,、")
            if not one.column and raw and raw not in ("-", "—", "无", "/", "暂无"):
                return self.reading((start, start + len(raw)), Origin.TABLE)
        return None

    def _pair(self, prop: str) -> Reading | None:
        """Return what a label that nobody taught says of a property."""
        return self.reading(self.beside[prop], Origin.TABLE) if self.labels and prop in self.beside else None

    def _founded(self) -> Reading | None:
        for pattern in words.FOUNDED:
            for start, end in self.clauses():
                said = self.text[start:end]
                at = 0
                while (match := pattern.search(said, at)) is not None:
                    at = match.end("date")  # a day further on may be the one: …（2019年认定），2017年12月成立
                    before = re.split("[，；]", said[: match.start()])[-1]
                    between = match.groupdict().get("between") or ""
                    if words.EARLIER.search(before + between) or re.search(
                        r"认定|入选|获批|公司与|截至|实验室(?!由|$)|中心(?!由|$)|同意", between.replace(self.own, "")
                    ):
                        continue
                    date = next(iter(PartialDate.find(match["date"])), None)
                    value = str(date[0]) if date else str(PartialDate.parse(match["date"]) or "")
                    if value:
                        span = start + match.start("date"), start + match.end("date")
                        return replace(self.reading(span, Origin.BODY), value=value)
        return self._news_day() if self.labels else None

    def _news_day(self) -> Reading | None:
        """Return the day of 10月16日，某实验室揭牌成立, in the year in which the news was published."""
        day = published(self.sheet)
        for start, end in self.clauses():
            said = self.text[start:end]
            match = words.SHORT_DATE.search(said)
            if (
                match
                and day
                and self.own in said
                and re.search(rf"{re.escape(self.own)}[”》]?[^，。；]{{0,8}}(?:揭牌|成立|挂牌)", said)
            ):
                date = PartialDate.parse(f"{day.year}-{int(match['m']):02d}-{int(match['d']):02d}")
                if date is not None and date <= day:
                    return replace(
                        self.reading((start + match.start(), start + match.end()), Origin.BODY), value=str(date)
                    )
        return None

    def _recognised(self, titles: Sequence[Reading]) -> Reading | None:
        if headings.is_proposed(str(title.raw) for title in titles[:2]):
            return None
        day = published(self.sheet)
        for start, end in self.clauses() if day else ():
            if day and (match := words.RECOGNISED_LATELY.search(self.text[start:end])):
                span = start + match.start("when"), start + match.end("when")
                year = day.year - {"今年": 0, "去年": 1, "前年": 2}[match["when"]]
                return replace(self.reading(span, Origin.BODY), value=year)
        for line in self.sheet.lines:
            if beside := words.RECOGNISED_BESIDE.search(self.text, *line.span):
                return replace(self.reading(beside.span("year"), Origin.BODY), value=int(beside["year"]))
        for pattern in words.RECOGNISED:
            for start, end in self.clauses():
                for match in pattern.finditer(self.text[start:end]):
                    span = start + match.start("year"), start + match.end("year")
                    return replace(self.reading(span, Origin.BODY), value=int(match["year"]))
        return None

    def _field(self) -> Reading | None:
        for pattern in (*words.FIELD, *words.LOOSE_FIELD):
            for start, end in self.clauses():
                if words.PERSON.search(self.text[start:end]):
                    continue
                for match in pattern.finditer(self.text[start:end]):
                    said = match["what"]
                    low = start + match.start("what")
                    lead = re.match(r"(?:以|在|对|针对|面向|围绕|聚焦|于)", said)
                    low += lead.end() if lead else 0
                    said = re.split(r"的(?=成员|机构|单位|团队|[^，]{0,6}研究院)|——", said)[0]
                    said = re.sub(
                        r"(?:等|方面|领域|方向|的|相关|为主|技术领域|这[一个件种类][^，。；]{0,6}"
                        r"|的(?:研发|研究|开发|转化|产业化|应用)(?:[与和、及](?:成果)?(?:转化|产业化|应用|推广|开发|服务|研究))*)+$",
                        "",
                        said[lead.end() if lead else 0 :],
                    )
                    if (
                        2 <= len(said) <= 60
                        and not words.NO_FIELD.fullmatch(said)
                        and not re.search(r"国家|需求|战略|世界|国际|经济|科技前沿|[省市]重大", said)
                    ):
                        return self.reading((low, low + len(said)), Origin.BODY)
        return None
