"""The dictionary of the published tables: every column with its type and its meaning in Chinese and English."""

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "integer", "number", "boolean", "date", "list", "object"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. A `date` may be partial (2023, 2023-10); a `list` or an `object` is written as JSON."""

    name: str
    type: Type
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Table:
    """One published table; `key` orders its rows and tells them apart."""

    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]


ID = Column("id", "text", "实体标识", "stable public id of the entity")

POLICY = Table(
    "policy", "政策", "policies: one row a policy", ("id",),
    (
        ID,
        Column("title", "text", "标题", "title"),
        Column("doc_number", "text", "发文字号", "document number in canonical form"),
        Column("index_number", "text", "索引号", "index number"),
        Column("issuer", "text", "第一发文机关", "the first issuing agency, as printed"),
        Column("issuers", "list", "发文机关", "all issuing agencies, as printed"),
        Column("written_date", "date", "成文日期", "date written"),
        Column("published_date", "date", "发布日期", "date published on the web"),
        Column("effective_date", "date", "施行日期", "date in force"),
        Column("expiry_date", "date", "失效日期", "date of expiry"),
        Column("subject", "text", "主题分类", "subject, as the site says"),
        Column("policy_type", "text", "政策类型", "plan, implementation_opinion, action_plan or other"),
        Column("validity", "text", "有效性", "in_force, repealed, expired, draft or unknown"),
        Column("region", "text", "行政区划代码", "GB/T 2260 code of the first issuer's region"),
        Column("relation", "list", "与其他文件的关系", "relations to other documents"),
        Column("attachments", "list", "附件", "attachments: name and address"),
        Column("ai_relevance", "number", "人工智能相关度", "relevance to AI, 0 to 1"),
        Column("text", "text", "正文", "the text"),
    ),
)  # fmt: skip

GOVERNMENT = Table(
    "government", "政府机构", "governments and their departments: one row a body", ("id",),
    (
        ID,
        Column("name", "text", "名称", "full name"),
        Column("region", "text", "行政区划代码", "GB/T 2260 code"),
        Column("level", "text", "层级", "national, province, prefecture or county"),
    ),
)  # fmt: skip

ENTITY = Table(
    "entity", "实体", "all entities of all kinds", ("id",),
    (
        ID,
        Column("kind", "text", "类别", "kind"),
        Column("name", "text", "名称", "name"),
        Column("aliases", "list", "别名", "other names that its mentions bear"),
        Column("mentions", "integer", "提及数", "number of live mentions"),
    ),
)  # fmt: skip

ATTRIBUTE = Table(
    "attribute", "属性数据", "one row a value: where it was read, and whether it is the one shown",
    ("entity_id", "property", "rank", "ordinal"),
    (
        Column("entity_id", "text", "实体标识", "the entity"),
        Column("property", "text", "属性", "the property, a column of the entity's table"),
        Column("rank", "integer", "排序", "0: shown; 1 and more: what lost to it, best first"),
        Column("ordinal", "integer", "序号", "place in a list, from 0"),
        Column("value", "text", "值", "normal form; lists' members and objects as JSON"),
        Column("raw", "text", "原文", "as printed: what the spans say"),
        Column("origin", "text", "出处", "the part of the page: table, meta, title, body …"),
        Column("rule", "text", "规则", "why this value is shown"),
        Column("source_id", "text", "来源", "the site"),
        Column("record_id", "text", "记录", "the record"),
        Column("url", "text", "网址", "the page's address"),
        Column("document_sha256", "text", "文档哈希", "sha256 of the archived bytes that the spans index"),
        Column("spans", "list", "位置", "character offsets in the document's text"),
        Column("first_seen", "date", "首次见到", "day of the first fetch of this version"),
    ),
)  # fmt: skip

RELATION = Table(
    "relation", "关系数据", "one row a tie between two entities", ("id",),
    (
        Column("id", "text", "关系标识", "id of the tie"),
        Column("type", "text", "类型", "relation type"),
        Column("subject_id", "text", "主体", "subject entity"),
        Column("object_id", "text", "客体", "object entity"),
        Column("date", "date", "日期", "date of the tie"),
        Column("technology", "text", "技术", "technology category"),
        Column("application_domain", "text", "应用领域", "application domain"),
        Column("industry", "text", "行业", "the receiver's industry, GB/T 4754-2017"),
        Column("round", "text", "轮次", "investment round"),
        Column("amount", "object", "金额", "amount: low, high, currency"),
        Column("undirected", "boolean", "无向", "no direction is stated"),
    ),
)  # fmt: skip

RELATION_EVIDENCE = Table(
    "relation_evidence", "关系证据", "where each cell of a tie was read; several pages may state one tie",
    ("relation_id", "record_id", "property"),
    (
        Column("relation_id", "text", "关系标识", "the tie"),
        Column("record_id", "text", "记录", "the record"),
        Column("property", "text", "属性", "the column of the relation"),
        Column("raw", "text", "原文", "as printed"),
        Column("origin", "text", "出处", "the part of the page"),
        Column("source_id", "text", "来源", "the site"),
        Column("url", "text", "网址", "the page's address"),
        Column("document_sha256", "text", "文档哈希", "sha256 of the archived bytes"),
        Column("spans", "list", "位置", "character offsets in the document's text"),
    ),
)  # fmt: skip

REDIRECT = Table(
    "redirect", "标识重定向", "where ids went that are no longer in use", ("from_id",),
    (
        Column("from_id", "text", "旧标识", "the id that was"),
        Column("to_id", "text", "新标识", "the id that is"),
        Column("cause", "text", "原因", "cause"),
    ),
)  # fmt: skip

WIDE = {table.name: table for table in (POLICY, GOVERNMENT)}
TABLES = (ENTITY, *WIDE.values(), ATTRIBUTE, RELATION, RELATION_EVIDENCE, REDIRECT)
