"""Pages that `samplebase sources capture` saved: each is read as its case says, and a person has read each case.

A case lies at captured/KIND/NAME/ and needs no Python.
"""

import json
from pathlib import Path

from crawlers.capturing import read_page_case

FOLDER = Path(__file__).parent / "captured"
CASES = sorted(path.parent for path in FOLDER.glob("*/*/page.json"))


def check(case: Path) -> None:
    """Fail for a case that nobody has read, and for one that is read in another way than it says."""
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    assert expected.pop("read_by"), f"nobody has read {case}: compare expected.json with the page, then sign `read_by`"
    assert read_page_case(case) == expected


def test_captured_pages_are_read_as_their_cases_say_and_a_person_has_read_each() -> None:
    # One test for all: while nobody has captured a page there is nothing to skip.
    for case in CASES:
        check(case)
