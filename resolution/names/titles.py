"""Titles of policies: the document that a title is about, and what this paper is to it."""

import re
from dataclasses import dataclass

DRAFT, EXPLANATION, FINAL = "draft", "explanation", "final"
_QUOTED = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_DRAFT = re.compile(r"\(?(?:公开)?(?:征求意见稿|意见征集稿|征求意见|公开征求|草案|送审稿|讨论稿)\)?")
_EXPLAINED = re.compile(r"(?:政策|文件|图文|专家|一图|问答|部门)?(?:解读|图解|读懂|问答|答记者问|起草说明|编制说明)")
_WRAPPING = re.compile(
    r"^(?:.{0,40}?)关于(?:公开|修订|转发|重新|联合)?(?:印发|发布|下发|转发|批转|公布|实施|执行|修改|废止|征求|贯彻落实)"
    r"|的(?:通知|公告|通告|函|批复|决定|意见的函|公示)$"
)


@dataclass(frozen=True, slots=True)
class Title:
    """What a policy's title says: the core (the document itself), the stage of this paper, and who is named first."""

    core: str
    stage: str
    is_wrapped: bool


def read(title: str) -> Title:
    """Return the core of a plain title: inside of 关于印发《…》的通知 what stands in the book-title marks.

    The stage is draft (征求意见稿), explanation (解读) or final; of a title without wrapping the core is itself.
    """
    quoted = max(_QUOTED.findall(title), key=len, default="")
    around = title.replace(f"《{quoted}》", "") if quoted else title
    stage = EXPLANATION if _EXPLAINED.search(around) else DRAFT if _DRAFT.search(title) else FINAL
    if quoted and (stage != FINAL or _WRAPPING.search(around)):
        return Title(_bare(quoted), stage, is_wrapped=True)
    bare = _WRAPPING.sub("", title)
    return Title(_bare(bare or title), stage, is_wrapped=bare != title)


def _bare(text: str) -> str:
    """Return a core without marks of its stage and of being on trial: 管理办法(试行) is 管理办法."""
    text = _DRAFT.sub("", text)
    text = re.sub(r"\((?:试行|暂行|修订|修订版|全文|[0-9]{4}年?(?:版|修订)?)\)", "", text)
    return re.sub(r"[\s《》]+", "", text)
