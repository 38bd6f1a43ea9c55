"""Who bears a role in an alliance, by who stands nearest to its word: for sentences that no pattern knows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawlers.fields import mentions, names, roles
from crawlers.fields.sheet import Sheet
from schema.evidence import Origin, Reading, Span

LINES = 60
_FRESH = re.compile(r"当选|新一届|选举|换届|连任|推举|推选|蝉联|接任|接棒|继任|现任|续任")
_FUTURE = re.compile(r"拟|计划|将于|即将|上届|原理事长|前任")
_THIRD = re.compile(r"副|监事|执行|联席|名誉")


@dataclass(frozen=True, slots=True)
class _Role:
    """The word of a role, what joins a name behind it, and what may stand between a name and it."""

    word: re.Pattern[str]
    link: re.Pattern[str]
    gap: re.Pattern[str]
    most: int = 1


_CHAIR = _Role(
    re.compile(r"(?:理事长|会长|主席|盟主|轮值主席|轮值理事长|牵头)(?:所在)?(?:单位|企业|机构)"),
    re.compile(r"(?:一职)?(?:继续|仍|仍然|现|目前|暂|则|将)?(?:由|为|是|系|交由|落在|花落|归属|授予)?[:：—]{0,2}\s?“?"),
    re.compile(
        r"”?(?:[（(][^（）()]{1,30}[)）])?[^，。；、副]{0,10}(?:当选|担任|连任|出任|获选|成为|蝉联|选为|举为|接任|接棒|续任|继任|获任|任|是|为|系)[^，。；、副]{0,14}|[（(][^（）()，。；副]{0,8}"
    ),
)
_SECRETARIAT = _Role(
    re.compile(r"秘书处|秘书长单位|日常(?:工作|事务|运营|管理)"),
    re.compile(r"[^，。；、]{1,16}|"),
    re.compile(
        r"”?(?:[（(][^（）()]{1,30}[)）])?[^，。；、]{0,10}(?:承担|担任"
        r"|负责|作为|为|任|设[立有]?|建立|承接|承办|支撑|运作|牵头)[^，。；、]{0,8}"
        r"|[（(][^（）()，。；]{0,8}"
    ),
)
_INITIATORS = _Role(
    re.compile(r"发起|倡议|创始|首倡|牵头|筹建|(?:共同|联合|携手|合作)(?:组建|建立|成立|设立|创建|创办)|(?<=联合)组建"),
    re.compile(r"(?:成员|会员)?(?:单位|方|机构|人|者|企业)?(?:有|为|是|包括|包含|涵盖|分别为|分别是|[:：])+\s?"),
    re.compile(
        r"”?(?:等)?\s?(?:[\d一二两三四五六七八九十百]+\s?[余多]?\s?[家所个][^，。；、]{0,16})?(?:单位|机构|企业|高校|院所|组织)?，?(?:共同|联合|携手|牵头|自愿|积极|率先|作为|合作|主动|倡议|和)*"
    ),
    40,
)


def read(fields: dict[str, list[Reading]], sheet: Sheet, name: Reading) -> None:
    """Add initiators, chair and secretariat where nothing else said them."""
    lacking = {
        prop: role
        for prop, role in (
            ("chair_organisation", _CHAIR),
            ("secretariat", _SECRETARIAT),
            ("initiators", _INITIATORS),
        )
        if prop not in fields
    }
    text = sheet.view.text
    sentences = [one for span in sheet.prose[:LINES] for one in roles.sentences(text, span)] if lacking else []
    for prop, role in lacking.items():
        found = _best(text, sentences, role, str(name.value))
        if found:
            fields[prop] = names.readings(text, found, Origin.BODY)


def _best(text: str, sentences: Sequence[Span], role: _Role, own: str) -> list[Span]:
    """Return the bearers of a role in the sentence that most says who bears it now."""
    ranked: list[tuple[int, int, list[Span]]] = []
    for sentence in sentences:
        said = text[slice(*sentence)]
        if not role.word.search(said) or (_FUTURE.search(said) and "成立大会" not in said and not _FRESH.search(said)):
            continue
        found = mentions.find(text, sentence)
        for match in role.word.finditer(text, *sentence):
            bearers = _bearers(text, found, match, role)
            bearers = [one for one in bearers if own not in text[slice(*one)] and text[slice(*one)] not in own]
            if bearers:
                ranked.append((not _FRESH.search(said), sentence[0], bearers[: role.most]))
                break
    return min(ranked)[2] if ranked else []


def _bearers(text: str, found: list[Span], match: re.Match[str], role: _Role) -> list[Span]:
    if role is not _INITIATORS and _THIRD.search(text, max(0, match.start() - 4), match.start()):
        return []
    told = mentions.behind(text, found, match.end(), role.link)
    known = mentions.before(text, found, match.start(), role.gap)
    if role is _INITIATORS:
        known = known if len(known) > 1 or match.group() in ("发起", "倡议") else []
    else:
        told, known = told[:1], known[-1:]
    joined = bool(told) and text[match.end() : told[0][0]].strip("“ ") != ""
    return told if joined or not known else known
