"""One crawl of one source inside this process: seeds, Scrapy's settings, the outcome."""

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawlers.addresses import host_of
from crawlers.archive import ArchiveWriter
from crawlers.families import Ask, family
from crawlers.frontier import LIST, PAGE, Entry, entry
from crawlers.introduction import HEADERS, ROBOT, user_agent
from crawlers.ledger import Ledger
from crawlers.memory import peak_memory, settle_memory
from crawlers.monitoring.judging import judge
from crawlers.pages import EXTRACTORS
from crawlers.records import SUBJECTS
from crawlers.replay import Replay
from crawlers.sources import Source, load_source
from schema.database import open_database
from schema.errors import InputError, RunError
from schema.logs import configure_logs
from schema.tables import Mode

if TYPE_CHECKING:
    from crawlers.workers import ReadingProcess

Tell = Callable[[dict[str, Any]], None]
FULL_SPEED = {"CONCURRENT_REQUESTS_PER_DOMAIN": 16, "DOWNLOAD_DELAY": 0}
RENDERED = "rendered"
KINDS = frozenset(EXTRACTORS) & frozenset(SUBJECTS)


def crawl_here(
    path: Path,
    *,
    database_url: str,
    archive: Path,
    replay: Path | None = None,
    proxy: str | None = None,
    contact: str = "",
    mode: Mode = Mode.SWEEP,
    at_full_speed: bool = False,
    imported: str = "",
    tell: Tell = lambda _: None,
) -> dict[str, Any]:
    """Crawl a source once; return its run's id, outcome, reason, mode and counts.

    `imported` says of a replay of files fetched by hand by whom and when they were brought; the archive keeps it.

    Raises InputError for a replay that holds nothing of the source, and RunError while another process
    crawls it, or outside of the hours in which its host may be asked. Scrapy's reactor can run once in a
    process, so this can be called once.
    """
    from crawlers.workers import ReadingProcess  # noqa: PLC0415  (a parent that only starts children needs none)

    configure_logs()
    source = load_source(path)
    # The reader gets ready on the other core while this process loads Scrapy.
    with closing(ReadingProcess(path)) as reading:
        return _crawl(
            source, reading, database_url=database_url, archive=archive, replay=replay, proxy=proxy, contact=contact,
            mode=mode, at_full_speed=at_full_speed, imported=imported, tell=tell,
        )  # fmt: skip


def _crawl(
    source: Source,
    reading: "ReadingProcess",
    *,
    database_url: str,
    archive: Path,
    replay: Path | None,
    proxy: str | None,
    contact: str,
    mode: Mode,
    at_full_speed: bool,
    imported: str,
    tell: Tell,
) -> dict[str, Any]:
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415  (0.4 s that only a crawl needs)

    from crawlers.archiving import Archivist  # noqa: PLC0415
    from crawlers.patience import closed  # noqa: PLC0415
    from crawlers.spiders.harvest import HarvestSpider  # noqa: PLC0415

    web = Replay.of(replay) if replay else None
    if web is None and (why := closed(source.file.politeness)):
        raise RunError(why, where=source.id, remedy="crawl it in its window, or change `politeness.window` in its YAML")
    ledger = Ledger(open_database(database_url), source, replay=str(replay.name) if replay else None, mode=mode)
    channels = {source.channel_id(c): c for c in source.file.channels if c.kind in KINDS}
    ledger.start(seeds(source, web))
    started = ledger.run.started_at
    name = f"{source.id}/{started:%Y-%m}/{source.id}-{started:%Y%m%dT%H%M%S}-{ledger.run.id}.warc.gz"

    def report(now: Ledger) -> None:
        tell({"done": now.counts["done"], "failed": now.counts["failed"], "rows": now.counts["rows"]})

    with ArchiveWriter(archive, name, imported) as writer:
        configured = scrapy_settings(source, replay=web is not None, proxy=proxy, contact=contact)
        if at_full_speed:
            configured |= FULL_SPEED
        process = AsyncCrawlerProcess(configured)
        crawler = process.create_crawler(HarvestSpider)
        archivist = Archivist(ledger, writer, report)
        process.crawl(crawler, ledger=ledger, archivist=archivist, channels=channels, process=reading, replay=web)
        settle_memory()
        process.start()
        broken = getattr(crawler.spider, "broken", None)
        if broken is not None:
            raise RunError(
                f"the crawl had to stop: {type(broken).__name__}: {broken}",
                where=source.id,
                remedy="mend the disk or the database and run it again: it goes on where it stopped",
            ) from broken
        writer.flush()
        ledger.commit()
    verdict = judge(
        ledger, channels,
        blocked=getattr(crawler.spider, "blocked", ""), paused=getattr(crawler.spider, "paused", ""),
    )  # fmt: skip
    ledger.finish(verdict.outcome, verdict.reason, [check.as_json() for check in verdict.checks])
    return {
        "source": source.id,
        "run": ledger.run.id,
        "outcome": str(verdict.outcome),
        "reason": verdict.reason,
        "mode": str(ledger.run.mode),
        "memory_mb": peak_memory(),
        "counts": dict(sorted(ledger.counts.items())),
    }


def seeds(source: Source, replay: Replay | None) -> list[Entry]:
    """Return what a crawl begins with: each channel's list, and of a replay also every archived article.

    Raises InputError when no column is of a kind that is read, or the replay holds nothing of the source.
    """
    lists = [
        entry(source, source.channel_id(channel), ask, LIST)
        for channel in source.file.channels
        if channel.kind in KINDS
        for ask in family(channel.family, where=str(source.path)).requests(channel)
    ]
    if not any(channel.kind in KINDS for channel in source.file.channels):
        raise InputError(
            f"no column of the source {source.id} is of a kind that is read yet",
            where=str(source.path),
            remedy=f"kinds that are read: {', '.join(sorted(KINDS))}",
        )
    if replay is None:
        return lists
    kept = [each for each in lists if replay.get(each.url, each.method) is not None]
    kept += articles(source, replay.urls())
    if not kept:
        raise InputError(
            f"the archive holds no page of the source {source.id}",
            where=str(replay.path),
            remedy=f"check `hosts` and `article` in {source.path}",
        )
    return kept


def articles(source: Source, urls: Iterable[str]) -> list[Entry]:
    """Return entries for those of the addresses that are articles of the source."""
    return [
        entry(source, source.channel_id(channel), Ask(url), PAGE)
        for url in urls
        if (channel := source.channel_of(url)) is not None and channel.kind in KINDS
    ]


def scrapy_settings(source: Source, *, replay: bool, proxy: str | None, contact: str) -> dict[str, Any]:
    """Return Scrapy's settings: those of a guest on the live web, without any pause on an archive."""
    from crawlers.politeness import ALLOWED, PROXY  # noqa: PLC0415  (it loads Scrapy, which the parent process need not)

    polite = source.file.politeness
    settings: dict[str, Any] = {
        "ASYNCIO_EVENT_LOOP": "uvloop.Loop",  # the same loop, compiled: some 7 % of the work less
        "USER_AGENT": user_agent(contact),
        "ROBOTSTXT_OBEY": polite.robots_exception is None,
        "ROBOTSTXT_USER_AGENT": ROBOT,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOADER": "crawlers.patience.CountingDownloader",
        "DOWNLOAD_DELAY": polite.delay,
        "DOWNLOAD_DELAY_JITTER": 0,  # a minimum gap, not a mean
        "DOWNLOAD_TIMEOUT": polite.timeout,
        "DOWNLOAD_MAXSIZE": 64 * 1024 * 1024,
        "REDIRECT_MAX_TIMES": 5,
        "HTTPERROR_ALLOW_ALL": True,
        "CLOSESPIDER_PAGECOUNT": polite.max_pages,
        "COOKIES_ENABLED": False,
        "CONCURRENT_ITEMS": 1,  # Scrapy starts as many tasks for every answer, and the spider yields no item
        "TELNETCONSOLE_ENABLED": False,
        "DOWNLOADER_STATS": False,  # the ledger counts
        "LOG_LEVEL": "WARNING",
        "DEFAULT_REQUEST_HEADERS": dict(HEADERS),
        "DOWNLOADER_MIDDLEWARES": {
            "crawlers.politeness.GuestMiddleware": 60,  # before robots.txt is asked for, and on every redirect
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawlers.patience.Robots": 100,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "crawlers.patience.PatientRetry": 550,
            "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
            "crawlers.politeness.SeldomRefresh": 580,
            "crawlers.archiving.ArchiveMiddleware": 950,
            # What this crawler has no use for, and each answer would pay for.
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        },
        # The others look at items and requests, which the spider never yields from an answer.
        "SPIDER_MIDDLEWARES_BASE": {"scrapy.spidermiddlewares.referer.RefererMiddleware": 700},
        "TWISTED_DNS_RESOLVER": "crawlers.politeness.GuardedResolver",
    }
    if polite.delay and not replay:
        settings |= {
            "EXTENSIONS": {"crawlers.patience.Throttle": 0, "scrapy.extensions.throttle.AutoThrottle": None},
            "AUTOTHROTTLE_ENABLED": True,
            "AUTOTHROTTLE_START_DELAY": polite.delay,
            "AUTOTHROTTLE_MAX_DELAY": max(60.0, polite.delay),
        }
    if not replay and any(channel.family == RENDERED for channel in source.file.channels):
        from crawlers.rendering import settings_for  # noqa: PLC0415  (a browser, only where a source asks for it)

        settings |= settings_for(source, settings["USER_AGENT"], proxy)
    if proxy:
        # Whoever names a proxy trusts it, wherever it stands.
        settings |= {"HTTPPROXY_ENABLED": True, PROXY: proxy, ALLOWED: [host_of(proxy)]}
    if replay:
        handler = "crawlers.replaying.ReplayHandler"
        settings |= {
            "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
            **FULL_SPEED,
            "RETRY_ENABLED": False,
        }
    return settings
