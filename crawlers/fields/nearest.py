"""Who bears a role, by who stands nearest to its word: for sentences whose order no pattern knows."""

import re
from collections.abc import Callable, Sequence

from crawlers.fields import mentions, roles
from schema.evidence import Span

FARTHEST = 18  # what may stand between a name and the word of its role
_COMMA = 3  # how much a comma between them counts
# What stands between a name and its role without saying anything.
_FILLER = re.compile(
    r"作为|负责|承担|担任|交由|交给了?|委托|引入|进行|专门|具体|日常|全面|统一|整体|该?园区"
    r"|的|是|为|由|，(?=专门|负责|承担)|[（()）：:“”]"
)
_ANOTHER = re.compile(r"签约|落户|入驻|投产|合作|子公司|参观|考察|竞得|摘牌|中标|获奖|上市")


def bearer(text: str, sentences: Sequence[Span], word: re.Pattern[str], fits: Callable[[str], bool]) -> Span | None:
    """Return the place of the organisation that stands nearest to a word of a role, in the best of the sentences.

    `fits` tells which organisations may bear it. Words inside an organisation's own name are no words of a role.
    """
    ranked: list[tuple[int, int, Span]] = []
    for sentence in sentences:
        if not word.search(text, *sentence):
            continue
        found = [_behind(text, one, word) for one in mentions.find(text, sentence)]
        fitting = [one for one in found if fits(text[slice(*one)])]
        for match in word.finditer(text, *sentence):
            if any(low <= match.start() < high for low, high in found):
                continue
            for one in fitting:
                between = (one[1], match.start()) if one[1] <= match.start() else (match.end(), one[0])
                if any(between[0] <= other[0] < between[1] for other in found):
                    continue
                gap = _FILLER.sub("", text[slice(*between)])
                far = len(gap) + _COMMA * gap.count("，")
                if far <= FARTHEST and not _ANOTHER.search(text[slice(*between)]):
                    ranked.append((far, sentence[0], one))
    return min(ranked)[2] if ranked else None


def sentences(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the places of the sentences of all spans."""
    return [one for span in spans for one in roles.sentences(text, span)]


def _behind(text: str, one: Span, word: re.Pattern[str]) -> Span:
    """Return a name without a word of a role that is glued before it: 园区运营方|某某公司."""
    for match in word.finditer(text, *one):
        rest = match.end(), one[1]
        if text[match.end() - 1] in "方商位体构者队" and mentions.is_named(text[slice(*rest)]):
            return rest
    return one
