"""The download handler that answers from an archive: no socket is ever opened."""

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Headers, HtmlResponse, Response, TextResponse

from crawlers.replay import Replay

GONE = 404
NOT_IN_ARCHIVE = b"X-Samplebase-Not-In-Archive"


class ReplayHandler(BaseDownloadHandler):
    """Stands in the place of Scrapy's HTTP handlers during a replay."""

    lazy = False

    async def download_request(self, request: Request) -> Response:
        """Return the archived answer; an address that the archive lacks gets a 404 that says so."""
        replay: Replay = self.crawler.spider.replay  # type: ignore[union-attr]
        answer = replay.get(request.url, request.method)
        if answer is None:
            return TextResponse(request.url, status=GONE, headers={NOT_IN_ARCHIVE: b"1"}, body=b"", encoding="utf-8")
        request.meta["replayed_at"] = answer.fetched_at
        headers = Headers()
        for name, value in answer.headers:
            headers.appendlist(name, value.encode("latin-1", errors="replace"))
        kind = HtmlResponse if "html" in (answer.content_type or "") else Response
        return kind(request.url, status=answer.status, headers=headers, body=answer.body)
