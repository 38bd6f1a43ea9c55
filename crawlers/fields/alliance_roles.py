"""What sentences say of an alliance's initiators, its chair and its secretariat."""

import re

from crawlers.fields import mentions, names, roles
from crawlers.fields.sheet import Sheet
from schema.evidence import Origin, Reading, Span

_INITIATED = re.compile(
    r"(?:联盟|协会|学会|联合体|促进会|该[^，。；]{0,4})?由(?P<who>[^。；]{4,400}?)(?:等\s?[\d一二三四五六七八九十百]*[余多]?\s?(?:家|个)?[^，。；、]{0,16})?(?:于\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?)?(?:，)?(?:共同|联合|牵头|自愿|倡议|作为发起单位)*(?:发起|倡议|组建)(?:成立|组建|设立)?"
    r"|发起(?:单位|方|机构|人)(?:为|包括|有|是)(?P<who2>[^。；]{4,400}?)(?=[，,](?:现有|目前|现已|共有|已有|成员|会员|首批|联盟|协会|秘书处|理事长|会长|涵盖|覆盖|并|于|\d)|[。；]|$)"
    r"|(?:^|[，。；])作为(?:联盟|协会|学会|联合体)?的?(?:首批|主要"
    r"|共同)?(?:发起|创始|倡议)(?:单位|方|机构)，(?P<who4>[^。；]{4,400}?)"
    r"(?=将|表示|均|分别|承诺|共同|[。；]|$)"
    r"|(?:^|[，。；]|在)(?P<who5>[^。；，由在]{4,400}?)(?:等[^，。；]{0,12})?的?(?:共同|联合)?(?:倡议|发起|牵头)下"
    r"|(?:^|[，。；])(?P<who6>[^。；，由]{4,400}?)(?:等[^，。；、]{0,12})?(?:[一二三四五六七八九十\d]+家"
    r"(?:单位|机构)?)?(?:是|为|作为|系)(?:该|本)?(?:联盟|协会|学会"
    r"|联合体)?的?(?:首批|主要|共同)?(?:发起|创始|倡议)(?:单位|方"
    r"|机构|人|成员|会员)"
    r"|(?:^|[，。；])(?P<who3>[^。；，由]{4,400}?)(?:等\s?[\d一二三四五六七八九十百]*[余多]?\s?(?:家|个)?[^，。；、]{0,16})?(?:共同|联合|携手|牵头|倡议)+(?:发起|倡议)(?:成立|组建|设立)?"
)
_CHAIR = (
    re.compile(
        r"作为(?:联盟|协会|学会)?的?(?:首届|首任|现任|轮值|本届)?(?:理事长|会长|主席)单位[，的]?(?P<who>[^，。；、：:]{4,40}?(?:公司|集团|大学|学院|研究院|研究所|中心|院|所))"
    ),
    re.compile(
        r"(?P<who>[^，。；、：:]{4,40}?)(?:全票|成功)?(?:连任|接任|继任|接棒|接替[^，。；]{2,30}(?:成为|出任|担任)|当选|蝉联|再次当选|被选举|被推选|被推举|推选|担任|获选|出任|任|系|是|为)(?:为|成为)?(?:联盟|协会|学会)?(?:的)?(?:首届|首任|新一届|新任|新一任|本届|下一届|现任|轮值|执行|第[一二三四五六七八九十]{1,2}届|理事会)*(?:理事长|会长|主席)单位"
    ),
    re.compile(
        r"(?<!副)(?:理事长|会长|主席|盟主|牵头)单位(?:继续|现|目前)?(?:由|为|是|系|[:：])(?P<who>[^，。；、：:]{4,40}?)(?:担任|连任|$|[，。；、])"
    ),
    re.compile(
        r"(?:选举|推选|推举|选出|选定)(?:产生|出|通过)?(?:了)?(?P<who>[^，。；、：:]{4,40}?)(?:为|担任|任)(?:联盟|协会|学会)?(?:的)?(?:首届|首任|新一届|新任|新一任|本届|下一届|现任|轮值|执行|第[一二三四五六七八九十]{1,2}届|理事会)*(?:理事长|会长|主席)单位"
    ),
)
_NUMBER = re.compile(r"[\d一二三四五六七八九十百]\s?[余多]?\s?家")  # 省内外78家企事业单位 is no name
_SECRETARIAT = (
    re.compile(
        r"秘书处(?:设在|设于|挂靠(?:在|于|单位[为是])?|落户|由|依托|常设在?|放在|设立在|承担单位为|单位为)(?P<who>[^，。；、：:]{3,40}?)(?:承担|负责|担任|运行|运作|设立|组建|开展|管理|[，。；、]|$)"
    ),
    re.compile(r"(?:挂靠(?:在|于|单位[为是])|依托单位[为是])(?P<who>[^，。；、：:]{4,40}?)(?:[，。；、]|$)"),
    re.compile(
        r"(?P<who>[^，。；、：:]{4,40}?)(?:继续|共同|将)?(?:担任|为|承担|负责)(?:联盟|协会|学会)?秘书(?:处|长)(?:单位|工作)"
    ),
)
# Who bears a role after the one that an earlier sentence named.
_LATER = re.compile(
    r"换届|接任|继任|接棒|接替|新一届|第[二三四五六七八九十]{1,2}届(?:理事会|会员|成员)|变更为|调整为|改由|迁至|改设"
)


def read(fields: dict[str, list[Reading]], sheet: Sheet, name: Reading) -> None:
    """Add what sentences say of initiators, chair and secretariat."""
    text = sheet.view.text
    told: set[str] = set()
    for span in sheet.prose[:60]:
        for sentence in roles.sentences(text, span):
            said = text[slice(*sentence)]
            if re.search(r"拟|计划|将于|即将", said) and not re.search("成立大会", said):
                continue
            if "initiators" not in fields and (match := _INITIATED.search(said)):
                group = next(name for name in ("who", "who2", "who3", "who4", "who5", "who6") if match[name])
                who = sentence[0] + match.start(group), sentence[0] + match.end(group)
                found = [s for s in names.split(text, who, joined=True) if s[1] - s[0] <= names.LONGEST]
                found = [s for s in found if str(name.value) not in text[slice(*s)] and not _NUMBER.search(text, *s)]
                if found and sum(names.is_organisation(text[slice(*s)]) for s in found) * 2 > len(found):
                    fields["initiators"] = names.readings(text, found, Origin.BODY)
            for prop, patterns in (("chair_organisation", _CHAIR), ("secretariat", _SECRETARIAT)):
                if prop in fields and not (prop in told and _LATER.search(said)):
                    continue
                who_span = next((one for p in patterns if (one := _who(text, sentence, p)) is not None), None)
                if who_span is not None:
                    told.add(prop)
                    fields[prop] = names.readings(text, [who_span], Origin.BODY)


def _who(text: str, sentence: Span, pattern: re.Pattern[str]) -> Span | None:
    for match in pattern.finditer(text[slice(*sentence)]):
        if "副" in match.group()[len(match["who"]) :]:
            continue
        start, end = sentence[0] + match.start("who"), sentence[0] + match.end("who")
        while lead := re.match(
            r"(?:会上|会议|大会|其中|花落|一致|推举|选出|联盟|协会|学会"
            r"|由|经|选举|推选|产生|了|并|，|在|于(?!\w?洪)|第一届|现|目前"
            r"|，?秘书处)",
            text[start:end],
        ):
            start += lead.end()
        inside = mentions.find(text, (start, end))
        if inside and inside[-1][1] == end:
            start = inside[-1][0]  # 常驻某大学
        found = names.trim(text, start, end)
        if found and names.is_organisation(text[slice(*found)]) and not re.search("副|工作人员", text[slice(*found)]):
            return found
    return None
