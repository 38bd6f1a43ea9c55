"""Starting crawls: one child process a source, so that each begins fresh and none outlives its parent."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawlers.addresses import host_of
from crawlers.replay import Replay
from crawlers.running import articles
from crawlers.sources import Source
from schema import errors
from schema.errors import InputError, RunError, SamplebaseError
from schema.settings import Settings

Progress = Callable[[str, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """How the crawl of one source ended."""

    source: str
    outcome: str
    reason: str = ""
    run: str = ""
    mode: str = ""
    memory_mb: int = 0  # the most that the crawling process held
    counts: dict[str, int] = field(default_factory=dict)


def crawl(
    source: Source,
    settings: Settings,
    *,
    replay: Path | None = None,
    mode: str = "refresh",
    at_full_speed: bool = False,
    imported: str = "",
    progress: Progress | None = None,
) -> CrawlResult:
    """Crawl one source in a child process; return how it ended.

    `at_full_speed` is for measuring on a site of one's own: 16 requests at a time and no gap.
    A `refresh` reads what is new and what is young; a `sweep`, and a first crawl, read everything again.
    `imported` says of a replay that its files were fetched by hand: by whom and when they were brought.
    `progress` is called with the source's id and the counts so far. Raises what the child raised
    (InputError, DatabaseError, RunError), or RunError when it died.
    """
    order = {
        "parent": os.getpid(),
        "source": str(source.path.resolve()),
        "database_url": settings.database,
        "archive": str(settings.archive),
        "replay": str(replay.resolve()) if replay else None,
        "proxy": settings.http_proxy,
        "contact": settings.contact,
        "mode": mode,
        "at_full_speed": at_full_speed,
        "imported": imported,
    }
    # glibc keeps a heap for each thread, and gives none of them back: two are enough.
    environment = {"MALLOC_ARENA_MAX": "2", **os.environ}
    if settings.http_proxy:
        environment |= {"http_proxy": settings.http_proxy, "https_proxy": settings.http_proxy}
    command = [sys.executable, "-m", "crawlers.child"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as child:
        assert child.stdin is not None and child.stdout is not None  # noqa: PT018, S101  (both are pipes)
        try:
            # By standard input: an address with a password must not stand in the process list.
            with suppress(BrokenPipeError):  # a child that died at once is told of below
                child.stdin.write(json.dumps(order) + "\n")
                child.stdin.close()
            last: dict[str, Any] = {}
            for line in child.stdout:
                last = json.loads(line)
                if progress and "done" in last:
                    progress(source.id, last)
        except BaseException:
            child.kill()
            raise
    if "error" in last:
        what, where, remedy, kind = last["error"]
        raise getattr(errors, kind)(what, where=where, remedy=remedy)
    if "result" not in last:
        raise RunError(
            f"the crawl ended without a result (exit code {child.returncode})",
            where=source.id,
            remedy="see its messages above; running it again goes on where it stopped",
        )
    return CrawlResult(**last["result"])


def crawl_all(
    sources: list[Source],
    settings: Settings,
    *,
    replay: Path | None = None,
    mode: str = "refresh",
    jobs: int = 2,
    progress: Progress | None = None,
) -> list[CrawlResult]:
    """Crawl several sources, `jobs` at a time; a source that fails does not stop the others.

    Of a replay, only the sources that the archive holds pages of are crawled. Raises InputError when there is none.
    """
    if replay is not None:
        archive = Replay.of(replay)
        by_host: dict[str, list[str]] = defaultdict(list)
        for url in archive.urls():
            by_host[host_of(url)].append(url)
        sources = [s for s in sources if any(articles(s, by_host[host]) for host in s.hosts & by_host.keys())]
        if not sources:
            raise InputError(
                "the archive holds no page of any known source",
                where=str(replay),
                remedy="add the source's YAML, or name its folder with --sources",
            )

    def one(source: Source) -> CrawlResult:
        try:
            return crawl(source, settings, replay=replay, mode=mode, progress=progress)
        except SamplebaseError as error:
            return CrawlResult(source.id, "error", str(error))

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        return list(pool.map(one, sources))
