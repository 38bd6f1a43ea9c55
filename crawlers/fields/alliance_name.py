"""The name of an alliance, association or society."""

import re
from collections.abc import Mapping

from crawlers.fields import headline
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from schema.evidence import Origin, Reading

_KIND = r"(?:联盟|协会|学会|联合体|促进会|研究会|联合会|商会|共同体|协同创新体|合作组织)"
_NAME = re.compile(
    rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9（）()·+]{{2,36}}?{_KIND}(?:[\u4e00-\u9fffA-Za-z]{{2,14}}(?:专业委员会|专委会|分会))?)(?!员|费|长|内)"
)
SHORT = re.compile(rf"[\u4e00-\u9fffA-Za-z]{{2,8}}?{_KIND}")  # 类脑联盟
MOST_SHORT = 10  # characters of a name that may be the short form of one in the text
_EDGE = re.compile(
    r"[，。；：！？!?;,“”\"《》『』「」【】|｜丨┃│\s]|关于|公布"
    r"|现将|印发|发布|认定|确定|(?<!自)由|参加|出席|举办|召开|加入"
    r"|作为|批准|同意|发起|牵头|成立(?!于)|热烈祝贺|祝贺|宣布|组建"
    r"|推动|本次|共建|全[省市区县]|[首又]个|首家|我[省市区县国]"
    r"|走[进近]|(?<=一)文(?=认识|了解|看懂|读懂|带你)|认识|看懂"
    r"|读懂|了解|带[你您]|揭秘|解码|以及|聚焦|依托|设立"
    r"|先说|再说|再看|还有|接着说|最后是|来看|首先看|经(?!济"
    r"|贸|营|信|纪)|的|是|为|了(?!不起)|在(?!线)|(?<=[日，])[，]?"
)


def name(sheet: Sheet, stated: Statements, row: Mapping[str, Reading]) -> Reading | None:
    """Return the name: under a label, in the heading, in a sentence on its founding; the longer of the last two."""
    text = sheet.view.text
    for one in stated.of("name"):
        said = text[slice(*one.first)]
        if not one.column and (
            match := _NAME.fullmatch(re.sub(r"\s*[（(][^（）()]*(?:简称|[A-Z]{2,})[^（）()]*[)）]$", "", said))
        ):
            return Reading(
                match["name"], said[: match.end()], Origin.TABLE, ((one.first[0], one.first[0] + match.end()),)
            )
    heads = [
        one
        for head in [*headline.candidates(sheet), *([row["title"]] if "title" in row else [])]
        for one in named(head)
    ]
    told = [
        one
        for number, span in enumerate(sheet.prose[:30])
        for one in named(Reading("", text[slice(*span)], Origin.BODY, (span,)))
        if number < 6 or re.search("成立|简称", text[slice(*span)])
    ]
    if (found := _of_heading(sheet, heads, told)) is not None:
        return found
    about = [
        one
        for one in told
        if re.search(
            r"^[^，。]{0,12}(?:[（(][^）)]{0,40}[)）])?[^，。]{0,12}(?:成立"
            r"|是|于|揭牌|挂牌|诞生|启航|亮相)|^.?简称|^[”》]?第[一二三四五六七八九十\d]+届"
            r"|^[^，。]{0,8}(?:会员|成员|换届|年会|年度|理事会)[^，。]{0,10}"
            r"(?:大会|会议)",
            text[one.spans[0][1] : one.spans[0][1] + 60],
        )
    ]
    often = [one for one in told if text.count(str(one.value), *sheet.view.body) > 1]
    return next(iter([*about, *often, *(told if about or heads else [])]), None)


def _of_heading(sheet: Sheet, heads: list[Reading], told: list[Reading]) -> Reading | None:
    """Return the name that the heading says, in its fullest form of the text; None where it says none."""
    text = sheet.view.text
    for head in heads:
        own = str(head.value)
        full = next(
            (
                one
                for one in told
                if (len(own) <= MOST_SHORT and abbreviates(own, str(one.value))) or _is_short_for(text, one, own)
            ),
            None,
        )
        if full is not None:
            return full
        fuller = [one for one in told if str(one.value).endswith(str(head.value)) and len(one.value) > len(head.value)]
        if len(head.value) >= 6 and not fuller:
            return head
        if fuller:
            return fuller[0]
    raws = [head.raw for head in headline.candidates(sheet)]
    shorts = [match.group() for raw in raws for match in SHORT.finditer(raw)]
    introduced = (one for one in told if any(_is_short_for(text, one, raw) for raw in raws))
    shortened = (one for one in told if any(abbreviates(short, str(one.value)) for short in shorts))
    return next(introduced, None) or next(shortened, None)


def _is_short_for(text: str, one: Reading, short: str) -> bool:
    """Tell whether a name introduces a short one behind it: 某某产业联盟（简称“某盟”）."""
    end = one.spans[-1][1]
    said = re.match(
        r"[”》]?\s?[（(，,][^（）()，。]{0,10}(?:简称|缩写)[:：为是]?\s?[“\"「]?(?P<it>[^”\"」，。；）)]{2,24})",
        text[end : end + 60],
    )
    return said is not None and (said["it"] == short or short.startswith(said["it"]))


def abbreviates(short: str, full: str) -> bool:
    """Tell whether a name is a short form of another: its characters stand there in this order (类脑联盟).

    It ends as the other does, or with the last character of a longer kind; letters stand for words (AI for 人工智能).
    """
    if len(full) <= len(short) or not re.search("[\u4e00-\u9fff]", short) or short[-1] != full[-1]:
        return False
    at = 0
    for char in re.sub("[A-Za-z0-9]", "", short) if not re.search("[A-Za-z]", full) else short:
        at = full.find(char, at) + 1
        if not at:
            return False
    return True


def is_name(text: str) -> bool:
    """Tell whether a text is the name of an alliance and nothing else."""
    said = text.strip()
    found = named(Reading("", said, Origin.BODY, ((0, len(said)),)))
    return len(found) == 1 and found[0].raw == said


def is_named(heading: Reading) -> bool:
    """Tell whether a heading names an alliance."""
    return bool(named(heading))


def named(heading: Reading) -> list[Reading]:
    """Return the alliances that a heading or sentence names."""
    found = []
    text = heading.raw
    at = 0
    while match := _NAME.search(text, at):
        start, end = match.span("name")
        for edge in _EDGE.finditer(text, start, end):
            start = edge.end() if edge.end() < end else start
        at = end
        # A number or a day before it in its line is none of the name: 2023-05-09某某联盟.
        start += len(digits.group()) if (digits := re.match(r"\d{2,}(?=[\u4e00-\u9fff])", text[start:end])) else 0
        name = text[start:end]
        opened = name.count("（") + name.count("(") - name.count("）") - name.count(")")
        if opened or name.startswith(("）", ")", "、")):
            start += max(name.rfind("（"), name.rfind("("), name.find("）"), name.find("、")) + 1
            name = text[start:end]
        if (
            len(name) < 6
            or len(heading.spans) > 1
            or re.search(r"会员|成员|我|该|各|本(?=联|协|学)|多个|一个|等(?=产业联盟)|、", name)
        ):
            continue
        spans = tuple((base + start, base + end) for base, _ in heading.spans)
        found.append(
            Reading(name.strip(), name, heading.origin, heading.spans if heading.document else spans, heading.document)
        )
    return found
