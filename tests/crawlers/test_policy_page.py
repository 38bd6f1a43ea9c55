"""Policy pages, case by case: each folder of tests/pages/policy is a page and what must be read from it."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawlers.pages import NotARecord
from crawlers.pages.policy import extract, is_policy
from crawlers.view import View
from schema.evidence import Extraction, Origin, Reading

CASES = sorted((Path(__file__).parent.parent / "pages" / "policy").glob("*/page.html"))


def load(path: Path) -> tuple[View, dict[str, Any], dict[str, Reading]]:
    meta = json.loads((path.parent / "meta.json").read_text(encoding="utf-8"))
    expected = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))
    row = {name: Reading(value, value, Origin.LIST_ROW) for name, value in meta.get("row", {}).items()}
    return View.of(path.read_bytes(), meta["url"], meta.get("content_type")), expected, row


def read(name: str) -> Extraction:
    view, _, row = load(next(path for path in CASES if path.parent.name == name))
    return extract(view, row)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_a_page_is_read_as_its_case_says(path: Path) -> None:
    view, expected, row = load(path)
    if expected.pop("not_a_record", False):
        with pytest.raises(NotARecord):
            extract(view, row)
        assert not is_policy(view)
        return
    extraction = extract(view, row)
    text = extraction.value("text")
    assert text.startswith(expected.pop("text_starts", ""))
    assert text.endswith(expected.pop("text_ends", ""))
    for word in expected.pop("text_excludes", ()):
        assert word not in text
    if (conflicts := expected.pop("conflicts", None)) is not None:
        assert sorted({conflict.property for conflict in extraction.conflicts}) == conflicts
    for warning in expected.pop("warnings", ()):
        assert tuple(warning) in extraction.warnings
    for name, value in expected.items():
        found = extraction.values(name) if isinstance(value, list) else extraction.value(name)
        assert found == value, name


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_every_value_is_printed_at_the_place_it_names(path: Path) -> None:
    view, _, row = load(path)
    try:
        extraction = extract(view, row)
    except NotARecord:
        return
    for name, readings in extraction.fields.items():
        for reading in readings:
            if reading.origin is Origin.URL:
                assert [view.url[slice(*span)] for span in reading.spans] == [reading.raw]
            elif reading.origin is not Origin.LIST_ROW:
                assert view.slice(reading.spans) == reading.raw, name


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_the_same_bytes_give_the_same_reading(path: Path) -> None:
    def once() -> Extraction | str:
        view, _, row = load(path)
        try:
            return extract(view, row)
        except NotARecord as error:
            return error.reason

    assert once() == once()


def test_the_metadata_table_beats_what_a_template_left_in_the_meta_tags() -> None:
    extraction = read("template_leftovers")
    conflict = extraction.conflicts[0]
    assert (conflict.winner.origin, conflict.loser.origin) == (Origin.TABLE, Origin.META)
    assert (conflict.winner.value, conflict.loser.value) == ("2023-11-08", "2017-01-01")


def test_the_web_date_of_the_meta_tags_is_never_the_written_date() -> None:
    assert read("meta_tags_only").value("written_date") is None


def test_the_region_is_read_off_an_issuer_that_prints_its_place() -> None:
    title = "杭州市人民政府关于某事的通知"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{{}}</body></html>"
    body = "".join(f"<p>第{n}条 各单位要认真落实各项任务，按时报送进展情况。</p>" for n in range(9))
    [region] = extract(View.of(page.format(body).encode(), "http://a.test/1.html")).fields["region"]
    assert (region.value, region.raw) == ("330100", "杭州市人民政府")


def test_the_words_that_decide_the_type_are_its_evidence() -> None:
    reading = read("rows_of_four_cells").fields["policy_type"][0]
    assert (reading.value, reading.raw) == ("implementation_opinion", "实施意见")


def test_relevance_is_scored_between_nothing_and_one_with_its_words() -> None:
    reading = read("rows_of_four_cells").fields["ai_relevance"][0]
    assert 0 < reading.value <= 1
    assert "人工智能" in reading.raw.split("\n")
