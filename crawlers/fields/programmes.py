"""AI programmes (人工智能专业) of a university: which of the printed programmes count, with degree and year.

Three families count, under any of their names: 人工智能 (080717T); 智能科学与技术 (080907T); and the vocational
人工智能技术服务 (610217), which since 2021 is called 人工智能技术应用 (510209). Near names such as 智能制造工程,
人工智能教育 or 机器人工程 are other programmes. A name is kept as printed, without code and marks.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crawlers.fields import headings
from schema.evidence import Reading, Span

FAMILIES = ("人工智能技术服务", "人工智能技术应用", "智能科学与技术", "人工智能")
_FAMILY = "|".join(FAMILIES)
_CODE = re.compile(r"[（(\[]?\s?\d{4,6}[A-Z]{0,2}\s?[)）\]]?|[*★☆●·\s\u3000]+|专业$")
_WHOLE = re.compile(rf"(?P<name>{_FAMILY})(?P<note>[（(][^（）()]{{1,30}}[)）])?")
_TOKEN = re.compile(r"[^\s、，,；;：:|｜（）()【】\[\]/·—–\-+]+")
_BESIDE = re.compile(r"[、，,；;/\n\t]+|(?<=[\u4e00-\u9fff）)])\s+(?=[\u4e00-\u9fff])")
_SAID = re.compile(
    rf"(?<![\u4e00-\u9fffA-Za-z](?=人工智能学))(?P<name>{_FAMILY})(?!类|相关|方向|领域)(?P<mark>[”’」》\"]?)(?:[（(][^（）()]{{0,60}}[)）])?"
    rf"(?=[、和与及]?(?:[“‘「《\"]?[\u4e00-\u9fff（）()]{{2,14}}[”’」》\"]?(?:[（(][^（）()]{{0,60}}[)）])?[、和与及]){{0,6}}[“‘「《\"]?[\u4e00-\u9fff]{{0,12}}[”’」》\"]?(?:[（(][^（）()]{{0,60}}[)）])?(?:等|\d|[一二三四五六七八九十两]|个|新|本科|专科|高职|四年制|工学|招生)*专业)"
)
_DATED = re.compile(r"^(?P<year>(?:19|20)\d\d)\s?(?:[-—–]\s?(?:19|20)?\d\d\s?)?(?:学年|年|年度)")
_LEAD = re.compile(
    r"(?:(?:(?:19|20)\d\d\s?(?:学?年度?|级)|\d{1,2}月|新增|增设|新设|获批|获准|批准|开设|设有|设置|备案|审批|招生|本科|高职|专科|专业(?:名称)?[为是:：]?|了|的|为|“|「|《)+(?=.{4}))?"
)
_DEGREE = re.compile(
    r"(?:授予?|可授|(?:授予)?学位(?:授予)?(?:门类|类别)?[:：]?[为是]?|[为是])?(?P<degree>[工理文法医农]学|管理学|经济学|教育学|艺术学|历史学|哲学|军事学)(?:门类)?(?:学士|学位|$|(?=[)）]))"
)


@dataclass(frozen=True, slots=True)
class Granted:
    """A programme as a line prints it, with what the line says of its degree and year."""

    programme: Reading
    degree: str | None = None
    year: int | None = None


def of_cell(reading: Reading) -> list[Reading]:
    """Return the AI programmes that a cell names, each by the name as printed; the others are left out."""
    found = []
    at = 0
    for match in [*_BESIDE.finditer(reading.raw), None]:
        end = match.start() if match else len(reading.raw)
        if (one := _one(reading, (at, end))) is not None:
            found.append(one)
        at = match.end() if match else end
    if not found and (one := _one(reading, (0, len(reading.raw)))) is not None:
        found.append(one)
    return found


def _one(reading: Reading, place: Span) -> Reading | None:
    said = unicodedata.normalize("NFKC", reading.raw[slice(*place)]).replace("(", "（").replace(")", "）")
    said = re.sub(r"^\d{1,2}[.．、)）]", "", "".join(said.split()))
    said = _CODE.sub("", said)
    match = _WHOLE.fullmatch(said)
    return headings.part(reading, place, said) if match else None


def of_details(details: Iterable[Reading]) -> Iterator[Granted]:
    """Yield the AI programmes that a line prints behind a name, with the degree and year that it says of each.

    人工智能，工学、智能科学与技术，理学; 人工智能　080717T　工学; 人工智能（工学，2020年）; 2019年度新增人工智能专业.
    A year before a programme is that of all behind it, one behind a programme is its own.
    """
    pending: Granted | None = None
    year: int | None = None
    for reading in details:
        for match in _TOKEN.finditer(reading.raw):
            said = match.group()[_LEAD.match(match.group()).end() :]  # type: ignore[union-attr] # it may be empty
            place = match.end() - len(said), match.end()
            if re.search("撤销|停招|取消", match.group()):
                break
            dated = _DATED.match(match.group())
            if (found := _one(reading, place)) is not None:
                if pending is not None:
                    yield pending
                year = int(dated["year"]) if dated else year
                pending = Granted(found, None, year)
            elif dated and pending is None:
                year = int(dated["year"])
            elif dated and pending is not None and pending.year is None:
                pending = replace(pending, year=int(dated["year"]))
            elif pending is not None and (awarded := _DEGREE.match(said)) is not None and pending.degree is None:
                pending = replace(pending, degree=awarded["degree"])
            elif pending is not None and len(said) > 3 and re.search("[\u4e00-\u9fff]{4}", said):
                yield pending  # another programme
                pending = None
    if pending is not None:
        yield pending


def is_programme(text: str) -> bool:
    """Tell whether a text names an AI programme and nothing else."""
    return bool(_WHOLE.fullmatch(_CODE.sub("", "".join(unicodedata.normalize("NFKC", text).split()))))


def in_text(reading: Reading) -> Iterator[Reading]:
    """Yield the AI programmes that a heading or sentence calls so (人工智能专业; 人工智能、机器人工程等3个专业)."""
    seen = set()
    for match in _SAID.finditer(reading.raw):
        before = reading.raw[max(0, match.start() - 12) : match.start()]
        if match["name"] in seen or re.search(r"(?:撤销|停招|取消|已有|现有|原有|早有|老牌)[^，。；]{0,10}$", before):
            continue
        seen.add(match["name"])
        yield headings.part(reading, match.span("name"), match["name"])


def alone(text: str, span: Span) -> Span | None:
    """Return the programme that begins a line and is marked off: ✦ 智能科学与技术; 人工智能（080717T），学位：工学."""
    match = re.match(
        rf"[\W_]{{0,4}}(?P<name>{_FAMILY})(?:专业)?(?=\s*(?:[（(，,；;：:|｜】〗」』\]]|$))", text[slice(*span)]
    )
    return (span[0] + match.start("name"), span[0] + match.end("name")) if match else None


def degree(text: str) -> str | None:
    """Return the discipline of a degree (工学 of 工学, 工学学士 and 工学学士学位); other words as they are printed."""
    said = "".join(text.split())
    match = _DEGREE.match(said)
    return match["degree"] if match else said or None


def awarded(text: str) -> str | None:
    """Return the discipline that a remark behind a name consists of (工学; 授予工学学士学位), or None."""
    match = re.fullmatch(
        r"(?:授予?|学位[:：]?)?(?P<it>[工理文法医农]学|管理学|经济学|教育学|艺术学)(?:门类|学士|学位)*", text.strip()
    )
    return match["it"] if match else None


def degree_in(text: str) -> str | None:
    """Return the degree that a sentence says is awarded (授予工学学士学位), or None."""
    match = re.search(
        r"(?:授予?|学位(?:授予)?(?:门类)?(?:为|是|[:：])?|毕业授予?)[^，。；]{0,6}?(?P<degree>[工理文法医农]学|管理学|经济学|教育学|艺术学|历史学|哲学)(?:门类)?",
        text,
    ) or re.search(r"(?P<degree>[工理文法医农]学|管理学|经济学)(?:门类|学士|[)）](?=专业))", text)
    return match["degree"] if match else None


def beside(text: str, programme: Reading) -> Granted:
    """Return a programme with what brackets behind it say, wherever they stand: 人工智能（理学学士，2021年度）."""
    awarded_: str | None = None
    year: int | None = None
    pattern = rf"{re.escape(str(programme.value))}[”’」》\"]?(?:专业)?\s?[（(](?P<said>[^（）()]{{2,60}})[)）]"
    for match in re.finditer(pattern, text):
        degree_, year_ = _noted(match["said"])
        awarded_, year = awarded_ or degree_, year or year_
    return Granted(programme, awarded_, year)


def _noted(said: str) -> tuple[str | None, int | None]:
    """Return the degree and the year of the grant that a remark behind a programme says: 2020年备案，工学."""
    dated = re.search(r"(?<!\d)((?:19|20)\d\d)\s?年(?:度|备案|获批|批准|新增|审批|$|[，,；;、])", said)
    degree_ = next((one for part in re.split("[，,；;、]", said) if (one := awarded(part))), degree_in(said))
    return degree_, int(dated[1]) if dated else None


def whole(programme: Reading, degree_: str | None, year: int | None) -> Reading:
    """Return the reading of a programme with degree and year, as far as they are known."""
    name = re.sub(r"\s?[（(]\s?\d{4,6}[A-Z]{0,2}\s?[)）]", "", str(programme.value))
    value: dict[str, object] = {"programme": name}
    if beside := re.fullmatch(r"(.+)（([工理文法医农]学|管理学|经济学|教育学|艺术学)）", str(programme.value)):
        value["programme"], degree_ = beside[1], degree_ or beside[2]
    elif noted := re.fullmatch(r"(.+?)（([^（）]+)）", name):
        # 智能科学与技术（2020年备案，工学）: a year or a degree is no part of the name.
        own, dated = _noted(noted[2])
        if dated or own:
            value["programme"], degree_, year = noted[1], own or degree_, dated or year
    if degree_:
        value["degree"] = degree_
    if year:
        value["year"] = year
    return replace(programme, value=value)
