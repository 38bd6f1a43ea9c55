"""A whole replay crawl (child process, archive, extraction, database), against a loop that only reads and parses.

The WARC holds synthetic copies of a sandbox site's policy pages under addresses of their own, each with bytes of
its own. The rival reads the same WARC with warcio and parses every page with lxml: the floor of any such crawl.
"""

import tempfile
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

from _shared import compare, seconds
from lxml import html
from warcio.archiveiterator import ArchiveIterator

from crawlers.run import crawl
from crawlers.sources import Source, load_source
from sandbox.sites import sites
from sandbox.truth import policies
from sandbox.warc import warc
from schema.database import open_database
from schema.settings import ROOT, Settings

PAGES = 400
RUNS = 3
SITE = "hubei"
WHEN = datetime(2023, 10, 23, 8, tzinfo=UTC)


def write(path: Path, source: Source) -> None:
    """Write the WARC: the site's policy pages again and again, each copy with an address and bytes of its own."""
    rows = [row for row in policies() if row["site"] == SITE and row["kind"] == "policy"]
    with warc(path) as file:
        for number, row in enumerate(islice(cycle(rows), PAGES)):
            address = urlsplit(row["url"])
            page = sites()[address.netloc].answer("GET", address.path)
            folder = address.path.rsplit("/", 1)[0]
            url = f"http://{address.netloc}{folder}/t20231023_{900_000 + number}.html"
            assert source.channel_of(url) is not None, url
            body = page.body + f"<!-- copy {number} -->".encode()
            file.response(url, ("200 OK", [("Content-Type", page.media_type)], body), WHEN)


def replayed(source: Source, archive: Path) -> float:
    """Return the pages per second of one crawl into a new database."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(var=Path(folder), database_url=None)
        open_database(settings.database).dispose()
        results = []
        spent = seconds(lambda: results.append(crawl(source, settings, replay=archive)))
        assert results[0].outcome == "ok", results[0]
        assert results[0].counts["new"] == PAGES, results[0].counts
    return PAGES / spent


def parsed(archive: Path) -> float:
    """Return the pages per second of reading the WARC and parsing its pages."""

    def read() -> None:
        with archive.open("rb") as file:
            trees = [html.fromstring(record.content_stream().read()) for record in ArchiveIterator(file)]
        assert len(trees) == PAGES

    return PAGES / seconds(read)


def main() -> None:
    """Print the comparison."""
    source = load_source(ROOT / "sandbox" / "sources" / f"{SITE}.yaml")
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "copies.warc.gz"
        write(archive, source)
        compare("replay crawl", lambda: replayed(source, archive), lambda: parsed(archive), unit="pages/s", runs=RUNS)


if __name__ == "__main__":
    main()
