"""The crawler as a guest, over HTTP: it stays where it was asked to, stops at a challenge, reaches no private host."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers.politeness import is_public
from crawlers.run import CrawlResult, crawl
from crawlers.sources import load_source
from schema.database import open_database
from schema.settings import Settings

Site = dict[str, tuple[int, dict[str, str], str]]
TEXT = "".join(f"<p>第{n}条 各单位要认真落实各项任务，按时报送进展情况。</p>" for n in range(12))
YAML = """
id: town
name: 某市人民政府
url: http://{host}
level: city
region: "320100"
status: {{state: verified, reason: a test, since: 2026-11-22}}
politeness: {{delay: 0, timeout: 5}}
channels:
  - id: zc
    name: 政策
    kind: policy
    family: trs_static
    url: "http://{host}/zc/index.html"
    article: '/zc/\\d+\\.html$'
"""


def policy(number: int) -> tuple[int, dict[str, str], str]:
    title = f"某市人民政府关于第{number}项工作的通知"
    body = f"<h1>{title}</h1><div class='TRS_Editor'>{TEXT}</div>"
    return 200, {}, f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def listing(*numbers: int) -> tuple[int, dict[str, str], str]:
    items = "".join(
        f"<li><a href='/zc/{n}.html'>某市人民政府关于第{n}项工作的通知</a><span>2023-01-0{n}</span></li>"
        for n in numbers
    )
    return 200, {}, f"<html><body><ul>{items}</ul></body></html>"


@contextmanager
def serving(
    site: Site, answer: Callable[[BaseHTTPRequestHandler], None] | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Serve pages by address, as a proxy, on loopback; yield the proxy's address and the log of requests."""
    log: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            log.append(self.path)
            if answer is not None:
                answer(self)
                return
            status, headers, text = site.get(self.path, (404, {}, "not found"))
            body = text.encode()
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", log
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def crawled(folder: Path, proxy: str | None, host: str = "www.town.test") -> CrawlResult:
    path = folder / "town.yaml"
    path.write_text(YAML.format(host=host), encoding="utf-8")
    settings = Settings(var=folder / "var", http_proxy=proxy)
    open_database(settings.database).dispose()
    return crawl(load_source(path), settings)


def test_a_redirect_to_another_host_is_not_followed(tmp_path: Path) -> None:
    base = "http://www.town.test"
    away = {"Location": "http://169.254.169.254/latest/meta-data/"}
    site: Site = {
        f"{base}/zc/index.html": listing(1, 2),
        f"{base}/zc/1.html": policy(1),
        f"{base}/zc/2.html": (302, away, ""),
    }
    with serving(site) as (proxy, log):
        result = crawled(tmp_path, proxy)
    assert result.outcome == "ok"
    assert (result.counts["new"], result.counts["elsewhere"]) == (1, 1)
    assert {urlsplit(url).hostname for url in log} == {"www.town.test"}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((412, {}, ""), "412"),
        ((521, {}, "<script>document.cookie='x'</script>"), "521"),
        ((200, {"Set-Cookie": "C3VK=1"}, "<script>location.reload()</script>"), "C3VK"),
    ],
)
def test_a_challenge_ends_the_crawl_as_blocked_and_is_not_tried_again(
    answer: tuple[int, dict[str, str], str], kind: str, tmp_path: Path
) -> None:
    base = "http://www.town.test"
    site: Site = {f"{base}/zc/index.html": listing(1, 2, 3), **{f"{base}/zc/{n}.html": answer for n in (1, 2, 3)}}
    with serving(site) as (proxy, log):
        result = crawled(tmp_path, proxy)
    assert result.outcome == "blocked"
    assert kind in result.reason
    assert len(log) == len(set(log)), "no address was asked twice"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "10.0.0.1", "[::1]"])
def test_a_source_in_a_private_network_is_not_reached(host: str, tmp_path: Path) -> None:
    with serving({f"/{name}": listing(1) for name in ("zc/index.html", "robots.txt")}) as (proxy, log):
        result = crawled(tmp_path, None, f"{host}:{urlsplit(proxy).port}")
    assert result.outcome == "error"
    assert log == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("202.96.128.86", True), ("8.8.8.8", True), ("2400:3200::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False), ("fd00::1", False), ("::ffff:10.0.0.1", False),
        ("no address", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_where_robots_txt_cannot_be_read_those_that_waited_for_it_ask_nothing_either(tmp_path: Path) -> None:
    base = "http://www.town.test"
    site: Site = {f"{base}/robots.txt": (500, {}, ""), f"{base}/zc/index.html": listing(1)}
    second = "  - {id: b, name: 通知, kind: policy, family: trs_static, url: 'http://www.town.test/tz/index.html', "
    text = YAML.format(host="www.town.test") + second + "article: '/tz/\\d+\\.html$'}\n"
    path = tmp_path / "town.yaml"
    path.write_text(text, encoding="utf-8")
    with serving(site) as (proxy, log):
        result = crawl(load_source(path), Settings(var=tmp_path / "var", http_proxy=proxy))
    assert result.outcome == "error"
    assert "robots.txt" in result.reason
    assert {urlsplit(url).path for url in log} == {"/robots.txt"}
