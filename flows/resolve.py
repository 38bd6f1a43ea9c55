"""The flow `resolve`."""

from typing import Any

from prefect import flow

import flows.quiet  # noqa: F401  (before prefect)
from flows import pipeline
from schema.settings import settings


@flow(name="resolve", flow_run_name="resolve")
def resolve() -> dict[str, Any]:
    """Resolve all live mentions; return what changed."""
    return pipeline.resolve_all(settings())
