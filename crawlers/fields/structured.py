"""What the data in a page's scripts says of its subject: schema.org in JSON-LD, and objects whose keys are labels."""

import re
from collections.abc import Iterator

from crawlers.fields import jsonspans
from crawlers.fields.jsonspans import Value
from crawlers.fields.vocabulary import Vocabulary
from crawlers.view import View
from schema.evidence import Span

_COLUMN_KEYS = ("dataIndex", "field", "prop", "key", "code")
_COLUMN_LABELS = ("title", "label", "headerName", "text", "name")
FEWEST = 2  # things said besides the name, else an object is a publisher or an author
_SUBJECT = re.compile(r"Organi[sz]ation|Corporation|Company|Business|NGO|Institute|Laboratory|Library|Place")
# What a key says, by the words of which it consists; the properties of the kinds that may be called so.
_KEYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("legalname companyname fullname entname enterprisename orgname corpname qymc jgmc", ("legal_name", "name")),
    ("alternatename shortname abbr nickname jc", ("short_names", "short_name")),
    ("foundingdate founded founddate establish established establishdate establishtime", ("founded",)),
    ("createtime createdate setup estdate estiblishtime regdate setupdate clrq clsj", ("founded",)),
    ("addresslocality city cityname szcs", ("city",)),
    ("addressregion province provincename szsf", ("province",)),
    ("address streetaddress regaddress location zcdz", ("registered", "address")),
    ("url website homepage site weburl", ("website",)),
    ("creditcode uscc taxid vatid socialcreditcode tyshxydm unifiedcode", ("credit_code",)),
    ("industry industryname naics sshy category", ("industry",)),
    (
        "parentorganization parent superior supervisor affiliation affiliatedto department zgbm zgdw lsdw sjdw",
        ("parent",),
    ),
    ("field fields specialty focus researchfield researcharea direction knowsabout yjfx yjly", ("field",)),
    ("operator supportunit ytdw sponsor yyzt yydw jsdw jbdw host runby operatingunit", ("operator",)),
    ("approvaldate recognisedyear recognizedyear year rdnf rdsj certifiedyear batchyear", ("recognised_year",)),
    ("chair chairunit chairman lszdw hzdw president", ("chair_organisation",)),
    ("secretariat secretariatunit msc mscdw", ("secretariat",)),
    ("initiators initiator founders sponsors fqdw", ("initiators",)),
    ("level grade jb", ("level",)),
    ("region area district szd ssdq", ("place", "region")),
    ("fwzh wh docnumber documentnumber docno fileno filenumber", ("doc_number",)),
    ("fwjg fbjg issuer issuers issuingagency publisher puborg", ("issuers",)),
    ("cwrq writedate writtendate signdate", ("written_date",)),
    ("fbrq pubdate publishdate publisheddate publishtime", ("published_date",)),
    ("yxx sxx validity status state", ("validity",)),
    ("startdate begindate kssj", ("start_date",)),
    ("enddate jssj", ("end_date",)),
    ("host hosts zbdw", ("hosts",)),
    ("code schoolcode xxdm yxdm", ("code",)),
    ("membercount membernum numberofmembers members", ("member_count",)),
    (
        "name title bt mc policytitle fullname unitname dwmc dwqc institutename institution organization organisation",
        ("legal_name", "name"),
    ),
)
_PROPERTIES = {word: props for words, props in _KEYS for word in words.split()}


def read(view: View, names: frozenset[str]) -> Iterator[tuple[str, str, Span]]:
    """Yield key, property and place of what one object of a page's data says; `names` are the kind's properties.

    Of several objects the first that says enough is read; a list of many is one of `rows`.
    """
    for one in jsonspans.objects(view):
        found = list(_said(one, names))
        named = {prop for _, prop, _ in found} & {"name", "legal_name"}
        kind = one["@type"].text if "@type" in one else ""
        if named and len({prop for _, prop, _ in found}) > FEWEST and (not kind or _SUBJECT.search(kind)):
            yield from found
            return


def rows(view: View, words: Vocabulary) -> list[dict[str, Span]]:
    """Return the records that a list in a page's data holds, each as places by property; none of a list of one.

    Keys are known by their words, by the columns that the data itself describes (dataIndex: yyzt, title: 运营主体), or
    are labels themselves.
    """
    objects = list(jsonspans.objects(view)) if view.data else []
    described = {
        key.text: label.text
        for one in objects
        for key in [one[k] for k in _COLUMN_KEYS if k in one][:1]
        for label in [one[k] for k in _COLUMN_LABELS if k in one][:1]
    }
    found: list[dict[str, Span]] = []
    for one in objects:
        said: dict[str, Span] = {}
        for name, value in one.items():
            taught = words.get(described.get(name, name))
            if taught is not None and taught.property and value.text:
                said.setdefault(taught.property, value.span)
        for _, prop, span in _said(one, words.names):
            said.setdefault(prop, span)
        if len(said) >= FEWEST and {"name", "legal_name"} & set(said):
            found.append(said)
    return found if len(found) > 1 else []


def _said(one: dict[str, Value], names: frozenset[str]) -> Iterator[tuple[str, str, Span]]:
    for key, value in one.items():
        plain = re.sub(r"[^a-z]", "", key.lower())
        if isinstance(value.data, dict) and plain in ("address", "location"):
            yield from _said(value.data, names)
            continue
        inner = value
        if isinstance(value.data, dict) and "name" in value.data:
            inner = value.data["name"]
        if not inner.text or inner.text in ("-", "null", "None"):
            continue
        prop = next((prop for prop in _PROPERTIES.get(plain, ()) if prop in names), None)
        if prop is not None:
            yield key, prop, inner.span
