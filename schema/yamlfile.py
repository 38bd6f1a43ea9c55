"""YAML files that people write, read strictly: an error names the file, the line and the remedy."""

from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from schema.errors import InputError

ModelT = TypeVar("ModelT", bound=BaseModel)


def load_yaml(path: Path, model: type[ModelT]) -> ModelT:
    """Return the file as a validated model.

    Raises InputError with file and line when the file is missing, is no YAML, or breaks the model's rules
    (an unknown key is one).
    """
    found, mistakes = check_yaml(path, model)
    if found is None:
        raise mistakes[0]
    return found


def check_yaml(path: Path, model: type[ModelT]) -> tuple[ModelT | None, list[InputError]]:
    """Return the file as a validated model, or None with every mistake in it, each with file and line."""
    with suppress(OSError, UnicodeDecodeError, YAMLError, ValidationError):
        # The plain reader is eight times as fast, and knows no lines: they are asked for when something is wrong.
        return model.model_validate(_plain().load(path.read_text(encoding="utf-8"))), []
    try:
        data = _with_lines(path)
        return model.model_validate(data), []
    except InputError as error:
        return None, [error]
    except ValidationError as error:
        # An unknown key first: it often is the misspelling of the one that is missing.
        faults = sorted(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        return None, [_mistake(path, data, model, fault) for fault in faults]


def line_of(path: Path, *loc: str | int) -> int:
    """Return the 1-based line of a key or an item of a readable file, such as `("channels", 0, "url")`."""
    return _line(_with_lines(path), loc)


def _plain() -> YAML:
    return YAML(typ="safe")


def _with_lines(path: Path) -> Any:
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except OSError:
        raise InputError("there is no such file", where=str(path), remedy="check the path") from None
    except UnicodeDecodeError as error:
        raise InputError("the file is not UTF-8", where=str(path), remedy="save it as UTF-8") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = (error.problem or "unreadable").splitlines()[0]
        raise InputError(
            f"broken YAML: {problem}",
            where=f"{path}:{line}",
            remedy="mend the line (indentation, quotes, colon)",
        ) from error
    except YAMLError as error:
        raise InputError(f"broken YAML: {error}", where=str(path), remedy="mend the file") from error


def _mistake(path: Path, data: Any, model: type[BaseModel], fault: Any) -> InputError:
    key = ".".join(str(part) for part in fault["loc"])
    return InputError(
        _problem(fault, key),
        where=f"{path}:{_line(data, fault['loc'])}",
        remedy=_remedy(fault["type"], model, fault["loc"]),
    )


def _problem(error: Any, key: str) -> str:
    if error["type"] == "extra_forbidden":
        return f"unknown key `{key}`"
    if error["type"] == "missing":
        return f"the key `{key}` is missing"
    if error["type"] in {"model_type", "model_attributes_type"} and not key:
        return "the file holds no mapping of keys to values"
    return f"`{key}`: {error['msg']}" if key else str(error["msg"])


def _remedy(kind: str, model: type[BaseModel], loc: tuple[Any, ...]) -> str:
    if kind == "extra_forbidden":
        fields = _fields_at(model, loc[:-1])
        return f"known keys here: {', '.join(fields)}" if fields else "remove it, or check its spelling"
    return "add it" if kind == "missing" else "mend the value"


def _fields_at(model: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    for part in loc:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation if part in model.model_fields else None
        inner = [a for a in (annotation, *getattr(annotation, "__args__", ())) if isinstance(a, type)]
        nested = [a for a in inner if issubclass(a, BaseModel)]
        if not nested:
            return []
        model = nested[0]
    return list(model.model_fields)


def _line(data: Any, loc: tuple[Any, ...]) -> int:
    """Return the 1-based line of the deepest part of `loc` that exists in the file."""
    line = 1
    for part in loc:
        marks = getattr(data, "lc", None)
        try:
            line = (marks.key(part) if isinstance(data, dict) else marks.item(part))[0] + 1  # type: ignore[union-attr]
            data = data[part]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return line
