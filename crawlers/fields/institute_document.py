"""One document on one institute: what its labels state, then what its sentences say."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawlers.fields import (
    headings,
    institute_weighed,
    institute_where,
    listed,
    pairs,
    relative_days,
    whereabouts,
)
from crawlers.fields import institute_words as words
from crawlers.fields.headline import published
from crawlers.fields.institute_pairs import HINTS
from crawlers.fields.institute_told import Told
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Extraction, Origin, Reading
from schema.types.partial_date import PartialDate

_OPENED = re.compile(r"(?:正式|宣告|今[日天])?(?:揭牌|成立|挂牌)(?!以来|后|\d|周年)")


class Profile(Told):
    """Reads one document about one institute."""

    def __init__(self, kind: str, sheet: Sheet, stated: Statements) -> None:
        super().__init__(sheet)
        self.kind, self.stated = kind, stated
        table = [span for one in stated.all for span in one.lines if not words.TELLS.search(self.text[slice(*span)])]
        self.prose = [span for span in sheet.prose if span not in table]
        self.beside = pairs.fill(sheet, HINTS[kind])

    def extraction(self, name: Reading, titles: Sequence[Reading]) -> Extraction:
        """Return all that the document states of it."""
        one = Extraction(self.kind, {"name": [name]})
        self.own = str(name.value)
        found: dict[str, Reading | None] = {
            "founded": listed.date(self._label("founded"))
            or listed.date(self._pair("founded"))
            or self._founded()
            or institute_weighed.founded(self),
            "recognised_year": listed.year(self._label("recognised_year"))
            or listed.year(self._pair("recognised_year"))
            or self._recognised(titles)
            or institute_weighed.recognised(self),
            "field": self._label("field") or self._pair("field") or self._field() or institute_weighed.field(self),
        }
        one.fields |= listed.fields_of(found)
        for prop, patterns in (("parent", words.PARENT), ("operator", words.OPERATOR)):
            label = self._label(prop) or self._pair(prop)
            who = listed.organisations(label) if label else self.who(patterns) or self.near(prop)
            if who:
                one.fields[prop] = who
        # Who owns an institute, and who runs a new-type organisation, is what their pages say of them first.
        prop = "parent" if self.kind == "research_institute" else "operator"
        if prop not in one.fields and (who := institute_weighed.body(self, prop)):
            one.fields[prop] = who
        if one.value("operator") == one.value("parent") and "operator" in one.fields and not self._label("operator"):
            one.fields.pop("operator")
        cells = {
            prop: said for prop in ("province", "city", "place", "address") if (said := self._label(prop)) is not None
        }
        if not cells and (where := self._pair("place")) is not None:
            cells["place"] = where
        if not cells and (where := institute_where.read(self, name) or institute_weighed.place(self)) is not None:
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
            # 研发方向：水下机器人。2021年获批…: what follows the first sentence of a value is said of something else.
            raw = re.split("。(?=.)", self.text[start:end])[0].rstrip(" ；;。，,、")
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
                    if words.ANOTHER.match(said, match.end()) and self.own not in said[match.end() : match.end() + 40]:
                        continue
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
            told = relative_days.find(said, day)
            if told and self.own in said and _OPENED.search(said):
                value, low, high = told[0]
                return replace(self.reading((start + low, start + high), Origin.BODY), value=value)
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
                    lead = re.match(r"(?:的(?:就)?是|以|在|对|针对|面向|围绕|聚焦|于)", said)
                    low += lead.end() if lead else 0
                    if re.match("研究|研发|攻关|开发", self.text[start + match.end("what") :]):
                        said = re.sub(r"(?<=[\u4e00-\u9fff]{4})技术$", "", said)
                    said = re.split(r"的(?=成员|机构|单位|团队|[^，]{0,6}研究院)|——", said)[0]
                    said = re.sub(
                        r"(?:(?<=[\u4e00-\u9fff]{3})(?:技术)?(?:研究|研发|攻关)|等|方面|领域|方向|的|相关|为主|技术领域|这[一个件种类][^，。；]{0,6}"
                        r"|的(?:研发|研究|开发|转化|产业化|应用)(?:[与和、及](?:成果)?(?:转化|产业化|应用|推广|开发|服务|研究))*)+$",
                        "",
                        said[lead.end() if lead else 0 :],
                    )
                    if (
                        2 <= len(said) <= 60
                        and not words.NO_FIELD.fullmatch(said)
                        and not re.search(r"国家|需求|战略|世界|国际|经济|科技前沿|[省市]重大|件事|什么|我们", said)
                    ):
                        return self.reading((low, low + len(said)), Origin.BODY)
        return None
