"""What labels and heads that nobody taught say of a round of financing: words of them and what stands there."""

import re

from crawlers.fields import funding_amount, funding_round, investors, legal_names
from crawlers.fields.pairs import Hint
from schema.types.partial_date import PartialDate

MOST_NAME = 30  # characters of a company's name
MOST_ROUND = 24  # of a cell with a round, and perhaps its sum
_NO_NAME = re.compile(r"[，。；：:！？]|^[\d\s./-]+$|轮$|融资|未披露|未公开|不详")


def is_round(text: str) -> bool:
    """Tell whether a value is a round, with its sum or without."""
    return len(text) <= MOST_ROUND and funding_round.of_cell(text) is not None


def is_amount(text: str) -> bool:
    """Tell whether a value is a sum of money, with its round or without."""
    return len(text) <= MOST_ROUND and funding_amount.of_cell(text) is not None


def is_day(text: str) -> bool:
    """Tell whether a value is a day, a month or a year."""
    return bool(re.search(r"\d", text)) and PartialDate.parse("".join(text.split())) is not None


def is_company(text: str) -> bool:
    """Tell whether a value is the legal name of a company."""
    return legal_names.is_whole("".join(text.split()))


def is_named(text: str) -> bool:
    """Tell whether a value may be what a company is called."""
    return 2 <= len(text) <= MOST_NAME and not _NO_NAME.search(text) and bool(re.search(r"[^\W\d]{2}", text))


def are_backers(text: str) -> bool:
    """Tell whether a value names investors."""
    return investors.is_list(text) and investors.ends_as_one(re.split(r"[、，,；;\n]|\s{1,4}", text.strip())[0])


_OTHER = "估值|累计|历史|总融资|注册|市值|营收|收入"
HINTS = {
    "investee_full": Hint(re.compile("全[称名]|工商|法人|主体|登记"), is_company, re.compile("投资|出资")),
    "round": Hint(re.compile("轮|阶段|类型|性质|融资"), is_round, re.compile("上一?轮|历史|往轮|前一轮")),
    "amount": Hint(re.compile("额|多少|规模|数目|钱|资金|体量|融资|融了|数量"), is_amount, re.compile(_OTHER)),
    "date": Hint(
        re.compile("时间|日期|日$|何时|年月|时点|时候|公布|官宣|披露|月份"),
        is_day,
        re.compile("成立|注册|更新|收录|创立|发布|创办|截止|录入|入库"),
    ),
    "lead": Hint(re.compile("领投|主投|牵头|领衔"), are_backers),
    "follow": Hint(re.compile("跟投|参投|随投|参与|其[他它]"), are_backers),
    "investors": Hint(
        re.compile("投资|资方|股东|机构|出资|谁投|谁给|金主|背后|买单|认购|来自"),
        are_backers,
        re.compile("顾问|FA|律|被投|获投|轮|额|时间"),
    ),
    "investee": Hint(
        re.compile("企业|公司|项目|品牌|标的|被投|获投|受资|谁拿|谁融"),
        is_named,
        re.compile("投资|机构|业务|主营|介绍|简介|数|官网|成立|类型|所在|行业|领域|地|人|估值|顾问|股东|规模"),
    ),
}
