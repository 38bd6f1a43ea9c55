"""Pages that only a browser can show: Chromium behind the same manners as every other request.

Only a source that asks for the family `rendered` gets here. What a page loads for itself goes to the source's hosts
alone, one request at a time with the source's gap between them, within its robots.txt; pictures, fonts and films
are never asked for. The browser knows no other host than those whose addresses were checked.
"""

import asyncio
import base64
import json
import os
import re
import shutil
import socket
import time
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Error as BrowserError
from playwright.async_api import Page
from playwright.async_api import Request as BrowserRequest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from crawlers.addresses import host_of
from crawlers.families.rendered import NEXT, page_number
from crawlers.politeness import is_public
from crawlers.sourcefile import Channel
from crawlers.sources import Source
from schema.errors import InputError

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
LEFT_OUT = frozenset({"image", "media", "font", "manifest", "ping", "websocket", "eventsource"})
SETTLE = 15_000  # milliseconds that a list may take to show a row
GATE = 30.0  # seconds after which a request that never ended no longer holds up the next
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-default-apps"]  # fmt: skip


def settings_for(source: Source, user_agent: str, proxy: str | None) -> dict[str, Any]:
    """Return Scrapy's settings for a source with rendered columns. Raises InputError where there is no browser."""
    arguments = list(QUIET)
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to run as root otherwise
    arguments.append(_proxy(source, proxy) if proxy else f"--host-resolver-rules={_rules(source)}")
    launch: dict[str, Any] = {"executable_path": program(), "headless": True, "args": arguments}
    handler = "crawlers.rendering.RenderingHandler"
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": source.file.politeness.timeout * 1000,
        "PLAYWRIGHT_CONTEXTS": {
            "default": {"user_agent": user_agent, "locale": "zh-CN", "service_workers": "block",
                        "accept_downloads": False},
        },
    }  # fmt: skip


def program() -> str:
    """Return the path of the browser: SAMPLEBASE_CHROMIUM, or the first Chromium on the PATH."""
    named = os.environ.get("SAMPLEBASE_CHROMIUM")
    found = named or next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        raise InputError(
            "there is no Chromium for rendered pages",
            where="SAMPLEBASE_CHROMIUM",
            remedy="install chromium (`make browser`), or name its program",
        )
    return found


def _proxy(source: Source, proxy: str) -> str:
    """Return Chromium's option that sends the source's hosts to the proxy, and its own calls home nowhere."""
    address = urlsplit(proxy)
    script = f"""function FindProxyForURL(url, host) {{
      const ours = {json.dumps(sorted(source.hosts))}.includes(host);
      return ours ? "PROXY {address.hostname}:{address.port}" : "PROXY 127.0.0.1:9";
    }}"""
    return f"--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,{base64.b64encode(script.encode()).decode()}"


def _rules(source: Source) -> str:
    """Return Chromium's resolver rules: the source's hosts at the public addresses that they have now, nothing else."""
    rules = []
    for host in sorted(source.hosts):
        try:
            address = socket.getaddrinfo(host, None, socket.AF_INET, socket.SOCK_STREAM)[0][4][0]
        except OSError:
            continue
        if is_public(str(address)):
            rules.append(f"MAP {host} {address}")
    return ",".join([*rules, "MAP * ~NOTFOUND"])


def render_meta(channel: Channel, url: str) -> dict[str, Any]:
    """Return the request's meta that has a list rendered: up to its page, until its rows are there."""
    options = channel.options
    return {
        "playwright": True,
        "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
        "playwright_page_methods": [
            PageMethod(_turn, page_number(url), options.get("next", NEXT), options.get("rows") or channel.article)
        ],
    }


_SHOWN = """pattern => {
  const wanted = new RegExp(pattern);
  const shown = [...document.querySelectorAll('a[href]')].map(a => a.href).filter(h => wanted.test(h));
  return shown.length ? shown.join('\\n') : null;
}"""
_OTHER = f"([pattern, before]) => {{ const now = ({_SHOWN})(pattern); return now && now !== before; }}"


async def _turn(page: Page, number: int, following: str, pattern: str) -> None:
    """Wait for a list's rows and turn to its page `number` by its own button; a list that shows none stays as it is."""
    pattern = re.sub(r"\(\?P<(\w+)>", r"(?<\1>", pattern)  # Python's named groups, as JavaScript writes them
    try:
        await page.wait_for_function(_SHOWN, arg=pattern, timeout=SETTLE)
        for _ in range(1, number):
            before = await page.evaluate(_SHOWN, pattern)
            await page.locator(following).first.click(timeout=SETTLE)
            await page.wait_for_function(_OTHER, arg=[pattern, before], timeout=SETTLE)
    except BrowserError:
        return  # the family says what is missing


class RenderingHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """Downloads by Chromium what asks for it, the rest as usual."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler
        self.abort_request = self._refuses
        self._turn = asyncio.Lock()
        self._ended = 0.0
        self._current: BrowserRequest | None = None
        self._free = asyncio.Event()
        self._free.set()

    async def _create_page(self, request: Request, spider: Any) -> Page:
        page: Page = await super()._create_page(request, spider)
        for event in ("requestfinished", "requestfailed"):
            page.on(event, self._over)
        page.on("close", lambda _: self._free.set())
        page.on("dialog", lambda dialog: dialog.dismiss())
        return page

    async def _refuses(self, asked: BrowserRequest) -> bool:
        """Tell whether a request of the browser is not to be made; one that is waits for its turn."""
        spider: Any = self.crawler.spider
        if asked.resource_type in LEFT_OUT or not asked.url.startswith(("http://", "https://")):
            return True
        if host_of(asked.url) not in spider.ledger.source.hosts or not spider.allowed_by_robots(asked.url):
            return True
        async with self._turn:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._free.wait(), GATE)
            delay = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
            if not asked.is_navigation_request():  # its turn was kept by Scrapy's own slot
                await asyncio.sleep(max(0.0, self._ended + delay - time.monotonic()))
            self._free.clear()
            self._current = asked
        return False

    def _over(self, asked: BrowserRequest) -> None:
        self._ended = time.monotonic()
        for slot in self.crawler.engine.downloader.slots.values():
            slot.lastseen = max(slot.lastseen, self._ended)
        if asked is self._current or self._current is None or asked.url == self._current.url:
            self._free.set()
