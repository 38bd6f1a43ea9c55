"""The documentation is tested: what exists is named in its page, what is named exists, examples parse, links resolve.

`python -m tests.docs.test_docs` writes the generated section of docs/releases.md anew.
"""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import typer.main
from pydantic import BaseModel

from crawlers.families import names as family_names
from crawlers.sourcefile import SourceFile
from flows.cli import app
from release.checks import check
from release.columns import TABLES
from release.survivorship import LEVELS
from release.workbook import Workbook
from schema.database import metadata
from schema.evidence import Origin
from schema.settings import ROOT, Settings
from schema.tables import FrontierState, Outcome, RecordState, Verdict
from tests.flows.test_cli import commands

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
READMES = ("README.md", "README.zh-CN.md")
BEGIN, END = "<!-- columns: begin -->", "<!-- columns: end -->"
EXIT_CODES = (0, 1, 2, 3, 4, 130)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
TESTS_ONLY = {"SAMPLEBASE_REAL_DATA"}


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def has(text: str, word: str) -> bool:
    return f"`{word}`" in text


def code_lines(text: str) -> list[str]:
    """Return the commands of the shell blocks, continued lines joined, without comments."""
    blocks = [body for language, body in BLOCK.findall(text) if language == "sh"]
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def examples() -> Iterator[tuple[str, str]]:
    """Yield each `samplebase …` of a shell block with its page."""
    for path in PAGES:
        for line in code_lines(path.read_text(encoding="utf-8")):
            found = re.match(r"(?:\w+=\S+\s+)*(?:\.venv/bin/)?samplebase\s+(.*)", line)
            if found:
                yield path.name, found[1]


def leaf(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command that the words name, and the words behind it. Fails for a command that does not exist."""
    command: Any = typer.main.get_command(app)
    rest = list(words)
    while getattr(command, "commands", None) is not None and rest and not rest[0].startswith("-"):
        assert rest[0] in command.commands, f"no such command: samplebase {' '.join(words)}"
        command = command.commands[rest.pop(0)]
    return command, rest


def keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Yield every key of the source YAML, as `status.state` or `channels[].id`."""
    for name, field in model.model_fields.items():
        yield f"{prefix}{name}"
        inner, many = field.annotation, ""
        if getattr(inner, "__origin__", None) is list:
            inner, many = inner.__args__[0], "[]"  # type: ignore[union-attr]
        inner = next((a for a in get_args(inner) if a is not type(None)), inner)  # of an optional part the part
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from keys(inner, f"{prefix}{name}{many}.")


def columns_section() -> str:
    """Return the generated section: every published table and column with its meaning."""
    parts = []
    for table in TABLES:
        parts.append(f"### {table.name}\n\n{table.zh}: {table.en}. Key: {', '.join(f'`{k}`' for k in table.key)}.\n")
        parts.append("| column | type | 中文 | English |\n|---|---|---|---|")
        parts += [f"| `{c.name}` | {c.type} | {c.zh} | {c.en} |" for c in table.columns]
        parts.append("")
    return "\n".join(parts)


def with_section(text: str) -> str:
    head, rest = text.split(BEGIN)
    return f"{head}{BEGIN}\n\n{columns_section()}\n{END}{rest.split(END)[1]}"


@pytest.mark.parametrize("name", commands())
def test_every_command_has_a_section_that_names_its_options(name: str) -> None:
    text = page("docs/commands.md")
    sections = {part.split("\n", 1)[0].strip(): part for part in text.split("\n## ")[1:]}
    assert name in sections
    options = [o for p in commands()[name].params for o in p.opts if o.startswith("--")]  # type: ignore[attr-defined]
    shared = sections["run"] if name == "crawl" else ""
    for option in options:
        assert re.search(rf"`{option}\b", sections[name] + shared), option


def test_no_section_describes_a_command_that_is_gone() -> None:
    headings = re.findall(r"^## (.+)$", page("docs/commands.md"), re.MULTILINE)
    assert set(headings) - {"Exit codes"} == set(commands())


@pytest.mark.parametrize("code", EXIT_CODES)
def test_every_exit_code_has_its_meaning(code: int) -> None:
    assert re.search(rf"^\| {code} \| \w", page("docs/commands.md"), re.MULTILINE)
    for readme in READMES:
        assert re.search(rf"\b{code}\b", page(readme))


def test_the_exit_codes_of_errors_are_those_documented() -> None:
    tree = ast.parse((ROOT / "schema" / "errors.py").read_text(encoding="utf-8"))
    found = {
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, int)
    }
    assert found <= set(EXIT_CODES)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_named(name: str) -> None:
    assert has(page("docs/configuration.md"), f"SAMPLEBASE_{name.upper()}")


def test_no_setting_is_invented() -> None:
    known = {f"SAMPLEBASE_{name.upper()}" for name in Settings.model_fields} | TESTS_ONLY
    for path in PAGES:
        named = set(re.findall(r"SAMPLEBASE_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8")))
        assert named <= known, path.name


@pytest.mark.parametrize("name", metadata().tables)
def test_every_table_says_what_a_row_is(name: str) -> None:
    assert f"| `{name}` | " in page("docs/data-model.md")


@pytest.mark.parametrize("word", [*RecordState, *FrontierState, *Verdict, *Origin], ids=str)
def test_every_state_verdict_and_origin_is_named(word: str) -> None:
    text = page("docs/data-model.md")
    assert has(text, str(word)), word


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_published_table_and_column_is_named(table: Any) -> None:
    section = page("docs/releases.md").split(f"\n### {table.name}\n")[1].split("\n### ")[0]
    for column in table.columns:
        assert f"| `{column.name}` | {column.type} | {column.zh} | {column.en} |" in section


def test_the_generated_section_is_up_to_date() -> None:
    text = page("docs/releases.md")
    assert text == with_section(text), "run: python -m tests.docs.test_docs"


def test_every_check_is_named_with_bound_and_severity(tmp_path: Path) -> None:
    text = page("docs/releases.md")
    with Workbook(tmp_path / "empty.sqlite") as workbook:
        for each in check(workbook):
            assert f"| `{each.name}` | {each.bound} | {each.severity} |" in text


@pytest.mark.parametrize("word", [*LEVELS, *Origin], ids=str)
def test_every_rank_of_survivorship_is_named(word: str) -> None:
    assert has(page("docs/releases.md"), str(word))


@pytest.mark.parametrize("name", family_names())
def test_every_family_is_named(name: str) -> None:
    assert f"| `{name}` | " in page("docs/crawling.md")


@pytest.mark.parametrize("key", list(keys(SourceFile)))
def test_every_key_of_the_source_yaml_is_named(key: str) -> None:
    assert f"| `{key}` | " in page("docs/crawling.md")


@pytest.mark.parametrize("outcome", Outcome, ids=str)
def test_every_outcome_of_a_crawl_is_named(outcome: Outcome) -> None:
    assert has(page("docs/crawling.md"), str(outcome))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_relative_link_resolves(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "#")):
            assert (path.parent / target.split("#")[0]).exists(), target


def test_every_page_of_docs_is_linked_from_both_readmes() -> None:
    for readme in READMES:
        linked = set(LINK.findall(page(readme)))
        assert {f"docs/{path.name}" for path in ROOT.glob("docs/*.md")} <= linked


@pytest.mark.parametrize(("where", "line"), list(examples()))
def test_every_example_parses(where: str, line: str) -> None:
    command, rest = leaf(shlex.split(line, comments=True))
    if rest == ["--help"]:
        return
    assert getattr(command, "commands", None) is None, f"{where}: {line} names no command"
    command.make_context("samplebase", rest).close()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_named_in_the_text_exists(path: Path) -> None:
    for words in re.findall(r"`samplebase ([^`]+)`", path.read_text(encoding="utf-8")):
        command, _ = leaf(words.split())
        assert command is not None


def test_both_readmes_name_the_same_commands_and_have_the_same_sections() -> None:
    english, chinese = (page(readme) for readme in READMES)
    assert code_lines(english) == code_lines(chinese)
    levels = [re.findall(r"^(#+) ", BLOCK.sub("", text), re.MULTILINE) for text in (english, chinese)]
    assert levels[0] == levels[1]
    tables = [len(re.findall(r"^\|", text, re.MULTILINE)) for text in (english, chinese)]
    assert tables[0] == tables[1]


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        lines = [line for line in code_lines(text) if line.startswith("make ")]
        lines += [f"make {words}" for words in re.findall(r"`make ([^`]+)`", text)]
        for line in lines:
            named = [word for word in shlex.split(line)[1:] if "=" not in word]
            assert set(named) <= targets, f"{path.name}: {line}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_names_a_place_of_one_machine(path: Path) -> None:
    found = re.findall(r"(?<![\w.:/])/(?:work|home|root|tmp|Users|mnt|opt|var)/\S*", path.read_text(encoding="utf-8"))
    assert not found


if __name__ == "__main__":
    target = ROOT / "docs" / "releases.md"
    target.write_text(with_section(target.read_text(encoding="utf-8")), encoding="utf-8")
