"""The command line: quick to start, in two languages, every command with JSON."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from flows.cli import app
from tests.flows.conftest import Cli

SLOW_TO_LOAD = ("prefect", "scrapy", "spacy", "sqlalchemy", "pyarrow", "duckdb", "pydantic")


def commands() -> dict[str, object]:
    """Return every command by its full name."""
    found: dict[str, object] = {}

    def walk(name: str, command: object) -> None:
        inner = getattr(command, "commands", None)
        if inner is None:
            found[name] = command
        for part, each in (inner or {}).items():
            walk(f"{name} {part}".strip(), each)

    walk("", typer.main.get_command(app))
    return found


def test_help_loads_no_heavy_library() -> None:
    code = f"import sys, flows.cli; print([m for m in {SLOW_TO_LOAD!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", [n for n in commands() if n != "flows serve"])
def test_every_command_can_speak_json(name: str) -> None:
    options = {o for p in commands()[name].params for o in p.opts}  # type: ignore[attr-defined]
    assert "--json" in options


def test_every_command_has_a_help_text_in_both_languages(cli_sqlite: Cli) -> None:
    chinese = Cli(cli_sqlite.var, cli_sqlite.database_url, lang="zh")
    english_help, chinese_help = cli_sqlite("--help").stdout, chinese("--help").stdout
    assert "crawl, resolve and publish" in english_help
    assert "采集" in chinese_help
    assert "crawl, resolve" not in chinese_help


def test_errors_come_in_chinese_where_asked(cli_sqlite: Cli) -> None:
    done = Cli(cli_sqlite.var, cli_sqlite.database_url, lang="zh")("crawl", "nowhere")
    assert done.returncode == 2
    assert "未知的来源" in done.stderr


def test_the_database_tells_its_state(cli: Cli) -> None:
    state = cli.json("db", "status")
    assert state["current"] is True
    assert state["revision"] == state["code"]


def test_sources_are_listed_and_checked(cli_sqlite: Cli) -> None:
    listed = cli_sqlite.json("sources", "list", "--sources", "sandbox/sources")
    assert {s["id"] for s in listed} == {"gd", "hubei", "most", "nanjing"}
    told = cli_sqlite.json("sources", "check")
    assert told == {"valid": told["files"], "files": told["files"], "provinces": 31, "mistakes": []}


def test_the_page_of_the_sources_is_written_and_checked(cli_sqlite: Cli, tmp_path: Path) -> None:
    page = tmp_path / "sources.md"
    words = ["sources", "docs", "--sources", "sandbox/sources", "--output", page]
    assert cli_sqlite(*words, "--check").returncode == 4
    assert cli_sqlite.json(*words) == {"page": str(page), "written": True}
    assert cli_sqlite.json(*words, "--check") == {"page": str(page), "written": False}
    assert "`hubei`" in page.read_text(encoding="utf-8")


def test_evaluate_prints_one_line_of_json(cli_sqlite: Cli, tmp_path_factory: pytest.TempPathFactory) -> None:
    body = "".join(f"<p>第{n}条 各单位要认真落实本计划提出的各项任务，按时报送进展情况。</p>" for n in range(9))
    title = "关于印发某某行动计划的通知"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{body}</div></body></html>"
    path = tmp_path_factory.mktemp("pages") / "pages.jsonl"
    expected = {"title": "关于印发某某行动计划的通知", "policy_type": "action_plan"}
    path.write_text(json.dumps({"url": "http://a.test/1.html", "html": page, "expected": expected}), encoding="utf-8")
    done = cli_sqlite("evaluate", "pages", path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["fields"]["title"]["accuracy"] == 1.0
