"""A page on financing: news of one round, the rounds of a company, a digest of many companies, a table of rounds."""

import re
from collections.abc import Mapping
from dataclasses import replace

from crawlers.fields import (
    funding_asked,
    funding_blocks,
    funding_lists,
    headline,
    investee,
    investee_told,
    investee_weighed,
    values,
)
from crawlers.fields.funding_story import RUMOUR, Round, Story
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.fields.vocabulary import vocabulary
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading, Span
from schema.types.partial_date import PartialDate

FILES = True  # tables of rounds hang on notices
VERSION = 8  # raise it whenever the same page gives other values; then `samplebase reparse`

_DIGEST = re.compile(
    r"日报|周报|月报|早报|晚报|速递|汇总|盘点|一览|等\s?\d+\s?[家笔]|快报|融资榜|一周|投融资事件|事件汇总|报告|早知道|每日|今日融资|[;；]"
)
_PROFILE = re.compile(
    r"[^，。\n]{0,30}?(?:是|为一|系|(?:成立|创立|创办|创建)于|全称|专注|致力|总部|[，,]\s?(?:全称|成立|创立|一家))"
)
_POSTED = re.compile(r"来源[:：]|发布(?:时间|日期|者)?[:：]|作者[:：]|浏览")


def extract(
    view: View, row: Mapping[str, Reading] | None = None, files: Mapping[str, View] | None = None
) -> list[Extraction]:
    """Return one record per round that the page states; `row` are readings of the list row that led to it.

    `investee` is the company's fullest name on the page, `amount` {low, high, currency}, `date` ISO, `investors`
    those who lead first, `certainty` stated, planned or denied. What is not stated is left out. Raises NotARecord
    for rumours and for pages without a round.
    """
    sheet = Sheet(view)
    stated = Statements(sheet, vocabulary("funding"))
    title = _title(sheet, row or {})
    published = headline.posted(sheet)
    day = PartialDate.parse(str(published.value)) if published else None
    listed, warnings = funding_lists.of_tables(view, day.year if day else None)
    year = day.year if day else None
    listed = listed or funding_lists.of_labels(sheet, stated, year) or funding_lists.of_rows(sheet, year)
    filed = funding_lists.of_files(files or {}, year)
    legal = investee_told.names(view.text, [line.span for line in sheet.lines if not line.linked])
    known = _known(sheet, title)
    known = [*legal, *(name for name in known if name not in legal)]
    items = {} if listed else funding_blocks.headings(sheet)
    leads = {} if listed or items else funding_blocks.paragraphs(sheet)
    story = Story(view.text, day, known, items, leads, legal)
    if title is not None and title.spans and not title.document and not _DIGEST.search(title.raw):
        story.read([title.spans[0]], Origin.TITLE)
    titled = list(story.rounds)
    for one in titled:
        one.titled = True
    if story.current is None and not (title and _DIGEST.search(title.raw)):
        story.current = (
            _of_title(title) or _of_entry(sheet) or _main(sheet, legal) or _main(sheet, known)
        )  # 公司完成A轮融资 under an entry's heading
    story.read(_prose(sheet, title, listed) if not filed else [])
    if title is not None and RUMOUR.search(title.raw) and not any(one.certainty == "denied" for one in story.rounds):
        raise NotARecord("a rumour of a financing")
    told = _told(story, titled)
    if len(listed) > 1:
        # What a digest's remarks say of earlier rounds (点评：…，上一轮为A轮) is no row of it.
        told = [one for one in told if not (one.past or _is_remark(view, one))]
    own = next((one.who for one in told if one.who is not None), None) or _of_title(title) or _of_entry(sheet)
    own = own or (_of_headings(sheet, known) if listed else None)
    for one in listed:
        if one.who is None and one.full is None:
            one.who = own
    if not listed:
        funding_asked.fill(sheet, told, own or _main(sheet, legal))
    lines = [line.span for line in sheet.lines]
    for one in (*listed, *told):
        _complete(view, one, lines)
    rounds = _merged([*listed, *told, *filed])
    rounds = [one for one in rounds if (one.who or one.full) and _says(one)]
    if not rounds:
        raise NotARecord("a rumour of a financing" if story.rumours else "no round of financing is stated")
    extractions = [_extraction(one, title, published) for one in rounds]
    _keyed(extractions)
    for extraction in extractions:
        extraction.warnings = [*warnings, *(("unknown_label", label) for label in stated.unknown if listed)]
    return extractions


def _is_remark(view: View, one: Round) -> bool:
    """Tell whether what looks like the company of a round is the label of a remark: 一句话点评：…."""
    return one.who is not None and any(view.text[end : end + 1] in ("：", ":") for _, end in one.who.spans)


def _title(sheet: Sheet, row: Mapping[str, Reading]) -> Reading | None:
    # A list shortens: what the page itself is called says more, and stands in its text.
    return next(headline.candidates(sheet), None) or row.get("title")


def _known(sheet: Sheet, title: Reading | None) -> list[str]:
    """Return the companies that the page speaks of, told by their contexts, the surest first."""
    heads = [reading.raw for reading in headline.candidates(sheet)]
    heads += [str(title.value)] if title and not heads else []
    text = sheet.view.text
    lines = [line.span for line in sheet.lines if not line.linked]
    # Who posts the page is named in the title tag and beside 来源 only.
    own = [text[slice(*span)] for span in lines if not _POSTED.search(text[slice(*span)])]
    own += [reading.raw for reading in headline.candidates(sheet) if reading.spans[:1] != (sheet.view.title,)]
    found = investee_weighed.names(sheet.view, heads, lines)
    return [name for name in found if any(name in line for line in own)]


def _prose(sheet: Sheet, title: Reading | None, listed: list[Round]) -> list[Span]:
    """Return the lines that are read as sentences: no links only, no rows of a table that was read."""
    text = sheet.view.text
    taken = {
        reading.spans[0] for one in listed for reading in (one.who, one.round, one.amount) if reading and reading.spans
    }
    heading = title.spans[0] if title and title.spans else (-1, -1)
    found = []
    for line in sheet.lines:
        start, end = line.span
        inside = any(start <= at[0] < end for at in taken)
        if line.linked or inside or (start, end) == heading or text[start:end] == text[slice(*heading)]:
            continue
        found.append(line.span)
    return found


def _of_title(title: Reading | None) -> Reading | None:
    """Return the company that a title such as X融资历程 is about."""
    if title is None or not title.spans or title.document:
        return None
    match = re.match(
        r"(?P<who>.{2,30}?)(?:公司)?(?:的)?(?:历史|历次|过往)?(?:融资|投资)(?:历程|历史|信息|情况|记录|事件|轮次|详情|概况|一览)",
        title.raw,
    )
    if match is None:
        return None
    found = investee.cleaned(match["who"], 0, len(match["who"]))
    if found is None:
        return None
    at = title.spans[0][0] + found[0], title.spans[0][0] + found[1]
    return Reading(match["who"][slice(*found)], match["who"][slice(*found)], Origin.TITLE, (at,))


def _of_entry(sheet: Sheet) -> Reading | None:
    """Return the company that an entry or a profile is about: its heading, of which the text says 是一家."""
    text = sheet.view.text
    for heading in headline.candidates(sheet):
        if not heading.spans or heading.document:
            continue
        start, end = heading.spans[0]
        said = re.split(r"\s?[_|｜-]\s?|\s—\s", text[start:end])[0]
        place = investee.cleaned(text, start, start + len(said)) if 2 <= len(said) <= 30 else None
        if place is None:
            continue
        name = text[slice(*place)]
        if any(_PROFILE.match(text, at + end + len(name)) for at in values.occurrences(text[end:], name)):
            return Reading(name, name, Origin.TITLE, (place,))
    return None


def _of_headings(sheet: Sheet, known: list[str]) -> Reading | None:
    """Return the company that any of the page's headings says its data are about (X融资详情), or that one names."""
    heads = list(headline.candidates(sheet))
    for head in heads:
        if (found := _of_title(head)) is not None:
            return found
    name = next((name for name in known if sum(name in head.raw for head in heads) > 1), None)
    at = sheet.view.text.find(name, sheet.view.body[0]) if name else -1
    return Reading(name, name, Origin.TITLE, ((at, at + len(name)),)) if name and at >= 0 else None


def _main(sheet: Sheet, known: list[str]) -> Reading | None:
    """Return the one company that the page speaks of, where it speaks of no other."""
    if len(known) != 1 or (at := sheet.view.text.find(known[0], sheet.view.body[0])) < 0:
        return None
    return Reading(known[0], known[0], Origin.BODY, ((at, at + len(known[0])),))


def _told(story: Story, titled: list[Round]) -> list[Round]:
    """Return the rounds of the text, each completed by what the title says of it."""
    return [*story.rounds[len(titled) :], *titled]


def _merged(rounds: list[Round]) -> list[Round]:
    """Return the rounds, those that speak of the same one put together, in the page's order."""
    found: list[Round] = []
    for one in rounds:
        other = next((each for each in found if _alike(each, one)), None)
        if other is None:
            found.append(one)
            continue
        for name in ("who", "full", "round", "amount", "date"):
            if getattr(other, name) is None:
                setattr(other, name, getattr(one, name))
        if (
            len({str(r.value) for r in (*one.lead, *one.follow)}) > len(other.lead) + len(other.follow)
            and not other.listed
        ):
            one_lead, one_follow = list(one.lead), list(one.follow)
            known = {str(r.value) for r in (*one_lead, *one_follow)}
            one_follow += [r for r in (*other.lead, *other.follow) if str(r.value) not in known]
            other.lead, other.follow = one_lead, one_follow
        elif not other.listed or not (other.lead or other.follow):
            known = {str(r.value) for r in (*other.lead, *other.follow)}
            other.lead += [r for r in one.lead if str(r.value) not in known]
            other.follow += [r for r in one.follow if str(r.value) not in known]
        if other.certainty == "stated" and one.certainty != "stated":
            other.certainty, other.said = one.certainty, one.said
    return found


def _alike(one: Round, other: Round) -> bool:
    if (one.listed and other.listed) or not _same_company(one, other):
        return False
    if one.round is not None and other.round is not None:
        mine, yours = str(one.round.value).casefold(), str(other.round.value).casefold()
        # A title's 战略融资 is the lettered round of the text.
        return mine == yours or (other.titled and mine != yours and yours.startswith("战略") and not one.past)
    return not (one.date and other.date and str(one.date.value)[:4] != str(other.date.value)[:4])


def _same_company(one: Round, other: Round) -> bool:
    mine = [str(r.value) for r in (one.who, one.full) if r]
    yours = [str(r.value) for r in (other.who, other.full) if r]
    return any(a in b or b in a for a in mine for b in yours)


def _says(one: Round) -> bool:
    """Tell whether anything beyond the company is said."""
    return any((one.round, one.amount, one.lead, one.follow)) or one.certainty != "stated"


def _complete(view: View, one: Round, lines: list[Span]) -> None:
    """Add the legal name of a round's company, where the page prints it."""
    if one.full is None and one.who is not None:
        full = investee.fullest(view.text, str(one.who.value), lines)
        if full is not None:
            raw = view.text[slice(*full)]
            one.full = Reading(raw, raw, Origin.BODY, (full,))


def _extraction(one: Round, title: Reading | None, published: Reading | None) -> Extraction:
    name = one.full or one.who
    assert name is not None  # noqa: S101 - rounds without a company were left out
    fields: dict[str, list[Reading]] = {"investee": [name]}
    if title is not None:
        fields["title"] = [title]
    date = one.date or (published if not one.past else None)
    for prop, reading in (("round", one.round), ("amount", one.amount), ("date", date)):
        if reading is not None:
            fields[prop] = [reading]
    own = [str(each.value) for each in (one.who, one.full) if each]
    backers = [each for each in (*one.lead, *one.follow) if not any(str(each.value) in mine for mine in own)]
    if backers:
        fields["investors"] = backers
    base = one.round or name
    fields["certainty"] = [one.said or replace(base, value=one.certainty)]
    return Extraction("funding", fields)


def _keyed(extractions: list[Extraction]) -> None:
    """Give each of several rounds its key: company, round or day, and a count for equal ones."""
    if len(extractions) == 1:
        return
    seen: dict[str, int] = {}
    for one in extractions:
        parts = (one.value("investee"), one.value("round") or one.value("date") or "")
        key = "|".join("".join(str(part).split()) for part in parts)
        seen[key] = seen.get(key, 0) + 1
        one.item = key if seen[key] == 1 else f"{key}|{seen[key]}"
