"""Pages of the kind conference: every shape of the sandbox and every saved case is read as it should be."""

from pathlib import Path

import pytest
from kindpages import accuracy, badly_quoted, case_misses, cases, read, records, refused

from sandbox.kinds import KindPage

KIND = "conference"


def named(page: KindPage) -> str:
    return page.url.rpartition("/")[2]


def test_every_field_of_every_shape_is_read() -> None:
    found, misses = accuracy(KIND)
    assert misses == []
    assert set(found.values()) == {1.0}


@pytest.mark.parametrize("folder", cases(KIND), ids=lambda folder: folder.name)
def test_a_case_is_read_as_it_says(folder: Path) -> None:
    assert case_misses(folder) == {}


@pytest.mark.parametrize("page", records(KIND), ids=named)
def test_every_value_is_printed_at_the_place_it_names(page: KindPage) -> None:
    assert badly_quoted(KIND, page.body) == []


@pytest.mark.parametrize("page", refused(KIND), ids=named)
def test_a_page_that_is_none_is_refused(page: KindPage) -> None:
    assert read(KIND, page.body, page.url)[1] is None


def test_an_unknown_label_of_a_table_is_a_warning() -> None:
    page = next(page for page in records(KIND) if page.shape == "02_label_table")
    _, extraction = read(KIND, page.body, page.url)
    assert extraction is not None
    assert ("unknown_label", "吉祥物") in extraction.warnings


def test_the_host_of_the_site_is_not_the_host_of_the_conference() -> None:
    for page in records(KIND):
        _, extraction = read(KIND, page.body, page.url)
        assert extraction is not None
        assert not any("示例" in name for name in extraction.values("hosts"))
