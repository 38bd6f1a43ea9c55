"""Rounds in the data of a page's scripts: told by the keys of an object and by what its values hold."""

import re

from crawlers.fields import jsonspans
from crawlers.fields.funding_cells import Row, kind
from crawlers.view import View
from schema.evidence import Span

FEWEST = 3  # things that an object says of a round
_KEYS = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        ("round", r"round|stage|phase|turn|lunci|^lc$|^rzlc$|series|轮次|轮$|阶段"),
        ("amount", r"amount|money|\bsum|jine|scale|price|^(?:rz)?je$|^rze$|raised|volume|金额|额$|规模"),
        (
            "investors",
            (
                r"investor|institution|backer|agenc|vc|capital|tzf|tzjg|jigou|funder|participant|lead|follow|shareholder"
                r"|投资|资方|机构|领投|跟投|出资"
            ),
        ),
        ("date", r"date|time|day|riqi|shijian|^(?:rz|pl|gb)?(?:rq|sj)$|日期|时间|^when$|announced"),
        (
            "investee",
            (
                r"company|enterprise|project|brand|investee|firm|corp|startup|portfolio|target|^(?:qy|gs|xm)mc$|qiye|gongsi"
                r"|name|title|企业|公司|项目|品牌"
            ),
        ),
    )
)
_OTHER_KEYS = re.compile(
    r"update|create|publish|modif|found(?!er)|establish|industry|desc|id$|type|url|logo|link|成立|更新|简介|行业|领域",
    re.IGNORECASE,
)
_VALUES = ("round", "amount", "date")  # what is told by the value too


def rows(view: View) -> list[Row]:
    """Return the rounds that objects of JSON state, by their keys and by what the values hold."""
    found = []
    for one in jsonspans.objects(view):
        cells: dict[str, Span] = {}
        backers: list[Span] = []
        for key, value in one.items():
            name = next((name for name, words in _KEYS if words.search(key) and not _OTHER_KEYS.search(key)), None)
            leaves = [leaf for leaf in value.leaves() if leaf.text and not leaf.text.isdecimal()]
            if name is None or name in cells or not leaves:
                continue
            if name in _VALUES and kind(leaves[0].text) != name:
                continue
            if name == "investors":
                backers += [leaf.span for leaf in leaves]
            else:
                cells[name] = leaves[0].span
        if "round" in cells and len(cells) >= FEWEST:
            found.append(Row(cells, backers))
    return found
