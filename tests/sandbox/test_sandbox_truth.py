import base64
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sandbox import facts as facts_module
from sandbox.facts import facts
from sandbox.sites import sites
from sandbox.truth import policies, write_pages
from schema.errors import InputError
from schema.taxonomies import policy_types, regions, validities

ALL = policies()
POLICIES = [row for row in ALL if row["kind"] == "policy"]
DATES = ("written_date", "published_date", "effective_date", "expiry_date")


def having(test: Callable[[dict[str, Any]], object]) -> list[dict[str, Any]]:
    return [row for row in POLICIES if test(row["expected"])]


def test_there_are_enough_policies_of_enough_kinds() -> None:
    assert Counter(row["site"] for row in POLICIES) == {"hubei": 15, "gd": 14, "nanjing": 14, "most": 6}
    assert {row["expected"]["policy_type"] for row in POLICIES} == set(policy_types())
    assert {row["expected"]["validity"] for row in POLICIES} == set(validities())
    assert 0.55 < sum(row["smart_economy"] for row in POLICIES) / len(POLICIES) < 0.7


def test_every_date_is_a_day_and_the_days_are_in_order() -> None:
    for row in ALL:
        days = {name: date.fromisoformat(row["expected"][name]) for name in DATES if name in row["expected"]}
        if "written_date" in days:
            assert days["written_date"] <= days["published_date"]
        if "expiry_date" in days:
            assert days["effective_date"] < days["expiry_date"]


def test_every_region_is_in_the_taxonomy() -> None:
    assert {row["region"] for row in ALL if row["region"]} <= set(regions())


def test_every_policy_has_an_issuer_and_a_text_of_its_own() -> None:
    originals = [row for row in POLICIES if row["same_as"] is None]
    assert all(row["expected"]["issuers"] for row in POLICIES)
    assert max(Counter(row["expected"]["text"] for row in originals).values()) == 1


def test_a_repost_has_the_number_of_its_original_and_another_title() -> None:
    by_url = {row["url"]: row for row in POLICIES}
    reposts = [row for row in POLICIES if row["same_as"]]
    assert len(reposts) >= 2
    for row in reposts:
        original = by_url[row["same_as"]]
        assert row["expected"]["doc_number"] == original["expected"]["doc_number"]
        assert row["expected"]["title"] != original["expected"]["title"]
        assert row["site"] != original["site"]


def test_the_hard_cases_are_there() -> None:
    titles = Counter(row["expected"]["title"] for row in POLICIES)
    twins = having(lambda e: titles[e["title"]] > 1)
    assert len({row["expected"]["doc_number"] for row in twins}) == len(twins) == 2
    assert having(lambda e: "doc_number" not in e and e["validity"] == "in_force")
    assert having(lambda e: len(e["issuers"]) == 3)
    assert having(lambda e: "explains" in e.get("relation", {}))
    assert having(lambda e: "draft_of" in e.get("relation", {}))
    assert having(lambda e: "详见附件" in e["text"] or "全文见附件" in e["text"])
    assert having(lambda e: re.search("[〇一二三四五六七八九]{4}年", e["text"]))
    printed = [fact.printed for site in sites().values() for fact in site.facts]
    assert any(re.search("[０-９]", item.doc_number or "") for item in printed)
    assert any(item.meta_pub_date for item in printed)
    assert any(item.written_date == "" for item in printed)


def test_an_explanation_names_a_policy_of_the_sandbox() -> None:
    titles = [row["expected"]["title"] for row in POLICIES if "relation" not in row["expected"]]
    explained = having(lambda e: "explains" in e.get("relation", {}))
    assert len(explained) == 3
    for row in explained:
        assert any(row["expected"]["relation"]["explains"] in title for title in titles)


def test_pages_that_are_no_policy_are_marked() -> None:
    assert Counter(row["site"] for row in ALL if row["kind"] == "none") == {"hubei": 2, "gd": 1, "nanjing": 2}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("policy_type: other", "policy_type: law"), "law"),
        (("index_number:", "idex_number:"), "idex_number"),
        (("'2023-03-10'", "'2023年3月10日'"), "published_date"),
    ],
)
def test_a_fact_that_breaks_the_rules_is_refused_with_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str], what: str
) -> None:
    text = (facts_module.FOLDER / "most.yaml").read_text(encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(text.replace(*change), encoding="utf-8")
    monkeypatch.setattr(facts_module, "FOLDER", tmp_path)
    with pytest.raises(InputError) as caught:
        facts("broken")
    assert "broken.yaml" in caught.value.where
    assert what in str(caught.value)


def test_the_pages_are_written_with_their_truth_for_an_evaluation(tmp_path: Path) -> None:
    assert write_pages(tmp_path / "pages.jsonl") == len(POLICIES)
    rows = [json.loads(line) for line in (tmp_path / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
    for row, policy in zip(rows, POLICIES, strict=True):
        page = base64.b64decode(row["html_base64"]).decode("gbk" if row["site"] == "nanjing" else "utf-8")
        assert policy["expected"] == row["expected"]
        assert row["expected"]["title"] in page
