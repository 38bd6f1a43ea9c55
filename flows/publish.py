"""The flow `publish`."""

from datetime import date
from typing import Any

from prefect import flow

import flows.quiet  # noqa: F401  (before prefect)
from flows import pipeline
from schema.settings import settings


@flow(name="publish", flow_run_name="publish")
def publish(as_of: date | None = None) -> dict[str, Any]:
    """Publish a release as of a day (default: the day of the last look); return version and counts."""
    result = pipeline.publish_release(settings(), as_of=as_of)
    return {"version": result["version"], "created": result["created"], "counts": result["counts"]}
