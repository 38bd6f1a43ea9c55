"""Rounds of financing in running text: a sentence with a round begins one, the sentences after it go on with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crawlers.fields import (
    funding_amount,
    funding_round,
    investee,
    investee_weighed,
    investors,
    periods,
    relative_days,
    roles,
)
from schema.evidence import Origin, Reading, Span
from schema.types.partial_date import PartialDate

_EVENT = re.compile(r"融资|融[了到得]|募资|[A-H]\d?\+*轮|天使轮|种子轮|战略投资|获.{0,30}投资|IPO|入股|注资")
_DONE = re.compile(
    r"(?:完成|获得?|斩获|拿下|收获|揽获|引入|签署|迎来|敲定|达成|官宣|宣布|拟|计划|将|终止|取消"
    r"|启动|寻求|推进|正在|否认|收到|领投|投资|进行|开展|过|筹划|登陆|募资|挂牌|上市|曾|有意"
    r"|考虑|开启|交割|到账|收官|落地|落定|募得|谈妥|签约|敲定|筹备|打算|准备|投出|出手|入账"
    r"|拿到|拿了|签下|确认|披露|公布|公告|结束|告成|画上句号|尘埃落定|收尾|完毕|喜提|入股|注资|并无|未曾|融[了到得])"
)
RUMOUR = re.compile(
    r"据传|传言|传闻|网传|(?:知情|消息)人士|市场消息|坊间|小道消息|有消息称|媒体曝|被曝|未经证实|疑似|传出|(?:^|[，。；：:！!“\s])传(?![感媒统输奇动])[^，。]{0,12}(?:融资|轮)"
)
_DENIED = re.compile(
    r"终止|取消|否认|不实|不属实|不符|并无|未曾|从未|谣|澄清|纯属|失实|未能(?:完成|达成)|失败|告吹|撤回|搁置|并未(?:完成|进行|启动|开展|获得)|没有(?:进行|开展|任何)?(?:此|这一?轮|该轮|本轮)?融资|(?:没有|无)(?:此事|任何融资|相关)|子虚乌有|辟谣|不再(?:推进|进行)|叫停|中止|未(?:完成|达成)|放弃|作废|解除|无融资计划|虚假"
)
_PLANNED = re.compile(
    r"(?<![模虚草])拟(?!人|合)|打算|目标(?:金额|规模|募资|融资)|前期沟通|商谈|磋商|尚未签|(?:投资方|资方)未定|酝酿|接洽|待交割|计划(?:于|在|进行|完成|启动|开展|通过|融资|引入|募|以|年|明|今|下|于|再|新)|意向|有望|正在(?:洽谈|寻求|进行|推进|筹|接触|开展|与|开放|募|筹划|启动)|筹划|预计(?:将|于|在|完成|本轮|融|募)|(?:即)?将(?:于|在|要|会|完成|启动|开启|获得|获|引入|进行|开展|融|募|向)|考虑|(?:谈判|洽谈)|寻求|启动[^，。]{0,12}融资|开启[^，。]{0,12}融资|有意|筹备|准备(?:启动|进行|开展)|尚未(?:完成|交割)|推进中|洽谈中"
)
_USES = re.compile(
    r"用途|资金(?:将)?(?:主要)?用|将(?:主要)?用于|用于|募集资金|估值将|将继续|将进一步|将加[大快速]|用以"
)
_EARLIER = re.compile(
    r"此前|曾|早前|过往|上一轮|前一轮|历史上|成立以来|回顾|历次|早在|距离?[^，。]{0,12}(?:完成|[上前]一?轮)|那一?轮|时隔|同年"
    r"|次年|[前上]轮|之后又"
)
_ABOUT = re.compile(
    r"本轮|此轮|此次|本次|该轮|这轮|这一轮|该笔|领投|跟投|投资方|老股东|股东|加码|投资机构|资方|参投|出资|独家|融资金额|参与|投资人|募得|募集|交易额|总金额|一共|投的|注资|签约|入账|账上|账户|到账|进账|打款|到手|感谢|谢谢|致谢|鸣谢"
)
_ADVICE = re.compile(
    r"(?:[^，。；、]*(?:担任|出任|任|作为|系|是|为)[^，。；]{0,20}?(?:财务顾问|融资顾问|法律顾问|FA(?![A-Za-z]))|(?:(?!融资|轮)[^，。；]){0,40}(?:财务顾问|融资顾问|法律顾问|独家FA|法律服务))[^，。；]*"
)
_SPEECH = re.compile(r"表示|认为|指出|谈到|说道|告诉|坦言|评价|强调|(?<![简全名])[说称][:：，]|解释")
_OTHER_MONEY = re.compile(
    r"贷款|授信|债券|融资租赁|融资平台|融资担保|基金(?:完成)?(?:首|终)?关|募集完成|新基金|融资对接|融资难|投融资|融资服务|融资环境|融资渠道|融资需求"
)
_RELATIVE = re.compile(
    r"(?P<word>今年|去年|前年|本月|同年|当年|次年)(?:的)?(?:(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月份?)?(?:(?P<d>\d{1,2})[日号])?"
)
_COUNTED = re.compile(r"\d[起笔]|及以后|通常|一般会|往往|多为|大多|\d[%％]|占比|同比|环比|据[^，。]{0,6}统计|单笔")
_FUNDS = re.compile(r"(?<!种)子基金|引导基金")
# What tells of a round's own parties, whatever words stand in their names (创新基金, 引导基金).
_PARTIES = re.compile(r"(?:本|此|该|这|这一)轮|本次|此次|领投|跟投|参投|投资方")
_LISTS = re.compile(
    r"(?:投资方|资方|投资机构|出资方|投资人|投资者|股东|领投方|跟投方|阵容|名单)[^，。；]{0,12}[:：]\s*$"
)
_HAN_MONTHS = {name: number for number, name in enumerate([*"一二三四五六七八九十", "十一", "十二"], start=1)}


@dataclass(slots=True)
class Round:
    """One round as one place says it; `order` is where it stands, `past` tells that it is history."""

    order: int
    who: Reading | None = None
    full: Reading | None = None
    round: Reading | None = None
    amount: Reading | None = None
    date: Reading | None = None
    lead: list[Reading] = field(default_factory=list)
    follow: list[Reading] = field(default_factory=list)
    certainty: str = "stated"
    said: Reading | None = None
    past: bool = False
    titled: bool = False
    listed: bool = False  # from a table or labels: several rounds of one company are several


class Story:
    """The rounds of a text's sentences; `rumours` counts those left out."""

    def __init__(
        self,
        text: str,
        published: PartialDate | None,
        known: Sequence[str] = (),
        items: Mapping[int, Span] | None = None,
        leads: Mapping[int, Span] | None = None,
        legal: Sequence[str] = (),
    ) -> None:
        self.text, self.published, self.known = text, published, list(known)
        self.leads = dict(leads or {})  # by the start of a paragraph, the company that it is about
        self.legal = list(legal)  # legal names of companies that were financed, the surest first
        self.items = dict(items or {})  # by the start of a line, the company that it heads
        self.rounds: list[Round] = []
        self.rumours = 0
        self.current: Reading | None = None
        self._announced: Reading | None = None  # the day that a line such as 5月1日，X宣布： sets for the next one
        self._listing = False  # right under a line such as 投资方：
        self._fresh = False  # right under an item's heading
        self._seen: PartialDate | None = None

    def read(self, spans: list[Span], origin: Origin = Origin.BODY) -> None:
        """Read lines in order; what they say is added to `rounds`."""
        for span in spans:
            if (name := self.items.get(span[0])) is not None:
                raw = self.text[slice(*name)]
                self.current = Reading(raw, raw, origin, (name,))
                self._fresh = True
                continue
            if (name := self.leads.get(span[0])) is not None:
                raw = self.text[slice(*name)]
                self.current = Reading(raw, raw, origin, (name,))
            if self._listing and self.rounds and self._goes_on(span, origin):
                continue
            for part in _headed(self.text, span):
                for sentence in roles.sentences(self.text, part):
                    for deal in _deals(self.text, sentence):
                        self._sentence(deal, origin)
            said = self.text[slice(*span)]
            announced = len(said) <= 60 and said.rstrip().endswith(("：", ":", "，")) and not funding_round.find(said)
            self._announced = self._date(said, span[0], origin) if announced else None
            self._listing = bool(_LISTS.search(self.text[slice(*span)]))

    def _goes_on(self, span: Span, origin: Origin) -> bool:
        """Add the investors that a line names under the words that announce them; tell whether it does."""
        said = self.text[slice(*span)]
        if len(said) > 60 or re.search("[。！？；：:]|融资|完成", said):
            return False
        one = self.rounds[-1]
        known = {str(reading.value) for reading in (*one.lead, *one.follow)}
        found = [self._name(self.text, each, 0, origin) for each in investors.split(self.text, span)]
        one.follow += [reading for reading in found if str(reading.value) not in known]
        return bool(found)

    def _sentence(self, sentence: Span, origin: Origin) -> None:
        said = self.text[slice(*sentence)]
        plain = _ADVICE.sub(lambda match: "＿" * len(match.group()), said)
        plain = re.sub(r"[“「][^”」]{25,}[”」]?", lambda match: "＿" * len(match.group()), plain)
        if RUMOUR.search(plain) and not _DENIED.search(plain):
            self.rumours += bool(_EVENT.search(plain))
            return
        # A buffer with the masked sentence at its place: every offset stays that of the page.
        if self._compact(plain, sentence[0], origin):
            return
        for part in self._parts(plain):
            self._part(plain, part, sentence[0], origin)

    def _compact(self, said: str, base: int, origin: Origin) -> bool:
        """Read a line such as X：A轮，5000万元，某资本; tell whether it is one."""
        match = re.match(r"(?P<who>[^：:，。|｜]{2,40})[:：|｜]\s*(?=(?P<rest>.+))", said)
        rounds = funding_round.find(match["rest"]) if match else []
        if match is None or len(rounds) != 1 or rounds[0][0] > 0 or _DONE.search(match["rest"].replace("投资", "")):
            return False
        who = investee.cleaned(said, *match.span("who"))
        if who is None:
            return False
        one = Round(base, who=self._name(said, who, base, origin))
        self.current = one.who
        for part in re.finditer(r"[^，,;；|｜]+", match["rest"]):
            start, end = match.end() + part.start(), match.end() + part.end()
            at = base + start, base + end
            if part.start() == 0:
                place = at[0] + rounds[0][0], at[0] + rounds[0][1]
                raw = self.text[slice(*place)]
                one.round = Reading(funding_round.normal(raw), raw, origin, (place,))
            elif (money := funding_amount.of_cell(part.group())) is not None:
                one.amount = Reading(funding_amount.as_json(money), self.text[slice(*at)], origin, (at,))
            else:
                one.follow += [self._name(said, each, base, origin) for each in investors.split(said, (start, end))]
        self.rounds.append(one)
        return True

    def _parts(self, said: str) -> list[Span]:
        """Return a sentence in parts with one round each."""
        found = funding_round.find(said)
        cuts = [0]
        for (_, end), (start, _) in pairwise(found):
            between = said[end:start]
            dated = [
                m.start()
                for m in re.finditer(r"(?:19|20)\d\d\s?年|(?<![\d年])\d{1,2}月|今年|去年|前年|同年|次年", between)
            ]
            marks = [m.end() for m in re.finditer("[；;]", between)] or [m.end() for m in re.finditer("，", between)]
            if dated:
                before = [m.end() for m in re.finditer("[，；、;]|以及|和|及", between[: dated[0]])]
                cuts.append(end + (before[-1] if before else dated[0]))
            elif marks:
                # The words of the next round begin behind the last comma before its verb.
                cuts.append(end + _next(between, marks))
            elif joint := re.search("以及|[、和及与]", between):
                cuts.append(end + joint.end())
            else:
                cuts.append(start)
        return list(zip(cuts, [*cuts[1:], len(said)], strict=True))

    def _part(self, said: str, part: Span, base: int, origin: Origin) -> None:
        text = said[slice(*part)]
        shift = base + part[0]
        rounds = funding_round.find(text)
        about = bool(_EVENT.search(text)) and bool(_DONE.search(text))
        subject = investee.subject(text, (0, len(text))) if about else None
        # A资本领投B公司的A轮融资: the subject is an investor.
        into = investee.invested_in(text, (0, len(text))) if rounds else None
        who = self._surest(text, self._refined(text, into or subject), bool(rounds or about))
        if self.items and self.current is not None and into is None:
            who = None  # under an item's heading, the item's company is meant
        elif who is None and (rounds or about):
            who = self._named(text, rounds)
        own = bool(_PARTIES.search(text))
        counted = _COUNTED.search(text) or (_FUNDS.search(text) and not own)
        if counted and not self.items and (who is None or text[slice(*who)] not in self.known):
            return
        if about and not rounds and ((_OTHER_MONEY.search(text) and not own) or _SPEECH.search(text)):
            return
        new = self._is_new(text, rounds, who)
        if new:
            one = Round(shift, past=bool(_EARLIER.search(text)))
            if who is not None:
                self.current = self._name(text, who, shift, origin)
            one.who = self.current
            if rounds:
                at = rounds[0]
                raw = text[slice(*at)]
                one.round = Reading(funding_round.normal(raw), raw, origin, ((shift + at[0], shift + at[1]),))
            self._certainty(one, text, shift, origin)
            self.rounds.append(one)
            self._fill(one, text, shift, origin, dated=True)
            if into is not None and subject is not None and subject[1] <= into[0] and not one.lead:
                one.lead += [self._name(text, each, shift, origin) for each in investors.split(text, subject)]
        elif self.rounds and _ABOUT.search(text) and not _SPEECH.search(text):
            one = self.rounds[-1]
            if re.search(r"本轮|此次|本次", text) and one.past:
                one = next((each for each in self.rounds if not each.past and each.who == one.who), one)
            self._fill(one, text, shift, origin, dated=False)
            if one.certainty == "stated" and _DENIED.search(text) and _EVENT.search(text):
                self._certainty(one, text, shift, origin)
        elif self.rounds and _DENIED.search(text) and re.search("融资|轮|传闻|消息|报道", text):
            self._certainty(self.rounds[-1], text, shift, origin)

    def _named(self, text: str, rounds: list[Span]) -> Span | None:
        """Return the place of a known company, or of what stands right before the round."""
        known = investee_weighed.find(text, (0, len(text)), self.known)
        if known is None and rounds and self.current is None and not self.items:
            return investee.before_round(text, rounds[0][0])
        return known

    def _refined(self, text: str, who: Span | None) -> Span | None:
        """Return the place of a known company within what was taken for its name together with other words."""
        if who is None:
            return None
        said = text[slice(*who)]
        if investee_weighed.is_person(said, self.text):
            return None
        if said in self.known:
            return who
        inner = investee_weighed.find(text, who, self.known)
        if inner is not None and investee_weighed.is_more(said, text[slice(*inner)]):
            return inner
        return None if investee_weighed.is_none(said) else who

    def _surest(self, text: str, who: Span | None, told: bool) -> Span | None:
        """Return the legal name of a financed company in a sentence; any other is an investor's or an adviser's."""
        sure = investee_weighed.find(text, (0, len(text)), self.legal) if told else None
        if sure is None or (who is not None and sure[0] <= who[0] < sure[1]):
            return who
        return sure

    def _is_new(self, text: str, rounds: list[Span], who: Span | None) -> bool:
        if self._fresh and rounds:
            self._fresh = False
            return True
        if not rounds:
            if who is None or not re.search(
                r"融资|融[了到得]|获.{0,40}投资|募资|引入.{0,30}(?:战略投资|投资者)|入股|注资", text
            ):
                return False
            name = text[slice(*who)]
            before = self.rounds[-1] if self.rounds else None
            same = before is not None and before.who is not None and _same(str(before.who.value), name)
            if same and before is not None and re.search("累计|共计|总计|历史|至今", text):
                return False
            return bool(
                re.search(r"完成|获|融[了到得]|引入|拟|计划|终止|取消|寻求|启动|否认|宣布|将|正在|收到|登陆|筹划", text)
            )
        if (
            not _DONE.search(text)
            and not (who and "融资" in text)
            and not funding_amount.of_round(text)
            and not re.search("投资方|领投|由", text)
        ):
            return False
        return bool(who is not None or self.current is not None)

    def _name(self, text: str, who: Span, shift: int, origin: Origin) -> Reading:
        raw = text[slice(*who)]
        return Reading(raw.strip(), raw, origin, ((shift + who[0], shift + who[1]),))

    def _certainty(self, one: Round, text: str, shift: int, origin: Origin) -> None:
        kept = ",".join(part for part in re.split("[，；]", text) if not _USES.search(part))
        for word, pattern in (("denied", _DENIED), ("planned", _PLANNED)):
            if (match := pattern.search(kept)) and not (
                word == "planned"
                and re.search(r"(?:已|正式|宣布|顺利|成功|近日)?完成(?!后|之后)", kept[: match.start()])
            ):
                at = text.find(match.group())
                one.certainty = word
                one.said = Reading(word, match.group(), origin, ((shift + at, shift + at + len(match.group())),))
                return

    def _fill(self, one: Round, text: str, shift: int, origin: Origin, *, dated: bool) -> None:
        if one.amount is None and (sum_ := funding_amount.of_round(text, told=dated or len(text) < 60)):
            money, start, end = sum_
            raw = self.text[shift + start : shift + end]
            one.amount = Reading(funding_amount.as_json(money), raw, origin, ((shift + start, shift + end),))
        if dated and one.date is None:
            one.date = self._date(text, shift, origin) or self._announced
        lead, follow = investors.told(text, (0, len(text)))
        own = str(one.who.value) if one.who else ""
        for spans, kept in ((lead, one.lead), (follow, one.follow)):
            for start, end in spans:
                name = text[start:end]
                known = {str(reading.value) for reading in (*one.lead, *one.follow)}
                if "＿" not in name and name not in known and name != own and not funding_round.find(name):
                    raw = self.text[shift + start : shift + end]
                    kept.append(Reading(raw.strip(), raw, origin, ((shift + start, shift + end),)))

    def _date(self, text: str, shift: int, origin: Origin) -> Reading | None:
        year = self.published.year if self.published else None
        told = relative_days.find(text, self.published)
        found = [(str(p.first), p.start, p.end) for p in periods.find(text, year)]
        found = [one for one in found if not any(low < one[2] and one[1] < high for _, low, high in told)]
        if not found:
            found = [(match[1], *match.span()) for match in re.finditer(r"(?<!\d)((?:19|20)\d\d)\s?年(?!\s?\d)", text)]
        found = found or told
        found = [
            one
            for one in found
            if not re.search(r"(?:成立|创立|创建|始建|创办|预计)[^，。]{0,4}$", text[: one[1]])
            and not re.match(r"(?:注册)?(?:成立|创立|创办|以来)", text[one[2] :])
        ]
        # 3月12日消息，3月11日公司宣布…: the day of the news is none of the round where another is said.
        own = [
            one
            for one in found
            if not re.match(r"\s?(?:消息|讯|电|获悉|报道|[^，。]{0,8}(?:获悉|消息|报道))", text[one[2] :])
        ]
        found = own or found
        if found:
            value, start, end = found[0]
            self._seen = PartialDate.parse(value)
            return Reading(value, self.text[shift + start : shift + end], origin, ((shift + start, shift + end),))
        if match := _RELATIVE.search(text):
            base = self._seen if match["word"] in ("同年", "当年", "次年") else self.published
            if base is not None:
                number = base.year - {"去年": 1, "前年": 2, "次年": -1}.get(match["word"], 0)
                month = base.month if match["word"] == "本月" else _month(match["m"])
                try:
                    value = str(PartialDate(number, month, int(match["d"] or 0) if month else 0))
                except ValueError:
                    return None
                at = shift + match.start(), shift + match.end()
                return Reading(value, self.text[slice(*at)], origin, (at,))
        return None


def _deals(text: str, sentence: Span) -> list[Span]:
    """Return a sentence in its deals: parts between semicolons that hold a round each."""
    cuts = [match.end() for match in re.finditer("[；;]", text[slice(*sentence)])]
    bounds = [sentence[0], *(sentence[0] + cut for cut in cuts), sentence[1]]
    parts = [one for one in pairwise(bounds) if text[slice(*one)].strip()]
    each = [bool(funding_round.find(text[slice(*one)])) for one in parts]
    return parts if len(parts) > 1 and all(each) else [sentence]


def _headed(text: str, span: Span) -> list[Span]:
    """Return a line of a digest in two: its heading in brackets (【X完成A轮融资】) and what is said under it."""
    match = re.match(r"\s*(?:\d{1,2}\s?[.、．]\s?)?[【\[［](?P<head>[^】\]］\n]{6,60})[】\]］]", text[slice(*span)])
    if match is None or not _EVENT.search(match["head"]):
        return [span]
    start = span[0]
    return [(start + match.start("head"), start + match.end("head")), (start + match.end(), span[1])]


def _month(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdecimal() else _HAN_MONTHS.get(text, 0)


def _same(one: str, other: str) -> bool:
    return one in other or other in one


def _next(between: str, marks: list[int]) -> int:
    """Return after which mark the next round's words begin: the first that is followed by a verb of getting."""
    for mark in marks:
        if re.search(r"完成|获|此前|曾|引入|宣布|继", between[mark:]):
            return mark
    return marks[-1]
