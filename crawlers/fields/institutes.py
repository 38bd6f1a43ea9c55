"""Research institutes and new-type R&D organisations as lists name them: one extraction per row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from crawlers.fields import headings, institute_name, institute_profile, listed, registers, whereabouts
from crawlers.fields.institute_pairs import HINTS
from crawlers.fields.registers import Entry, Register
from crawlers.fields.sheet import Sheet
from crawlers.fields.vocabulary import section, vocabulary
from crawlers.pages import NotARecord
from crawlers.view import View
from schema.evidence import Extraction, Reading

PROPOSED = "proposed"
_NAME = re.compile(
    r"(?:研究院|研究所|研究总院|实验室|研究中心|科学院|设计院|工程院|创新院|分院|总院|院|所|中心|天文台|观象台|植物园|研究室|研究站|工作站|试验站|观测站|创新基地|研究基地|平台|联合体|博物馆|台)$"
)
_COMPANY = re.compile(r"(?:公司|集团|研究会|联盟|孵化器|创新工场|企业|学院|基地|园|合伙）?)$")
_SCHOOL = re.compile(r"(?<!科)学院$|大学$|学校$")  # 非大学科研机构
_NOT_NAME = re.compile(
    r"^(?:记者|本报|据|内设|主管|上级|依托|举办|[省市部院区县]属|中央|地方|国内|国外|全[国省市区县]|驻[\u4e00-\u9fff]{1,2}(?:科研|研究)|主要|各类|部分|知名|著名|(?:科研|研究)院$|位于|坐落|地处|来自|作为|建设|依托|加强|推进|支持|鼓励|完善|培育|打造|深化|强化|加快|引导|优化|组织|开展|建立|实施|提升|促进|推动|设立|成立|参观|负责|具有|拥有|面向|围绕|聚焦|一批|若干|新建)(?!银行)|下属|所属|直属|院属|附属(?!医院)|下设|通知|名单|共建|携手|签约|揭牌|公示|公告|关于|办法|简介$|概况$|信息公开|政务|联系我们|网站|党建|领导|现任|历任|机构设置|管理中心$|服务中心$|会议|年度报告|[？！?!。“”…]|成立$|动态|新闻|^(?:附件|各|本|我|该|上述|以下|其他|有关)|所有$|等$|下载|首页|审核|评审|怎样|如何|怎么|走出|走进|为何|什么|这家|那家|几家|哪家"
    r"|法院|检察院|医院$|派出所|事务所|厕所|场所|交易所|^研究院所?$|届|的(?!士)|不知道|定于|\d\s?[年月日]|^(?:走近|走进|探访|认识|聚焦)|(?:科研|研究)院所$|^研究[所院]$|^(?:国家)?(?:重点)?实验室$|^(?:研究|创新|技术)中心$|一览|之窗$|平台$(?<!创新平台)(?<!研发平台)(?<!技术平台)"
)
_RECOGNITION = re.compile(
    r"认定|批准|备案|新建|立项|组建|公布|命名|授予|入选|遴选|获批|确认|筹建|授牌|建设名单|建设的通知"
)
_CATALOGUE = re.compile(r"名录|一览|汇总|概况|简介|目录")
_NOTICE = re.compile(r"公布|认定|备案|批准|通知|公告|通报|决定|入选|确认|命名|批复|同意|组建")
_PARENT = re.compile(
    r"(?:^|[^\u4e00-\u9fff])(?P<who>[\u4e00-\u9fff]{2,24}?(?:科学院|研究院|工程院|研究总院|设计院|总院|集团有限公司|有限公司|集团|总公司|大学|委员会|[\u4e00-\u9fff]部|总局|管理局|[科农卫林水]\S{1,6}厅))"
    r"(?:[\s\-_|—:：>·]*)(?:院属|直属|所属|下属|附属|下设|科研机构|研究机构|组织机构|机构设置|研究单位|科研单位|研究院所|科研院所|机构一览|机构名录|研究所|各研究所|分支机构|京内外机构)"
)
_OWN = re.compile(
    r"院属|所属|直属|下属|附属|下设|研究单位|科研机构|研究机构|组织机构|机构设置|研究院所|科研院所|研究所"
)
_SITE = re.compile(
    r"[\-_|—–>]\s{0,2}(?P<who>[\u4e00-\u9fff]{2,24}(?:科学院|研究院|工程院|研究总院|集团有限公司|集团|总院))\s*$"
)


def is_name(text: str, kind: str) -> bool:
    """Tell whether a line's piece is the name of an institute; companies count for new-type organisations."""
    said = text.strip()
    core = re.sub(r"\s?[（(][^（）()]{0,30}[)）]$", "", said) or said
    if not 4 <= len(core) <= 50 or _NOT_NAME.search(said) or not re.search("[\u4e00-\u9fff]{2}", core):
        return False
    if re.search(r"[:：，,；;\t|｜丨【】〖〗·—]|^[\[［]", re.sub(r"[（(][^（）()]*[)）]", "", said)):
        return False
    if kind == "research_institute" and _SCHOOL.search(core):
        return False
    return bool(_NAME.search(core)) or (kind == "new_rd_organisation" and bool(_COMPANY.search(core)))


def extract(
    kind: str, view: View, row: Mapping[str, Reading] | None, files: Mapping[str, View] | None
) -> Extraction | list[Extraction]:
    """Return the institutes that a page and its files list, or the one that the page is about.

    Raises NotARecord for error texts, for lists of what was revoked, and for pages about nothing of the kind.
    """
    if listed.is_gone(view):
        raise NotARecord("an error text", is_gone=True)
    words = vocabulary(kind)
    register = registers.read(
        view, files, words, section(kind, "properties"), lambda text: is_name(text, kind), hints=HINTS[kind]
    )
    single = institute_profile.read(kind, view, row, register, lambda text: is_name(text, kind))
    blocks = _blocks(kind, register)
    pair = single is not None and len(blocks) == 2 and institute_name.is_subject(register.titles[:1], single)
    if len(blocks) > 1 and len(register.entries) < 2 and not pair:
        return listed.with_items(blocks, ("city", "operator", "parent", "recognised_year"))
    headed = register.titles[: 1 if blocks else 3]  # a page of blocks may be the site of an institute
    if single is not None and (len(register.entries) < 2 or institute_name.is_subject(headed, single)):
        return single
    about = tuple(section(kind, "about"))
    sheet = register.labelled[0].sheet
    entries = [entry for entry in register.entries if "name" in entry.cells and _is_about(kind, entry, about)]
    if sum(entry.in_table for entry in entries) > 1:  # whom a notice names besides its table is its author
        entries = [entry for entry in entries if entry.in_table or len(entry.cells) > 1]
    standing = [entry for entry in entries if not _is_revoked(entry)]
    if entries and not standing:
        raise NotARecord("what it lists has been revoked")
    found = _Rows(kind, view, sheet, register).read(standing)
    found = _fuller(found, blocks) if blocks else found
    if standing and standing[0].in_table:
        institute_profile.complete(kind, register.labelled[0], found)
    if len(found) > 1 or (found and standing[0].in_table):
        return listed.with_items(found, ("city", "operator", "parent", "recognised_year"))
    if single is not None:
        return single
    raise NotARecord("no institute is named in the title or a list")


def _stated(kind: str, cells: Mapping[str, Reading]) -> Extraction:
    """Return the institute that cells state."""
    one = Extraction(kind, {"name": [cells["name"]]})
    for prop in ("parent", "operator"):
        if who := listed.organisations(cells.get(prop)):
            one.fields[prop] = who
    values = {
        "founded": listed.date(cells.get("founded")),
        "recognised_year": listed.year(cells.get("recognised_year")),
        "field": cells.get("field"),
    }
    one.fields |= listed.fields_of(values)
    placed, one.warnings = whereabouts.locate(cells, [])
    one.fields |= listed.fields_of(placed)
    return one


def _blocks(kind: str, register: Register) -> list[Extraction]:
    """Return the institutes of a page without tables of them that has a block or a paragraph for each."""
    if not register.labelled or any(entry.in_table and "name" in entry.cells for entry in register.entries):
        return []
    own = register.labelled[0]
    told = institute_profile.directory(kind, own.sheet, own, lambda text: is_name(text, kind))
    return told or institute_profile.several(kind, own, lambda text: is_name(text, kind))


def _fuller(rows: list[Extraction], blocks: list[Extraction]) -> list[Extraction]:
    """Return the rows and the blocks of a page as one: the list that names more, with what the other says besides."""
    best, other = (blocks, rows) if len(blocks) >= len(rows) else (rows, blocks)
    named = {listed.key(str(one.value("name"))): one for one in other}
    for one in best:
        if (same := named.get(listed.key(str(one.value("name"))))) is not None:
            one.fields = one.fields | {prop: said for prop, said in same.fields.items() if prop not in one.fields}
    return best


def _is_about(kind: str, entry: Entry, about: Sequence[str]) -> bool:
    """Tell whether a heading says that a list is one of the kind; institutes are also known by their names."""
    said = "".join(str(heading.raw) for heading in entry.above)
    if any(word in said for word in about):
        return kind == "new_rd_organisation" or entry.in_table or is_name(str(entry.cells["name"].value), kind)
    return kind == "research_institute" and entry.in_table and bool(_NAME.search(str(entry.cells["name"].value)))


def _is_revoked(entry: Entry) -> bool:
    status = entry.cells.get("status")
    if status is not None and headings.is_revocation(str(status.value)):
        return True
    return headings.is_revoked(str(heading.raw) for heading in entry.above)


class _Rows:
    """Reads the rows of one page: what all share is read once."""

    def __init__(self, kind: str, view: View, sheet: Sheet, register: Register) -> None:
        self.kind, self.view, self.register = kind, view, register
        self.issued = listed.issued(sheet)
        self.warnings = register.warnings
        self.settled = listed.is_settled(view)

    def read(self, entries: list[Entry]) -> list[Extraction]:
        """Return one extraction for each entry that names something."""
        found = []
        for entry in entries:
            named = listed.name(entry.cells["name"])
            if named is None:
                continue
            cells = entry.cells
            one = _stated(self.kind, {**cells, "name": named})
            if "parent" not in one.fields:
                self._add(one, "parent", self._parent(entry, named))
            year = self._year(entry, one)
            proposed = (
                one.warnings[-1:] if year is None and one.warnings[-1:] and one.warnings[-1][0] == PROPOSED else []
            )
            one.fields.pop("recognised_year", None)
            self._add(one, "recognised_year", [year])
            placed, warnings = whereabouts.locate(cells, self._of_place(entry), self._whole(entry))
            one.fields |= listed.fields_of(placed)
            one.warnings = [
                *proposed,
                *warnings,
                *(("unknown_label", d) if c == "unknown_head" else (c, d) for c, d in self.warnings),
            ]
            found.append(one)
        return found

    @staticmethod
    def _add(one: Extraction, prop: str, readings: Sequence[Reading | None]) -> None:
        if said := [reading for reading in readings if reading is not None]:
            one.fields[prop] = said

    def _of_place(self, entry: Entry) -> list[Reading]:
        """Return the headings that may be a region's name: a page's titles are not."""
        return [heading for heading in entry.above if heading not in self.register.titles]

    def _whole(self, entry: Entry) -> Reading | None:
        own = [heading for heading in entry.above if heading not in self.register.titles]
        recognised = self.kind == "new_rd_organisation" or any(_RECOGNITION.search(h.raw) for h in entry.above)
        national = any(
            re.search(r"国家级?(?:重点|工程|企业|技术|产业)|全国|科技部(?!门)|教育部(?!门)", h.raw) for h in entry.above
        )
        titles = [h for h in own if headings.section_region(h.raw) is None]
        return listed.issuer_region(self.view, titles, self.register.titles, site=recognised and not national)

    def _year(self, entry: Entry, one: Extraction) -> Reading | None:
        if (said := listed.year(entry.cells.get("recognised_year"))) is not None:
            return said
        texts = [str(heading.raw) for heading in entry.above]
        if not self.settled and (title := headings.is_proposed(texts)) is not None:
            one.warnings.append((PROPOSED, title))
            return None
        batch = entry.cells.get("recognised_year")
        above = [*([batch] if batch else []), *entry.above]
        whole = " ".join(texts)
        if self.kind == "research_institute" and not _RECOGNITION.search(whole):
            return None
        if (found := headings.first_year(above)) is not None:
            return found
        title = next((h.raw for h in self.register.titles), "")
        if self.issued is None or _CATALOGUE.search(title) or not _NOTICE.search(title):
            return None
        return replace(self.issued, value=int(str(self.issued.value)[:4]))

    def _parent(self, entry: Entry, named: Reading) -> list[Reading]:
        """Return the academy whose institutes the headings say these are."""
        if self.kind != "research_institute":
            return []
        for heading in entry.above:
            match = _PARENT.search(heading.raw)
            if match is None and _OWN.search(heading.raw):
                match = _SITE.search(heading.raw)
            if match and match["who"] != named.value:
                return [headings.part(heading, match.span("who"), match["who"])]
        if any(_OWN.search(heading.raw) for heading in entry.above):
            tail = self.view.slice([self.view.title])
            if match := _SITE.search(tail):
                start, end = (self.view.title[0] + at for at in match.span("who"))
                whole = replace(named, raw=self.view.text[start:end], spans=((start, end),), document=None)
                return [replace(whole, value=match["who"])]
        return []
