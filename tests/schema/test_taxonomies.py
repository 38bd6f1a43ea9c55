import csv
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from schema import taxonomies
from schema.errors import InputError
from schema.settings import settings

REPORT = Path(os.environ.get("SAMPLEBASE_REPORT", Path(__file__).resolve().parents[3] / "shared" / "report"))
needs_report = pytest.mark.skipif(not REPORT.is_dir(), reason="the report's tables are not on this machine")
LISTS: dict[str, tuple[Callable[[], Mapping[str, taxonomies.Term]], int]] = {
    "technologies": (taxonomies.technologies, 17),
    "application_domains": (taxonomies.application_domains, 19),
    "industries": (taxonomies.industries, 1971),
    "regions": (taxonomies.regions, 3217),
    "metropolitan_areas": (taxonomies.metropolitan_areas, 4),
    "kinds": (taxonomies.kinds, 10),
    "relation_types": (taxonomies.relation_types, 15),
    "policy_types": (taxonomies.policy_types, 4),
    "validity": (taxonomies.validities, 5),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_taxonomy_has_the_rows_that_its_standard_has(name: str) -> None:
    load, count = LISTS[name]
    assert len(load()) == count


@pytest.mark.parametrize("name", LISTS)
def test_every_taxonomy_is_described_with_its_source(name: str) -> None:
    assert f"`{name}.csv`" in (settings().data / "taxonomies" / "README.md").read_text(encoding="utf-8")


def test_industries_have_the_levels_of_the_national_standard() -> None:
    levels = Counter(item.level for item in taxonomies.industries().values())
    assert levels == {"sector": 20, "division": 97, "group": 473, "class": 1381}
    assert all(item.en for item in taxonomies.industries().values() if item.level in {"sector", "division"})


def test_regions_have_34_provinces_with_an_abbreviation_each() -> None:
    provinces = [item for item in taxonomies.regions().values() if item.level == "province"]
    assert len(provinces) == 34
    assert len({item.abbreviation for item in provinces}) == 34
    assert all(item.en and item.short_zh for item in provinces)


def test_every_parent_exists_and_is_of_a_higher_level() -> None:
    for tree, order in (
        (taxonomies.industries(), ["sector", "division", "group", "class"]),
        (taxonomies.regions(), ["province", "prefecture", "county"]),
    ):
        for item in tree.values():
            if item.parent is None:
                assert item.level == order[0]
            else:
                assert order.index(tree[item.parent].level) < order.index(item.level)


def test_a_short_name_that_stands_alone_means_one_place() -> None:
    alone = Counter(item.short_zh for item in taxonomies.regions().values() if item.alone)
    assert not [name for name, count in alone.items() if count > 1]


def test_the_metropolitan_areas_are_sums_of_provinces() -> None:
    areas: dict[str, set[str]] = {}
    for item in taxonomies.regions().values():
        if item.metropolitan_area:
            areas.setdefault(item.metropolitan_area, set()).add(item.short_zh)
    assert areas == {
        "beijing_tianjin_hebei": {"北京", "天津", "河北"},
        "yangtze_river_delta": {"上海", "江苏", "浙江", "安徽"},
        "pearl_river_delta": {"广东"},
        "sichuan_chongqing": {"四川", "重庆"},
    }


@needs_report
@pytest.mark.parametrize(
    ("file", "column", "load"),
    [
        ("technologies.csv", "technology_zh", taxonomies.technologies),
        ("application_domains.csv", "domain_zh", taxonomies.application_domains),
    ],
)
def test_the_reports_classes_are_ours_in_its_order(
    file: str, column: str, load: Callable[[], Mapping[str, taxonomies.Term]]
) -> None:
    with (REPORT / file).open(encoding="utf-8") as rows:
        assert [row[column] for row in csv.DictReader(rows)] == [item.zh for item in load().values()]


@needs_report
def test_every_name_in_the_reports_shares_is_in_a_taxonomy() -> None:
    with (REPORT / "shares.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    regions = taxonomies.regions().values()
    known = {
        "province": {item.zh for item in regions if item.level == "province"},
        "city": {item.zh for item in regions if item.level != "county"},
        "metropolitan_area": {item.zh for item in taxonomies.metropolitan_areas().values()} | {"其他"},
        "technology": {item.zh for item in taxonomies.technologies().values()},
        "application_domain": {item.zh for item in taxonomies.application_domains().values()},
        "tertiary_industry": {item.zh for item in taxonomies.industries().values()},
        "secondary_industry": {item.zh for item in taxonomies.industries().values()},
        "manufacturing_industry": {item.zh for item in taxonomies.industries().values()},
    }
    unknown = [row for row in rows if row["value"] not in known.get(row["dimension"], {row["value"]})]
    assert not unknown


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "taxonomies").mkdir()
    monkeypatch.setenv("SAMPLEBASE_DATA", str(tmp_path))
    settings.cache_clear()
    taxonomies.policy_types.cache_clear()
    yield tmp_path / "taxonomies" / "policy_types.csv"
    monkeypatch.undo()
    settings.cache_clear()
    taxonomies.policy_types.cache_clear()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("code,zh\nplan,规划\n", 1, "header"),
        ("code,zh,en\nplan,规划,plan\nplan,规划,plan\n", 3, "twice"),
        ("code,zh,en\nplan,,plan\n", 2, "must be filled"),
        ("code,zh,en\nplan,规划\n", 2, "cells"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_a_remedy(broken: Path, text: str, line: int, what: str) -> None:
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        taxonomies.policy_types()
    assert caught.value.where == f"{broken}:{line}"
    assert what in caught.value.what
    assert caught.value.remedy


def test_a_missing_file_is_refused_with_its_path(broken: Path) -> None:
    with pytest.raises(InputError, match="cannot be read") as caught:
        taxonomies.policy_types()
    assert caught.value.where == str(broken)
