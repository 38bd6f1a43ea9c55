"""What sentences say of a university: who runs it, and of which year its new programmes are."""

import re
from collections.abc import Iterator, Sequence

from crawlers.fields import headings
from crawlers.fields.headline import published
from crawlers.fields.sheet import Sheet
from crawlers.view import View
from schema.evidence import Origin, Reading

GRANTED = re.compile(
    r"获批|批准|备案|新增|新设|增列|开办|喜获|审批|增设|获得|通过|开设|设立|同意设置|招生|获准|迎来|上新|新添|再添|添了|新生儿|榜上有名|亮相|揭晓"
)


def sentences(sheet: Sheet) -> Iterator[Reading]:
    """Yield the sentences of the page\'s text, at most of its first forty lines."""
    text = sheet.view.text
    for start, end in sheet.prose[:40]:
        at = start
        for match in [*re.finditer(r"[。！？]", text[start:end]), None]:
            stop = start + match.start() if match else end
            if stop > at:
                yield Reading(text[at:stop], text[at:stop], Origin.BODY, ((at, stop),))
            at = stop + 1


def first(sentences: Sequence[Reading], pattern: str) -> Reading | None:
    """Return what the group `it` of a pattern is in the first sentence that it is found in."""
    for said in sentences:
        if match := re.search(pattern, said.raw):
            return headings.part(said, match.span("it"), match["it"])
    return None


def authority(sentences: Sequence[Reading]) -> Reading | None:
    """Return the authority to which a sentence says that a university belongs."""
    return first(
        sentences,
        r"(?:隶属于?|直属于?|主管部门[为是:：]\s?|主管单位[为是:：]\s?)(?P<it>[\u4e00-\u9fff]{2,20}?(?:部|厅|委员会|局|省|市|区人民政府|政府|[教民科工建]委|改委|健委|自治区|集团|中国科学院|兵团))(?=[^\u4e00-\u9fff]|的|管|主|领|直|$)",
    ) or first(
        sentences,
        r"(?:是|为|由)(?P<it>[\u4e00-\u9fff]{2,20}?(?:部|厅|委员会|局|省|市|政府|[教民科工建]委|改委|健委|自治区|集团|总公司|中国科学院))(?:直属|主管|举办|直接管理|所属|管理)",
    )


def decided(view: View) -> Reading | None:
    """Return the year of the decision that a text reports: 2020年度普通高等学校本科专业备案和审批结果公布."""
    match = re.search(
        r"(?<!\d)(?P<it>(?:19|20)\d\d)\s?年度[^。\n]{0,40}(?:备案|审批|公布|获批|新增|设置)",
        view.text[slice(*view.body)],
    )
    if match is None:
        return None
    at = view.body[0] + match.start("it"), view.body[0] + match.end("it")
    return Reading(int(match["it"]), match["it"], Origin.BODY, (at,))


def year(titles: Sequence[Reading], sentences: Sequence[Reading], sheet: Sheet) -> Reading | None:
    """Return the year of 2019年度…备案和审批结果, else of a sentence on the grant, the heading, the day of the news."""
    said = [sentence for sentence in sentences if GRANTED.search(sentence.raw)]
    for one in [*titles, *sentences]:
        if match := re.search(r"(?<!\d)((?:19|20)\d\d)\s?年?度", one.raw):
            return headings.part(one, match.span(1), int(match[1]))
    if (found := headings.first_year([*titles, *said])) is not None:
        return found
    day = published(sheet)
    if day is None or not said:
        return None
    return Reading(day.year, said[0].raw, Origin.BODY, said[0].spans)
