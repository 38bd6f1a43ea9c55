"""The deployments of prefect.yaml, served by one process."""

import importlib
from typing import Any

from prefect import serve
from prefect.schedules import Cron
from ruamel.yaml import YAML

import flows.quiet  # noqa: F401  (before prefect)
from schema.settings import ROOT


def serve_all() -> None:
    """Serve every deployment of prefect.yaml until the process is stopped."""
    plan: dict[str, Any] = YAML(typ="safe").load(ROOT / "prefect.yaml")
    serve(*[_deployment(each) for each in plan["deployments"]])


def _deployment(each: dict[str, Any]) -> Any:
    path, name = each["entrypoint"].split(":")
    found = getattr(importlib.import_module(path.removesuffix(".py").replace("/", ".")), name)
    schedules = [Cron(s["cron"], timezone=s["timezone"], slug=s["slug"], active=s["active"]) for s in each["schedules"]]
    return found.to_deployment(each["name"], schedules=schedules, tags=each["tags"], description=each["description"])
