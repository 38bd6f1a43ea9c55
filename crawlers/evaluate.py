"""How well pages are read: extraction scored against expected values, and baselines on the same pages."""

import base64
import binascii
import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import htmldate
import trafilatura

from crawlers.charset import decode
from crawlers.pages import EXTRACTORS, NotARecord
from crawlers.view import View
from schema.errors import InputError
from schema.evidence import Extraction
from schema.types.document_number import DocumentNumber
from schema.types.partial_date import PartialDate

DATES = frozenset(
    {"date", "written_date", "published_date", "effective_date", "expiry_date"}
    | {"start_date", "end_date", "founded", "established"}
)
ROW_NAMES = ("name", "investee", "legal_name", "title")  # what a row of a page of many records is matched by
LISTS = frozenset(
    {"issuers", "attachments", "hosts", "organisers", "co_organisers", "supporters", "themes", "initiators", "members"}
    | {"leading_industries", "programmes", "short_names", "revenue", "investors", "rows"}
)
UNKNOWN = frozenset({"", "UNKNOWN", "UNKNWON", "NONE", "NULL", "N/A", "未知"})
_SHAPE = 'each line: {"url": "…", "html": "…" or "html_base64": "…", "expected": {…}, "kind": "policy"}'


@dataclass(frozen=True, slots=True)
class Case:
    """A page with what should be read from it. `where` is its file and line, for messages."""

    where: str
    url: str
    body: bytes
    expected: dict[str, Any]
    kind: str


@dataclass(slots=True)
class Score:
    """The running score of one field."""

    n: int = 0
    correct: int = 0
    f1: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, float]:
        """Return n, correct, accuracy, and for lists the mean F1."""
        found: dict[str, float] = {"n": self.n, "correct": self.correct}
        found["accuracy"] = round(self.correct / self.n, 4) if self.n else 0.0
        if self.f1:
            found["f1"] = round(sum(self.f1) / len(self.f1), 4)
        return found


def evaluate_pages(path: Path | str, *, baselines: bool = False, details: bool = False) -> dict[str, Any]:
    """Return the scores of extraction on the pages of a JSONL file, or of a folder of page folders.

    A field counts where its expected value is known; dates compare at the expected precision, document
    numbers in canonical form, numbers as numbers, text after NFKC without white space, lists as sets (and by
    mean F1). `rows`, the records of a page of many, are matched by their name or title and count by the cell.
    `text_f1` is the mean F1 over character bigrams of the pages with an expected text. With `baselines`,
    trafilatura's text and htmldate's dates are scored on the same pages. With `details`, the misses are
    listed. Raises InputError with file and line for anything that cannot be evaluated.
    """
    scores: dict[str, Score] = defaultdict(Score)
    texts: list[float] = []
    base_texts: list[float] = []
    base_dates: dict[str, Score] = defaultdict(Score)
    misses: list[dict[str, Any]] = []
    pages = 0
    for case in cases(Path(path)):
        pages += 1
        values = _read(case)
        for name, expected in case.expected.items():
            if _unknown(name, expected):
                continue
            if name == "text":
                texts.append(text_f1(str(values.get("text") or ""), str(expected)))
                if baselines:
                    base_texts.append(text_f1(_baseline_text(case), str(expected)))
                continue
            found = values.get(name)
            scorer = _score_rows if name == "rows" else _score
            right = scorer(scores[name], name, found, expected)
            if details and not right:
                misses.append({"where": case.where, "field": name, "expected": expected, "found": found})
            if baselines and name in ("date", "published_date"):
                _score(base_dates[name], name, _baseline_date(case), expected)
    if not pages:
        raise InputError("no page to evaluate", where=str(path), remedy=_SHAPE)
    result: dict[str, Any] = {"pages": pages}
    result["fields"] = {name: score.summary() for name, score in sorted(scores.items())}
    if texts:
        result["text_f1"] = round(sum(texts) / len(texts), 4)
    if baselines:
        result["baselines"] = {"fields": {name: score.summary() for name, score in sorted(base_dates.items())}}
        if base_texts:
            result["baselines"]["text_f1"] = round(sum(base_texts) / len(base_texts), 4)
    if details:
        result["misses"] = misses
    return result


def cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a JSONL file, of one page folder, or of a folder of page folders."""
    if not path.exists():
        raise InputError("no such file or folder", where=str(path), remedy="give a JSONL file or a folder of pages")
    if path.is_file():
        yield from _lines(path)
        return
    folders = [path] if (path / "page.html").exists() else sorted(p.parent for p in path.glob("*/page.html"))
    for folder in folders:
        yield _folder(folder)


def _lines(path: Path) -> Iterator[Case]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _line(line, f"{path}:{number}")


def _line(line: bytes, where: str) -> Case:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"not JSON ({error})", where=where, remedy=_SHAPE) from None
    if not isinstance(row, dict):
        raise InputError("not a JSON object", where=where, remedy=_SHAPE)
    expected = row.get("expected")
    if not isinstance(expected, dict):
        raise InputError("`expected` is missing or no object", where=where, remedy=_SHAPE)
    url, kind = row.get("url", ""), row.get("kind") or "policy"
    if not isinstance(url, str) or not isinstance(kind, str):
        raise InputError("`url` and `kind` must be strings", where=where, remedy=_SHAPE)
    if isinstance(encoded := row.get("html_base64"), str):
        try:
            return Case(where, url, base64.b64decode(encoded, validate=True), expected, kind)
        except (binascii.Error, ValueError) as error:
            raise InputError(f"`html_base64` is no base64 ({error})", where=where, remedy="encode it again") from None
    if not isinstance(html := row.get("html"), str):
        raise InputError("neither `html` nor `html_base64` is there", where=where, remedy=_SHAPE)
    return Case(where, url, html.encode("utf-8", errors="replace"), expected, kind)


def _folder(folder: Path) -> Case:
    expected: dict[str, Any] = {}
    for name, file in (("text", "content.txt"), ("date", "date.txt"), ("author", "author.txt")):
        if (folder / file).exists():
            expected[name] = (folder / file).read_bytes().decode("utf-8", errors="replace").strip("\ufeff \r\n\t")
    return Case(str(folder), "", (folder / "page.html").read_bytes(), expected, "article")


def _read(case: Case) -> dict[str, Any]:
    extractor = EXTRACTORS.get(case.kind)
    if extractor is None:
        kinds = ", ".join(sorted(EXTRACTORS))
        raise InputError(f"no extractor for the kind {case.kind!r}", where=case.where, remedy=f"use one of {kinds}")
    try:
        found = extractor(View.of(case.body, case.url))
    except NotARecord:
        return {}
    extractions = [found] if isinstance(found, Extraction) else list(found)
    values = properties(extractions[0]) if extractions else {}
    values["rows"] = [properties(row) for row in extractions]
    return values


def properties(extraction: Extraction) -> dict[str, Any]:
    """Return an extraction's properties as plain values, named as in the domain."""
    values: dict[str, Any] = {}
    for name, readings in extraction.fields.items():
        if name in LISTS:
            values[name] = [reading.value for reading in readings]
        elif readings:
            values[name] = readings[0].value
    if values.get("issuers"):
        values["issuer"] = values["issuers"][0]
    return values


def text_f1(found: str, expected: str) -> float:
    """Return the F1 over character bigrams, white space removed; 1 when both are empty."""
    left, right = _bigrams(found), _bigrams(expected)
    if not left and not right:
        return 1.0
    common = (left & right).total()
    return 2 * common / (left.total() + right.total()) if common else 0.0


def _bigrams(text: str) -> Counter[str]:
    squeezed = re.sub(r"\s+", "", text)
    return Counter(squeezed[i : i + 2] for i in range(max(len(squeezed) - 1, 1))) if squeezed else Counter()


def _unknown(name: str, expected: Any) -> bool:
    if expected is None or (isinstance(expected, str) and expected.strip().upper() in UNKNOWN):
        return True
    # An annotation that is no date (a name, a remark) says nothing about the page's date.
    return name in DATES and not _date(expected)


def _score(score: Score, name: str, found: Any, expected: Any) -> bool:
    score.n += 1
    if isinstance(expected, list):
        right, f1 = _list_score(found if isinstance(found, list) else [found] if found else [], expected)
        score.f1.append(f1)
    elif name in DATES:
        wanted, got = _date(expected), _date(found)
        right = bool(wanted and got and got.at(wanted.precision) == wanted)
    elif isinstance(expected, int | float) and not isinstance(expected, bool):
        right = _same_number(found, expected)
    else:
        right = normal(found) == normal(expected)
    score.correct += right
    return right


def _same_number(found: Any, expected: float) -> bool:
    """Compare as numbers; the last digits of a unit's conversion (亩 to km²) do not count."""
    try:
        return math.isclose(float(found), expected, rel_tol=1e-4)
    except (TypeError, ValueError):
        return False


def _score_rows(score: Score, _: str, found: Any, expected: list[dict[str, Any]]) -> bool:
    """Score each cell of the expected rows against the found row of the same name; F1 is that of whole rows."""
    rows: dict[str, dict[str, Any]] = {}
    for row in found or ():
        rows.setdefault(_row_key(row), row)
    before = score.n - score.correct
    for row in expected:
        mine = rows.get(_row_key(row), {})
        for name, value in row.items():
            if not _unknown(name, value):
                cell = Score(score.n, score.correct)
                _score(cell, name, mine.get(name), value)
                score.n, score.correct = cell.n, cell.correct
    score.f1.append(_list_score(list(found or ()), expected)[1])
    return score.n - score.correct == before


def _row_key(row: dict[str, Any]) -> str:
    name = next((normal(row[name]) for name in ROW_NAMES if row.get(name)), "")
    return f"{name} {normal(row['round'])}" if row.get("investee") and row.get("round") else name


def _list_score(found: list[Any], expected: list[Any]) -> tuple[bool, float]:
    # Rows may leave properties out: a found row is compared on what the expected one says.
    wanted = {normal(item) for item in expected}
    keys = {key for item in expected if isinstance(item, dict) for key in item}
    got = {normal({k: v for k, v in item.items() if k in keys} if isinstance(item, dict) else item) for item in found}
    common = len(wanted & got)
    f1 = 2 * common / (len(wanted) + len(got)) if wanted or got else 1.0
    return wanted == got, f1


def normal(value: Any) -> str:
    """Return the form in which values are compared."""
    if isinstance(value, dict):
        return json.dumps({key: normal(item) for key, item in sorted(value.items())}, ensure_ascii=False)
    if isinstance(value, list):
        return json.dumps(sorted(normal(item) for item in value), ensure_ascii=False)
    if value is None:
        return ""
    text = str(value)
    if len(text) < 60 and (number := DocumentNumber.parse(text)):
        return str(number)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _date(value: Any) -> PartialDate | None:
    if not value:
        return None
    text = str(value)
    if (date := PartialDate.parse(text)) is not None:
        return date
    found = PartialDate.find(text)
    return found[0][0] if found else None


def _baseline_text(case: Case) -> str:
    return str(trafilatura.extract(case.body) or "")


def _baseline_date(case: Case) -> str | None:
    text, _ = decode(case.body)
    try:
        found: str | None = htmldate.find_date(text, url=case.url or None, original_date=True)
    except Exception:  # a yardstick that breaks on a page has not found its date
        return None
    return found
