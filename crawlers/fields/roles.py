"""Who did what, as sentences say it: 由A、B主办，C承办; A联合B共同主办; 在D指导下; 主办单位为A."""

import re
from collections.abc import Mapping

from crawlers.fields import mentions, names
from schema.evidence import Span

_SENTENCE = re.compile(r"[。！？!?\n]")
_EARLIER = re.compile(
    r"上届|往届|历届|上一届|去年|前[一二三四五六七八九十]届|此前|曾(?:经)?(?:成功)?(?:由|举办|主办)|据悉.{0,6}往年"
)
_CUT = re.compile(r"(?:^|[，,；;：:）)”。]|\s)[^，,；;：:]{0,24}?由|[，,；;：:。](?=[^，,；;]*$)")
_TAIL = re.compile(
    r"(?:的|等|共同|联合|牵头|负责|承担|主导|担纲|单位|具体|大力|热情|独家|一起|支持下|指导下|(?:为[^，。、]{0,10})?(?:提供|给予|予以)(?:了|特别|学术|战略|官方|全程|技术)*|特别|学术|战略|官方)+$"
)
_LEAD = re.compile(
    r"^(?:[\s\u3000，,、；;：:的并和是及与]|以及|本次|此次|大会|会议|活动|论坛|本届|该|单位|方|(?:并)?得到了?|在|为)+"
)
_UNDER = re.compile(
    r"在(?P<who>[^，。；在]{3,120}?)的?(?:悉心|大力|共同|联合|具体|关心)?(?P<verb>指导|支持)(?:和支持|与支持|、支持)?下"
)
_BY = re.compile(
    r"由[^。；]*$|(?:主办|承办|协办)[^。；]*[，,][^，,。；]+$|(?:提供|给予|予以)(?:了|特别|学术|战略|官方|大力|全程)*$"
)
_OF = r"(?:本次|此次|本届|该|大会|会议|论坛|活动|峰会|年会|的)*"
_ONCE = r"(?:单位|方|机构|部门)"


def sentences(text: str, span: Span) -> list[Span]:
    """Return the places of the sentences in `text[span]`."""
    start, end = span
    found, at = [], start
    for match in _SENTENCE.finditer(text, start, end):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, end))
    return [one for one in found if one[1] > one[0]]


def read(text: str, spans: list[Span], verbs: Mapping[str, str]) -> dict[str, list[Span]]:
    """Return the places of the names by property, from the first sentence that says each.

    `verbs` maps a verb (主办) to its property. What a sentence says of earlier editions is not looked at.
    """
    found: dict[str, list[Span]] = {}
    for span in spans:
        for sentence in sentences(text, span):
            if _EARLIER.search(text[slice(*sentence)]):
                continue
            for name, places in _sentence(text, sentence, verbs).items():
                found.setdefault(name, places)
    return found


def _sentence(text: str, sentence: Span, verbs: Mapping[str, str]) -> dict[str, list[Span]]:
    start, end = sentence
    found: dict[str, list[Span]] = {}
    for match in _UNDER.finditer(text, start, end):
        if match["verb"] in verbs:
            _add(found, verbs[match["verb"]], text, match.span("who"), lenient=False)
    alternatives = "|".join(sorted(verbs, key=len, reverse=True))
    passive = re.compile(
        rf"(?P<verb>{alternatives}){_ONCE}(?:分别)?(?:为|是|有|包括|[:：])\s{{0,2}}(?=(?P<who>[^。；;：:]{{2,300}}))"
    )
    charged = re.compile(
        rf"(?P<verb>{alternatives})(?:工作|任务|事宜|事务|方面|职责)?(?:则|均)?(?:由|交由)(?P<who>[^。；]{{4,200}}?)(?:共同|具体|联合)?(?:负责|承担|完成|担纲)"
    )
    for match in re.finditer(rf"作为{_OF}(?P<verb>{alternatives}){_ONCE}，", text[start:end]):
        named = mentions.find(text, (start + match.end(), end))
        if named and named[0][0] == start + match.end():
            _add(found, verbs[match["verb"]], text, named[0], lenient=True)
    for match in re.finditer(
        rf"(?:是|为|系|担任|出任)(?:{_OF})(?P<verb>{alternatives}){_ONCE}(?!为|是|有|[:：])", text[start:end]
    ):
        low, _ = _subject(text, start, start + match.start())
        _add(found, verbs[match["verb"]], text, (low, start + match.start()), lenient=False)
    taken: list[Span] = []
    for match in charged.finditer(text, start, end):
        _add(found, verbs[match["verb"]], text, match.span("who"), lenient=True)
        taken.append(match.span())
    for match in passive.finditer(text, start, end):
        who = match.span("who")
        who = who[0], who[0] + _stop(text[slice(*who)], alternatives)
        follow = re.search(rf"[，,、\s]?(?:{alternatives}){_ONCE}", text[slice(*who)])
        who = who[0], who[0] + follow.start() if follow else who[1]
        _add(found, verbs[match["verb"]], text, who, lenient=True)
        taken.append((match.start(), who[1]))
    at = start
    for match in re.finditer(rf"(?:{alternatives})(?!{_ONCE}|权|国|地|城市|者|下)", text[start:end]):
        verb_at = start + match.start()
        if any(low <= verb_at < high for low, high in taken):
            continue
        at = max([at, *(high for _, high in taken if high <= verb_at)])
        if match.group() not in ("支持", "指导") or _BY.search(text[start:verb_at]):
            low, lenient = _subject(text, at, verb_at)
            _add(found, verbs[match.group()], text, (low, verb_at), lenient=lenient)
        at = start + match.end()
    return found


def _stop(said: str, verbs: str) -> int:
    """Return where a list of names ends before a clause that says another role (…，B负责承办), else the whole."""
    at = 0
    for clause in re.split("(?<=[，,])", said):
        told = re.search(rf"(?:{verbs})(?!{_ONCE})", clause)
        if at and told and told.group() not in ("支持", "指导"):
            return at - 1
        at += len(clause)
    return len(said)


def _subject(text: str, start: int, end: int) -> tuple[int, bool]:
    """Return where the names before a verb begin, and whether 由 says that they are names."""
    said = text[start:end]
    lead = said.rfind("由")
    if lead >= 0 and said[max(lead - 1, 0) : lead] not in ("自", "理", "缘"):  # 自由, 理由
        return start + lead + 1, True
    cut = max(said.rfind(mark) for mark in "；;：:")
    # Names may be parted by commas: as many of the last parts as end like organisations.
    low = cut + 1
    parts = re.split("[，,]", said[low:])
    kept = len(parts) - 1
    while kept > 0 and all(names.is_organisation(piece) for piece in re.split("、", parts[kept - 1]) if piece):
        kept -= 1
    low += sum(len(part) + 1 for part in parts[:kept])
    return start + low, False


def _add(found: dict[str, list[Span]], name: str, text: str, span: Span, *, lenient: bool) -> None:
    start, end = span
    if lead := _LEAD.match(text[start:end]):
        start += lead.end()
    if tail := _TAIL.search(text[start:end]):
        end = start + tail.start()
    places = names.split(text, (start, end), joined=True)
    sound = [place for place in places if place[1] - place[0] <= names.LONGEST]
    if not sound or len(sound) < len(places):
        return
    if not lenient and not all(names.is_organisation(text[slice(*place)]) for place in sound):
        return
    found.setdefault(name, []).extend(place for place in sound if place not in found.get(name, []))
