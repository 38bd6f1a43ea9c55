"""What sentences say of those around an institute: to whom it belongs, who runs it."""

import re
from collections.abc import Iterator, Sequence

from crawlers.fields import institute_words as words
from crawlers.fields import mentions, names, weighed
from crawlers.fields.sheet import Sheet
from schema.evidence import Origin, Reading, Span

_SINCE = re.compile("现|后")
MOST_LINES = 120


class Told:
    """The text of one document on an institute whose name is `own`: its sentences, and readings of places in it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.own = sheet, ""
        self.text = sheet.view.text
        self.document = getattr(sheet.view, "document", None)
        self.prose = list(sheet.prose)
        self.labels = True  # whether the page's labels and short lines speak of this institute

    def reading(self, span: Span, origin: Origin) -> Reading:
        """Return a place as a reading."""
        raw = self.text[slice(*span)]
        return Reading(re.sub(r"\s*\n\s*", "", raw).strip(), raw, origin, (span,), self.document)

    def clauses(self) -> Iterator[Span]:
        """Yield the sentences of the text."""
        for start, end in self.prose[:40]:
            at = start
            for match in re.finditer(r"[。！？]", self.text[start:end]):
                yield at, start + match.start()
                at = start + match.end()
            if at < end:
                yield at, end

    def everything(self) -> Iterator[Span]:
        """Yield the sentences of the text, and its lines that are none: 身份：2022年获认定为省新型研发机构."""
        yield from self.clauses()
        for line in self.sheet.lines[:MOST_LINES] if self.labels else ():
            if not line.linked and line.span not in self.sheet.prose:
                yield line.span
        if self.labels:
            yield from weighed.asked(self.sheet)

    def who(self, patterns: Sequence[re.Pattern[str]]) -> list[Reading]:
        """Return the organisations that the first sentence of one of the patterns names."""
        for pattern in patterns:
            for start, end in self.clauses():
                for match in pattern.finditer(self.text[start:end]):
                    low, high = start + match.start("who"), start + match.end("who")
                    before = re.split("[，；：]", self.text[start:low])[-1]
                    if words.EARLIER.search(before) and not _SINCE.search(before):
                        continue  # to whom the forerunner belonged
                    whole = [self._core(part) for part in names.split(self.text, (low, high), joined=True)]
                    parts = [part for part in whole if self.is_other(part)]
                    if parts and len(parts) == len(whole):
                        return [self.reading(part, Origin.BODY) for part in parts]
        return []

    def _core(self, part: Span) -> Span:
        """Return a name without the words that lead to it: 现为某集团有限公司."""
        found = mentions.find(self.text, part)
        return found[-1] if found and found[-1][1] == part[1] else part

    def near(self, prop: str) -> list[Reading]:
        """Return who stands right before or behind a word of the relation, in a sentence that no pattern knows."""
        follows, leads = words.NEAR[prop]
        for clause in self.clauses():
            said = self.text[slice(*clause)]
            if not (follows.search(said) or leads.search(said)) or words.OTHERS.search(said):
                continue
            found = mentions.find(self.text, clause)
            for number, (start, end) in enumerate(found):
                if not self.is_other((start, end)):
                    continue
                if follows.match(self.text, end, clause[1]):
                    listed_with = mentions.run(self.text, found, number, back=True)
                    return [self.reading(one, Origin.BODY) for one in listed_with if self.is_other(one)]
                if leads.search(self.text, clause[0], start) and leads.search(
                    self.text[max(clause[0], start - 14) : start]
                ):
                    listed_with = mentions.run(self.text, found, number, back=False)
                    return [self.reading(one, Origin.BODY) for one in listed_with if self.is_other(one)]
        return []

    def is_other(self, span: Span) -> bool:
        """Tell whether a place names an organisation other than the institute itself."""
        said = self.text[slice(*span)]
        return (
            names.is_organisation(said)
            and said != self.own
            and not mentions.is_generic(said)
            and not re.match(r"(?:我|本|该|其|国家(?:级|重大)|一[个批家])", said)
        )
