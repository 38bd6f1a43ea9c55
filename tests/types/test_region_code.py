import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.taxonomies import regions
from schema.types.region_code import RegionCode

CASES = list(csv.DictReader(Path(__file__).with_name("region_code.csv").open(encoding="utf-8")))
CODES = sorted(regions())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_name_begins_with_the_most_specific_place_that_is_certain(case: dict[str, str]) -> None:
    found = RegionCode.find_prefix(case["name"])
    assert (found and (found[0].value, found[1])) == ((case["code"], int(case["length"])) if case["code"] else None)


@given(st.sampled_from(CODES), st.sampled_from(CODES))
def test_one_region_contains_another_when_it_is_on_its_way_to_the_top(a: str, b: str) -> None:
    outer, inner = RegionCode(a), RegionCode(b)
    assert outer.contains(inner) == (outer == inner or (inner.parent is not None and outer.contains(inner.parent)))


@given(st.sampled_from(CODES))
def test_a_name_spelt_out_from_the_province_leads_back_to_the_region(value: str) -> None:
    code = RegionCode(value)
    chain = [code]
    while (parent := chain[0].parent) is not None:
        chain.insert(0, parent)
    name = "".join(link.name for link in chain)
    assert RegionCode.find_prefix(name + "人民政府") == (code, len(name))


@given(st.text(max_size=20))
def test_no_name_breaks_the_search(name: str) -> None:
    found = RegionCode.find_prefix(name)
    assert found is None or 0 < found[1] <= len(name)


def test_a_code_knows_its_place_in_the_tree() -> None:
    tianhe = RegionCode("440106")
    assert (tianhe.level, tianhe.name) == ("county", "天河区")
    assert (tianhe.parent, tianhe.prefecture, tianhe.province) == (
        RegionCode("440100"),
        RegionCode("440100"),
        RegionCode("440000"),
    )


def test_a_district_of_a_municipality_has_no_prefecture() -> None:
    haidian = RegionCode("110108")
    assert (haidian.parent, haidian.prefecture) == (RegionCode("110000"), None)


@pytest.mark.parametrize("text", ["", "44", "999999", "广东省", "320576"])
def test_what_is_no_code_is_refused(text: str) -> None:
    assert RegionCode.parse(text) is None
    with pytest.raises(ValueError):
        RegionCode(text)
