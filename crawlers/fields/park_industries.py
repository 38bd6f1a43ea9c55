"""The leading industries of a park: under a label, or in the sentence that names them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from crawlers.fields import enumerations, headings, names, roles, weighed
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Stated, Statements
from crawlers.fields.vocabulary import section
from schema.evidence import Origin, Reading, Span

_INDUSTRIES = (
    re.compile(
        r"主导产业[^，。；]{0,6}?(?:(?:有|共|为|就|只有|分)?[一二两三四五六七八九十\d][个大类项]?(?:方向|领域|类)?[，:：—]+(?:分别"
        r"|依次)?(?:为|是|有|包括|涵盖|[:：])?|(?:分别|依次)?(?:为|是|有|包括|涵盖|[:：]|—{1,2}))(?P<what>[^。；]{2,120})"
    ),
    re.compile(
        r"(?:以|形成(?:了)?(?:以)?|聚焦|围绕)(?P<what>[^。；]{2,120}?)(?:等)?(?:[一二两三四五六七八九十\d]大)?(?:产业)?为(?:主导|支柱|核心|重点|特色|主)"
    ),
    re.compile(
        r"(?:重点|主要|着力|大力|集中|优先)?(?:发展(?!思路|理念|战略|方向|目标|模式|格局|定位|路径|原则|要求)|布局|培育|打造|聚焦|引进|承接)(?:了)?(?P<what>[^。；]{2,120}?)(?:等)(?:[一二两三四五六七八九十\d]大|战略性?新兴|主导|特色|重点|先进|高端|新兴|优势|未来)*(?:产业|领域|行业|产业集群)"
    ),
    re.compile(
        r"(?:聚焦|围绕|瞄准|锚定|面向|立足|深耕|主攻|主打|定位于?|着眼于?)(?:于|在)?(?P<what>[^。；，]{2,120}?)(?:等|[一二两三四五六七八九十\d]大)?"
        r"(?:重点|主导|细分|新兴|前沿|优势|特色|高端)*(?:方向|领域|赛道|板块|产业链?|产业集群)"
    ),
    re.compile(
        r"(?P<what>[^。；，]{2,100}?)(?:等)?(?:[一二两三四五六七八九十\d]大)?(?:产业)?(?:是|为|成为)(?:园区|开发区|全区)?(?:的)?主导产业"
    ),
    re.compile(
        r"(?:形成|构建|拥有|培育|壮大|集聚|汇聚|做强|确立)(?:起|了)?(?P<what>[^。；，]{2,120}?)(?:等(?:[一二两三四五六七八九十\d]大)?|[一二两三四五六七八九十\d]大)(?:主导|支柱|特色|优势)产业"
    ),
    re.compile(r"(?:重点|主要|着力)(?:发展|布局|培育)(?P<what>[^。；，]{2,120}?)(?:产业)?(?=[，。；]|$)"),
    re.compile(
        r"(?:主导产业|产业方向|产业定位|主攻方向|招商方向|产业布局|产业赛道|主业)(?:就)?(?:明确|确定|锁定|定|选定|聚焦)*(?:为|是|在|于)(?P<what>[^。；]{2,120})"
    ),
    re.compile(r"(?:主攻|主打|主推|深耕|聚焦|专注)(?:于)?(?P<what>[^。；，]{2,100}?)(?:等)?产业"),
    re.compile(r"(?:产业定位|重点产业|支柱产业|特色产业|主要产业)(?:为|是|包括|有)(?P<what>[^。；]{2,120})"),
)
PROPERTY = "leading_industries"
LONGEST = 16  # characters of an industry's name
_ITEM = re.compile(r"[\s\u3000]*(?:[（(]?\d{1,2}\s?[)）.．、:：]|[①-⑳]|[▶•·●◆■✓✔√-])")
_CLAUSE = re.compile("为(?:主导|支柱|核心|重点|特色|主)|[。，][^、，。]{2,}(?:引进|发展|打造|推动|形成)")
_HOW_MANY = re.compile(r"等?[一二两三四五六七八九十\d]大(?:主导|支柱|特色|优势|重点|战略性?新兴)?(?:产业)?$|等产业$")


def industries(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements) -> None:
    """Add the leading industries; a label before a sentence."""
    text = sheet.view.text
    spans: list[Span] = []
    for one in stated.of(PROPERTY):
        if _CLAUSE.search(text[slice(*one.first)]) and (told := _told(text, [one.first])):
            spans = told
            break
        spans = _under(sheet, one)
        if spans:
            if len(spans) == 1:  # 主导产业1：…, 主导产业2：…
                again = [each for each in stated.of(PROPERTY) if each is not one and each.label.rank == one.label.rank]
                spans += [span for each in again for span in _under(sheet, each)]
            break
    origin = Origin.TABLE
    if not spans:
        origin = Origin.BODY
        spans = _told(text, sheet.prose[:60])
        spans = spans or _answered(sheet)
        spans = spans or enumerations.best(text, sheet.prose[:60], enumerations.words("park", "told_industries"))
    if found := names.readings(text, spans, origin):
        fields["leading_industries"] = found


def _answered(sheet: Sheet) -> list[Span]:
    """Return the industries of the answer to a question on them: 主打什么？我们主要做三块：…."""
    text, told = sheet.view.text, weighed.signals("park", "industries")
    for start, end in weighed.asked(sheet):
        cut = text.index("\n", start, end)
        if weighed.weight(text, (start, cut), (cut, cut), told) <= 0:
            continue
        lead = max(cut, *(text.rfind(mark, cut, end) for mark in "：:")) + 1
        found = enumerations.bare(text, _split(text, lead, end), enumerations.words("park", "told_industries"))
        if len(found) > 1 and all(high - low <= LONGEST for low, high in found):
            return found
    return []


def _under(sheet: Sheet, one: Stated) -> list[Span]:
    """Return the industries that stand under a label: those beside it, and those of the lines that go on with it."""
    text = sheet.view.text
    spans: list[Span] = []
    beside = one.value[1] > one.value[0] and not one.column
    marked = _ITEM.match(text[slice(*one.first)])
    for number, span in enumerate(one.lines[:12]):
        said = text[slice(*span)]
        goes_on = text[span[0] - 2] in "、，" or (marked and _ITEM.match(said)) or _in_one(sheet, one, span)
        if number and beside and not goes_on:
            break
        if len(said) > 160 or (number and ("。" in said or len(said) > 20)):
            break
        spans += [part for piece in sheet.pieces(span) for part in _split(text, *piece)]
    return spans


def _in_one(sheet: Sheet, one: Stated, line: Span) -> bool:
    """Tell whether one element holds a value and a line below it, but not the label: a cell of several lines."""
    spans = (sheet.view.span(element) for element in sheet.elements)
    return any(one.place[1] <= start <= one.value[0] and end >= line[1] for start, end in spans)


def of_cell(cell: Reading, pieces: Sequence[Span] = ()) -> list[Reading]:
    """Return the industries that a cell of a list names, one reading each; `pieces` are the elements inside it."""
    places = [part for piece in pieces or [(0, len(cell.raw))] for part in _split(cell.raw, *piece)]
    parts = [headings.part(cell, part, cell.raw[slice(*part)]) for part in places]
    return list({str(one.value): replace(one, value="".join(str(one.value).split("\n"))) for one in parts}.values())


def _told(text: str, prose: list[Span]) -> list[Span]:
    for pattern in _INDUSTRIES:
        for span in prose:
            for sentence in roles.sentences(text, span):
                for match in pattern.finditer(text[slice(*sentence)]):
                    found = _split(text, sentence[0] + match.start("what"), sentence[0] + match.end("what"))
                    known = enumerations.words("park", "told_industries")
                    found = enumerations.bare(text, found, known)
                    if (
                        found
                        and all(end - start <= LONGEST for start, end in found)
                        and (len(found) > 1 or "主导" in match.group())
                    ):
                        return found
    return []


def _split(text: str, start: int, end: int) -> list[Span]:
    """Return the industries of a list: 新一代信息技术、人工智能和高端装备制造等产业 are three."""
    said = text[start:end]
    if cut := re.search(
        r"等(?:[一二两三四五六七八九十\d]大)?[^、，；]{0,10}(?:产业|领域|行业|集群)?|。|[，,](?=[^、]*(?:聚集|入驻|形成|拥有|着力|规划|年|努力|打造|企业|为))",
        said,
    ):
        end = start + cut.start()
        said = text[start:end]
    if tail := re.search(r"、.*?(?P<end>[，,])(?!\s?(?:以及|还有|另有|再?加上|外加|和|及|与))[^、]*$", said):
        end = start + tail.start("end")  # A、B、C，三者产值合计…: the comma ends what 、 parts
        said = text[start:end]
    kept = [match.span() for match in _whole().finditer(said)]
    last = max((said.rfind(mark) for mark in "、，,；;"), default=-1)
    found, at = [], 0
    for mark in re.finditer(
        r"[、，,；;\n\t/|｜]|\s*[✓✔√☑✅★☆◆◇●○■□▪▶►➤➢◎※♦•\U0001f300-\U0001faff]\ufe0f?\s*"
        r"|以及|[和及与](?!其他|其它)|(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])",
        said,
    ):
        if mark.group() in ("和", "及", "与", "以及") and (
            mark.start() < last or any(low <= mark.start() < high for low, high in kept)
        ):
            continue  # 汽车及零部件、新材料: only before the last one does 和 part two
        if said[: mark.start()].count("（") > said[: mark.start()].count("）"):
            continue
        found.append((at, mark.start()))
        at = mark.end()
    found.append((at, len(said)))
    trimmed = [names.trim(text, start + low, start + high) for low, high in found]
    return [_industry(text, *one) for one in trimmed if one is not None]


@lru_cache(maxsize=1)
def _whole() -> re.Pattern[str]:
    """The names of industries that hold 和 and the like and are one."""
    return re.compile("|".join(map(re.escape, sorted(section("park", "one_industry"), key=len, reverse=True))))


def _industry(text: str, start: int, end: int) -> Span:
    while lead := re.match(
        r"(?:重点发展|主要发展|重点布局|以|发展|聚焦|围绕|包括|涵盖|主导产业(?:为|是)?|形成了?|为|是|培育|布局|大力|着力|引进|承接|主要做|还有|另有|以及|外加|再加上|加上)(?=.{2})",
        text[start:end],
    ):
        start += lead.end()
    if tail := _HOW_MANY.search(text[start:end]):
        end = start + tail.start()
    return start, end
