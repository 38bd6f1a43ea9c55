from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from schema.errors import InputError
from schema.settings import ROOT
from schema.yamlfile import check_yaml, line_of, load_yaml


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")
    size: int
    unit: str = "m"


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    parts: list[Part] = []


GOOD = "name: 整体\nparts:\n  - size: 1\n  - size: 2\n    unit: km\n"


def load(tmp_path: Path, text: str | bytes) -> Whole:
    file = tmp_path / "whole.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_yaml(file, Whole)


def test_a_good_file_becomes_the_model(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD) == Whole(name="整体", parts=[Part(size=1), Part(size=2, unit="km")])


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        ("name: x\nparts: [\n", 3, "broken YAML", "mend"),
        ("name: x\n\tparts: []\n", 2, "broken YAML", "mend"),
        ("name: 'x\nparts: []\n", None, "broken YAML", "mend"),
        (GOOD.replace("unit:", "unti:"), 5, "unknown key `parts.1.unti`", "size, unit"),
        ("nmae: x\n" + GOOD, 1, "unknown key `nmae`", "name, parts"),
        ("parts: []\n", 1, "the key `name` is missing", "add it"),
        ("name: x\nparts:\n  - size: 1\n  - unit: km\n", 4, "the key `parts.1.size` is missing", "add it"),
        (GOOD.replace("size: 2", "size: zwei"), 4, "`parts.1.size`", "mend"),
        ("name: x\nparts: 3\n", 2, "`parts`", "mend"),
        ("name: x\nparts: []\nname: y\n", 3, "name", "mend"),
        ("", 1, "", "mend"),
        ("- name: x\n", 1, "", "mend"),
        ("just words\n", 1, "", "mend"),
    ],
)
def test_a_mistake_is_named_with_its_file_its_line_and_a_remedy(
    tmp_path: Path, text: str, line: int | None, what: str, remedy: str
) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, text)
    error = caught.value
    assert error.exit_code == 2
    assert what in error.what
    assert remedy in error.remedy
    place = str(tmp_path / "whole.yaml")
    assert error.where == f"{place}:{line}" if line else error.where.startswith(f"{place}:")
    assert "``" not in str(error)


@pytest.mark.parametrize(
    ("data", "what"),
    [("name: 整体\n".encode("gbk"), "not UTF-8"), (b"name: \x01\n", "broken YAML"), (b"\xff\xfen\x00", "not UTF-8")],
)
def test_bytes_that_are_no_text_are_refused_with_the_file(tmp_path: Path, data: bytes, what: str) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, data)
    assert what in caught.value.what
    assert caught.value.where.startswith(str(tmp_path / "whole.yaml"))
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_file_that_is_missing_or_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        load_yaml(tmp_path / name, Whole)
    assert str(tmp_path) in caught.value.where
    assert caught.value.remedy


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert load(tmp_path, b"\xef\xbb\xbf" + GOOD.encode()).name == "整体"


def test_every_mistake_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "whole.yaml"
    file.write_text("nmae: x\nparts:\n  - size: zwei\n  - unit: km\n    colour: red\n", encoding="utf-8")
    found, mistakes = check_yaml(file, Whole)
    assert found is None
    told = [str(mistake) for mistake in mistakes]
    for line, what in ((1, "`nmae`"), (5, "`parts.1.colour`"), (1, "`name` is missing"), (3, "`parts.0.size`")):
        assert any(each.startswith(f"{file}:{line}: ") and what in each for each in told), what
    assert len(told) == 5
    assert "unknown key" in told[0], "it often is the misspelling of one that is missing"


def test_the_quick_reader_and_the_one_that_knows_lines_read_the_same() -> None:
    for path in sorted((ROOT / "data" / "sources").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert YAML(typ="safe").load(text) == YAML(typ="rt").load(text), path


def test_the_line_of_a_key_is_found(tmp_path: Path) -> None:
    file = tmp_path / "whole.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert line_of(file, "parts", 1, "unit") == 5
    assert line_of(file, "parts", 1, "colour") == 4, "of what is not there, the part that lacks it"
