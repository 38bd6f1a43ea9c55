"""Pages of the kind alliance: every shape of the sandbox and every saved case is read as it should be."""

from pathlib import Path

import pytest
from kindpages import accuracy, badly_quoted, case_misses, cases, read, records, refused

from sandbox.kinds import KindPage

KIND = "alliance"


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
