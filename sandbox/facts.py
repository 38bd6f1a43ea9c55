"""What the sandbox's pages say, and what is true about them (`facts/*.yaml`, invented)."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schema.taxonomies import policy_types, validities
from schema.yamlfile import load_yaml

FOLDER = Path(__file__).parent / "facts"
RELATIONS = frozenset({"repost_of", "explains", "draft_of", "supersedes", "implements"})
IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Attachment(_Strict):
    """A file that a page links to; its text is served as a DOCX."""

    name: str
    path: str
    paragraphs: list[str]


class Printed(_Strict):
    """Where a page prints something else than the truth, or nowhere near where one expects it."""

    doc_number: str | None = None
    written_date: str | None = Field(None, description="empty: only the signature has it")
    meta_pub_date: IsoDate | None = Field(None, description="the meta tag disagrees with the table")
    source: str | None = Field(None, description="the site that a repost names as its source")


class Fact(_Strict):
    """One page of a site's list; the property names are those of a policy's record."""

    path: str
    kind: Literal["policy", "none"]
    title: str
    smart_economy: bool = False
    doc_number: str | None = None
    index_number: str | None = None
    issuers: list[str] = []
    written_date: IsoDate | None = None
    published_date: IsoDate
    effective_date: IsoDate | None = None
    expiry_date: IsoDate | None = None
    subject: str
    policy_type: str | None = None
    validity: str | None = None
    relation: dict[str, str] = {}
    same_as: str | None = Field(None, description="the address of the page that this one reposts")
    attachments: list[Attachment] = []
    printed: Printed = Printed()
    paragraphs: list[str] = Field(min_length=1)
    signature: list[str] = []
    images: list[str] = []

    @model_validator(mode="after")
    def _knows_its_words(self) -> Self:
        if self.kind == "policy":
            if self.policy_type not in policy_types():
                raise ValueError(f"policy type {self.policy_type!r} is unknown")
            if self.validity not in validities():
                raise ValueError(f"validity {self.validity!r} is unknown")
        if unknown := set(self.relation) - RELATIONS:
            raise ValueError(f"unknown relation {', '.join(sorted(unknown))}")
        return self

    @property
    def text(self) -> str:
        """The text inside the page's body container, one paragraph a line."""
        return "\n".join([*self.paragraphs, *self.signature])

    @property
    def printed_doc_number(self) -> str | None:
        """The document number as the page prints it, maybe in full-width digits."""
        return self.printed.doc_number or self.doc_number

    @property
    def table_written_date(self) -> str | None:
        """The written date as the metadata table has it; None where only the signature does."""
        return None if self.printed.written_date == "" else self.written_date

    @property
    def meta_pub_date(self) -> str:
        """The date in the meta tag PubDate."""
        return self.printed.meta_pub_date or self.published_date


class _File(_Strict):
    policies: list[Fact]


@lru_cache
def facts(site: str) -> tuple[Fact, ...]:
    """Return a site's facts in the order of its list (newest first).

    Raises InputError, with file and line, when the file breaks the rules.
    """
    return tuple(load_yaml(FOLDER / f"{site}.yaml", _File).policies)
