"""Every message that a user can meet has its Chinese."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.language import catalogue, say
from schema.settings import ROOT

PACKAGES = ("schema", "crawlers", "resolution", "release", "web", "flows", "sandbox")
ERRORS = {"SamplebaseError", "InputError", "DatabaseError", "RunError"}
SHOWN = {"say", "progress", "tell", "step", "result"}  # functions whose text arguments a user reads


def template(node: ast.expr) -> str | None:
    """Return the message of a string or an f-string, with `{}` for what is filled in; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
    return None


def texts(node: ast.expr) -> Iterator[str]:
    """Yield the messages in an argument: of a choice both, of a tuple of headings each."""
    if isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.Tuple):
        for each in node.elts:
            yield from texts(each)
    elif (text := template(node)) is not None:
        yield text


def messages() -> Iterator[tuple[str, str]]:
    for path in sorted(p for name in PACKAGES for p in (ROOT / name).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ERRORS:
                given_ = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "remedy")]
            elif name in SHOWN and Path(path).parts[-2] in {"cli", "flows"}:
                given_ = [*node.args]
            else:
                continue
            for argument in given_:
                for text in texts(argument):
                    if any(c in string.ascii_letters for c in text.replace("{}", "")):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", text


def test_every_message_has_its_chinese() -> None:
    exact, _ = catalogue()
    missing = {
        text: where for where, text in messages() if say(text.replace("{}", "x"), "zh") == text.replace("{}", "x")
    }
    assert not missing, "add to schema/locales/zh.json: " + "; ".join(f"{t!r} ({w})" for t, w in missing.items())
    assert exact


def test_what_a_template_fills_in_stays() -> None:
    assert say("unknown source `abc`", "zh") == "未知的来源 `abc`"
    assert say("unknown source `abc`", "en") == "unknown source `abc`"


@given(st.text())
def test_any_text_can_be_said(text: str) -> None:
    assert isinstance(say(text, "zh"), str)


@pytest.mark.parametrize("entry", list(catalogue()[1]), ids=lambda e: e[1][:20])
def test_a_template_and_its_chinese_have_as_many_holes(entry: tuple[object, str]) -> None:
    pattern, chinese = entry
    assert chinese.count("{}") == pattern.groups  # type: ignore[attr-defined]
