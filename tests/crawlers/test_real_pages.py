"""Real pages, read in place where they are present: figures that must not fall."""

import os
from pathlib import Path

import pytest

from crawlers.evaluate import evaluate_pages
from crawlers.pages import NotARecord, article
from crawlers.pages.policy import extract, is_policy
from crawlers.view import View

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("SAMPLEBASE_REAL_DATA", ROOT.parent / "shared" / "data")) / "pages"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"no real pages at {DATA} (set SAMPLEBASE_REAL_DATA to the folder that holds `pages`)"
)


def test_the_state_council_pages_are_read_without_a_miss() -> None:
    result = evaluate_pages(DATA / "state_council_policies.jsonl", details=True)
    assert result["misses"] == []
    for name in ("title", "doc_number", "index_number", "issuer", "written_date", "published_date"):
        assert result["fields"][name] == {"n": 20, "correct": 20, "accuracy": 1.0}


def test_articles_are_read_far_better_than_by_the_baselines() -> None:
    result = evaluate_pages(DATA / "articles", baselines=True)
    assert result["text_f1"] >= 0.94
    assert result["fields"]["date"]["accuracy"] >= 0.85
    assert result["text_f1"] > result["baselines"]["text_f1"] + 0.1
    assert result["fields"]["date"]["accuracy"] > result["baselines"]["fields"]["date"]["accuracy"]


def test_the_provincial_style_page_keeps_its_dates_apart() -> None:
    view = View.of((DATA / "lishui_policy.html").read_bytes(), "http://www.lishui.gov.cn/art/2023/10/23/art_1_2.html")
    extraction = extract(view)
    assert extraction.value("written_date") == "2023-10-16"
    assert extraction.value("published_date") == "2023-10-23"
    assert extraction.values("issuers") == ["市政府"]
    assert extraction.value("doc_number") == "丽政发〔2023〕30号"
    assert [file["url"].startswith("http://www.lishui.gov.cn/") for file in extraction.values("attachments")] == [True]
    for readings in extraction.fields.values():
        for reading in readings:
            assert view.slice(reading.spans) == reading.raw


@pytest.mark.parametrize("name", ["shanxi_policy.html", "cmse_article.html"])
def test_news_of_a_government_site_is_no_policy(name: str) -> None:
    view = View.of((DATA / name).read_bytes(), "")
    assert not is_policy(view)
    with pytest.raises(NotARecord):
        extract(view)


@pytest.mark.parametrize(
    ("name", "begins"), [("shanxi_policy.html", "图为山西品牌丝路行"), ("cmse_article.html", "2012年6月24日")]
)
def test_the_text_of_news_begins_below_what_says_when_and_by_whom(name: str, begins: str) -> None:
    text = article.extract(View.of((DATA / name).read_bytes(), "")).value("text")
    assert text.startswith(begins)
    assert "字体" not in text
