"""The evaluation of pages: what counts as right, and what bad input is told."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers import evaluate, pages
from crawlers.evaluate import evaluate_pages, text_f1
from crawlers.view import View
from schema.errors import InputError
from schema.evidence import Extraction, Origin, Reading

PAGE = (Path(__file__).parent.parent / "pages" / "policy" / "rows_of_four_cells" / "page.html").read_text(
    encoding="utf-8"
)
EXPECTED = {
    "title": "示例市人民政府关于促进人工智能产业发展的实施意见",
    "doc_number": "示政发[2021]8号",
    "issuer": "示例市人民政府",
    "issuers": ["示例市人民政府"],
    "written_date": "2021年03月05日",
    "subject": None,
    "validity": "UNKNOWN",
}


def write(path: Path, *rows: Any) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_right_values_count_whatever_their_form(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", {"url": "http://a/", "html": PAGE, "expected": EXPECTED})
    result = evaluate_pages(path)
    assert result["pages"] == 1
    assert set(result["fields"]) == {"title", "doc_number", "issuer", "issuers", "written_date"}
    assert all(field["accuracy"] == 1.0 for field in result["fields"].values())
    assert result["fields"]["issuers"]["f1"] == 1.0
    assert "text_f1" not in result


def test_exact_bytes_are_decoded_as_the_page_was_sent(tmp_path: Path) -> None:
    encoded = base64.b64encode(PAGE.encode("gb18030")).decode()
    path = write(tmp_path / "p.jsonl", {"url": "", "html_base64": encoded, "expected": {"title": EXPECTED["title"]}})
    assert evaluate_pages(path)["fields"]["title"]["correct"] == 1


def test_a_wrong_value_counts_against_and_is_told_in_the_details(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", {"url": "", "html": PAGE, "expected": {"title": "别的"}})
    result = evaluate_pages(path, details=True)
    assert result["fields"]["title"] == {"n": 1, "correct": 0, "accuracy": 0.0}
    assert result["misses"][0]["field"] == "title"


def test_a_list_is_right_as_a_set_and_has_its_f1(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", {"url": "", "html": PAGE, "expected": {"issuers": ["示例市人民政府", "另一个"]}})
    assert evaluate_pages(path)["fields"]["issuers"] == {"n": 1, "correct": 0, "accuracy": 0.0, "f1": 0.6667}


@pytest.mark.parametrize(("wanted", "right"), [("2021", 1), ("2021-03", 1), ("2021-03-05 10:00", 1), ("2021-03-06", 0)])
def test_a_date_is_compared_at_the_expected_precision(tmp_path: Path, wanted: str, right: int) -> None:
    path = write(tmp_path / "p.jsonl", {"url": "", "html": PAGE, "expected": {"written_date": wanted}})
    assert evaluate_pages(path)["fields"]["written_date"]["correct"] == right


def folder(root: Path, name: str, **files: str) -> None:
    (root / name).mkdir()
    for file, content in files.items():
        (root / name / file.replace("_", ".")).write_text(content, encoding="utf-8")


def test_folders_of_articles_are_scored_with_baselines(tmp_path: Path) -> None:
    text = "昨日，本市举行产业对接活动，数十家企业参加，现场签约项目十二个，总投资超过百亿元。" * 3
    html = f"<html><title>对接活动举行</title><body><p>2021-03-04 10:20</p><p>{text}</p></body></html>"
    folder(tmp_path, "1", page_html=html, content_txt=text, date_txt="2021-3-4", author_txt="UNKNOWN")
    folder(tmp_path, "2", page_html=html, content_txt=text, date_txt="无日期的备注", author_txt="")
    result = evaluate_pages(tmp_path, baselines=True)
    assert result["pages"] == 2
    assert result["fields"] == {"date": {"n": 1, "correct": 1, "accuracy": 1.0}}
    assert result["text_f1"] > 0.95
    assert set(result["baselines"]) == {"fields", "text_f1"}
    assert evaluate_pages(tmp_path / "1")["pages"] == 1


def test_rows_are_scored_by_the_cell_and_by_the_f1_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(_: View) -> list[Extraction]:
        names = [Reading(name, name, Origin.BODY) for name in ("甲大学", "乙大学")]
        return [Extraction("university", {"name": [name], "code": [name]}) for name in names]

    monkeypatch.setitem(pages.EXTRACTORS, "university", extract)
    expected = {"rows": [{"name": "甲大学"}, {"name": "丙大学"}]}
    path = write(tmp_path / "p.jsonl", {"url": "", "html": PAGE, "kind": "university", "expected": expected})
    assert evaluate_pages(path)["fields"]["rows"] == {"n": 2, "correct": 1, "accuracy": 0.5, "f1": 0.5}


def test_a_page_that_is_no_record_has_read_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", {"url": "", "html": "<p>x</p>", "expected": {"title": "y", "text": "z"}})
    result = evaluate_pages(path)
    assert result["fields"]["title"]["correct"] == 0
    assert result["text_f1"] == 0.0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"html": "x"}', "`expected` is missing"),
        ('{"expected": {}}', "neither `html` nor `html_base64`"),
        ('{"expected": {}, "html_base64": "%"}', "no base64"),
        ('{"expected": {}, "html": "x", "url": 5}', "must be strings"),
        ('{"expected": {"title": "a"}, "html": "x", "kind": "poem"}', "no extractor for the kind 'poem'"),
    ],
)
def test_bad_input_is_told_with_its_line_and_what_to_do(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path / "p.jsonl", {"url": "", "html": PAGE, "expected": {}}, line)
    with pytest.raises(InputError) as error:
        evaluate_pages(path)
    assert message in str(error.value)
    assert error.value.where == f"{path}:2"
    assert error.value.remedy


@pytest.mark.parametrize("name", ["missing", ""])
def test_nothing_to_evaluate_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        evaluate_pages(tmp_path / name)


@given(st.text(max_size=50), st.text(max_size=50))
def test_text_f1_is_symmetric_and_one_for_the_same_text(one: str, other: str) -> None:
    assert text_f1(one, other) == pytest.approx(text_f1(other, one))
    assert text_f1(one, one) == 1.0
    assert 0 <= text_f1(one, other) <= 1


def test_the_fields_that_are_lists_are_known() -> None:
    assert "issuers" in evaluate.LISTS
