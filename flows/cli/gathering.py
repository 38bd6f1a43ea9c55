"""`run`, `crawl`, `sweep`, `reparse`."""

from pathlib import Path
from typing import Any

from flows import pipeline
from flows.cli.options import AsOf, Failed, Ids, Jobs, Json, Replay, Sources, with_sources
from flows.cli.publishing import day
from flows.console import Output
from schema.errors import RunError

HEAD = ("source", "outcome", "pages", "new", "changed", "why")


def run(
    ids: Ids = None,
    replay: Replay = None,
    sources: Sources = None,
    as_of: AsOf = None,
    jobs: Jobs = 2,
    as_json: Json = False,
) -> None:
    """Crawl, resolve and publish; exit code 4 when a source did not end ok (what is live is published all the same)."""
    output, settings = Output(as_json=as_json), with_sources(sources)
    until = day(as_of)
    with output.progress("crawling") as tell:
        crawled = pipeline.crawl_sources(settings, ids or (), replay=replay, jobs=jobs, tell=tell)
    bad = _complain(output, crawled)
    with output.progress("resolving"):
        resolved = pipeline.resolve_all(settings)
    with output.progress("publishing") as tell:
        published = pipeline.publish_release(settings, as_of=until, tell=tell)
    counts = published["counts"]
    summary = [
        *(("source", c["source"], c["outcome"], _pages(c)) for c in crawled),
        ("entities", "", "", resolved["counts"]["entities"]),
        ("mentions", "", "", resolved["counts"]["mentions"]),
        *(("table", name, "rows", n) for name, n in counts.items()),
    ]
    records = sum(c["counts"].get(key, 0) for c in crawled for key in ("new", "unchanged", "changed", "reread"))
    data = {"records": records, "crawled": crawled, "resolved": resolved, "published": published}
    title = f"release {published['version']} in {published['folder']}"
    output.result(data, title, summary, ("what", "name", "state", "number"))
    if bad:
        raise Failed


def crawl(
    ids: Ids = None, replay: Replay = None, sources: Sources = None, jobs: Jobs = 2, as_json: Json = False
) -> None:
    """Crawl sources; exit code 4 when one did not end ok."""
    _crawl("refresh", ids, replay, sources, jobs, as_json=as_json)


def sweep(ids: Ids = None, sources: Sources = None, jobs: Jobs = 2, as_json: Json = False) -> None:
    """Crawl sources and read every list to its end and every page again; exit code 4 when one did not end ok."""
    _crawl("sweep", ids, None, sources, jobs, as_json=as_json)


def _crawl(
    mode: str, ids: list[str] | None, replay: Path | None, sources: Path | None, jobs: int, *, as_json: bool
) -> None:
    output, settings = Output(as_json=as_json), with_sources(sources)
    with output.progress("crawling") as tell:
        crawled = pipeline.crawl_sources(settings, ids or (), replay=replay, mode=mode, jobs=jobs, tell=tell)
    rows = [
        (c["source"], c["outcome"], _pages(c), c["counts"].get("new", 0), c["counts"].get("changed", 0), c["reason"])
        for c in crawled
    ]
    output.result(crawled, "", rows, HEAD)
    if _complain(output, crawled):
        raise Failed


def reparse(ids: Ids = None, sources: Sources = None, as_json: Json = False) -> None:
    """Read the archive again: no request is made; exit code 4 when a page broke the extractor."""
    output, settings = Output(as_json=as_json), with_sources(sources)
    with output.progress("reading the archive") as tell:
        results = pipeline.reparse_sources(settings, ids or (), tell=tell)
    rows = [(r["source"], r["lists"], r["pages"], r["records"], len(r["failed"])) for r in results]
    output.result(results, "", rows, ("source", "lists", "pages", "records", "failed"))
    if any(r["failed"] for r in results):
        raise Failed


def _pages(result: dict[str, Any]) -> int:
    return int(result["counts"].get("done", 0))


def _complain(output: Output, crawled: list[dict[str, Any]]) -> int:
    """Say in one line each which sources did not end ok; return how many."""
    bad = [c for c in crawled if c["outcome"] not in {"ok", "skipped"}]
    remedy = "what was live stays live; mend the cause and crawl it again"
    for c in bad:
        output.complain(RunError(f"outcome {c['outcome']}: {c['reason']}", where=c["source"], remedy=remedy))
    return len(bad)
