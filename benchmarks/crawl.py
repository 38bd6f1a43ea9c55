"""A whole crawl over HTTP (archive, extraction, database) against a bare Scrapy spider that only downloads.

Both fetch the same pages of one fast site on loopback in the same run, at full speed, 16 requests at a time. Then the
crawler's memory at 1,000 and, with `--memory`, at 50,000 pages.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from _shared import compare, seconds

from crawlers.run import crawl
from crawlers.sources import Source, load_source
from sandbox.big import HOST, article_path, list_path
from schema.database import open_database
from schema.settings import Settings

PAGES = 4_000
RUNS = 3
SOURCE = f"""
id: big
name: 湖北省人民政府（测速）
url: http://{HOST}
level: province
region: "420000"
status: {{state: verified, reason: a benchmark, since: 2026-11-22}}
politeness: {{delay: 0, max_pages: 1000000}}
channels:
  - {{id: zc, name: 政策, kind: policy, family: trs_static, url: "http://{HOST}{list_path(0)}",
      article: '/zc/202310/t\\d+_\\d+\\.html$'}}
"""
BARE = """
import sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

class Bare(Spider):
    name = "bare"
    async def start(self):
        for line in open(sys.argv[1]):
            yield Request(line.strip(), dont_filter=True, meta={"proxy": sys.argv[2]})
    def parse(self, response):
        self.crawler.stats.inc_value("read")

process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "DOWNLOAD_DELAY": 0,
    "TELNETCONSOLE_ENABLED": False, "COOKIES_ENABLED": False, "ROBOTSTXT_OBEY": False})
crawler = process.create_crawler(Bare)
process.crawl(crawler)
process.start()
print(crawler.stats.get_value("read"))
"""


@contextmanager
def serving(count: int) -> Iterator[str]:
    """Serve the site in a process of its own; give the proxy's address."""
    command = [sys.executable, "-m", "sandbox.big", str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.stdin.close()


def ours(source: Source, proxy: str, count: int) -> tuple[float, int]:
    """Return the pages per second of one crawl into a new database, and its largest memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(var=Path(folder), database_url=None, http_proxy=proxy)
        open_database(settings.database).dispose()
        results = []
        spent = seconds(lambda: results.append(crawl(source, settings, at_full_speed=True)))
        assert results[0].outcome == "ok", results[0]
        assert results[0].counts["new"] == count, results[0].counts
    return count / spent, results[0].memory_mb


def bare(proxy: str, count: int) -> float:
    """Return the pages per second of the bare spider."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as urls:
        lists = [list_path(n) for n in range(-(-count // 50))]
        urls.write("\n".join(f"http://{HOST}{path}" for path in [*lists, *map(article_path, range(count))]))
        urls.flush()
        command = [sys.executable, "-c", BARE, urls.name, proxy]
        read = []
        spent = seconds(lambda: read.append(subprocess.run(command, capture_output=True, text=True, check=True)))
        assert int(read[0].stdout) == count + len(lists)
    return count / spent


def main() -> None:
    """Print the comparison, then the memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.yaml"
        path.write_text(SOURCE, encoding="utf-8")
        source = load_source(path)
        with serving(PAGES) as proxy:
            compare(
                "whole crawl",
                lambda: ours(source, proxy, PAGES)[0],
                lambda: bare(proxy, PAGES),
                unit="pages/s",
                runs=RUNS,
            )
        memory = {}
        for count in (1_000, 50_000) if "--memory" in sys.argv else (1_000, 4_000):
            with serving(count) as proxy:
                memory[count] = ours(source, proxy, count)[1]
        small, large = memory.values()
        line = {"name": "crawl memory", "unit": "MB", "pages": list(memory), "peak": [small, large]}
        sys.stdout.write(json.dumps(line | {"ratio": round(large / small, 3)}) + "\n")


if __name__ == "__main__":
    main()
