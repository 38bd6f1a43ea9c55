"""The columns that a name's parts make: what the specifications of organisations, events and documents compare."""

from resolution.names import events, titles
from resolution.names.normal import normal_form
from resolution.names.parts import PartType
from resolution.pairs.meaning import numbers
from resolution.pairs.name import read

# The columns, each with what it holds of a name; "" where the name does not say it.
COLUMNS = {
    "normal": "the normal form of the whole name",
    "core": "the normal form without the places that the name begins with",
    "place": "the code of the first place (GB/T 2260)",
    "brand": "the brand (字号)",
    "trade": "the words of the trade",
    "form": "the legal form, or the word for the kind",
    "unit": "the unit or branch",
    "initials": "the first two characters of the core",
    "number": "numbers of its own: the third hospital, the 38th institute",
    "series": "a conference's name without edition and year",
    "edition": "the number of the edition",
    "year": "the year",
    "title": "the core of a document's title: what stands in 《》, without issuer and 的通知",
    "stage": "what a paper is to its document: final, draft, explanation",
}


def parts(printed: str, kind: str = "") -> dict[str, str]:
    """Return the columns of one name, in any spelling, all of COLUMNS; `kind` is what it is, where that is known."""
    name = read(printed, kind)
    event, document = events.read(name.parts.text), titles.read(name.parts.text)
    return {
        "normal": name.normal,
        "core": name.core,
        "place": next((code for code in name.parts.places if code != "CN"), ""),
        "brand": normal_form(name.parts.brand),
        "trade": normal_form(name.parts.said(PartType.TRADE)),
        "form": name.parts.said(PartType.FORM) or name.parts.said(PartType.KIND),
        "unit": name.unit,
        "initials": name.core[:2],
        "number": " ".join(map(str, numbers(name))),
        "series": normal_form(event.series),
        "edition": str(event.edition or ""),
        "year": str(event.year or ""),
        "title": normal_form(document.core),
        "stage": document.stage,
    }
