"""One institute that a page is about: its labels, then the sentences of its profile or of news on it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawlers.fields import headings, institute_name, listed, names, places, whereabouts
from crawlers.fields.headline import published
from crawlers.fields.registers import Register
from crawlers.fields.sheet import Sheet
from crawlers.fields.stated import Statements
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading, Span
from schema.types.partial_date import PartialDate

IsName = Callable[[str], bool]
_DATE = (
    r"(?P<date>(?:(?:19|20)\d\d|[一二][〇○零Oo一二三四五六七八九]{3})\s?年"
    r"(?:\s?\d{1,2}\s?月|\s?[一二三四五六七八九十]{1,2}月)?(?:\s?\d{1,2}\s?日|[一二三四五六七八九十]{1,3}日)?"
    r"|(?:19|20)\d\d[./-]\d{1,2}(?:[./-]\d{1,2})?)"
)
_BIRTH = (
    r"(?:正式|批准|注册|揭牌|组建|登记|挂牌|发起|共同|联合|宣布|获批|批复)*"
    r"(?:成立|创建|始建|组建|创立|设立|创办|建立|建所|建院|揭牌|挂牌|注册|筹建成立|诞生)"
)
_FOUNDED = (
    re.compile(
        rf"(?:成立|创建|始建|组建|创立|设立|创办|建立|注册|登记|诞生|揭牌|挂牌)(?:日期|时间)?[于在为是]\s?{_DATE}"
    ),
    re.compile(rf"{_DATE}(?P<between>[^，。；]{{0,60}}?[，,]?[^，。；]{{0,60}}?){_BIRTH}"),
    re.compile(rf"(?:自|从){_DATE}[^，。；]{{0,6}}(?:成立|组建|建所|建院|创建)(?:以来|起|至今)?"),
)
_SHORT_DATE = re.compile(r"(?<![\d年])(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_PARENT = (
    re.compile(r"(?:隶属|直属|从属|附属|归属)于?(?P<who>[^，。；、（(]{2,30}?)(?:的|管理|领导|主管|[，。；（(、]|$)"),
    re.compile(
        r"(?:是|为|系|作为)(?P<who>[^，。；、（(是]{2,30}?)(?:直接)?(?:直属|下属|所属|属下|下设|主管|举办|管辖|领导)(?:的|科研|事业|公益|单位|研究|机构|，|副?[厅处局]级|独立)"
    ),
    re.compile(r"(?:由|归)(?P<who>[^，。；由]{2,30}?)(?:主管|直接管理|管理|领导)"),
    re.compile(
        r"(?:记者|笔者|小编)?(?:近日|日前|今日|今天|昨日)?[从据](?P<who>[^，。；、从据]{2,30}?)(?:获悉|了解到?|消息|介绍|透露|方面)[^。；]{0,6}?[，,]?(?:该[院所部厅局委]|其|由其)(?:直属|下属|所属|属下|下设|主管|管理|举办)的?"
    ),
    re.compile(
        r"(?:^|[，。；])(?P<who>[^，。；、的]{2,30}?)(?:直属|下属|所属|属下|下设|主管)的?(?=[^，。；]{4,30}(?:所|院|中心|室))"
    ),
    re.compile(r"(?:上级(?:主管)?|主管|行政主管)(?:单位|部门|机构)(?:为|是)(?P<who>[^，。；、]{2,30})"),
)
_OPERATOR = (
    re.compile(
        r"(?:依托|挂靠)(?:于|在|单位为|单位是)?(?P<who>[^，。；]{2,60}?)(?:共同|联合|牵头)?(?:组建|建设|设立|成立|创建|建立|运行|管理|而建|筹建|[，。；]|$)"
    ),
    re.compile(
        r"(?:由|是由|系由)(?P<who>[^，。；由]{2,80}?)(?:共同|联合|合作|携手|牵头|出资|投资|负责|具体|全资|发起|主导|参与|承担)*(?:举办|组建|建设|共建|运营|设立|成立|创办|发起|创建|建立|运行|创立|打造|筹建|承建)"
    ),
    re.compile(
        r"(?:依托|举办|运营|承建|建设|运行|牵头|运营管理)(?:单位|主体|机构|公司|方|者)(?:为|是)(?P<who>[^，。；]{2,60})"
    ),
    re.compile(
        r"(?:^|[，；。日])(?P<who>[^，。；由日]{4,60}?)(?:与|和)?(?:共同|联合|合作|携手)(?:共建|组建|建设|成立|设立|打造|创办|发起)"
    ),
)
_FIELD = (
    re.compile(
        r"(?:主要|重点|长期|专门|致力于?|围绕)?(?:从事|开展)(?P<what>[^。；]{2,80}?)(?:等)?(?:领域|方向|方面|学科)?(?:中?的|及相关)?(?:应用基础|基础|前沿|技术|科学|创新|应用|前瞻性|关键技术|核心技术|及应用|与应用|共性)*(?:研究|研发|技术攻关|攻关|科研|开发|创新)"
    ),
    re.compile(
        r"(?:聚焦|面向|围绕|专注于?|致力于|瞄准|立足)(?:于|在)?(?P<what>[^。；，]{2,60}?)(?:等)?(?:重点|前沿|产业|技术|关键|核心|主要|研究)?(?:领域|方向|方面)"
    ),
    re.compile(
        r"以(?P<what>[^。；，]{2,60}?)(?:等)?为(?:主要|重点|核心|特色|主攻|优势|主)*(?:研究|研发|学科|发展|主攻)?(?:领域|方向|重点|特色)"
    ),
    re.compile(
        r"(?:主要)?(?:研究|研发|学科|技术)(?:领域|方向)(?:为|是|包括|有|涵盖|涉及|主要为|主要包括|集中在|[:：])(?P<what>[^。；]{2,80})"
    ),
)
# Words that stand before 研究 and 攻关 without saying of what.
_NO_FIELD = re.compile(
    r"(?:关键|核心|共性|前沿|基础|应用|技术|科学|产业|科技|成果|转化|重大|战略|相关|先进|多项|系列|一批|创新|工程|攻关|研发|和|与|、|性|化|高水平|原创|合作|国际|学术|交流)+"
)
_RECOGNISED = (
    re.compile(
        r"(?P<year>(?:19|20)\d\d)\s?年度?[^，。；]{0,12}(?:新型研发机构|新型创新组织|重点实验室)[^，。；]{0,6}(?:备案|认定|名单)"
        r"[^。；]{0,40}(?:入选|列入|上榜|获批|榜上有名|位列|通过|在列)"
    ),
    re.compile(
        r"(?P<year>(?:19|20)\d\d)\s?年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?[^。；]{0,40}?(?:认定|批准|评为|备案|入选|授牌|获批|列入|纳入|确认|命名|评定|认证)(?:为|成为|成|了)?[^。；]{0,24}?(?:新型研发机构|新型研究开发机构|新型科研机构|重点实验室|研究中心|创新中心|实验室|研发机构|新型创新组织)"
    ),
    re.compile(
        r"(?:认定|批准|获批|备案|入选|被评为)[^。；，]{0,40}?(?P<year>(?:19|20)\d\d)\s?年度?[^。；，]{0,16}?(?:新型研发机构|重点实验室|新型研究开发机构)"
    ),
    re.compile(r"(?:于|在)(?P<year>(?:19|20)\d\d)年[^。；]{0,20}(?:通过|获|被|经)[^。；]{0,30}(?:认定|备案|批准)"),
)
_WHERE = re.compile(
    r"(?:位于|注册于|注册在|扎根|落址于?|地处|坐落于|坐落在|座落于|座落在|落户于?|落地|选址于?|设在|设于|总部(?:设)?在|(?:(?<![管托建办上])单位|所部|院部|本部|园区|机构)(?:就|就坐落|设)?在(?!线|[职编])|(?:地址|地点|驻地|办公地)(?:就)?(?:在|位于|为|是)|所址在|院址在|注册地[为在]?|(?<=[室院所心日）])在(?=[\u4e00-\u9fff]{2,16}(?:正式|共同|顺利|揭牌|成立|挂牌|启用)))(?:中国)?(?P<where>[^，。；]{2,40})"
)
_TELLS = re.compile(r"。|(?:成立|始建|创建|组建|创立|设立)于.{4,16}[，,]?$")  # a value under 简介 that is a sentence
_PERSON = re.compile(
    r"(?:院长|所长|主任|研究员|教授|博士|院士)[，,]"
)  # what somebody works on is not the institute's field
_EARLIER = re.compile(r"前身|原名|最早|其前|曾|筹备|筹建于")
_KIND_WORDS = {
    "new_rd_organisation": re.compile(
        r"新型研发机构|新型研究开发机构|新型科研机构|新型创新组织|新型研发组织|产业技术研究院|产业研究院|产业创新研究院|民办非企业|事业单位|研究院有限公司|研发机构"
    ),
    "research_institute": re.compile(
        r"研究所|研究院|实验室|研究中心|科学院|创新中心|工程中心|天文台|植物园|设计院|总院|工程院|中心"
    ),
}


def read(
    kind: str, view: View, row: Mapping[str, Reading] | None, register: Register, is_name: IsName
) -> Extraction | None:
    """Return what a page says of the one institute that it is about, or None where it is about none."""
    sheet = Sheet(view)
    stated = register.labelled[0] if register.labelled else None
    if stated is None:
        return None
    profile = _Profile(kind, sheet, stated)
    name = institute_name.read(stated, register.titles, (row or {}).get("title"), profile.prose, is_name)
    if name is None and len(register.labelled) == 2:
        # The page leads to its file, which holds the profile.
        stated = register.labelled[1]
        profile = _Profile(kind, stated.sheet, stated)
        name = institute_name.read(stated, [], None, profile.prose, is_name)
        if name is not None:
            name = replace(name, document=profile.document)
    if name is None:
        return None
    one = profile.extraction(name, register.titles)
    about = _KIND_WORDS[kind].search(view.text[slice(*view.body)])
    return one if len(one.fields) >= 2 and about else None


def directory(kind: str, sheet: Sheet, stated: Statements, is_name: IsName) -> list[Extraction]:
    """Return the institutes of which a page has a paragraph each, three and more, that begins with the name."""
    found: dict[str, Extraction] = {}
    for span in sheet.prose:
        name = institute_name.opening(sheet.view.text, span, is_name)
        if name is None or name.value in found:
            continue
        profile = _Profile(kind, sheet, stated)
        profile.prose, profile.labels = [span], False
        one = profile.extraction(name, [])
        if len(one.fields) >= 2:
            found[str(name.value)] = one
    return list(found.values()) if len(found) >= 3 and len(found) * 2 > len(sheet.prose) else []


class _Profile:
    """Reads one document about one institute."""

    def __init__(self, kind: str, sheet: Sheet, stated: Statements) -> None:
        self.kind, self.sheet, self.stated = kind, sheet, stated
        self.text = sheet.view.text
        self.labels = True  # whether the page's labels speak of this institute
        self.document = getattr(sheet.view, "document", None)
        table = [span for one in stated.all for span in one.lines if not _TELLS.search(self.text[slice(*span)])]
        self.prose = [span for span in sheet.prose if span not in table]

    def extraction(self, name: Reading, titles: Sequence[Reading]) -> Extraction:
        """Return all that the document states of it."""
        one = Extraction(self.kind, {"name": [name]})
        self.own = str(name.value)
        found: dict[str, Reading | None] = {
            "founded": listed.date(self._label("founded")) or self._founded(),
            "recognised_year": listed.year(self._label("recognised_year")) or self._recognised(titles),
            "field": self._label("field") or self._field(),
        }
        one.fields |= listed.fields_of(found)
        for prop, patterns in (("parent", _PARENT), ("operator", _OPERATOR)):
            label = self._label(prop)
            who = listed.organisations(label) if label else self._who(patterns)
            if who:
                one.fields[prop] = who
        if one.value("operator") == one.value("parent") and "operator" in one.fields and not self._label("operator"):
            one.fields.pop("operator")
        cells = {
            prop: said for prop in ("province", "city", "place", "address") if (said := self._label(prop)) is not None
        }
        if not cells and (where := self._where()) is not None:
            cells["place"] = where
        placed, warnings = whereabouts.locate(cells, [])
        one.fields |= listed.fields_of(placed)
        one.warnings = [*warnings, *(("unknown_label", label) for label in self.stated.unknown)]
        return one

    def _label(self, prop: str) -> Reading | None:
        for one in self.stated.of(prop) if self.labels else ():
            start, end = one.first
            raw = self.text[start:end].rstrip(" ；;。，,、")
            if not one.column and raw and raw not in ("-", "—", "无", "/", "暂无"):
                return self._reading((start, start + len(raw)), Origin.TABLE)
        return None

    def _reading(self, span: Span, origin: Origin) -> Reading:
        raw = self.text[slice(*span)]
        return Reading(re.sub(r"\s*\n\s*", "", raw).strip(), raw, origin, (span,), self.document)

    def _clauses(self) -> Iterator[Span]:
        """Yield the sentences of the text."""
        for start, end in self.prose[:40]:
            at = start
            for match in re.finditer(r"[。！？]", self.text[start:end]):
                yield at, start + match.start()
                at = start + match.end()
            if at < end:
                yield at, end

    def _founded(self) -> Reading | None:
        for pattern in _FOUNDED:
            for start, end in self._clauses():
                said = self.text[start:end]
                for match in pattern.finditer(said):
                    before = re.split("[，；]", said[: match.start()])[-1]
                    between = match.groupdict().get("between") or ""
                    if _EARLIER.search(before + between) or re.search(
                        r"认定|入选|获批|公司与|截至|实验室(?!由|$)|中心(?!由|$)|同意", between.replace(self.own, "")
                    ):
                        continue
                    date = next(iter(PartialDate.find(match["date"])), None)
                    value = str(date[0]) if date else str(PartialDate.parse(match["date"]) or "")
                    if value:
                        span = start + match.start("date"), start + match.end("date")
                        return replace(self._reading(span, Origin.BODY), value=value)
        return self._news_day() if self.labels else None

    def _news_day(self) -> Reading | None:
        """Return the day of 10月16日，某实验室揭牌成立, in the year in which the news was published."""
        day = published(self.sheet)
        for start, end in self._clauses():
            said = self.text[start:end]
            match = _SHORT_DATE.search(said)
            if (
                match
                and day
                and self.own in said
                and re.search(rf"{re.escape(self.own)}[”》]?[^，。；]{{0,8}}(?:揭牌|成立|挂牌)", said)
            ):
                date = PartialDate.parse(f"{day.year}-{int(match['m']):02d}-{int(match['d']):02d}")
                if date is not None and date <= day:
                    return replace(
                        self._reading((start + match.start(), start + match.end()), Origin.BODY), value=str(date)
                    )
        return None

    def _recognised(self, titles: Sequence[Reading]) -> Reading | None:
        if headings.is_proposed(str(title.raw) for title in titles[:2]):
            return None
        for pattern in _RECOGNISED:
            for start, end in self._clauses():
                for match in pattern.finditer(self.text[start:end]):
                    span = start + match.start("year"), start + match.end("year")
                    return replace(self._reading(span, Origin.BODY), value=int(match["year"]))
        return None

    def _field(self) -> Reading | None:
        for pattern in _FIELD:
            for start, end in self._clauses():
                if _PERSON.search(self.text[start:end]):
                    continue
                for match in pattern.finditer(self.text[start:end]):
                    said = match["what"]
                    low = start + match.start("what")
                    lead = re.match(r"(?:以|在|对|针对|面向|围绕|聚焦|于)", said)
                    low += lead.end() if lead else 0
                    said = re.sub(
                        r"(?:等|方面|领域|方向|的|相关|为主|技术领域)+$", "", said[lead.end() if lead else 0 :]
                    )
                    if (
                        2 <= len(said) <= 60
                        and not _NO_FIELD.fullmatch(said)
                        and not re.search(r"国家|需求|战略|世界|国际|经济|科技前沿|[省市]重大", said)
                    ):
                        return self._reading((low, low + len(said)), Origin.BODY)
        return None

    def _who(self, patterns: Sequence[re.Pattern[str]]) -> list[Reading]:
        for pattern in patterns:
            for start, end in self._clauses():
                for match in pattern.finditer(self.text[start:end]):
                    low, high = start + match.start("who"), start + match.end("who")
                    parts = [part for part in names.split(self.text, (low, high), joined=True) if self._is_other(part)]
                    whole = names.split(self.text, (low, high), joined=True)
                    if parts and len(parts) == len(whole):
                        return [self._reading(part, Origin.BODY) for part in parts]
        return []

    def _is_other(self, span: Span) -> bool:
        said = self.text[slice(*span)]
        return (
            names.is_organisation(said)
            and said != self.own
            and not re.match(r"(?:我|本|该|其|国家(?:级|重大)|一[个批家])", said)
        )

    def _where(self) -> Reading | None:
        for start, end in self._clauses():
            for match in _WHERE.finditer(self.text[start:end]):
                span = start + match.start("where"), start + match.end("where")
                if places.at_start(self.text[slice(*span)]) is not None:
                    return self._reading(span, Origin.BODY)
        return None
