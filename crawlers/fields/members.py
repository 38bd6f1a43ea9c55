"""The members of an alliance: in lists under a label, in tables, in walls of logos."""

import re
from collections.abc import Iterable, Mapping

from crawlers.fields import mentions, names, organisations
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Stated, Statements
from crawlers.fields.vocabulary import bare, columns
from crawlers.view import Element, View
from schema.evidence import Origin, Reading, Span

_REMARK = re.compile(r"\s*[（(](?:副?(?:理事长|会长|主席|秘书长)|常务|理事|会员|成员|发起|普通)[^（）()]{0,8}[)）]$")
_NOT_NAMES = re.compile(r"点击|更多|查看|详情|下载|返回|首页|申请|加入|登录|logo", re.IGNORECASE)
_LIST_HEAD = re.compile(
    r"(?:会员|成员|理事|发起)(?:单位|企业|机构)?(?:名单|名录|一览表?|列表|目录|展示|风采)(?:公布|公示)?(?:[（(][^（）()]*[)）])?\s*[:：]?$"
    r"|(?:下列|以下|上述|如下)[^。；]{0,30}(?:会员|成员|理事)(?:单位|企业|机构)?(?:[（(][^（）()]*[)）])?\s?[:：]$"
    r"|^(?:联盟|协会|学会)?(?:会员|成员)(?:单位|企业|机构)$"
    r"|(?:会员|成员)(?:单位|企业|机构)?(?:名单|名录)?[^。；]{0,10}(?:如下|名单|包括|为|有)(?:[（(][^（）()]*[)）])?[^。；]{0,12}[:：]$"
)
_RANKS = {
    "chair_organisation": re.compile("(?:轮值|执行)?(?:理事长|会长|主席|盟主|主任委员)"),
    "secretariat": re.compile("秘书处|秘书长单位"),
}
_LIST_TITLE = re.compile(r"(?:成员|会员)(?:单位|企业|机构)?(?:名单|名录|一览表?|列表|目录)")
_MOST_BETWEEN = 5  # lines between such a heading and the names


def listed(fields: dict[str, list[Reading]], sheet: Sheet, stated: Statements) -> None:
    """Add what lists say: initiators, members, chair and secretariat; a member list may print the roles."""
    text = sheet.view.text
    for prop in ("initiators", "chair_organisation", "secretariat"):
        spans: list[Span] = []
        for one in stated.of(prop):
            spans += _plain_names(sheet, one, listed=True)
        found = [reading for reading in names.readings(text, spans, Origin.TABLE) if _is_party(str(reading.value))]
        if prop != "initiators":
            # One line under the word may be anything (秘书处 signs a post): one beside it is the body.
            beside = {one.first for one in stated.of(prop) if one.value[1] > one.value[0]}
            found = [one for one in found if names.is_organisation(str(one.value)) or set(one.spans) & beside]
            found = [_without_word(text, one) for one in found]
        if found:
            fields[prop] = found if prop == "initiators" else found[:1]
    members: list[Span] = []
    for one in stated.of("members"):
        # 成员单位：128家 is a number, not a list.
        if organisations.count("成员单位" + text[slice(*one.first)][:12]) is None or len(one.lines) > 1:
            members += _plain_names(sheet, one, listed=True)
    table, ranks = _member_table(sheet)
    members += table or ([] if members else _list_below_heading(sheet, stated))
    # A list by rank prints every member once: vice chairs and councillors are members too.
    ranked = [
        span
        for prop in ("vice_chairs", "councillors")
        for one in stated.of(prop)
        for span in _plain_names(sheet, one, listed=True)
    ]
    ranked = [span for span in ranked if span not in members]
    if ranked or (members and _heads_of_ranks(sheet, stated)):
        heads = ("chair_organisation", "secretariat") if _is_rank(stated) else ("chair_organisation",)
        first = [reading.spans[0] for prop in heads for reading in fields.get(prop, ())]
        members = [*(span for span in first if span not in members), *ranked, *members]
    for prop, span in ranks.items():
        fields[prop] = names.readings(text, [span], Origin.TABLE)
    found = [_without_role(reading) for reading in names.readings(text, members, Origin.TABLE)]
    found = [reading for reading in found if not _NOT_NAMES.search(str(reading.value))]
    logos = _logos(sheet, stated)
    if len(logos) > len(found):
        found = logos
    if found:
        fields["members"] = found


def _is_rank(stated: Statements) -> bool:
    """Tell whether a list by rank has the secretariat as a rank: 秘书长单位, or a head with its line below."""
    text = stated.text
    return any("秘书长" in text[slice(*one.place)] or one.value[1] <= one.value[0] for one in stated.of("secretariat"))


def _heads_of_ranks(sheet: Sheet, stated: Statements) -> bool:
    """Tell whether 理事长单位 and 成员单位 are ranks of one list: heads below a title such as 某联盟成员单位一览."""
    if not any(_LIST_TITLE.search(sheet.view.text[slice(*head)]) for head in sheet.heads):
        return False
    chairs = any(one.value[1] <= one.value[0] and one.lines for one in stated.of("chair_organisation"))
    return chairs and any(len(one.lines) > 1 for one in stated.of("members"))


def _list_below_heading(sheet: Sheet, stated: Statements) -> list[Span]:
    """Return the names below a heading or sentence such as 某联盟会员名单 or 成员单位如下：, up to the next label.

    Between such a line and the names may stand what pages print there: day and source, 排名不分先后, a sentence.
    """
    text = sheet.view.text
    lines = [line.span for line in sheet.lines]
    stops = {one.place[0] for one in stated.all if one.lines} | {start for start, _ in sheet.heads}
    items = {sheet.view.span(element)[0] for element in sheet.elements if element.tag in ("li", "td", "dd")}
    for head in [n for n, span in enumerate(lines) if _LIST_HEAD.search(text[slice(*span)].strip())]:
        found: list[Span] = []
        sure = passed = 0
        for span, after in zip(lines[head + 1 :], [*lines[head + 2 :], None], strict=False):
            said = text[slice(*span)]
            parts = [] if re.search("[。！？：:]", said) else names.split(text, span)
            parts = [part for part in parts if part[1] - part[0] <= 40]
            own = sum(names.is_organisation(text[slice(*part)]) for part in parts)
            loose = bool(found) and (span[0] in items or _is_name_line(text, after))
            if not parts or not (own == len(parts) or loose):
                passed += 1
                if found or passed > _MOST_BETWEEN:
                    break
                continue
            if span[0] in stops:
                break
            found += parts
            sure += own
        if len(found) >= 2 and sure * 2 >= len(found):
            return found
    return []


def _is_name_line(text: str, line: Span | None) -> bool:
    return line is not None and line[1] - line[0] <= 40 and names.is_organisation(text[slice(*line)])


def _is_party(name: str) -> bool:
    return 2 <= len(name) <= names.LONGEST and not re.search(r"\d{5}|@|[。！？]|(?:19|20)\d\d\s?[年./-]", name)


def _without_word(text: str, reading: Reading) -> Reading:
    """Return a body without the word of its role before it: 会长单位某某公司, 秘书处设在某大学."""
    if not re.match("(?:轮值)?(?:理事长|会长|主席|秘书处)", reading.raw) or len(reading.spans) != 1:
        return reading
    inside = mentions.find(text, reading.spans[0])
    return names.readings(text, inside[-1:], reading.origin)[0] if inside else reading


def _without_role(reading: Reading) -> Reading:
    match = _REMARK.search(reading.raw)
    if match is None:
        return reading
    start = reading.spans[0][0]
    raw = reading.raw[: match.start()]
    return Reading(raw.strip(), raw, reading.origin, ((start, start + len(raw)),))


def _plain_names(sheet: Sheet, one: Stated, *, listed: bool) -> list[Span]:
    """Return the names under a label. Below a label that heads a list, short lines are names whatever they end in."""
    text, lines = sheet.view.text, one.lines
    lines = [piece for line in lines for piece in sheet.pieces(line)]
    if one.column:
        return [span for line in lines for span in names.split(text, line)]
    if one.value[1] > one.value[0] or not listed:
        return names.lines(text, lines)
    found: list[Span] = []
    for span in lines:
        said = text[slice(*span)]
        if (
            re.search(r"[。！？：]", said)
            or (len(said) > 40 and len(names.split(text, span)) < 2)
            or re.match(r"(?:上|下)一|更多", said)
        ):
            break
        cells = names.split(text, span)
        found += [cell for cell in cells if not re.fullmatch(r"[\d\s.]+", text[slice(*cell)])]
    return found


def _member_table(sheet: Sheet) -> tuple[list[Span], dict[str, Span]]:
    """Return the members in a table with a column of names, and who of them is the chair or the secretariat."""
    view = sheet.view
    heads = columns("alliance")
    for table in (element for element in sheet.elements if element.tag == "table"):
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        for number, row in enumerate(rows[:4]):
            labels = [bare(view.said(cell)) for cell in row]
            column = next((i for i, label in enumerate(labels) if label in heads["members"]), None)
            if column is None or len(row) < 2 or len(rows) - number < 3 or not _is_list_head(labels, heads, column):
                continue
            role = next((i for i, label in enumerate(labels) if label in heads["role"] and i != column), None)
            spans: list[Span] = []
            ranks: dict[str, Span] = {}
            for lower in rows[number + 1 :]:
                if len(lower) != len(row) or not (span := view.span(lower[column]))[1] > span[0]:
                    continue
                trimmed = names.trim(view.text, *span)
                if trimmed is None:
                    continue
                spans.append(trimmed)
                rank = view.said(lower[role]).strip() if role is not None else ""
                for prop, pattern in _RANKS.items():
                    if pattern.match(rank):
                        ranks.setdefault(prop, trimmed)
            if len(spans) >= 2:
                return spans, ranks
    return [], {}


def _is_list_head(labels: list[str], heads: Mapping[str, frozenset[str]], column: int) -> bool:
    others = [label for index, label in enumerate(labels) if index != column]
    return any(
        label in heads["role"] or re.search("序号|编号|代表|备注|行业|地区|联系|地址|所在|领域", label)
        for label in others
    )


def _logos(sheet: Sheet, stated: Statements) -> list[Reading]:
    """Return the members of a wall of logos: the alternative texts of its pictures, which the page's text lacks."""
    view = sheet.view
    walls = [one for one in stated.all if one.label.property == "members"]
    found: list[Reading] = []
    for one in walls:
        head = next((e for e in view.elements if view.span(e) == one.place), None)
        if head is None:
            continue
        for element in _after(view, head):
            for picture in element.iter("img"):
                said = re.sub(
                    r"\s*(?:logo|LOGO|标志|图标)$", "", (picture.get("alt") or picture.get("title") or "").strip()
                )
                if (
                    2 <= len(said) <= names.LONGEST
                    and not _NOT_NAMES.search(said)
                    and re.search(r"[\u4e00-\u9fff]|[A-Za-z]{3}", said)
                ):
                    found.append(Reading(said, said, Origin.BODY))
    return list({str(reading.value): reading for reading in found}.values())


def _after(view: View, head: Element) -> Iterable[Element]:
    """Yield the elements after a heading, up to the next heading, beside it or beside what holds only it."""
    outer = head
    span = view.span(head)
    while (parent := outer.getparent()) is not None and view.span(parent) == span and not list(parent.iter("img")):
        outer = parent
    beside = outer.getnext()
    while beside is not None and beside.tag not in ("h1", "h2", "h3"):
        yield beside
        beside = beside.getnext()
