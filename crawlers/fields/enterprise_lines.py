"""Enterprises in lines of text: one a line, behind numbers and signs, in paragraphs and sentences of names."""

import re

from crawlers.fields import enterprise_facts as facts
from crawlers.fields import lineitems, listing, names, places
from crawlers.fields.enterprise_list import REFUSED, Listed, cut, layer, platform
from crawlers.fields.enterprise_name import is_company
from crawlers.fields.vocabulary import bare, section
from crawlers.view import View
from schema.evidence import Origin, Reading, Span

MOST_NAME = 40  # characters of a company's name in a sentence
_NUMBER = re.compile(
    r"^\s*(?:[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u20e3]{1,3}\s*)?(?:[（(]?\d{1,4}[)）.．、]\s*|\d{1,3}\ufe0f?\u20e3\s*|(?:No|NO|TOP|Top)\.?\s?\d{1,4}[\s.、:：]{1,3}|\d{1,4}\s+|[①-⑳]\s*|[（(][一二三四五六七八九十]{1,3}[)）]|[·•●■◆▪*✓✔►▶»-]\s*|[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]{1,3}\s*)"
)
_REMARK = re.compile(
    r"^(?P<name>.+?(?:公司|集团|厂|合伙企业|合作社|（有限合伙）))\s*(?:[（(](?P<remark>[^（）()]{1,40})[)）])?\s*(?:(?:[,，|｜\t:：—-]|(?<=[\u3000\x20]))\s*(?P<rest>.{1,200}))?[；;。，,、]?$"
)


def _led(text: str, start: int, end: int) -> tuple[tuple[Span, str] | None, int]:
    """Return the region that a line prints before its name (衢州市：某某公司), and where the name begins."""
    place = places.at_start(text[start : min(end, start + 16)])
    mark = re.match(r"\s?[：:｜|—-]{1,2}\s?", text[start + place.end : end]) if place and not place.start else None
    if place is None or mark is None:
        return None, start
    at = start, start + place.end
    return (at, text[slice(*at)]), start + place.end + mark.end()


def of_lines(view: View, spans: list[Span]) -> list[Listed]:
    """Return the enterprises of lines that are nothing but a name, or of a paragraph of names."""
    document = getattr(view, "document", None)
    found: list[Listed] = []
    heading = ""
    region: tuple[Span, str] | None = None
    for span in spans:
        said = view.text[slice(*span)]
        lead = _NUMBER.match(said)
        start = span[0] + (lead.end() if lead else 0)
        own, led = _led(view.text, start, span[1])
        start = led
        match = _REMARK.match(view.text[start : span[1]].strip())
        if (
            match
            and match["name"].count("公司") < 2
            and not re.search("[，。；：、\t]", match["name"])  # a row of labels and values is no name
            and len(match["name"]) <= 60
        ):
            start += len(view.text[start : span[1]]) - len(view.text[start : span[1]].lstrip())
            if not REFUSED.search(heading):
                found.append(_line(view, start, match, own or region, document))
            continue
        plain = re.sub(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．\s]\s*", "", said)
        place = places.at_start(plain)
        if len(said) <= 40 and not re.search("[，。；]", said) and said.count("公司") < 2:
            heading = said
            rest = re.sub(r"[（(].*|[：:\s]|共?\d+[家个]", "", plain[place.end :]) if place else "x"
            at = span[0] + len(said) - len(plain)
            region = ((at + place.start, at + place.end), plain[: place.end]) if place and not rest else None
        opening = max(said.rfind("："), said.rfind(":")) + 1
        parts = names.split(view.text, (span[0] + opening, span[1]))
        if len(parts) >= 2 and all(
            is_company(view.text[slice(*part)]) and "公司" in view.text[slice(*part)][-12:] for part in parts
        ):
            for part in parts:
                raw = view.text[slice(*part)]
                one = Listed({"legal_name": [Reading(listing.value(raw), raw, Origin.BODY, (part,), document)]})
                if (where := own or region) is not None:
                    _located(one, view, where[0], document)
                found.append(one)
        elif said.count("公司") >= 2 and (items := lineitems.in_sentence(view.text, span, _is_full)):
            for item in items:
                raw = view.text[slice(*item.name)]
                found.append(
                    Listed({"legal_name": [Reading(listing.value(raw), raw, Origin.BODY, (item.name,), document)]})
                )
        elif found and len(said) <= 160:
            _labelled(view, found[-1], span, document)
    return found


def _is_full(text: str) -> bool:
    """Tell whether a text is a company's whole name, as sentences on lists print it."""
    return is_company(text) and "公司" in text[-12:] and len(text) <= MOST_NAME


def _line(
    view: View, start: int, match: re.Match[str], region: tuple[Span, str] | None, document: str | None
) -> Listed:
    at = start, start + len(match["name"])
    raw = view.text[slice(*at)]
    one = Listed({"legal_name": [Reading(listing.value(raw), raw, Origin.BODY, (at,), document)]})
    for group in ("remark", "rest"):
        if match[group]:
            span = start + match.start(group), start + match.end(group)
            _labelled(view, one, span, document)
            place = places.at_start(match[group])
            if place is not None and "province" not in one.fields:
                _located(one, view, (span[0] + place.start, span[0] + place.end), document)
    if region is not None and "province" not in one.fields:
        _located(one, view, region[0], document)
    return one


def _located(one: Listed, view: View, at: Span, document: str | None) -> None:
    place = places.at_start(view.text[slice(*at)])
    if place is not None:
        for prop, found in facts.located(place.code, view.text[slice(*at)], Origin.BODY, at, document).items():
            one.fields.setdefault(prop, [found])


def _labelled(view: View, one: Listed, span: Span, document: str | None) -> None:
    """Add what a line under a name says behind labels: 统一社会信用代码：…；所在地：…."""
    said = view.text[slice(*span)]
    words = {bare(word): name for name, found in section("enterprise", "properties").items() for word in found}
    for match in re.finditer(
        r"(?P<label>[\u4e00-\u9fff]{1,10})\s?[:：]\s?(?P<value>[^，；;|｜\s]+(?:年\s?\d+月\d*日?)?)", said
    ):
        name = words.get(bare(match["label"]))
        at = span[0] + match.start("value"), span[0] + match.end("value")
        cell = Reading(match["value"], match["value"], Origin.TABLE, (at,), document)
        if name in ("place", "city", "province", "registered"):
            _located(one, view, at, document)
        elif name in ("founded", "layer", "is_platform", "credit_code"):
            parse = {
                "founded": facts.day,
                "layer": layer,
                "is_platform": platform,
                "credit_code": facts.code,
            }[name]
            if found := parse(cell.raw):
                one.fields.setdefault(name, [cut(cell, found)])
        elif name in ("industry", "english_name", "website", "short_names"):
            one.fields.setdefault(name, [cell])
    if "credit_code" not in one.fields and (code := facts.code(said)):
        one.fields["credit_code"] = [cut(Reading(said, said, Origin.TABLE, (span,), document), code)]
