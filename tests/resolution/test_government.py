import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution.names.government import Expansion, expand
from resolution.names.vocabulary import table
from schema.errors import InputError
from schema.settings import settings
from schema.taxonomies import regions

with (Path(__file__).parent / "government.csv").open(encoding="utf-8", newline="") as file:
    CASES = [tuple(cell or None for cell in row) for row in list(csv.reader(file))[1:]]
PARTS = [
    *(
        "省",
        "市",
        "区",
        "县",
        "自治区",
        "州",
        "广东省",
        "南京市",
        "北京市",
        "海淀区",
        "政府",
        "府办",
        "科技部",
        "科技局",
    ),
    *("发改委", "办公厅", "办公室", "国务院", "国家", "人民", "（", "x", "\u3000"),
]
SITES = st.sampled_from([None, *regions()])


@pytest.mark.parametrize(("printed", "site", "name", "region", "level", "rule"), CASES)
def test_a_printed_issuer_means_on_its_site(
    printed: str, site: str | None, name: str, region: str | None, level: str | None, rule: str
) -> None:
    assert expand(printed, site) == Expansion(name, region, level, rule)


@given(st.lists(st.sampled_from(PARTS), max_size=5).map("".join) | st.text(max_size=10), SITES)
def test_any_name_on_any_site_has_an_answer_that_is_its_own_expansion(printed: str, site: str | None) -> None:
    once = expand(printed, site)
    assert once.rule in {"as_printed", "unplaced", "site_region", "short_form", "national_short_form"}
    assert once.region is None or once.region in regions()
    if once.rule in {"short_form", "national_short_form"}:
        again = expand(once.name, site)
        assert (again.name, again.region, again.level) == (once.name, once.region, once.level)


@given(st.sampled_from([case[0] for case in CASES]), SITES)
def test_what_stays_unplaced_has_no_region_and_keeps_its_name(printed: str, site: str | None) -> None:
    found = expand(printed, site)
    if found.rule in {"unplaced", "as_printed"}:
        assert (found.rule == "as_printed") or (found.region, found.level) == (None, None)
    else:
        assert found.level is not None


def test_a_vocabulary_that_was_damaged_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "names").mkdir()
    monkeypatch.setattr(
        "resolution.names.vocabulary.settings", lambda: settings().model_copy(update={"data": tmp_path})
    )
    table.cache_clear()
    try:
        for text, where in (("a,b\n1\n", ":2"), ("a,b\n1,\n", ":2"), ("b,a\n1,2\n", ":1"), ("", ":1")):
            (tmp_path / "names" / "broken.csv").write_text(text, encoding="utf-8")
            with pytest.raises(InputError) as caught:
                table("broken", ("a", "b"))
            assert caught.value.where.endswith(f"broken.csv{where}")
        with pytest.raises(InputError, match=r"missing\.csv"):
            table("missing", ("a", "b"))
    finally:
        table.cache_clear()
