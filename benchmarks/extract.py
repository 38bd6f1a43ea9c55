"""Reading policy pages: title, number, dates, issuers and text with places, against text and date of two libraries.

The rival is trafilatura.extract (text) and htmldate.find_date (one date) on the same pages of the sandbox, in the
same process. It reads less: no fields, no places.
"""

from urllib.parse import urlsplit

import htmldate
import trafilatura
from _shared import compare, seconds

from crawlers.pages.policy import extract
from crawlers.view import View
from sandbox.sites import sites
from sandbox.truth import policies

RUNS = 7


def pages() -> list[tuple[str, bytes, str]]:
    """Return address, bytes and media type of every policy page of the sandbox."""
    found = []
    for row in policies():
        if row["kind"] == "policy":
            address = urlsplit(row["url"])
            page = sites()[address.netloc].answer("GET", address.path)
            found.append((row["url"], page.body, page.media_type))
    return found


def main() -> None:
    """Print the comparison."""
    cases = pages()

    def ours() -> float:
        return len(cases) / seconds(lambda: [extract(View.of(body, url, kind)) for url, body, kind in cases])

    def rival() -> float:
        return len(cases) / seconds(
            lambda: [(trafilatura.extract(body, url=url), _date(body)) for url, body, _ in cases]
        )

    ours(), rival()  # load models and fill caches
    compare("extract policy pages", ours, rival, unit="pages/s", runs=RUNS)


def _date(body: bytes) -> str | None:
    found: str | None = htmldate.find_date(body)
    return found


if __name__ == "__main__":
    main()
