"""The flow `resolve`."""

from typing import Any

import flows.quiet  # noqa: F401, I001  (before prefect)
from prefect import flow

from flows import pipeline
from schema.settings import settings


@flow(name="resolve", flow_run_name="resolve")
def resolve() -> dict[str, Any]:
    """Resolve all live mentions; return what changed."""
    return pipeline.resolve_all(settings())
