"""The flow `refresh`: one task a source; a source that is not ok fails its task and no other."""

from pathlib import Path
from typing import Any, Literal

from prefect import flow, task

import flows.quiet  # noqa: F401  (before prefect)
from flows import pipeline
from schema.errors import RunError
from schema.settings import Settings, settings


def _settings(sources_folder: str | None) -> Settings:
    found = settings()
    return found.model_copy(update={"sources": Path(sources_folder)}) if sources_folder else found


@task(name="crawl", task_run_name="crawl-{source}")
def crawl(
    source: str, replay: str | None = None, sources_folder: str | None = None, mode: str = "refresh"
) -> dict[str, Any]:
    """Crawl one source; raises RunError, with the reason, when it does not end ok."""
    archive = Path(replay) if replay else None
    [result] = pipeline.crawl_sources(_settings(sources_folder), [source], replay=archive, mode=mode)
    if result["outcome"] != "ok":
        raise RunError(f"outcome {result['outcome']}: {result['reason']}", where=source, remedy="see its crawl_run row")
    return result


@flow(name="refresh", flow_run_name="refresh")
def refresh(
    sources: list[str] | None = None,
    replay: str | None = None,
    sources_folder: str | None = None,
    mode: Literal["refresh", "sweep"] = "refresh",
) -> list[dict[str, Any]]:
    """Crawl the given sources, or all that are verified and open to us; return how each ended.

    A `refresh` reads what is new and what is young, a `sweep` everything again.

    The flow run fails when a task did, after all have run.
    """
    if sources is None:
        sources = [s.id for s in pipeline.to_crawl(_settings(sources_folder))]
    started = [crawl.submit(source, replay, sources_folder, mode) for source in sources]
    return [future.result() for future in started]
